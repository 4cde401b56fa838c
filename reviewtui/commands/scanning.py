"""A scan without a screen: which files, with progress on standard error, and what was not looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from reviewtui.commands.output import Progress
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Entry, EntryKind, Repository
from reviewtui.scan.choices import ScanChoices
from reviewtui.scan.exclusion import left_out
from reviewtui.scan.pool import FileScanned, Scan, excluded
from reviewtui.scan.settings import unused_configurations, unused_sentence

TOOL: Final = "bandit"
_PYTHON: Final = (".py", ".pyw")
_NOT_FILES: Final = {
    EntryKind.LINK: "Not scanned: a symbolic link, which is never followed",
    EntryKind.SUBMODULE: "Not scanned: a repository of its own inside this one",
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan found, and what it did not see."""

    hits: tuple[Hit, ...]
    """In reading order, silenced ones included."""
    blind: tuple[BlindSpot, ...]
    """By path; of a folder that the rule leaves out, one."""
    files: int
    """How many files were looked at, by Bandit or for text that misleads."""
    for_bandit: int
    """How many of them Bandit looked at."""
    notes: tuple[str, ...] = ()
    """What else has to be known: which configuration Bandit had, and which it did not have."""
    listed: frozenset[RepoPath] = frozenset()
    """Every path of the repository, looked at or not."""
    blobs: Mapping[RepoPath, str] = field(default_factory=dict)
    """The files that were looked at as a whole, with git's ids of what they held then."""


def scan(repository: Repository, jobs: int | None = None, choices: ScanChoices | None = None) -> Scanned:
    """Run Bandit and our own rules on the repository, or on what of it was asked for.

    Args:
        repository: what is scanned.
        jobs: worker processes.
        choices: Bandit's defaults and no results kept, unless given.

    Raises:
        ReviewTuiError: the files cannot be listed, no worker can be started, or Bandit cannot use its configuration.
    """
    choices = choices or ScanChoices(keeps_results=False)
    listing = repository.listing()
    asked = [entry for entry in listing.entries if entry.path.is_within(repository.focus)]
    files = [e.path for e in asked if e.kind is EntryKind.FILE]
    wanted = [path for path in files if not excluded(path)]
    hits: list[Hit] = []
    blobs: dict[RepoPath, str] = {}
    blind = [*left_out(files), *_no_files(asked)]
    if listing.left_out:
        reason = f"Not scanned: {listing.left_out} names that cannot be opened safely"
        blind.append(BlindSpot(TOOL, RepoPath("."), reason))
    looked_at = for_bandit = 0
    progress = Progress("Scanning", len(wanted))
    try:
        for result in _results(repository, wanted, jobs, choices):
            progress.step(result.path)
            hits += result.hits
            if result.path.endswith(_PYTHON):
                was_seen = not result.blind or any(hit.tool == TOOL for hit in result.hits)
                for_bandit += was_seen
            else:
                was_seen = bool(result.lines) and not result.blind
            looked_at += was_seen
            if result.blind:
                blind.append(BlindSpot(TOOL, result.path, result.blind))
            else:
                blobs[result.path] = result.blob
    finally:
        progress.end()
    return Scanned(
        tuple(sorted(hits, key=lambda hit: (hit.order, hit.fingerprint))),
        tuple(sorted(blind, key=lambda spot: (spot.path, spot.reason))),
        looked_at,
        for_bandit,
        _notes(repository, [entry.path for entry in asked if entry.kind is EntryKind.FILE], choices),
        frozenset(entry.path for entry in listing.entries),
        blobs,
    )


def _notes(repository: Repository, files: Iterable[RepoPath], choices: ScanChoices) -> tuple[str, ...]:
    used = "" if choices.bandit is None else f"Bandit's configuration: {choices.bandit.name}"
    unused = unused_sentence(unused_configurations(files, repository.read, choices.bandit))
    return tuple(sentence for sentence in (used, unused) if sentence)


def _results(
    repository: Repository, paths: Sequence[RepoPath], jobs: int | None, choices: ScanChoices
) -> Iterable[FileScanned]:
    if not paths:
        return ()
    return Scan(repository.root, paths, repository.read, jobs=jobs, bandit=choices.bandit, cache=choices.cache())


def _no_files(entries: Iterable[Entry]) -> list[BlindSpot]:
    return [BlindSpot(TOOL, entry.path, _NOT_FILES[entry.kind]) for entry in entries if entry.kind in _NOT_FILES]
