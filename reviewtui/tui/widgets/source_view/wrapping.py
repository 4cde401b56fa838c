"""Where a line is broken when it is wrapped, pure."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from reviewtui.text.long_lines import Drawn

_WORDS_LIMIT: Final = 20_000
"""A longer line (characters) is data: it is broken anywhere, which costs nothing where all its characters are alike."""


def part_starts(text: str, line: Drawn, room: int) -> Sequence[int]:
    """The columns at which the parts of a line begin, each at most `room` cells wide.

    Words stay whole where one ends in the last third of a part. No character is taken apart, but for one that is wider
    than the room itself.
    """
    room = max(1, room)
    if line.width <= room:
        return (0,)
    breaks_words = line.length > _WORDS_LIMIT
    if breaks_words and line.is_even:
        return range(0, line.length, room)
    starts = [0]
    while True:
        start = starts[-1]
        end = line.cell_of(start) + room
        if end >= line.width:
            return starts
        following = max(line.column_of(end), start + 1)
        if following >= line.length:
            return starts
        if not breaks_words:
            blank = text.rfind(" ", start + (following - start) * 2 // 3, following)
            following = blank + 1 if blank > start else following
        starts.append(following)


def part_of(starts: Sequence[int], column: int) -> int:
    """The part that holds a column."""
    return max(0, bisect_right(starts, column) - 1)
