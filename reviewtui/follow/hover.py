"""What is known of a name in a few lines: how it is called, what it is, what its docstring says."""

import ast
import builtins
import sysconfig
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import Final

from reviewtui.follow.define import Question, Target, define_mention, target_of
from reviewtui.follow.mentions import Mention
from reviewtui.follow.modules import Module, World, parsed
from reviewtui.follow.names import GaveUpError
from reviewtui.follow.values import ClassValue, Found, FunctionValue, Instance, ModuleValue, Value

_LONGEST: Final = 6000
"""So many characters of a docstring are shown."""
_SIGNATURE: Final = 600


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader wants to know of a name at a glance."""

    name: str
    kind: str
    signature: str
    doc: str
    target: Target | None
    types: tuple[str, ...]
    """The classes of what it stands for, where they are known."""
    others: int
    """How many further definitions there are."""
    is_sure: bool


def hover(world: World, module: Module, mention: Mention) -> Card | None:
    """What is known of a name; None where nothing is."""
    question = Question(world)
    try:
        goals = question.goals(module, mention)
        definition = define_mention(world, module, mention)
        types = tuple(dict.fromkeys(map(_type_name, question.types(module, mention))))
    except (GaveUpError, RecursionError):
        return None
    if not definition.targets:
        return Card(mention.name, "", "", "", None, types, 0, is_sure=False) if types else None
    target = definition.targets[0]
    goal = next((goal for goal in goals if isinstance(goal, Found) and target_of(goal) == target), None)
    signature, doc = ("", "") if goal is None else (_signature(goal), _doc(goal, question))
    shown = () if target.kind in ("class", "function", "method", "module") else tuple(name for name in types if name)
    others = len(definition.targets) - 1
    return Card(mention.name, target.kind, signature, doc, target, shown, others, is_sure=definition.is_sure)


def _type_name(value: Value) -> str:
    if isinstance(value, Instance):
        return value.cls.node.name
    if isinstance(value, ClassValue):
        return f"class {value.node.name}"
    if isinstance(value, FunctionValue):
        return "function"
    if isinstance(value, ModuleValue):
        return f"module {value.module.name}"
    return type(value).__name__.removesuffix("Value").lower()


def _signature(goal: Found) -> str:
    """As it is written in the file, on one line."""
    node = goal.binding.node if goal.binding else None
    if goal.binding is None or node is None:
        return f"module {goal.module.name}"
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        text = _function(node)
    elif isinstance(node, ast.ClassDef):
        bases = ", ".join(map(ast.unparse, (*node.bases, *node.keywords)))
        text = f"class {node.name}({bases})" if bases else f"class {node.name}"
        scope = goal.module.scopes.opened.get(node)
        for binding in scope.names.get("__init__", ())[:1] if scope else ():
            if isinstance(binding.node, ast.FunctionDef):
                text += f"\n    {_function(binding.node)}"
    elif isinstance(node, ast.arg):
        text = ast.unparse(node) + (f" = {ast.unparse(goal.binding.value)}" if goal.binding.value else "")
    else:
        line = getattr(goal.binding.statement, "lineno", getattr(node, "lineno", 0))
        text = goal.module.lines[line - 1].strip() if 0 < line <= len(goal.module.lines) else ""
    return text[:_SIGNATURE]


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    above = "".join(f"@{ast.unparse(decorator)}\n" for decorator in node.decorator_list[:4])
    return f"{above}{word} {node.name}({ast.unparse(node.args)}){returns}"


def _doc(goal: Found, question: Question) -> str:
    node = goal.binding.node if goal.binding else goal.module.tree
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
        return ""
    text = ast.get_docstring(node) or ""
    if not text and isinstance(node, ast.ClassDef):
        scope = goal.module.scopes.opened.get(node)
        for binding in scope.names.get("__init__", ()) if scope else ():
            if isinstance(binding.node, ast.FunctionDef):
                text = text or ast.get_docstring(binding.node) or ""
    if not text and goal.owner is not None and goal.binding is not None:
        # As `inspect.getdoc` has it, a method without words has those of the one that it overrides.
        for base in question.class_members(question.order(goal.owner)[1:], goal.binding.name):
            if base.binding and isinstance(base.binding.node, ast.FunctionDef | ast.AsyncFunctionDef):
                text = text or ast.get_docstring(base.binding.node) or ""
    if not text and not goal.module.is_inside:
        text = _library_doc(goal, node)
    return text[:_LONGEST]


def _library_doc(goal: Found, node: ast.AST) -> str:
    """What the interpreter's own library says, read from its source; of builtins what they say themselves."""
    names = [above.name for above in reversed(list(goal.module.parents(node))) if isinstance(above, ast.ClassDef)]
    names += [goal.binding.name] if goal.binding else []
    if goal.module.name == "builtins":
        found: object = builtins
        for name in names:
            found = getattr(found, name, None)
        doc = getattr(found, "__doc__", "") if found is not None else ""
        return cleandoc(doc) if isinstance(doc, str) else ""
    module = _library_module(goal.module.name)
    if module is None:
        return ""
    inner: ast.AST = module.tree
    for name in names:
        body = getattr(inner, "body", [])
        found_node = next((n for n in body if getattr(n, "name", None) == name), None)
        if found_node is None:
            return ""
        inner = found_node
    is_documented = isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module)
    return (ast.get_docstring(inner) or "") if is_documented else ""  # type: ignore[arg-type]  # as just tested


def _library_module(name: str) -> Module | None:
    """The source of a module of the standard library."""
    folder = Path(sysconfig.get_path("stdlib"))
    name = "posixpath" if name == "os.path" else name
    for end in (".py", "/__init__.py"):
        try:
            return parsed(name, name, (folder / (name.replace(".", "/") + end)).read_bytes(), is_inside=False)
        except OSError:
            continue
    return None
