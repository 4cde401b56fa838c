"""The hash by which code scanning follows a line: of the hundred characters, blanks left out, that begin with it."""

import sys
from collections.abc import Sequence
from operator import mul
from typing import Final

_WINDOW: Final = 100
_MASK: Final = (1 << 64) - 1
_POWERS: Final = tuple(pow(37, _WINDOW - 1 - place, _MASK + 1) for place in range(_WINDOW))
_END: Final = 65535
"""Stands for the end of the file, and zeros follow."""
_UTF16: Final = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"


class LineHashes:
    """The `primaryLocationLineHash` of the lines of one file."""

    def __init__(self, lines: Sequence[str], *, ends_with_newline: bool = True) -> None:
        """`lines` without their ends; `ends_with_newline` shows only in the hashes of the last ones."""
        self._lines = lines
        self._ends_with_newline = ends_with_newline
        self._rows: dict[str, list[int]] = {}
        for row, line in enumerate(lines):
            self._rows.setdefault(_beginning(line), []).append(row)

    def of(self, line: int) -> str:
        """The hash in hexadecimal, `:`, and how often it has been met in the file up to this line."""
        value = self._hash(line)
        # Equal hashes begin with equal lines, so only those are looked at.
        same = self._rows[_beginning(self._lines[line - 1])]
        return f"{value}:{sum(row < line and self._hash(row + 1) == value for row in same)}"

    def _hash(self, line: int) -> str:
        return line_hash(self._lines, line, ends_with_newline=self._ends_with_newline)


def line_hash(lines: Sequence[str], line: int, *, ends_with_newline: bool = True) -> str:
    """The hash of one line, without the count."""
    units: list[int] = []
    for row in range(line - 1, len(lines)):
        _add_line(units, lines, row, ends_with_newline)
        if len(units) >= _WINDOW:
            break
    units.append(_END)
    return _hash(units)


def lines_by_hash(lines: Sequence[str]) -> dict[str, list[int]]:
    """The lines of a file by their hashes."""
    units: list[int] = []
    starts = []
    for row in range(len(lines)):
        starts.append(len(units))
        _add_line(units, lines, row, ends_with_newline=True)
    units.append(_END)
    found: dict[str, list[int]] = {}
    for line, start in enumerate(starts, 1):
        found.setdefault(_hash(units[start : start + _WINDOW]), []).append(line)
    return found


def _hash(units: Sequence[int]) -> str:
    return f"{sum(map(mul, units, _POWERS)) & _MASK:x}"


def _add_line(units: list[int], lines: Sequence[str], row: int, ends_with_newline: bool) -> None:
    """Add the UTF-16 code units of a line that count, as many of them as any window that begins with a line holds."""
    text = lines[row].replace(" ", "").replace("\t", "")[:_WINDOW]
    if row < len(lines) - 1 or ends_with_newline:
        text += "\n"
    if text.isascii():
        units += text.encode()
    else:
        units += memoryview(text.encode(_UTF16, "surrogatepass")).cast("H")


def _beginning(line: str) -> str:
    """As much of a line as its hash surely shows."""
    return line.replace(" ", "").replace("\t", "")[: _WINDOW // 2]
