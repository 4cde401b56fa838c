"""Where a definition is used: every place with its name in it, confirmed by following the name back."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.follow.define import Definition, Question, Target, define_mention, qualified
from reviewtui.follow.mentions import Mention, mentions
from reviewtui.follow.modules import Module, Position, Read, World

MOST: Final = 5000
"""So many uses of a name are listed."""
_TEXT: Final = 240
"""So many characters of a line are kept."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a name is used."""

    path: str
    line: int
    column: int
    name: str
    around: str
    """The function or class it stands in; empty at the top of a module."""
    text: str
    """The line, without its indentation."""
    is_call: bool
    is_sure: bool
    """False where only the name is the same, and what it belongs to is not known."""


def references(
    world: World, definition: Definition, origin: str, read: Read, *, calls_only: bool = False
) -> Iterator[tuple[int, int, list[Reference]]]:
    """Files done, files in all, and what was found in the last: the same file first, then the package, then the rest.

    Yields also where nothing was found, so that who waits can stop.
    """
    wanted = set(definition.targets)
    if not wanted:
        return
    names = {definition.name, *(target.name.rpartition(".")[2] for target in wanted)} - {""}
    paths = [origin] if _is_local(definition) else in_order(world.paths, origin)
    left = MOST
    for number, path in enumerate(paths, 1):
        data = read(path)
        found: list[Reference] = []
        if data is not None and any(name.encode("utf-8", "surrogatepass") in data for name in names):
            module = world.module(path)
            if module is not None:
                found = list(_in_file(world, module, names, wanted, calls_only=calls_only))[:left]
                left -= len(found)
        yield number, len(paths), found
        if left <= 0:
            return


def in_order(paths: Iterable[str], origin: str) -> list[str]:
    """The file itself, its folder, the folders below and around it, and then the rest."""
    folder = origin.rpartition("/")[0]
    package = folder.partition("/")[0]

    def distance(path: str) -> tuple[int, str]:
        if path == origin:
            return 0, path
        if path.rpartition("/")[0] == folder:
            return 1, path
        if folder and path.startswith(f"{folder}/"):
            return 2, path
        return (3 if package and path.startswith(f"{package}/") else 4), path

    return sorted(paths, key=distance)


def _in_file(
    world: World, module: Module, names: set[str], wanted: set[Target], *, calls_only: bool
) -> Iterator[Reference]:
    question = Question(world)
    here = set(names)
    is_member = any(
        target.kind in ("method", "attribute") or "." in target.name for target in wanted if target.is_inside
    )
    rows: list[tuple[Position, Mention, bool]] = []
    # From another file a parameter is named by a keyword of a call, and no other way.
    only_keywords = all(t.kind == "parameter" and t.path != module.path for t in wanted)
    waiting = sorted(mentions(module).items(), key=lambda item: item[0])
    for position, mention in waiting:
        if mention.name not in here or (only_keywords and mention.role != "keyword"):
            continue
        found = define_mention(world, module, mention, question)
        if wanted & set(found.targets):
            rows.append((position, mention, True))
            if isinstance(mention.node, ast.alias) and mention.node.asname:
                here.add(mention.node.asname)
        elif not found.targets and is_member and mention.role == "attribute" and mention.name in names:
            rows.append((position, mention, False))
    for (line, column), mention, is_sure in rows:
        call = _is_call(module, mention)
        if calls_only and not call:
            continue
        text = module.lines[line - 1].strip()[:_TEXT]
        around = qualified(module, mention.node)
        yield Reference(module.path, line, column, mention.name, around, text, call, is_sure)


def _is_call(module: Module, mention: Mention) -> bool:
    above = module.scopes.parents.get(mention.node)
    if isinstance(above, ast.Call):
        return above.func is mention.node
    # A decorator is called with what it decorates.
    return mention.node in getattr(above, "decorator_list", ())


def _is_local(definition: Definition) -> bool:
    """Whether all that is meant are names of functions, which no other file can mean."""
    if not definition.found or len(definition.found) < len(definition.targets):
        return False
    for found in definition.found:
        binding = found.binding
        if binding is None or isinstance(
            binding.node, ast.Attribute | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        ):
            return False
        if found.owner is not None or (binding.kind == "param" and binding.name not in ("self", "cls")):
            return False
        holder = next((n for n in found.module.parents(binding.node) if n in found.module.scopes.opened), None)
        if not isinstance(holder, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            return False
    return True
