"""What is known against the packages that a repository asks for, from the databases that the user has; no network.

`audit(repository)` is all that a screen, a report or a command needs: hits for the layer "dependencies", blind spots,
the databases with their dates, and how every requirement stands. It may take seconds, so it belongs in a thread:

    found = audit(repository, should_stop=...)      # None when it was stopped
    desk.set_layer("dependencies", found.hits)      # found.blind, found.sources, found.problems

It loads the reader of YAML, so a command that may do without it imports it where it is called.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reviewtui.dependencies.builtin import builtin
from reviewtui.dependencies.checking import Checked, Outcome, checked, packages_of
from reviewtui.dependencies.database import Loaded, Source, load
from reviewtui.dependencies.hits import TOOL, hits_of
from reviewtui.dependencies.knowledge import Knowledge
from reviewtui.dependencies.manifests import find, read_all
from reviewtui.dependencies.requirement import Manifest, Requirement
from reviewtui.errors import AdvisoryError, SourceError
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.resources import user_folder
from reviewtui.scan.exclusion import excluded

ARCHIVE: Final = "pypi.zip"
"""What `reviewtui advisories update` writes, in the folder of the user's databases."""
_MOST_NAMED: Final = 12
"""So many requirements are named where many were not checked for one reason."""
_OURS: Final = ("reviewtui", "advisories")


@dataclass(frozen=True, slots=True)
class Audit:
    """How a repository stands with what is known of its packages."""

    manifests: tuple[Manifest, ...]
    checks: tuple[Checked, ...]
    """Every requirement of every manifest, in their order."""
    hits: tuple[Hit, ...]
    """In reading order, with fingerprints: vulnerabilities, and questions where no version is known."""
    sources: tuple[Source, ...]
    """The databases that were asked, the built-in set last."""
    problems: tuple[str, ...] = ()
    """What of the databases could not be read."""

    @property
    def blind(self) -> tuple[BlindSpot, ...]:
        """What was not checked and is no hit either, and what of the manifests could not be read.

        Requirements of one file that were not checked for one reason are one of them.
        """
        spots = [
            BlindSpot(TOOL, manifest.path, f"line {line}: {text}" if line else text)
            for manifest in self.manifests
            for line, text in manifest.problems
        ]
        for (path, reason), entries in self.unchecked().items():
            named = [f"{entry.shown} (line {entry.line})" for entry in entries[:_MOST_NAMED]]
            more = [f"{len(entries) - _MOST_NAMED} more"] if len(entries) > _MOST_NAMED else []
            spots.append(BlindSpot(TOOL, path, f"{', '.join((*named, *more))}: {reason}"))
        return tuple(sorted(spots, key=lambda spot: spot.path))

    def unchecked(self) -> dict[tuple[RepoPath, str], list[Requirement]]:
        """The requirements that were not checked and are no question either, by file and reason."""
        found: dict[tuple[RepoPath, str], list[Requirement]] = {}
        for check in self.checks:
            if check.outcome is Outcome.NOT_CHECKED and not check.is_question and check.pinned is None:
                found.setdefault((check.requirement.path, check.reason), []).append(check.requirement)
        return found

    @property
    def distinct(self) -> frozenset[tuple[str, str]]:
        """Package and id of every vulnerability, each once, however many manifests name the package."""
        return frozenset((one.package, one.id) for check in self.checks for one in check.vulnerabilities)

    def of(self, outcome: Outcome) -> tuple[Checked, ...]:
        """The requirements that stand so."""
        return tuple(check for check in self.checks if check.outcome is outcome)


def audit(
    repository: Repository,
    paths: Sequence[Path] = (),
    *,
    should_stop: Callable[[], bool] = lambda: False,
    now: datetime | None = None,
) -> Audit | None:
    """Find the manifests of a repository, or of what of it was asked for, and look every package up; None when stopped.

    Args:
        paths: databases; without any, those in the user's folder. The built-in set always comes along.
        now: the present time; no record counts as younger.

    Raises:
        AdvisoryError: one of `paths` is no database.
        GitError: git failed.
    """
    wanted = find(
        entry.path
        for entry in repository.files(should_stop)
        if entry.kind is EntryKind.FILE and entry.path.is_within(repository.focus) and not excluded(entry.path)
    )

    def read(path: RepoPath) -> bytes | None:
        try:
            return None if should_stop() else repository.read(path)
        except SourceError:
            return None

    manifests = read_all(wanted, read)
    if should_stop():
        return None
    return audited(repository, manifests, paths, should_stop=should_stop, now=now)


def audited(
    repository: Repository,
    manifests: Sequence[Manifest],
    paths: Sequence[Path] = (),
    *,
    should_stop: Callable[[], bool] = lambda: False,
    now: datetime | None = None,
) -> Audit | None:
    """Look these manifests up; as `audit`."""
    gathered = databases(packages_of(manifests), paths, should_stop=should_stop, now=now)
    if gathered is None:
        return None
    loaded, problems = gathered
    knowledge = Knowledge.of(loaded)
    checks = checked(manifests, knowledge, should_stop)
    if should_stop():
        return None
    hits = hits_of(checks, lambda path: _lines(repository, path))
    return Audit(tuple(manifests), checks, hits, knowledge.sources, (*problems, *knowledge.problems))


def databases(
    packages: Iterable[str],
    paths: Sequence[Path] = (),
    *,
    should_stop: Callable[[], bool] = lambda: False,
    now: datetime | None = None,
) -> tuple[list[Loaded], list[str]] | None:
    """What the databases know of these packages, the built-in set last, and which of them cannot be used.

    Args:
        paths: the databases; without any, those in the user's folder.

    Raises:
        AdvisoryError: one of `paths` is no database.
    """
    now = now or datetime.now(UTC)
    wanted = frozenset(packages)
    loaded, problems = [], []
    for path in paths or kept_databases():
        try:
            one = load(path, wanted, cache_folder(), should_stop, now)
        except AdvisoryError as error:
            if paths:
                raise
            problems.append(str(error))
            continue
        if one is None:
            return None
        loaded.append(one)
    return [*loaded, builtin()], problems


def kept_databases() -> list[Path]:
    """The databases in the user's folder: each archive, file and folder there is one."""
    try:
        return sorted(path for path in advisories_folder().iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def advisories_folder() -> Path:
    """Where databases are kept: with what the user has, not in a cache, since a machine without a network cannot fetch
    again what is cleared away."""
    return user_folder("XDG_DATA_HOME", ".local/share").joinpath(*_OURS)


def cache_folder() -> Path:
    """Where the indexes of large databases are kept; it may be cleared at any time."""
    return user_folder("XDG_CACHE_HOME", ".cache").joinpath(*_OURS)


def _lines(repository: Repository, path: RepoPath) -> Sequence[str]:
    source = repository.source(path)
    return () if source is None or source.is_binary else source.lines
