"""Every hit that there is without a screen: of our own scan, of imported reports, of known vulnerabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reviewtui.auditing import Audit, audit
from reviewtui.commands.output import note
from reviewtui.commands.scanning import Scanned, scan
from reviewtui.dependencies.checking import Outcome
from reviewtui.dependencies.hits import TOOL as ADVISORIES
from reviewtui.formats.facts import PackageFacts
from reviewtui.importing import Imports, imports_of
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.repo.repository import Repository
from reviewtui.scan.choices import ScanChoices


@dataclass(frozen=True, slots=True)
class Everything:
    """What all tools say of a repository, or of what of it was asked for."""

    hits: tuple[Hit, ...]
    """In reading order; those without a place only where the whole repository was asked for."""
    brought: tuple[Hit, ...]
    """Those of other tools among them."""
    blind: tuple[BlindSpot, ...]
    scanned: Scanned
    imports: Imports
    audit: Audit | None
    """What is known against the packages that the repository asks for; None where it was not asked."""

    @property
    def tools(self) -> tuple[str, ...]:
        """Whose results are among them besides our own scan's, also where there is no hit of theirs."""
        imported = (name for header in self.imports.headers for name in header.tool_names)
        return (*imported, ADVISORIES) if self.audit else tuple(imported)

    @property
    def packages(self) -> PackageFacts | None:
        """How the packages stand, for a report."""
        if self.audit is None:
            return None
        unknown = [check for check in self.audit.of(Outcome.NOT_CHECKED) if check.pinned is None]
        return PackageFacts(
            tuple(source.said for source in self.audit.sources),
            len(self.audit.of(Outcome.VULNERABLE)),
            len(self.audit.of(Outcome.CLEAN)),
            tuple((f"{c.requirement.path}:{c.requirement.line}", c.requirement.shown, c.reason) for c in unknown),
        )


def everything(
    repository: Repository,
    jobs: int | None = None,
    advisories: Sequence[Path] = (),
    choices: ScanChoices | None = None,
) -> Everything:
    """Scan, look the packages up, and put to it what was imported.

    Args:
        repository: all of it, or what of it was asked for.
        jobs: worker processes of the scan.
        advisories: databases of known vulnerabilities; without any, those in the user's folder.
        choices: of the scan.

    Raises:
        ReviewTuiError: the files cannot be listed, no worker can be started, Bandit cannot use its configuration, or
            one of `advisories` is no database.
    """
    scanned = scan(repository, jobs, choices)
    imports = imports_of(repository)
    known = audit(repository, advisories)
    for problem in (*imports.problems, *(known.problems if known else ())):
        note(problem)
    brought = tuple(hit for hit in imports.hits if hit.path.is_within(repository.focus))
    brought += known.hits if known else ()
    hits = sorted((*scanned.hits, *brought), key=lambda hit: (hit.order, hit.tool, hit.fingerprint))
    blind = sorted(
        (*scanned.blind, *(known.blind if known else ())), key=lambda spot: (spot.path, spot.tool, spot.reason)
    )
    return Everything(tuple(hits), brought, tuple(blind), scanned, imports, known)
