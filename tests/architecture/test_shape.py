"""The shape of files, and the few mistakes that would let the reviewed code draw on the screen."""

import ast
import re
from typing import Final

from tests.architecture.sources import Source, sources

LONGEST: Final = 400
LONG_FOR_A_REASON: Final[dict[str, str]] = {}
"""File to the reason why it may be longer."""

_MARKUP_WIDGETS: Final = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Link"}
"""Widgets that read markup in the text they are given."""


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    long = {
        source.path: lines
        for folder in ("reviewtui", "tests")
        for source in sources(folder)
        if (lines := source.text.count("\n")) > LONGEST and source.path not in LONG_FOR_A_REASON
    }
    assert long == {}


def test_every_module_says_which_idea_it_is() -> None:
    missing = [source.path for source in sources("reviewtui") if not ast.get_docstring(source.tree)]
    assert missing == []


def test_no_message_is_read_as_markup() -> None:
    wrong = [
        f"{source.path}:{call.lineno}"
        for source in _screen()
        for call in _calls(source, "notify")
        if not _has_markup_off(call)
    ]
    assert wrong == []


def test_no_widget_is_given_a_formatted_string() -> None:
    """What was put together from the reviewed code and read as markup could close the program or start an action."""
    wrong = [
        f"{source.path}:{call.lineno}"
        for source in _screen()
        for name in ("update", *_MARKUP_WIDGETS)
        for call in _calls(source, name)
        if call.args and _is_formatted(call.args[0]) and not _has_markup_off(call)
    ]
    assert wrong == []


def test_no_markup_is_made_from_data() -> None:
    wrong = [
        f"{source.path}:{call.lineno}"
        for source in _screen()
        for name in ("from_markup", "from_ansi")
        for call in _calls(source, name)
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert wrong == []


def test_no_path_of_one_machine_is_written_down() -> None:
    pattern = re.compile(r"""["'(\s](?:/home/\w|/root/|/Users/\w|/work/\w|C:\\\\Users)""")
    wrong = [
        f"{source.path}:{number}"
        for source in sources("reviewtui")
        for number, line in enumerate(source.text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert wrong == []


def _screen() -> list[Source]:
    return [source for source in sources("reviewtui") if source.path.startswith("reviewtui/tui/")]


def _calls(source: Source, name: str) -> list[ast.Call]:
    """Every call of a function or method of this name."""
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and _called(node) == name]


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _has_markup_off(call: ast.Call) -> bool:
    return any(
        keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in call.keywords
    )


def _is_formatted(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod))
