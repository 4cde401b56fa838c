"""Places that have to be looked after: their lines are gone from the file, or were never recorded."""

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from reviewtui.model.finding import Finding
from reviewtui.relocating import PlaceNow
from reviewtui.tui import places_jobs
from reviewtui.tui.placed import Placed
from reviewtui.tui.spots import Spot

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen


class Lost:
    """Where every place is, as far as it is known, and the walk through those that are lost."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._generation = 0
        self._known = False
        self._lost: list[PlaceNow] = []
        self._at: PlaceNow | None = None
        """The lost place that the reader was led to last."""
        self._wanted = 0
        """The step that was asked for before anything was known."""

    # Looking

    def look(self) -> None:
        """Look for all places in the background: the findings or the files may have changed."""
        screen = self.screen
        if screen.session is None:
            return
        self._generation += 1
        if not screen.desk.review.findings:
            self.found(places_jobs.PlacesFound(self._generation, ()))
            return
        generation, repository, post = self._generation, screen.repository, screen.post_message
        findings, own = tuple(screen.desk.review.findings.values()), (screen.findings_path,)
        screen.work(lambda: places_jobs.look(repository, findings, own, generation, post), "places")

    def found(self, message: places_jobs.PlacesFound) -> None:
        """They were found; go on with what was asked for meanwhile."""
        if message.generation != self._generation:
            return
        placed = Placed(message.places)
        self._known = True
        self._lost = sorted(placed.unsure, key=lambda entry: (self._spot(entry), entry.finding, entry.index))
        if self._at not in self._lost:
            self._at = None
        self.screen.desk.set_placed(placed)
        self.screen.findings_pane.update_rows()
        self.screen.tree_pane.redraw()
        self.screen.refresh_marks()
        if self._wanted:
            wanted, self._wanted = self._wanted, 0
            self._step(wanted)

    @property
    def at(self) -> PlaceNow | None:
        """The lost place that the reader was led to last, as long as it is lost."""
        return self._at

    @property
    def here(self) -> PlaceNow | None:
        """The lost place that the reader was led to and still stands on."""
        screen, at = self.screen, self._at
        if at is None:
            return None
        if at.problem:
            return at if screen.context == "findings" and self._is_current(at) else None
        return at if screen.here == (at.there.path, self._line(at)) and screen.context != "findings" else None

    @property
    def finding_here(self) -> Finding | None:
        """The finding of that place."""
        at = self.here
        return self.screen.desk.review.findings.get(at.finding) if at else None

    # Walking

    def do_next_lost(self, count: int | None) -> None:
        """Action `next_lost`."""
        self._step(count or 1)

    def do_previous_lost(self, count: int | None) -> None:
        """Action `previous_lost`."""
        self._step(-(count or 1))

    def _step(self, by: int) -> None:
        screen = self.screen
        if not self._known:
            self._wanted = by
            screen.say("Looking for the places of all findings…")
            self.look()
            return
        self.look()
        lost, here = self._lost, self.here
        if not lost:
            screen.say("No place is lost: all are where they were, or moved along with their lines")
            return
        spots = [self._spot(entry) for entry in lost]
        if here is not None:
            index = lost.index(here) + by
        elif by > 0:
            index = bisect_right(spots, self._where()) + by - 1
        else:
            index = bisect_left(spots, self._where()) + by
        wrapped = not 0 <= index < len(lost)
        self._to(index % len(lost), wrapped)

    def _to(self, index: int, wrapped: bool) -> None:
        screen, entry = self.screen, self._lost[index]
        finding = screen.desk.review.findings.get(entry.finding)
        if finding is None:
            return
        self._at = entry
        count = f"{index + 1} of {len(self._lost)}{', from the other end' if wrapped else ''}"
        if entry.problem:
            screen.panes.open_list("findings")
            screen.findings_pane.select_finding(finding)
            screen.say(f"{count}, '{finding.title}': {entry.problem}", error=True)
            return
        screen.going.to(entry.there.path, self._line(entry))
        mends = f"{screen.key('add_place')} on the right lines mends it"
        if entry.now.is_lost:
            screen.say(f"{count}: the lines of '{finding.title}' are not there any more; {mends}")
        elif entry.now.confidence:
            screen.say(f"{count}: the lines of '{finding.title}' were edited; {mends}")
        else:
            screen.say(f"{count}: '{finding.title}' was noted without its text, so nobody knows if it moved; {mends}")

    def _line(self, entry: PlaceNow) -> int:
        """The line to lead to: where it is, or was, if the file is still so long."""
        span, source = entry.there.span, self.screen.source
        line = span.start if span else 1
        return min(line, max(1, source.row_count)) if source.path == entry.there.path else line

    def _spot(self, entry: PlaceNow) -> Spot:
        there, desk = entry.there, self.screen.desk
        return (len(desk.paths) if entry.problem else desk.rank(there.path), there.span.start if there.span else 1)

    def _where(self) -> Spot:
        here = self.screen.here
        return (self.screen.desk.rank(here[0]), here[1]) if here else (-1, 0)

    def _is_current(self, entry: PlaceNow) -> bool:
        current = self.screen.findings_pane.current
        return current is not None and current.id == entry.finding
