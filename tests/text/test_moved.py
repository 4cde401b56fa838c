"""Lines found again in another version of their text."""

import pytest

from reviewtui.text.moved import MovedLines

OLD = list("abcdefg")


@pytest.mark.parametrize(
    ("new", "rows"),
    [
        ("a b c d e f g", [0, 1, 2, 3, 4, 5, 6]),
        ("x y a b c d e f g", [2, 3, 4, 5, 6, 7, 8]),
        ("a b c d e f g x", [0, 1, 2, 3, 4, 5, 6]),
        ("a c d e g", [0, 1, 1, 2, 3, 4, 4]),
        ("a b X d Y f g", [0, 1, 2, 3, 4, 5, 6]),
        ("x b c y e f z", [0, 1, 2, 3, 4, 5, 6]),
        ("a b g", [0, 1, 2, 2, 2, 2, 2]),
        ("x", [0, 0, 0, 0, 0, 0, 0]),
        ("", [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_row_follows_its_line_or_stays_near(new: str, rows: list[int]) -> None:
    moved = MovedLines(OLD, new.split())
    assert [moved.row(row) for row in range(len(OLD))] == rows


def test_a_line_that_is_gone_is_told_from_one_that_moved() -> None:
    moved = MovedLines(OLD, list("xacdefg"))
    assert [moved.keeps(row) for row in range(len(OLD))] == [True, False, True, True, True, True, True]
    assert not MovedLines(OLD, []).keeps(0)
    assert not MovedLines([], OLD).keeps(0)


def test_long_changed_parts_are_matched_by_their_unique_lines() -> None:
    old = [f"line {n}" if n % 3 else "pass" for n in range(5000)]
    new = ["first", *old[:2000], "new", *old[2001:4000], "last"]
    moved = MovedLines(old, new)
    assert [moved.row(row) for row in (1, 1999, 2000, 2003, 3998)] == [2, 2000, 2001, 2004, 3999]
    assert moved.row(4500) == 4001


def test_a_text_of_equal_lines_takes_no_time_to_speak_of() -> None:
    old = ["x = 1"] * 200_000
    moved = MovedLines(old, ["y", *old[:-2], "z"])
    assert [moved.row(row) for row in (0, 100_000, 199_999)] == [0, 100_000, 199_999]
