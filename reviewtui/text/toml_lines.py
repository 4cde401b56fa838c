"""Where the keys and values of a TOML text stand, and whether a key has more parts than anybody writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys from the top of the document, with the place in the array (from 0) behind the key of an array."""

MAX_KEY_PARTS: Final = 16
MAX_VALUE_DEPTH: Final = 6
"""Arrays and inline tables in each other; what is deeper has the line of what is around it."""
MAX_VALUES: Final = 250_000
"""Values whose lines are told; a text with more has more than anybody reads."""

# Unclosed strings end with the text, so that every pattern here takes time in proportion to the text.
_MULTILINE: Final = r'"""(?>[^"\\]|\\.|"{1,2}(?!"))*+(?:"{3,5}|\Z)|' + r"'''(?>[^']|'{1,2}(?!'))*+(?:'{3,5}|\Z)"
_STRING: Final = r'"(?>[^"\\\n]|\\.)*+(?:"|$)|' + r"'[^'\n]*+(?:'|$)"
_PART: Final = rf"(?:[\w-]++|{_STRING})"
_TOKEN: Final = re.compile(
    rf"{_MULTILINE}|{_STRING}|#[^\n]*|[\[\]{{}}\n]|[^\"'#\[\]{{}}\n]++", re.DOTALL | re.MULTILINE
)
_QUOTED: Final = re.compile(rf"{_MULTILINE}|{_STRING}|#[^\n]*", re.DOTALL | re.MULTILINE)
_MANY_DOTS: Final = re.compile(rf"^(?:[^.\n]*+\.){{{MAX_KEY_PARTS}}}", re.MULTILINE)
_LONG_KEY: Final = re.compile(rf'(?<![\w-])(?:(?:[\w-]++|"")[ \t]*+\.[ \t]*+){{{MAX_KEY_PARTS}}}')
_INNER: Final = re.compile(
    rf"{_MULTILINE}|{_STRING}|#[^\n]*|\s++|[\[\]{{}},=]|[^\s\"'#\[\]{{}},=]++", re.DOTALL | re.MULTILINE
)
_PARTS: Final = re.compile(_PART, re.MULTILINE)
_HEADER: Final = re.compile(rf"\[(\[?)[ \t]*+({_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)", re.MULTILINE)
_KEY: Final = re.compile(rf"({_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+)[ \t]*+=", re.MULTILINE)


def long_key_line(text: str) -> int:
    """The line of the first key with more than MAX_KEY_PARTS parts; 0 where there is none.

    A parser needs memory in the square of the parts, so this is asked before one sees the text.
    """
    if not _MANY_DOTS.search(text):
        return 0
    bare = _QUOTED.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    found = _LONG_KEY.search(bare)
    return bare.count("\n", 0, found.start()) + 1 if found else 0


def line_of(path: KeyPath, lines: dict[KeyPath, int]) -> int:
    """The line of the key, or of the nearest table around it that stands in the text; 0 for the document as a whole."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line (1-based) of every table and key of a text that is known to be TOML."""
    text = text.replace("\r\n", "\n")
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        if header := _HEADER.match(statement):
            table = _entered(_names(header[2]), bool(header[1]), counts)
            lines.setdefault(table, line)
        elif key := _KEY.match(statement):
            path = table
            for name in _names(key[1]):
                path = (*path, name)
                lines.setdefault(path, line)
    return lines


def value_lines(text: str) -> dict[KeyPath, int]:
    """As `key_lines`, with the keys and elements inside of arrays and inline tables: `("a", 2)` is the third of `a`."""
    text = text.replace("\r\n", "\n")
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        if header := _HEADER.match(statement):
            table = _entered(_names(header[2]), bool(header[1]), counts)
            lines.setdefault(table, line)
        elif key := _KEY.match(statement):
            path = _added(table, key[1], line, lines)
            _add_inner(statement[key.end() :].lstrip(), path, line, lines)
    return lines


@dataclass(slots=True)
class _Container:
    """An array or inline table that is being read."""

    path: KeyPath | None
    """None where it is too deep to be told."""
    is_array: bool
    element: int = 0
    """Of an array: which one is read."""
    is_between: bool = True
    """Whether the element or value has yet to begin."""
    key: str = ""
    """Of a table: the key as far as it is read."""
    value: KeyPath | None = None
    """The path of what is read now."""


def _added(table: KeyPath, key: str, line: int, lines: dict[KeyPath, int]) -> KeyPath:
    """The path of a key, perhaps a dotted one, in a table; all of its parts are on the line."""
    path = table
    for name in _names(key):
        path = (*path, name)
        lines.setdefault(path, line)
    return path


def _add_inner(value: str, path: KeyPath, line: int, lines: dict[KeyPath, int]) -> None:
    """The lines of what stands in the array or inline table that a value is; of any other nothing."""
    if not value.startswith(("[", "{")):
        return
    stack = [_Container(None, is_array=False, is_between=False, value=path)]
    for token in _INNER.finditer(value):
        if len(lines) >= MAX_VALUES:
            return
        word = token[0]
        if word.isspace() or word.startswith("#"):
            line += word.count("\n")
            continue
        top = stack[-1]
        if word in ("]", "}"):
            if len(stack) > 1:
                stack.pop()
        elif word == ",":
            top.element += 1
            top.is_between, top.key = True, ""
        elif top.is_array or not top.is_between:
            if top.is_between:
                top.is_between = False
                top.value = None if top.path is None else (*top.path, top.element)
                if top.value is not None:
                    lines.setdefault(top.value, line)
            if word in ("[", "{"):
                is_deep = len(stack) > MAX_VALUE_DEPTH
                stack.append(_Container(None if is_deep else top.value, is_array=word == "["))
        elif word == "=":
            top.is_between = False
            top.value = None if top.path is None else _added(top.path, top.key, line, lines)
        else:
            top.key += word
        line += word.count("\n")


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header and key with its value, which may take several lines, and the line where it starts."""
    line, start, started_on, depth = 1, 0, 1, 0
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in "[{":
            depth += 1
        elif word in "]}":
            depth = max(0, depth - 1)
        line += word.count("\n")
        if word == "\n" and not depth:
            if statement := text[start : token.start()].lstrip(" \t"):
                yield started_on, statement
            start, started_on = token.end(), line
    if statement := text[start:].lstrip(" \t"):
        yield started_on, statement


def _entered(names: list[str], is_entry: bool, counts: dict[KeyPath, int]) -> KeyPath:
    """The path of the table that a header opens; an entry of an array is counted."""
    path: KeyPath = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, names[-1])
    if is_entry:
        counts[path] = counts.get(path, 0) + 1
        path = (*path, counts[path] - 1)
    return path


def _names(key: str) -> list[str]:
    return [part.strip("\"'") for part in _PARTS.findall(key)]
