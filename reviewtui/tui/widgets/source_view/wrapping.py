"""Where a line is broken when it is wrapped, pure."""

from bisect import bisect_right
from collections.abc import Sequence

from reviewtui.text.safe import DrawnLine


def part_starts(line: DrawnLine, room: int) -> Sequence[int]:
    """The columns at which the parts of a line begin, each at most `room` cells wide; no character is taken apart.

    Only one that is wider than the room itself is cut. For an ordinary line this costs nothing, however long it is.
    """
    room = max(1, room)
    if not line.runs:
        return range(0, max(line.length, 1), room)
    starts = [0]
    while True:
        start = starts[-1]
        end = line.cell_of(start) + room
        if end >= line.width:
            return starts
        following = line.column_of(end)
        starts.append(following if following > start else start + 1)
        if starts[-1] >= line.length:
            return starts[:-1]


def part_of(starts: Sequence[int], column: int) -> int:
    """The part that holds a column."""
    return max(0, bisect_right(starts, column) - 1)
