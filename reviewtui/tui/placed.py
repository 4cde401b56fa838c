"""Where the places of findings are, as far as somebody has looked since they were written."""

from collections.abc import Iterable, Mapping
from typing import Final

from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.finding import Finding
from reviewtui.model.place import Place, RepoPath
from reviewtui.relocating import PlaceNow

SYMBOLS_OF: Final[Mapping[PlaceState, str]] = {PlaceState.MOVED: "↕", PlaceState.EDITED: "±"}
"""What stands in the gutter for a place that is not what it was; one that is lost stands nowhere."""
STYLES: Final[Mapping[PlaceState, str]] = {
    PlaceState.EXACT: "muted",
    PlaceState.MOVED: "muted",
    PlaceState.EDITED: "medium",
    PlaceState.LOST: "high",
}
_WORST: Final = (PlaceState.LOST, PlaceState.EDITED, PlaceState.MOVED)


class Placed:
    """The places as they were last looked for; one that was rewritten since is not known."""

    def __init__(self, places: Iterable[PlaceNow] = ()) -> None:
        self._places = {(entry.finding, entry.index): entry for entry in places}
        self.unsure = [entry for entry in self._places.values() if not entry.is_sure]
        """Those that somebody has to look after."""

    def entry(self, finding: Finding, index: int) -> PlaceNow | None:
        """What was found of a place."""
        entry = self._places.get((finding.id, index))
        return entry if entry and index < len(finding.places) and entry.place == finding.places[index] else None

    def now(self, finding: Finding, index: int) -> Located | None:
        """Where it is."""
        entry = self.entry(finding, index)
        return entry.now if entry else None

    def in_text(self, finding: Finding, index: int, path: RepoPath, blob: str) -> Located | None:
        """Where it is, if that was not found out of another text of this file."""
        entry = self.entry(finding, index)
        if entry is None or (entry.blob != blob and entry.there.path == path):
            return None
        return entry.now

    def there(self, finding: Finding, index: int = 0) -> Place:
        """The place where it is now, or was recorded, where nobody knows."""
        now = self.now(finding, index)
        return now.of(finding.places[index]) if now else finding.places[index]

    def worst(self, finding: Finding) -> PlaceState | None:
        """What has to be said of all places of a finding together; None where all are as they were."""
        states = {now.state for index in range(len(finding.places)) if (now := self.now(finding, index))}
        return next((state for state in _WORST if state in states), None)
