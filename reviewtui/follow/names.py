"""From a name to what it was bound to: through scopes, imports, re-exports and star imports."""

import ast
from typing import Final, TypeAlias

from reviewtui.follow.flow import reaching
from reviewtui.follow.modules import Folder, Module, World
from reviewtui.follow.scopes import Scope
from reviewtui.follow.values import FolderValue, Found, OutsideValue

Goal: TypeAlias = Found | FolderValue | OutsideValue
"""Where a name leads."""

STEPS: Final = 12_000
"""So much is looked at for one question; after that there is no answer."""
_DEEPEST: Final = 40
_OF_MODULES: Final = frozenset({"__name__", "__file__", "__doc__", "__package__", "__path__", "__spec__", "__loader__"})
"""What every module has without a word about it."""


class GaveUpError(Exception):
    """A question takes too much."""


class Names:
    """Looks names up in a world; holds what is remembered of one question."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.steps = 0
        self.is_unsure = False
        """Whether something was met on the way that could not be looked into."""

    def step(self) -> None:
        """Count.

        Raises:
            GaveUpError: it is enough.
        """
        self.steps += 1
        if self.steps > STEPS:
            raise GaveUpError

    def bound(self, module: Module, name: str, scope: Scope, use: ast.AST | None = None) -> list[Found]:
        """The bindings that a name may have where it is used; imports are not followed."""
        for around in scope.lookup(name):
            found = around.names.get(name)
            if found:
                if use is not None and (around is scope or _is_shared(scope, around)):
                    found = reaching(module, found, use, around.node)
                return [Found(module, binding) for binding in found]
            if around.kind == "module" and around.stars:
                starred = self._starred(module, name, 0)
                if starred:
                    return starred
        if name in _OF_MODULES:
            return [Found(module)]
        builtins = self.world.stub("builtins")
        if builtins and name in builtins.scope.names:
            return [Found(builtins, binding) for binding in builtins.scope.names[name]]
        return []

    def member(self, module: Module, name: str, depth: int = 0) -> list[Goal]:
        """What a name of a module is bound to; a module of a package too."""
        found = module.scope.names.get(name)
        if found:
            return [Found(module, binding) for binding in found]
        if module.scope.stars and (starred := self._starred(module, name, depth)):
            return list(starred)
        inner = self.world.submodule(module, name)
        if inner is not None:
            return [_goal(inner)]
        if "__getattr__" in module.scope.names:
            self.is_unsure = True
        return []

    def _starred(self, module: Module, name: str, depth: int) -> list[Found]:
        if depth > _DEEPEST:
            return []
        self.step()
        for star in reversed(module.scope.stars):
            base = self.world.imported(star.module or "", module, star.level)
            if base is None:
                self.is_unsure = True
            if isinstance(base, Module) and base is not module and not name.startswith("_"):
                found = [goal for goal in self.member(base, name, depth + 1) if isinstance(goal, Found)]
                if found:
                    return found
        return []

    def followed(self, goal: Goal, depth: int = 0) -> list[Goal]:
        """Where imports lead in the end."""
        self.step()
        if not isinstance(goal, Found) or goal.binding is None or depth > _DEEPEST:
            return [goal]
        node, statement, module = goal.binding.node, goal.binding.statement, goal.module
        if isinstance(statement, ast.Import) and isinstance(node, ast.alias):
            name = node.name if node.asname else node.name.partition(".")[0]
            return [self.imported(name, module)]
        if isinstance(statement, ast.ImportFrom) and isinstance(node, ast.alias):
            return self.from_import(module, statement, node.name, depth)
        return [goal]

    def from_import(self, module: Module, statement: ast.ImportFrom, name: str, depth: int = 0) -> list[Goal]:
        """What `from … import name` imports."""
        base = self.world.imported(statement.module or "", module, statement.level)
        if isinstance(base, Folder):
            inner = self.world.inside_folder(base, name)
            return [_goal(inner)] if inner is not None else []
        if base is None:
            if statement.level:
                return []
            return [OutsideValue(f"{statement.module}.{name}")]
        found: list[Goal] = []
        members = self.member(base, name)
        if base is module:  # a package that imports its own module by name
            inner = self.world.submodule(module, name)
            members = [_goal(inner)] if inner is not None else []
        for member in members:
            found += self.followed(member, depth + 1)
        return list(dict.fromkeys(found))

    def imported(self, name: str, module: Module) -> Goal:
        """What `import name` imports."""
        found = self.world.imported(name, module)
        return OutsideValue(name) if found is None else _goal(found)

    def all_followed(self, goals: "list[Goal] | list[Found]") -> list[Goal]:
        """As `followed`, for several."""
        return list(dict.fromkeys(end for goal in goals for end in self.followed(goal)))


def _goal(found: Module | Folder) -> Goal:
    return Found(found) if isinstance(found, Module) else FolderValue(found)


def _is_shared(scope: Scope, around: Scope) -> bool:
    """Whether only comprehensions are between the two: what is in force in one is in the other."""
    inner: Scope | None = scope
    while inner is not None and inner.kind == "comprehension":
        inner = inner.parent
    return inner is around
