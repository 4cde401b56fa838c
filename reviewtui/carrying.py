"""Which decisions hold for the code as it is now: reads the files that it takes, and asks git what was renamed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reviewtui.errors import GitError
from reviewtui.model.carry import carry
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit
from reviewtui.model.place import RepoPath
from reviewtui.model.standing import Standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.repo.renames import renames
from reviewtui.repo.repository import Repository
from reviewtui.text.source import SourceText
from reviewtui.text.symbols import Outline

SCANNERS: Final = frozenset({"bandit", "text"})
"""The tools of our own scan."""
MOST_COMMITS: Final = 8
"""Git is asked for renames since so many commits, those on which most was decided first."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at before the hits were counted."""

    paths: frozenset[RepoPath]
    """Every file that is there."""
    blobs: Mapping[RepoPath, str] = field(default_factory=dict)
    """The files that our own scan looked at, with git's id of their bytes, where it is known."""
    tools: frozenset[str] = frozenset()
    """Other tools whose results are among the hits."""
    is_complete: bool = True
    """Whether nothing is still being looked at."""


def carried(
    repository: Repository,
    verdicts: Mapping[Fingerprint, Verdict],
    hits: Sequence[Hit],
    looked: Looked,
    should_stop: Callable[[], bool] = lambda: False,
) -> Standings:
    """The decisions that hold for these hits.

    A file that cannot be read, and a git that cannot help, cost what they could have told: then a decision is rather
    asked for again than carried along.
    """
    decided = [verdict for verdict in verdicts.values() if verdict.state is not State.OPEN]
    if not decided:
        return Standings(verdicts)
    present = {hit.fingerprint for hit in hits}
    moved = _moved(repository, [v for v in decided if v.fingerprint not in present], looked, should_stop)
    return carry(verdicts, hits, CodeNow(repository, looked, moved))


class CodeNow:
    """The code as it is on disk, as far as somebody asks."""

    def __init__(self, repository: Repository, looked: Looked, moved: Mapping[RepoPath, RepoPath]) -> None:
        """`moved`: what became of files that are gone."""
        self._repository = repository
        self._looked = looked
        self._moved = moved
        self._sources: dict[RepoPath, SourceText | None] = {}
        self._outlines: dict[RepoPath, Outline] = {}

    @property
    def is_complete(self) -> bool:
        """Whether every file was looked at."""
        return self._looked.is_complete

    def was_seen(self, tool: str, path: RepoPath) -> bool:
        """Whether a hit of this tool would have been found there."""
        if tool not in SCANNERS:
            return tool in self._looked.tools
        return path in self._looked.blobs or (path not in self._looked.paths and path != NOWHERE)

    def now(self, path: RepoPath) -> RepoPath | None:
        """The present path of a file."""
        return path if path in self._looked.paths or path == NOWHERE else self._moved.get(path)

    def blob(self, path: RepoPath) -> str:
        """Git's id of a file's bytes."""
        return self._looked.blobs.get(path) or (source.blob if (source := self._source(path)) else "")

    def lines(self, path: RepoPath) -> Sequence[str]:
        """The lines of a file."""
        source = self._source(path)
        return source.lines if source else ()

    def symbol(self, path: RepoPath, line: int) -> str:
        """The function or class around a line."""
        if not path.endswith(".py"):
            return ""
        if path not in self._outlines:
            self._outlines[path] = Outline(self.lines(path))
        found = self._outlines[path].enclosing(line)
        return found.qualified if found else ""

    def _source(self, path: RepoPath) -> SourceText | None:
        if path not in self._sources:
            self._sources[path] = self._repository.source(path) if path in self._looked.paths else None
        return self._sources[path]


def _moved(
    repository: Repository, lost: Iterable[Verdict], looked: Looked, should_stop: Callable[[], bool]
) -> Mapping[RepoPath, RepoPath]:
    """What became of the files of these decisions, where they are gone: by git, else where the same bytes are."""
    gone = [v for v in lost if v.place.path not in looked.paths and v.place.path != NOWHERE]
    if not gone:
        return {}
    found: dict[RepoPath, RepoPath] = {}
    commits = Counter(v.place.anchor.commit for v in gone if v.place.anchor.commit)
    for commit, _ in commits.most_common(MOST_COMMITS) if repository.is_git else ():
        since = {v.place.path for v in gone if v.place.anchor.commit == commit and v.place.path not in found}
        if should_stop():
            return {}
        try:
            named = renames(repository.root, commit, since)
        except GitError:
            # A commit that this clone does not have, say; what the files hold can tell as well.
            continue
        found |= {old: new for old, new in named.items() if new in looked.paths}
    by_blob: dict[str, list[RepoPath]] = {}
    for path, blob in looked.blobs.items():
        by_blob.setdefault(blob, []).append(path)
    for verdict in gone:
        same = by_blob.get(verdict.place.anchor.blob, []) if verdict.place.anchor.blob else []
        if len(same) == 1:
            found.setdefault(verdict.place.path, same[0])
    # Two that became one cannot be told apart by their paths.
    heirs = Counter(found.values())
    return {old: new for old, new in found.items() if heirs[new] == 1}
