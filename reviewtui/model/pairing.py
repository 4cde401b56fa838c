"""Bring two lists together one to one, where each is clearly the other's best: what is in doubt stays alone."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final, TypeVar

MOST_PAIRS: Final = 4_000
"""More pairs than these are not weighed one by one."""

V = TypeVar("V")
H = TypeVar("H")


def pairs_by_best(
    left: Sequence[V], right: Sequence[H], score: Callable[[V, H], float], *, floor: float, margin: float
) -> Iterator[tuple[V, H]]:
    """The pairs of which each is the other's best, by `margin` better than its second and not below `floor`."""
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return
    table = {(a, b): score(one, other) for a, one in enumerate(left) for b, other in enumerate(right)}
    rows, columns = set(range(len(left))), set(range(len(right)))
    while rows and columns:
        best_of_row = {a: _best([(table[a, b], b) for b in columns]) for a in rows}
        best_of_column = {b: _best([(table[a, b], a) for a in rows]) for b in columns}
        found = [
            (a, b)
            for a, (value, b, lead) in best_of_row.items()
            if value >= floor and lead >= margin and best_of_column[b][1] == a and best_of_column[b][2] >= margin
        ]
        if not found:
            return
        for a, b in found:
            rows.remove(a)
            columns.remove(b)
            yield left[a], right[b]


def pairs_by_key(
    left: Sequence[V], right: Sequence[H], left_key: Callable[[V], Hashable], right_key: Callable[[H], Hashable]
) -> Iterator[tuple[V, H]]:
    """The pairs of equal keys that occur once on either side; a key of None pairs nothing."""
    left_keys, right_keys = [left_key(one) for one in left], [right_key(other) for other in right]
    on_left, on_right = Counter(left_keys), Counter(right_keys)
    where = {key: other for key, other in zip(right_keys, right, strict=True) if on_right[key] == 1}
    for key, one in zip(left_keys, left, strict=True):
        if key is not None and on_left[key] == 1 and key in where:
            yield one, where[key]


def _best(scored: Sequence[tuple[float, int]]) -> tuple[float, int, float]:
    """The best value, its number, and by how much it is better than the second."""
    first = second = -1.0
    number = -1
    for value, index in scored:
        if value > first:
            first, second, number = value, first, index
        elif value > second:
            second = value
    return first, number, first - second
