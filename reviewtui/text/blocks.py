"""Blocks of a text by indentation: what encloses a line, and what can be folded away under its head."""

import re
from collections.abc import Sequence
from typing import Final

from reviewtui.text.symbols import Outline, is_head

_FARTHEST: Final = 4000
"""Lines that are walked up for what encloses one."""
_HEAD_LIMIT: Final = 400
_BLANK: Final = re.compile(r"[ \t\f]*")


def heads_around(lines: Sequence[str], row: int, outline: Outline | None) -> list[int]:
    """The rows of the functions and classes that enclose a row (0-based), the outermost first.

    By the outline of a Python text; else by lines that look like the head of one and are less indented, at most some
    thousand lines up.
    """
    if outline is not None:
        return [symbol.line - 1 for symbol in outline.around(row + 1) if symbol.line <= row + 1]
    found: list[int] = []
    least = _indent_near(lines, row)
    for here in range(min(row, len(lines)) - 1, max(-1, row - _FARTHEST), -1):
        if not least:
            break
        indent = _indent(lines[here])
        if indent is not None and indent < least:
            least = indent
            if is_head(lines[here]):
                found.append(here)
    return found[::-1]


def fold_at(lines: Sequence[str], row: int, outline: Outline | None) -> tuple[int, int] | None:
    """Head and last row of the innermost block that holds a row: a function or class, or what is indented under a line.

    None where nothing of more than a line encloses it.
    """
    if outline is not None:
        for symbol in reversed(outline.around(row + 1)):
            if symbol.end > symbol.line and row >= symbol.line - 1:
                return symbol.line - 1, symbol.end - 1
    if not 0 <= row < len(lines):
        return None
    head = row
    indent = _indent(lines[row])
    if indent is None or not _opens(lines, row, indent):
        indent = _indent_near(lines, row)
        head = next(
            (
                here
                for here in range(row - 1, max(-1, row - _FARTHEST), -1)
                if (above := _indent(lines[here])) is not None and above < indent
            ),
            -1,
        )
        if head < 0:
            return None
        indent = _indent(lines[head]) or 0
    return head, _last_below(lines, head, indent)


def all_folds(lines: Sequence[str], outline: Outline | None) -> list[tuple[int, int]]:
    """Every function and class that can be folded, as head and last row, in the order of the heads.

    Of a text without an outline: the blocks under its lines that look like heads, or where there are none, those under
    the lines that are not indented.
    """
    if outline is not None:
        return [(symbol.line - 1, symbol.end - 1) for symbol in outline.symbols if symbol.end > symbol.line]
    heads = [row for row, line in enumerate(lines) if is_head(line)]
    rows = heads or [row for row, line in enumerate(lines) if _indent(line) == 0]
    found = []
    for row in rows:
        indent = _indent(lines[row]) or 0
        if _opens(lines, row, indent):
            found.append((row, _last_below(lines, row, indent)))
    return found


def _indent(line: str) -> int | None:
    """Cells of its indentation; None for a blank line."""
    head = line[:_HEAD_LIMIT]
    blank = _BLANK.match(head)
    end = blank.end() if blank else 0
    return None if end == len(head) else len(head[:end].expandtabs(8))


def _indent_near(lines: Sequence[str], row: int) -> int:
    """The indentation of a row, or where it is blank, of the next one that is not."""
    for line in lines[row : row + _FARTHEST]:
        indent = _indent(line)
        if indent is not None:
            return indent
    return 0


def _opens(lines: Sequence[str], row: int, indent: int) -> bool:
    """Whether the next line that is not blank is indented more."""
    return _indent_near(lines, row + 1) > indent


def _last_below(lines: Sequence[str], head: int, indent: int) -> int:
    last = head
    for row in range(head + 1, len(lines)):
        here = _indent(lines[row])
        if here is not None:
            if here <= indent:
                break
            last = row
    return last
