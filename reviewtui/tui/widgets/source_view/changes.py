"""What is drawn into the source besides its own lines: what once stood there, what is new, a column at the left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from reviewtui.text.safe import SafeText

Columns = tuple[tuple[int, int], ...]
"""Start and end (exclusive) of parts of a line."""


@dataclass(frozen=True, slots=True)
class OldLine:
    """A line that is no longer there."""

    number: int
    """Its number (1-based) in the old text."""
    text: str
    words: Columns = ()
    """The parts of it that are not in the line that took its place."""


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

    def cell(self, row: int) -> tuple[SafeText, str]:
        """The words for a row, and the last part of the `line-view--` class of their colour."""
        ...


NO_CHANGES: Final = Changes()
