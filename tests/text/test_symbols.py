import ast
import random
import sysconfig
from pathlib import Path

import pytest

from reviewtui.text.source import decode
from reviewtui.text.symbols import (
    Outline,
    Symbol,
    block_starts,
    bracket_match,
    enclosing,
    function_start,
    outline,
)

_TEXT = """\
import os

@app.route("/x")
@guarded(
    "admin",
)
async def view(request):
    \"\"\"Text.

def not_here():
    \"\"\"
    if request:
        # a comment

        def inner(): return 1
# a comment at the margin
        return inner
    return None


class Shop(
    Base,
):
    name: str

    def total(
        self,
    ) -> int:
        return sum(\"\"\"
class Nor:
\"\"\")

    class Meta: pass

print("done")
"""
SHOP = _TEXT.split("\n")


def test_functions_and_classes_are_told_by_their_indentation() -> None:
    assert outline(SHOP) == [
        Symbol("view", "view", "function", line=7, level=0, start=3, end=18),
        Symbol("inner", "view.inner", "function", line=15, level=1, start=15, end=15),
        Symbol("Shop", "Shop", "class", line=21, level=0, start=21, end=33),
        Symbol("total", "Shop.total", "method", line=26, level=1, start=26, end=31),
        Symbol("Meta", "Shop.Meta", "class", line=33, level=1, start=33, end=33),
    ]


def test_a_line_knows_what_is_around_it() -> None:
    names = {line: enclosing(SHOP, line) for line in range(len(SHOP) + 2)}
    assert {name: [line for line in names if names[line] == name] for name in names.values()} == {
        "": [0, 1, 2, 19, 20, 34, 35, 36, 37],
        "view": [*range(3, 15), 16, 17, 18],
        "view.inner": [15],
        "Shop": [21, 22, 23, 24, 25, 32],
        "Shop.total": [26, 27, 28, 29, 30, 31],
        "Shop.Meta": [33],
    }


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["x = 1"],
        ["# def f():"],
        ["def"],
        ["class"],
        ["def f"],
        ['"""', "def f():", "  pass"],
        ["}", ")"],
        ["@"],
    ],
)
def test_what_is_no_function_or_class_is_not_taken_for_one(lines: list[str]) -> None:
    assert outline(lines) == []
    assert enclosing(lines, 1) == ""


def test_tabs_and_form_feeds_are_indentation_as_python_counts_it() -> None:
    lines = ["class A:", "\tdef f(self):", "        x = 1", "\t\tdef g(): pass", "\x0cdef h():", "    pass"]
    found = [(symbol.qualified, symbol.end) for symbol in outline(lines)]
    assert found == [("A", 4), ("A.f", 2), ("A.g", 4), ("h", 6)]


@pytest.mark.parametrize("file", random.Random(7).sample(sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")), 25))
def test_the_outline_of_real_files_is_that_of_ast(file: Path) -> None:
    data = file.read_bytes()
    expected = []

    def collect(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                first = min([each.lineno for each in child.decorator_list] + [child.lineno])
                expected.append((prefix + child.name, child.lineno, first, child.end_lineno))
                collect(child, f"{prefix}{child.name}.")
            else:
                collect(child, prefix)

    collect(ast.parse(data), "")
    symbols = Outline(decode(data, file.name).lines).symbols
    assert [(each.qualified, each.line, each.start, each.end) for each in symbols] == sorted(
        expected, key=lambda e: e[1]
    )


def test_heads_are_stepped_over_in_python_and_in_languages_with_braces() -> None:
    lines = ["import os", "class A(B):", "    x = 1", "    async  def f[T](self):", "# def", "def g(): pass", "defer()"]
    assert [function_start(lines, row, True) for row in (-1, 1, 3, 5, 99)] == [1, 3, 5, None, None]
    assert [function_start(lines, row, False) for row in (99, 5, 4, 1, -5)] == [5, 3, 3, None, None]
    script = ["export default class A {", "  go() {}", "}", "async function f(x) {", "fn main() {}", "class of things"]
    assert [row for row in range(len(script)) if function_start(script, row - 1, True) == row] == [0, 3, 4]
    assert function_start([], 0, True) is None


def test_blocks_are_parted_by_blank_lines() -> None:
    lines = ["a", "b", "", " ", "c", "", "d"]
    assert [block_starts(lines, row, True) for row in range(7)] == [2, 2, 5, 5, 5, 6, 6]
    assert [block_starts(lines, row, False) for row in range(7)] == [0, 0, 0, 0, 3, 3, 5]
    assert block_starts([], 3, True) == 0
    assert block_starts(lines, 99, True) == 6
    assert block_starts(lines, -5, False) == 0


def test_a_bracket_finds_its_partner_over_lines_and_past_strings_and_comments() -> None:
    lines = ["f(a, [1,", "   ')', {2: \"(\"},  # ((", "  ], x)", "y = ')'"]
    assert bracket_match(lines, 0, 0) == (2, 6)
    assert bracket_match(lines, 2, 6) == (0, 1)
    assert bracket_match(lines, 0, 5) == (2, 2)
    assert bracket_match(lines, 2, 0) == (0, 5)
    assert bracket_match(lines, 1, 8) == (1, 15)
    assert bracket_match(lines, 1, 15) == (1, 8)


def test_a_bracket_in_a_string_finds_its_partner_there() -> None:
    lines = ["x = '(a)' + (b", ")"]
    assert bracket_match(lines, 0, 5) == (0, 7)
    assert bracket_match(lines, 0, 7) == (0, 5)
    assert bracket_match(lines, 0, 0) == (1, 0)
    assert bracket_match(["'(a)'"], 0, 0) == (0, 3)


@pytest.mark.parametrize("lines", [[], [""], ["x"], ["("], [")"], ["(]"], ["'('"], ["# ("], ["((" * 50_000]])
def test_a_bracket_without_a_partner_finds_none(lines: list[str]) -> None:
    assert bracket_match(lines, 0, 0) is None
    assert bracket_match(lines, 5, 0) is None
    assert bracket_match(lines, -1, -1) is None


def test_endless_lines_are_no_trap() -> None:
    hostile = ['"\\' * 500_000, "def " + "f" * 1_000_000, " " * 1_000_000 + "x", "export " * 200_000, "(" * 300_000]
    assert outline(hostile) == []
    assert function_start(hostile, 0, True) is None
    assert bracket_match([*hostile, ")"], 5, 0) == (4, 299_999)
