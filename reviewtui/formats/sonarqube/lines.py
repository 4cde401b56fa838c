"""Where an issue is in its file as it is now: by its lines, and by the hash of its line where that went elsewhere."""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.formats.record import Record
from reviewtui.formats.seen import Shift, told
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.text.source import column_of_utf16

_HASH: Final = re.compile(r"[0-9a-f]{32}")
_BLANKS: Final = str.maketrans("", "", "\t ")
_SPAN_LENGTH: Final = 10_000
_TRIFLE: Final = 6
"""A line of so many letters and digits or fewer proves nothing about another place."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Lines and columns of a file as it is now."""

    span: LineSpan
    column: int = 0
    """Characters, 0-based."""
    end_column: int = 0
    """Exclusive, on the last line; 0 where it is not known."""
    moved: int = 0
    """So many lines further down than in the report."""
    facts: tuple[tuple[str, str], ...] = ()


_FILE: Final = Spot(LineSpan(1, 1))


class FileLines:
    """The lines of the repository's files, with the hashes that SonarQube has of them."""

    def __init__(self, lines: Callable[[RepoPath], Sequence[str]]) -> None:
        self._lines = lines
        self._hashed: dict[RepoPath, dict[str, list[int]]] = {}

    def spot(self, item: Record, path: RepoPath) -> Spot:
        """Where an issue, a hotspot or a location of a flow is; the first line where it names none."""
        lines = self._lines(path)
        first, last, line = _reported(item)
        if not first:
            return _FILE
        wanted = item.word("hash").lower() if "hash" in item else ""
        went = self._shift(path, line, wanted) if lines and _HASH.fullmatch(wanted) else Shift()
        facts = _told(went, line, lines)
        first, last = first + went.by, last + went.by
        if lines and last > len(lines):
            said = f"line {first - went.by}" if first == last else f"lines {first - went.by} to {last - went.by}"
            facts = (*facts, ("cut", f"{said} in the report; the file has {len(lines)}"))
            if first > len(lines):
                return Spot(LineSpan(len(lines), len(lines)), facts=facts)
            last = len(lines)
        if went.others >= 0 and not went.by:
            return Spot(LineSpan(first, last), facts=facts)
        return Spot(LineSpan(first, last), *_columns(item.record("textRange"), first, last, lines), went.by, facts)

    def _shift(self, path: RepoPath, line: int, wanted: str) -> Shift:
        """How far the line with this hash went: to the nearest of its places."""
        lines = self._lines(path)
        if line <= len(lines) and line_hash(lines[line - 1]) == wanted:
            return Shift()
        places = self._places(path).get(wanted, [])
        if not places:
            return Shift(others=0)
        at = bisect_left(places, line)
        nearest = sorted(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - line))
        is_clear = len(nearest) == 1 or abs(nearest[0] - line) < abs(nearest[1] - line)
        is_weighty = sum(map(str.isalnum, lines[nearest[0] - 1])) > _TRIFLE
        if not is_clear or not is_weighty:
            return Shift(others=len(places))
        return Shift(nearest[0] - line, others=len(places))

    def _places(self, path: RepoPath) -> dict[str, list[int]]:
        places = self._hashed.get(path)
        if places is None:
            places = self._hashed[path] = {}
            for number, text in enumerate(self._lines(path), 1):
                places.setdefault(line_hash(text), []).append(number)
        return places


def line_hash(text: str) -> str:
    """What SonarQube recognises a line by: MD5 of the line without its spaces and tabs; empty for a blank one."""
    code = text.translate(_BLANKS)
    if not code:
        return ""
    return hashlib.md5(code.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _reported(item: Record) -> tuple[int, int, int]:
    """First and last line, and the one that the hash is of; 0 where none is named."""
    region = item.record("textRange")
    line = item.integer("line") if "line" in item else None
    first = region.integer("startLine")
    first = line if first is None else first
    if first is None or first < 1:
        if first is not None and first < 0:
            item.problem("no line has such a number", "textRange" if region else "line")
        return 0, 0, 0
    last = region.integer("endLine")
    if last is not None and last < first:
        region.problem(f"the last line, {last}, is before the first, {first}", "endLine")
        last = None
    last = min(last or first, first + _SPAN_LENGTH)
    return first, last, line if line is not None and line > 0 else first


def _told(went: Shift, line: int, lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if went.by and went.others > 1:
        return (
            ("moved", f"line {line} in the report; the same line stands in {went.others} places, here the nearest"),
        )
    if went.others == 1 and not went.by and line <= len(lines):
        return (("code", "the line here is not what the tool saw, which is too short to be told from others"),)
    return told(went, line)


def _columns(region: Record, first: int, last: int, lines: Sequence[str]) -> tuple[int, int]:
    """Both columns, in characters; 0 for one that is not given or is outside of its line."""
    start, end = region.integer("startOffset") or 0, region.integer("endOffset") or 0
    if not lines:
        return max(0, start), max(0, end)
    column = column_of_utf16(lines[first - 1], start)
    end_column = column_of_utf16(lines[last - 1], end)
    column = column if column < len(lines[first - 1]) else 0
    return column, end_column if last > first or end_column > column else 0
