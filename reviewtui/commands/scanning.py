"""A scan without a screen: which files, with progress on standard error, and what was not looked at."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reviewtui.commands.output import Progress
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Entry, EntryKind, Repository
from reviewtui.scan.pool import Scan, excluded

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
    listed: frozenset[RepoPath] = frozenset()
    """Every path of the repository, looked at or not."""
    blobs: Mapping[RepoPath, str] = field(default_factory=dict)
    """The files that were looked at as a whole, with git's ids of what they held then."""


def scan(repository: Repository, jobs: int | None = None) -> Scanned:
    """Run Bandit and our own rules on the repository, or on what of it was asked for.

    Raises:
        ReviewTuiError: the files cannot be listed, or no worker can be started.
    """
    listing = repository.listing()
    asked = [entry for entry in listing.entries if is_within(entry.path, repository.focus)]
    files = [e.path for e in asked if e.kind is EntryKind.FILE]
    wanted = [path for path in files if not excluded(path)]
    hits: list[Hit] = []
    blobs: dict[RepoPath, str] = {}
    blind = [*_left_out(path for path in files if path.endswith(_PYTHON)), *_no_files(asked)]
    if listing.left_out:
        reason = f"Not scanned: {listing.left_out} names that cannot be opened safely"
        blind.append(BlindSpot(TOOL, RepoPath("."), reason))
    looked_at = for_bandit = 0
    progress = Progress("Scanning", len(wanted))
    try:
        for result in Scan(repository.root, wanted, repository.read, jobs=jobs) if wanted else ():
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
        frozenset(entry.path for entry in listing.entries),
        blobs,
    )


def is_within(path: RepoPath, folder: RepoPath | None) -> bool:
    """Whether the path is this folder or file, or lies in it; None holds everything."""
    return folder is None or path == folder or path.startswith(f"{folder}/")


def _left_out(files: Iterable[RepoPath]) -> list[BlindSpot]:
    """What the rule leaves out, folder by folder."""
    counts: Counter[tuple[RepoPath, str]] = Counter()
    for path in files:
        if reason := excluded(path):
            counts[_outermost(path), reason] += 1
    return [
        BlindSpot(TOOL, path, f"{reason} ({number} Python {'file' if number == 1 else 'files'})")
        for (path, reason), number in counts.items()
    ]


def _outermost(path: RepoPath) -> RepoPath:
    """The outermost folder that the rule leaves out as a whole; the file itself where there is none."""
    parts = path.split("/")
    folders = (RepoPath("/".join(parts[:count])) for count in range(1, len(parts)))
    return next((folder for folder in folders if excluded(RepoPath(f"{folder}/x"))), path)


def _no_files(entries: Iterable[Entry]) -> list[BlindSpot]:
    return [
        BlindSpot(TOOL, entry.path, _NOT_FILES[entry.kind])
        for entry in entries
        if entry.kind is EntryKind.SUBMODULE or (entry.kind is EntryKind.LINK and entry.path.endswith(_PYTHON))
    ]
