"""What a report is made of: everything is gathered before, so that the same facts always give the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from reviewtui.model.anchor import Located
from reviewtui.model.checklist import Checklist
from reviewtui.model.finding import FindingId
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.imports import ImportHeader
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.standing import Standings


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """How the packages that the repository asks for stand with what is known; their vulnerabilities are hits."""

    databases: tuple[str, ...]
    """Each with its date."""
    vulnerable: int
    """Requirements."""
    clean: int
    not_checked: tuple[tuple[str, str, str], ...]
    """Place, package, and why, for each requirement of which nothing can be said."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All that a format may say; no format asks a repository, a clock or a scanner."""

    project: str
    made_at: datetime
    review: Review
    commit: str = ""
    """Full id of HEAD; empty without git or commits."""
    dirty: bool | None = None
    """Whether files in the work tree differ from the commit; None where that is not known."""
    branch: str = ""
    remote: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    """Program to version, in the order in which they are named."""
    checklists: tuple[Checklist, ...] = ()
    chosen: str = ""
    """The filter that findings, decisions, hits and blind spots were chosen by; empty: all of them are here."""
    hits: tuple[Hit, ...] | None = None
    """What the scanners reported now, suppressed hits included; None: no scan was made."""
    standings: Standings | None = None
    """Which decisions hold for these hits; None: by their fingerprints alone."""
    blind: tuple[BlindSpot, ...] = ()
    imports: tuple[ImportHeader, ...] = ()
    """Reports of other tools, whose hits are among `hits`."""
    packages: PackageFacts | None = None
    """None: they were not looked up."""
    scanned: int = 0
    """How many files the scanners looked at."""
    scan_notes: tuple[str, ...] = ()
    """What else has to be known of the scan: which configuration a scanner had, and which it did not have."""
    meanings: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Tool and rule to its title and to what it means, where that is known."""
    files: int = 0
    """How many files are in scope."""
    blobs: Mapping[RepoPath, str] = field(default_factory=dict)
    """Present blob ids of the files that carry a mark; a file that is gone or cannot be read has none."""
    located: Mapping[FindingId, tuple[Located, ...]] = field(default_factory=dict)
    """Where the places of a finding are now, in the order of its places."""
