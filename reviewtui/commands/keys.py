"""`reviewtui keys`: which key does what, and what is wrong with the key file."""

import os
from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from reviewtui.commands.output import note, say, say_whole
from reviewtui.errors import Problem, StoreError
from reviewtui.store.key_file import TABLE, key_file_path
from reviewtui.store.toml import value_text
from reviewtui.text.safe import SafeText, cell_width
from reviewtui.tui.actions import ACTIONS, LINES, Action
from reviewtui.tui.key_check import UserKeys, keys_from, usual
from reviewtui.tui.key_names import spelled
from reviewtui.tui.keymap import Change, Keymap

_KEYS_WIDTH: Final = 20
_NAME_WIDTH: Final = 22

_HEAD: Final = """\
# The keys of reviewtui. Without its comment sign a line takes effect; it replaces all keys of its action.
# The file is read when the program starts{where}.
# `reviewtui keys --check` says what is wrong with it.
#
#   next_hit = ["]b", "<f4>"]    two sequences, each of which does it
#   next_hit = false             no key; the command line (:next-hit) and the palette still do it
#
# Keys with names stand in angle brackets: <enter> <escape> <tab> <space> <backspace> <delete> <insert> <up> <down>
# <left> <right> <home> <end> <pageup> <pagedown> <f1> … <f24> <lt> (for <), with <ctrl+…> <alt+…> <shift+…> before
# them. <letter> at the end is any letter from a to z. Ctrl with i, m, h or [ is Tab, Enter, Backspace or Escape in most
# terminals. A sequence cannot begin with another one, nor with the digits 1 to 9, which are the count.
#
# What counts in one pane alone stands below [{table}.PANE], with {panes}.
"""


def run(arguments: Namespace) -> int:
    """Print the keys as they are with the user's file; problems go to standard error."""
    if arguments.file and not arguments.file.exists():
        raise StoreError(f"There is no key file {arguments.file}")
    path: Path | None = arguments.file or key_file_path(os.environ)
    keys = keys_from(path) if path else usual()
    if arguments.check:
        for problem in (*keys.problems, *keys.warnings):
            say(_said(problem, keys.path))
        return 2 if keys.problems else 0
    if arguments.format == "toml":
        say_whole("\n".join(_toml(keys.keymap, str(path) if path else "")) + "\n")
    else:
        for line in _text(keys):
            say(line)
    for problem in (*keys.problems, *keys.warnings):
        note(_said(problem, keys.path))
    return 0


def _said(problem: Problem, path: str) -> str:
    return f"{path}:{problem.line}: {problem.text}" if problem.line else f"{path}: {problem.text}"


def _text(keys: UserKeys) -> Iterator[str]:
    """A table of all actions, group by group; what the user changed has a star."""
    keymap = keys.keymap
    for group, actions in groupby(sorted(ACTIONS, key=_group_order), key=lambda action: action.group):
        yield group
        for action in actions:
            star = "*" if keymap.is_changed(action.name) else " "
            shown = keymap.shown_keys(action.name) or "–"
            yield f"{star} {_wide(shown, _KEYS_WIDTH)} {_wide(action.name, _NAME_WIDTH)} {action.label}{_panes(action)}"
            for pane in LINES:
                if _is_of(keymap.change(action.name, pane), pane):
                    shown = keymap.shown_keys(action.name, pane) or "–"
                    yield f"*   {_wide(shown, _KEYS_WIDTH - 2)} {_wide('', _NAME_WIDTH)} in {pane}"
        yield ""
    yield f"* as {keys.path} says" if keys.path and Path(keys.path).exists() else "These are the usual keys"


def _toml(keymap: Keymap, path: str) -> Iterator[str]:
    """A whole key file: what the user changed, and all else as comments."""
    where = f", from {value_text(path)}" if path else ""
    yield _HEAD.format(where=where, table=TABLE, panes=", ".join(LINES))
    yield f"[{TABLE}]"
    for group, actions in groupby(sorted(ACTIONS, key=_group_order), key=lambda action: action.group):
        yield f"\n# {group}\n"
        for action in actions:
            change = keymap.change(action.name)
            yield f"# {action.label}{_panes(action)}"
            yield f"{'' if change else '#'}{action.name} = {_value(keymap, action)}"
    for pane in LINES:
        changed = [action for action in ACTIONS if _is_of(keymap.change(action.name, pane), pane)]
        if changed:
            yield f"\n[{TABLE}.{pane}]"
        for action in changed:
            yield f"{action.name} = {_value(keymap, action, pane)}"


def _value(keymap: Keymap, action: Action, pane: str = "") -> str:
    keys = [spelled(sequence) for sequence in keymap.keys(action, pane)]
    return value_text(keys).replace("\n", " ") if keys else "false"


def _panes(action: Action) -> str:
    """Where it counts, if not everywhere."""
    if "global" in action.contexts or set(action.contexts) >= set(LINES):
        return ""
    return f"  ({', '.join(action.contexts)})"


def _group_order(action: Action) -> int:
    """Groups stand in the order in which the registry begins them."""
    return next(order for order, other in enumerate(ACTIONS) if other.group == action.group)


def _is_of(change: Change | None, pane: str) -> bool:
    """Whether a change is one for this pane alone."""
    return change is not None and change.pane == pane


def _wide(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_width(SafeText(text)))
