"""The Python files of a repository as modules: parsed when they are asked for, found by the name that imports them."""

import ast
import re
import sys
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from reviewtui.follow.scopes import Scope, Scopes, scopes_of
from reviewtui.text.source import column_of_byte, decode

SIZE_LIMIT: Final = 2_000_000
"""Bytes of a Python file that is read for its meaning."""
LINE_LIMIT: Final = 100_000
"""A file with a longer line (characters) is data."""
_KEPT: Final = 1500
"""So many parsed files are kept."""
_KEPT_CHARACTERS: Final = 20_000_000
ENDS: Final = (".py", ".pyw")
_ALL_ENDS: Final = (".py", ".pyi")

Read = Callable[[str], bytes | None]
"""The bytes of a file; None where it may not be read."""

Position = tuple[int, int]
"""Line (1-based) and column (characters)."""


@dataclass(eq=False)
class Module:
    """A parsed file."""

    name: str
    """As the file's own folder of packages calls it."""
    path: str
    lines: tuple[str, ...]
    tree: ast.Module
    scopes: Scopes
    is_inside: bool
    """Whether it is a file of the repository; else one of the interpreter's."""
    is_package: bool
    blob: str = ""
    memo: dict[ast.AST, object] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """The names of the module."""
        return self.scopes.module

    @property
    def package(self) -> str:
        """What its relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    def column(self, line: int, byte_offset: int) -> int:
        """The column of a byte of a line, in characters."""
        return column_of_byte(self.lines[line - 1], byte_offset) if 0 < line <= len(self.lines) else byte_offset

    def parents(self, node: ast.AST) -> Iterable[ast.AST]:
        """What is around a node, the innermost first."""
        up = self.scopes.parents
        while (above := up.get(node)) is not None:
            yield above
            node = above

    @cached_property
    def branches(self) -> dict[ast.AST, tuple[ast.AST, str]]:
        """For each statement, what it stands in and in which part of that."""
        found: dict[ast.AST, tuple[ast.AST, str]] = {}
        for node in ast.walk(self.tree):
            for part in ("body", "orelse", "finalbody", "handlers", "cases"):
                inner = getattr(node, part, None)
                if isinstance(inner, list):
                    for child in inner:
                        found[child] = (node, part)
        return found


@dataclass(frozen=True, slots=True)
class Folder:
    """A package without a file of its own."""

    root: str
    path: str


class World:
    """Every module that can be reached: the repository's, and the standard library's as its stubs declare it."""

    def __init__(
        self,
        paths: Iterable[str],
        read: Read,
        stubs: "World | None" = None,
        *,
        signature: Callable[[str], object] | None = None,
        is_inside: bool = True,
    ) -> None:
        """`paths`: all files; only those of Python are looked at. `signature`: changes when the file does."""
        paths = tuple(paths)
        self._signature = signature or (lambda _path: None)
        self._signatures: dict[str, object] = {}
        self._fresh: set[str] = set()
        """The files that were compared since the last question."""
        self._read = read
        self._stubs = stubs
        self._is_inside = is_inside
        self._kept: OrderedDict[str, Module | None] = OrderedDict()
        self._size = 0
        self.paths = frozenset(path for path in paths if path.endswith(ENDS if is_inside else _ALL_ENDS))
        """The Python files."""
        self._extra = frozenset(path for path in paths if path.endswith(".pyi")) if is_inside else frozenset[str]()
        self._folders = {""}
        for path in self.paths:
            folder = path.rpartition("/")[0]
            while folder not in self._folders:
                self._folders.add(folder)
                folder = folder.rpartition("/")[0]
        self._roots: dict[str, list[str]] = {}
        for path in self.paths:
            root = self.root_of(path)
            top = path[len(root) :].lstrip("/").partition("/")[0].removesuffix(".py").removesuffix(".pyi")
            roots = self._roots.setdefault(top, [])
            if root not in roots:
                roots.append(root)
        for roots in self._roots.values():
            roots.sort()

    # Files

    def module(self, path: str) -> Module | None:
        """The parsed file; None where it cannot be read or parsed."""
        if path not in self._fresh:
            self._fresh.add(path)
            signature = self._signature(path)
            if self._signatures.get(path) != signature:
                self._signatures[path] = signature
                self._kept.pop(path, None)
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        data = self._read(path) if path in self.paths or path in self._extra else None
        module = self._parsed(path, data) if data is not None else None
        self._kept[path] = module
        self._size += len(data or b"")
        while len(self._kept) > _KEPT or (self._size > _KEPT_CHARACTERS and len(self._kept) > 60):
            _, old = self._kept.popitem(last=False)
            self._size -= sum(map(len, old.lines)) if old else 0
        return module

    def _parsed(self, path: str, data: bytes) -> Module | None:
        name, is_package = self._name(path)
        return parsed(name, path, data, is_inside=self._is_inside, is_package=is_package)

    def _name(self, path: str) -> tuple[str, bool]:
        """How a file is imported, and whether it is a package."""
        root = self.root_of(path)
        name = path[len(root) :].lstrip("/").removesuffix(".pyi").removesuffix(".py").replace("/", ".")
        is_package = name == "__init__" or name.endswith(".__init__")
        return name.removesuffix("__init__").rstrip("."), is_package

    def look_again(self) -> None:
        """Files may have changed: each is compared before it is next used."""
        self._fresh.clear()

    def root_of(self, path: str) -> str:
        """The folder that Python would have to search for the file's top package."""
        if not self._is_inside:
            return ""
        folder = path.rpartition("/")[0]
        while folder and (self._is_package(folder) or self._is_package(folder.rpartition("/")[0])):
            folder = folder.rpartition("/")[0]
        return folder

    def _is_package(self, folder: str) -> bool:
        return bool(folder) and f"{folder}/__init__.py" in self.paths

    # Imports

    def imported(self, name: str, importer: Module, level: int = 0) -> "Module | Folder | None":
        """What a name imports in a file; None where it is not here."""
        if level:
            owner = self if importer.is_inside == self._is_inside else self._stubs
            folder = importer.path.split("/")[:-1]
            if owner is None or level - 1 > len(folder):
                return None
            return owner.at("", [*folder[: len(folder) - level + 1], *(name.split(".") if name else [])])
        parts = name.split(".")
        if not importer.is_inside and self._is_inside:
            return self._stubs.imported(name, importer) if self._stubs else None
        if not self._is_inside:
            return self.at("", parts)
        near, far = self._search(parts[0], importer)
        for root in near:
            found = self.at(root, parts)
            if isinstance(found, Module):
                return found
        if parts[0] in sys.stdlib_module_names or parts[0] in ("typing_extensions", "_typeshed"):
            return self._stubs.at("", parts) if self._stubs else None
        for root in far:
            found = self.at(root, parts)
            if isinstance(found, Module):
                return found
        return next((found for root in (*near, *far) if (found := self.at(root, parts))), None)

    def _search(self, top: str, importer: Module) -> tuple[list[str], list[str]]:
        """The folders to search: those around the importing file, then others with such a package, near first."""
        near = []
        folder = self.root_of(importer.path)
        while True:
            if not self._is_package(folder):
                near.append(folder)
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        near += [root for root in ("src", "lib") if root in self._folders and root not in near]
        far = [root for root in self._roots.get(top, ()) if root not in near]
        here = importer.path.split("/")
        far.sort(key=lambda root: (-_shared(root.split("/"), here), root.count("/"), root))
        return near, far

    def at(self, root: str, parts: list[str]) -> "Module | Folder | None":
        """The module or folder of that name below a folder."""
        path = "/".join([*([root] if root else []), *parts])
        if not parts and not path:
            return Folder(root, path)
        for end in ("/__init__.py", ".py", "/__init__.pyi", ".pyi"):
            if path + end in self.paths or path + end in self._extra:
                return self.module(path + end) or self._unread(path + end)
        return Folder(root, path) if path in self._folders else None

    def _unread(self, path: str) -> Module:
        """A file that cannot be read or parsed: it is there, and nothing is known of what is in it."""
        tree = ast.Module([], [])
        return Module(self._name(path)[0], path, (), tree, scopes_of(tree), self._is_inside, is_package=False)

    def inside_folder(self, folder: Folder, name: str) -> "Module | Folder | None":
        """A module of a folder without a file of its own."""
        return self.at("", [*folder.path.split("/"), name] if folder.path else [name])

    def stub(self, name: str) -> Module | None:
        """A module of the standard library."""
        found = self._stubs.at("", name.split(".")) if self._stubs else self.at("", name.split("."))
        return found if isinstance(found, Module) else None

    def submodule(self, module: Module, name: str) -> "Module | Folder | None":
        """A module of a package."""
        if not module.is_package:
            return None
        owner = self if module.is_inside == self._is_inside else self._stubs
        folder = module.path.rpartition("/")[0]
        return owner.at("", [*folder.split("/"), name]) if owner else None


def parsed(name: str, path: str, data: bytes, *, is_inside: bool = True, is_package: bool = False) -> Module | None:
    """A file as a module; None where it is too large, or no Python that this interpreter can read."""
    if len(data) > SIZE_LIMIT:
        return None
    source = decode(data, path)
    if source.is_binary or (source.size > LINE_LIMIT and max(map(len, source.lines), default=0) > LINE_LIMIT):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse("\n".join(source.lines) + "\n")
            scopes = scopes_of(tree, prune=not is_inside)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    return Module(name, path, tuple(source.lines), tree, scopes, is_inside, is_package, source.blob)


def _shared(one: list[str], other: list[str]) -> int:
    """How many leading parts two paths have in common."""
    count = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


WORD: Final = re.compile(r"[^\W\d]\w*")


def word_at(line: str, column: int) -> tuple[str, int]:
    """The name that touches a column, and where it begins; an empty one where there is none."""
    for found in WORD.finditer(line, max(0, column - 300), column + 300):
        if found.start() <= column < found.end():
            return found.group(), found.start()
    return "", column
