"""Which entry of another file says what version a requirement is: a lock file, or a constraint."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from reviewtui.dependencies.requirement import Manifest, Pin, Requirement
from reviewtui.model.place import RepoPath

_LOCKS: Final = frozenset({"poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pylock"})
_OF_A_WORKSPACE: Final = "uv.lock"
"""The lock file that also holds for the folders below its own."""
_DEEPEST: Final = 64


class Pins:
    """All exact entries of some manifests, asked by requirement."""

    def __init__(self, manifests: Sequence[Manifest]) -> None:
        self._by_file: dict[RepoPath, dict[str, list[Requirement]]] = {}
        self._locks: defaultdict[str, list[RepoPath]] = defaultdict(list)
        """By folder, and by `uv.lock` in it for those of a whole workspace."""
        for manifest in manifests:
            entries = self._by_file.setdefault(manifest.path, {})
            for requirement in manifest.requirements:
                if requirement.pin is Pin.EXACT:
                    entries.setdefault(requirement.name, []).append(requirement)
            if manifest.format in _LOCKS:
                self._locks[manifest.path.folder].append(manifest.path)

    def of(self, requirement: Requirement) -> Requirement | None:
        """The entry that decides the version in place of this one; None where it decides itself, or nothing does."""
        if requirement.pin is Pin.EXACT:
            return None if _says_itself(requirement) else self._constraint(requirement)
        if requirement.pin is Pin.DIRECT:
            return None
        for path in self._deciding(requirement.path):
            found = self._by_file.get(path, {}).get(requirement.name, [])
            if len({entry.version for entry in found}) == 1:
                return found[0]
        return None

    def _deciding(self, path: RepoPath) -> Iterator[RepoPath]:
        """The lock files that hold for a manifest, and what is compiled of it."""
        if path.endswith(".in"):
            yield RepoPath(f"{path[: -len('.in')]}.txt")
        yield from (lock for lock in self._locks.get(path.folder, ()) if lock != path)
        for folder in list(PurePosixPath(path).parent.parents)[:_DEEPEST]:
            name = str(folder)
            yield from (
                lock for lock in self._locks.get("" if name == "." else name, ()) if lock.name == _OF_A_WORKSPACE
            )

    def _constraint(self, requirement: Requirement) -> Requirement | None:
        for limit in requirement.limits:
            for entry in self._by_file.get(limit.path, {}).get(requirement.name, ()):
                if entry.line == limit.line and entry.version == requirement.version:
                    return entry
        return None


def _says_itself(requirement: Requirement) -> bool:
    """Whether the line itself names the version, whatever constraints there are."""
    if not requirement.limits:
        return True
    others = ",".join(dict.fromkeys(limit.specifier for limit in requirement.limits))
    return "==" in requirement.specifier.removesuffix(others)
