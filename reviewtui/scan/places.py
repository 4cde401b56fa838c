"""Where the places of all findings are now; each file is read once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reviewtui.errors import ReviewTuiError
from reviewtui.model.anchor import Located, PlaceState, locate
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.place import Place, RepoPath
from reviewtui.text.source import SourceText

ReadsText = Callable[[RepoPath], SourceText]
"""Reads a file of the reviewed tree; raises ReviewTuiError where it cannot."""


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place of a finding, and where it is."""

    finding: FindingId
    index: int
    """Which of the finding's places it is, from 0."""
    place: Place
    now: Located
    problem: str = ""
    """Why the file cannot be read; its places are lost then, and so is one that is the whole file."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to look after it."""
        return self.now.state in (PlaceState.EXACT, PlaceState.MOVED)


def places_now(
    findings: Iterable[Finding], read: ReadsText, should_stop: Callable[[], bool] = lambda: False
) -> Iterator[PlaceNow]:
    """Every place of every finding, file by file."""
    by_path: dict[RepoPath, list[tuple[Finding, int, Place]]] = {}
    for finding in findings:
        for index, place in enumerate(finding.places):
            by_path.setdefault(place.path, []).append((finding, index, place))
    for path, places in by_path.items():
        if should_stop():
            return
        try:
            source = read(path)
        except ReviewTuiError as error:
            for finding, index, place in places:
                yield PlaceNow(finding.id, index, place, Located(None, PlaceState.LOST), str(error))
            continue
        for finding, index, place in places:
            yield PlaceNow(finding.id, index, place, locate(place, source.lines, source.blob))
