"""A manifest in TOML as values that are looked at with care, each with its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries, kind
from reviewtui.errors import BrokenFileError
from reviewtui.text.toml_lines import KeyPath, line_of, value_lines
from reviewtui.text.toml_values import toml_values

_MARK: Final = "\ufeff"


def toml_text(data: bytes, entries: Entries) -> str:
    """The text of a TOML file; bytes that are no UTF-8 are told and replaced."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        entries.problem(data.count(b"\n", 0, error.start) + 1, "no UTF-8, as TOML has to be")
        text = data.decode("utf-8", "replace")
    return text.removeprefix(_MARK)


def values_of(text: str, entries: Entries) -> dict[str, object] | None:
    """The values of a TOML text; None where it is none, which is told."""
    try:
        return toml_values(text, entries.path.name)
    except BrokenFileError as error:
        for problem in error.problems:
            entries.problem(problem.line, problem.text)
        return None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with the way to it, so that what is wrong with it can be told on its line."""

    value: object
    path: KeyPath
    lines: dict[KeyPath, int]
    entries: Entries

    @property
    def line(self) -> int:
        """Where it stands; at least the first line."""
        return max(1, line_of(self.path, self.lines))

    @property
    def name(self) -> str:
        """Its key."""
        return str(self.path[-1]) if self.path else ""

    def __bool__(self) -> bool:
        return self.value is not None

    def at(self, *keys: str) -> "Node":
        """What stands below keys, one in the other; a Node that is false where there is none."""
        node = self
        for key in keys:
            table = node.value if isinstance(node.value, dict) else {}
            if node.value is not None and not isinstance(node.value, dict):
                node.wrong("a table")
            node = Node(table.get(key), (*node.path, key), self.lines, self.entries)
            if node.value is None:
                break
        return node

    def items(self) -> Iterator["Node"]:
        """What a table holds; none where it is no table, which is told."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield Node(value, (*self.path, key), self.lines, self.entries)
        elif self.value is not None:
            self.wrong("a table")

    def elements(self) -> Iterator["Node"]:
        """What an array holds; none where it is no array, which is told."""
        if isinstance(self.value, list):
            for number, value in enumerate(self.value):
                yield Node(value, (*self.path, number), self.lines, self.entries)
        elif self.value is not None:
            self.wrong("a list")

    def text(self) -> str:
        """The text that it is; empty where there is none, or another value, which is told."""
        if isinstance(self.value, str):
            return self.value
        if self.value is not None:
            self.wrong("a text")
        return ""

    def texts(self) -> tuple[str, ...]:
        """The texts of an array; what is none is told."""
        return tuple(text for element in self.elements() if (text := element.text()))

    def wrong(self, wanted: str) -> None:
        """Tell that it should be something else."""
        where = ".".join(map(str, self.path[-4:]))
        self.entries.problem(self.line, f"{where} has to be {wanted}, not {kind(self.value)}")


def toml_node(data: bytes, entries: Entries) -> Node | None:
    """The document; None where it is no TOML, which is told."""
    text = toml_text(data, entries)
    values = values_of(text, entries)
    return None if values is None else Node(values, (), value_lines(text), entries)
