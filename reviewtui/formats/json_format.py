"""The review as JSON for programs: keys in a fixed order, ASCII only, the same facts give the same bytes.

The top level, in this order:

- `schema` `"reviewtui-report"` and `schema_version`, which grows when a key changes its meaning or goes away; keys
  may be added without that.
- `project`, `commit`, `dirty` (null: not known), `branch`, `remote`, `made_at`, `versions`, `title`, `scope`, `filter`
  (what findings, verdicts, hits and blind spots were chosen by; null: all are here), `reviewers`, `started_at`.
- `summary`: `by_severity` (severity or `not_rated` to state to number), `unsettled`, `overdue`, `expired`.
- `findings`: by risk, each with all that was written; `places` with `path`, `uri` (percent-encoded bytes of the path,
  relative), `start_line`, `end_line` (1-based, inclusive; null: the whole file), `role`, `note`, `recorded` (commit,
  blob, symbol, text) and `now` (`state`, `start_line`, `end_line`; null: not looked for).
- `verdicts`: decisions on hits, by place.
- `scan`: null where none was made; else `files`, `notes`, `imports` (reports of other tools), `packages` (null: not
  looked up), `counts`, `hits` (each with its `decision`) and `blind_spots`.
- `checklists`: each with its items, `result` null where there is no answer; `other_answers`: to items of unknown lists.
- `coverage`: `files`, `reviewed`, `partly`, `changed`, `topics`.

Times are ISO 8601 with an offset. A byte of a path that is not UTF-8 is shown as `\\xNN`; `uri` has it exactly.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, TypeAlias
from urllib.parse import quote

from reviewtui.formats import digest
from reviewtui.formats.facts import PackageFacts, ReportFacts
from reviewtui.model.anchor import Located
from reviewtui.model.checklist import Answer, Item
from reviewtui.model.finding import Finding, HistoryEntry
from reviewtui.model.hit import Hit
from reviewtui.model.imports import ImportHeader
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.standing import Standing
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict

SCHEMA: Final = "reviewtui-report"
SCHEMA_VERSION: Final = 1
BEGINNING: Final = f'{{\n  "schema": "{SCHEMA}"'
"""What every file begins with."""

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


def render(facts: ReportFacts) -> str:
    """The whole report."""
    return dumps(_report(facts))


def dumps(value: Json) -> str:
    """Indented ASCII with a final line break; text that cannot be encoded is shown as its bytes."""
    return json.dumps(_encodable(value), indent=2, ensure_ascii=True) + "\n"


def uri(path: str) -> str:
    """The path, relative, percent-encoded byte by byte."""
    return quote(path, safe="/", encoding="utf-8", errors="surrogateescape")


def hit_json(hit: Hit, standing: Standing) -> Json:
    """One hit, as the report and `scan` print it."""
    return {
        "fingerprint": hit.fingerprint,
        "tool": hit.tool,
        "rule": hit.rule,
        "name": hit.name,
        "message": hit.message,
        "severity": hit.severity.value,
        "confidence": hit.confidence,
        "cwe": list(hit.cwe),
        "path": hit.path,
        "uri": uri(hit.path),
        "line": hit.line,
        "start_line": hit.span.start,
        "end_line": hit.span.end,
        "suppressed": hit.suppressed,
        "question": hit.is_question,
        "ids": list(hit.ids),
        "facts": dict(hit.facts),
        "places": [
            {"path": p.path, "uri": uri(p.path), **_lines(p.span), "role": p.role, "note": p.note} for p in hit.places
        ],
        "origin": hit.origin,
        "url": hit.url,
        "decision": standing.state.value if standing.state is not State.OPEN else "undecided",
        "decision_match": standing.match.value,
    }


def import_json(header: ImportHeader) -> dict[str, Json]:
    """One imported report, as the report and `import` print it."""
    return {
        "name": header.name,
        "file": header.file,
        "format": header.format,
        "tools": list(header.tools),
        "imported": header.imported.isoformat(),
        "made": header.made,
        "commit": header.commit,
        "sha256": header.digest,
        "hits": header.count,
        "problems": list(header.problems),
        "notes": list(header.notes),
        "not_placed": [{"file": file, "reason": why} for file, why in header.unplaced],
    }


def _report(facts: ReportFacts) -> Json:
    review, today = facts.review, facts.made_at.date()
    findings = digest.ordered(review.findings.values())
    real, _ = digest.by_kind(review)
    began = review.first_at()
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "project": facts.project,
        "commit": facts.commit,
        "dirty": facts.dirty,
        "branch": facts.branch,
        "remote": facts.remote,
        "made_at": facts.made_at.isoformat(),
        "versions": dict(facts.versions),
        "title": review.title,
        "scope": list(review.scope),
        "filter": facts.chosen or None,
        "reviewers": digest.reviewers(review),
        "started_at": began.isoformat() if began else None,
        "summary": {
            "by_severity": {
                severity.value if severity else "not_rated": {s.value: states[s] for s in State if states[s]}
                for severity, states in digest.counts(real).items()
            },
            "unsettled": sum(not f.state.is_settled for f in real),
            "overdue": sum(digest.is_overdue(f, today) for f in real),
            "expired": len(digest.expired(review, today)),
        },
        "findings": [_finding(f, facts.located.get(f.id, ())) for f in findings],
        "verdicts": [_verdict(v) for state in State for v in digest.verdicts_in(review, state)],
        "scan": _scan(facts),
        "checklists": [
            {
                "id": checklist.id,
                "title": checklist.title,
                "items": [_item(item, review.answers.get(item.id)) for item in checklist.items],
            }
            for checklist in facts.checklists
        ],
        "other_answers": [
            {"item": a.item, "checklist": a.checklist, **_answer(a)}
            for progress in digest.progress(facts.checklists, review)
            if not progress.id
            for _, a in progress.answers
        ],
        "coverage": _coverage(facts),
    }


def _finding(finding: Finding, located: Sequence[Located]) -> Json:
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "title": finding.title,
        "state": finding.state.value,
        "reason": digest.reason_of(finding),
        "severity": finding.severity.value if finding.severity else None,
        "likelihood": finding.likelihood.value if finding.likelihood else None,
        "impact": finding.impact.value if finding.impact else None,
        "cvss": finding.cvss,
        "cwe": list(finding.cwe),
        "topic": finding.topic,
        "description": finding.description,
        "exploit": finding.exploit,
        "recommendation": finding.recommendation,
        "owner": finding.owner,
        "due": _day(finding.due),
        "review_by": _day(finding.review_by),
        "duplicate_of": finding.duplicate_of,
        "tags": list(finding.tags),
        "hit": finding.hit,
        "items": list(finding.items),
        "author": finding.author,
        "created": finding.created.isoformat(),
        "updated": finding.updated.isoformat(),
        "places": [
            {**_place(place), "now": _now(place, located[index]) if index < len(located) else None}
            for index, place in enumerate(finding.places)
        ],
        "history": [_history(entry) for entry in finding.history],
    }


def _place(place: Place) -> dict[str, Json]:
    return {
        "path": place.path,
        "uri": uri(place.path),
        **_lines(place.span),
        "role": place.role,
        "note": place.note,
        "recorded": {
            "commit": place.anchor.commit,
            "blob": place.anchor.blob,
            "symbol": place.anchor.symbol,
            "text": place.anchor.text,
        },
    }


def _now(place: Place, located: Located) -> Json:
    there = located.of(place)
    return {
        "state": located.state.value,
        "path": None if located.is_lost else there.path,
        "uri": None if located.is_lost else uri(there.path),
        **_lines(located.span),
        "confidence": round(100 * located.confidence),
        "reason": located.reason,
    }


def _lines(span: LineSpan | None) -> dict[str, Json]:
    return {"start_line": span.start if span else None, "end_line": span.end if span else None}


def _history(entry: HistoryEntry) -> Json:
    return {
        "at": entry.at.isoformat(),
        "by": entry.by,
        "field": entry.field,
        "from": entry.old,
        "to": entry.new,
        "reason": entry.reason,
    }


def _verdict(verdict: Verdict) -> Json:
    return {
        "fingerprint": verdict.fingerprint,
        "tool": verdict.tool,
        "rule": verdict.rule,
        "state": verdict.state.value,
        "reason": verdict.reason,
        "by": verdict.by,
        "at": verdict.at.isoformat(),
        "owner": verdict.owner,
        "review_by": _day(verdict.review_by),
        "finding": verdict.finding,
        "place": _place(verdict.place),
        "history": [_history(entry) for entry in verdict.history],
    }


def _scan(facts: ReportFacts) -> Json:
    if facts.hits is None:
        return None
    decided = digest.decided(facts.review, facts.hits, facts.standings)
    return {
        "files": facts.scanned,
        "notes": list(facts.scan_notes),
        "imports": [import_json(header) for header in facts.imports],
        "packages": _packages(facts.packages),
        "counts": {
            "undecided": len(decided.undecided),
            "suppressed_undecided": len(decided.suppressed),
            **{state.value: count for state, count in decided.by_state.items()},
            "to_be_confirmed": len(decided.stale),
            "no_longer_reported": len(decided.gone),
            "decided_and_not_looked_at": len(decided.unseen),
        },
        "hits": [
            hit_json(hit, decided.standings.of(hit))
            for hit in sorted(facts.hits, key=lambda h: (h.order, h.fingerprint))
        ],
        "blind_spots": [
            {"tool": blind.tool, "path": blind.path, "uri": uri(blind.path), "reason": blind.reason}
            for blind in sorted(facts.blind, key=lambda b: (b.path, b.tool))
        ],
    }


def _packages(packages: PackageFacts | None) -> Json:
    if packages is None:
        return None
    return {
        "databases": list(packages.databases),
        "vulnerable": packages.vulnerable,
        "clean": packages.clean,
        "not_checked": [{"place": p, "package": n, "reason": w} for p, n, w in packages.not_checked],
    }


def _item(item: Item, answer: Answer | None) -> Json:
    head: dict[str, Json] = {"item": item.id, "title": item.title, "question": item.question, "core": item.core}
    return {**head, **(_answer(answer) if answer else {"result": None})}


def _answer(answer: Answer) -> dict[str, Json]:
    return {
        "result": answer.result.value,
        "reason": answer.reason,
        "by": answer.by,
        "at": answer.at.isoformat(),
        "commit": answer.commit,
        "findings": list(answer.findings),
        "evidence": [{**_place(e.place), "verdict": e.verdict} for e in answer.evidence],
        "history": [_history(entry) for entry in answer.history],
    }


def _coverage(facts: ReportFacts) -> Json:
    seen = digest.coverage(facts.review, facts.blobs)
    return {
        "files": facts.files,
        "reviewed": [_file(path) for path in seen.reviewed],
        "partly": [{"path": p.path, "uri": uri(p.path), "read": p.read, "lines": p.lines} for p in seen.partly],
        "changed": [_file(path) for path in seen.changed],
        "topics": dict(seen.topics),
    }


def _file(path: RepoPath) -> Json:
    return {"path": path, "uri": uri(path)}


def _day(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _encodable(value: Json) -> Json:
    """The same value without lone surrogates, which no strict reader of JSON takes."""
    if isinstance(value, str):
        return value if value.isascii() else _encodable_text(value)
    if isinstance(value, Mapping):
        return {key if key.isascii() else _encodable_text(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_encodable(item) for item in value]
    return value


def _encodable_text(text: str) -> str:
    shown = (f"\\x{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in text)
    return "".join(shown).encode("utf-8", "backslashreplace").decode("utf-8")
