"""Where names stand in a parsed file, and what each of them is there."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reviewtui.follow.modules import Module, Position

Role = Literal["name", "attribute", "definition", "argument", "alias", "part", "keyword", "declared", "caught"]


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A name at one place of a file."""

    name: str
    role: Role
    node: ast.AST
    """The name, attribute, definition, alias, keyword; for `part` the import."""
    prefix: str = ""
    """Of a part of a dotted module name: all up to it."""


def mentions(module: Module) -> dict[Position, Mention]:
    """Every name of a file by where it begins; names in strings and comments are none."""
    known = module.memo.get(module.tree)
    if isinstance(known, dict):
        return known
    found: dict[Position, Mention] = {}
    for position, mention in _all(module):
        line, column = position
        # Positions inside of f-strings are not exact in every version of Python.
        if 0 < line <= len(module.lines) and module.lines[line - 1].startswith(mention.name, column):
            found.setdefault(position, mention)
    module.memo[module.tree] = found
    return found


def name_position(module: Module, node: ast.AST) -> Position:
    """Where the name of a definition, or of what is assigned to, begins."""
    line = getattr(node, "lineno", 1)
    start = module.column(line, getattr(node, "col_offset", 0))
    if isinstance(node, ast.Attribute):
        end_line = node.end_lineno or line
        return end_line, module.column(end_line, (node.end_col_offset or 0) - len(node.attr.encode()))
    if isinstance(node, ast.alias):
        return _alias_position(module, node)
    name = getattr(node, "name", None)
    if isinstance(name, str) and not isinstance(node, ast.Name | ast.arg):
        return _search(module, line, start, name)
    return line, start


def _search(module: Module, line: int, start: int, name: str) -> Position:
    """The first place of a word from a column on; some definitions go on over several lines."""
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for number in range(line, min(line + 4, len(module.lines)) + 1):
        found = word.search(module.lines[number - 1], start if number == line else 0)
        if found:
            return number, found.start()
    return line, start


def _alias_position(module: Module, node: ast.alias) -> Position:
    line = node.lineno
    start = module.column(line, node.col_offset)
    if node.asname:
        return _search(module, line, start + len(node.name) + 1, node.asname)
    return line, start


def _all(module: Module) -> Iterator[tuple[Position, Mention]]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Name():
                yield name_position(module, node), Mention(node.id, "name", node)
            case ast.Attribute():
                yield name_position(module, node), Mention(node.attr, "attribute", node)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                start = module.column(node.lineno, node.col_offset) + 3
                yield _search(module, node.lineno, start, node.name), Mention(node.name, "definition", node)
            case ast.arg():
                yield name_position(module, node), Mention(node.arg, "argument", node)
            case ast.keyword() if node.arg:
                yield name_position(module, node), Mention(node.arg, "keyword", node)
            case ast.ExceptHandler() if node.name:
                start = module.column(node.lineno, node.col_offset)
                if node.type is not None and node.type.end_lineno == node.lineno:
                    start = module.column(node.lineno, node.type.end_col_offset or 0)
                yield _search(module, node.lineno, start, node.name), Mention(node.name, "caught", node)
            case ast.MatchAs() | ast.MatchStar() if node.name:
                yield name_position(module, node), Mention(node.name, "caught", node)
            case ast.Global() | ast.Nonlocal():
                start = module.column(node.lineno, node.col_offset) + 6
                for name in node.names:
                    yield _search(module, node.lineno, start, name), Mention(name, "declared", node)
            case ast.Import():
                for alias in node.names:
                    yield from _parts(
                        module, alias, alias.lineno, module.column(alias.lineno, alias.col_offset), alias.name
                    )
                    if alias.asname:
                        yield _alias_position(module, alias), Mention(alias.asname, "alias", alias)
            case ast.ImportFrom():
                yield from _imported(module, node)
            case ast.Constant() if node in module.scopes.strings and isinstance(node.value, str):
                yield from _in_string(module, node)


def _imported(module: Module, node: ast.ImportFrom) -> Iterator[tuple[Position, Mention]]:
    if node.module:
        start = module.column(node.lineno, node.col_offset) + 4
        line = module.lines[node.lineno - 1] if node.lineno <= len(module.lines) else ""
        at = line.find(node.module, start)
        if at >= 0:
            yield from _parts(module, node, node.lineno, at, node.module)
    for alias in node.names:
        if alias.name != "*":
            start = module.column(alias.lineno, alias.col_offset)
            yield (alias.lineno, start), Mention(alias.name, "alias", alias)
            if alias.asname:
                yield _alias_position(module, alias), Mention(alias.asname, "alias", alias)


def _parts(module: Module, node: ast.AST, line: int, start: int, name: str) -> Iterator[tuple[Position, Mention]]:
    del module
    at = 0
    for part in name.split("."):
        end = at + len(part)
        yield (line, start + at), Mention(part, "part", node, name[:end])
        at = end + 1


def _in_string(module: Module, node: ast.Constant) -> Iterator[tuple[Position, Mention]]:
    """Names in an annotation that is a plain string of one line."""
    from reviewtui.follow.annotations import parsed_string

    if node.end_lineno != node.lineno:
        return
    start = module.column(node.lineno, node.col_offset)
    text = module.lines[node.lineno - 1]
    if text[start : start + 1] not in ("'", '"') or text[start : start + 3] in ("'''", '"""'):
        return
    inner = parsed_string(module, node)
    if inner is None or not str(node.value).isascii() or str(node.value) != str(node.value).strip():
        return
    for part in ast.walk(inner):
        if isinstance(part, ast.Name):
            yield (node.lineno, start + 1 + part.col_offset), Mention(part.id, "name", part)
        elif isinstance(part, ast.Attribute):
            at = start + 1 + (part.end_col_offset or 0) - len(part.attr)
            yield (node.lineno, at), Mention(part.attr, "attribute", part)
