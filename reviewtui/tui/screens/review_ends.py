"""The ends of what the pairs lead through: the first and the last of a kind."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reviewtui.tui.spots import Spot

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen


class Ends:
    """`do_first_KIND` and `do_last_KIND`; a count leads to the second, third … from that end."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.add("hit", lambda: screen.going.hit_spots(only_open=False), screen.scanning.no_hits)
        self.add("open", lambda: screen.going.hit_spots(only_open=True), lambda: "No undecided hit")
        self.add("finding", screen.going.finding_spots, lambda: "Nothing written yet")
        self.add("file", lambda: screen.going.file_spots(only_unreviewed=False), lambda: "There is no file")
        self.add("unreviewed", lambda: screen.going.file_spots(only_unreviewed=True), lambda: "No unreviewed file")

    def add(self, kind: str, spots: Callable[[], Sequence[Spot]], nothing: Callable[[], str]) -> None:
        """A kind of spots that has two ends, and what to say where there is none."""
        setattr(self, f"do_first_{kind}", partial(self._to, spots, nothing, False))
        setattr(self, f"do_last_{kind}", partial(self._to, spots, nothing, True))

    def _to(
        self, spots: Callable[[], Sequence[Spot]], nothing: Callable[[], str], is_last: bool, count: int | None
    ) -> None:
        unique = sorted(set(spots()))
        if not unique:
            self.screen.say(nothing())
            return
        steps = min(count or 1, len(unique)) - 1
        self.screen.going.to_spot(unique, len(unique) - 1 - steps if is_last else steps)
