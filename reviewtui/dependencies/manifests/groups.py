"""Groups of dependencies that include each other (PEP 735)."""

from collections import defaultdict
from typing import Final

from reviewtui.dependencies.manifests.toml_file import Node
from reviewtui.dependencies.manifests.urls import quoted
from reviewtui.dependencies.manifests.wanted import normalised

_MOST: Final = 16
"""Groups of one package that are told."""


def add_groups(table: Node) -> None:
    """Take in the packages of every group, each with the groups that it comes into by being included."""
    names = {normalised(group.name): group.name for group in table.items()}
    including: defaultdict[str, list[str]] = defaultdict(list)
    for group in table.items():
        for element in group.elements():
            if isinstance(element.value, dict):
                name = normalised(element.at("include-group").text())
                if name in names:
                    including[name].append(group.name)
                else:
                    element.entries.problem(element.line, f"includes a group that is not there: {quoted(name)}")
    for group in table.items():
        groups = _with_including(group.name, including)
        if groups is None:
            group.entries.problem(group.line, f"the group {quoted(group.name)} includes itself")
            groups = (group.name,)
        for element in group.elements():
            if not isinstance(element.value, dict):
                element.entries.add_text(element.value, element.line, groups=groups)


def _with_including(name: str, including: dict[str, list[str]]) -> tuple[str, ...] | None:
    """The group and those that include it, nearest first; None where it is one of them."""
    found = [name]
    for group in found:
        for other in including.get(normalised(group), ()):
            if other == name:
                return None
            if len(found) >= _MOST:
                return tuple(found)
            if other not in found:
                found.append(other)
    return tuple(found)
