"""The job that looks where the places of all findings are now."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.message import Message

from reviewtui.model.finding import Finding
from reviewtui.repo.repository import Repository
from reviewtui.scan.places import PlaceNow, places_now
from reviewtui.text.source import decode
from reviewtui.tui.jobs import Post, stopped


@dataclass
class PlacesFound(Message):
    """Where every place is."""

    generation: int
    places: tuple[PlaceNow, ...]


def look(repository: Repository, findings: Iterable[Finding], generation: int, post: Post) -> None:
    """Read every file that a finding names, and find its places in it."""
    found = tuple(places_now(findings, lambda path: decode(repository.read(path), path), stopped))
    if not stopped():
        post(PlacesFound(generation, found))
