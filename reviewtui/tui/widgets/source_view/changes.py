"""What is drawn into the source besides its own lines: what once stood there, what is new, a column at the left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from reviewtui.text.kinds import Spans
from reviewtui.text.line_diff import Columns, changed_blocks, changed_words
from reviewtui.text.safe import SafeText

Colours = Callable[[int, int], Sequence[Spans] | None]


@dataclass(frozen=True, slots=True)
class OldLine:
    """A line that is no longer there."""

    number: int
    """Its number (1-based) in the old text."""
    text: str
    words: Columns = ()
    """The parts of it that are not in the line that took its place."""
    colours: Spans = ()
    """The highlighter's, as far as they are known."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from an older text; rows are those of the new one, 0-based."""

    old: Mapping[int, tuple[OldLine, ...]] = field(default_factory=dict)
    """Removed lines by the row above which they stood; the number of rows for those after the last."""
    added: Mapping[int, Columns] = field(default_factory=dict)
    """Rows that are new, with the parts that are not in the line whose place they took."""


class SideColumn(Protocol):
    """A column of short words between the left edge and the line numbers."""

    @property
    def cells(self) -> int:
        """Its width."""
        ...

    def cell(self, row: int, on_cursor: bool) -> tuple[SafeText, str]:
        """The words for a row, and the last part of the `line-view--` class of their colour."""
        ...


NO_CHANGES: Final = Changes()


def changes_between(old: Sequence[str], new: Sequence[str], colours: Colours | None = None) -> Changes:
    """What differs, with the words that differ in lines that took each other's place.

    Args:
        colours: gives the spans of the old rows from the first to the last, both included; None where it cannot.
    """
    removed: dict[int, tuple[OldLine, ...]] = {}
    added: dict[int, Columns] = {}
    for block in changed_blocks(old, new):
        pairs = list(zip(range(block.old_start, block.old_end), range(block.new_start, block.new_end), strict=False))
        words = {a: changed_words(old[a], new[b]) for a, b in pairs}
        rows = range(block.old_start, block.old_end)
        spans = colours(rows[0], rows[-1]) if colours and rows else None
        lines = [
            OldLine(row + 1, old[row], words[row][0] if row in words else (), spans[at] if spans else ())
            for at, row in enumerate(rows)
        ]
        if lines:
            removed[block.new_start] = tuple(lines)
        added |= dict.fromkeys(range(block.new_start, block.new_end), ())
        added |= {b: words[a][1] for a, b in pairs}
    return Changes(removed, added)
