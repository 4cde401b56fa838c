"""The order of the report, its cover and its summary."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from reviewtui.formats import digest
from reviewtui.formats.facts import ReportFacts
from reviewtui.formats.markdown import escape, findings, records, rules
from reviewtui.formats.markdown.escape import cell, code, inline
from reviewtui.model.finding import Finding
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.text.counting import number_of

BEGINNING: Final = "# Security review: "
"""What every report begins with."""
_TOP: Final = 3


def render(facts: ReportFacts) -> str:
    """The whole report; the same facts give the same text."""
    return "\n\n".join(_blocks(facts)) + "\n"


def _blocks(facts: ReportFacts) -> Iterator[str]:
    real, other = digest.by_kind(facts.review)
    yield BEGINNING + inline(facts.project)
    yield _cover(facts)
    yield "## Summary"
    yield from _summary(facts, real)
    yield "## Findings"
    if real:
        yield findings.overview(real)
    else:
        yield "No finding has been written down."
    for number, finding in enumerate(real, 1):
        yield from findings.detail(finding, number, facts)
    if other:
        yield "## Notes and questions"
        yield from findings.remarks(other, facts)
    yield "## Remediation plan"
    yield findings.plan(real, facts.made_at.date())
    yield "## Accepted risks and false positives"
    yield from records.settled(facts, real)
    yield "## Scanner hits"
    yield from records.scanners(facts)
    yield from rules.meanings(facts)
    if facts.packages:
        yield "## Dependencies"
        yield from records.dependencies(facts, facts.packages)
    yield "## Blind spots"
    yield from records.blind_spots(facts)
    yield "## Checklists"
    yield from records.checklists(facts)
    yield "## Coverage"
    yield from records.coverage(facts)


def _cover(facts: ReportFacts) -> str:
    review = facts.review
    began = review.first_at()
    rows = [
        ("Commit", _commit(facts)),
        ("Branch", cell(facts.branch)),
        ("Remote", cell(facts.remote)),
        ("Review", f"{_day(began)} to {_day(facts.made_at)}" if began else _day(facts.made_at)),
        ("Reviewers", cell(", ".join(digest.reviewers(review)))),
        ("Scope", ", ".join(inline(glob) for glob in review.scope) or "the whole repository"),
        ("Made with", cell(", ".join(f"{name} {version}" for name, version in facts.versions.items()))),
    ]
    if facts.chosen:
        told = "; checklists and coverage are of the whole review"
        rows.insert(-1, ("Filter", f"only what fits {code(facts.chosen)}{told}"))
    if review.title.strip():
        rows.insert(0, ("Title", cell(review.title)))
    if review.commit and review.commit != facts.commit:
        rows.insert(-3, ("Commit at the start", code(review.commit)))
    return escape.table(("Project", inline(facts.project)), rows)


def _commit(facts: ReportFacts) -> str:
    if not facts.commit:
        return "none: the folder has no commit"
    state = {None: "", True: " (with changes that are not committed)", False: " (nothing uncommitted)"}[facts.dirty]
    return code(facts.commit) + state


def _summary(facts: ReportFacts, real: list[Finding]) -> Iterator[str]:
    left = [f for f in real if not f.state.is_settled]
    rated = [f.severity for f in left if f.severity]
    if not real:
        yield "No finding has been written down. What was looked at, and what was not, is under *Coverage*."
    elif not left:
        yield f"{number_of(len(real), 'finding')}, all of them settled."
    else:
        worst = min(rated, key=lambda severity: severity.rank, default=None)
        risk = f"the worst of them **{worst.value}**" if worst else "none of them rated yet"
        yield f"{number_of(len(real), 'finding')}, {len(left)} of them open or confirmed, {risk}."
    overdue = sum(digest.is_overdue(f, facts.made_at.date()) for f in left)
    if overdue:
        yield f"**{number_of(overdue, 'finding')} overdue** on {_day(facts.made_at)}."
    if real:
        yield _counts(digest.counts(real))
    top = [f for f in left if f.severity in (Severity.CRITICAL, Severity.HIGH)][:_TOP]
    if top:
        yield "What to do first:"
        yield escape.bullets(f"{inline(f.title)}{_where(f)}" for f in top)


def _counts(table: dict[Severity | None, Counter[State]]) -> str:
    states = [state for state in State if any(row[state] for row in table.values())]
    rows = [
        [_severity(severity), *(str(row[state] or "–") for state in states), str(row.total())]
        for severity, row in table.items()
    ]
    totals = [sum(row[state] for row in table.values()) for state in states]
    rows.append(["all", *map(str, totals), str(sum(totals))])
    return escape.table(["Severity", *(state.label for state in states), "all"], rows)


def _severity(severity: Severity | None) -> str:
    return severity.value if severity else "not rated"


def _where(finding: Finding) -> str:
    return f" ({code(str(finding.place))})" if finding.place else ""


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
