import random
import re
from typing import Final

import pytest

from reviewtui.text.literals import LineIndex, needed_literals

_REGEXES: Final = (
    r"shell\s*=\s*True",
    r"(?i)\bpass(?:word|wd)?\s*==",
    r"\b(?:eval|exec)\(|compile",
    r"(?:ab)?c",
    r"(?=xyz).*q",
    r"(?!abc)..",
    r"[ab]cd+",
    r"(ab|cd)+ef?",
    r"a{0,3}bc{2}",
    r"^\s*$",
    r"\d+|abc",
    r"(?x) a b  # c",
    r"(?i:QR)s",
    "\u00e9ab",
)


@pytest.mark.parametrize(
    ("regex", "needed"),
    [
        (r"shell\s*=\s*True", {"shell"}),
        (r"(?i)\bPassword", {"password"}),
        (r"\b(?:eval|exec)\(", {"val", "xec"}),
        (r"(?:abc)?x+", None),
        (r"(?:abc|\d)", None),
        (r"(?:abcd)+ef", {"abcd"}),
        (r"a.b", None),
        (r"(?!secret)xy", {"xy"}),
        (r"x{2,}yz", {"yz"}),
        ("", None),
        ("\u00e9\u00e9", None),
    ],
)
def test_a_regex_needs_the_texts_that_every_match_holds(regex: str, needed: set[str] | None) -> None:
    assert needed_literals(regex) == needed


@pytest.mark.parametrize("regex", _REGEXES)
def test_no_line_that_matches_is_ever_left_out(regex: str) -> None:
    chance = random.Random(regex)
    pieces = ("ab", "c", "CD", "ef", "xyz", "q", "eval", "(", "shell", " ", "=", "True", "pass", "word", "1", "Q", "rs")
    lines = ["".join(chance.choices(pieces, k=chance.randrange(6))) for _ in range(800)]
    rows = LineIndex(lines).rows(needed_literals(regex))
    matching = [row for row, line in enumerate(lines) if re.search(regex, line)]
    assert set(matching) <= set(rows)
    assert list(rows) == sorted(rows)


def test_rows_are_those_that_hold_a_text_in_any_case() -> None:
    index = LineIndex(["Abc abc", "", "xabC", "ab", "c"])
    assert index.rows(frozenset({"abc"})) == [0, 2]
    assert index.rows(frozenset({"c", "nothing"})) == [0, 2, 4]
    assert list(index.rows(None)) == [0, 1, 2, 3, 4]
    assert LineIndex([]).rows(frozenset({"abc"})) == []


def test_a_text_does_not_reach_over_the_end_of_a_line() -> None:
    assert LineIndex(["ab", "cd"]).rows(frozenset({"bc", "b\nc"})) in ([], [0])


def test_letters_that_fold_to_others_switch_the_shortcut_off() -> None:
    lines = ["pa\u017f\u017fword", "x"]
    assert re.search("(?i)password", lines[0])
    assert list(LineIndex(lines).rows(needed_literals("(?i)password"))) == [0, 1]


def test_capitals_that_grow_when_they_are_lowered_do_not_shift_rows() -> None:
    assert list(LineIndex(["\u1e9e" * 3, "\u00dc", "abc"]).rows(frozenset({"abc"}))) == [2]
