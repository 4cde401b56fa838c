"""Where the name at a place of a file is defined."""

import ast
from dataclasses import dataclass
from typing import Final

from reviewtui.follow.infer import Inference
from reviewtui.follow.members import decorators
from reviewtui.follow.mentions import Mention, mentions, name_position
from reviewtui.follow.modules import Module, World
from reviewtui.follow.names import GaveUpError, Goal
from reviewtui.follow.scopes import Scope
from reviewtui.follow.values import ClassValue, FolderValue, Found, FunctionValue, Instance, OutsideValue, Value, Values

_KINDS: Final = {"import": "import", "from": "import", "param": "parameter"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is defined."""

    name: str
    """Dotted, within its module."""
    kind: str
    path: str
    """Of the repository; empty for what is not in it."""
    line: int = 0
    column: int = 0
    module: str = ""
    note: str = ""
    """Of what is not in the repository: what it belongs to."""

    @property
    def is_inside(self) -> bool:
        """Whether it is in the repository."""
        return bool(self.path)


@dataclass(frozen=True, slots=True)
class Definition:
    """What was found for a name."""

    name: str
    targets: tuple[Target, ...]
    is_sure: bool
    found: tuple[Found, ...] = ()
    """The bindings of the targets, for who looks further."""
    gave_up: bool = False


class Question(Inference):
    """One question about a world."""

    def goals(self, module: Module, mention: Mention) -> list[Goal]:
        """Where a name leads, imports followed."""
        goals = self._goals(module, mention)
        return _without_overloads(self.all_followed(goals))

    def _goals(self, module: Module, mention: Mention) -> list[Goal]:
        node = mention.node
        if mention.role == "name" and isinstance(node, ast.Name):
            return list(self.bound(module, node.id, module.scopes.of.get(node, module.scope), node))
        if mention.role == "attribute" and isinstance(node, ast.Attribute):
            return self._attribute_goals(module, node)
        if mention.role == "definition":
            return self._own(module, mention, self.holder(module, node))
        if mention.role == "argument":
            return self._own(module, mention, module.scopes.opened.get(self._function_of(module, node), module.scope))
        if mention.role == "caught":
            return self._own(module, mention, self.holder(module, node))
        if mention.role == "alias" and isinstance(node, ast.alias):
            statement = module.scopes.parents.get(node)
            if isinstance(statement, ast.ImportFrom):
                return self.from_import(module, statement, node.name)
            return [self.imported(node.name, module)]
        if mention.role == "part":
            if isinstance(node, ast.ImportFrom) and node.level:
                found = self.world.imported(mention.prefix, module, node.level)
                return [] if found is None else [Found(found) if isinstance(found, Module) else FolderValue(found)]
            return [self.imported(mention.prefix, module)]
        if mention.role == "keyword" and isinstance(node, ast.keyword):
            return self._keyword_goals(module, node)
        if mention.role == "declared":
            scope = self.holder(module, node)
            return list(self.bound(module, mention.name, scope.parent or scope))
        return []

    def _attribute_goals(self, module: Module, node: ast.Attribute) -> list[Goal]:
        found: list[Goal] = []
        for value in self.values(module, node.value):
            found += self.attribute(value, node.attr)
        if not isinstance(node.ctx, ast.Load):
            own = [goal for goal in found if isinstance(goal, Found) and goal.binding and goal.binding.node is node]
            return list(own or found)
        return list(dict.fromkeys(found))

    def _keyword_goals(self, module: Module, node: ast.keyword) -> list[Goal]:
        call = module.scopes.parents.get(node)
        if not isinstance(call, ast.Call) or node.arg is None:
            return []
        found: list[Goal] = []
        for value in self.values(module, call.func):
            found += self._parameter_of(value, node.arg)
        return list(dict.fromkeys(found))

    def _parameter_of(self, value: Value, name: str) -> list[Goal]:
        if isinstance(value, FunctionValue):
            scope = value.module.scopes.opened.get(value.node)
            bindings = scope.names.get(name, ()) if scope else ()
            found = [Found(value.module, b) for b in bindings if b.kind == "param" and not _is_rest(value.node, b.node)]
            rest = value.node.args.kwarg
            if not found and scope and rest is not None:
                return [Found(value.module, b) for b in scope.names.get(rest.arg, ()) if b.node is rest]
            return list(found)
        if isinstance(value, Instance):
            order = self.order(value.cls)
            return self._of_methods(order, "__call__", name)
        if isinstance(value, ClassValue):
            order = self.order(value)
            inits = self._of_methods(order, "__init__", name) or self._of_methods(order, "__new__", name)
            if inits or not value.module.is_inside:
                return inits
            return [f for f in self.class_members(order, name) if f.binding and f.binding.annotation is not None]
        return []

    def _of_methods(self, order: "list[ClassValue | None]", method: str, name: str) -> list[Goal]:
        found: list[Goal] = []
        for member in self.class_members(order, method):
            if member.binding and isinstance(member.binding.node, ast.FunctionDef | ast.AsyncFunctionDef):
                found += self._parameter_of(FunctionValue(member.module, member.binding.node), name)
        return found

    def _own(self, module: Module, mention: Mention, scope: Scope) -> list[Goal]:
        """The binding that a name is itself."""
        bindings = [*scope.names.get(mention.name, ())]
        cls = scope.node if isinstance(scope.node, ast.ClassDef) else None
        owner = ClassValue(module, cls) if cls else None
        return [Found(module, b, owner) for b in bindings if b.node is mention.node]

    def _function_of(self, module: Module, node: ast.AST) -> ast.AST:
        above = module.scopes.parents.get(node)
        return module.scopes.parents.get(above, module.tree) if above else module.tree

    def holder(self, module: Module, node: ast.AST) -> Scope:
        """The scope that a statement stands in."""
        for above in module.parents(node):
            if above in module.scopes.opened:
                return module.scopes.opened[above]
        return module.scope

    def types(self, module: Module, mention: Mention) -> Values:
        """What a name stands for."""
        node = mention.node
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            return self.values(module, node)
        found: list[Value] = []
        for goal in self.goals(module, mention):
            found += self.goal_values(goal)
        return tuple(dict.fromkeys(found))


def mention_at(module: Module, line: int, column: int) -> Mention | None:
    """The name that a column touches."""
    found = mentions(module)
    for start in range(column, max(-1, column - 200), -1):
        mention = found.get((line, start))
        if mention is not None:
            return mention if start + len(mention.name) > column else None
    return None


def define(world: World, module: Module, line: int, column: int) -> Definition | None:
    """Where the name at a place is defined; None where there is no name, no targets where that is not known."""
    mention = mention_at(module, line, column)
    return None if mention is None else define_mention(world, module, mention)


def define_mention(world: World, module: Module, mention: Mention, question: Question | None = None) -> Definition:
    """Where a name is defined; a question that is given goes on with what it has found out."""
    question = question or Question(world)
    question.steps, question.is_unsure = 0, False
    try:
        goals = question.goals(module, mention)
    except (GaveUpError, RecursionError):
        return Definition(mention.name, (), False, gave_up=True)
    targets: dict[Target, None] = {}
    found = []
    for goal in goals:
        target = target_of(goal)
        if target is not None and target not in targets:
            targets[target] = None
            if isinstance(goal, Found):
                found.append(goal)
    return Definition(mention.name, tuple(targets), not question.is_unsure, tuple(found))


def target_of(goal: Goal) -> Target | None:
    """Where a goal is."""
    if isinstance(goal, OutsideValue):
        package = goal.name.partition(".")[0]
        return Target(goal.name, "outside", "", note=f"package {package}, which is not in this repository")
    if isinstance(goal, FolderValue):
        return None
    module, binding = goal.module, goal.binding
    note = "" if module.is_inside else "the standard library"
    path = module.path if module.is_inside else ""
    if binding is None:
        return Target(module.name, "module", path, 1, 0, module.name, note)
    line, column = name_position(module, binding.node)
    outer = qualified(module, binding.node)
    name = f"{outer}.{binding.name}" if outer else binding.name
    if isinstance(binding.node, ast.ClassDef):
        kind = "class"
    elif isinstance(binding.node, ast.FunctionDef | ast.AsyncFunctionDef):
        kind = "method" if goal.owner or _in_class(module, binding.node) else "function"
    elif isinstance(binding.node, ast.Attribute):
        kind = "attribute"
    else:
        kind = _KINDS.get(binding.kind, "variable")
    return Target(name, kind, path, line, column, module.name, note)


def qualified(module: Module, node: ast.AST) -> str:
    """The dotted name of the functions and classes around a node."""
    return ".".join(
        above.name
        for above in reversed(list(module.parents(node)))
        if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    )


def _in_class(module: Module, node: ast.AST) -> bool:
    above = next((n for n in module.parents(node) if n in module.scopes.opened), None)
    return isinstance(above, ast.ClassDef)


def _is_rest(function: ast.AST, node: ast.AST) -> bool:
    arguments = getattr(function, "args", None)
    return isinstance(arguments, ast.arguments) and node in (arguments.vararg, arguments.kwarg)


def _without_overloads(goals: list[Goal]) -> list[Goal]:
    """Where a function is there, its overloads are not what is looked for."""

    def is_overload(goal: Goal) -> bool:
        return isinstance(goal, Found) and goal.binding is not None and "overload" in decorators(goal.binding.node)

    return [goal for goal in goals if not is_overload(goal)] or goals
