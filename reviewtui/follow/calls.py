"""What calls give: annotations of what they return, or else what their return statements say."""

import ast
from collections.abc import Sequence
from typing import Final

from reviewtui.follow.annotations import Annotations
from reviewtui.follow.members import PROPERTIES, Env, bound_function, decorators, is_variable, last_name
from reviewtui.follow.modules import Module
from reviewtui.follow.scopes import FunctionNode
from reviewtui.follow.values import (
    ClassValue,
    Found,
    FunctionValue,
    Instance,
    TupleValue,
    Value,
    Values,
    merged,
)

_RETURNS: Final = 12
"""So many return statements of a function are looked at."""
_COROUTINES: Final = frozenset({"Coroutine", "Awaitable", "CoroutineType"})


class Calls(Annotations):
    """Tells what calls give."""

    def bound_values(self, found: Found, receiver: Value | None = None) -> Values:
        """What a binding gives to its name."""
        raise NotImplementedError

    def member_values(self, value: Value, name: str) -> Values:
        """What an attribute of a value stands for."""
        groups = []
        for goal in self.attribute(value, name):
            if isinstance(goal, Found):
                receiver = value
                if hasattr(value, "receiver") and type(value).__name__ == "SuperValue":
                    receiver = Instance(value.receiver) if isinstance(value.receiver, ClassValue) else value
                is_property = goal.binding is not None and decorators(goal.binding.node) & PROPERTIES
                function = bound_function(goal, receiver) if is_property else None
                if function and isinstance(receiver, Instance):
                    groups.append(self.returned(function))
                else:
                    groups.append(self.bound_values(goal, receiver))
            else:
                groups.append((goal,))
        return merged(groups)

    def called(self, functions: Values, module: Module, call: ast.Call) -> Values:
        """What a call gives."""
        groups: list[Values] = []
        overloads = [f for f in functions if isinstance(f, FunctionValue) and "overload" in decorators(f.node)]
        chosen = False
        for function in functions:
            if isinstance(function, ClassValue):
                groups.append((self._made(function, module, call),))
            elif isinstance(function, FunctionValue):
                if function in overloads:
                    if chosen or not _fits(function, call):
                        continue
                    given = self.returned(function, module, call)
                    chosen = bool(given)
                    groups.append(given)
                else:
                    groups.append(self.returned(function, module, call))
            elif isinstance(function, Instance):
                groups.append(self.call_member(function, "__call__", module, call.args))
        return merged(groups)

    def _made(self, cls: ClassValue, module: Module, call: ast.Call) -> Value:
        """An object of the class; where the class takes one type and is given a collection, of its elements."""
        if (
            not cls.args
            and call.args
            and cls.node.name in ("list", "set", "tuple", "frozenset", "deque", "reversed", "iter")
        ):
            return Instance(ClassValue(cls.module, cls.node, (self.iterated(self.values(module, call.args[0])),)))
        return Instance(cls)

    def call_member(self, value: Value, name: str, module: Module, args: Sequence[ast.expr] = ()) -> Values:
        """What a method of a value gives."""
        if not name:
            return ()
        call = ast.Call(ast.Name(name), list(args), [])
        return self.called(self.member_values(value, name), module, call)

    def returned(self, function: FunctionValue, module: Module | None = None, call: ast.Call | None = None) -> Values:
        """What a function returns."""
        node, home = function.node, function.module
        key = (node, function.receiver)
        if key in self.busy or len(self.busy) > self.DEEPEST:
            return ()
        self.step()
        self.busy.add(key)
        try:
            if isinstance(node, ast.Lambda):
                return self.values(home, node.body)
            found: Values = ()
            if node.returns is not None:
                env = self._env(function, module, call)
                found = self.annotated(home, node.returns, env)
            elif home.is_inside:
                found = self._body(function)
            if isinstance(node, ast.AsyncFunctionDef) and not self._yields(home, node):
                return self.instance_of("Coroutine", "typing", ((), (), found))
            return found
        finally:
            self.busy.discard(key)

    def _yields(self, module: Module, node: FunctionNode) -> bool:
        scope = module.scopes.opened.get(node)
        return bool(scope and scope.yields) and (not isinstance(node, ast.Lambda))

    def _body(self, function: FunctionValue) -> Values:
        """What the statements of a function return."""
        scope = function.module.scopes.opened.get(function.node)
        if scope is None:
            return ()
        if scope.yields:
            groups = []
            for part in scope.yields[:_RETURNS]:
                if part.value is not None:
                    values = self.values(function.module, part.value)
                    groups.append(self.iterated(values) if isinstance(part, ast.YieldFrom) else values)
            is_async = isinstance(function.node, ast.AsyncFunctionDef)
            name = "AsyncGenerator" if is_async else "Generator"
            return self.instance_of(name, "typing", (merged(groups), (), ()))
        found = merged([self.values(function.module, value) for value in scope.returns[:_RETURNS]])
        return self._as_received(found, function)

    def _as_received(self, values: Values, function: FunctionValue) -> Values:
        """`return self` gives the object that the method was called on, not one of the class that has the method."""
        own = self.receiver_of(function.module, function.node)
        receiver = function.receiver
        if own is None or receiver is None or not isinstance(receiver, Instance | ClassValue):
            return values
        return tuple(receiver if value == own else value for value in values)

    # Type variables

    def _env(self, function: FunctionValue, module: Module | None, call: ast.Call | None) -> dict[str, Values]:
        """What the type variables of a function stand for in a call."""
        env: dict[str, Values] = {}
        if function.owner is not None:
            env |= self.env_of(function.owner, None)
        if function.receiver is not None:
            env["Self"] = (function.receiver,)
        node = function.node
        arguments = [*node.args.posonlyargs, *node.args.args]
        bound = function.receiver is not None and "staticmethod" not in decorators(node)
        if bound and arguments:
            first = arguments.pop(0)
            if first.annotation is not None and function.receiver is not None:
                self._bind_variable(function.module, first.annotation, (function.receiver,), env)
        if call is None or module is None:
            return env
        given: dict[str, ast.expr] = {k.arg: k.value for k in call.keywords if k.arg}
        positional = [arg for arg in call.args if not isinstance(arg, ast.Starred)]
        for index, argument in enumerate([*arguments, *node.args.kwonlyargs]):
            value = given.get(argument.arg)
            if value is None and index < len(positional) and index < len(arguments):
                value = positional[index]
            if (
                value is not None
                and argument.annotation is not None
                and self._has_variable(function.module, argument.annotation)
            ):
                self._bind_variable(function.module, argument.annotation, self.values(module, value), env)
        return env

    def _has_variable(self, module: Module, annotation: ast.expr) -> bool:
        return any(isinstance(part, ast.Name) and self._variable_name(module, part) for part in ast.walk(annotation))

    def _variable_name(self, module: Module, node: ast.expr) -> str:
        if not isinstance(node, ast.Name):
            return ""
        goals = self.all_followed(self.bound(module, node.id, module.scopes.of.get(node, module.scope)))
        return node.id if any(is_variable(goal) for goal in goals) else ""

    def _bind_variable(self, module: Module, annotation: ast.expr, values: Values, env: dict[str, Values]) -> None:
        """Learn from an argument what a type variable stands for."""
        name = self._variable_name(module, annotation)
        if name:
            env.setdefault(name, values)
            return
        if isinstance(annotation, ast.BinOp):
            for part in (annotation.left, annotation.right):
                self._bind_variable(module, part, values, env)
        if not isinstance(annotation, ast.Subscript):
            return
        inner = annotation.slice
        outer = last_name(annotation)
        if outer in ("Type", "type"):
            made: Values = tuple(Instance(value) for value in values if isinstance(value, ClassValue))
            self._bind_variable(module, inner, made, env)
        elif outer in ("Optional", "Annotated"):
            self._bind_variable(module, inner, values, env)
        elif outer == "Callable" and isinstance(inner, ast.Tuple) and len(inner.elts) == 2:
            given = merged([self.returned(value) for value in values if isinstance(value, FunctionValue)])
            given = merged([given, tuple(Instance(value) for value in values if isinstance(value, ClassValue))])
            self._bind_variable(module, inner.elts[1], given, env)
        elif not isinstance(inner, ast.Tuple) and self._variable_name(module, inner):
            self._bind_variable(module, inner, self.iterated(values), env)

    # Protocols of the language

    def iterated(self, values: Values, *, is_async: bool = False) -> Values:
        """What iterating over values gives."""
        start, following = ("__aiter__", "__anext__") if is_async else ("__iter__", "__next__")
        groups: list[Values] = []
        for value in values:
            if isinstance(value, TupleValue):
                groups += value.parts
            elif isinstance(value, Instance):
                for iterator in self._plain_call(value, start):
                    given = self._plain_call(iterator, following)
                    groups.append(self.awaited(given) if is_async else given)
        return merged(groups)

    def entered(self, values: Values, *, is_async: bool = False) -> Values:
        """What `with … as` gives."""
        groups: list[Values] = []
        for value in values:
            name = value.cls.node.name if isinstance(value, Instance) else ""
            if name in ("Generator", "Iterator", "AsyncGenerator", "AsyncIterator") and isinstance(value, Instance):
                # A generator that is entered was made a context manager by its decorator.
                groups.append(value.cls.args[0] if value.cls.args else ())
            elif is_async:
                groups.append(self.awaited(self._plain_call(value, "__aenter__")))
            else:
                groups.append(self._plain_call(value, "__enter__"))
        return merged(groups)

    def awaited(self, values: Values) -> Values:
        """What `await` gives."""
        objects = [value.cls for value in values if isinstance(value, Instance)]
        return merged([cls.args[-1] for cls in objects if cls.node.name in _COROUTINES and cls.args])

    def _plain_call(self, value: Value, name: str) -> Values:
        if not isinstance(value, Instance):
            return ()
        groups = []
        for goal in self.class_members(self.order(value.cls), name):
            function = bound_function(goal, value)
            if function is not None:
                groups.append(self.returned(function))
        return merged(groups)


def _fits(function: FunctionValue, call: ast.Call) -> bool:
    """Whether an overload takes so many arguments."""
    arguments = function.node.args
    count = len(arguments.posonlyargs) + len(arguments.args) - (function.receiver is not None)
    needed = count - len(arguments.defaults)
    given = len(call.args)
    names = {argument.arg for argument in (*arguments.args, *arguments.kwonlyargs)}
    if any(k.arg and k.arg not in names for k in call.keywords) and arguments.kwarg is None:
        return False
    if given > count and arguments.vararg is None:
        return False
    return given + len(call.keywords) >= needed or any(isinstance(arg, ast.Starred) for arg in call.args)


__all__ = ["Calls", "Env"]
