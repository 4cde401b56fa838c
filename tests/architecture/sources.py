"""The package's and the tests' own source, parsed, for the tests of their shape."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str
    """Relative to the root of the checkout, with `/`."""
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """Its dotted name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@dataclass(frozen=True)
class Import:
    """One module that a file imports."""

    source: Source
    module: str
    """Absolute; of `from a import b`, `a.b`."""
    line: int
    at_top: bool
    """Whether it happens when the file is loaded, not in a function."""

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line} imports {self.module}"


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """All Python files below `reviewtui` or `tests`."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return tuple(found)


@cache
def imports(folder: str) -> tuple[Import, ...]:
    """Every import below `reviewtui` or `tests`, in functions and for type checkers too."""
    return tuple(found for source in sources(folder) for found in _imports(source))


def _imports(source: Source) -> Iterator[Import]:
    inside = {
        id(node)
        for function in ast.walk(source.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{source.path}:{node.lineno} imports relatively: write the whole name"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield Import(source, name, node.lineno, id(node) not in inside)
