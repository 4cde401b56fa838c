"""One place at which a rule applies, before it becomes a hit."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from reviewtui.model.risk import Severity
from reviewtui.text.safe import name_of

_NAMED: Final = 3


class Case(NamedTuple):
    """A stretch of the text, and what is wrong with it."""

    rule: str
    offset: int
    length: int
    severity: Severity
    confidence: str
    says: str


def names_of(characters: Iterable[str]) -> str:
    """Characters by code point and name, the first few of them; only ASCII."""
    found = list(dict.fromkeys(characters))
    said = ", ".join(f"U+{ord(char):04X} {name_of(char).partition(' U+')[0]}" for char in found[:_NAMED])
    return f"{said} and {len(found) - _NAMED} more" if len(found) > _NAMED else said


def spelled(word: str) -> str:
    """A word with all but ASCII as code points, so that a reader sees where it is not what it seems."""
    return "".join(char if char.isascii() and char.isprintable() else f"<U+{ord(char):04X}>" for char in word[:60])
