"""Text as it is drawn: nothing a terminal would obey, nothing hidden, and the way between columns and cells."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, NewType

from reviewtui.text.scripts import odd_letters, posing_letters

SafeText = NewType("SafeText", str)
"""One line that a terminal draws as it stands, every hidden character spelled out; only this module makes it."""

MARKS_PER_CELL: Final = 8
"""So many combining characters are drawn on one letter; the others are spelled out."""

_PICTURES: Final = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
# What `str.isprintable` lets through although it is drawn as nothing or as a blank: letters that look empty, joiners,
# variation selectors, fillers of several scripts.
_BLANK: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc"
    "\U0001107f\U00013441\U00013442\U00016fe4\U0001d159\U000e0100-\U000e01ef"
)
_LOOKS_BLANK: Final = re.compile(f"[{_BLANK}]")
_IRREGULAR: Final = re.compile(r"\t+|[\x00-\x08\x0a-\x1f\x7f]+|[^\x00-\x7f]+")
# Wide since Unicode 16, which the Unicode data of older Pythons do not know.
_WIDE: Final = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D356), (0x1D360, 0x1D376))
# Drawn into the cell of what stands before them although they are no combining marks: vowels and finals of Hangul,
# skin colours.
_JOINED: Final = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF), (0x1F3FB, 0x1F3FF))
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_TABS: Final = re.compile(r"\t+")

_Run = tuple[int, int, int, int, int]
"""From this column, cell and index on, a character takes so many cells and so many characters of the drawn text."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A source line as drawn, with the way between its columns and what is on the screen."""

    text: SafeText
    length: int
    """Characters of the source line."""
    width: int
    """Cells of the drawn line."""
    runs: tuple[_Run, ...] = ()
    """Where the step from column to cell or index changes; empty when all three are the same."""
    marks: tuple[tuple[int, int], ...] = ()
    """Parts of `text` (start, end) that stand for other characters, to be told from the same text typed."""

    @property
    def starts(self) -> tuple[int, ...] | None:
        """The cell in which each column starts, made anew and as long as the line; None when it is the column."""
        return tuple(map(self.cell_of, range(self.length))) if self.runs else None

    @property
    def is_even(self) -> bool:
        """Whether every column is a cell, and an index of the text."""
        return not self.runs

    def cut(self, first: int, last: int) -> SafeText:
        """The text from one index to another."""
        return SafeText(self.text[first:last])

    def marks_between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Those of `marks` that reach into the text from one index to another."""
        return [mark for mark in self.marks if mark[1] > first and mark[0] < last]

    def cell_of(self, column: int) -> int:
        """The cell in which this column starts; past the end, the width."""
        column = max(0, min(column, self.length))
        if not self.runs:
            return column
        start, cell, _, cells, _ = self.runs[bisect_right(self.runs, column, key=itemgetter(0)) - 1]
        return cell + (column - start) * cells

    def column_of(self, cell: int) -> int:
        """The column that covers this cell; past the end, the length of the line."""
        cell = max(0, cell)
        if cell >= self.width:
            return self.length
        if not self.runs:
            return cell
        start, first, _, cells, _ = self.runs[bisect_right(self.runs, cell, key=itemgetter(1)) - 1]
        return start + (cell - first) // cells if cells else start

    def index_of(self, column: int) -> int:
        """The index in `text` at which this column starts; past the end, its length."""
        column = max(0, min(column, self.length))
        if not self.runs:
            return column
        start, _, index, _, indexes = self.runs[bisect_right(self.runs, column, key=itemgetter(0)) - 1]
        return index + (column - start) * indexes


def safe(text: str) -> SafeText:
    """One line that can be drawn anywhere: control characters as pictures, what hides or misleads as `<U+202E>`.

    A letter of another script by which a word passes for a plain one misleads too; the source view, which draws it as
    it is, marks it.
    """
    if text.isascii():
        return SafeText(text if text.isprintable() else text.translate(_PICTURES))
    if posing := posing_letters(text):
        letters = list(text)
        for column in posing:
            letters[column] = spelled(letters[column])
        text = "".join(letters)
    if text.isprintable() and _is_plain(text):
        return SafeText(text)
    return SafeText(text.translate(_PICTURES)) if text.isascii() else Drawing(0).draw(text).text


def drawn(line: str, tab_size: int = 4) -> DrawnLine:
    """A source line as `safe` shows it, but with its tabs expanded, and the map of its columns."""
    if line.isprintable() and (line.isascii() or _is_single(line)):
        return DrawnLine(SafeText(line), len(line), len(line))
    if line.isascii() and "\t" not in line:
        marks = tuple(control.span() for control in _CONTROLS.finditer(line))
        return DrawnLine(SafeText(line.translate(_PICTURES)), len(line), len(line), (), marks)
    if line.isascii() and not _CONTROLS.search(line):
        return _with_tabs(line, max(1, tab_size))
    return Drawing(max(1, tab_size)).draw(line)


def cell_width(text: SafeText) -> int:
    """How many cells the text takes on the screen."""
    return len(text) if text.isascii() else sum(map(cells_of, text))


def suspicious(line: str) -> tuple[tuple[int, str], ...]:
    """Column and name of every character that hides, reorders or passes for another, in the order of the line."""
    if line.isascii() and (line.isprintable() or line.replace("\t", "").isprintable()):
        return ()
    if line == "\f":
        return ()  # an old habit that separates the parts of a file, and hides nothing on a line of its own
    found = [(column, name_of(char)) for column, char in enumerate(line) if char != "\t" and shown_as(char) != char]
    if not line.isascii():
        found += [(column, f"{name_of(line[column])}, {why}") for column, why in odd_letters(line)]
    return tuple(sorted(found))


def hidden_count(lines: Iterable[str]) -> int:
    """How many characters of a text are suspicious; quick over what is plain."""
    return sum(len(suspicious(line)) for line in lines)


def name_of(char: str) -> str:
    """What Unicode calls a character; of one without a name, what kind it is."""
    code = ord(char)
    if code in _PICTURES:
        return unicodedata.name(chr(_PICTURES[code])).removeprefix("SYMBOL FOR ")
    kind = {"Cc": "CONTROL", "Cs": "LONE SURROGATE", "Co": "PRIVATE USE"}.get(unicodedata.category(char), "UNASSIGNED")
    return unicodedata.name(char, f"{kind} U+{code:04X}")


class Drawing:
    """Draws one line, or a piece of one; every stretch adds to the text and, where the steps change, a run."""

    def __init__(self, tab_size: int, before: int = 0, marks_before: int = MARKS_PER_CELL) -> None:
        self._tab_size = tab_size
        """0: a tab is a picture, as every control character."""
        self._before = before
        """Cells of the line before this piece."""
        self._pieces: list[str] = []
        self._runs: list[_Run] = [(0, 0, 0, 1, 1)]
        self._marks: list[tuple[int, int]] = []
        self._column = self._cell = self._index = 0
        self._marks_on_cell = marks_before
        """How many combining characters the last cell has; full where there is no letter to put one on."""

    def draw(self, line: str) -> DrawnLine:
        end = 0
        for odd in _IRREGULAR.finditer(line):
            if odd.start() > end:
                self._add(line[end : odd.start()], odd.start() - end, 1, 1)
                self._marks_on_cell = 0
            end = odd.end()
            piece = odd.group()
            if piece[0] == "\t" and self._tab_size:
                self._tabs(len(piece))
            elif piece[0] <= "\x7f":
                self._mark(piece.translate(_PICTURES), len(piece), 1, 1)
            else:
                self._unusual(piece)
        if end < len(line):
            self._add(line[end:], len(line) - end, 1, 1)
        runs = () if self._runs == [(0, 0, 0, 1, 1)] else tuple(self._runs)
        return DrawnLine(SafeText("".join(self._pieces)), len(line), self._cell, runs, tuple(self._marks))

    def _tabs(self, count: int) -> None:
        first = self._tab_size - (self._before + self._cell) % self._tab_size
        self._add(" " * first, 1, first, first)
        if count > 1:
            self._add(" " * (self._tab_size * (count - 1)), count - 1, self._tab_size, self._tab_size)
        self._marks_on_cell = MARKS_PER_CELL

    def _unusual(self, piece: str) -> None:
        for char in piece:
            shown, cells = shown_as(char), cells_of(char)
            if shown == char and cells:
                self._add(char, 1, cells, 1)
                self._marks_on_cell = 0
            elif shown == char and self._marks_on_cell < MARKS_PER_CELL:
                self._add(char, 1, 0, 1)
                self._marks_on_cell += 1
            else:
                shown = spelled(char)
                self._mark(shown, 1, len(shown), len(shown))

    def _mark(self, text: str, columns: int, cells: int, indexes: int) -> None:
        start = self._index
        if self._marks and self._marks[-1][1] == start:
            start = self._marks.pop()[0]
        self._add(text, columns, cells, indexes)
        self._marks.append((start, self._index))
        self._marks_on_cell = MARKS_PER_CELL

    def _add(self, text: str, columns: int, cells: int, indexes: int) -> None:
        if self._runs[-1][3:] != (cells, indexes):
            if self._runs[-1][0] == self._column:
                self._runs.pop()
            self._runs.append((self._column, self._cell, self._index, cells, indexes))
        self._pieces.append(text)
        self._column += columns
        self._cell += columns * cells
        self._index += columns * indexes


@lru_cache(maxsize=16384)
def shown_as(char: str) -> str:
    """The character, or what stands for it when it must not be drawn."""
    if char.isprintable() and not _LOOKS_BLANK.match(char):
        return char
    return chr(_PICTURES[ord(char)]) if ord(char) in _PICTURES else spelled(char)


@lru_cache(maxsize=16384)
def cells_of(char: str) -> int:
    """Cells of a character that is drawn as it is."""
    code = ord(char)
    if unicodedata.category(char)[0] == "M" or _within(code, _JOINED):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" or _within(code, _WIDE) else 1


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def spelled(char: str) -> str:
    code = ord(char)
    # These stand for bytes that could not be decoded, as in names of files.
    return f"<\\x{code - 0xDC00:02X}>" if 0xDC80 <= code <= 0xDCFF else f"<U+{code:04X}>"


def _is_plain(text: str) -> bool:
    """Whether printable text holds nothing that looks empty and no marks that could pile up or have no letter."""
    return not _LOOKS_BLANK.search(text) and 0 not in map(cells_of, text)


def _is_single(text: str) -> bool:
    """Whether every character of printable text is drawn as it is, in one cell."""
    return not _LOOKS_BLANK.search(text) and all(cells_of(char) == 1 for char in set(text))


def _with_tabs(line: str, tab_size: int) -> DrawnLine:
    """Drawn plain ASCII with tabs: the usual case of what is not drawn as it is, so made without a step a character."""
    text = line.expandtabs(tab_size)
    runs: list[_Run] = [(0, 0, 0, 1, 1)]
    column = cell = 0
    for tabs in _TABS.finditer(line):
        start, end = tabs.span()
        cell += start - column
        first = tab_size - cell % tab_size
        runs.append((start, cell, cell, first, first))
        cell += first
        if end - start > 1 and first != tab_size:
            runs.append((start + 1, cell, cell, tab_size, tab_size))
        cell += (end - start - 1) * tab_size
        runs.append((end, cell, cell, 1, 1))
        column = end
    return DrawnLine(SafeText(text), len(line), len(text), tuple(runs[1:] if line[0] == "\t" else runs))
