"""Going places: the jump list, and the pairs that lead to the next of a kind across files."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reviewtui.model.place import RepoPath
from reviewtui.text.safe import safe
from reviewtui.tui.desk import Spot, neighbour

if TYPE_CHECKING:
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

    # Pairs

    def _walk(self, spots: Sequence[Spot], forward: bool, count: int | None, nothing: str) -> None:
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
        rank, line = here
        if rank < len(screen.desk.paths):
            self.to(screen.desk.paths[rank], line or None)
            where = f"{index + 1} of {len(unique)}"
            screen.say(f"{where}, from the {'top' if forward else 'end'} again" if wrapped else where)

    def _hit_spots(self, only_open: bool) -> list[Spot]:
        desk = self.screen.desk
        return [(desk.rank(h.path), h.line) for h in desk.hits if not only_open or desk.is_open(h)]

    def do_next_hit(self, count: int | None) -> None:
        """Action `next_hit`."""
        self._walk(self._hit_spots(False), True, count, self.screen.scanning.no_hits())

    def do_previous_hit(self, count: int | None) -> None:
        """Action `previous_hit`."""
        self._walk(self._hit_spots(False), False, count, self.screen.scanning.no_hits())

    def do_next_open(self, count: int | None) -> None:
        """Action `next_open`."""
        self._walk(self._hit_spots(True), True, count, "No undecided hit")

    def do_previous_open(self, count: int | None) -> None:
        """Action `previous_open`."""
        self._walk(self._hit_spots(True), False, count, "No undecided hit")

    def _finding_spots(self) -> list[Spot]:
        desk = self.screen.desk
        return [
            (desk.rank(place.path), place.span.start if place.span else 1)
            for finding in desk.review.findings.values()
            for place in finding.places
        ]

    def do_next_finding(self, count: int | None) -> None:
        """Action `next_finding`."""
        self._walk(self._finding_spots(), True, count, "Nothing written yet")

    def do_previous_finding(self, count: int | None) -> None:
        """Action `previous_finding`."""
        self._walk(self._finding_spots(), False, count, "Nothing written yet")

    def _file_step(self, by: int, unreviewed: bool) -> None:
        screen = self.screen
        paths = screen.desk.paths
        reviewed = screen.desk.reviewed if unreviewed else frozenset()
        now = self._now()
        start = screen.desk.rank(now[0]) if now else (-1 if by > 0 else len(paths))
        rank = start + by
        while 0 <= rank < len(paths):
            if paths[rank] not in reviewed:
                self.to(paths[rank], None)
                return
            rank += by
        screen.say("No further file" if not unreviewed else "No further unreviewed file")

    def do_next_file(self, count: int | None) -> None:
        """Action `next_file`."""
        self._file_step(count or 1, unreviewed=False)

    def do_previous_file(self, count: int | None) -> None:
        """Action `previous_file`."""
        self._file_step(-(count or 1), unreviewed=False)

    def do_next_unreviewed(self, _count: int | None) -> None:
        """Action `next_unreviewed`."""
        self._file_step(1, unreviewed=True)

    def do_previous_unreviewed(self, _count: int | None) -> None:
        """Action `previous_unreviewed`."""
        self._file_step(-1, unreviewed=True)

    def do_find_file(self, _count: int | None) -> None:
        """Action `find_file`."""
        from reviewtui.tui.screens.picker import Picker, PickRow

        paths = self.screen.desk.paths

        def chosen(index: int | None) -> None:
            if index is not None:
                self.to(paths[index], None)

        rows = [PickRow(safe(path)) for path in paths]
        self.screen.app.push_screen(
            Picker("Open a file", rows, "any part of its path", empty="No file of that name"), chosen
        )

    def do_top(self, count: int | None) -> None:
        """Action `top` where no pane has the focus."""
        self.screen.source.do_top(count)
