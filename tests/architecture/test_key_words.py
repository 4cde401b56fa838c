"""No text of the screen names a key by itself: keys are the user's, and texts ask the keymap."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from reviewtui.tui.actions import ACTIONS
from reviewtui.tui.keys import parse_keys, shown
from tests.architecture.sources import Source, sources

_OF_THE_KEYS: Final = ("reviewtui/tui/actions/", "reviewtui/tui/key")
"""Where keys are what it is about."""
_WORDS: Final = {"to", "go", "so", "a", "A", "I", "s", "d", "-", ".", ":", "'"}
"""Keys that are English words or signs, too."""
_OF_DIALOGS: Final = {"Enter", "Esc", "Tab", "S-Tab", "Space", "PgUp", "PgDn", "Home", "End", "Del", "↑", "↓", "←", "→"}
"""What every dialog has, whatever the user's keys are; a text of the screen below may not name them either."""
ALLOWED: Final = {
    "? suspicious  ": "a mark, no key",
    "? a place to look  ": "a mark, no key",
    "/ as reviewed?": "the end of a folder's name",
    "C H M L I": "letters of severities",
    "a hit that a comment in the source silences (# nosec)": "the beginning of a comment",
    "↦ → ≈ ⇥": "what the gutter draws",
}


def test_no_text_of_the_screen_names_a_key_of_the_registry() -> None:
    wrong = [
        f"{source.path}:{text.lineno} {word} in {text.value!r}"
        for source in sources("reviewtui")
        if source.path.startswith("reviewtui/tui/") and not source.path.startswith(_OF_THE_KEYS)
        for text in _texts(source)
        for word in _keys_in(str(text.value), is_dialog=_is_dialog(source))
    ]
    assert wrong == []


def test_keys_in_a_text_are_found() -> None:
    assert [
        list(_keys_in(text, is_dialog=False))
        for text in ("Go on with ]b, or not", "Ctrl-p lists", "tc on a hit: q quits", "/ begins", "a place to go")
    ] == [["]b"], ["Ctrl-p"], ["tc", "q"], ["/"], []]


def _is_dialog(source: Source) -> bool:
    frames = ("/dialog.py", "/fields.py", "/answers.py", "/choice.py")
    return bool(re.search(r"^class \w+\(\w*Dialog\[", source.text, re.MULTILINE)) or source.path.endswith(frames)


def _keys_in(text: str, *, is_dialog: bool) -> Iterator[str]:
    if text in ALLOWED or " " not in text.strip():
        return
    for word in text.split():
        stripped = word if word in _known() else word.strip(",;:()'\"")
        if stripped in _known() and stripped not in _WORDS and not (is_dialog and stripped in _OF_DIALOGS):
            yield stripped


@cache
def _known() -> set[str]:
    """Every sequence of the registry, and what it begins with, as texts would write it."""
    found: set[str] = set()
    for action in ACTIONS:
        for keys in action.keys:
            sequence = parse_keys(keys)
            found |= {shown(sequence), shown(sequence[:1])}
    return found


def _texts(source: Source) -> Iterator[ast.Constant]:
    """Every text that is no docstring, no style sheet and no pattern."""
    nodes = list(ast.walk(source.tree))
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in said:
            continue
        if not re.search(r"[{}\\%]", node.value):
            yield node
