"""Going places: the jump list, and the pairs that lead to the next of a kind across files."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reviewtui.model.place import RepoPath
from reviewtui.model.reading import Position
from reviewtui.text.safe import safe
from reviewtui.tui.spots import Spot, neighbour

if TYPE_CHECKING:
    from reviewtui.tui.screens.picker import PickRow
    from reviewtui.tui.screens.ranking import Ranking
    from reviewtui.tui.screens.review import ReviewScreen

Jump = tuple[RepoPath, int, int]
"""File, row, column."""
KEPT_JUMPS: Final = 100


class Going:
    """Where the reader was, and where to go next."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._past: list[Jump] = []
        self._future: list[Jump] = []
        self._picked: tuple[Sequence[RepoPath], list[PickRow], Ranking] | None = None
        """What the file finder made of the list of files, for the next time."""

    def to(self, path: RepoPath, line: int | None, column: int | None = None) -> None:
        """Show a line (1-based; None: where the file opens) and focus the source; Ctrl-o comes back.

        Without a column the cursor goes to the first letter of the line.
        """
        self.remember()
        self.screen.files.open(path, max(0, (line or 1) - 1), column)
        self.screen.panes.focus_source()

    def remember(self) -> None:
        """Put the present place on the jump list."""
        here = self._now()
        if here and (not self._past or self._past[-1][:2] != here[:2]):
            self._past = [*self._past[-KEPT_JUMPS + 1 :], here]
        self._future = []

    def _now(self) -> Jump | None:
        source = self.screen.source
        return (source.path, source.cursor, source.column) if source.path else None

    def do_jump_back(self, count: int | None) -> None:
        """Action `jump_back`."""
        for _ in range(count or 1):
            self._leap(self._past, self._future)

    def do_jump_forward(self, count: int | None) -> None:
        """Action `jump_forward`."""
        for _ in range(count or 1):
            self._leap(self._future, self._past)

    def _leap(self, source: list[Jump], target: list[Jump]) -> None:
        here = self._now()
        while source and here and source[-1][:2] == here[:2]:
            source.pop()
        if not source:
            self.screen.say("No further place in the jump list")
            return
        if here:
            target.append(here)
        path, row, column = source.pop()
        self.screen.files.open(path, row, column)
        self.screen.panes.focus_source()

    @property
    def jumps(self) -> tuple[tuple[Position, ...], tuple[Position, ...]]:
        """The jump list behind and before the cursor, for the next time."""
        past, future = (
            [Position(p, row + 1, column) for p, row, column in jumps] for jumps in (self._past, self._future)
        )
        return tuple(past[-KEPT_JUMPS:]), tuple(future[-KEPT_JUMPS:])

    def resume(self, past: Sequence[Position], future: Sequence[Position]) -> None:
        """Go on with the jump list of the last time; what was jumped since comes after it."""
        rank, count = self.screen.desk.rank, len(self.screen.desk.paths)
        behind, before = (
            [(spot.path, spot.line - 1, spot.column) for spot in spots if rank(spot.path) < count]
            for spots in (past, future)
        )
        self._past = [*behind, *self._past][-KEPT_JUMPS:]
        self._future = self._future or before

    # Pairs

    def walk(self, spots: Sequence[Spot], forward: bool, count: int | None, nothing: str) -> None:
        """To the next of these spots, or the one before; round the ends of the repository."""
        screen = self.screen
        here: Spot = (-1, 0) if forward else (len(screen.desk.paths), 0)
        now = self._now()
        if now:
            here = (screen.desk.rank(now[0]), now[1] + 1)
        unique = sorted(set(spots))
        for _ in range(count or 1):
            found = neighbour(unique, here, forward)
            if found is None:
                screen.say(nothing)
                return
            index, wrapped = found
            here = unique[index]
        self.to_spot(unique, index, f", from the {'top' if forward else 'end'} again" if wrapped else "")

    def to_spot(self, spots: Sequence[Spot], index: int, note: str = "") -> None:
        """Go to one of several spots, and say which it is."""
        rank, line = spots[index]
        if rank < len(self.screen.desk.paths):
            self.to(self.screen.desk.paths[rank], line or None)
            self.screen.say(f"{index + 1} of {len(spots)}{note}")

    def hit_spots(self, *, only_open: bool) -> list[Spot]:
        """All hits, or those that are to be decided."""
        desk = self.screen.desk
        ranked = ((desk.rank(hit.path), hit) for hit in desk.hits)
        # One that is in no file is reached through the list.
        last = len(desk.paths)
        return [(rank, hit.line) for rank, hit in ranked if rank < last and (not only_open or desk.is_open(hit))]

    def do_next_hit(self, count: int | None) -> None:
        """Action `next_hit`."""
        self.walk(self.hit_spots(only_open=False), True, count, self.screen.scanning.no_hits())

    def do_previous_hit(self, count: int | None) -> None:
        """Action `previous_hit`."""
        self.walk(self.hit_spots(only_open=False), False, count, self.screen.scanning.no_hits())

    def do_next_open(self, count: int | None) -> None:
        """Action `next_open`."""
        self.walk(self.hit_spots(only_open=True), True, count, "No undecided hit")

    def do_previous_open(self, count: int | None) -> None:
        """Action `previous_open`."""
        self.walk(self.hit_spots(only_open=True), False, count, "No undecided hit")

    def finding_spots(self) -> list[Spot]:
        """The places of all findings and notes, where they are now."""
        desk = self.screen.desk
        return [
            (desk.rank(place.path), place.span.start if place.span else 1)
            for finding in desk.review.findings.values()
            for place in (desk.placed.there(finding, index) for index in range(len(finding.places)))
        ]

    def do_next_finding(self, count: int | None) -> None:
        """Action `next_finding`."""
        self.walk(self.finding_spots(), True, count, "Nothing written yet")

    def do_previous_finding(self, count: int | None) -> None:
        """Action `previous_finding`."""
        self.walk(self.finding_spots(), False, count, "Nothing written yet")

    def _file_step(self, by: int, unreviewed: bool) -> None:
        screen = self.screen
        ranks = [rank for rank, _ in self.file_spots(only_unreviewed=unreviewed)]
        now = self._now()
        start = screen.desk.rank(now[0]) if now else (-1 if by > 0 else len(screen.desk.paths))
        index = bisect_right(ranks, start) + by - 1 if by > 0 else bisect_left(ranks, start) + by
        if not ranks or (index >= len(ranks) and ranks[-1] <= start) or (index < 0 and ranks[0] >= start):
            screen.say("No further unreviewed file" if unreviewed else "No further file")
        else:
            self.to(screen.desk.paths[ranks[max(0, min(index, len(ranks) - 1))]], None)

    def do_next_file(self, count: int | None) -> None:
        """Action `next_file`."""
        self._file_step(count or 1, unreviewed=False)

    def do_previous_file(self, count: int | None) -> None:
        """Action `previous_file`."""
        self._file_step(-(count or 1), unreviewed=False)

    def do_next_unreviewed(self, count: int | None) -> None:
        """Action `next_unreviewed`."""
        self._file_step(count or 1, unreviewed=True)

    def do_previous_unreviewed(self, count: int | None) -> None:
        """Action `previous_unreviewed`."""
        self._file_step(-(count or 1), unreviewed=True)

    def file_spots(self, *, only_unreviewed: bool) -> list[Spot]:
        """All files, or those that nobody has reviewed as they are."""
        desk = self.screen.desk
        # What we write ourselves is nothing to be reviewed.
        left_out = {*desk.reviewed, desk.own_file} if only_unreviewed else set()
        return [(rank, 0) for rank, path in enumerate(desk.paths) if path not in left_out]

    def do_find_file(self, _count: int | None) -> None:
        """Action `find_file`."""
        from reviewtui.tui.screens.picker import Picker, PickRow
        from reviewtui.tui.screens.ranking import Ranking

        paths = self.screen.desk.paths

        def chosen(index: int | None) -> None:
            if index is not None:
                self.to(paths[index], None)

        if self._picked is None or self._picked[0] is not paths:
            rows = [PickRow(safe(path)) for path in paths]
            self._picked = paths, rows, Ranking([row.text for row in rows])
        _, rows, ranking = self._picked
        picker = Picker("Open a file", rows, "any part of its path", empty="No file of that name", ranking=ranking)
        self.screen.app.push_screen(picker, chosen)

    def do_top(self, count: int | None) -> None:
        """Action `top` where no pane has the focus."""
        self.screen.source.do_top(count)
