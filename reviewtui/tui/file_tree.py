"""The repository's files as a tree, without a widget: which rows there are when some folders are open."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from reviewtui.model.place import RepoPath
from reviewtui.tui.desk import folders_of


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
    """Folders with their children, sorted as they are shown."""

    folders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Folder (root is empty) to the paths of the folders in it."""
    files: Mapping[str, tuple[RepoPath, ...]] = field(default_factory=dict)
    """Folder to the paths of the files in it."""
    notes: Mapping[RepoPath, str] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Iterable[RepoPath], notes: Mapping[RepoPath, str]) -> "FileTree":
        """The tree of these paths, which come in the order of `desk.tree_order`."""
        folders: dict[str, dict[str, None]] = {}
        files: dict[str, list[RepoPath]] = {}
        known: set[str] = set()
        for path in paths:
            folder = path.folder
            files.setdefault(folder, []).append(path)
            while folder and folder not in known:
                known.add(folder)
                parent = folder.rpartition("/")[0]
                folders.setdefault(parent, {})[folder] = None
                folder = parent
        return cls(
            {parent: tuple(children) for parent, children in folders.items()},
            {folder: tuple(inside) for folder, inside in files.items()},
            notes,
        )

    def rows(self, opened: AbstractSet[str]) -> list[TreeRow]:
        """What is to be seen when these folders are open; a chain of folders with nothing else is one row."""
        found: list[TreeRow] = []
        self._collect("", 0, opened, found)
        return found

    def _collect(self, folder: str, depth: int, opened: AbstractSet[str], found: list[TreeRow]) -> None:
        for child in self.folders.get(folder, ()):
            last = self._end_of_chain(child)
            name = last[len(folder) + 1 if folder else 0 :]
            found.append(TreeRow(last, name, depth, True))
            if last in opened:
                self._collect(last, depth + 1, opened, found)
        found += [
            TreeRow(path, path.name, depth, False, self.notes.get(path, "")) for path in self.files.get(folder, ())
        ]

    def _end_of_chain(self, folder: str) -> str:
        while folder not in self.files and len(self.folders.get(folder, ())) == 1:
            folder = self.folders[folder][0]
        return folder

    def opened_for(self, path: str) -> list[str]:
        """The folders that must be open for the path to be seen."""
        return folders_of(path)
