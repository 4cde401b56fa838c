"""The matches of a search in one text: found by and by where the search is plain, beside the screen where it is not."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from reviewtui.text.search import Match, Query, find

MOST: Final = 9999
"""Matches that are counted; of more it is said that there are more."""
_SLICE: Final = 256
"""Matches between two looks at the clock."""


class Matches:
    """Every match in a text, as far as it is known."""

    def __init__(self, lines: Sequence[str], query: Query | None = None) -> None:
        """With a query they are found by `go_on`; without, they are `given`."""
        self.lines = lines
        self.found: list[Match] = []
        self.is_whole = False
        """Whether all were found, or as many as are counted."""
        self.has_more = False
        self.problem = ""
        """Why they are not known, where that is so."""
        self._by_text: dict[str, list[tuple[int, int]]] = {}
        self._rest: Iterator[Match] = iter(()) if query is None else self._paced(query)

    def _paced(self, query: Query) -> Iterator[Match]:
        """The matches, and an empty one after each stretch of lines, so that the clock is looked at."""
        for start in range(0, len(self.lines), _SLICE):
            for match in find(self.lines[start : start + _SLICE], query):
                yield Match(start + match.row, match.start, match.end)
            yield Match(-1, 0, 0)

    def go_on(self, seconds: float) -> bool:
        """Find further ones for so long; whether all are there now."""
        deadline = time.perf_counter() + seconds
        while not self.is_whole:
            match = next(self._rest, None)
            if match is None:
                self.is_whole = True
            elif match.row < 0:
                if time.perf_counter() > deadline:
                    break
            elif len(self.found) == MOST:
                self.has_more = self.is_whole = True
            else:
                self.found.append(match)
        return self.is_whole

    def give(self, found: Sequence[Match], *, has_more: bool) -> None:
        """They were found elsewhere."""
        self.found = list(found[:MOST])
        self.has_more = has_more or len(found) > MOST
        self.is_whole = True
        for match in self.found:
            spans = self._by_text.setdefault(self.lines[match.row], [])
            if (match.start, match.end) not in spans[-2:]:
                spans.append((match.start, match.end))

    def spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Those in a line with this text, where they were given."""
        return iter(sorted(set(self._by_text.get(line, ()))))

    def next(self, row: int, column: int, forward: bool) -> tuple[Match, bool] | None:
        """The nearest that starts after this place (before it), and whether it was found by wrapping."""
        if not self.found:
            return None
        if forward:
            index = bisect_right(self.found, (row, column), key=_start)
            return (self.found[index], False) if index < len(self.found) else (self.found[0], True)
        index = bisect_left(self.found, (row, column), key=_start) - 1
        return (self.found[index], False) if index >= 0 else (self.found[-1], True)

    def position(self, row: int, column: int) -> str:
        """Which of how many the match at a place is: `3 of 17`; with an ellipsis while they are being counted."""
        before = bisect_right(self.found, (row, column), key=_start)
        if not self.found:
            return "none" if self.is_whole else "…"
        total = f"more than {MOST:,}" if self.has_more else f"{len(self.found):,}{'' if self.is_whole else '…'}"
        return f"{before:,} of {total}" if before <= MOST else total


def _start(match: Match) -> tuple[int, int]:
    return match.row, match.start
