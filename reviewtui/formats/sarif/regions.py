"""Where in a file a region is: its lines and columns in the file as it is now, not as it was when the tool looked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.formats.record import Record
from reviewtui.formats.sarif.file_text import FileText
from reviewtui.formats.seen import Seen, Shift, seen, shift, told
from reviewtui.model.place import LineSpan
from reviewtui.text.source import column_of_byte, column_of_utf16

UTF16: Final = "utf16CodeUnits"
BYTES: Final = "bytes"
"""Not of SARIF: what some tools count although they say nothing of it."""


@dataclass(frozen=True, slots=True)
class Region:
    """Lines and columns of a file."""

    span: LineSpan
    column: int = 0
    """Characters, 0-based."""
    end_column: int = 0
    """Exclusive, on the last line; 0 where it is not known."""
    facts: tuple[tuple[str, str], ...] = ()


def region_of(physical: Record, text: FileText, *, unit: str = "", line_hash: str = "") -> Region:
    """The region of a physical location.

    Args:
        text: of the file; without lines where it has none, or cannot be read.
        unit: in what the tool counts columns, UTF16 or BYTES; else characters.
        line_hash: what the report has to recognise the line by.
    """
    lines = text.lines
    record = physical.record("region")
    start, end, fact = _lines_of(record, lines)
    if not start:
        return Region(LineSpan(1, 1), facts=fact)
    moved, facts = _shift(physical, record, start, text, line_hash)
    first = start + moved
    last = end + moved
    columns = (record.integer("startColumn"), record.integer("endColumn"))
    if fact:
        facts = (*facts, *fact)
        columns = (None, None)
    if lines and last > len(lines):
        said = f"line {start}" if end == start else f"lines {start} to {end}"
        facts = (*facts, ("cut", f"{said} in the report; the file has {len(lines)}"))
        if first > len(lines):
            return Region(LineSpan(len(lines), len(lines)), facts=facts)
        last = len(lines)
    return Region(LineSpan(first, last), *_columns(columns, first, last, lines, unit), facts)


def _lines_of(region: Record, lines: Sequence[str]) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """First and last line, 0 for the file as a whole, and what is to be said of how they were found."""
    start = region.integer("startLine")
    if start is not None:
        if start < 1:
            if start < 0:
                region.problem("no line has such a number", "startLine")
            return 0, 0, ()
        end = region.integer("endLine")
        if end is not None and end < start:
            region.problem(f"the last line, {end}, is before the first, {start}", "endLine")
            end = None
        return start, end or start, ()
    for name, length_name, kind in (("charOffset", "charLength", "character"), ("byteOffset", "byteLength", "byte")):
        offset = region.integer(name)
        if offset is None or offset < 0:
            continue
        fact = ("place", f"counted from {kind} {offset} of the file")
        if not lines:
            return 0, 0, (fact,)
        length = max(0, region.integer(length_name) or 0)
        start = _line_of_offset(lines, offset, kind)
        return start, max(start, _line_of_offset(lines, offset + max(0, length - 1), kind)), (fact,)
    return 0, 0, ()


def _line_of_offset(lines: Sequence[str], offset: int, kind: str) -> int:
    """The line that holds this character or byte, with one for each line end."""
    for number, line in enumerate(lines, 1):
        offset -= (len(line) if kind == "character" else len(line.encode("utf-8", "surrogatepass"))) + 1
        if offset < 0:
            return number
    return len(lines)


def _shift(
    physical: Record, region: Record, start: int, text: FileText, line_hash: str
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """How far the lines went since the report was made, and what is to be said of that."""
    if not text.lines:
        return 0, ()
    around = physical.record("contextRegion")
    own = seen(start, _snippet(region))
    context = seen(around.integer("startLine"), _snippet(around))
    went = Shift()
    if own or context:
        went = shift(own, _holding(context, start), text.squeezed)
    elif line_hash:
        went = text.shift_by_hash(start, line_hash)
    return went.by, told(went, start)


def _holding(context: Seen | None, line: int) -> Seen | None:
    return context if context and context.line <= line < context.line + len(context.lines) else None


def _snippet(region: Record) -> str:
    return region.record("snippet").text("text")


def _columns(
    columns: tuple[int | None, int | None], first: int, last: int, lines: Sequence[str], unit: str
) -> tuple[int, int]:
    """Both columns from 0, in characters; 0 for one that is not given or is outside of its line."""
    start, end = columns
    column, end_column = max(0, (start or 1) - 1), max(0, (end or 1) - 1)
    if lines:
        column = _column(lines[first - 1], column, unit)
        end_column = _column(lines[last - 1], end_column, unit)
    return column, end_column if last > first or end_column > column else 0


def _column(line: str, units: int, unit: str) -> int:
    if units <= 0:
        return 0
    if not line.isascii():
        if unit == UTF16:
            if units > len(line) and len(line.encode("utf-16-le", "surrogatepass")) < 2 * units:
                return 0
            return column_of_utf16(line, units)
        if unit == BYTES:
            return column_of_byte(line, units)
    return units if units <= len(line) else 0
