"""From what another tool calls a file to a file of the repository: never outside, never guessed."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote_to_bytes

from reviewtui.model.place import RepoPath

_DRIVE: Final = re.compile(r"/?[A-Za-z]:[\\/]")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class PathMap:
    """The files of a repository, found by the names that others have for them."""

    def __init__(self, paths: Iterable[RepoPath], root: str = "") -> None:
        """`root`: the absolute path of the repository, to recognise absolute paths that were made in it."""
        self._paths = frozenset(paths)
        self._root = [part for part in root.split("/") if part]
        self._by_name: dict[str, list[RepoPath]] = {}
        for path in self._paths:
            self._by_name.setdefault(path.name, []).append(path)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def find(self, name: str, bases: Iterable[str] = ()) -> tuple[RepoPath | None, str]:
        """The file that `name` means, or None and why there is none.

        Tried in this order: the path below the root of the repository (what is absolute has to lie in it), the path
        below each of `bases`, then the only file whose last parts are those of `name`, or the most of them that any
        file has when a longer path was made on another machine.

        Args:
            name: a path, absolute or not, with `/` or `\\`.
            bases: paths that `name` may be relative to.
        """
        parts, is_absolute, problem = _parts(name)
        if problem:
            return None, problem
        if is_absolute:
            count = len(self._root)
            if count and parts[:count] == self._root and (found := self._exact(parts[count:])):
                return found, ""
        elif found := self._exact(parts):
            return found, ""
        for base in bases:
            base_parts, base_is_absolute, base_problem = _parts(base)
            if base_problem or is_absolute:
                continue
            whole = [*base_parts, *parts]
            count = len(self._root)
            if base_is_absolute and count and whole[:count] == self._root:
                whole = whole[count:]
            if found := self._exact(whole):
                return found, ""
        return self._by_suffix(parts, is_absolute)

    def _exact(self, parts: list[str]) -> RepoPath | None:
        path = RepoPath("/".join(parts))
        return path if path in self._paths else None

    def _by_suffix(self, parts: list[str], is_absolute: bool) -> tuple[RepoPath | None, str]:
        if not parts:
            return None, "it names no file"
        same_name = self._by_name.get(parts[-1], [])
        # A short name may be the end of a longer path of ours; a long one of another machine may hold ours as its end.
        longer = [path for path in same_name if path.split("/")[-len(parts) :] == parts]
        if len(longer) == 1:
            return longer[0], ""
        if len(longer) > 1:
            return None, f"{len(longer)} files end so: {', '.join(sorted(longer)[:3])}"
        held = [path for path in same_name if parts[-len(path.split("/")) :] == path.split("/")]
        if held:
            # Of several the longest, which holds the others, unless it is but the bare name of a file in the root.
            best = max(held, key=lambda path: path.count("/"))
            if "/" in best or (is_absolute and len(same_name) == 1):
                return best, ""
        return None, "no file of this repository is called so"


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
        rest = slash + path if host in ("", "localhost") else f"//{host}/{path}"
    rest = rest.split("#", 1)[0].split("?", 1)[0] if scheme else rest
    return unquote_to_bytes(rest.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogateescape")


def _parts(name: str) -> tuple[list[str], bool, str]:
    """The parts of a path without `.`, whether it is absolute, and why it cannot be used; empty where it can."""
    if not name or "\0" in name:
        return [], False, "it names no file"
    scheme = _SCHEME.match(name)
    if scheme and not _DRIVE.match(name) and len(scheme[0]) > 2:
        return [], False, "it is no path of a file"
    is_absolute = name.startswith(("/", "\\")) or bool(_DRIVE.match(name))
    parts = [part for part in re.split(r"[\\/]", name) if part not in ("", ".")]
    if ".." in parts:
        folded: list[str] = []
        for part in parts:
            if part != "..":
                folded.append(part)
            elif folded:
                folded.pop()
            else:
                return [], is_absolute, "it leads out of the repository"
        parts = folded
    return parts, is_absolute, ""
