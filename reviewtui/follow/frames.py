"""What is asked of the processes that follow code, and what they answer: values as JSON and back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from reviewtui.follow.define import Target
from reviewtui.follow.hover import Card
from reviewtui.follow.references import Reference
from reviewtui.follow.symbols import Symbol

MODULE: Final = "reviewtui.follow.worker"
"""What the interpreter is told to run."""

Record = Mapping[str, Any]
"""Any: whatever JSON holds; each has its function below."""


@dataclass(frozen=True, slots=True)
class Defined:
    """Where a name is defined."""

    name: str
    """Empty where the cursor is on no name."""
    targets: tuple[Target, ...] = ()
    is_sure: bool = False
    by_name: bool = False
    """The targets only have the same name: the language is not understood."""
    is_here: bool = False
    """The cursor is on the definition itself."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Hovered:
    """What is known of a name."""

    name: str
    card: Card | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Uses:
    """Some of the uses of a name, while others are being looked for."""

    name: str
    found: tuple[Reference, ...] = ()
    done: int = 0
    files: int = 0
    is_last: bool = False
    by_name: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbols that a query found."""

    query: str
    found: tuple[Symbol, ...]
    known: int
    """How many symbols the index has."""
    is_complete: bool
    """Whether every file was looked through."""


def record(value: object) -> dict[str, Any]:
    """A value of this module for a frame."""
    return asdict(value)  # type: ignore[call-overload, no-any-return]  # only called with the dataclasses above


def defined(found: Record) -> Defined:
    """As `record` made it."""
    return Defined(**{**found, "targets": tuple(Target(**target) for target in found["targets"])})


def hovered(found: Record) -> Hovered:
    """As `record` made it."""
    card = found["card"]
    if card is not None:
        target = Target(**card["target"]) if card["target"] else None
        card = Card(**{**card, "types": tuple(card["types"]), "target": target})
    return Hovered(found["name"], card, found["problem"])


def uses(found: Record) -> Uses:
    """As `record` made it."""
    return Uses(**{**found, "found": tuple(Reference(**reference) for reference in found["found"])})


def symbols(found: Record) -> Symbols:
    """As `record` made it."""
    return Symbols(**{**found, "found": tuple(Symbol(**symbol) for symbol in found["found"])})
