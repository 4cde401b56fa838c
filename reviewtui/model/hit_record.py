"""Hits as plain JSON values, for what keeps or sends them: the workers of a scan, its cache, imported reports."""

from collections.abc import Mapping
from typing import Any, Final

from reviewtui.model.hit import Fingerprint, Hit, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

_PLAIN: Final = (
    "tool",
    "rule",
    "name",
    "message",
    "severity",
    "confidence",
    "line",
    "column",
    "end_column",
    "suppressed",
    "url",
    "is_question",
    "explanation",
    "origin",
    "code",
    "fingerprint",
)
_DEFAULTS: Final = {
    "confidence": "",
    "column": 0,
    "end_column": 0,
    "suppressed": "",
    "url": "",
    "is_question": False,
    "explanation": "",
    "origin": "",
    "code": "",
}


def hit_record(hit: Hit) -> dict[str, object]:
    """A hit as JSON, without its path; what it does not have is left out."""
    record: dict[str, object] = {}
    for name in _PLAIN:
        value = getattr(hit, name)
        if name not in _DEFAULTS or value != _DEFAULTS[name]:
            record[name] = value
    record["span"] = (hit.span.start, hit.span.end)
    if hit.cwe:
        record["cwe"] = hit.cwe
    if hit.ids:
        record["ids"] = hit.ids
    if hit.facts:
        record["facts"] = hit.facts
    if hit.places:
        record["places"] = [(p.path, p.span.start, p.span.end, p.role, p.note) for p in hit.places]
    return record


def hit_of(record: Mapping[str, Any], path: RepoPath) -> Hit:
    """What `hit_record` was made of.

    Raises:
        KeyError, TypeError, ValueError: it is no such record.
    """
    get = record.get
    return Hit(
        tool=record["tool"],
        rule=record["rule"],
        name=record["name"],
        message=record["message"],
        severity=Severity(record["severity"]),
        confidence=get("confidence", ""),
        cwe=tuple(get("cwe", ())),
        path=path,
        span=LineSpan(*record["span"]),
        line=record["line"],
        column=get("column", 0),
        end_column=get("end_column", 0),
        suppressed=get("suppressed", ""),
        url=get("url", ""),
        is_question=get("is_question", False),
        ids=tuple(get("ids", ())),
        facts=tuple((name, text) for name, text in get("facts", ())),
        explanation=get("explanation", ""),
        places=tuple(HitPlace(RepoPath(p), LineSpan(a, b), role, note) for p, a, b, role, note in get("places", ())),
        origin=get("origin", ""),
        code=get("code", ""),
        fingerprint=Fingerprint(record["fingerprint"]),
    )
