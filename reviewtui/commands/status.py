"""`reviewtui status`: how far the review is, from the findings file alone."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reviewtui.commands.gathering import checklists, in_scope, marked_blobs
from reviewtui.commands.output import say, say_whole
from reviewtui.commands.project import Project, now
from reviewtui.formats import digest
from reviewtui.formats.json_format import Json, dumps
from reviewtui.model.checklist import Result
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.repo.commit import pending

SCHEMA: Final = "reviewtui-status"
SCHEMA_VERSION: Final = 1

_SHORT: Final = 12


def run(arguments: Namespace) -> int:
    """Print the state of the review."""
    status = _status(Project.of(arguments))
    if arguments.format == "json":
        say_whole(dumps(_json(status)))
    else:
        for line in _lines(status):
            say(line)
    return 0


@dataclass(frozen=True, slots=True)
class _Status:
    project: Project
    head: str
    branch: str
    exists: bool
    uncommitted: bool
    findings: Mapping[Severity | None, Counter[State]]
    remarks: Counter[str]
    """Kind to number, of what is no finding proper."""
    overdue: int
    expired: int
    verdicts: Counter[State]
    lists: list[digest.Progress]
    coverage: digest.Coverage
    files: int


def _status(project: Project) -> _Status:
    repository, review, today = project.repository, project.review, now().date()
    real, other = digest.by_kind(review)
    return _Status(
        project=project,
        head=repository.head(),
        branch=repository.branch(),
        exists=project.file.exists(),
        uncommitted=pending(repository, project.findings),
        findings=digest.counts(real),
        remarks=Counter(finding.kind.value for finding in other),
        overdue=sum(digest.is_overdue(finding, today) for finding in real),
        expired=len(digest.expired(review, today)),
        verdicts=Counter(v.state for v in review.verdicts.values() if v.state is not State.OPEN),
        lists=digest.progress(checklists(), review),
        coverage=digest.coverage(review, marked_blobs(repository, review)),
        files=len(in_scope(project)),
    )


def _lines(status: _Status) -> Iterator[str]:
    repository = status.project.repository
    where = (
        f", {status.branch or 'no branch'} at {status.head[:_SHORT] or 'no commit yet'}" if repository.is_git else ""
    )
    yield f"{repository.project_name()}{where}{'' if repository.is_git else ', not in git'}"
    if not status.exists:
        yield f"No review yet: there is no {status.project.findings}"
    else:
        yield f"{status.project.findings}{', changed since the last commit' if status.uncommitted else ''}"
    yield ""
    yield from _finding_lines(status)
    decided = ", ".join(f"{status.verdicts[state]} {state.label}" for state in State if status.verdicts[state])
    yield f"Hits decided: {decided or 'none'} (`reviewtui scan` counts the undecided)"
    yield "Checklists"
    for progress in status.lists:
        total = len(progress.answers) + len(progress.unanswered)
        results = Counter(answer.result for _, answer in progress.answers)
        told = ", ".join(f"{results[result]} {result.label}" for result in Result if results[result])
        yield f"  {progress.title}: {len(progress.answers)} of {total} answered{f' ({told})' if told else ''}"
    seen = status.coverage
    more = f", {len(seen.partly)} in part" if seen.partly else ""
    more += f", {len(seen.changed)} changed since" if seen.changed else ""
    yield f"Files reviewed: {len(seen.reviewed)} of {status.files}{more}"


def _finding_lines(status: _Status) -> Iterator[str]:
    if not status.findings:
        yield "Findings: none"
    else:
        yield "Findings"
        for severity, states in status.findings.items():
            told = ", ".join(f"{states[state]} {state.label}" for state in State if states[state])
            yield f"  {severity.value if severity else 'not rated'}: {told}"
    if status.remarks:
        yield "Remarks: " + ", ".join(f"{number} {kind}" for kind, number in sorted(status.remarks.items()))
    if status.overdue:
        yield f"Overdue: {status.overdue}"
    if status.expired:
        yield f"Accepted risks to be looked at again: {status.expired}"


def _json(status: _Status) -> Json:
    repository, seen = status.project.repository, status.coverage
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "project": repository.project_name(),
        "is_git": repository.is_git,
        "branch": status.branch,
        "commit": status.head,
        "findings_file": {
            "path": status.project.findings,
            "exists": status.exists,
            "is_committed": status.exists and repository.is_git and not status.uncommitted,
        },
        "findings": {
            severity.value if severity else "not_rated": {s.value: states[s] for s in State if states[s]}
            for severity, states in status.findings.items()
        },
        "remarks": dict(sorted(status.remarks.items())),
        "overdue": status.overdue,
        "expired": status.expired,
        "verdicts": {state.value: status.verdicts[state] for state in State if status.verdicts[state]},
        "checklists": [
            {
                "id": progress.id,
                "title": progress.title,
                "items": len(progress.answers) + len(progress.unanswered),
                **{r.value: sum(a.result is r for _, a in progress.answers) for r in Result},
            }
            for progress in status.lists
        ],
        "coverage": {
            "files": status.files,
            "reviewed": len(seen.reviewed),
            "partly": len(seen.partly),
            "changed": len(seen.changed),
        },
    }
