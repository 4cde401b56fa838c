"""Which file includes which: where a line leads, how a file came in, and where a file includes itself."""

import posixpath
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reviewtui.dependencies.manifests.entries import Include
from reviewtui.dependencies.manifests.specifiers import UnreadableError
from reviewtui.dependencies.manifests.urls import is_url, quoted
from reviewtui.errors import BadPathError
from reviewtui.model.place import RepoPath

_LONGEST: Final = 12
"""Names in a chain; of a longer one the middle is left out."""
GAP: Final = "…"


@dataclass(frozen=True, slots=True)
class Edge:
    """One line that includes a file."""

    source: RepoPath
    target: RepoPath
    include: Include


def resolved(source: RepoPath, target: str) -> RepoPath:
    """The file of the repository that a line of `source` includes.

    Raises:
        UnreadableError: it is none of the repository.
    """
    if is_url(target):
        raise UnreadableError(f"{quoted(target)} is not in the repository: it is not read")
    joined = posixpath.normpath(posixpath.join(source.folder, target)) if target else ""
    try:
        return RepoPath.parse(joined)
    except BadPathError:
        raise UnreadableError(f"{quoted(target)} is no path inside the repository: it is not read") from None


def longer(chain: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The chain with one more name at its end."""
    if len(chain) < _LONGEST:
        return (*chain, name)
    half = _LONGEST // 2
    return (*chain[:half], GAP, *chain[half + 2 :], name)


class Includes:
    """The files and the lines that join them."""

    def __init__(self, files: Iterable[RepoPath], edges: Iterable[Edge]) -> None:
        self.files = tuple(files)
        self.leaving: defaultdict[RepoPath, list[Edge]] = defaultdict(list)
        self.entering: defaultdict[RepoPath, list[Edge]] = defaultdict(list)
        for edge in edges:
            self.leaving[edge.source].append(edge)
            self.entering[edge.target].append(edge)

    def roots(self) -> list[RepoPath]:
        """The files that nobody includes, and of those that include each other in a ring the first."""
        roots = [path for path in self.files if not self.entering[path]]
        seen = self.reached(roots)
        for path in self.files:
            if path not in seen:
                roots.append(path)
                seen |= self.reached([path], seen)
        return roots

    def reached(self, starts: Iterable[RepoPath], without: Iterable[RepoPath] = ()) -> set[RepoPath]:
        """The files and all that they include, but nothing that is known by now."""
        known = set(without) if without else set()
        waiting = [path for path in starts if path not in known]
        found = set(waiting)
        while waiting:
            for edge in self.leaving[waiting.pop()]:
                if edge.target not in found and edge.target not in known:
                    found.add(edge.target)
                    waiting.append(edge.target)
        return found

    def chains(self, roots: Iterable[RepoPath]) -> dict[RepoPath, tuple[tuple[str, ...], Edge | None]]:
        """How each file came in, by the shortest way: the files that include it, outermost first, and the last line."""
        found: dict[RepoPath, tuple[tuple[str, ...], Edge | None]] = dict.fromkeys(roots, ((), None))
        waiting = deque(found)
        while waiting:
            path = waiting.popleft()
            below = longer(found[path][0], path)
            for edge in self.leaving[path]:
                if edge.target not in found:
                    found[edge.target] = (below, edge)
                    waiting.append(edge.target)
        return found

    def loops(self, roots: Iterable[RepoPath]) -> list[Edge]:
        """The lines by which a file includes itself, at once or through others."""
        loops = []
        done: set[RepoPath] = set()
        open_: set[RepoPath] = set()
        for root in roots:
            if root in done:
                continue
            open_.add(root)
            stack = [(root, iter(self.leaving[root]))]
            while stack:
                path, edges = stack[-1]
                for edge in edges:
                    if edge.target in open_:
                        loops.append(edge)
                    elif edge.target not in done:
                        open_.add(edge.target)
                        stack.append((edge.target, iter(self.leaving[edge.target])))
                        break
                else:
                    stack.pop()
                    open_.discard(path)
                    done.add(path)
        return loops
