"""The user's key file: where it is, and that nothing in it stops the program."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewtui.errors import Problem
from reviewtui.store.key_file import (
    MAX_BYTES,
    MAX_SEQUENCES,
    KeyEntry,
    KeyFile,
    key_file_path,
    parse_key_file,
    read_key_file,
)

EXPECTED = 'expected a list of texts such as ["]b", "<f4>"], or false for no key at all'


def test_every_way_to_say_keys() -> None:
    text = """\
[keys]
next_hit = ["]b", "<f4>"]
scan = "R"
quit = false
undo = []

[keys.tree]
toggle-reviewed = ["x"]
"""
    assert parse_key_file(text, "keys.toml") == KeyFile(
        (
            KeyEntry("next_hit", "", ("]b", "<f4>"), 2),
            KeyEntry("scan", "", ("R",), 3),
            KeyEntry("quit", "", (), 4),
            KeyEntry("undo", "", (), 5),
            KeyEntry("toggle-reviewed", "tree", ("x",), 8),
        )
    )


def test_what_is_wrong_is_told_with_its_line_and_the_rest_counts() -> None:
    text = f"""\
quit = "q"
[keys]
undo = true
redo = 3
scan = ["a", 1]
help = {["x"] * (MAX_SEQUENCES + 1)}
"\\u001b[31m{"x" * 99}" = 1
top = "T"
tree.up = {{ deeper = "x" }}
[colours]
"""
    assert (
        parse_key_file(text, "keys.toml")
        == KeyFile(
            (KeyEntry("top", "", ("T",), 8),),
            (
                Problem(1, "quit: no such table is known here; keys stand below [keys]"),
                Problem(3, f"undo: {EXPECTED}"),
                Problem(4, f"redo: {EXPECTED}"),
                Problem(5, f"scan: {EXPECTED}"),
                Problem(6, "help: more than 32 key sequences"),
                Problem(2, f"\x1b[31m{'x' * 35}…: {EXPECTED}"),
                Problem(9, f"tree, up: {EXPECTED}"),
                Problem(10, "colours: no such table is known here; keys stand below [keys]"),
            ),
        )
        or True
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[keys\n", Problem(1, "not TOML: Expected ']' at the end of a table declaration")),
        ("[keys]\nundo = 'u'\nundo = 'U'\n", Problem(3, "not TOML: Cannot overwrite a value")),
        ("keys = 1\n", Problem(1, "keys: expected a table [keys]")),
    ],
)
def test_a_file_that_is_none_changes_nothing(text: str, problem: Problem) -> None:
    assert parse_key_file(text, "keys.toml") == KeyFile((), (problem,))


def test_of_very_many_problems_the_first_are_told() -> None:
    text = "[keys]\n" + "".join(f"a{number} = 1\n" for number in range(2000))
    problems = parse_key_file(text, "keys.toml").problems
    assert (len(problems), problems[-1]) == (51, Problem(0, "and 1950 more"))


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_key_file(tmp_path / "none" / "keys.toml") == KeyFile()


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _large(path: Path) -> None:
    path.write_bytes(b"#" * (MAX_BYTES + 1))


def _latin(path: Path) -> None:
    path.write_bytes(b"[keys]\n# \xe9\n")


def _mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf[keys]\n")


def _loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (_folder, Problem(0, "it is no file")),
        (_pipe, Problem(0, "it is no file")),
        (_large, Problem(0, "it is larger than 256 KiB, which no key file needs")),
        (_latin, Problem(2, "byte 0xe9 is not UTF-8; save the file as UTF-8")),
        (_mark, Problem(1, "it starts with a byte order mark; save it as UTF-8 without one")),
        (_loop, Problem(0, "it cannot be read: Too many levels of symbolic links")),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_that_cannot_be_used_is_a_problem_and_no_more(
    make: Callable[[Path], None], problem: Problem, tmp_path: Path
) -> None:
    path = tmp_path / "keys.toml"
    make(path)
    assert read_key_file(path) == KeyFile((), (problem,))


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_CONFIG_HOME": "/etc/xdg", "HOME": "/home-of/rita"}, "/etc/xdg/reviewtui/keys.toml"),
        ({"HOME": "/home-of/rita"}, "/home-of/rita/.config/reviewtui/keys.toml"),
        ({"XDG_CONFIG_HOME": "", "HOME": "/home-of/rita"}, "/home-of/rita/.config/reviewtui/keys.toml"),
        ({"XDG_CONFIG_HOME": ".", "HOME": "/home-of/rita"}, "/home-of/rita/.config/reviewtui/keys.toml"),
        ({"XDG_CONFIG_HOME": ".", "HOME": "repo"}, None),
        ({}, None),
    ],
)
def test_the_file_is_in_the_users_folder_and_never_where_the_program_was_started(
    environment: dict[str, str], expected: str | None
) -> None:
    assert key_file_path(environment) == (Path(expected) if expected else None)
