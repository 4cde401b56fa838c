"""Findings in the report: the overview, each one in full, lighter remarks, and the plan of what to do about them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from reviewtui.formats import digest
from reviewtui.formats.facts import ReportFacts
from reviewtui.formats.markdown import escape
from reviewtui.formats.markdown.escape import cell, code, inline
from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.finding import Finding, HistoryEntry
from reviewtui.model.place import Place
from reviewtui.model.state import State

CWE_ADDRESS: Final = "https://cwe.mitre.org/data/definitions/{}.html"


def overview(findings: list[Finding]) -> str:
    """One row a finding, in the order of the sections below."""
    rows = (
        [
            str(number),
            code(finding.id),
            inline(finding.title),
            finding.severity.value if finding.severity else "not rated",
            finding.state.label,
            cwe_links(finding),
            cell(str(finding.place or "")) + _more(finding),
            cell(finding.owner),
        ]
        for number, finding in enumerate(findings, 1)
    )
    return escape.table(("#", "ID", "Title", "Severity", "State", "CWE", "Place", "Owner"), rows)


def detail(finding: Finding, number: int, facts: ReportFacts) -> Iterator[str]:
    """All that is known of one finding."""
    yield f"### {number}. {inline(finding.title)}"
    yield escape.table(("ID", code(finding.id)), _rows(finding, facts.made_at.date()))
    located = facts.located.get(finding.id, ())
    for index, place in enumerate(finding.places):
        yield from _place(place, located[index] if index < len(located) else None)
    for heading, text in (
        ("Description", finding.description),
        ("Exploit scenario", finding.exploit),
        ("Recommendation", finding.recommendation),
    ):
        if text.strip():
            yield f"#### {heading}"
            yield escape.prose(text)
    yield "#### History"
    yield escape.bullets(_history(finding))


def remarks(findings: list[Finding], facts: ReportFacts) -> Iterator[str]:
    """Notes, questions, tasks and praise, shorter than findings."""
    for finding in findings:
        yield f"### {finding.kind.value.capitalize()}: {inline(finding.title)}"
        yield f"{finding.state.label}, by {inline(finding.author)}, {_day(finding.created)}, {code(finding.id)}"
        located = facts.located.get(finding.id, ())
        for index, place in enumerate(finding.places):
            yield from _place(place, located[index] if index < len(located) else None)
        for text in (finding.description, finding.recommendation):
            if text.strip():
                yield escape.prose(text)


def plan(findings: list[Finding], today: date) -> str:
    """What is left to do, worst first; then what is said to be repaired and has to be looked at."""
    todo = [f for f in findings if not f.state.is_settled]
    repaired = [f for f in findings if f.state is State.FIXED]
    if not todo and not repaired:
        return "No finding has to be repaired or verified."
    rows = (
        [
            str(number),
            finding.severity.value if finding.severity else "not rated",
            inline(finding.title) if finding.state is not State.FIXED else f"Verify the fix: {inline(finding.title)}",
            code(finding.id),
            cell(finding.owner),
            due(finding, today) or "–",
            finding.state.label,
        ]
        for number, finding in enumerate([*todo, *repaired], 1)
    )
    return escape.table(("#", "Severity", "Action", "Finding", "Owner", "Due", "State"), rows)


def due(finding: Finding, today: date) -> str:
    """Its day, and whether that has passed."""
    if finding.due is None:
        return ""
    return finding.due.isoformat() + (" (**overdue**)" if digest.is_overdue(finding, today) else "")


def cwe_links(finding: Finding) -> str:
    """Its weaknesses, each with a link to its definition."""
    return ", ".join(f"[CWE-{number}]({CWE_ADDRESS.format(number)})" for number in finding.cwe) or "–"


def _rows(finding: Finding, today: date) -> Iterator[tuple[str, str]]:
    yield "Severity", f"**{finding.severity.value}**" if finding.severity else "not rated"
    levels = [level.value if level else "not rated" for level in (finding.likelihood, finding.impact)]
    yield "Likelihood × impact", " × ".join(levels) if finding.likelihood or finding.impact else "not rated"
    if finding.cvss.strip():
        yield "CVSS", inline(finding.cvss)
    yield "CWE", cwe_links(finding)
    reason = digest.reason_of(finding)
    yield "State", finding.state.label + (f": {inline(reason)}" if reason else "")
    if finding.state is State.DUPLICATE:
        yield "Duplicate of", cell(finding.duplicate_of)
    if finding.review_by:
        expired = " (**expired**)" if digest.is_expired(finding, today) else ""
        yield "Look again by", finding.review_by.isoformat() + expired
    yield "Owner", cell(finding.owner)
    yield "Due", due(finding, today) or "–"
    for label, texts in (("Topic", (finding.topic,)), ("Checklist items", finding.items), ("Tags", finding.tags)):
        if any(texts):
            yield label, inline(", ".join(texts))
    yield "Places", ", ".join(inline(str(place)) for place in finding.places) or "the review as a whole"
    yield "Found by", f"{inline(finding.author)}, {_day(finding.created)}"


def _place(place: Place, located: Located | None) -> Iterator[str]:
    snippet = _snippet(place)
    caption = [code(str(place))]
    if place.role:
        caption.append(inline(place.role))
    if place.anchor.symbol:
        caption.append(f"in {code(place.anchor.symbol)}")
    if place.anchor.commit:
        caption.append(f"at commit {code(place.anchor.commit[:12])}")
    if located:
        caption.append(_now(located))
    if place.note.strip():
        caption.append(inline(place.note))
    yield ", ".join(part for part in caption if part) + (":" if snippet else "")
    if snippet:
        yield escape.fence(snippet)


def _now(located: Located) -> str:
    if located.state is PlaceState.LOST:
        return "**not found in the present text**"
    if located.state is PlaceState.EXACT or (located.span is None and located.path is None):
        return ""
    where = [f"in {code(located.path)}"] if located.path else []
    where += [f"on lines {located.span}"] if located.span else []
    return f"now {'edited, ' if located.state is PlaceState.EDITED else ''}{' '.join(where)}"


def _snippet(place: Place) -> list[str]:
    """The recorded lines with their numbers then; the lines of the place are marked, those around them are not."""
    anchor, span = place.anchor, place.span
    if span is None or not anchor.text.strip():
        return []
    before = anchor.before.split("\n")[-(span.start - 1) :] if anchor.before and span.start > 1 else []
    text = anchor.text.split("\n")
    after = anchor.after.split("\n") if anchor.after else []
    numbers: list[int | None] = list(range(span.start, span.start + min(len(text), span.count)))
    if len(text) < span.count:
        head = (len(text) + 1) // 2
        numbers = [*range(span.start, span.start + head), None, *range(span.end - len(text) + head + 1, span.end + 1)]
        text = [*text[:head], "", *text[head:]]
    rows = [
        *((" ", span.start - len(before) + index, line) for index, line in enumerate(before)),
        *((">", number, line) for number, line in zip(numbers, text, strict=False)),
        *((" ", span.end + 1 + index, line) for index, line in enumerate(after)),
    ]
    width = len(str(span.end + len(after)))
    return [
        f"{mark} {number if number is not None else '…':>{width}} | {escape.source_line(line)}".rstrip()
        for mark, number, line in rows
    ]


def _history(finding: Finding) -> Iterator[str]:
    entries = finding.history
    if not entries or entries[0].field != "created":
        yield f"{_moment(finding.created)}, {inline(finding.author)}: created"
    for entry in entries:
        yield f"{_moment(entry.at)}, {inline(entry.by)}: {_said(entry)}"


def _said(entry: HistoryEntry) -> str:
    if entry.field == "created":
        change = "created"
    elif entry.old and entry.new:
        change = f"{inline(entry.field)} from {inline(entry.old)} to {inline(entry.new)}"
    elif entry.new:
        change = f"{inline(entry.field)} set to {inline(entry.new)}"
    else:
        change = f"{inline(entry.field)} changed"
    return change + (f" ({inline(entry.reason)})" if entry.reason.strip() else "")


def _more(finding: Finding) -> str:
    return f" and {len(finding.places) - 1} more" if len(finding.places) > 1 else ""


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
