"""The user's key file: TOML in their own configuration folder, read once, never from the reviewed repository."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reviewtui.errors import BrokenFileError, Problem, StoreError
from reviewtui.store.toml import MAX_PROBLEMS, decoded, loaded
from reviewtui.text.toml_lines import KeyPath, key_lines, line_of

MAX_BYTES: Final = 256 * 1024
MAX_SEQUENCES: Final = 32
"""Sequences that one action may have."""
TABLE: Final = "keys"


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of the file: an action and the sequences that replace those it had; none unbinds it."""

    action: str
    pane: str
    """The pane in which it counts; empty: wherever the action does."""
    sequences: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the file holds, as it is written there: whether there is such an action or key is for others to say."""

    entries: tuple[KeyEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def key_file_path(environment: Mapping[str, str]) -> Path | None:
    """Where the user's key file is; None where the environment names no absolute folder.

    What is relative would be looked for in the folder that the program was started in: the one under review.
    """
    folder = Path(environment.get("XDG_CONFIG_HOME", ""))
    if not folder.is_absolute():
        home = Path(environment.get("HOME", ""))
        if not home.is_absolute():
            return None
        folder = home / ".config"
    return folder / "reviewtui" / "keys.toml"


def read_key_file(path: Path) -> KeyFile:
    """The key file; one that does not exist is empty, one that cannot be used has a problem and nothing else."""
    try:
        text = _text(path)
    except StoreError as error:
        return KeyFile(problems=error.problems if isinstance(error, BrokenFileError) else (Problem(0, str(error)),))
    return parse_key_file(text, str(path)) if text else KeyFile()


def parse_key_file(text: str, name: str) -> KeyFile:
    """What a text holds; `name` is for messages."""
    try:
        values = loaded(text, name)
    except BrokenFileError as error:
        return KeyFile(problems=error.problems)
    lines = key_lines(text)
    entries: list[KeyEntry] = []
    problems: list[Problem] = []
    for found in _entries(values, lines):
        if isinstance(found, KeyEntry):
            entries.append(found)
        else:
            problems.append(found)
    # In the order of the file, so that the first of two that contradict each other is the earlier line.
    entries.sort(key=lambda entry: entry.line)
    problems.sort(key=lambda problem: problem.line)
    if len(problems) > MAX_PROBLEMS:
        problems = [*problems[:MAX_PROBLEMS], Problem(0, f"and {len(problems) - MAX_PROBLEMS} more")]
    return KeyFile(tuple(entries), tuple(problems))


def _text(path: Path) -> str:
    """The text of the file; empty where there is none.

    Raises:
        StoreError: it is no regular file, too large, not UTF-8, or cannot be read.
    """
    try:
        # Opening a pipe would otherwise wait for somebody who writes into it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise StoreError(f"it cannot be read: {getattr(error, 'strerror', error)}") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise StoreError("it is no file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StoreError(f"it cannot be read: {error.strerror}") from error
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise StoreError(f"it is larger than {MAX_BYTES // 1024} KiB, which no key file needs")
    return decoded(data, str(path))


def _entries(values: Mapping[str, object], lines: dict[KeyPath, int]) -> Iterator[KeyEntry | Problem]:
    for key, value in values.items():
        if key != TABLE:
            yield Problem(
                line_of((key,), lines), f"{_said(key)}: no such table is known here; keys stand below [{TABLE}]"
            )
        elif not isinstance(value, dict):
            yield Problem(line_of((key,), lines), f"{TABLE}: expected a table [{TABLE}]")
        else:
            yield from _actions(value, (TABLE,), "", lines)


def _actions(
    table: Mapping[str, object], path: KeyPath, pane: str, lines: dict[KeyPath, int]
) -> Iterator[KeyEntry | Problem]:
    for name, value in table.items():
        line = line_of((*path, name), lines)
        if isinstance(value, dict) and not pane:
            yield from _actions(value, (*path, name), name, lines)
            continue
        sequences = _sequences(value)
        if isinstance(sequences, str):
            yield Problem(line, f"{f'{_said(pane)}, ' if pane else ''}{_said(name)}: {sequences}")
        else:
            yield KeyEntry(name, pane, sequences, line)


def _sequences(value: object) -> tuple[str, ...] | str:
    """The sequences of an action, or what is wrong with them."""
    if value is False:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        if len(value) > MAX_SEQUENCES:
            return f"more than {MAX_SEQUENCES} key sequences"
        return tuple(value)
    return 'expected a list of texts such as ["]b", "<f4>"], or false for no key at all'


def _said(key: str) -> str:
    return key if len(key) <= 40 else f"{key[:40]}…"
