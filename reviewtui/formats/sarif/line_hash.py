"""The hash by which code scanning follows a line: of the hundred characters, blanks left out, that begin with it."""

from collections.abc import Iterator, Sequence
from typing import Final

_WINDOW: Final = 100
_FACTOR: Final = 37
_MASK: Final = (1 << 64) - 1
_END: Final = 65535
"""Stands for the end of the file, and zeros follow."""
_BLANKS: Final = frozenset((0x20, 0x09))
_LINE_FEED: Final = 0x0A


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
    value = 0
    left = _WINDOW
    for unit in _units(lines, line - 1, ends_with_newline):
        value = (value * _FACTOR + unit) & _MASK
        left -= 1
        if not left:
            break
    return f"{value * pow(_FACTOR, left, _MASK + 1) & _MASK:x}"


def _beginning(line: str) -> str:
    """As much of a line as its hash surely shows."""
    return line[: 4 * _WINDOW].replace(" ", "").replace("\t", "")[: _WINDOW // 2]


def _units(lines: Sequence[str], row: int, ends_with_newline: bool) -> Iterator[int]:
    """The UTF-16 code units from the beginning of a line on that count."""
    last = len(lines) - 1
    for number in range(row, len(lines)):
        # Of an endless line only so much is encoded as can matter: blanks between are the exception.
        for start in range(0, len(lines[number]), 4 * _WINDOW):
            data = lines[number][start : start + 4 * _WINDOW].encode("utf-16-le", "surrogatepass")
            for low, high in zip(data[::2], data[1::2], strict=True):
                unit = low | high << 8
                if unit not in _BLANKS:
                    yield unit
        if number < last or ends_with_newline:
            yield _LINE_FEED
    yield _END
