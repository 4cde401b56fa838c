"""`reviewtui check`: the gate in a pipeline."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from reviewtui.commands.output import say, say_whole
from reviewtui.commands.project import Project, now
from reviewtui.errors import StoreError
from reviewtui.formats import digest
from reviewtui.formats.json_format import Json, dumps, uri
from reviewtui.model.finding import Finding
from reviewtui.model.place import Place
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.relocating import located

SCHEMA: Final = "reviewtui-check"
SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Violation:
    """One reason to fail."""

    rule: str
    """`open`, `overdue`, `expired`, or `lost` for a confirmed hit without its finding."""
    entry: str
    """Id of the finding, or fingerprint of the hit."""
    text: str
    place: Place | None


def run(arguments: Namespace) -> int:
    """Print what has to be dealt with; 1 where there is anything."""
    project = Project.of(arguments)
    if not project.file.exists():
        raise StoreError(f"There is no {project.findings} in {project.repository.root}: nothing was reviewed yet")
    found = list(violations(_as_it_is(project), arguments.fail_on, now().date()))
    if arguments.format == "json":
        say_whole(dumps(_json(arguments.fail_on, found)))
    else:
        for violation in found:
            say(f"{_where(violation.place) or project.findings}: {violation.text}")
        if not found:
            say("Nothing has to be dealt with.")
    return 1 if found else 0


def _as_it_is(project: Project) -> Review:
    """The review with the places of its findings where they are now; those that are lost, where they were recorded."""
    findings = project.review.findings
    known = located(project.repository, findings.values(), (project.findings,))
    here = {
        key: replace(finding, places=tuple(now.of(p) for p, now in zip(finding.places, known[key], strict=True)))
        for key, finding in findings.items()
    }
    return replace(project.review, findings=here)


def violations(review: Review, fail_on: str, today: date) -> Iterator[Violation]:
    """Every reason to fail, findings by risk first, then decisions on hits by place."""
    real, _ = digest.by_kind(review)
    for finding in real:
        place, what = finding.place, f"{_severity(finding)} finding {finding.id}"
        if not finding.state.is_settled and _is_serious(finding.severity, fail_on):
            yield Violation("open", finding.id, f"{what} is {finding.state.label}: {finding.title}", place)
        if digest.is_overdue(finding, today):
            yield Violation("overdue", finding.id, f"{what} was due on {finding.due}: {finding.title}", place)
        if digest.is_expired(finding, today):
            yield Violation(
                "expired", finding.id, f"{what} was accepted until {finding.review_by}: {finding.title}", place
            )
    for verdict in digest.verdicts_in(review, State.CONFIRMED):
        if verdict.finding not in review.findings and _is_serious(None, fail_on):
            text = f"{verdict.tool} {verdict.rule} is confirmed and has no finding: {verdict.reason}"
            yield Violation("lost", verdict.fingerprint, text, verdict.place)
    for verdict in digest.verdicts_in(review, State.ACCEPTED_RISK):
        if digest.is_expired(verdict, today):
            text = f"{verdict.tool} {verdict.rule} was accepted until {verdict.review_by}: {verdict.reason}"
            yield Violation("expired", verdict.fingerprint, text, verdict.place)


def _is_serious(severity: Severity | None, fail_on: str) -> bool:
    """Whether it counts; nobody has said that what is not rated is harmless."""
    if fail_on == "never":
        return False
    return severity is None or severity.rank <= Severity(fail_on).rank


def _severity(finding: Finding) -> str:
    return finding.severity.value if finding.severity else "unrated"


def _where(place: Place | None) -> str:
    """Path and first line, as editors and pipelines read them."""
    if place is None:
        return ""
    return f"{place.path}:{place.span.start}" if place.span else place.path


def _json(fail_on: str, found: list[Violation]) -> Json:
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "fail_on": fail_on,
        "violations": [
            {
                "rule": violation.rule,
                "entry": violation.entry,
                "text": violation.text,
                "path": violation.place.path if violation.place else None,
                "uri": uri(violation.place.path) if violation.place else None,
                "line": violation.place.span.start if violation.place and violation.place.span else None,
            }
            for violation in found
        ],
    }
