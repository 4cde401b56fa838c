"""Rows of runs: wrapping and cutting."""

from reviewtui.text.safe import SafeText
from reviewtui.tui.widgets.rows import clipped, cut, wrapped


def text_of(rows: list[tuple[tuple[SafeText, str], ...]]) -> list[str]:
    """The rows as plain text."""
    return ["".join(text for text, _ in row).rstrip() for row in rows]


def test_words_are_wrapped_and_further_rows_indented_alike() -> None:
    runs = [(SafeText("Why: "), "accent"), (SafeText("one two three four five six"), "")]
    assert text_of(wrapped(runs, 13, 2)) == ["Why: one two", "  three four", "  five six"]


def test_a_word_that_fills_the_row_leaves_no_space_for_the_next() -> None:
    assert text_of(wrapped([(SafeText("abcd efgh ijkl"), "")], 4)) == ["abcd", "efgh", "ijkl"]


def test_the_next_run_does_not_touch_a_word_whose_blanks_had_no_room() -> None:
    runs = [(SafeText("abcd   "), "x"), (SafeText("e f"), "y")]
    assert text_of(wrapped(runs, 6)) == ["abcd", "e f"]


def test_a_word_longer_than_a_row_is_broken() -> None:
    assert text_of(wrapped([(SafeText("abcdefghij"), "")], 4)) == ["abcd", "efgh", "ij"]


def test_wide_characters_count_two_cells() -> None:
    assert cut(SafeText("日本語"), 5) == "日本"
    assert text_of(wrapped([(SafeText("日本語"), "")], 4)) == ["日本", "語"]


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    runs = [(SafeText("abc"), "x"), (SafeText("defgh"), "y")]
    assert list(clipped(runs, 6)) == [("abc", "x"), ("de…", "y")]
    assert list(clipped(runs, 8)) == runs


def test_no_room_at_all_is_no_error() -> None:
    assert list(clipped([(SafeText("abc"), "")], 0)) == []
    assert text_of(wrapped([(SafeText("ab"), "")], 1)) == ["a", "b"]
