"""Hostile bytes to JSON values: what is wrong costs only itself, and is told with its line."""

import codecs
import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reviewtui.errors import ReportError
from reviewtui.formats.problems import Problems

SIZE_LIMIT: Final = 300 << 20
"""So many bytes of a report are read; a larger one is refused."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 first: its mark begins as that of UTF-16 does."""

_TEXT: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_BRACKETS: Final = re.compile(rf'{_TEXT}|[\[\]{{}}"]', re.DOTALL)
_ODD_NUMBERS: Final = re.compile(rf"{_TEXT}|-?\d{{1000,}}+|NaN|-?Infinity", re.DOTALL)
_DIGITS: Final = 1_000
"""An integer of more digits is nothing that a report can mean."""

_SHARED_KEYS: Final = 4
_SHARED_RECORDS: Final = 100_000

_LISTED: Final = frozenset(
    {"results", "issues", "hotspots", "dependencies", "vulnerabilities", "rules", "errors", "components", "artifacts"}
)
"""Keys of lists whose elements are worth nothing when their end is missing: half a result could look like another."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The value of a JSON text."""

    value: object
    problems: Problems
    """What could not be read of it."""
    is_whole: bool = True
    """False where the text broke off or went wrong, and `value` is what stands before that."""


def load(data: bytes, name: str) -> Loaded:
    """The value in `data`; of a text that breaks off, what is complete of it.

    Args:
        name: of the file, for the error.

    Raises:
        ReportError: nothing of it can be used.
    """
    if len(data) > SIZE_LIMIT:
        raise ReportError(
            f"{name} has {len(data) >> 20} MB; reports of up to {SIZE_LIMIT >> 20} MB are read:"
            " let the tool report less, or by parts"
        )
    problems = Problems()
    text = _decoded(data, problems)
    if not text.strip():
        raise ReportError(f"{name} is empty: did the tool that was to write it end with an error?")
    try:
        with without_collector():
            return _loaded(text, name, problems)
    except RecursionError:
        raise ReportError(f"{name} is nested too deeply to be a report") from None
    except MemoryError:
        raise ReportError(f"{name} needs more memory than there is: let the tool report less") from None


def _loaded(text: str, name: str, problems: Problems) -> Loaded:
    try:
        return Loaded(_parsed(text, problems), problems)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: {_words(error.msg)}"
        begun = _complete_part(text, error.pos)
        if not begun:
            seen = text.strip()[:40].strip()
            raise ReportError(f"{name} is no JSON ({where}); it begins with {seen!r}") from None
        problems.add(f"{where}; only what stands before it was read")
        return Loaded(_parsed(begun, problems), problems, is_whole=False)


def _words(message: str) -> str:
    """What the parser says, as the rest of a sentence."""
    return f"{message[:1].lower()}{message[1:]}".removesuffix(" at").removesuffix(" starting")


def _parsed(text: str, problems: Problems) -> object:
    twice: set[str] = set()
    shared = _Shared()

    def record(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        if len(values) != len(pairs):
            names = [key for key, _ in pairs]
            twice.update(key for key in values if names.count(key) > 1)
        return shared.same(values)

    odd: list[str] = []

    def whole(digits: str) -> int | None:
        return _integer(digits, odd)

    value: object
    try:
        value = json.loads(text, strict=False, object_pairs_hook=record, parse_constant=odd.append)
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Python refuses to read integers of thousands of digits. A function for each of them costs time, so only now.
        odd.clear()
        value = json.loads(text, strict=False, object_pairs_hook=record, parse_constant=odd.append, parse_int=whole)
    if odd:
        first = next(_odd_numbers(text), "")
        problems.add(
            f"{first}: it is no number that JSON has, and was left out"
            + (f", as were {len(odd) - 1} more like it" if len(odd) > 1 else "")
        )
    if twice:
        names = ", ".join(f'"{key[:40]}"' for key in sorted(twice)[:5])
        problems.add(f"in one record the same key stands twice ({names}): the last one counts")
    return value


class _Shared:
    """Gives equal small records out as one: a report names the same file ten thousand times."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], dict[str, object]] = {}

    def same(self, values: dict[str, object]) -> dict[str, object]:
        """The record, or the equal one that was there before; nobody changes either."""
        if len(values) > _SHARED_KEYS:
            return values
        found = (*values, *values.values())
        for value in found:
            # True is equal to 1, and a list has no hash.
            if type(value) is not str and type(value) is not int:
                return values
        if len(self._known) < _SHARED_RECORDS:
            return self._known.setdefault(found, values)
        return self._known.get(found, values)


def _integer(digits: str, odd: list[str]) -> int | None:
    if len(digits) <= _DIGITS:
        return int(digits)
    odd.append(digits[:20])
    return None


def _odd_numbers(text: str) -> Iterator[str]:
    """Line, column and beginning of each number that was left out."""
    for found in _ODD_NUMBERS.finditer(text):
        if not found[0].startswith('"'):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            shown = found[0] if len(found[0]) <= 20 else f"{found[0][:10]}… ({len(found[0])} digits)"
            yield f"line {line}, column {column}: {shown}"


def _complete_part(text: str, end: int) -> str:
    """What stands before `end`, without what is not complete there, closed; empty where nothing is.

    Args:
        text: up to `end` it is valid.
    """
    closing: list[str] = []
    cut, closed = 0, ""
    listed = 0
    """How deep the outermost open list is whose elements have to be whole; 0: none is open."""
    last_text = (0, 0)
    for found in _BRACKETS.finditer(text, 0, end):
        start = found.start()
        sign = text[start]
        if sign == '"':
            if found.end() - start == 1:
                break  # the text in which it went wrong
            last_text = found.span()
        elif sign in "[{":
            closing.append("]" if sign == "[" else "}")
            if sign == "[" and not listed and _key(text, last_text, start) in _LISTED:
                listed = len(closing)
        else:
            closing.pop()
            if not listed or len(closing) <= listed:
                cut, closed = found.end(), "".join(reversed(closing))
                listed = listed if len(closing) >= listed else 0
    return text[:cut] + closed if cut else ""


def _key(text: str, last_text: tuple[int, int], start: int) -> str:
    """The key of the value that starts at `start`; empty where it has none."""
    first, last = last_text
    return text[first + 1 : last - 1] if text[last:start].strip() == ":" else ""


def _decoded(data: bytes, problems: Problems) -> str:
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return _text(data[len(bom) :], codec, problems)
    # Some shells write UTF-16 without a mark; no JSON text begins with a zero byte or holds one.
    if data[:2].count(0) == 1:
        return _text(data, "utf-16-be" if data[0] == 0 else "utf-16-le", problems)
    return _text(data, "utf-8", problems)


def _text(data: bytes, codec: str, problems: Problems) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(
            f"line {line}: the bytes there are no {codec.upper()}; they are kept as they are in names of files"
        )
        # As names of files are decoded, so that one that is not UTF-8 is found.
        return data.decode(codec, "surrogateescape" if codec == "utf-8" else "replace")


@contextmanager
def without_collector() -> Iterator[None]:
    """Without the cyclic collector, which walks all that was read again and again and doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
