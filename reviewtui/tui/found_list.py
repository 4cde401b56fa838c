"""What a search through the repository found, as a list to work through: rows by file, and what was looked at."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from reviewtui.model.place import RepoPath
from reviewtui.search.engine import MOST, Portion
from reviewtui.search.result import Key, Result
from reviewtui.search.wanted import Wanted

MOST_NAMED: Final = 100
"""Files that were not searched and have a row each; of further ones it is said how many there are."""


_UNSEARCHED: Final = " · "


class Unsearched(NamedTuple):
    """A file that was not searched, or several of one kind."""

    path: RepoPath | None
    """None for several."""
    reason: str


class Note(NamedTuple):
    """What came of the search as a whole."""

    text: str


Entry: TypeAlias = RepoPath | Result | Unsearched | Note
"""What a row shows: a file above its lines, a line, what was not searched, or what came of it all."""


@dataclass
class FoundList:
    """One search and what came of it."""

    wanted: Wanted
    total: int
    """Files that were to be looked at."""
    looked: set[Key]
    """What was looked at, kept for the next search for the same."""
    entries: list[Entry] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    counts: Counter[RepoPath] = field(default_factory=Counter)
    """Lines for each file."""
    unsearched: list[tuple[RepoPath, str]] = field(default_factory=list)
    searched: int = 0
    left_out: int = 0
    state: str = "running"
    """Then `done`, `stopped` or `failed`."""
    problem: str = ""
    seconds: float = 0.0
    is_cut: bool = False
    _counted: tuple[tuple[int, int], int] = ((0, 0), 0)
    """How many were looked at when there were so many keys and lines."""
    has_begun: bool = False
    """Whether the reader stood on a line of it."""

    def add(self, portions: Iterable[Portion]) -> None:
        """Further files were searched."""
        for portion in portions:
            for result in portion.results:
                if not self.counts[result.path]:
                    self.entries.append(result.path)
                self.counts[result.path] += 1
                self.entries.append(result)
            self.results += portion.results
            self.unsearched += portion.unsearched
            self.searched += portion.searched
            self.left_out += portion.left_out
            self.is_cut |= portion.is_cut

    def end(self, state: str, seconds: float, problem: str = "") -> None:
        """Nothing more comes: what was not searched is listed below what was found."""
        self.state, self.seconds, self.problem = state, seconds, problem
        named = [Unsearched(path, reason) for path, reason in self.unsearched if _kind(reason) != "binary"]
        binaries = len(self.unsearched) - len(named)
        self.entries.append(Note(self.outcome))
        self.entries += named[:MOST_NAMED]
        if len(named) > MOST_NAMED:
            self.entries.append(Unsearched(None, f"{len(named) - MOST_NAMED:,} more files were not searched"))
        if binaries:
            self.entries.append(Unsearched(None, f"{_files(binaries)} with binary content, not searched"))

    @property
    def looked_count(self) -> int:
        """How many of the lines were looked at."""
        sizes = len(self.looked), len(self.results)
        if self._counted[0] != sizes:
            self._counted = sizes, sum(result.key in self.looked for result in self.results)
        return self._counted[1]

    def row_after(self, row: int, forward: bool) -> int | None:
        """The next row with a line, or the one before."""
        rows = range(row + 1, len(self.entries)) if forward else range(min(row, len(self.entries)) - 1, -1, -1)
        return next((at for at in rows if isinstance(self.entries[at], Result)), None)

    def results_in(self, first: int, last: int) -> list[Result]:
        """The lines that rows stand for; a file's row for all of its lines."""
        found: dict[int, Result] = {}
        for entry in self.entries[first : last + 1]:
            if isinstance(entry, Result):
                found[id(entry)] = entry
            elif isinstance(entry, RepoPath):
                found.update({id(result): result for result in self.results if result.path == entry})
        return list(found.values())

    @property
    def outcome(self) -> str:
        """What was searched and what was found, without what was not searched."""
        return self.summary.partition(_UNSEARCHED)[0]

    @property
    def summary(self) -> str:
        """In one sentence what was searched and what came of it; never that there is nothing where not all was seen."""
        if self.state == "failed":
            return f"The search broke off: {self.problem}"
        if self.state == "running":
            done = self.searched + self.left_out + sum(_kind(reason) != "cut" for _, reason in self.unsearched)
            return f"Searching, {min(done, self.total):,} of {self.total:,} files…"
        what = f"{_lines(len(self.results))} in {_files(len(self.counts))}" if self.results else "nothing found"
        searched = _files(self.searched)
        if self.wanted.globs:
            searched += f" that fit {self.wanted.globs}"
        parts = [f"{'Stopped: searched' if self.state == 'stopped' else 'Searched'} {searched}, {what}"]
        if self.is_cut:
            parts.append(f"ended at {MOST:,} lines")
        kinds = Counter(_kind(reason) for _, reason in self.unsearched)
        cut = kinds.pop("cut", 0)
        if cut:
            parts.append(f"{_files(cut)} not to the end")
        if kinds:
            words = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
            return f"{'; '.join(parts)}{_UNSEARCHED}{kinds.total():,} not searched: {words}"
        return "; ".join(parts)


def _kind(reason: str) -> str:
    """What several reasons are counted as."""
    if reason.startswith("took longer"):
        return "took too long"
    if reason.startswith("more than"):
        return "cut"
    if " bytes and is not opened" in reason:
        return "too large"
    return reason if " " not in reason or len(reason) < 24 else "unreadable"


def _files(count: int) -> str:
    return f"{count:,} file{'s' * (count != 1)}"


def _lines(count: int) -> str:
    return f"{count:,} line{'s' * (count != 1)}"
