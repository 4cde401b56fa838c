"""All manifests of a repository: each file read once, with those that they include and the constraints that hold."""

from collections.abc import Callable, Iterable
from typing import Final

from reviewtui.dependencies.manifests.combining import combined
from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.environment import read_environment
from reviewtui.dependencies.manifests.finding import format_of
from reviewtui.dependencies.manifests.graph import Direct, with_extra
from reviewtui.dependencies.manifests.includes import Edge, resolved
from reviewtui.dependencies.manifests.pdm_lock import read_pdm_lock
from reviewtui.dependencies.manifests.pipfile import read_pipfile, read_pipfile_lock
from reviewtui.dependencies.manifests.poetry_lock import read_poetry_lock
from reviewtui.dependencies.manifests.pylock import read_pylock
from reviewtui.dependencies.manifests.pyproject import read_pyproject
from reviewtui.dependencies.manifests.requirements_file import read_requirements
from reviewtui.dependencies.manifests.setup_cfg import read_setup_cfg
from reviewtui.dependencies.manifests.setup_py import read_setup_py
from reviewtui.dependencies.manifests.specifiers import UnreadableError
from reviewtui.dependencies.manifests.uv_lock import read_uv_lock
from reviewtui.dependencies.requirement import Manifest
from reviewtui.model.place import RepoPath

LARGEST: Final = 32 << 20
"""Bytes of a manifest that is read."""
_MOST_GROUPS: Final = 16

Read = Callable[[RepoPath], bytes | None]
"""The bytes of a file of the repository; None where there is none that can be read."""

_READERS: Final[dict[str, Callable[[bytes, Entries], None]]] = {
    "requirements": read_requirements,
    "pyproject": read_pyproject,
    "Pipfile": read_pipfile,
    "Pipfile.lock": read_pipfile_lock,
    "setup.cfg": read_setup_cfg,
    "setup.py": read_setup_py,
    "environment": read_environment,
}
_LOCK_READERS: Final[dict[str, Callable[[bytes, Entries, Direct | None], None]]] = {
    "poetry.lock": read_poetry_lock,
    "uv.lock": read_uv_lock,
    "pdm.lock": read_pdm_lock,
    "pylock": read_pylock,
}


def read(path: RepoPath, data: bytes, read_other: Read) -> Manifest:
    """One manifest; of the files that it includes, constraints and errors alone are in it."""
    found = read_all((path,), lambda other: data if other == path else read_other(other))
    return next(manifest for manifest in found if manifest.path == path)


def read_all(paths: Iterable[RepoPath], read: Read) -> tuple[Manifest, ...]:
    """The manifests and the files that they include, each once, sorted by path.

    A path whose name promises no format is read as a requirements file. `read` is asked once for each file.
    """
    reading = _Reading(read)
    reading.follow(sorted(set(paths)))
    return combined(reading.files, reading.edges)


class _Reading:
    """Reads files, each once, and what they include."""

    def __init__(self, read: Read) -> None:
        self.files: dict[RepoPath, Entries] = {}
        self.edges: list[Edge] = []
        self._read = read
        self._known: dict[RepoPath, Entries | None] = {}

    def follow(self, paths: list[RepoPath]) -> None:
        """Read the files and, from one to the next, those that they include."""
        waiting = paths[::-1]
        while waiting:
            path = waiting.pop()
            if path in self.files:
                continue
            entries = self._entries(path)
            if entries is None:
                entries = Entries(path, format_of(path) or "requirements")
                entries.problem(0, "it cannot be read")
            self.files[path] = entries
            waiting += reversed(self._included(entries))

    def _included(self, entries: Entries) -> list[RepoPath]:
        found = []
        for include in entries.includes:
            try:
                target = resolved(entries.path, include.target)
            except UnreadableError as error:
                entries.problem(include.line, str(error))
                continue
            if self._entries(target) is None:
                entries.problem(include.line, f"{target}, which this line includes, is not there or cannot be read")
                continue
            self.edges.append(Edge(entries.path, target, include))
            found.append(target)
        return found

    def _entries(self, path: RepoPath) -> Entries | None:
        """What stands in one file, whoever asks for it."""
        if path not in self._known:
            data = self._read(path)
            self._known[path] = None if data is None else self._parsed(path, data)
        return self._known[path]

    def _parsed(self, path: RepoPath, data: bytes) -> Entries:
        name = format_of(path) or "requirements"
        entries = Entries(path, name)
        if len(data) > LARGEST:
            entries.problem(0, f"{len(data):,} bytes: more than {LARGEST:,} are not read")
        elif reader := _LOCK_READERS.get(name):
            reader(data, entries, self._direct(path))
        else:
            _READERS[name](data, entries)
        return entries

    def _direct(self, lock: RepoPath) -> Direct | None:
        """What the pyproject.toml beside a lock file asks for; None where there is none."""
        entries = self._entries(RepoPath(f"{lock.folder}/pyproject.toml" if lock.folder else "pyproject.toml"))
        if entries is None:
            return None
        direct: dict[str, tuple[str, ...]] = {}
        for found in entries.requirements:
            if found.groups != ("build",) and not found.is_constraint:
                for name in (found.name, *(with_extra(found.name, extra) for extra in found.extras)):
                    known = direct.get(name)
                    # What the project itself asks for belongs to no group, whatever else asks for it.
                    if known is None or not found.groups:
                        direct[name] = found.groups
                    elif known and len(known) < _MOST_GROUPS:
                        direct[name] = known + found.groups
        return direct
