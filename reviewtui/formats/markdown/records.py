"""What stands behind the findings: decisions, hits, blind spots, checklist results and coverage."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from reviewtui.formats import digest
from reviewtui.formats.facts import PackageFacts, ReportFacts
from reviewtui.formats.markdown import escape
from reviewtui.formats.markdown.escape import cell, code, inline
from reviewtui.model.checklist import Answer, Evidence
from reviewtui.model.finding import Finding
from reviewtui.model.imports import ImportHeader
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Standing, standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict

_ADVISORIES: Final = "advisories"
"""The tool of hits on vulnerable packages."""
_HEADINGS: Final = {State.FALSE_POSITIVE: "False positives", State.OUT_OF_SCOPE: "Out of scope"}


def settled(facts: ReportFacts, findings: list[Finding]) -> Iterator[str]:
    """What somebody decided not to repair, with the reason."""
    today, doubts = facts.made_at.date(), _doubts(facts)
    accepted = _entries(facts, findings, State.ACCEPTED_RISK)
    if accepted:
        yield "### Accepted risks"
        head = ("What", "Place", "Reason", "Owner", "Look again by", "Decided")
        yield escape.table(
            head, ([*_what(e), cell(e.owner), _review_by(e, today), _decided(e, doubts)] for e in accepted)
        )
    others = {state: _entries(facts, findings, state) for state in (State.FALSE_POSITIVE, State.OUT_OF_SCOPE)}
    for state, entries in others.items():
        if entries:
            yield f"### {_HEADINGS[state]}"
            yield escape.table(
                ("What", "Place", "Reason", "Decided"), ([*_what(e), _decided(e, doubts)] for e in entries)
            )
    if not accepted and not any(others.values()):
        yield "None."


def scanners(facts: ReportFacts) -> Iterator[str]:
    """How many hits there were, and what was decided on them."""
    review = facts.review
    if facts.hits is None:
        states = Counter(v.state for v in review.verdicts.values())
        yield "No scan was made for this report, so hits that nobody has decided on are not counted."
        if states:
            yield escape.table(
                ("Decision", "Hits"), ([s.label, str(states[s])] for s in State if states[s] and s is not State.OPEN)
            )
    else:
        decided = digest.decided(review, facts.hits, facts.standings)
        if not facts.scanned:
            yield "**Nothing was looked at:** the scanners found no file that they can read."
        else:
            yield f"{facts.scanned} files were looked at, {len(facts.hits)} hits were reported."
        for note in facts.scan_notes:
            yield f"{inline(note)}."
        rows = [["undecided", str(len(decided.undecided))]]
        rows += [[state.label, str(count)] for state, count in decided.by_state.items()]
        if decided.stale:
            rows.insert(1, ["of the undecided, decided earlier and to be confirmed", str(len(decided.stale))])
        rows.append(["undecided, silenced in the source or by the tool", str(len(decided.suppressed))])
        rows.append(["decided earlier, not reported any more", str(len(decided.gone))])
        if decided.unseen:
            rows.append(["decided earlier, not looked at now", str(len(decided.unseen))])
        yield escape.table(("Decision", "Hits"), rows)
        if decided.undecided:
            yield "### Undecided hits by rule"
            rules = Counter((h.severity.rank, h.tool, h.rule, h.name) for h in decided.undecided)
            yield escape.table(
                ("Severity", "Rule", "Hits"),
                (
                    [list(Severity)[rank].value, cell(f"{tool} {rule} {name}"), str(count)]
                    for (rank, tool, rule, name), count in sorted(rules.items())
                ),
            )
    if facts.imports:
        yield "### Reports of other tools"
        yield escape.table(
            ("Report", "Tool", "Hits", "Imported", "To be known"),
            (
                [
                    cell(one.name),
                    cell(", ".join(one.tools) or one.format),
                    str(one.count),
                    one.imported.date().isoformat(),
                    cell("; ".join((*one.notes, *_troubles(one)))) or "–",
                ]
                for one in facts.imports
            ),
        )
    confirmed = digest.verdicts_in(review, State.CONFIRMED)
    if confirmed:
        doubts = _doubts(facts)
        yield "### Confirmed hits"
        head = ("What", "Place", "Reason", "Finding", "Decided")
        rows = [[*_what(v), code(v.finding) if v.finding else "–", _decided(v, doubts)] for v in confirmed]
        yield escape.table(head, rows)


def dependencies(facts: ReportFacts, packages: PackageFacts) -> Iterator[str]:
    """What is known against the packages, in which databases, and of which nothing can be said."""
    asked = ", ".join(inline(name) for name in packages.databases)
    yield (
        f"Looked up in {asked}: {packages.vulnerable} vulnerable, {packages.clean} with nothing known against them, "
        f"{len(packages.not_checked)} not checked."
    )
    known = facts.standings or standings(facts.review.verdicts, facts.hits or ())
    rows = [
        [
            cell(f"{hit.path}:{hit.line}"),
            hit.severity.value,
            cell(" ".join((hit.rule, *(name for name in hit.ids if name != hit.rule)))),
            cell(hit.message),
            "undecided" if known.is_open(hit) else known.state_of(hit).label,
        ]
        for hit in sorted(facts.hits or (), key=lambda h: (h.severity.rank, h.order, h.fingerprint))
        if hit.tool == _ADVISORIES
    ]
    if rows:
        yield escape.table(("Place", "Severity", "Advisory", "What", "Decision"), rows)
    if packages.not_checked:
        yield "### Packages that were not checked"
        yield escape.table(
            ("Place", "Package", "Why"), ([cell(p), cell(n), cell(w)] for p, n, w in packages.not_checked)
        )


def _troubles(report: ImportHeader) -> Iterator[str]:
    if report.problems:
        yield f"{len(report.problems)} parts could not be read"
    if report.unplaced:
        yield f"{len(report.unplaced)} of its files are not in the repository"


def blind_spots(facts: ReportFacts) -> Iterator[str]:
    """What no scanner saw, or was told not to report: never to be taken for clean."""
    if facts.hits is None:
        yield "Not known: no scan was made for this report."
        return
    known = facts.standings or standings(facts.review.verdicts, facts.hits)
    silenced = [hit for hit in sorted(facts.hits, key=lambda h: (h.order, h.fingerprint)) if hit.suppressed]
    if not facts.blind and not silenced:
        yield "None: every file was looked at, and nothing silences a hit."
    if facts.blind:
        yield "### What no scanner looked at, or not at all of it"
        yield escape.table(
            ("Place", "Scanner", "Why"),
            ([cell(b.path), cell(b.tool), cell(b.reason)] for b in sorted(facts.blind, key=lambda b: (b.path, b.tool))),
        )
    if silenced:
        yield "### Hits that a comment in the source or the tool itself silences"
        yield escape.table(
            ("Place", "Severity", "Rule", "Message", "By what", "Decision"),
            (
                [
                    cell(f"{hit.path}:{hit.line}") if hit.path else "–",
                    hit.severity.value,
                    cell(f"{hit.tool} {hit.rule}"),
                    cell(hit.message),
                    cell(hit.suppressed),
                    _state(known.of(hit)),
                ]
                for hit in silenced
            ),
        )


def checklists(facts: ReportFacts) -> Iterator[str]:
    """Every answer with its reason and the places it rests on, and what has no answer."""
    lists = digest.progress(facts.checklists, facts.review)
    if not lists:
        yield "No checklist was used."
    for progress in lists:
        total = len(progress.answers) + len(progress.unanswered)
        yield f"### {inline(progress.title)}"
        yield f"{len(progress.answers)} of {total} items answered."
        if progress.answers:
            yield escape.table(
                ("Item", "Result", "Reason", "Evidence", "Answered"),
                ([_item(title, a), f"**{a.result.label}**", *_answer(a)] for title, a in progress.answers),
            )
        if progress.unanswered:
            yield "Not answered:"
            yield escape.bullets(f"{inline(item.id)} {inline(item.title)}" for item in progress.unanswered)


def coverage(facts: ReportFacts) -> Iterator[str]:
    """Which files somebody has read, as far as they are still what was read."""
    seen = digest.coverage(facts.review, facts.blobs)
    share = f" ({100 * len(seen.reviewed) // facts.files} %)" if facts.files else ""
    yield f"{len(seen.reviewed)} of {facts.files} files in scope were marked as reviewed{share}."
    if seen.topics:
        yield escape.table(
            ("Reviewed for one topic only", "Files"),
            ([cell(topic), str(count)] for topic, count in seen.topics.items()),
        )
    for heading, lines in (
        ("Reviewed", [code(path) for path in seen.reviewed]),
        ("Reviewed in part", [f"{code(p.path)}: {p.read} of {p.lines} lines" for p in seen.partly]),
        ("Changed since they were reviewed", [code(path) for path in seen.changed]),
    ):
        if lines:
            yield f"### {heading}"
            yield escape.bullets(lines)


def _state(standing: Standing) -> str:
    if standing.is_stale:
        return f"{standing.state.label}, to be confirmed"
    return "undecided" if standing.state is State.OPEN else standing.state.label


def _entries(facts: ReportFacts, findings: list[Finding], state: State) -> list[Finding | Verdict]:
    return [*(f for f in findings if f.state is state), *digest.verdicts_in(facts.review, state)]


def _what(entry: Finding | Verdict) -> list[str]:
    if isinstance(entry, Finding):
        place, reason = entry.place, digest.reason_of(entry)
        return [f"{code(entry.id)} {inline(entry.title)}", cell(str(place or "")), cell(reason)]
    return [cell(f"{entry.tool} {entry.rule}"), cell(str(entry.place)), cell(entry.reason)]


def _doubts(facts: ReportFacts) -> Mapping[str, str]:
    """By fingerprint what has become of a decision whose hit is not what it was."""
    if facts.standings is None:
        return {}
    known = facts.standings
    doubts: dict[str, str] = {v.fingerprint: "not reported any more" for v in known.gone}
    doubts |= {v.fingerprint: "not looked at now" for v in known.unseen}
    stale = [(carried.standing.verdict, carried.hit) for carried in known.stale]
    return doubts | {v.fingerprint: f"**to be confirmed** at {cell(f'{h.path}:{h.line}')}" for v, h in stale if v}


def _decided(entry: Finding | Verdict, doubts: Mapping[str, str]) -> str:
    if isinstance(entry, Verdict):
        doubt = doubts.get(entry.fingerprint, "")
        return f"{inline(entry.by)}, {entry.at.date().isoformat()}{f' ({doubt})' if doubt else ''}"
    changes = [e for e in entry.history if e.field == "state"]
    who, at = (changes[-1].by, changes[-1].at) if changes else (entry.author, entry.created)
    return f"{inline(who)}, {at.date().isoformat()}"


def _review_by(entry: Finding | Verdict, today: date) -> str:
    if entry.review_by is None:
        return "–"
    return entry.review_by.isoformat() + (" (**expired**)" if digest.is_expired(entry, today) else "")


def _item(title: str, answer: Answer) -> str:
    return inline(f"{answer.item} {title}")


def _answer(answer: Answer) -> list[str]:
    findings = "".join(f" ({code(finding)})" for finding in answer.findings)
    places = ", ".join(_evidence(evidence) for evidence in answer.evidence) or "–"
    return [cell(answer.reason) + findings, places, f"{inline(answer.by)}, {answer.at.date().isoformat()}"]


def _evidence(evidence: Evidence) -> str:
    return inline(str(evidence.place)) + (f" ({inline(evidence.verdict)})" if evidence.verdict else "")
