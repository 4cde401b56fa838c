"""What expressions stand for: read from assignments, annotations, calls and returns, never by running any."""

import ast
from collections.abc import Callable, Sequence
from typing import Final

from reviewtui.follow.calls import Calls
from reviewtui.follow.members import Env, bound_function, last_name
from reviewtui.follow.modules import Module
from reviewtui.follow.narrow import narrowing
from reviewtui.follow.scopes import all_arguments
from reviewtui.follow.values import (
    ClassValue,
    FolderValue,
    Found,
    FunctionValue,
    Instance,
    ModuleValue,
    OutsideValue,
    SuperValue,
    TupleValue,
    Value,
    Values,
    merged,
)

_ELEMENTS: Final = 6
"""So many elements of a list say what is in it."""
_OPERATIONS: Final = {
    ast.Add: "__add__",
    ast.Sub: "__sub__",
    ast.Mult: "__mul__",
    ast.Div: "__truediv__",
    ast.FloorDiv: "__floordiv__",
    ast.Mod: "__mod__",
    ast.BitAnd: "__and__",
    ast.BitOr: "__or__",
    ast.BitXor: "__xor__",
}
MODULE_TEXTS: Final = frozenset({"__name__", "__file__", "__doc__", "__package__"})
_CONSTANTS: Final = {str: "str", bytes: "bytes", int: "int", float: "float", bool: "bool", complex: "complex"}


class Inference(Calls):
    """Tells what expressions stand for, for one question."""

    def values(self, module: Module, node: ast.AST) -> Values:
        """What an expression may stand for; nothing where that is not known."""
        known = self.remembered.get(node)
        if known is not None:
            return known
        if node in self.busy or len(self.busy) > self.DEEPEST:
            return ()
        self.step()
        self.busy.add(node)
        try:
            handler: Callable[[Module, ast.AST], Values] | None = getattr(self, f"_{type(node).__name__}", None)
            found = handler(module, node) if handler else ()
        finally:
            self.busy.discard(node)
        self.remembered[node] = found
        return found

    # Names and attributes

    def _Name(self, module: Module, node: ast.Name) -> Values:  # noqa: N802
        narrowed = self._narrowed(module, node)
        if narrowed:
            return narrowed
        scope = module.scopes.of.get(node, module.scope)
        if node.id in MODULE_TEXTS:
            return self.instance_of("str")
        return merged([self.bound_values(found) for found in self.bound(module, node.id, scope, node)])

    def _Attribute(self, module: Module, node: ast.Attribute) -> Values:  # noqa: N802
        narrowed = self._narrowed(module, node)
        if narrowed:
            return narrowed
        groups: list[Values] = []
        for value in self.values(module, node.value):
            if node.attr == "__class__" and isinstance(value, Instance):
                groups.append((value.cls,))
                continue
            groups.append(self.member_values(value, node.attr))
        return merged(groups)

    def _narrowed(self, module: Module, node: ast.expr) -> Values:
        tests = narrowing(module, node)
        if not tests:
            return ()
        return merged([self._instances(self.values(module, test)) for test in tests[:1]])

    def _instances(self, values: Values) -> Values:
        found: list[Value] = []
        for value in values:
            if isinstance(value, ClassValue):
                found.append(Instance(value))
            elif isinstance(value, TupleValue):
                found += [v for part in value.parts for v in self._instances(part)]
        return tuple(found)

    # Literals

    def _Constant(self, _module: Module, node: ast.Constant) -> Values:  # noqa: N802
        name = _CONSTANTS.get(type(node.value))
        return self.instance_of(name) if name else ()

    def _JoinedStr(self, _module: Module, _node: ast.JoinedStr) -> Values:  # noqa: N802
        return self.instance_of("str")

    def _elements(self, module: Module, nodes: Sequence[ast.expr | None]) -> Values:
        return merged([self.values(module, node) for node in nodes[:_ELEMENTS] if node is not None])

    def _List(self, module: Module, node: ast.List) -> Values:  # noqa: N802
        return self.instance_of("list", args=(self._elements(module, node.elts),))

    def _Set(self, module: Module, node: ast.Set) -> Values:  # noqa: N802
        return self.instance_of("set", args=(self._elements(module, node.elts),))

    def _Dict(self, module: Module, node: ast.Dict) -> Values:  # noqa: N802
        return self.instance_of("dict", args=(self._elements(module, node.keys), self._elements(module, node.values)))

    def _Tuple(self, module: Module, node: ast.Tuple) -> Values:  # noqa: N802
        if any(isinstance(part, ast.Starred) for part in node.elts) or len(node.elts) > 20:
            return self.instance_of("tuple", args=(self._elements(module, node.elts),))
        return (TupleValue(tuple(self.values(module, part) for part in node.elts)),)

    def _ListComp(self, module: Module, node: ast.ListComp) -> Values:  # noqa: N802
        return self.instance_of("list", args=(self.values(module, node.elt),))

    def _SetComp(self, module: Module, node: ast.SetComp) -> Values:  # noqa: N802
        return self.instance_of("set", args=(self.values(module, node.elt),))

    def _GeneratorExp(self, module: Module, node: ast.GeneratorExp) -> Values:  # noqa: N802
        return self.instance_of("Generator", "typing", (self.values(module, node.elt), (), ()))

    def _DictComp(self, module: Module, node: ast.DictComp) -> Values:  # noqa: N802
        return self.instance_of("dict", args=(self.values(module, node.key), self.values(module, node.value)))

    def _Lambda(self, module: Module, node: ast.Lambda) -> Values:  # noqa: N802
        return (FunctionValue(module, node),)

    # What is made of others

    def _Call(self, module: Module, node: ast.Call) -> Values:  # noqa: N802
        name = last_name(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
        if name == "super" and isinstance(node.func, ast.Name):
            return self._super(module, node)
        if name == "cast" and len(node.args) == 2:
            return self.annotated(module, node.args[0], {})
        if name == "type" and len(node.args) == 1 and isinstance(node.func, ast.Name):
            found = tuple(v.cls for v in self.values(module, node.args[0]) if isinstance(v, Instance))
            return found or self.instance_of("type")
        return self.called(self.values(module, node.func), module, node)

    def _super(self, module: Module, node: ast.Call) -> Values:
        for above in module.parents(node):
            if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef):
                cls = self.own_class(module, above)
                if cls is not None:
                    return (SuperValue(cls, cls),)
        return ()

    def _Subscript(self, module: Module, node: ast.Subscript) -> Values:  # noqa: N802
        groups: list[Values] = []
        for value in self.values(module, node.value):
            index = node.slice
            if isinstance(value, TupleValue) and isinstance(index, ast.Constant) and isinstance(index.value, int):
                if index.value < len(value.parts):
                    groups.append(value.parts[index.value])
            elif isinstance(value, TupleValue) and isinstance(index, ast.UnaryOp):
                groups.append(value.parts[-1] if value.parts else ())
            elif isinstance(value, ClassValue):
                parts = index.elts if isinstance(index, ast.Tuple) else [index]
                args = tuple(self.annotated(module, part, {}) for part in parts)
                groups.append((ClassValue(value.module, value.node, args),))
            elif isinstance(value, Instance) and isinstance(index, ast.Slice):
                groups.append((value,))
            elif isinstance(value, Instance):
                groups.append(self.call_member(value, "__getitem__", module, [index]))
        return merged(groups)

    def _BinOp(self, module: Module, node: ast.BinOp) -> Values:  # noqa: N802
        name = _OPERATIONS.get(type(node.op), "")
        left = self.values(module, node.left)
        found = merged(
            [self.call_member(value, name, module, [node.right]) for value in left if isinstance(value, Instance)]
        )
        return found or tuple(v for v in left if isinstance(v, Instance))

    def _BoolOp(self, module: Module, node: ast.BoolOp) -> Values:  # noqa: N802
        return merged([self.values(module, part) for part in node.values])

    def _IfExp(self, module: Module, node: ast.IfExp) -> Values:  # noqa: N802
        return merged([self.values(module, node.body), self.values(module, node.orelse)])

    def _Compare(self, _module: Module, _node: ast.Compare) -> Values:  # noqa: N802
        return self.instance_of("bool")

    def _UnaryOp(self, module: Module, node: ast.UnaryOp) -> Values:  # noqa: N802
        return self.instance_of("bool") if isinstance(node.op, ast.Not) else self.values(module, node.operand)

    def _NamedExpr(self, module: Module, node: ast.NamedExpr) -> Values:  # noqa: N802
        return self.values(module, node.value)

    def _Await(self, module: Module, node: ast.Await) -> Values:  # noqa: N802
        return self.awaited(self.values(module, node.value))

    # Bindings

    def goal_values(self, goal: "Found | FolderValue | OutsideValue", receiver: Value | None = None) -> Values:
        """What a goal stands for."""
        return self.bound_values(goal, receiver) if isinstance(goal, Found) else (goal,)

    def bound_values(self, found: Found, receiver: Value | None = None) -> Values:
        """What a binding gives to its name; as an attribute, of that receiver."""
        binding, module = found.binding, found.module
        if binding is None:
            return (ModuleValue(module),)
        key = (binding, receiver)
        if key in self.busy or len(self.busy) > self.DEEPEST:
            return ()
        self.step()
        self.busy.add(key)
        try:
            return self._bound_values(found, receiver)
        finally:
            self.busy.discard(key)

    def _bound_values(self, found: Found, receiver: Value | None) -> Values:
        binding, module = found.binding, found.module
        if binding is None:
            return ()
        if binding.kind in ("import", "from"):
            goals = self.followed(found)
            return merged([self.goal_values(goal) for goal in goals if goal != found])
        function = bound_function(found, receiver)
        if function is not None:
            return (function,)
        if isinstance(binding.node, ast.ClassDef):
            return (ClassValue(module, binding.node),)
        env: Env = self.env_of(found.owner, receiver) if found.owner else {}
        if isinstance(binding.node, ast.arg):
            return self._parameter(module, binding.node, binding.statement, binding.value)
        if binding.annotation is not None and last_name(binding.annotation) != "TypeAlias":
            declared = self.annotated(module, binding.annotation, env)
            if declared or binding.value is None:
                return self._described(declared, receiver)
        if binding.value is None:
            return ()
        values = self.values(module, binding.value)
        if binding.kind == "for":
            is_async = isinstance(binding.statement, ast.AsyncFor) or getattr(binding.statement, "is_async", False)
            values = self.iterated(values, is_async=bool(is_async))
        elif binding.kind == "with":
            values = self.entered(values, is_async=isinstance(binding.statement, ast.AsyncWith))
        elif binding.kind == "except":
            values = self._instances(values)
        for index in binding.unpacked:
            values = self._part(values, index)
        return self._described(values, receiver)

    def _described(self, values: Values, receiver: Value | None) -> Values:
        """What a descriptor gives where it is read from an object."""
        if not isinstance(receiver, Instance):
            return values
        found: list[Values] = []
        for value in values:
            if isinstance(value, Instance):
                getters = self.class_members(self.order(value.cls), "__get__")
                functions = [function for getter in getters if (function := bound_function(getter, value))]
                if functions:
                    found.append(self.returned(functions[-1]))
                    continue
            found.append((value,))
        return merged(found)

    def _part(self, values: Values, index: int) -> Values:
        groups = []
        for value in values:
            if isinstance(value, TupleValue) and 0 <= index < len(value.parts):
                groups.append(value.parts[index])
            elif index >= 0:
                groups.append(self.iterated((value,)))
            else:
                groups.append(self.instance_of("list", args=(self.iterated((value,)),)))
        return merged(groups)

    def _parameter(self, module: Module, node: ast.arg, function: ast.AST, default: ast.expr | None) -> Values:
        arguments = getattr(function, "args", None)
        if not isinstance(arguments, ast.arguments):
            return ()
        declared = self.annotated(module, node.annotation, {}) if node.annotation else ()
        if node is arguments.vararg:
            return self.instance_of("tuple", args=(declared,))
        if node is arguments.kwarg:
            return self.instance_of("dict", args=(self.instance_of("str"), declared))
        if declared or node.annotation:
            return declared
        receiver = self.receiver_of(module, function)
        if receiver is not None and node is next(iter([*arguments.posonlyargs, *arguments.args])):
            return (receiver,)
        inherited = self._inherited(module, node, function)
        return inherited or (self.values(module, default) if default is not None else ())

    def _inherited(self, module: Module, node: ast.arg, function: ast.AST) -> Values:
        """What the method that is overridden says of a parameter."""
        cls = self.own_class(module, function)
        name = getattr(function, "name", "")
        if cls is None or name.startswith("__"):
            return ()
        for found in self.class_members(self.order(cls)[1:], name):
            above = found.binding.node if found.binding else None
            if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef):
                for argument in all_arguments(above.args):
                    if argument.arg == node.arg and argument.annotation is not None:
                        return self.annotated(found.module, argument.annotation, {})
        return ()
