import random
import unicodedata

import pytest
from rich.cells import cell_len

from reviewtui.text.safe import DrawnLine, SafeText, cell_width, drawn, hidden_count, safe, suspicious


@pytest.mark.parametrize("text", ["", "x = 1", "caf\xe9 日本語 👍🏽", "e\u0301", "[red]a[/b]", "<U+202E>", "ñÀΔж"])
def test_ordinary_text_is_drawn_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x1b[2J", "␛[2J"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\nb\r\tc\0", "a␊b␍␉c␀"),
        ("\x7f\x0c\x0b\x1c\x85\u2028\u2029", "␡␌␋␜<U+0085><U+2028><U+2029>"),
        ("if x: \u202e# ok\u2066", "if x: <U+202E># ok<U+2066>"),
        ("ad\u200bmin\u200d\u2060\ufeff", "ad<U+200B>min<U+200D><U+2060><U+FEFF>"),
        ("a\U000e0041\U000e007f", "a<U+E0041><U+E007F>"),
        ("\ud800x\udce9", "<U+D800>x<\\xE9>"),
        ("\u2800\u3164\uffa0\u115f\u1160", "<U+2800><U+3164><U+FFA0><U+115F><U+1160>"),
        ("a\u034f\ufe0f\U000e0100", "a<U+034F><U+FE0F><U+E0100>"),
        ("a\xa0b\u3000c\xad", "a<U+00A0>b<U+3000>c<U+00AD>"),
        ("\ue000\U0010ffff\u0378", "<U+E000><U+10FFFF><U+0378>"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_spelled_out(text: str, shown: str) -> None:
    assert safe(text) == shown
    assert drawn(text.replace("\t", "")).text == shown.replace("␉", "")


@pytest.fixture(scope="module")
def passing() -> str:
    """Every character that is drawn as it is, of the planes that hold any."""
    codes = [*range(0x34000), *range(0xE0000, 0xE1000), 0xF0000, 0x10FFFF]
    return "".join(char for char in map(chr, codes) if safe(char) == char)


def test_no_character_at_all_passes_that_is_not_printable_or_has_no_shape(passing: str) -> None:
    assert passing.isprintable()
    assert {unicodedata.category(char)[0] for char in passing} == {"L", "N", "P", "S", "Z"}
    assert [char for char in passing if unicodedata.category(char)[0] == "Z"] == [" "]
    assert "".join(map(chr, range(32, 127))) == "".join(filter(str.isascii, passing))
    ignorable = [
        *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE1000),
        0x34F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x3164,
        0xFFA0,
    ]
    assert not set(map(ord, passing)) & set(ignorable)


def test_widths_are_those_of_the_library_that_draws(passing: str) -> None:
    assert [char for char in passing if cell_width(SafeText(char)) != cell_len(char)] == []


def test_marks_piled_on_one_letter_are_cut() -> None:
    assert safe("e" + "\u0301" * 10) == "e" + "\u0301" * 8 + "<U+0301><U+0301>"


def test_a_mark_without_a_letter_is_not_drawn_on_what_stands_before_the_text() -> None:
    assert safe("\u0301x") == "<U+0301>x"
    assert drawn("\t\u0301x").text == "    <U+0301>x"
    assert safe("\x1b\u0301") == "␛<U+0301>"


def test_tabs_reach_to_the_next_stop() -> None:
    assert drawn("\tx\t\ty", 4) == DrawnLine(
        SafeText("    x       y"),
        5,
        13,
        ((0, 0, 0, 4, 4), (1, 4, 4, 1, 1), (2, 5, 5, 3, 3), (3, 8, 8, 4, 4), (4, 12, 12, 1, 1)),
    )
    assert drawn("日\tx", 4).text == "日  x"
    assert drawn("\u202e\tx", 4).text == "<U+202E>    x"
    assert drawn("a\tb", 1).text == "a b"
    assert drawn("a\tb", 0).text == "a b"
    assert drawn("", 8) == DrawnLine(SafeText(""), 0, 0)


def test_parts_that_are_spelled_out_are_told_from_the_same_text_typed() -> None:
    line = drawn("<U+202E>\u202e\u200b␛\x1b\x1bx\t\x07")
    assert [line.text[start:end] for start, end in line.marks] == ["<U+202E><U+200B>", "␛␛", "␇"]
    assert drawn("\x1b[0m\x07").marks == ((0, 1), (4, 5))
    assert drawn("日本\t").marks == ()


def test_an_ordinary_line_has_no_map() -> None:
    line = drawn("x = 'café'")
    assert (line.starts, line.runs, line.width) == (None, (), 10)
    assert (line.cell_of(4), line.column_of(4), line.index_of(4)) == (4, 4, 4)
    assert (line.cell_of(99), line.column_of(99), line.index_of(99)) == (10, 10, 10)
    assert (line.cell_of(-1), line.column_of(-1), line.index_of(-1)) == (0, 0, 0)


def test_columns_cells_and_indexes_of_a_hostile_line() -> None:
    line = drawn("\t日e\u0301\u202ex")
    assert line.text == "    日e\u0301<U+202E>x"
    assert line.starts == (0, 4, 6, 7, 7, 15)
    assert line.width == 16
    assert [line.index_of(column) for column in range(7)] == [0, 4, 5, 6, 7, 15, 16]
    assert [line.column_of(cell) for cell in range(18)] == [0] * 4 + [1] * 2 + [2] + [4] * 8 + [5] + [6] * 2


@pytest.mark.parametrize("seed", range(200))
def test_the_map_of_any_line_is_that_of_its_characters_one_by_one(seed: int) -> None:
    dice = random.Random(seed)
    line = "".join(dice.choices("ab \t\té日本\u0301\u202e\x1b\udce9👍\u3164", k=dice.randrange(1, 30)))
    if seed % 3 == 0:
        line = "".join(char for char in line if char.isascii())
    whole = drawn(line, 4)
    assert whole.width == cell_len(whole.text) == cell_width(whole.text)
    for column in range(len(line) + 1):
        head = drawn(line[:column], 4)
        assert whole.cell_of(column) == head.width
        assert whole.index_of(column) == len(head.text)
        assert whole.text.startswith(head.text)
    for cell in range(whole.width):
        column = whole.column_of(cell)
        assert whole.cell_of(column) <= cell < whole.cell_of(column + 1)
    if "\t" not in line:
        assert safe(line) == whole.text


@pytest.mark.parametrize("line", ["x", "\t", "x\t", "\x1b", "\x1bx", "é", "日", "日a", "\u202e", "\u0301"])
def test_a_line_of_millions_of_characters_is_drawn_in_one_pass(line: str) -> None:
    long = line * (200_000 // len(line))
    whole = drawn(long)
    assert whole.cell_of(len(long)) == whole.width
    assert whole.column_of(whole.width) == len(long)
    assert safe(long)


def test_what_hides_or_misleads_is_named_with_its_column() -> None:
    assert suspicious("if admin: \u202e# \u2066no") == ((10, "RIGHT-TO-LEFT OVERRIDE"), (13, "LEFT-TO-RIGHT ISOLATE"))
    assert suspicious("\tx\x1b[0m\x9b\0") == ((2, "ESCAPE"), (6, "CONTROL U+009B"), (7, "NULL"))
    assert suspicious("a\u200bb\xa0\u3164") == ((1, "ZERO WIDTH SPACE"), (3, "NO-BREAK SPACE"), (4, "HANGUL FILLER"))
    assert suspicious("\udce9\ue000\u0378") == (
        (0, "LONE SURROGATE U+DCE9"),
        (1, "PRIVATE USE U+E000"),
        (2, "UNASSIGNED U+0378"),
    )


def test_letters_that_pass_for_ascii_are_named() -> None:
    assert suspicious("p\u0430ssword") == ((1, "CYRILLIC SMALL LETTER A, among Latin letters"),)
    assert suspicious("\uff45val(x)") == ((0, "FULLWIDTH LATIN SMALL LETTER E, read as e"),)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x = 1",
        "\tx",
        "\x0c",
        "café naïve",
        "Δt = µs",
        "日本語，（テスト）",
        "пароль",
        "n\xba 1",
        "e\u0301",
        "\U0001f44d",
    ],
)
def test_honest_text_is_not_suspicious(line: str) -> None:
    assert suspicious(line) == ()


def test_a_letter_that_makes_a_word_pass_for_another_is_spelled_out_in_names_and_titles() -> None:
    assert safe("c\u043enfig.py") == "c<U+043E>nfig.py"
    assert safe("env\u200bp\u0430ss\x1b") == "env<U+200B>p<U+0430>ss␛"
    for honest in ("файл.py", "JSONом", "Δx", "naïve", "日本語Ａ"):
        assert safe(honest) == honest


def test_what_a_text_hides_is_counted() -> None:
    assert hidden_count(["x = 1", "\tp\u0430ss", "\x0c", "\u200b\x1b", "\uff45val", "файл"]) == 4
