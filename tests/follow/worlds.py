"""Small worlds of Python files, and places in them marked by `<|>`."""

from collections.abc import Mapping
from functools import cache
from textwrap import dedent

from reviewtui.follow.define import Definition, define
from reviewtui.follow.modules import World
from reviewtui.follow.stubs import standard_library

MARK = "<|>"


@cache
def library() -> World:
    """The standard library, parsed once for all tests."""
    found = standard_library()
    assert found is not None
    return found


def world(files: Mapping[str, str]) -> World:
    """A world of these files."""
    texts = {path: dedent(text).encode("utf-8", "surrogatepass") for path, text in files.items()}
    return World(texts, texts.get, library())


def marked(files: Mapping[str, str]) -> tuple[dict[str, str], str, int, int]:
    """The files without the mark, and where it was."""
    clean = {path: dedent(text) for path, text in files.items()}
    for path, text in clean.items():
        before, mark, after = text.partition(MARK)
        if mark:
            clean[path] = before + after
            lines = before.split("\n")
            return clean, path, len(lines), len(lines[-1])
    raise AssertionError("no mark")


def ask(files: Mapping[str, str]) -> Definition:
    """The definition of the name that follows the mark."""
    clean, path, line, column = marked(files)
    found = world(clean)
    module = found.module(path)
    assert module is not None
    definition = define(found, module, line, column)
    assert definition is not None
    return definition


def leads_to(**files: str) -> list[str]:
    """Where the name that follows the mark leads: `path:line name`, or the name and what it belongs to."""
    named = {name.replace("__py", ".py").replace("__", "/"): text for name, text in files.items()}
    return said(ask(named))


def said(definition: Definition) -> list[str]:
    """Targets in short; overloads once."""
    return list(
        dict.fromkeys(f"{t.path}:{t.line} {t.name}" if t.path else f"{t.name} ({t.note})" for t in definition.targets)
    )
