"""The repository's files as a tree, without a widget: their order, and the rows when some folders are open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from reviewtui.model.place import RepoPath


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row of the tree."""

    path: str
    name: str
    depth: int
    is_folder: bool
    note: str = ""
    """What is unusual about it: a link, a submodule, gone."""


@dataclass(frozen=True, slots=True)
class FileTree:
    """Folders with their children, sorted as they are shown: folders first, then by name without regard to case."""

    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Folder (root is empty) to the paths of the folders in it."""
    files: Mapping[str, Sequence[RepoPath]] = field(default_factory=dict)
    """Folder to the paths of the files in it."""
    notes: Mapping[RepoPath, str] = field(default_factory=dict)
    paths: tuple[RepoPath, ...] = ()
    """Every file, in the order of the tree."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Folder to the number of files below it."""

    @classmethod
    def of(cls, paths: Iterable[RepoPath], notes: Mapping[RepoPath, str] | None = None) -> "FileTree":
        """The tree of these paths, which come in any order."""
        folders: dict[str, list[str]] = {}
        files: dict[str, list[RepoPath]] = {}
        known = {""}
        for path in paths:
            folder = path.rpartition("/")[0]
            if folder not in files:
                files[folder] = []
                above = folder
                while above not in known:
                    known.add(above)
                    parent = above.rpartition("/")[0]
                    folders.setdefault(parent, []).append(above)
                    above = parent
            files[folder].append(path)
        # Children of one folder share all but their names, so that whole paths sort as names do.
        for children in folders.values():
            children.sort(key=_by_name)
        for inside in files.values():
            inside.sort(key=_by_name)
        order: list[RepoPath] = []
        counts: dict[str, int] = {}
        for folder in _children_first(folders):
            own = files.get(folder, [])
            order += own
            counts[folder] = len(own) + sum(counts[child] for child in folders.get(folder, ()))
        return cls(folders, files, notes or {}, tuple(order), counts)

    def rows(self, opened: AbstractSet[str]) -> list[TreeRow]:
        """What is to be seen when these folders are open; a chain of folders with nothing else is one row."""
        found: list[TreeRow] = []
        # A stack of its own: a hostile tree may be deeper than Python's.
        waiting = [("", 0, False)]
        while waiting:
            folder, depth, are_files = waiting.pop()
            if are_files:
                inside = self.files.get(folder, ())
                found += [TreeRow(path, path.name, depth, False, self.notes.get(path, "")) for path in inside]
                continue
            if folder:
                found.append(TreeRow(folder, folder[self._above(folder) :], depth - 1, True))
                if folder not in opened:
                    continue
            waiting.append((folder, depth, True))
            children = [self._end_of_chain(child) for child in self.folders.get(folder, ())]
            waiting += [(child, depth + 1, False) for child in reversed(children)]
        return found

    def _end_of_chain(self, folder: str) -> str:
        while folder not in self.files and len(self.folders.get(folder, ())) == 1:
            folder = self.folders[folder][0]
        return folder

    def _above(self, folder: str) -> int:
        """Where the name of a row begins: behind the nearest folder around that has a row of its own."""
        parent = folder.rpartition("/")[0]
        while parent and parent not in self.files and len(self.folders.get(parent, ())) == 1:
            parent = parent.rpartition("/")[0]
        return len(parent) + 1 if parent else 0


def folders_of(path: str) -> list[str]:
    """The folders above a path, nearest last."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def _by_name(path: str) -> tuple[str, str]:
    return path.casefold(), path


def _children_first(folders: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every folder after those in it, in the order of the tree."""
    waiting = [("", False)]
    while waiting:
        folder, are_children_done = waiting.pop()
        if are_children_done:
            yield folder
            continue
        waiting.append((folder, True))
        waiting += [(child, False) for child in reversed(folders.get(folder, ()))]
