"""What a hit has that SARIF has no place for, kept with a result of ours so that reading it back loses nothing."""

from dataclasses import replace
from typing import Final

from reviewtui.formats.record import Record
from reviewtui.formats.sarif.tools import address
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.risk import Severity

KEY: Final = "reviewtui"
_OWN: Final = ("confidence", "suppressed")
_OF_RULE: Final = ("name", "url", "explanation")
_FOUND: Final = frozenset(("moved", "code", "cut", "file", "line", "elsewhere", "places", "suppression"))
"""Facts that are found out by reading and are not in the report."""
_FACTS: Final = 50
_SEVERITIES: Final = frozenset(severity.value for severity in Severity)


def bag_of(hit: Hit, rule: Hit) -> dict[str, object]:
    """What `restored` needs.

    Args:
        rule: the hit that its rule is described by.
    """
    bag: dict[str, object] = {"severity": hit.severity.value}
    for name in _OWN:
        if value := getattr(hit, name):
            bag[name] = value
    for name in _OF_RULE:
        # What the rule says stands for what is not here, so a hit has to say that it says nothing.
        if not (value := getattr(hit, name)) or value != getattr(rule, name):
            bag[name] = value
    bag["ids"] = list(hit.ids)
    bag["cwe"] = list(hit.cwe)
    bag["facts"] = [{"name": name, "text": text} for name, text in hit.facts]
    if hit.path != NOWHERE and (hit.column or hit.end_column or hit.line != hit.span.start):
        bag["line"] = hit.line - hit.span.start
        bag["column"], bag["end_column"] = hit.column, hit.end_column
    return bag


def restored(hit: Hit, result: Record) -> Hit:
    """The hit with what `bag_of` kept of it; as it is where the result is none of ours."""
    bag = result.record("properties").record(KEY) if KEY in result.record("properties") else None
    if not bag:
        return hit
    texts = {name: bag.text(name) for name in (*_OWN, *_OF_RULE) if name in bag}
    if "url" in texts:
        texts["url"] = address(texts["url"])
    severity = bag.text("severity")
    facts = [(fact.text("name"), fact.text("text")) for fact in bag.records("facts")][:_FACTS]
    known = {name for name, _ in facts}
    facts += [(name, text) for name, text in hit.facts if name in _FOUND - known]
    line, column, end_column = bag.integer("line"), bag.integer("column"), bag.integer("end_column")
    hit = replace(
        hit,
        severity=Severity(severity) if severity in _SEVERITIES else hit.severity,
        ids=tuple(bag.texts("ids")),
        cwe=tuple(number for number in bag.integers("cwe") if number > 0),
        facts=tuple(facts),
        **texts,  # type: ignore[arg-type]  # texts alone
    )
    if line is None or hit.path == NOWHERE:
        return hit
    return replace(
        hit,
        line=min(max(hit.span.start, hit.span.start + line), hit.span.end),
        column=max(0, column or 0),
        end_column=max(0, end_column or 0),
    )
