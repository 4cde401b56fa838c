import re
import warnings

import pytest

from reviewtui.text.search import BadPatternError, Match, Query, find, next_match, word_at

LINES = ["eval(x)", "", "Eval = retrieval(eval)", "e.val"]


def _found(pattern: str, lines: list[str], **how: bool) -> list[tuple[int, int, int]]:
    return [(match.row, match.start, match.end) for match in find(lines, Query.compile(pattern, **how))]


def test_a_literal_is_found_wherever_it_stands() -> None:
    assert list(find(LINES, Query.compile("eval"))) == [
        Match(0, 0, 4),
        Match(2, 0, 4),
        Match(2, 12, 16),
        Match(2, 17, 21),
    ]
    assert _found("e.val", LINES) == [(3, 0, 5)]
    assert _found("x[", ["x[0]", "x"]) == [(0, 0, 2)]


def test_an_upper_case_letter_makes_case_matter_unless_it_is_said() -> None:
    assert _found("Eval", LINES) == [(2, 0, 4)]
    assert _found("Eval", LINES, case=False) == _found("eval", LINES)
    assert (2, 0, 4) not in _found("eval", LINES, case=True)
    assert _found(r"\Weval", ["(EVAL)"], regex=True) == [(0, 0, 5)]


def test_a_word_has_no_letters_beside_it() -> None:
    assert _found("eval", LINES, word=True) == [(0, 0, 4), (2, 0, 4), (2, 17, 21)]
    assert _found("a|b", ["ab a", "b"], regex=True, word=True) == [(0, 3, 4), (1, 0, 1)]
    assert _found("$x", ["$x", "a$x", "-$x"], word=True) == [(0, 0, 2), (2, 1, 3)]


def test_an_expression_finds_no_nothing_but_in_empty_lines() -> None:
    assert _found("x*", ["axxb", ""], regex=True) == [(0, 1, 3), (1, 0, 0)]
    assert _found("^$", LINES, regex=True) == [(1, 0, 0)]


def test_nothing_typed_finds_nothing() -> None:
    assert _found("", LINES) == []
    assert next_match(LINES, Query.compile(""), 0, 0) is None


@pytest.mark.parametrize(
    "pattern", ["(", "[a", "a{2,1}", "(?P<1>a)", "*", "(?<=a*)b", "\\", "(" * 5000, "a{99999999999}"]
)
def test_what_is_no_expression_is_said_so(pattern: str) -> None:
    with pytest.raises(BadPatternError, match="is no regular expression"):
        Query.compile(pattern, regex=True)
    assert _found(pattern, [f"x{pattern}y"]) == [(0, 1, len(pattern) + 1)]


def test_a_warning_about_an_expression_is_no_crash() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert _found("[[a]", ["[a"], regex=True) == [(0, 0, 1), (0, 1, 2)]


def test_a_disguised_name_is_found_by_its_ordinary_one() -> None:
    assert _found("eval", ["\uff45val(x)", "x = ev\u200bal(y)", "\U0001d41e\U0001d42f\U0001d41a\U0001d425()"]) == [
        (0, 0, 4),
        (1, 4, 9),
        (2, 0, 4),
    ]
    assert _found("\uff45val", ["\uff45val", "eval"]) == [(0, 0, 4)]
    assert _found("fi", ["\ufb01le \u202ex"]) == [(0, 0, 1)]
    assert _found("é", ["é\u200bé"]) == [(0, 0, 1), (0, 2, 3)]


def test_the_next_match_is_after_the_cursor_and_the_search_wraps() -> None:
    query = Query.compile("eval")
    assert next_match(LINES, query, 0, 0) == (Match(2, 0, 4), False)
    assert next_match(LINES, query, 2, 0) == (Match(2, 12, 16), False)
    assert next_match(LINES, query, 2, 17) == (Match(0, 0, 4), True)
    assert next_match(LINES, query, 0, -1) == (Match(0, 0, 4), False)


def test_the_previous_match_is_before_the_cursor_and_the_search_wraps() -> None:
    query = Query.compile("eval")
    assert next_match(LINES, query, 2, 17, forward=False) == (Match(2, 12, 16), False)
    assert next_match(LINES, query, 2, 0, forward=False) == (Match(0, 0, 4), False)
    assert next_match(LINES, query, 0, 0, forward=False) == (Match(2, 17, 21), True)


def test_the_only_match_is_found_from_itself() -> None:
    for forward in (True, False):
        assert next_match(["a", "x", "b"], Query.compile("x"), 1, 0, forward) == (Match(1, 0, 1), True)
        assert next_match(["x x"], Query.compile("x x"), 0, 0, forward) == (Match(0, 0, 3), True)
        assert next_match(["a"], Query.compile("x"), 0, 0, forward) is None
        assert next_match([], Query.compile("x"), 3, 3, forward) is None
    assert next_match(["x", "a"], Query.compile("x"), 99, 99) == (Match(0, 0, 1), True)


@pytest.mark.parametrize("seed", range(30))
def test_steps_through_a_text_meet_every_match_once(seed: int) -> None:
    lines = ["".join("ab"[(seed * 7 + row * column + column // 3) % 2] for column in range(9)) for row in range(6)]
    query = Query.compile("ab")
    every = list(find(lines, query))
    for forward in (True, False):
        met, row, column = [], 0 if forward else 5, -1 if forward else 99
        while (step := next_match(lines, query, row, column, forward)) and not step[1]:
            met.append(step[0])
            row, column = step[0].row, step[0].start
        assert met == (every if forward else every[::-1])


def test_the_word_under_the_cursor() -> None:
    line = "  foo.bar_1(é)"
    assert [word_at(line, column) for column in (0, 2, 4, 5, 9, 12, 13, 99)] == [
        (2, 5),
        (2, 5),
        (2, 5),
        (6, 11),
        (6, 11),
        (12, 13),
        None,
        None,
    ]
    assert word_at("", 0) is None


def test_a_line_of_millions_of_characters_is_searched_in_one_pass() -> None:
    line = "a\u200b" * 500_000 + "needle"
    assert _found("needle", [line]) == [(0, 1_000_000, 1_000_006)]
    assert Query.compile("needle").expression == re.compile("needle", re.IGNORECASE)
