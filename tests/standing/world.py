"""A repository whose hits are decided, edited and scanned again by the real scanner; for the tests of standings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from reviewtui.carrying import Looked, carried
from reviewtui.model.anchor import make_place
from reviewtui.model.deciding import decide, twins
from reviewtui.model.hit import Hit, fingerprinted
from reviewtui.model.place import Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.standing import Match, Standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.scan.bandit.runner import BanditRunner
from reviewtui.text.source import decode
from reviewtui.text.symbols import enclosing
from tests.gitrepo import GitRepo

AT: Final = datetime(2024, 5, 1, 9, 0, 0, tzinfo=UTC)
LATER: Final = datetime(2024, 6, 1, 9, 0, 0, tzinfo=UTC)

Row = tuple[str, int, str, str, str]
"""Path, line, rule, match, reason of the decision."""


@dataclass
class World:
    """A repository and its review."""

    root: Path
    git: GitRepo | None
    runner: BanditRunner = field(default_factory=BanditRunner)
    review: Review = field(default_factory=Review)
    hits: tuple[Hit, ...] = ()
    known: Standings = field(default_factory=Standings)
    not_scanned: frozenset[str] = frozenset()
    """Files that the scanner does not look at."""

    @classmethod
    def of(cls, root: Path, files: Mapping[str, str | bytes], *, git: bool = False) -> Self:
        """Write the files and scan them."""
        if git:
            world = cls(root, GitRepo.create(root, files))
        else:
            world = cls(root, None)
            world.write(files)
        world.scan()
        return world

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Put files into the tree; None of git's business."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = (self.root / name).read_text()
        assert text.count(old) == 1, (old, text)
        (self.root / name).write_text(text.replace(old, new))

    def scan(self) -> None:
        """What the scanner says now, and which decisions hold."""
        repository = Repository.open(self.root)
        paths = [entry.path for entry in repository.files() if entry.kind is EntryKind.FILE]
        hits: list[Hit] = []
        blobs: dict[RepoPath, str] = {}
        for path in paths:
            if path.endswith(".py") and path not in self.not_scanned:
                data = repository.read(path)
                found, problem = self.runner.scan(path, data)
                source = decode(data, path)
                hits += fingerprinted(found, source.lines)
                if not problem:
                    blobs[path] = source.blob
        self.hits = tuple(sorted(hits, key=lambda hit: hit.order))
        self.known = carried(repository, self.review.verdicts, self.hits, Looked(frozenset(paths), blobs))

    def place(self, hit: Hit) -> Place:
        """Where a hit is, with its anchor."""
        repository = Repository.open(self.root)
        source = decode(repository.read(hit.path), hit.path)
        symbol = enclosing(source.lines, hit.span.start)
        return make_place(hit.path, hit.span, source.lines, commit=repository.head(), blob=source.blob, symbol=symbol)

    def hit(self, path: str, line: int) -> Hit:
        """The hit that names a line."""
        (found,) = [hit for hit in self.hits if (hit.path, hit.line) == (path, line)]
        return found

    def decide(
        self,
        path: str,
        line: int,
        reason: str,
        state: State = State.FALSE_POSITIVE,
        by: str = "Rita",
        at: datetime = AT,
    ) -> None:
        """Decide on the hit of a line."""
        hit = self.hit(path, line)
        verdict = Verdict(
            hit.fingerprint, hit.tool, hit.rule, state, reason, by, at, self.place(hit), twins=twins(hit, self.hits)
        )
        self.review = decide(self.review, self.known, hit, verdict, self.place)

    def decide_all(self, reason: str = "fine") -> None:
        """Decide on every hit, each with a reason of its own: the line it stood on."""
        for hit in self.hits:
            self.decide(hit.path, hit.line, f"{reason} {hit.path}:{hit.line}")

    @property
    def table(self) -> list[Row]:
        """Every hit with what holds for it."""
        rows = []
        for hit in self.hits:
            standing = self.known.of(hit)
            reason = standing.verdict.reason if standing.verdict else ""
            rows.append((str(hit.path), hit.line, hit.rule, standing.match.value, reason))
        return rows

    @property
    def gone(self) -> list[str]:
        """The reasons of the decisions whose hit is gone."""
        return sorted(verdict.reason for verdict in self.known.gone)

    @property
    def matches(self) -> list[tuple[int, Match]]:
        """Line and match of each hit, for worlds with one file."""
        return [(hit.line, self.known.of(hit).match) for hit in self.hits]
