"""The job that looks where the places of all findings are now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from textual.message import Message

from reviewtui.model.finding import Finding
from reviewtui.model.place import RepoPath
from reviewtui.relocating import PlaceNow, places_now
from reviewtui.repo.repository import Repository
from reviewtui.tui.jobs import Post, stopped


@dataclass
class PlacesFound(Message):
    """Where every place is."""

    generation: int
    places: tuple[PlaceNow, ...]


def look(
    repository: Repository, findings: Iterable[Finding], own: Collection[RepoPath], generation: int, post: Post
) -> None:
    """Find all places; files of `own` quote the code and are none."""
    found = tuple(places_now(repository, findings, own, stopped))
    if not stopped():
        post(PlacesFound(generation, found))
