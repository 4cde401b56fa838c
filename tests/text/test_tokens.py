import random
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class
from pygments.token import Keyword, _TokenType

from reviewtui.text import tokens
from reviewtui.text.source import decode
from reviewtui.text.tokens import LINE_LIMIT, Spans, TokenKind, WindowLexer, language, spans, window_spans

K = TokenKind


def _never() -> bool:
    return False


def _whole(path: str, lines: tuple[str, ...] | list[str]) -> list[Spans]:
    rows: list[Spans] = []
    for first_row, batch in spans(path, lines, _never):
        assert first_row == len(rows)
        assert batch
        rows += batch
    return rows


def _standard_library(count: int, at_least: int) -> list[Path]:
    files = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    return random.Random(count).sample([file for file in files if file.stat().st_size > at_least], count)


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
    assert window_spans("a.html", template, 1, 1) == _whole("a.html", template)[1:]


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


def test_every_language_that_is_named_here_has_a_lexer() -> None:
    names = {*tokens._LIKELY.values(), *tokens._TEMPLATES.values(), *tokens._INTERPRETERS.values()}
    assert [name for name in names if find_lexer_class(name) is None] == []


@pytest.mark.parametrize("path", ["a.txt", "noext", "a.bin"])
def test_what_has_no_language_has_no_colours(path: str) -> None:
    assert _whole(path, ["import os"]) == []
    assert window_spans(path, ["import os"], 0, 0) is None


def test_an_empty_file_and_an_endless_line_have_no_colours() -> None:
    assert _whole("a.py", []) == []
    assert window_spans("a.py", [], 0, 10) is None
    assert _whole("a.py", ["x" * (LINE_LIMIT + 1)]) == []
    assert window_spans("a.js", ["[1," * 2_000_000], 0, 0) is None


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
    assert list(tokens._by_line(_Broken(), "if x\ny\n", [4, 1])) == [((0, 2, K.KEYWORD),), ()]


class _Restless(Lexer):
    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        yield 0, Keyword, "ab\ncd"
        yield 1, Keyword.Constant, "b"
        yield 4, Keyword.Constant, "d"
        yield 5, Keyword.Constant, "ef\n"
        yield 8, Keyword, "beyond the end"


def test_a_lexer_that_goes_back_makes_no_overlaps() -> None:
    assert list(tokens._by_line(_Restless(), "ab\ncdef\n", [2, 4])) == [
        ((0, 2, K.KEYWORD),),
        ((0, 2, K.KEYWORD), (2, 4, K.CONSTANT)),
    ]


@pytest.mark.parametrize("file", _standard_library(16, 60_000), ids=lambda file: file.name)
def test_any_window_equals_the_whole_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_FROM_TOP", 0)
    lines = decode(file.read_bytes(), file.name).lines[:3_000]
    whole = _whole(file.name, lines)
    dice = random.Random(file.name)
    windows = WindowLexer(file.name, lines)
    for _ in range(25):
        first_row = dice.randrange(len(lines))
        last_row = min(first_row + 44, len(lines) - 1)
        assert windows.spans(first_row, last_row) == whole[first_row : last_row + 1]


@pytest.mark.parametrize(
    "hard",
    [
        '"""doc \\""" + """more',
        "x = r'''raw\\''' + '''more",
        'x = f"""{a[\'b\']!r:>{w}} {{ {f"{c["d"]}"} }',
        "x = '''{a[''' ]} '''",
        'x = "\\N{" + """\n"""\n"}"',
        "x = 'open",
        'x = f"{',
        'x = f"""{(lambda: {1: "}"})()}',
        "x = '\\\n  still'",
        'case \'a_\': """',
        "import a, \\\n  b, \\",
        "from a import (  # '''",
        "x = rb'''\n\\'''",
        "@r'''x",
        "f'{x!r:{",
        'f"""{' * 200,
    ],
)
@pytest.mark.parametrize("closing", ['"""', "'''", "}'''", "pass"])
def test_windows_after_hard_strings_equal_the_whole_file_or_are_refused(
    hard: str, closing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_FROM_TOP", 0)
    lines = ["def f():", *(" " + hard).split("\n"), "  x = 1 # it's", closing, "class C: pass", "y = 'z' # \"", "z = 1"]
    whole = _whole("a.py", lines)
    for row in range(len(lines)):
        assert WindowLexer("a.py", lines).spans(row, row + 1) in (None, whole[row : row + 2])


def test_a_window_in_a_long_string_knows_that_it_is_one() -> None:
    lines = ["def f(): pass"] * 10_000 + ['x = """'] + ["def g(): 'x'"] * 1_000 + ['"""', "def h(): pass"]
    assert window_spans("a.py", lines, 10_500, 10_501) == [((0, 12, K.STRING),)] * 2
    assert window_spans("a.py", lines, 11_001, 11_002) == [
        ((0, 3, K.STRING),),
        ((0, 3, K.KEYWORD), (4, 5, K.NAME_FUNCTION), (9, 13, K.KEYWORD)),
    ]


def test_rows_outside_of_the_file_are_left_out() -> None:
    lines = ["x = 1", "y = 2"]
    assert window_spans("a.py", lines, -3, 99) == _whole("a.py", lines)
    assert window_spans("a.py", lines, 5, 9) == []


@pytest.mark.parametrize("path", ["a.js", "a.yml", "a.json", "a.md"])
def test_other_languages_have_windows_near_the_top_only(path: str) -> None:
    lines = ["a: 1 /* '*/"] * 20_000
    assert window_spans(path, lines, 100, 140) == _whole(path, lines[:200])[100:141]
    assert window_spans(path, lines, 19_000, 19_040) is None


@pytest.mark.parametrize("line", [" ", 'x = "{a[\\"', 'f"""{', '"\\', "'", 'f"{' + "(" * 9_000])
def test_a_text_made_to_be_slow_is_refused_or_quick(line: str) -> None:
    windows = WindowLexer("a.py", (line,) * 20_000)
    for row in (0, 10_000, 19_999):
        windows.spans(row, row + 40)
    stops = iter([False] * 3)
    for _ in spans("a.py", (line,) * 2_000, lambda: next(stops, True)):
        pass


def test_the_room_is_entered_without_loading_the_highlighter() -> None:
    code = (
        "import sys, reviewtui.text.tokens as t, reviewtui.text.source, reviewtui.text.safe;"
        "t.language('a.py'); sys.exit('pygments' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
