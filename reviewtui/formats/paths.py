"""From what another tool calls a file to a file of the repository: never outside, never guessed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from urllib.parse import unquote_to_bytes

from reviewtui.model.place import RepoPath

_DRIVE: Final = re.compile(r"/?[A-Za-z]:[\\/]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAMPLE: Final = 2_000
"""So many names are looked at to learn where the repository was on another machine."""
_EQUAL_NAMES: Final = 50
"""A file whose name so many others have (`__init__.py`) tells little of where the repository was."""

_OUTSIDE: Final = "it leads out of the repository"
_NOT_HERE: Final = "no file of this repository is called so"


class PathMap:
    """The files of a repository, found by the names that others have for them."""

    def __init__(self, paths: Iterable[RepoPath], root: str = "") -> None:
        """`root`: the absolute path of the repository, to recognise absolute paths that were made in it."""
        self._paths = frozenset(paths)
        self._root = _name(root).parts if root else []
        self._by_name: dict[str, list[RepoPath]] = {}
        self._composed: dict[str, RepoPath | None] = {}
        for path in self._paths:
            self._by_name.setdefault(path.name, []).append(path)
            if not path.isascii():
                composed = unicodedata.normalize("NFC", path)
                self._composed[composed] = None if composed in self._composed else path

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[RepoPath]:
        return iter(sorted(self._paths))

    def find(self, name: str, bases: Iterable[str] = (), roots: Iterable[str] = ()) -> tuple[RepoPath | None, str]:
        """The file that `name` means, or None and why there is none.

        Tried in this order: the path below each of `bases` that lies in the repository; the path below the root of the
        repository; the path below the other `bases`; the file that ends as such a base does, with `name` below it; the
        only file whose last parts are those of `name`, or the most of them that any file has when a longer path was
        made on another machine. What lies in the repository or in one of `roots` and is not there now is not looked
        for elsewhere.

        Args:
            name: a path, absolute or not, with `/` or `\\`.
            bases: paths that `name` may be relative to.
            roots: where the repository was on the machine that made the report.
        """
        wanted = _name(name)
        if wanted.problem:
            return (RepoPath(name), "") if name in self._paths else (None, wanted.problem)
        known = [root for root in (self._root, *(_name(root).parts for root in roots)) if root]
        wholes = [wanted.below(base) for base in map(_name, bases) if not base.problem and not wanted.is_absolute]
        if wanted.is_absolute:
            inside = self._inside(wanted, known)
            if inside is not None:
                return (found, "") if (found := self._exact(inside)) else (None, _NOT_HERE)
        else:
            for whole in wholes:
                inside = self._inside(whole, known) if whole.is_absolute else None
                if inside is not None and (found := self._exact(inside)):
                    return found, ""
            if name in self._paths:
                return RepoPath(name), ""
            for whole in (wanted, *wholes):
                if not whole.is_absolute and not whole.is_outside and (found := self._exact(whole.parts)):
                    return found, ""
        outside = [whole for whole in (wanted, *wholes) if not whole.is_outside]
        if not outside:
            return None, _OUTSIDE
        if wanted.is_outside:
            # What is above a base is found only by where that base is.
            return self._by_suffix(outside[0].parts, is_absolute=True) if outside[0].is_absolute else (None, _NOT_HERE)
        return self._below_foreign(wanted, wholes) or self._by_suffix(wanted.parts, wanted.is_absolute)

    def foreign_root(self, names: Iterable[str]) -> str:
        """Where the repository was on the machine that made these absolute names; empty where that is not clear.

        The folder below which most of them are files of ours; one name alone proves nothing.
        """
        votes: Counter[str] = Counter()
        for name in islice(dict.fromkeys(names), _SAMPLE):
            wanted = _name(name)
            if wanted.problem or not wanted.is_absolute or not wanted.parts:
                continue
            same_name = self._by_name.get(wanted.parts[-1], [])
            if len(same_name) <= _EQUAL_NAMES:
                votes.update("/" + "/".join(wanted.parts[: -_depth(path)]) for path in _ends(same_name, wanted.parts))
        first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] > max(1, second[1]) else ""

    def _inside(self, name: "_Name", roots: Sequence[Sequence[str]]) -> list[str] | None:
        """The parts below the longest of `roots` that holds it."""
        for root in sorted(roots, key=len, reverse=True):
            if name.parts[: len(root)] == list(root):
                return name.parts[len(root) :]
        return None

    def _below_foreign(self, wanted: "_Name", wholes: Sequence["_Name"]) -> tuple[RepoPath | None, str] | None:
        """The file that ends as a base of another machine does, together with the name below it."""
        for whole in wholes:
            if whole.is_absolute and whole.parts:
                held = _ends(self._by_name.get(whole.parts[-1], []), whole.parts)
                held = [path for path in held if _depth(path) > len(wanted.parts)]
                if held:
                    return max(held, key=_depth), ""
        return None

    def _exact(self, parts: Sequence[str]) -> RepoPath | None:
        path = RepoPath("/".join(parts))
        if path in self._paths:
            return path
        # Some systems take letters with accents apart.
        return None if path.isascii() else self._composed.get(unicodedata.normalize("NFC", path))

    def _by_suffix(self, parts: list[str], is_absolute: bool) -> tuple[RepoPath | None, str]:
        if not parts:
            return None, "it names no file"
        same_name = self._by_name.get(parts[-1], [])
        # A short name may be the end of a longer path of ours; a long one of another machine may hold ours as its end.
        longer = [] if is_absolute else [path for path in same_name if path.split("/")[-len(parts) :] == parts]
        if len(longer) == 1:
            return longer[0], ""
        if len(longer) > 1:
            return None, f"{len(longer)} files end so: {', '.join(sorted(longer)[:3])}"
        held = _ends(same_name, parts)
        if held:
            # Of several the longest, which holds the others, unless it is but the bare name of a file in the root.
            best = max(held, key=_depth)
            if "/" in best or (is_absolute and len(same_name) == 1):
                return best, ""
        return None, _NOT_HERE


def path_of_uri(uri: str) -> str:
    """The path in a URI reference as SARIF has it: `file:///a%20b.py` is `/a b.py`; other schemes stay as they are."""
    if _DRIVE.match(uri):
        return uri
    scheme = _SCHEME.match(uri)
    if scheme and scheme[0].lower() != "file:":
        return uri
    rest = uri[len(scheme[0]) :] if scheme else uri
    if scheme and rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if _DRIVE.match(f"{host}/"):
            host, path = "", f"{host}/{path}"  # `file://C:/x`, with a slash too few
        rest = slash + path if host in ("", "localhost") else f"//{host}/{path}"
    rest = rest.split("#", 1)[0].split("?", 1)[0] if scheme else rest
    return unquote_to_bytes(rest.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class _Name:
    """A path, taken apart."""

    parts: list[str]
    """Without `.`, and without `..` but at the beginning."""
    is_absolute: bool = False
    problem: str = ""

    @property
    def is_outside(self) -> bool:
        return self.parts[:1] == [".."]

    def below(self, base: "_Name") -> "_Name":
        return _Name(_folded([*base.parts, *self.parts]), base.is_absolute)


def _name(text: str) -> _Name:
    if not text or "\0" in text:
        return _Name([], problem="it names no file")
    drive = _DRIVE.match(text)
    scheme = _SCHEME.match(text)
    if scheme and not drive and len(scheme[0]) > 2:
        return _Name([], problem="it is no path of a file")
    is_absolute = text.startswith(("/", "\\")) or bool(drive)
    parts = _folded(part for part in re.split(r"[\\/]", text) if part not in ("", "."))
    if is_absolute and parts[:1] == [".."]:
        return _Name([], problem=_OUTSIDE)
    if drive:
        parts[0] = parts[0].upper()
    return _Name(parts, is_absolute)


def _folded(parts: Iterable[str]) -> list[str]:
    """Without `..`, except where it leads out of what is known."""
    folded: list[str] = []
    for part in parts:
        if part == ".." and folded and folded[-1] != "..":
            folded.pop()
        else:
            folded.append(part)
    return folded


def _ends(paths: Iterable[RepoPath], parts: Sequence[str]) -> list[RepoPath]:
    """Those of `paths` that are the end of `parts`."""
    return [path for path in paths if list(parts[-_depth(path) :]) == path.split("/")]


def _depth(path: str) -> int:
    return path.count("/") + 1
