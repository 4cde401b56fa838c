"""From the key of a component to a file of the repository."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.formats.imported import Tree
from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record, clean
from reviewtui.model.place import RepoPath

_SHOWN: Final = 300
_PROJECTS: Final = frozenset(("TRK", "APP", "BRC", "VW", "SVW"))
_BRANCH: Final = re.compile(r":(?:BRANCH|PULL_REQUEST):[^:]*$")
"""What servers before 8 have at the end of the keys of what is not on the main branch."""
_WHOLE: Final = "it concerns the project as a whole"


@dataclass(frozen=True, slots=True)
class Named:
    """What a key stands for."""

    path: RepoPath | None
    shown: str
    """What the report calls the file; empty for the project as a whole."""
    reason: str = ""
    """Why there is no path."""


class Components:
    """The components that a report describes, and those that it only names."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._described: dict[str, tuple[str, str]] = {}
        """Key to kind and path."""
        self._found: dict[tuple[str, str], Named] = {}

    def add(self, component: Record) -> None:
        """Learn of one more."""
        if key := component.path("key"):
            self._described[key] = component.text("qualifier"), component.path("path")

    def find(self, key: str, project: str) -> Named:
        """The file that a component is.

        Args:
            project: the key of its project; empty where it is not known.
        """
        known = self._found.get((key, project))
        if known is None:
            known = self._found[key, project] = self._named(key, project)
        return known

    def _named(self, key: str, project: str) -> Named:
        kind, path = self._described.get(key, ("", ""))
        if kind == "DIR":
            return Named(None, _shown(path or key), "it is a folder")
        if path:
            return self._file([path])
        if not key or key == project or kind in _PROJECTS:
            return Named(None, "", _WHOLE)
        return self._file(list(_paths_in(key, project)))

    def _file(self, names: list[str]) -> Named:
        """The first of these names that is a file here."""
        reason = ""
        for name in names:
            path, why = self._tree.paths.find(name)
            if path is not None:
                return Named(path, _shown(path))
            reason = reason or why
        return Named(None, _shown(names[0]), reason)


def _paths_in(key: str, project: str) -> Iterator[str]:
    """What may be the path in a key: behind that of the project, which may have colons itself."""
    key = _BRANCH.sub("", key)
    if project and key.startswith(f"{project}:"):
        yield key[len(project) + 1 :]
        return
    parts = key.split(":", 8)
    if len(parts) == 1:
        yield key
    for number in range(1, len(parts)):
        yield ":".join(parts[number:])


def _shown(name: str) -> str:
    return shortened(clean(name), _SHOWN)
