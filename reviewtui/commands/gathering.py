"""Everything that a report or a status needs to know of a repository, put together once."""

import platform
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatchcase
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from reviewtui import __version__
from reviewtui.commands.project import Project
from reviewtui.commands.standing import standings_now
from reviewtui.errors import SourceError
from reviewtui.explaining import meanings
from reviewtui.formats.facts import ReportFacts
from reviewtui.model.checklist import Checklist
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.standing import Standings
from reviewtui.relocating import located
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.resources import shipped
from reviewtui.scan.exclusion import excluded
from reviewtui.store.checklists import load_checklists
from reviewtui.text.source import blob_id

if TYPE_CHECKING:
    from reviewtui.commands.everything import Everything


def facts(project: Project, made_at: datetime, found: "Everything | None" = None) -> ReportFacts:
    """All that a report is made of.

    Raises:
        ReviewTuiError: git failed, or a checklist cannot be read.
    """
    repository, review = project.repository, project.review
    gathered = ReportFacts(
        project=repository.project_name(),
        made_at=made_at,
        review=review,
        commit=repository.head(),
        dirty=_is_dirty(project),
        branch=repository.branch(),
        remote=repository.remote_url(),
        versions=_versions(with_bandit=found is not None),
        checklists=checklists(),
        hits=found.hits if found else None,
        standings=_standings(project, found) if found else None,
        imports=found.imports.headers if found else (),
        packages=found.packages if found else None,
        blind=found.blind if found else (),
        scanned=found.scanned.files if found else 0,
        scan_notes=found.scanned.notes if found else (),
        files=len(in_scope(project)),
        blobs=marked_blobs(repository, review),
        located=located(repository, review.findings.values(), (project.findings,)),
    )
    named = {(hit.tool, hit.rule) for hit in gathered.hits or ()}
    named |= {(verdict.tool, verdict.rule) for verdict in review.verdicts.values()}
    return replace(gathered, meanings=meanings(sorted(named)))


def checklists() -> tuple[Checklist, ...]:
    """The checklists that come with the program."""
    return tuple(load_checklists(shipped("checklists")))


def in_scope(project: Project) -> list[RepoPath]:
    """The files that are to be reviewed: what the scope names, without installed, copied and generated ones."""
    files = [entry.path for entry in project.repository.files() if entry.kind is EntryKind.FILE]
    globs = project.review.scope or ("*",)
    return [
        path
        for path in files
        if path != project.findings and not excluded(path) and any(fnmatchcase(path, glob) for glob in globs)
    ]


def marked_blobs(repository: Repository, review: Review) -> dict[RepoPath, str]:
    """The present blob ids of the files that somebody marked as reviewed, where they can be read."""
    found = {}
    for path in sorted({mark.path for mark in review.marks.values()}):
        try:
            found[path] = blob_id(repository.read(path))
        except SourceError:
            continue
    return found


def _standings(project: Project, found: "Everything") -> Standings:
    return standings_now(project, found.scanned, found.brought, found.tools)


def _is_dirty(project: Project) -> bool | None:
    """Whether the code differs from the commit; the findings file is not code."""
    if not project.repository.is_git:
        return None
    return bool(project.repository.changed_paths() - {project.findings})


def _versions(*, with_bandit: bool) -> dict[str, str]:
    versions = {"reviewtui": __version__, "Python": platform.python_version()}
    if with_bandit:
        try:
            versions["bandit"] = version("bandit")
        except PackageNotFoundError:
            versions["bandit"] = "of unknown version"
    return versions
