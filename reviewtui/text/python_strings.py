"""Where the strings of a Python text that span lines begin and end, as the highlighter sees them, without lexing it.

The highlighter's idea of a string is not Python's: a triple-quoted one at the start of a line ends at the next three
quotes whatever stands before them, replacement fields swallow what they hold, an unclosed quote ends with its line. To
start highlighting in the middle of a file, its own idea is needed, so its rules for strings are repeated here.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from typing import Final

_FIELD: Final = (
    r"\{((\w+)((\.\w+)|(\[[^\]]+\]))*)?(\![sra])?(\:(.?[<>=\^])?[-+ ]?#?0?(\d+)?,?(\.\d+)?[E-GXb-gnosx%]?)?\}"
)
_SIMPLE_FIELDS: Final = r"(?:\{{[\w.]*+\}}[^{quote}\\{{\n]*+)*+"
_SIMPLE: Final = "|".join(
    rf"{quote}(?!{quote}{quote})[^{quote}\\{{\n]*+{_SIMPLE_FIELDS.format(quote=quote)}(?:{quote}|(?=\n))"
    for quote in "\"'"
)
# All that holds no string of more than a line, whatever its prefix: code, comments, strings without backslashes and
# with nothing but names in braces.
_PLAIN: Final = re.compile(rf"(?:[^\"'#]++|#[^\n]*+|{_SIMPLE})*+")
_QUOTE: Final = re.compile(r"\"\"\"|'''|\"|'")
_WORD_BEFORE: Final = re.compile(r"\w*\Z")
_FORMATTED: Final = frozenset({"f", "t", "rf", "fr", "rt", "tr"})
_RAW: Final = frozenset({"r", "rb", "br"})
_COOKED: Final = frozenset({"u", "b"})
_DOC_PREFIX: Final = re.compile(r"[rRuUbB]{0,2}\Z")
_WILDCARD: Final = re.compile(r"[ \t]*(?:match|case)\b\s+[^\n_]*_\b")
_LONG_ON_LINE: Final = re.compile(r"\"\"\"|\'\'\'|[fFtT][\"']|\\\Z")
_FIELD_END: Final = re.compile(r"(?:=\s*)?(?:![sraf])?[}:]")
_FIELD_TOKEN: Final = re.compile(r"\s+|@?[^\W\d]\w*|\d\w*|.")
_FIELD_STRING: Final = re.compile(r"([a-zA-Z]{0,2})(\"\"\"|'''|\"|')")
_STRETCH: Final = 1 << 16
"""So many characters are searched at once: one or two milliseconds."""
_NESTED: Final = 10
"""Strings in fields of strings in fields; the next one would be a joke too."""
_PATIENCE: Final = 20_000
"""A field of more tokens than this is the work of a joker; where it ends is not worth the time."""


class PythonStrings:
    """The strings of more than one line in a text, found as far as they are asked for.

    Of a text that is Python. In one that only looks like it some may be missed: nothing but colours and the names of
    enclosing functions may rest on this.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._length = len(text)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._scanned = 0
        """Up to here all strings are known; never inside of one."""
        self.is_lost = False
        """What comes after what is known cannot be told."""

    def scan(self, should_stop: Callable[[], bool]) -> bool:
        """Find all of them; whether that went to the end. One thread does this, while others may ask what is known."""
        while self._scanned < self._length and not self.is_lost and not should_stop():
            self.is_lost = not self._step()
        if self.is_done:
            self._text = ""
        return self.is_done

    @property
    def is_done(self) -> bool:
        """Whether all are known."""
        return self._scanned >= self._length

    def around(self, offset: int) -> tuple[int, int] | None:
        """Start (of its quotes) and end of the string that holds `offset`, itself outside of none; or `offset` twice.

        None where that is not known (yet).
        """
        if self._scanned < min(offset, self._length):
            return None
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and self._starts[index] < offset < self._ends[index]:
            return self._starts[index], self._ends[index]
        return offset, offset

    def every(self) -> list[tuple[int, int]]:
        """Start and end of each that is known."""
        return list(zip(self._starts, self._ends, strict=True))

    def _step(self) -> bool:
        """Go over a stretch without strings that may be long, and over the next one; False when the way is lost."""
        text = self._text
        # No match holds the interpreter for longer than a stretch takes, and none of what is matched goes on below its
        # line: a stretch that ends with a line finds what the whole text would.
        stop = text.find("\n", self._scanned + _STRETCH) + 1 or self._length
        plain = _PLAIN.match(text, self._scanned, stop)
        start = plain.end() if plain else self._scanned
        quote = _QUOTE.match(text, start) if start < stop else None
        if quote is None:
            self._scanned = stop
            return True
        end = _end_at_root(text, start, quote.group())
        if end is None:
            return False
        if "\n" in text[start:end]:
            # In this order: who asks meanwhile looks at no further than `_scanned`, and reads both or neither.
            self._ends.append(end)
            self._starts.append(start)
        self._scanned = end
        return True


def _end_at_root(text: str, start: int, quote: str) -> int | None:
    """Where the string ends whose quotes start here, outside of any other; None where that cannot be told."""
    line_start = text.rfind("\n", 0, start) + 1
    if _WILDCARD.match(text, line_start):
        # The highlighter takes the line apart at its first `_`, be that inside of a string, and recovers at its end.
        line = text[line_start : text.find("\n", start)]
        return None if _LONG_ON_LINE.search(line) else line_start + len(line)
    word = _WORD_BEFORE.search(text, max(line_start, start - 4), start)
    prefix = word.group() if word else ""
    if prefix[:1].isdigit():
        return None
    head = text[line_start : start - len(prefix)]
    if len(quote) == 3 and _DOC_PREFIX.match(prefix) and (not head or head.isspace()):
        end = text.find(quote, start + 3)
        if end >= 0:
            return end + 3
    return _end(text, start + len(quote), quote, "" if head.endswith("@") else prefix.lower())


def _end(text: str, start: int, quote: str, prefix: str, nested: int = 0) -> int | None:
    """Where the string ends whose content starts here."""
    if prefix in _FORMATTED:
        return _formatted_end(text, start, quote, "r" not in prefix, nested) if nested < _NESTED else None
    kind = prefix if prefix in _RAW else "b" if prefix == "b" else ""
    body = _body("r" if kind in _RAW else kind, quote).match(text, start)
    return body.end() if body else None


@cache
def _body(kind: str, quote: str) -> re.Pattern[str]:
    """What stands between quotes, and the closing ones."""
    mark = quote[0]
    if len(quote) == 3:
        escape = "" if kind == "r" else r"\\[\\\"'\n]|"
        text = rf"[^\\{mark}{{]++"
        close = rf"(?:{quote}|\Z)"
        lone = rf"{mark}(?!{mark}{mark})|"
    else:
        escape = rf"\\[\\{mark}\n]|" if kind == "r" else r"\\[\\\"'\n]|"
        text = rf"[^\\{mark}{{\n]++"
        close = rf"(?:{quote}|(?=\n)|\Z)"
        lone = ""
    named = r"\\N\{.*?\}|" if kind == "" else ""
    return re.compile(rf"(?:{text}|{named}{escape}\\|{lone}{_FIELD}|\{{)*+{close}")


def _formatted_end(text: str, start: int, quote: str, cooked: bool, nested: int) -> int | None:
    """Where an f-string ends; its fields hold code, with strings of their own."""
    body = _formatted_body(cooked, quote)
    position = start
    while True:
        part = body.match(text, position)
        if part is None:
            return None
        if part["field"] is None:
            return part.end()
        end = _field_end(text, part.end(), nested)
        if end is None:
            return None
        position = end


@cache
def _formatted_body(cooked: bool, quote: str) -> re.Pattern[str]:
    """Text of an f-string up to a field's opening brace (group `field`), or to its closing quotes."""
    mark = quote[0]
    named = r"\\N\{.*?\}|" if cooked else ""
    if len(quote) == 3:
        escape = r"\\[\\\"'\n]|" if cooked else ""
        text, lone, close = rf"[^\\{mark}{{]++", rf"{mark}(?!{mark}{mark})|", rf"{quote}|\Z"
    else:
        escape = r"\\[\\\"'\n]|" if cooked else rf"\\[\\{mark}\n]|"
        text, lone, close = rf"[^\\{mark}{{\n]++", "", rf"{quote}|(?=\n)|\Z"
    return re.compile(rf"(?:{text}|\{{\{{|{named}{escape}\\|{lone})*+(?:(?P<field>\{{)|{close})")


def _field_end(text: str, start: int, nested: int) -> int | None:
    """Where the code of a field ends: after its closing brace, or the colon before its format."""
    position, depth = start, 0
    for _ in range(_PATIENCE):
        char = text[position : position + 1]
        if char in "{([":
            if not char:
                return position
            depth += 1
            position += 1
            continue
        if not depth:
            end = _FIELD_END.match(text, position)
            if end:
                return end.end()
        elif char in "])}":
            depth -= 1
            position += 1
            continue
        string = _FIELD_STRING.match(text, position)
        if string and string[1].lower() in _FORMATTED | _RAW | _COOKED | {""}:
            inner = _end(text, string.end(), string[2], string[1].lower(), nested + 1)
            if inner is None or not text.startswith(string[2], inner - len(string[2])):
                return None  # an unclosed string throws the highlighter out of all that it was in
            position = inner
            continue
        token = _FIELD_TOKEN.match(text, position)
        position = token.end() if token else position + 1
    return None
