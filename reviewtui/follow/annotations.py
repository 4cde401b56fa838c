"""What annotations say, as far as classes go: unions, type variables, generic classes, strings."""

import ast
from typing import ClassVar, Final

from reviewtui.follow.members import Env, Members, is_variable, last_name
from reviewtui.follow.modules import Module
from reviewtui.follow.scopes import Binding
from reviewtui.follow.values import ClassValue, Found, Instance, TupleValue, Values, merged

_FIRST: Final = frozenset(
    {"Annotated", "Final", "ClassVar", "Required", "NotRequired", "ReadOnly", "InitVar", "TypeGuard"}
)
_NOTHING: Final = frozenset({"Any", "NoReturn", "Never", "Optional", "Union", "LiteralString", "AnyStr"})


class Annotations(Members):
    """Reads annotations."""

    DEEPEST: ClassVar[int] = 60
    """So many questions may wait for each other."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # a world, as `Names` takes it
        self.busy: set[object] = set()
        self.remembered: dict[ast.AST, Values] = {}

    def annotated(self, module: Module, node: ast.expr, env: Env) -> Values:
        """The objects that an annotation admits."""
        self.step()
        key = ("annotation", node)
        if key in self.busy or len(self.busy) > self.DEEPEST:
            return ()
        self.busy.add(key)
        try:
            return self._annotated(module, node, env)
        finally:
            self.busy.discard(key)

    def _annotated(self, module: Module, node: ast.expr, env: Env) -> Values:
        if isinstance(node, ast.Constant):
            inner = parsed_string(module, node)
            return self.annotated(module, inner, env) if inner is not None else ()
        if isinstance(node, ast.BinOp):
            return merged([self.annotated(module, node.left, env), self.annotated(module, node.right, env)])
        if isinstance(node, ast.Subscript):
            return self._subscript(module, node, env)
        if isinstance(node, ast.Name | ast.Attribute):
            return self._named(module, node, env)
        return ()

    def _subscript(self, module: Module, node: ast.Subscript, env: Env) -> Values:
        name, inner = last_name(node), node.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if name == "Optional":
            return self.annotated(module, inner, env)
        if name == "Union":
            return merged([self.annotated(module, part, env) for part in parts])
        if name in _FIRST:
            return self.annotated(module, parts[0], env) if parts else ()
        if name == "Literal":
            return merged([self.values(module, part) for part in parts])
        if name in ("Type", "type"):
            return tuple(v.cls for v in self.annotated(module, inner, env) if isinstance(v, Instance))
        if name in ("Tuple", "tuple"):
            if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
                return self.instance_of("tuple", args=(self.annotated(module, parts[0], env),))
            return (TupleValue(tuple(self.annotated(module, part, env) for part in parts)),)
        args = tuple(self.annotated(module, part, env) for part in parts)
        classes = [value for value in self.values(module, node.value) if isinstance(value, ClassValue)]
        return tuple(Instance(ClassValue(value.module, value.node, args)) for value in classes)

    def _named(self, module: Module, node: ast.Name | ast.Attribute, env: Env) -> Values:
        name = last_name(node)
        if name == "Self":
            return env.get("Self", ())
        if name in _NOTHING:
            return ()
        if isinstance(node, ast.Name):
            scope = module.scopes.of.get(node, module.scope)
            for goal in self.all_followed(self.bound(module, node.id, scope)):
                if is_variable(goal) and isinstance(goal, Found) and goal.binding:
                    return env[name] if name in env else self._bound_of(goal.module, goal.binding)
                if isinstance(goal, Found) and goal.binding and _is_alias(goal.binding) and goal.binding.value:
                    return self.annotated(goal.module, goal.binding.value, env)
        return tuple(Instance(value) for value in self.values(module, node) if isinstance(value, ClassValue))

    def _bound_of(self, module: Module, binding: Binding) -> Values:
        """What a type variable is at least."""
        bound = getattr(binding.node, "bound", None)
        if isinstance(binding.value, ast.Call):
            bound = next((k.value for k in binding.value.keywords if k.arg == "bound"), None)
        return self.annotated(module, bound, {}) if isinstance(bound, ast.expr) else ()


def _is_alias(binding: Binding) -> bool:
    """Whether a name stands for another annotation."""
    return binding.kind == "assign" and isinstance(binding.value, ast.Subscript | ast.BinOp | ast.Constant)


def parsed_string(module: Module, node: ast.Constant) -> ast.expr | None:
    """What an annotation that is a string holds, its names looked up where the string stands."""
    if not isinstance(node.value, str):
        return None
    known = module.memo.get(node)
    if known is not None:
        return known if isinstance(known, ast.expr) else None
    module.memo[node] = ()
    try:
        inner = ast.parse(node.value.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    scope = module.scopes.strings.get(node, module.scope)
    for part in ast.walk(inner):
        if isinstance(part, ast.Name):
            module.scopes.of[part] = scope
    module.memo[node] = inner
    return inner
