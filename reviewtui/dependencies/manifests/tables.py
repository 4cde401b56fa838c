"""Dependencies that are written as a key and a value, as poetry and pipenv do."""

from collections.abc import Callable
from typing import Final

from reviewtui.dependencies.manifests.poetry_constraint import constrained
from reviewtui.dependencies.manifests.specifiers import UnreadableError, tidied
from reviewtui.dependencies.manifests.toml_file import Node
from reviewtui.dependencies.manifests.urls import quoted
from reviewtui.dependencies.manifests.wanted import Wanted, direct, is_name, ranged
from reviewtui.model.place import LineSpan

VCS: Final = ("git", "hg", "svn", "bzr")
_REVISIONS: Final = ("rev", "tag", "branch", "ref")
_PLACES: Final = ("path", "file", "url", *VCS)
SAYING: Final = frozenset(("version", *_PLACES))
"""Keys of a table that say which package is taken."""
_LONGEST: Final = 200
"""Lines of an entry from its key to its version that are marked as one piece."""
_CONDITIONS: Final = ("python", "platform", "os_name", "sys_platform", "platform_machine", "python_version")

Ranged = Callable[[str, str, tuple[str, ...], str], Wanted]
"""What a name, the text of a version, extras and a marker ask for."""


def by_poetry(name: str, version: str, extras: tuple[str, ...], marker: str) -> Wanted:
    """With a version as poetry writes it."""
    return constrained(name, version, extras, marker)


def by_pipenv(name: str, version: str, extras: tuple[str, ...], marker: str) -> Wanted:
    """With a version as pipenv writes it: a specifier, or `*` for any."""
    return ranged(name, "" if version.strip() == "*" else tidied(version), extras, marker)


def add_entry(node: Node, read: Ranged, groups: tuple[str, ...], extra_groups: tuple[str, ...] = ()) -> None:
    """Take in what a key and its value ask for: a version, a table, or a list of tables.

    Args:
        groups: that it belongs to.
        extra_groups: that it belongs to besides where it says that it is optional.
    """
    name = node.name
    if not is_name(name):
        node.entries.problem(node.line, f"no name of a package: {quoted(name)}")
        return
    choices = list(node.elements()) if isinstance(node.value, list) else [node]
    for choice in choices:
        is_optional = isinstance(choice.value, dict) and choice.at("optional").value is True
        found = _wanted(name, choice, read)
        if found is not None:
            own = groups + (extra_groups or ("optional",)) if is_optional else groups
            line = choice.at("version").line if isinstance(choice.value, dict) else choice.line
            first = choice.line if 0 <= line - choice.line < _LONGEST else line
            node.entries.add(found, line, LineSpan(first, line), groups=own)


def _wanted(name: str, node: Node, read: Ranged) -> Wanted | None:
    try:
        if isinstance(node.value, str):
            return read(name, node.value, (), "")
        if not isinstance(node.value, dict):
            node.wrong("a version or a table")
            return None
        extras, marker = tuple(sorted(node.at("extras").texts())), _marker(node)
        if url := place_of(node):
            return direct(url, name, extras, marker)
        return read(name, node.at("version").text() or "*", extras, marker)
    except UnreadableError as error:
        node.entries.problem(node.line, f"{quoted(name)}: {error}")
        return None


def place_of(node: Node) -> str:
    """The URL, repository or folder that a table names; empty where it names none."""
    for key in _PLACES:
        if place := node.at(key).text():
            revision = next((text for name in _REVISIONS if (text := node.at(name).text())), "")
            scheme = "" if key not in VCS or place.startswith(f"{key}+") else f"{key}+"
            return f"{scheme}{place}" + (f"@{revision}" if revision and key in VCS else "")
    return ""


def _marker(node: Node) -> str:
    """The conditions of a table, as they are written."""
    markers = node.at("markers").text()
    conditions = [f"{key} {text}" for key in _CONDITIONS if (text := node.at(key).text())]
    return " and ".join(([f"({markers})"] if markers else []) + conditions) if conditions else markers
