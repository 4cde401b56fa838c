"""Pipfile and Pipfile.lock."""

import json
import re
from collections.abc import Iterator
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries, kind
from reviewtui.dependencies.manifests.tables import add_entry, by_pipenv
from reviewtui.dependencies.manifests.toml_file import Node, toml_node
from reviewtui.text.toml_lines import KeyPath

_NO_SECTIONS: Final = ("source", "requires", "pipenv", "scripts")
_OF_THE_PROJECT: Final = ("packages", "default")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}:,\n]', re.DOTALL)
_DEEPEST: Final = 3


def read_pipfile(data: bytes, entries: Entries) -> None:
    """Every package of every section; those of `packages` belong to no group."""
    if root := toml_node(data, entries):
        _add_sections(root)


def read_pipfile_lock(data: bytes, entries: Entries) -> None:
    """Every package of every section; those of `default` belong to no group."""
    try:
        text = data.decode("utf-8")
        values = json.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        entries.problem(data.count(b"\n", 0, error.start) + 1, "no UTF-8, as JSON has to be")
    except json.JSONDecodeError as error:
        entries.problem(error.lineno, f"not JSON: {error.msg}")
    except RecursionError:
        entries.problem(0, "not usable: lists or tables are nested too deeply")
    except ValueError as error:
        entries.problem(0, f"not JSON: {error}")
    else:
        if isinstance(values, dict):
            values.pop("_meta", None)
            _add_sections(Node(values, (), json_lines(text), entries))
        else:
            entries.problem(1, f"it has to be a table, not {kind(values)}")


def json_lines(text: str) -> dict[KeyPath, int]:
    """The line of every key, three tables deep, of a text that is known to be JSON; the last of equal ones."""
    lines: dict[KeyPath, int] = {}
    line, last, stack = 1, "", list[str | None]()
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word == "\n":
            line += 1
        elif word == ":" and len(stack) <= _DEEPEST and last:
            stack[-1] = json.loads(last)
            if None not in stack:
                lines[tuple(key for key in stack if key is not None)] = line
        elif word in ("{", "["):
            stack.append(None)
        elif word in ("}", "]"):
            stack.pop()
        elif word == ",":
            stack[-1] = None
        last = word if word.startswith('"') else last if word == "\n" else ""
    return lines


def _add_sections(root: Node) -> None:
    for section in root.items():
        if section.name in _NO_SECTIONS:
            continue
        groups = () if section.name in _OF_THE_PROJECT else (section.name,)
        for package in _packages(section):
            add_entry(package, by_pipenv, groups)


def _packages(section: Node) -> Iterator[Node]:
    for package in section.items():
        if package.entries.is_full:
            return
        yield package
