import random
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import pytest

from reviewtui.text import windows
from reviewtui.text.kinds import Spans, TokenKind
from reviewtui.text.source import decode
from reviewtui.text.tokens import LINE_LIMIT, spans
from reviewtui.text.windows import WindowLexer

K = TokenKind


def _never() -> bool:
    return False


def _whole(path: str, lines: Sequence[str]) -> list[Spans]:
    return [row for _, batch in spans(path, lines, _never) for row in batch]


def _prepared(lines: Sequence[str]) -> WindowLexer:
    lexer = WindowLexer(lines)
    lexer.prepare(_never)
    return lexer


def _standard_library(count: int, at_least: int) -> list[Path]:
    files = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    return random.Random(count).sample([file for file in files if file.stat().st_size > at_least], count)


@pytest.mark.parametrize("file", _standard_library(16, 60_000), ids=lambda file: file.name)
def test_any_window_equals_the_whole_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_FROM_TOP", 0)
    lines = decode(file.read_bytes(), file.name).lines[:3_000]
    whole = _whole(file.name, lines)
    dice = random.Random(file.name)
    lexer = _prepared(lines)
    for _ in range(25):
        first_row = dice.randrange(len(lines))
        last_row = min(first_row + 44, len(lines) - 1)
        assert lexer.spans(first_row, last_row) == whole[first_row : last_row + 1]


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
    monkeypatch.setattr(windows, "_FROM_TOP", 0)
    lines = ["def f():", *(" " + hard).split("\n"), "  x = 1 # it's", closing, "class C: pass", "y = 'z' # \"", "z = 1"]
    whole = _whole("a.py", lines)
    lexer = _prepared(lines)
    for row in range(len(lines)):
        assert lexer.spans(row, row + 1) in (None, whole[row : row + 2])


def test_a_window_in_a_long_string_knows_that_it_is_one() -> None:
    lines = ["def f(): pass"] * 10_000 + ['x = """'] + ["def g(): 'x'"] * 1_000 + ['"""', "def h(): pass"]
    lexer = _prepared(lines)
    assert lexer.spans(10_500, 10_501) == [((0, 12, K.STRING),)] * 2
    assert lexer.spans(11_001, 11_002) == [
        ((0, 3, K.STRING),),
        ((0, 3, K.KEYWORD), (4, 5, K.NAME_FUNCTION), (9, 13, K.KEYWORD)),
    ]


def test_rows_outside_of_the_file_are_left_out() -> None:
    lines = ["x = 1", "y = 2"]
    assert _prepared(lines).spans(-3, 99) == _whole("a.py", lines)
    assert _prepared(lines).spans(5, 9) == []


def test_until_it_is_prepared_it_knows_the_top_and_what_it_has_gone_over() -> None:
    lines = ["x = f('text')  # and more"] * 30_000
    expected = _whole("a.py", lines[:20])
    lexer = WindowLexer(lines)
    assert lexer.spans(0, 19) == expected
    assert lexer.spans(25_000, 25_019) is None
    steps = iter([False] * 4)
    assert not lexer.prepare(lambda: next(steps, True))
    assert (lexer.is_prepared, lexer.spans(9_000, 9_019), lexer.spans(25_000, 25_019)) == (False, expected, None)
    assert lexer.prepare(_never)
    assert (lexer.is_prepared, lexer.spans(25_000, 25_019)) == (True, expected)


def test_what_cannot_be_told_is_said_to_be_so() -> None:
    lines = ["x = 1", 'f"""{' * 200, *["y = 2"] * 9_000]
    lexer = WindowLexer(lines)
    assert not lexer.prepare(_never)
    assert (lexer.is_prepared, lexer.spans(8_000, 8_001)) == (True, None)
    assert lexer.spans(0, 0) == _whole("a.py", lines)[:1]


def test_another_thread_may_ask_while_one_prepares() -> None:
    lines = ['x = """', "text # '", '"""', "y = 'z'  # c"] * 8_000
    expected = _whole("a.py", lines[:400])
    lexer = WindowLexer(lines)
    thread = Thread(target=lexer.prepare, args=(_never,))
    thread.start()
    dice = random.Random(4)
    while thread.is_alive():
        first_row = 4 * dice.randrange(7_900)
        assert lexer.spans(first_row, first_row + 39) in (None, expected[:40])
    thread.join()
    assert lexer.spans(31_000, 31_039) == expected[:40]


def test_a_text_beyond_the_limits_stays_plain() -> None:
    lexer = WindowLexer(["x" * (LINE_LIMIT + 1)])
    assert (lexer.stays_plain, lexer.spans(0, 0)) == (True, None)
    assert WindowLexer(()).spans(0, 10) == []


@pytest.mark.parametrize("line", [" ", 'x = "{a[\\"', 'f"""{', '"\\', "'", 'f"{' + "(" * 9_000])
def test_a_text_made_to_be_slow_is_refused_or_quick(line: str) -> None:
    lexer = WindowLexer((line,) * 20_000)
    answers = iter([False] * 3_000)
    lexer.prepare(lambda: next(answers, True))
    for row in (0, 10_000, 19_999):
        lexer.spans(row, row + 40)
    stops = iter([False] * 3)
    for _ in spans("a.py", (line,) * 2_000, lambda: next(stops, True)):
        pass
