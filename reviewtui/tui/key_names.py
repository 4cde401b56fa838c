"""How people write keys: names that are read in any usual spelling, and written in one."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from reviewtui.tui.keys import LETTER, SIGNS, Keys, sign_name

MAX_KEYS: Final = 8
"""Longer sequences nobody types."""

_NAMED: Final = re.compile(r"<([^<>\s]+)>")
_MODIFIERS: Final = {
    "ctrl": "ctrl",
    "control": "ctrl",
    "c": "ctrl",
    "alt": "alt",
    "meta": "alt",
    "m": "alt",
    "a": "alt",
    "shift": "shift",
    "s": "shift",
    "super": "super",
    "cmd": "super",
    "d": "super",
    "hyper": "hyper",
}
_KEYS: Final = (
    *("space", "enter", "escape", "tab", "backspace", "delete", "insert"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 25)),
)
_ALIASES: Final = {
    "esc": "escape",
    "return": "enter",
    "cr": "enter",
    "bs": "backspace",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
}
_CHARACTERS: Final = {"lt": "<", "gt": ">", "bar": "|", "bslash": "\\", "plus": "+", "minus": "-"}
_BRACKETS: Final = {"<": "lt", ">": "gt"}
SENT_AS: Final = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""Keys for which most terminals send another one."""


class KeySpellingError(ValueError):
    """A text that is no key sequence; the message says what is wrong with it."""


def read_keys(text: str) -> Keys:
    """A sequence as a person wrote it: `]b`, `<ctrl+w>t`, `<C-w>t`, `m<letter>`.

    Raises:
        KeySpellingError: it is none.
    """
    keys = tuple(_tokens(text))
    if not keys:
        raise KeySpellingError("an empty text is no key")
    if len(keys) > MAX_KEYS:
        raise KeySpellingError(f"more than {MAX_KEYS} keys in one sequence")
    if keys[0] in "123456789" and len(keys[0]) == 1:
        raise KeySpellingError(f"a sequence cannot begin with {keys[0]}: digits are the count")
    if LETTER in keys[:-1]:
        raise KeySpellingError("<letter> can only be the last of several keys")
    if keys == (LETTER,):
        raise KeySpellingError("<letter> alone would take every letter: put a key before it")
    if "escape" in keys and len(keys) > 1:
        raise KeySpellingError("<escape> ends a sequence that was begun, so it can only stand alone")
    return keys


def spelled(keys: Keys) -> str:
    """The sequence as `read_keys` reads it, and as the key file has it."""
    return "".join(_spelled(key) for key in keys)


def warning(keys: Keys) -> str:
    """Why the keys may not arrive, on some terminals; empty where they do."""
    for key in keys:
        if key in SENT_AS:
            return (
                f"most terminals send {_spelled(SENT_AS[key])} for {_spelled(key)}; only those with an extended "
                "keyboard protocol tell them apart"
            )
        modifiers, _, name = key.rpartition("+")
        if "super" in modifiers or "hyper" in modifiers:
            return f"{_spelled(key)} hardly ever reaches a program in a terminal"
        if "ctrl" in modifiers and (name.isdecimal() or ("shift" in modifiers and len(name) == 1)):
            return f"most terminals cannot send {_spelled(key)}; only those with an extended keyboard protocol do"
        if modifiers == "alt" and len(name) == 1:
            return f"some keyboards type another character with {_spelled(key)} (Option on a Mac)"
    return ""


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        if named := _NAMED.match(text, at):
            yield _named(named[1])
            at = named.end()
            continue
        character = text[at]
        if not character.isprintable():
            raise KeySpellingError(f"the character U+{ord(character):04X} is no key; write a name such as <tab>")
        yield "space" if character == " " else character
        at += 1


def _named(text: str) -> str:
    """The token of what stands between the angle brackets."""
    if text.lower() == LETTER:
        return LETTER
    *words, name = _split(text)
    modifiers: set[str] = set()
    for word in words:
        if word.lower() not in _MODIFIERS:
            raise KeySpellingError(f"<{_cut(text)}> begins with no modifier: ctrl, alt, shift or super")
        modifiers.add(_MODIFIERS[word.lower()])
    key = _key(name, text)
    if len(key) == 1 and key.isalpha():
        return _with_letter(modifiers, key)
    if not modifiers:
        return key
    if modifiers == {"shift"} and len(key) == 1:
        raise KeySpellingError(f"<{_cut(text)}>: write the character that it types")
    if modifiers == {"ctrl"} and key == "@":
        return "ctrl+space"
    return "+".join((*sorted(modifiers), key if len(key) > 1 or key.isalnum() else sign_name(key)))


def _with_letter(modifiers: set[str], letter: str) -> str:
    """A letter with modifiers, as it arrives: Ctrl knows no capitals, Alt says Shift."""
    if not modifiers:
        return letter
    if modifiers == {"shift"}:
        return letter.upper()
    if letter.isupper() and modifiers == {"alt"}:
        modifiers = {"alt", "shift"}
    return "+".join((*sorted(modifiers), letter.lower()))


def _key(name: str, text: str) -> str:
    """The key without its modifiers."""
    lowered = name.lower()
    lowered = _ALIASES.get(lowered, lowered)
    if lowered in _KEYS:
        return lowered
    if lowered in _CHARACTERS:
        return _CHARACTERS[lowered]
    if len(name) == 1 and name.isprintable():
        return name
    if lowered in SIGNS:
        return SIGNS[lowered]
    near = get_close_matches(lowered, (*_KEYS, *_ALIASES), 1)
    hint = f"; do you mean <{_ALIASES.get(near[0], near[0])}>?" if near else ""
    raise KeySpellingError(f"no key is called <{_cut(text)}>{hint}")


def _split(text: str) -> list[str]:
    """Modifiers and key: parted by `+` or `-`, which may be the key itself."""
    head, last = text[:-1], text[-1]
    parts = re.split(r"[+-]", head)
    return [*parts[:-1], parts[-1] + last] if last not in "+-" else [*(part for part in parts if part), last]


def _spelled(key: str) -> str:
    if key == "<":
        return "<lt>"
    if len(key) == 1:
        return key
    modifiers, plus, name = key.rpartition("+")
    sign = SIGNS.get(name, name)
    return f"<{modifiers}{plus}{_BRACKETS.get(sign, sign)}>"


def _cut(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
