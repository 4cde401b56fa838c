"""A line that was found, and how it is known again after the file has changed above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple

from reviewtui.model.place import RepoPath

WIDTH: Final = 400
"""Characters that are kept of a line."""
_BEFORE: Final = 60
"""Of a longer one, so many before the first match."""


class Key(NamedTuple):
    """What a result is known by: neither its line number nor its columns."""

    path: RepoPath
    digest: str
    """Of the whole line."""
    occurrence: int
    """Which of the equal lines of the file it is, from 0."""


@dataclass(frozen=True, slots=True)
class Result:
    """A line with one match or several."""

    path: RepoPath
    line: int
    """1-based."""
    spans: tuple[tuple[int, int], ...]
    """Columns of the matches in the line."""
    text: str
    """The line, or of a very long one the part around the first match."""
    first: int
    """The column at which `text` begins."""
    is_whole: bool
    digest: str
    occurrence: int

    @property
    def key(self) -> Key:
        """What it is known by in a later search."""
        return Key(self.path, self.digest, self.occurrence)

    @property
    def column(self) -> int:
        """Of the first match."""
        return self.spans[0][0]

    @property
    def shown_spans(self) -> list[tuple[int, int]]:
        """The matches within `text`."""
        end = len(self.text)
        moved = [(max(0, start - self.first), min(end, stop - self.first)) for start, stop in self.spans]
        return [(start, stop) for start, stop in moved if start < stop]

    def row_in(self, lines: Sequence[str]) -> int | None:
        """The row on which it stands in the file's present lines; None where it is gone."""
        row = self.line - 1
        if row < len(lines) and digest_of(lines[row]) == self.digest:
            return row
        same = [
            at
            for at, line in enumerate(lines)
            if (line == self.text if self.is_whole else self.text in line) and digest_of(line) == self.digest
        ]
        if not same:
            return None
        return same[self.occurrence] if self.occurrence < len(same) else same[-1]


def digest_of(line: str) -> str:
    """What stands for a line's text."""
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def window_of(line: str, start: int) -> tuple[str, int]:
    """The part of a line that is kept for a match that starts at `start`, and its first column."""
    if len(line) <= WIDTH:
        return line, 0
    first = max(0, min(start - _BEFORE, len(line) - WIDTH))
    return line[first : first + WIDTH], first
