"""Where a motion leads within a line, pure."""

import re
from typing import Final

_WORD: Final = re.compile(r"\w+|[^\w\s]+")


def word_after(line: str, column: int) -> int | None:
    """The start of the next word on the line; None where there is none."""
    return next((m.start() for m in _WORD.finditer(line, 0) if m.start() > column), None)


def word_before(line: str, column: int) -> int | None:
    """The start of the word at or before the column; None where there is none."""
    starts = [m.start() for m in _WORD.finditer(line, 0, column) if m.start() < column]
    return starts[-1] if starts else None


def first_letter(line: str) -> int:
    """The column of the first character that is no space."""
    return len(line) - len(line.lstrip())
