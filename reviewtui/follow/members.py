"""What classes have: their order of bases, their members, their type parameters."""

import ast
from collections.abc import Mapping, Sequence
from typing import Final

from reviewtui.follow.modules import Module
from reviewtui.follow.names import Goal, Names
from reviewtui.follow.scopes import Binding, first_argument
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
)

Env = Mapping[str, Values]
"""What type variables stand for; and `Self`."""

PROPERTIES: Final = frozenset(
    {
        "property",
        "cached_property",
        "abstractproperty",
        "locked_cached_property",
        "classproperty",
        "getter",
        "hybrid_property",
    }
)
"""Decorators by which a method is read like an attribute."""
_TYPE_VARIABLES: Final = frozenset({"TypeVar", "ParamSpec", "TypeVarTuple"})
_GENERIC: Final = frozenset({"Generic", "Protocol"})
_DEEPEST: Final = 60


def last_name(node: ast.AST | None) -> str:
    """`Optional` of `typing.Optional[…]`; empty where there is no name."""
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def decorators(node: ast.AST) -> frozenset[str]:
    """The last names of what decorates a function."""
    return frozenset(map(last_name, getattr(node, "decorator_list", ())))


class Members(Names):
    """Looks members up; what an expression stands for is told by who extends this."""

    def values(self, module: Module, node: ast.AST) -> Values:
        """What an expression may stand for."""
        raise NotImplementedError

    def annotated(self, module: Module, node: ast.expr, env: Env) -> Values:
        """What an annotation says."""
        raise NotImplementedError

    # Classes

    def stub_class(self, name: str, module: str = "builtins", args: tuple[Values, ...] = ()) -> Values:
        """A class of the standard library; nothing where it is not known."""
        found = self.world.stub(module)
        for binding in found.scope.names.get(name, ()) if found else ():
            if found and isinstance(binding.node, ast.ClassDef):
                return (ClassValue(found, binding.node, args),)
        return ()

    def instance_of(self, name: str, module: str = "builtins", args: tuple[Values, ...] = ()) -> Values:
        """An object of a class of the standard library."""
        return tuple(Instance(cls) for cls in self.stub_class(name, module, args) if isinstance(cls, ClassValue))

    def params(self, cls: ClassValue) -> tuple[str, ...]:
        """The names of a class's type parameters, in order."""
        known = cls.module.memo.get(cls.node)
        if isinstance(known, tuple):
            return known
        cls.module.memo[cls.node] = ()  # a class may be met again while its bases are looked at
        own = [param.name for param in getattr(cls.node, "type_params", ())]
        found: list[str] = []
        for base in cls.node.bases:
            if isinstance(base, ast.Subscript):
                names = [
                    n.id for n in ast.walk(base.slice) if isinstance(n, ast.Name) and self._is_variable(cls.module, n)
                ]
                if last_name(base) in _GENERIC:
                    found = names
                    break
                found += [name for name in names if name not in found]
        result = tuple(own or found)
        cls.module.memo[cls.node] = result
        return result

    def _is_variable(self, module: Module, name: ast.Name) -> bool:
        scope = module.scopes.of.get(name, module.scope)
        return any(is_variable(goal) for goal in self.all_followed(self.bound(module, name.id, scope)))

    def env_of(self, cls: ClassValue, receiver: Value | None = None) -> dict[str, Values]:
        """What the type parameters of a class stand for."""
        env: dict[str, Values] = dict(zip(self.params(cls), cls.args, strict=False)) if cls.args else {}
        if receiver is not None:
            env["Self"] = (receiver,)
        return env

    def bases(self, cls: ClassValue) -> list[ClassValue | None]:
        """The bases of a class; None for one that is not known."""
        found: list[ClassValue | None] = []
        for base in cls.node.bases:
            if last_name(base) in _GENERIC:
                continue
            target = base.value if isinstance(base, ast.Subscript) else base
            classes = [value for value in self.values(cls.module, target) if isinstance(value, ClassValue)]
            if isinstance(base, ast.Subscript) and classes:
                parts = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
                env = self.env_of(cls)
                args = tuple(self.annotated(cls.module, part, env) for part in parts)
                classes = [ClassValue(value.module, value.node, args) for value in classes]
            found.append(classes[0] if classes else None)
        return found

    def order(self, cls: ClassValue) -> list[ClassValue | None]:
        """The classes in which an attribute is looked for, in order; None stands for an unknown one."""
        return self._order(cls, ())

    def _order(self, cls: ClassValue, inside: tuple[ast.AST, ...]) -> list[ClassValue | None]:
        self.step()
        if cls.node in inside or len(inside) > _DEEPEST:
            return []
        bases = self.bases(cls)
        rows: list[list[ClassValue | None]] = [
            self._order(base, (*inside, cls.node)) if base else [None] for base in bases
        ]
        rows.append(list(bases))
        merged = _linear(rows)
        if not inside and not any(base and base.node.name == "object" for base in merged):
            merged += [value for value in self.stub_class("object") if isinstance(value, ClassValue)]
        return [cls, *merged]

    def class_members(self, order: Sequence[ClassValue | None], name: str) -> list[Found]:
        """The bindings of an attribute in the first class that has it."""
        assigned: list[Found] = []
        was_unsure = self.is_unsure
        for cls in order:
            if cls is None:
                self.is_unsure = True
                continue
            scope = cls.module.scopes.opened.get(cls.node)
            if scope is None:
                continue
            own = scope.names.get(name, ())
            found = _declared((*own, *scope.attributes.get(name, ())))
            if not found:
                continue
            if own or found[0].annotation is not None:
                return [Found(cls.module, binding, cls) for binding in found]
            # What a method assigns may be a property, or have its declaration, in a base.
            if assigned:
                continue
            assigned = [Found(cls.module, binding, cls) for binding in found]
            was_unsure = self.is_unsure
        self.is_unsure = was_unsure if assigned else self.is_unsure
        return assigned

    def attribute(self, value: Value, name: str) -> list[Goal]:
        """What an attribute of a value is bound to; imports are not followed."""
        self.step()
        if isinstance(value, ModuleValue):
            return self.member(value.module, name) or list(self._of_stub("ModuleType", "types", name))
        if isinstance(value, FolderValue):
            inner = self.world.inside_folder(value.folder, name)
            return [] if inner is None else [Found(inner) if isinstance(inner, Module) else FolderValue(inner)]
        if isinstance(value, OutsideValue):
            return [OutsideValue(f"{value.name}.{name}")]
        if isinstance(value, Instance):
            return list(self.class_members(self.order(value.cls), name))
        if isinstance(value, ClassValue):
            order = self.order(value)
            return list(self.class_members(order, name) or self._of_metaclass(order, name))
        if isinstance(value, SuperValue):
            order = self.order(value.receiver)
            nodes = [cls.node if cls else None for cls in order]
            start = nodes.index(value.cls.node) + 1 if value.cls.node in nodes else 1
            return list(self.class_members(order[start:], name))
        if isinstance(value, TupleValue):
            return list(self._of_stub("tuple", "builtins", name))
        return list(self._of_stub("MethodType" if value.receiver else "FunctionType", "types", name))

    def _of_stub(self, cls: str, module: str, name: str) -> list[Found]:
        for value in self.stub_class(cls, module):
            if isinstance(value, ClassValue):
                return self.class_members(self.order(value), name)
        return []

    def _of_metaclass(self, order: Sequence[ClassValue | None], name: str) -> list[Found]:
        for cls in order:
            for keyword in cls.node.keywords if cls else ():
                if keyword.arg == "metaclass" and cls:
                    for value in self.values(cls.module, keyword.value):
                        if isinstance(value, ClassValue):
                            return self.class_members(self.order(value), name)
        return self._of_stub("type", "builtins", name)

    def own_class(self, module: Module, node: ast.AST) -> ClassValue | None:
        """The class whose method a function is."""
        scope = module.scopes.opened.get(node)
        holder = scope.own_class if scope else None
        return ClassValue(module, holder.node) if holder and isinstance(holder.node, ast.ClassDef) else None

    def receiver_of(self, module: Module, node: ast.AST) -> Value | None:
        """What the first parameter of a method stands for; None for other functions and static methods."""
        cls = self.own_class(module, node)
        if cls is None or first_argument(node) is None or isinstance(node, ast.Lambda):
            return None
        names = decorators(node)
        if "staticmethod" in names:
            return None
        name = getattr(node, "name", "")
        is_of_class = names & {"classmethod", "classproperty"} or name in (
            "__new__",
            "__init_subclass__",
            "__class_getitem__",
        )
        return cls if is_of_class else Instance(cls)


def is_variable(goal: Goal) -> bool:
    """Whether a name is a type variable."""
    if not isinstance(goal, Found) or goal.binding is None:
        return False
    if type(goal.binding.node).__name__ in _TYPE_VARIABLES:
        return True
    value = goal.binding.value
    return isinstance(value, ast.Call) and last_name(value) in _TYPE_VARIABLES


def is_function(found: Found) -> bool:
    """Whether it is a function that is defined there."""
    return found.binding is not None and isinstance(found.binding.node, ast.FunctionDef | ast.AsyncFunctionDef)


def bound_function(found: Found, receiver: Value | None) -> FunctionValue | None:
    """The function that a binding defines, as it is called on a receiver."""
    if found.binding is None or not isinstance(found.binding.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    return FunctionValue(found.module, found.binding.node, found.owner, receiver)


def _declared(found: Sequence[Binding]) -> list[Binding]:
    """Those with a declaration, where there are any: they say what the others may be."""
    return [b for b in found if b.annotation is not None or b.kind in ("def", "class")] or list(found)


def _linear(rows: list[list[ClassValue | None]]) -> list[ClassValue | None]:
    """The order of bases as Python has it; where there is none, as they come."""
    result: list[ClassValue | None] = []
    rows = [row for row in rows if row]
    while rows:
        for row in rows:
            head = row[0]
            if head is None or not any(_has(other[1:], head) for other in rows):
                break
        else:
            head = rows[0][0]
        result.append(head)
        if head is None:
            row = next(row for row in rows if row[0] is None)
            rows = [r[1:] if r is row or (r[0] is None and r is rows[-1]) else r for r in rows]
        else:
            rows = [[c for c in r if c is None or c.node is not head.node] for r in rows]
        rows = [row for row in rows if row]
    return result


def _has(row: Sequence[ClassValue | None], cls: ClassValue) -> bool:
    return any(other is not None and other.node is cls.node for other in row)
