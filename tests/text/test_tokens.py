import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class
from pygments.token import Keyword, _TokenType

from reviewtui.text import tokens
from reviewtui.text.kinds import Spans, TokenKind
from reviewtui.text.source import decode
from reviewtui.text.tokens import LINE_LIMIT, is_python, language, spans

K = TokenKind


def _never() -> bool:
    return False


def _whole(path: str, lines: Sequence[str]) -> list[Spans]:
    rows: list[Spans] = []
    for first_row, batch in spans(path, lines, _never):
        assert first_row == len(rows)
        assert batch
        rows += batch
    return rows


def test_python_is_coloured_by_line_and_column() -> None:
    lines = [
        "import os",
        "",
        "@cached",
        "def f(x):",
        '    """Doc',
        '    string."""',
        "    return eval('a\\n', 1)  # no",
    ]
    assert _whole("a.py", lines) == [
        ((0, 6, K.KEYWORD), (7, 9, K.NAMESPACE)),
        (),
        ((0, 7, K.DECORATOR),),
        ((0, 3, K.KEYWORD), (4, 5, K.NAME_FUNCTION)),
        ((4, 10, K.DOC),),
        ((0, 14, K.DOC),),
        (
            (4, 10, K.KEYWORD),
            (11, 15, K.BUILTIN),
            (16, 18, K.STRING),
            (18, 20, K.ESCAPE),
            (20, 21, K.STRING),
            (23, 24, K.NUMBER),
            (27, 31, K.COMMENT),
        ),
    ]


def test_tabs_blanks_and_odd_line_separators_do_not_shift_colours() -> None:
    lines = decode("\ufeff\n\n\treturn eval\n\x0cdef f(): '\u2028' #\x85\n  \n".encode()).lines
    assert _whole("a.py", lines) == [
        (),
        (),
        ((1, 7, K.KEYWORD), (8, 12, K.BUILTIN)),
        ((1, 4, K.KEYWORD), (5, 6, K.NAME_FUNCTION), (10, 13, K.STRING), (14, 16, K.COMMENT)),
        (),
    ]


def test_a_template_is_coloured_as_one_by_what_it_holds() -> None:
    plain, template = ["<b>{ x }</b>"], ["<b>{{ x|safe }}</b>", "{% if y %}"]
    tag = (0, 1, K.TAG)
    assert {kind for line in _whole("a.html", plain) for _, _, kind in line} == {K.TAG}
    assert (3, 5, K.PREPROCESSOR) in _whole("a.html", template)[0]
    assert (0, 2, K.PREPROCESSOR) in _whole("mail.txt.j2", ["{% if y %}"])[0]
    assert tag not in _whole("a.html", template)[1]


@pytest.mark.parametrize(
    ("path", "first_line", "expected"),
    [
        ("a/b.py", "", "Python"),
        ("a/B.PY", "", "Python"),
        ("bin/run", "#!/usr/bin/env python3", "Python"),
        ("bin/run", "#!/bin/bash -e", "Bash"),
        ("bin/run", "#! /usr/bin/env -S node --x", "JavaScript"),
        ("a.html", "", "HTML"),
        ("a.html", "{% extends 'b.html' %}", "HTML+Django/Jinja"),
        ("a.html.j2", "", "HTML+Django/Jinja"),
        ("a.yml.jinja", "", "YAML+Jinja"),
        ("a.js", "", "JavaScript"),
        ("a.sql", "", "SQL"),
        ("a.h", "", "C"),
        ("dir.py/Dockerfile", "", "Docker"),
        ("Makefile.am", "", "Makefile"),
        ("a.txt", "", ""),
        ("README", "plain", ""),
        ("", "", ""),
        ("a.", "#!", ""),
        ("..", "#!/bin/", ""),
        ("a\nb.py", "", "Python"),
        ("*.py[", "#!/usr/bin/env unknown", ""),
    ],
)
def test_the_language_is_told_by_the_name_or_the_first_line(path: str, first_line: str, expected: str) -> None:
    assert language(path, first_line) == expected
    assert is_python(path, first_line) == (expected == "Python")


def test_every_language_that_is_named_here_has_a_lexer() -> None:
    names = {*tokens._LIKELY.values(), *tokens._TEMPLATES.values(), *tokens._INTERPRETERS.values()}
    assert [name for name in names if find_lexer_class(name) is None] == []


@pytest.mark.parametrize("path", ["a.txt", "noext", "a.bin"])
def test_what_has_no_language_has_no_colours(path: str) -> None:
    assert _whole(path, ["import os"]) == []


def test_an_empty_file_and_an_endless_line_have_no_colours() -> None:
    assert _whole("a.py", []) == []
    assert _whole("a.py", ["x" * (LINE_LIMIT + 1)]) == []
    assert _whole("a.js", ["[1," * 2_000_000]) == []


def test_batches_come_in_order_and_stop_when_asked() -> None:
    lines = ["x = 1"] * 1_800
    first_rows = [first_row for first_row, _ in spans("a.py", lines, _never)]
    assert first_rows == sorted(first_rows)
    assert len(first_rows) >= 4
    asked = iter([False, True])
    assert len(list(spans("a.py", lines, lambda: next(asked)))) == 1
    assert list(spans("a.py", lines, lambda: True)) == []


def test_equal_spans_are_kept_once() -> None:
    rows = _whole("a.py", ["x = 1  # one", "y = 2  # two"] * 10)
    assert len({id(row) for row in rows}) == 1


class _Broken(Lexer):
    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        yield 0, Keyword, text[:2]
        raise RecursionError("a lexer that a text has broken")


def test_a_lexer_that_breaks_leaves_the_rest_plain() -> None:
    assert list(tokens.by_line(_Broken(), "if x\ny\n", [4, 1])) == [((0, 2, K.KEYWORD),), ()]


class _Restless(Lexer):
    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        yield 0, Keyword, "ab\ncd"
        yield 1, Keyword.Constant, "b"
        yield 4, Keyword.Constant, "d"
        yield 5, Keyword.Constant, "ef\n"
        yield 8, Keyword, "beyond the end"


def test_a_lexer_that_goes_back_makes_no_overlaps() -> None:
    assert list(tokens.by_line(_Restless(), "ab\ncdef\n", [2, 4])) == [
        ((0, 2, K.KEYWORD),),
        ((0, 2, K.KEYWORD), (2, 4, K.CONSTANT)),
    ]


def test_the_room_is_entered_without_loading_the_highlighter() -> None:
    code = (
        "import sys, reviewtui.text.tokens as t, reviewtui.text.source, reviewtui.text.safe;"
        "t.language('a.py'); sys.exit('pygments' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
