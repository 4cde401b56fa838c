from reviewtui.text.blocks import all_folds, fold_at, heads_around
from reviewtui.text.symbols import Outline

PYTHON = [
    "@one",
    "class A:",
    '    """',
    "def not_code():",
    '    """',
    "",
    "    @two",
    "    def f(self):",
    "        if x:",
    "",
    "            y",
    "",
    "z = 1",
]
BRACES = ["class Shop {", "  buy() {", "    function inner() {", "      return 1;", "    }", "  }", "}", "let x;"]


def test_what_encloses_a_line_of_python_is_told_by_its_outline() -> None:
    outline = Outline(PYTHON)
    assert [heads_around(PYTHON, row, outline) for row in (0, 1, 3, 6, 10, 12)] == [[], [1], [1], [1], [1, 7], []]


def test_what_encloses_a_line_of_another_language_is_told_by_indentation_and_heads() -> None:
    assert [heads_around(BRACES, row, None) for row in (0, 3, 7)] == [[], [0, 2], []]


def test_the_innermost_block_folds() -> None:
    outline = Outline(PYTHON)
    assert [fold_at(PYTHON, row, outline) for row in (1, 3, 10, 12)] == [(1, 10), (1, 10), (7, 10), None]
    assert [fold_at(BRACES, row, None) for row in (3, 1, 6, 7)] == [(2, 3), (1, 4), None, None]


def test_without_heads_what_is_not_indented_folds() -> None:
    assert all_folds(PYTHON, Outline(PYTHON)) == [(1, 10), (7, 10)]
    assert all_folds(BRACES, None) == [(0, 5), (2, 3)]
    assert all_folds(["a:", "  b", "", "  c", "d:", "e"], None) == [(0, 3)]


def test_blocks_of_hostile_text_are_found_or_not_but_nothing_breaks() -> None:
    for lines in ([], [""], ["\t" * 100_000 + "x", " " * 100_000], ["\x00", "\u202e def f():", "\f\tdef g():"] * 3):
        for row in range(-1, len(lines) + 1):
            fold_at(lines, row, None)
            heads_around(lines, row, None)
        all_folds(lines, None)
