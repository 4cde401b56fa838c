"""From what a key file says to a keymap that can be used: every change is checked, and what is refused is explained."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from reviewtui.errors import Problem
from reviewtui.store.key_file import KeyEntry, KeyFile, key_file_path, read_key_file
from reviewtui.store.toml import MAX_PROBLEMS
from reviewtui.tui.actions import ACTIONS, BY_NAME, LINES
from reviewtui.tui.key_names import KeySpellingError, read_keys, spelled, warning
from reviewtui.tui.keymap import CONTEXTS, EVERYWHERE, Change, Keymap, clash, counts, usual_keys
from reviewtui.tui.keys import LETTER, Keys

WAYS_OUT: Final = ("quit", "command_line", "palette", "help")
"""Each of them leads out of the program; one needs a key, in every pane."""


@dataclass(frozen=True, slots=True)
class UserKeys:
    """The keymap, and what is to be said about the file that it was made from."""

    keymap: Keymap
    path: str = ""
    problems: tuple[Problem, ...] = ()
    """What was refused; the usual keys stay for it."""
    warnings: tuple[Problem, ...] = ()
    """What was taken, and may not work everywhere."""


def usual() -> UserKeys:
    """The keys of the registry, as they are without a key file."""
    return UserKeys(Keymap())


def user_keys(environment: Mapping[str, str]) -> UserKeys:
    """The keys of whoever runs the program."""
    path = key_file_path(environment)
    return keys_from(path) if path else usual()


def keys_from(path: Path) -> UserKeys:
    """The keys that a key file makes."""
    return checked(read_key_file(path), str(path))


def checked(file: KeyFile, name: str) -> UserKeys:
    """The keymap that a key file makes, as far as it can be used."""
    problems = list(file.problems)
    changes: list[Change] = []
    for entry in file.entries:
        change = _change(entry, len(problems) < MAX_PROBLEMS)
        if isinstance(change, Problem):
            problems.append(change)
        else:
            changes.append(change)
    refused = list(_refused(changes))
    gone = {id(change) for change, _ in refused}
    problems += [Problem(change.line, f"{_named(change)}: {why}") for change, why in refused]
    kept = [change for change in changes if id(change) not in gone]
    warnings = [
        Problem(change.line, f"{_named(change)}: {why}")
        for change in kept
        for keys in change.keys
        if (why := warning(keys))
    ]
    problems.sort(key=lambda problem: problem.line)
    if len(problems) > MAX_PROBLEMS:
        problems = [*problems[:MAX_PROBLEMS], Problem(0, f"and {len(problems) - MAX_PROBLEMS} more")]
    return UserKeys(Keymap(kept), name, tuple(problems), tuple(warnings[:MAX_PROBLEMS]))


def _change(entry: KeyEntry, explain: bool) -> Change | Problem:
    """What an entry means, or why it means nothing; nearest names are looked for only if somebody reads them."""
    name = entry.action.replace("-", "_")
    said = f"{entry.pane}, {_cut(entry.action)}" if entry.pane in LINES else _cut(entry.action)
    if entry.pane and entry.pane not in LINES:
        return Problem(entry.line, f"{_cut(entry.pane)}: there is no such pane; panes are {', '.join(LINES)}")
    if name not in BY_NAME:
        return Problem(entry.line, f"{said}: there is no such action{_nearest(name) if explain else ''}")
    action = BY_NAME[name]
    if entry.pane and not counts(action, entry.pane):
        return Problem(entry.line, f"{said}: it does nothing there, only in {', '.join(action.contexts)}")
    keys: list[Keys] = []
    for text in entry.sequences:
        try:
            sequence = read_keys(text)
        except KeySpellingError as error:
            return Problem(entry.line, f"{said}: {_cut(text)!r}: {error}")
        if action.takes_letter != (sequence[-1] == LETTER):
            example = spelled(usual_keys(action)[0])
            why = f"it takes a letter: write {example}" if action.takes_letter else "it takes no <letter>"
            return Problem(entry.line, f"{said}: {_cut(text)!r}: {why}")
        if sequence not in keys:
            keys.append(sequence)
    return Change(name, entry.pane, tuple(keys), entry.line)


def _refused(changes: Sequence[Change]) -> Iterator[tuple[Change, str]]:
    """The changes that cannot be taken, each with the reason.

    A change that is refused leaves the usual keys, which another change may have taken; so it is looked until nothing
    is left to refuse, which is at the latest when no change is.
    """
    left = list(changes)
    seen: dict[tuple[str, str], Change] = {}
    for change in changes:
        first = seen.setdefault((change.action, change.pane), change)
        if first is not change:
            left.remove(change)
            yield change, f"it stands on line {first.line} already"
    while left:
        keymap = Keymap(left)
        found = _clashes(keymap) or _locked_in(keymap)
        if not found:
            return
        yield from found
        gone = {id(change) for change, _ in found}
        left = [change for change in left if id(change) not in gone]


def _clashes(keymap: Keymap) -> list[tuple[Change, str]]:
    """For every two actions that are in each other's way, the change that comes later, with the reason."""
    found: dict[tuple[Change, str, Keys, Keys], list[str]] = {}
    for context in CONTEXTS:
        for ours, name, theirs, other in _pairs(_bound(keymap, context)):
            changes = [keymap.change(name, context), keymap.change(other, context)]
            if changes[0] and (not changes[1] or changes[0].line >= changes[1].line):
                found.setdefault((changes[0], other, ours, theirs), []).append(context)
            elif changes[1]:
                found.setdefault((changes[1], name, theirs, ours), []).append(context)
    reasons: dict[Change, str] = {}
    for (change, other, ours, theirs), contexts in found.items():
        reasons.setdefault(change, _reason(change, other, ours, theirs, contexts))
    return list(reasons.items())


def _bound(keymap: Keymap, context: str) -> list[tuple[Keys, str]]:
    return [
        (keys, action.name) for action in ACTIONS if counts(action, context) for keys in keymap.keys(action, context)
    ]


def _pairs(bound: Iterable[tuple[Keys, str]]) -> Iterator[tuple[Keys, str, Keys, str]]:
    """Every two sequences of different actions that clash.

    Only those with the same first key are compared: there are hundreds, and the screen waits.
    """
    by_first: dict[str, list[tuple[Keys, str]]] = {}
    for keys, name in bound:
        for other_keys, other in by_first.get(keys[0], ()):
            if other != name and clash(keys, other_keys):
                yield keys, name, other_keys, other
        by_first.setdefault(keys[0], []).append((keys, name))


def _reason(change: Change, other: str, ours: Keys, theirs: Keys, contexts: Sequence[str]) -> str:
    where = "" if EVERYWHERE in contexts else f" in {', '.join(contexts)}"
    what = f"{other} ({BY_NAME[other].label})"
    if len(ours) == len(theirs):
        problem = f"{spelled(ours)} is {what} already{where}"
    elif len(ours) < len(theirs):
        problem = f"after {spelled(ours)} nobody could type {spelled(theirs)}, which is {what}{where}"
    else:
        problem = f"{spelled(ours)} could never be typed: {spelled(theirs)} is {what}{where}"
    return f"{problem}; choose another key, or give {other} another one in this file too. {_stays(change)}"


def _stays(change: Change) -> str:
    keys = usual_keys(BY_NAME[change.action])
    return f"Until then it has {' '.join(spelled(sequence) for sequence in keys)}"


def _locked_in(keymap: Keymap) -> list[tuple[Change, str]]:
    """The changes that would leave no key by which the program can be left."""
    for context in CONTEXTS:
        if not set(WAYS_OUT) & set(keymap.table(context).values()):
            ways = " ".join(WAYS_OUT)
            where = f" in {context}" if context else ""
            changes = (keymap.change(name, context) for name in WAYS_OUT)
            return [
                (change, f"no key would lead out of the program{where}: one of {ways} needs one. {_stays(change)}")
                for change in changes
                if change
            ]
    return []


def _nearest(name: str) -> str:
    near = get_close_matches(name[:40], BY_NAME, 3)
    if near:
        return f"; the nearest are {', '.join(near)}"
    return "; `reviewtui keys` lists them"


def _named(change: Change) -> str:
    return f"{change.pane}, {change.action}" if change.pane else change.action


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
