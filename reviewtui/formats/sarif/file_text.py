"""The lines of a file that a report speaks of, with what is needed to find again those that went elsewhere."""

from collections.abc import Callable, Sequence
from functools import cached_property

from reviewtui.formats.sarif.line_hash import line_hash, lines_by_hash
from reviewtui.formats.seen import Shift, squeezed


class FileText:
    """One file as it is now; what is made of it is made when it is first asked for."""

    def __init__(self, lines: Sequence[str], may_hash: Callable[[int], bool]) -> None:
        """`may_hash`: whether so many lines may be hashed, which takes a second for each hundred thousand."""
        self.lines = lines
        self._may_hash = may_hash

    @cached_property
    def squeezed(self) -> Sequence[str]:
        """Every line without its white space."""
        return squeezed(self.lines)

    def shift_by_hash(self, line: int, wanted: str) -> Shift:
        """Where the line went that had the hash `wanted` when it was line `line`."""
        wanted = wanted.partition(":")[0].lower()
        if line <= len(self.lines) and wanted in (
            line_hash(self.lines, line),
            line_hash(self.lines, line, ends_with_newline=False),
        ):
            return Shift()
        places = self._by_hash.get(wanted, ())
        return Shift(places[0] - line) if len(places) == 1 else Shift(others=len(places))

    @cached_property
    def _by_hash(self) -> dict[str, list[int]]:
        return lines_by_hash(self.lines) if self._may_hash(len(self.lines)) else {}
