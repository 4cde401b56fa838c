"""Lines of millions of characters as they are drawn: only the pieces that are looked at are laid out."""

import re
from bisect import bisect_right
from functools import cache
from typing import Final, Protocol

from reviewtui.text.safe import MARKS_PER_CELL, Drawing, DrawnLine, SafeText, cells_of, drawn, shown_as, spelled

LONG: Final = 8192
"""Characters from which on a line is drawn by pieces, unless it is all plain ASCII."""

_PIECE: Final = 2048
_PIECES_KEPT: Final = 16
_TABS: Final = re.compile("t+")
_MARK_RUN: Final = re.compile("[mno]+")
# No mark is spelled out where each run of them is short and stands on a character.
_SPELLED_MARKS: Final = re.compile(f"[mno]{{{MARKS_PER_CELL + 1}}}|[^awmno][mno]")
# The sorts of characters: a drawn as it is, w wide, p a picture, t a tab; by the last digit of their length those that
# are spelled out; m n o marks, by what it would take to spell them out.
_CELLS: Final = {"a": 1, "w": 2, "p": 1, "6": 6, "8": 8, "9": 9, "0": 10}
_SPELLED: Final = str.maketrans("mno", "890")
_SORTS_KEPT: Final = 50_000


class Drawn(Protocol):
    """A source line as drawn, whatever its length; see `DrawnLine`."""

    @property
    def length(self) -> int:
        """Characters of the source line."""

    @property
    def width(self) -> int:
        """Cells of the drawn line; of a long one this costs a walk over it, once."""

    @property
    def is_even(self) -> bool:
        """Whether every column is a cell, and an index of the text."""

    def cell_of(self, column: int) -> int:
        """The cell in which this column starts; past the end, the width."""

    def column_of(self, cell: int) -> int:
        """The column that covers this cell; past the end, the length of the line."""

    def index_of(self, column: int) -> int:
        """The index in the text at which this column starts; past the end, its length."""

    def cut(self, first: int, last: int) -> SafeText:
        """The text from one index to another."""

    def marks_between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Parts of that text that stand for other characters."""


def drawn_lazily(line: str, tab_size: int = 4) -> Drawn:
    """As `drawn`, at once whatever the line holds."""
    if len(line) < LONG or (line.isascii() and line.isprintable()):
        return drawn(line, tab_size)
    return LongLine(line, tab_size)


class LongLine:
    """As `DrawnLine`, of one that is too long to be drawn whole: as far as it is asked for, and pieces of that."""

    is_even: Final = False

    def __init__(self, line: str, tab_size: int) -> None:
        self._line = line
        self._tab_size = tab_size
        self._cells = [0]
        """The cell at which each piece begins, as far as that is known."""
        self._indexes = [0]
        self._marks = [MARKS_PER_CELL]
        """How many marks the cell before each piece has."""
        self._drawn: dict[int, DrawnLine] = {}

    @property
    def length(self) -> int:
        """Characters of the source line."""
        return len(self._line)

    @property
    def width(self) -> int:
        """Cells of the drawn line."""
        return self._begin(self._count)[0]

    def cell_of(self, column: int) -> int:
        """The cell in which this column starts; past the end, the width."""
        number, rest = divmod(max(0, min(column, self.length)), _PIECE)
        cell, _ = self._begin(number)
        return cell + self._piece(number).cell_of(rest) if rest else cell

    def column_of(self, cell: int) -> int:
        """The column that covers this cell; past the end, the length of the line."""
        cell = max(0, cell)
        while self._cells[-1] <= cell and len(self._cells) <= self._count:
            self._measure()
        number = bisect_right(self._cells, cell) - 1
        if number >= self._count:
            return self.length
        return number * _PIECE + self._piece(number).column_of(cell - self._cells[number])

    def index_of(self, column: int) -> int:
        """The index in the text at which this column starts; past the end, its length."""
        number, rest = divmod(max(0, min(column, self.length)), _PIECE)
        _, index = self._begin(number)
        return index + self._piece(number).index_of(rest) if rest else index

    def cut(self, first: int, last: int) -> SafeText:
        """The text from one index to another."""
        return SafeText("".join(piece.text[max(0, first - i) : max(0, last - i)] for i, piece in self._at(first, last)))

    def marks_between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Parts of that text that stand for other characters."""
        marks = [(i + start, i + end) for i, piece in self._at(first, last) for start, end in piece.marks]
        return [mark for mark in marks if mark[1] > first and mark[0] < last]

    @property
    def _count(self) -> int:
        return -(-self.length // _PIECE)

    def _at(self, first: int, last: int) -> list[tuple[int, DrawnLine]]:
        """The pieces that hold the text from one index to another, each with the index at which it begins."""
        while self._indexes[-1] < last and len(self._cells) <= self._count:
            self._measure()
        number = max(0, bisect_right(self._indexes, first) - 1)
        found = []
        while number < self._count and self._indexes[number] < last:
            found.append((self._indexes[number], self._piece(number)))
            number += 1
        return found

    def _begin(self, number: int) -> tuple[int, int]:
        """Cell and index at which a piece begins."""
        while len(self._cells) <= min(number, self._count):
            self._measure()
        return self._cells[number], self._indexes[number]

    def _piece(self, number: int) -> DrawnLine:
        piece = self._drawn.get(number)
        if piece is None:
            self._begin(number)
            if len(self._drawn) >= _PIECES_KEPT:
                self._drawn.clear()
            drawing = Drawing(self._tab_size, self._cells[number], self._marks[number])
            piece = self._drawn[number] = drawing.draw(self._line[number * _PIECE : (number + 1) * _PIECE])
        return piece

    def _measure(self) -> None:
        """Find out where the next piece begins, without drawing the last one that is known."""
        number = len(self._cells) - 1
        cell, marks = self._cells[-1], self._marks[-1]
        piece = self._line[number * _PIECE : (number + 1) * _PIECE]
        sorts = _with_spelled_marks(piece.translate(_sorts()), marks)
        cells = at = 0
        for tabs in _TABS.finditer(sorts):
            cells += _width(sorts[at : tabs.start()])
            cells += self._tab_size - (cell + cells) % self._tab_size
            cells += self._tab_size * (tabs.end() - tabs.start() - 1)
            at = tabs.end()
        cells += _width(sorts[at:])
        self._cells.append(cell + cells)
        # A wide character is one index and two cells, a mark that is drawn one and none; all others are as many.
        drawn_marks = sum(map(sorts.count, "mno"))
        self._indexes.append(self._indexes[-1] + cells - sorts.count("w") + drawn_marks)
        on_last = len(sorts) - len(sorts.rstrip("mno"))
        if on_last == len(sorts):
            self._marks.append(marks + on_last)
        else:
            self._marks.append(on_last if sorts[-1 - on_last] in "aw" else MARKS_PER_CELL)


class _Sorts(dict[int, int]):
    """The sort of each character, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> int:
        sort = ord(_sort(chr(code)))
        if len(self) < _SORTS_KEPT:
            self[code] = sort
        return sort


@cache
def _sorts() -> _Sorts:
    return _Sorts()


def _sort(char: str) -> str:
    if char == "\t":
        return "t"
    if char < " " or char == "\x7f":
        return "p"
    shown = shown_as(char)
    if shown != char:
        return str(len(shown))[-1]
    cells = cells_of(char)
    return "aw"[cells - 1] if cells else "mno"[len(spelled(char)) - 8]


def _with_spelled_marks(sorts: str, marks: int) -> str:
    """The sorts with those of marks that are not drawn replaced, after a cell that has so many already."""
    if sorts[0] not in "mno" and not _SPELLED_MARKS.search(sorts):
        return sorts

    def cut(run: re.Match[str]) -> str:
        start = run.start()
        room = MARKS_PER_CELL - (marks if not start else 0 if sorts[start - 1] in "aw" else MARKS_PER_CELL)
        return run.group()[:room] + run.group()[room:].translate(_SPELLED)

    return _MARK_RUN.sub(cut, sorts)


def _width(sorts: str) -> int:
    if sorts.count("a") == len(sorts):
        return len(sorts)
    return sum(cells * sorts.count(sort) for sort, cells in _CELLS.items())
