"""One table of a TOML document, read key by key: every problem is noted with its line, every unknown key remembered."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Final, TypeVar

from reviewtui.errors import BadPathError, BrokenFileError, Problem
from reviewtui.model.extra import Extra
from reviewtui.model.place import RepoPath
from reviewtui.store.surrogates import unescape
from reviewtui.store.toml import MAX_PROBLEMS, loaded
from reviewtui.text.toml_lines import KeyPath, key_lines, line_of

MAX_NUMBER: Final = 1_000_000_000
_YEARS: Final = range(1970, 3000)
_DEPTH: Final = 16
_SHOWN: Final = 40
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

E = TypeVar("E", bound=StrEnum)


class Document:
    """A TOML text and what is wrong with it."""

    def __init__(self, text: str, name: str, *, escaped: bool) -> None:
        """With `escaped`, lone surrogates in its texts are escaped, as `surrogates` says."""
        self._text = text
        self._name = name
        self._problems: list[tuple[KeyPath, str]] = []
        self.spelled: Callable[[str], str] = unescape if escaped else str
        """What a text of the file means."""
        self.top = Table(loaded(text, name), (), self)

    @property
    def problem_count(self) -> int:
        """How many problems were noted so far."""
        return len(self._problems)

    def problem(self, path: KeyPath, text: str) -> None:
        """Note what is wrong with a key or a table."""
        self._problems.append((path, text))

    def line(self, key: str) -> int:
        """The line of a key at the top."""
        return line_of((key,), key_lines(self._text))

    def close(self) -> None:
        """Raise BrokenFileError with every problem that was noted, in the order of the file."""
        if not self._problems:
            return
        lines = key_lines(self._text)
        found = sorted((line_of(path, lines), f"{_said(path)}{text}") for path, text in self._problems)
        problems = tuple(Problem(line, text) for line, text in found[:MAX_PROBLEMS])
        if len(found) > MAX_PROBLEMS:
            problems = (*problems, Problem(0, f"and {len(found) - MAX_PROBLEMS} more"))
        raise BrokenFileError(self._name, problems)


class Table:
    """The keys of one table. What is asked for and missing or wrong is noted, and a stand-in returned."""

    __slots__ = ("_document", "_path", "_rest", "_spelled")

    def __init__(self, values: Mapping[str, object], path: KeyPath, document: Document) -> None:
        self._rest = dict(values)
        self._path = path
        self._document = document
        self._spelled = document.spelled

    def __contains__(self, key: str) -> bool:
        return key in self._rest

    def problem(self, key: str, text: str) -> None:
        """Note what is wrong with a key; with an empty key, with the table."""
        self._document.problem((*self._path, key) if key else self._path, text)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text; empty where there is none."""
        value = self._rest.pop(key, None)
        if type(value) is str:
            return self._spelled(value)
        if value is not None or required:
            self._expected(key, "a text", value)
        return ""

    def name(self, key: str, form: re.Pattern[str], what: str, *, required: bool = False) -> str:
        """A text of a certain form, which `what` puts in words."""
        value = self._rest.pop(key, None)
        if type(value) is str and form.fullmatch(value):
            return value
        if value is not None or required:
            self._expected(key, what, value)
        return ""

    def path(self, key: str, *, required: bool = True) -> RepoPath:
        """A path inside the repository; it must be there, unless it is not required: then an empty one."""
        value = self._rest.pop(key, None)
        if value in (None, "") and not required:
            return RepoPath("")
        if type(value) is str:
            try:
                return RepoPath.parse(self._spelled(value))
            except BadPathError as error:
                self.problem(key, str(error))
        else:
            self._expected(key, "a path", value)
        return RepoPath("?")

    def choice(self, key: str, kind: type[E], *, required: bool = False) -> E | None:
        """One of the words of `kind`; None where there is none."""
        value = self._rest.pop(key, None)
        if type(value) is str:
            try:
                return kind(value)
            except ValueError:
                pass
        if value is not None or required:
            self._expected(key, f"one of {', '.join(kind)}", value)
        return None

    def number(self, key: str, low: int) -> int | None:
        """A whole number from `low`; None where there is none."""
        value = self._rest.pop(key, None)
        if type(value) is int and low <= value <= MAX_NUMBER:
            return value
        if value is not None:
            self._expected(key, f"a whole number from {low} to {MAX_NUMBER}", value)
        return None

    def truth(self, key: str) -> bool:
        """True or false; false where there is nothing."""
        value = self._rest.pop(key, False)
        if type(value) is not bool:
            self._expected(key, "true or false", value)
        return value is True

    def moment(self, key: str, default: datetime | None = None) -> datetime:
        """A time with its zone; it must be there unless there is a default."""
        value = self._rest.pop(key, default)
        if type(value) is datetime and value.tzinfo is not None and value.year in _YEARS:
            return value
        self._expected(key, "a time with its zone, such as 2026-05-04T12:30:00Z", value)
        return _EPOCH

    def day(self, key: str) -> date | None:
        """A date; None where there is none."""
        value = self._rest.pop(key, None)
        if type(value) is date and value.year in _YEARS:
            return value
        if value is not None:
            self._expected(key, "a date, such as 2026-05-04", value)
        return None

    def texts(self, key: str, *, or_one: bool = False) -> tuple[str, ...]:
        """A list of texts; with `or_one` a single text counts as a list of itself."""
        value = self._rest.pop(key, [])
        if or_one and type(value) is str:
            value = [value]
        if isinstance(value, list) and all(type(part) is str for part in value):
            return tuple(self._spelled(part) for part in value)
        self._expected(key, "a list of texts", value)
        return ()

    def numbers(self, key: str, low: int) -> tuple[int, ...]:
        """A list of whole numbers from `low`."""
        value = self._rest.pop(key, [])
        if isinstance(value, list) and all(type(part) is int and low <= part <= MAX_NUMBER for part in value):
            return tuple(value)
        self._expected(key, f"a list of whole numbers from {low} to {MAX_NUMBER}", value)
        return ()

    def table(self, key: str) -> "Table":
        """A table; an empty one where there is none."""
        value = self._rest.pop(key, None)
        if isinstance(value, dict):
            return Table(value, (*self._path, key), self._document)
        if value is not None:
            self._expected(key, f"a table [{key}]", value)
        return Table({}, (*self._path, key), self._document)

    def tables(self, key: str) -> "Iterator[Table]":
        """An array of tables, one after the other."""
        value = self._rest.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
            self._expected(key, f"tables [[{key}]]", value)
            return
        for number, part in enumerate(value):
            yield Table(part, (*self._path, key, number), self._document)

    def extra(self) -> Extra:
        """All keys that nobody asked for, checked to be such that they can be written again."""
        return {key: self._kept(key, value) for key, value in self._rest.items()}

    def no_more(self) -> None:
        """Note every key that nobody asked for as a problem."""
        for key in self._rest:
            self.problem(key, "no such key is known here")

    def mapping(self) -> dict[str, str]:
        """All keys with their texts, for tables whose keys are free."""
        return {key: self.text(key) for key in list(self._rest)}

    def _kept(self, key: str, value: object, depth: int = 0) -> object:
        if isinstance(value, str):
            return self._spelled(value)
        if isinstance(value, dict | list) and depth > _DEPTH:
            self.problem(key, f"lists and tables can be {_DEPTH} deep at most")
            return ""
        if isinstance(value, dict):
            return {name: self._kept(key, part, depth + 1) for name, part in value.items()}
        if isinstance(value, list):
            return [self._kept(key, part, depth + 1) for part in value]
        if isinstance(value, float) and math.isnan(value):
            self._expected(key, "a value that equals itself", value)
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            self._expected(key, "a number of 64 bits at most", value)
        elif not isinstance(value, int | float | date | time):
            self._expected(key, "a value of TOML 1.0", value)
        return value

    def _expected(self, key: str, what: str, value: object) -> None:
        self.problem(key, f"{what} is missing" if value is None else f"expected {what}, not {_shown(value)}")


def _said(path: KeyPath) -> str:
    """A key for people: `finding 3, place 1, start: `."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        else:
            words.append(part if len(part) <= _SHOWN else f"{part[:_SHOWN]}…")
    return f"{', '.join(words)}: " if words else ""


def _shown(value: object) -> str:
    """A value, short enough for a message."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "such a list" if value else "an empty list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 64:
        return "a number of more than 64 bits"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
