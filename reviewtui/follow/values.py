"""What an expression may stand for, as far as reading tells."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeAlias

from reviewtui.follow.modules import Folder, Module
from reviewtui.follow.scopes import Binding, FunctionNode


@dataclass(frozen=True, slots=True)
class ModuleValue:
    """A module."""

    module: Module


@dataclass(frozen=True, slots=True)
class FolderValue:
    """A package without a file of its own."""

    folder: Folder


@dataclass(frozen=True, slots=True)
class ClassValue:
    """A class; with what its type parameters stand for."""

    module: Module
    node: ast.ClassDef
    args: "tuple[Values, ...]" = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a class."""

    cls: ClassValue


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """A function; as a method with the class that it was found in and the object that it is called on."""

    module: Module
    node: FunctionNode
    owner: ClassValue | None = None
    receiver: "Value | None" = None


@dataclass(frozen=True, slots=True)
class TupleValue:
    """A tuple whose parts are known."""

    parts: "tuple[Values, ...]"


@dataclass(frozen=True, slots=True)
class SuperValue:
    """What `super()` gives."""

    cls: ClassValue
    receiver: ClassValue


@dataclass(frozen=True, slots=True)
class OutsideValue:
    """Something of a package that is not here, by its dotted name."""

    name: str


Value: TypeAlias = (
    ModuleValue | FolderValue | ClassValue | Instance | FunctionValue | TupleValue | SuperValue | OutsideValue
)
Values: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A binding in the file that holds it; without a binding the module itself."""

    module: Module
    binding: Binding | None = None
    owner: ClassValue | None = None
    """The class in which it was looked up."""


MOST: Final = 24
"""So many things one expression may stand for; more are no answer to anybody."""


def merged(groups: Sequence[Values]) -> Values:
    """All values once, in order."""
    return tuple(islice(dict.fromkeys(value for group in groups for value in group), MOST))
