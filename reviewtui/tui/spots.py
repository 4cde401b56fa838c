"""Where things stand in the order in which a reader walks, and which comes next."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeAlias

Spot: TypeAlias = tuple[int, int]
"""Rank of the file in the tree, and line: the order in which `]x` walks."""


def neighbour(spots: Sequence[Spot], here: Spot, forward: bool) -> tuple[int, bool] | None:
    """The index of the spot after (or before) `here` in sorted `spots`, and whether it was found by wrapping round."""
    if not spots:
        return None
    if forward:
        index = bisect_right(spots, here)
        return (index, False) if index < len(spots) else (0, True)
    index = bisect_left(spots, here) - 1
    return (index, False) if index >= 0 else (len(spots) - 1, True)
