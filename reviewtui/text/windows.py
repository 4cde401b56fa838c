"""Colours for a window of a Python text, equal to those of the whole file, without lexing what is above it."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from time import perf_counter
from typing import TYPE_CHECKING, Final

from reviewtui.text.kinds import Spans
from reviewtui.text.python_strings import PythonStrings
from reviewtui.text.tokens import by_line, is_too_large, python_lexer

if TYPE_CHECKING:
    from reviewtui.text.tokens import Lexer

_FROM_TOP: Final = 20_000
"""A window that ends before this character is reached from the top of the file at once."""
_AT_ONCE: Final = 150_000
"""No more characters than this are lexed for a window."""
_SECONDS: Final = 0.2
_STEPS_BACK: Final = 100

_WAITS_FOR_A_NAME: Final = re.compile(r"\b(?:def|class|from|import|lazy|match|case)\Z")


class WindowLexer:
    """Lexes windows of one Python text: near its top at once, anywhere as far as `prepare` has gone."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._text = ""
        """Kept while it is needed: with the strings known, the lines will do."""
        self._starts: Sequence[int] = ()
        self._lexer: Lexer | None = None
        self._strings = PythonStrings("")
        if not is_too_large(lines):
            self._lexer = python_lexer()
            self._text = "\n".join(lines) + "\n"
            self._starts = array("I", accumulate((len(line) + 1 for line in lines), initial=0))
            self._strings = PythonStrings(self._text)

    def prepare(self, should_stop: Callable[[], bool]) -> bool:
        """Find out what windows anywhere need; whether that is known. By one thread at a time; `spans` may be asked.

        Where it cannot be, the whole file has to be lexed for what is far from its top.
        """
        if not self._strings.scan(should_stop):
            return False
        self._text = ""
        return True

    @property
    def stays_plain(self) -> bool:
        """Whether the text is too large for colours."""
        return self._lexer is None

    @property
    def is_prepared(self) -> bool:
        """Whether all that can be known is."""
        return self._strings.is_done or self._strings.is_lost

    def spans(self, first_row: int, last_row: int, seconds: float = _SECONDS) -> list[Spans] | None:
        """The spans of the rows from `first_row` to `last_row`, both included, equal to those of the whole file.

        None where they cannot be told, or not in this time: the lines before them would have to be lexed too.
        """
        first_row, last_row = max(0, first_row), min(last_row, len(self._lines) - 1)
        if self._lexer is None:
            return None
        if first_row > last_row:
            return []
        start, end, text = self._starts[first_row], self._starts[last_row + 1], self._text
        if text and end <= _FROM_TOP:
            return self._lexed(self._lexer, text, 0, first_row, last_row, seconds)
        cut = self._cut(first_row)
        if cut is None and start <= _FROM_TOP:
            cut = 0
        tail = self._strings.around(end - 1)
        if cut is None or tail is None or end - self._starts[cut] > _AT_ONCE:
            return None
        # What comes after the string that reaches out of the window does not matter to it.
        text = "\n".join(self._lines[cut : self._row(tail[1]) + 1]) + "\n"
        return self._lexed(self._lexer, text, cut, first_row, last_row, seconds)

    def _lexed(
        self, lexer: "Lexer", text: str, cut: int, first_row: int, last_row: int, seconds: float
    ) -> list[Spans] | None:
        """The window, lexed in `text`, which begins with row `cut`."""
        window = []
        deadline = perf_counter() + seconds
        for row, line in enumerate(by_line(lexer, text, map(len, self._lines[cut : last_row + 1])), cut):
            if row >= first_row:
                window.append(line)
            if perf_counter() > deadline:
                return None
        return window

    def _cut(self, row: int) -> int | None:
        """The nearest row from this one back at which the lexer stands in nothing that began before; None: unknown."""
        for _ in range(_STEPS_BACK):
            around = self._strings.around(self._starts[row])
            if around is None:
                return None
            if around[0] < self._starts[row]:
                row = self._row(around[0])
            elif row and self._runs_on(row - 1):
                row -= 1
            else:
                return row
        return None

    def _runs_on(self, row: int) -> bool:
        """Whether the statement on this row may go on below it in a way that the lexer remembers."""
        while row > 0 and not self._lines[row].strip():
            row -= 1
        line = self._lines[row].rstrip()
        if line.endswith(("\\", ",")):
            return line.endswith("\\") or "import" in line
        return _WAITS_FOR_A_NAME.search(line[-8:]) is not None

    def _row(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1
