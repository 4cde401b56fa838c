"""Finds the lines that a tool saw in a file that has changed since: there, in the only other place, or not at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_TRIFLE: Final = 6
"""A line of so many letters and digits or fewer proves nothing about another place."""
_LONGEST: Final = 40
"""So many lines of what was seen are compared."""
_NOT_CODE: Final = ("requires login", "redacted", "***", "xxxxx")
"""What tools write in place of code that they do not show."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Lines as the tool had them."""

    line: int
    """The first one's number in the report."""
    lines: tuple[str, ...]
    """Without white space; the first may begin, and the last end, inside the line."""

    @property
    def is_weighty(self) -> bool:
        """Whether it is enough to be recognised by."""
        return sum(map(str.isalnum, "".join(self.lines))) > _TRIFLE

    def stands_at(self, squeezed: Sequence[str], line: int) -> bool:
        """Whether these are the lines from `line` on."""
        start = line - 1
        if start < 0 or start + len(self.lines) > len(squeezed):
            return False
        last = len(self.lines) - 1
        return all(
            text == squeezed[start + row] or (row in (0, last) and text in squeezed[start + row])
            for row, text in enumerate(self.lines)
        )

    def places(self, squeezed: Sequence[str]) -> Iterator[int]:
        """The lines from which on it stands, whole lines before parts of lines."""
        if not self.is_weighty:
            return
        first = self.lines[0]
        # Almost no line has the first of them in it, and to see that takes next to no time.
        for line in [line for line, text in enumerate(squeezed, 1) if first in text]:
            if self.stands_at(squeezed, line):
                yield line


def seen(line: int | None, text: str) -> Seen | None:
    """What a report shows of the code from `line` on; None where that is no code or nothing."""
    if line is None or line < 1 or any(word in text.lower() for word in _NOT_CODE):
        return None
    lines = squeezed(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return Seen(line, tuple(lines[:_LONGEST])) if any(lines) else None


def squeezed(lines: Sequence[str]) -> list[str]:
    """Every line without its white space."""
    return ["".join(line.split()) for line in lines]


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the lines went that a tool saw."""

    by: int = 0
    others: int = -1
    """In how many other places what was seen stands, where it is not at its place and it is not clear which of them
    is meant; -1 where it was found, or nothing is known."""


def shift(region: Seen | None, around: Seen | None, lines: Sequence[str]) -> Shift:
    """Where the code of `region` went, told from its own text and that of the lines around it.

    Args:
        around: a larger part of the file that holds the region, where the report has it.
        lines: of the file as it is now, each without its white space.
    """
    if region is None:
        region, around = around, None
    if region is None or region.stands_at(lines, region.line):
        return Shift()
    places = list(region.places(lines))
    if len(places) > 1 and around is not None:
        near = around.line - region.line
        places = [line for line in places if around.stands_at(lines, line + near)] or places
    if len(places) > 1:
        whole = [line for line in places if _is_whole(region, lines, line)]
        places = whole if len(whole) == 1 else places
    if len(places) == 1:
        return Shift(places[0] - region.line)
    return Shift(others=len(places))


def told(went: Shift, line: int) -> tuple[tuple[str, str], ...]:
    """What is to be said of it.

    Args:
        line: the one in the report.
    """
    if went.by:
        return (("moved", f"line {line} in the report"),)
    if went.others >= 0:
        elsewhere = f", which stands in {went.others} other places" if went.others > 1 else ""
        return (("code", f"the lines here are not what the tool saw{elsewhere}"),)
    return ()


def _is_whole(region: Seen, lines: Sequence[str], line: int) -> bool:
    return list(region.lines) == list(lines[line - 1 : line - 1 + len(region.lines)])
