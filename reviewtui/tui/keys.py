"""Key sequences, pure: counts, prefixes, and what to do when a sequence ends."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Keys: TypeAlias = tuple[str, ...]
"""One token a key: the character itself, or a name such as `ctrl+d`, `enter`, `space`."""

LETTER: Final = "letter"
"""The last token of a sequence that ends with any letter from a to z: `m<letter>`."""
_SIGN_NAMES: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def sign_name(character: str) -> str:
    """What the terminal library calls a sign when a modifier is held: `ctrl+right_square_bracket`."""
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SIGN_NAMES.get(name, name)


SIGNS: Final = {sign_name(chr(code)): chr(code) for code in range(33, 127) if not chr(code).isalnum()}
"""Name to sign."""

_TOKEN: Final = re.compile(r"<([a-z0-9+_]+)>|(.)", re.DOTALL)
_NAMES: Final = {" ": "space"}
_MODIFIERS: Final = {"ctrl": "Ctrl", "alt": "Alt", "shift": "S", "super": "Super", "hyper": "Hyper"}
_SHOWN: Final = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "insert": "Ins",
    "backspace": "Backspace",
    LETTER: "a–z",
}


def parse_keys(text: str) -> Keys:
    """`"]b"` as `("]", "b")`, `"g<ctrl+o>"` as `("g", "ctrl+o")`."""
    return tuple(m[1] or _NAMES.get(m[2], m[2]) for m in _TOKEN.finditer(text))


def key_typed(key: str, character: str | None) -> str:
    """The token of a key that arrived: `character` is what it would write, also where Alt was held."""
    is_plain = character is not None and len(character) == 1 and character.isprintable() and "+" not in key
    if character and is_plain and character != " ":
        return character
    return "ctrl+space" if key == "ctrl+@" else key


def is_letter(key: str) -> bool:
    """Whether a sequence that ends with any letter may end with this."""
    return len(key) == 1 and "a" <= key <= "z"


def shown(keys: Keys) -> str:
    """The sequence as help and hints write it: `]b`, `Ctrl-d`, `g Ctrl-o`."""
    names = [_shown_key(key) for key in keys]
    if keys[-1:] == (LETTER,):
        return f"{shown(keys[:-1])} {names[-1]}".lstrip()
    return "".join(names) if all(len(name) == 1 for name in names) else " ".join(names)


def _shown_key(key: str) -> str:
    if key in _SHOWN:
        return _SHOWN[key]
    modifier, _, rest = key.partition("+")
    if modifier in _MODIFIERS and rest:
        return f"{_MODIFIERS[modifier]}-{_shown_key(rest)}"
    if re.fullmatch(r"f\d+", key):
        return key.upper()
    return SIGNS.get(key, key)


@dataclass(frozen=True, slots=True)
class Fed:
    """What became of a key."""

    action: str = ""
    """Name of the action that the sequence asks for; empty while it is not complete."""
    count: int | None = None
    letter: str = ""
    """The last key, where the sequence ends with any letter."""
    pending: bool = False
    """Whether more keys are awaited; if neither this nor `action`, the key meant nothing."""
    swallowed: bool = False
    """Whether the key broke a sequence or was part of one: it must not do anything else."""


class KeySequences:
    """Feeds keys into the tables of a context and remembers what has been typed so far."""

    def __init__(self) -> None:
        self._typed: Keys = ()
        self._count = ""

    @property
    def pending(self) -> str:
        """What has been typed of an unfinished sequence, as the status line shows it."""
        return self._count + shown(self._typed)

    @property
    def typed(self) -> Keys:
        """The keys of an unfinished sequence, without the count."""
        return self._typed

    def clear(self) -> None:
        """Forget what has been typed."""
        self._typed, self._count = (), ""

    def begin(self, typed: Keys) -> None:
        """Go on as if this had been typed, for an action that was chosen by name and still wants its letter."""
        self._typed = typed

    def feed(self, key: str, tables: Iterable[Mapping[Keys, str]]) -> Fed:
        """Take one key; earlier tables win over later ones.

        A digit that starts no sequence is part of a count; `0` only after another digit. Escape, or a key that
        continues nothing, ends a started sequence and is swallowed with it. A sequence of exactly these keys wins over
        one that ends with any letter.
        """
        tables = list(tables)
        if not self._typed and (key in "123456789" or (key == "0" and self._count)) and len(key) == 1:
            self._count = (self._count + key)[:7]
            return Fed(pending=True, swallowed=True)
        started = bool(self._typed or self._count)
        typed = (*self._typed, key)
        for table in tables:
            action, letter = table.get(typed, ""), ""
            if not action and is_letter(key):
                action, letter = table.get((*self._typed, LETTER), ""), key
            if action:
                count = int(self._count) if self._count else None
                self.clear()
                return Fed(action, count, letter, swallowed=True)
        if any(keys[: len(typed)] == typed for table in tables for keys in table):
            self._typed = typed
            return Fed(pending=True, swallowed=True)
        self.clear()
        return Fed(swallowed=started)
