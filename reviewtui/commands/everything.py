"""Every hit that there is without a screen: of our own scan, of imported reports, of known vulnerabilities."""

from dataclasses import dataclass

from reviewtui.commands.output import note
from reviewtui.commands.scanning import Scanned, is_within, scan
from reviewtui.importing import Imports, imports_of
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.repo.repository import Repository


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


def everything(repository: Repository, jobs: int | None = None) -> Everything:
    """Scan, and put to it what was imported.

    Raises:
        ReviewTuiError: the files cannot be listed, or no worker can be started.
    """
    scanned = scan(repository, jobs)
    imports = imports_of(repository)
    for problem in imports.problems:
        note(problem)
    brought = tuple(hit for hit in imports.hits if is_within(hit.path, repository.focus))
    hits = sorted((*scanned.hits, *brought), key=lambda hit: (hit.order, hit.tool, hit.fingerprint))
    return Everything(tuple(hits), brought, scanned.blind, scanned, imports)
