"""Where the keys of a TOML text stand, and whether one has more parts than anybody writes."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Keys from the top of the document, with the place in the array (from 0) behind the key of an array of tables."""

MAX_KEY_PARTS: Final = 16

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
