"""Reviewed lines are joined and taken away as sets of lines."""

import itertools
import random
from datetime import UTC, datetime

import pytest

from reviewtui.model.mark import Mark, joined, without
from reviewtui.model.place import LineSpan, RepoPath

AT = datetime(2026, 5, 4, tzinfo=UTC)


def spans(*pairs: tuple[int, int]) -> tuple[LineSpan, ...]:
    return tuple(LineSpan(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (spans(), spans()),
        (spans((3, 3)), spans((3, 3))),
        (spans((5, 9), (1, 3)), spans((1, 3), (5, 9))),
        (spans((1, 3), (4, 9)), spans((1, 9))),
        (spans((1, 9), (2, 3), (9, 12)), spans((1, 12))),
        (spans((1, 1), (1, 1)), spans((1, 1))),
    ],
)
def test_touching_and_overlapping_lines_are_one_span(
    given: tuple[LineSpan, ...], expected: tuple[LineSpan, ...]
) -> None:
    assert joined(given) == expected


@pytest.mark.parametrize(
    ("given", "taken", "expected"),
    [
        (spans((1, 9)), spans(), spans((1, 9))),
        (spans((1, 9)), spans((1, 9)), spans()),
        (spans((1, 9)), spans((4, 5)), spans((1, 3), (6, 9))),
        (spans((1, 9), (20, 30)), spans((8, 22)), spans((1, 7), (23, 30))),
        (spans((5, 6)), spans((1, 1_000_000_000)), spans()),
    ],
)
def test_lines_are_taken_away(
    given: tuple[LineSpan, ...], taken: tuple[LineSpan, ...], expected: tuple[LineSpan, ...]
) -> None:
    assert without(given, taken) == expected


def test_joining_and_taking_away_are_what_they_are_for_sets_of_lines() -> None:
    chance = random.Random(3)

    def some() -> list[LineSpan]:
        starts = [chance.randrange(1, 40) for _ in range(chance.randrange(6))]
        return [LineSpan(start, start + chance.randrange(8)) for start in starts]

    def lines(of: tuple[LineSpan, ...] | list[LineSpan]) -> set[int]:
        return {line for span in of for line in range(span.start, span.end + 1)}

    for _ in range(500):
        one, other = some(), some()
        assert lines(joined(one)) == lines(one)
        assert lines(without(one, other)) == lines(one) - lines(other)
        for result in (joined(one), without(one, other)):
            assert all(left.end + 1 < right.start for left, right in itertools.pairwise(result))


@pytest.mark.parametrize(
    ("ranges", "lines", "covers"),
    [(spans((1, 90)), 90, True), (spans((1, 40), (42, 90)), 90, False), (spans(), 0, True), (spans(), 1, False)],
)
def test_a_file_is_covered_when_every_line_was_read(ranges: tuple[LineSpan, ...], lines: int, covers: bool) -> None:
    assert Mark(RepoPath("a.py"), "mira", AT, ranges, lines, "b" * 40).covers_file is covers
