"""An object of a report, asked by key: whatever a value is instead of what it should be is told, and costs itself."""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from reviewtui.formats.problems import Problems

_LARGEST: Final = 2**53
"""A JSON number beyond it is not exact in most programs."""

_KINDS: Final = {
    dict: "a record",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}


class Record:
    """The values of one JSON object; null is the same as missing, as many tools write it so."""

    __slots__ = ("index", "name", "parent", "problems", "values")

    def __init__(
        self,
        values: Mapping[str, object],
        problems: Problems,
        parent: "Record | None" = None,
        name: str = "",
        index: int = -1,
    ) -> None:
        self.values = values
        self.problems = problems
        self.parent = parent
        self.name = name
        self.index = index

    def __bool__(self) -> bool:
        return bool(self.values)

    def __contains__(self, name: object) -> bool:
        return self.values.get(name) is not None if isinstance(name, str) else False

    @property
    def where(self) -> str:
        """Where it stands in the report: `runs[0].results[17]`; empty for the whole."""
        parts = []
        record: Record | None = self
        while record is not None and record.name:
            parts.append(record.name if record.index < 0 else f"{record.name}[{record.index}]")
            record = record.parent
        return ".".join(reversed(parts))

    def problem(self, text: str, name: str = "") -> None:
        """Tell what is wrong with it, or with its value `name`."""
        where = ".".join(part for part in (self.where, name) if part)
        self.problems.add(f"{where}: {text}" if where else text)

    def text(self, name: str) -> str:
        """A text, with halves of characters replaced; empty where there is none."""
        value = self.values.get(name)
        if isinstance(value, str):
            return clean(value)
        if value is not None:
            self.problem(_expected("a text", value), name)
        return ""

    def path(self, name: str) -> str:
        """A text as it stands: bytes of a path that are not UTF-8 are halves of characters."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        if value is not None:
            self.problem(_expected("a text", value), name)
        return ""

    def word(self, name: str) -> str:
        """A text, number or truth value as text; empty for anything else, which is no problem."""
        value = self.values.get(name)
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float) and abs(value) <= _LARGEST:
            return f"{value:g}" if isinstance(value, float) else str(value)
        return ""

    def integer(self, name: str) -> int | None:
        """A whole number; None where there is none."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
            return int(value)  # some tools write their lines so
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(_expected("a number", value), name)
        elif abs(value) > _LARGEST or value != int(value):
            self.problem("expected a whole number of a sensible size", name)
        else:
            return int(value)
        return None

    def number(self, name: str) -> float | None:
        """A number; None where there is none."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(_expected("a number", value), name)
        elif not math.isfinite(value) or abs(value) > _LARGEST:
            self.problem("expected a number of a sensible size", name)
        else:
            return float(value)
        return None

    def flag(self, name: str) -> bool | None:
        """True or false; None where it says neither."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return value
        self.problem(_expected("true or false", value), name)
        return None

    def record(self, name: str) -> "Record":
        """The object; one without values where there is none."""
        value = self.values.get(name)
        if isinstance(value, dict):
            return Record(value, self.problems, self, name)
        if value is not None:
            self.problem(_expected("a record", value), name)
        return Record({}, self.problems, self, name)

    def records(self, name: str) -> "Iterator[Record]":
        """The objects in the list; what is none is told and left out."""
        for index, value in enumerate(self._list(name)):
            if isinstance(value, dict):
                yield Record(value, self.problems, self, name, index)
            elif value is not None:
                self.problem(_expected("a record", value), f"{name}[{index}]")

    def record_at(self, name: str, index: int) -> "Record":
        """One object of the list; one without values where there is none."""
        value = self.values.get(name)
        if isinstance(value, list) and 0 <= index < len(value) and isinstance(value[index], dict):
            return Record(value[index], self.problems, self, name, index)
        return Record({}, self.problems, self, name, index)

    def named(self, name: str) -> "Iterator[tuple[str, Record]]":
        """The objects in an object that is used as a table, each with its key."""
        table = self.record(name)
        for key, value in table.values.items():
            if isinstance(value, dict):
                yield key, Record(value, self.problems, table, key)
            elif value is not None:
                table.problem(_expected("a record", value), key)

    def texts(self, name: str) -> list[str]:
        """The texts in the list; what is none is told and left out."""
        found = []
        for index, value in enumerate(self._list(name)):
            if isinstance(value, str):
                found.append(clean(value))
            elif value is not None:
                self.problem(_expected("a text", value), f"{name}[{index}]")
        return found

    def integers(self, name: str) -> list[int]:
        """The whole numbers in the list; what is none is told and left out."""
        found = []
        for index, value in enumerate(self._list(name)):
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int):
                self.problem(_expected("a whole number", value), f"{name}[{index}]")
            elif abs(value) > _LARGEST:
                self.problem("expected a whole number of a sensible size", f"{name}[{index}]")
            else:
                found.append(value)
        return found

    def _list(self, name: str) -> list[object]:
        value = self.values.get(name)
        if isinstance(value, list):
            return value
        if value is not None:
            self.problem(_expected("a list", value), name)
        return []


def _expected(kind: str, value: object) -> str:
    return f"expected {kind}, found {_KINDS.get(type(value), 'something else')}"


def clean(text: str) -> str:
    """The text with every half of a character replaced, so that it can be encoded."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _has_half(text) else text


def _has_half(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
