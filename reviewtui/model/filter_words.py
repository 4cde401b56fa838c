"""The words of a filter: `key:value,value`, `!` or `-` in front, quotes around what holds blanks; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.errors import ReviewTuiError

MOST_CHARACTERS: Final = 20_000
"""A filter is written by hand, or is a list of ids that was pasted; not a file."""

_KEY: Final = re.compile(r"([A-Za-z_]+):")
_BARE: Final = re.compile(r"[^\s,]+")
_PLAIN: Final = re.compile(r"[^\s,\"'!-][^\s,\"]*")
"""What can be written without quotes wherever it stands."""
_ESCAPED: Final = re.compile(r"\\([\\\"'])")
_QUOTED: Final = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL),
}


class BadFilterError(ReviewTuiError):
    """A filter that cannot be understood; the message says what, where, and what is possible."""

    def __init__(self, message: str, position: int) -> None:
        self.position = position
        """The character that it is about, from 1."""
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a word."""

    text: str
    at: int
    """Its first character, from 1."""
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """One term as it was written."""

    key: str
    """In small letters; empty where there was none."""
    values: tuple[Value, ...]
    is_negated: bool
    at: int
    """Its first character, from 1."""


def words(text: str) -> Iterator[Word]:
    """The words of a filter, in their order.

    Raises:
        BadFilterError: the text is too long, a quote is not closed, or something is missing.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadFilterError(
            f"A filter has at most {MOST_CHARACTERS:,} characters, and this has {len(text):,}", MOST_CHARACTERS + 1
        )
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text):
            return
        word, at = _word(text, at)
        yield word


def _word(text: str, at: int) -> tuple[Word, int]:
    start = at
    is_negated = text[at] in "!-"
    at += is_negated
    key = _KEY.match(text, at)
    # A word such as http://x is no key with a value; where the key is meant to be text, it is quoted.
    if key:
        at = key.end()
    values: list[Value] = []
    while True:
        value, at = _value(text, at, key[1] if key else "")
        values.append(value)
        if at >= len(text) or text[at] != ",":
            break
        at += 1
    if at < len(text) and not text[at].isspace():
        raise BadFilterError(f"A blank is missing after the quoted text at {at + 1}", at + 1)
    return Word(key[1].lower() if key else "", tuple(values), is_negated, start + 1), at


def _value(text: str, at: int, key: str) -> tuple[Value, int]:
    quote = _QUOTED.get(text[at : at + 1])
    if quote:
        found = quote.match(text, at)
        if not found:
            raise BadFilterError(f"The quote at {at + 1} is not closed", at + 1)
        return Value(_ESCAPED.sub(r"\1", found[1]), at + 1, is_quoted=True), found.end()
    bare = _BARE.match(text, at)
    if not bare:
        what = f"'{key}:' wants a value" if key else "A word is missing"
        raise BadFilterError(f'{what} at {at + 1}; an empty one is written ""', at + 1)
    return Value(bare[0], at + 1), bare.end()


def written(key: str, values: tuple[str, ...], *, is_negated: bool) -> str:
    """A term as it is read again."""
    mark = "!" if is_negated else ""
    if key == "text" and len(values) == 1 and _PLAIN.fullmatch(values[0]) and not _KEY.match(values[0]):
        return mark + values[0]
    return f"{mark}{key}:{','.join(map(_quoted, values))}"


def _quoted(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
