"""The hash by which code scanning follows a line: of the hundred characters, blanks left out, that begin with it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

_WINDOW: Final = 100
_FACTOR: Final = 37
_MASK: Final = (1 << 64) - 1
_END: Final = 65535
"""Stands for the end of the file, and zeros follow."""
_BLANKS: Final = frozenset((0x20, 0x09))
_LINE_FEED: Final = 0x0A


def line_hashes(lines: Sequence[str], *, ends_with_newline: bool = True) -> list[str]:
    """`primaryLocationLineHash` of every line: the hash in hexadecimal, `:`, and how often it has been met so far.

    Args:
        lines: without their ends.
        ends_with_newline: whether a line end follows the last one, which only its own and its neighbours' hashes show.
    """
    met: Counter[str] = Counter()
    found = []
    for row in range(len(lines)):
        value = line_hash(lines, row + 1, ends_with_newline=ends_with_newline)
        met[value] += 1
        found.append(f"{value}:{met[value]}")
    return found


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
