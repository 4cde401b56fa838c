"""One issue or one hotspot as a hit."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.weaknesses import advisories
from reviewtui.formats.sonarqube.components import Components
from reviewtui.formats.sonarqube.flows import places_of
from reviewtui.formats.sonarqube.lines import FileLines, Spot
from reviewtui.formats.sonarqube.rules import Rules, page_of, weakness_of
from reviewtui.formats.sonarqube.words import (
    IMPACTS,
    SECURITY,
    branch_of,
    facts_of_issue,
    impacts_of,
    settled_by,
    severity_of,
)
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

TOOL: Final = "sonarqube"
VULNERABILITY: Final = "VULNERABILITY"
HOTSPOT: Final = "SECURITY_HOTSPOT"
_ISSUE_PAGE: Final = "project/issues?id={project}&open={key}"
_HOTSPOT_PAGE: Final = "security_hotspots?id={project}&hotspots={key}"
_MESSAGE: Final = 4_000
_NAME: Final = 200
_UNPLACED: Final = 1_000
"""The reasons for so many files are kept; each hit names its own file in any case."""


@dataclass(slots=True)
class Reading:
    """What is known while the answers of one report are read."""

    components: Components
    rules: Rules
    lines: FileLines
    origin: str
    server: str = ""
    """The address of the server, where the report has it."""
    unplaced: dict[str, str] = field(default_factory=dict)


def is_about_security(issue: Record) -> bool:
    """Whether SonarQube counts it to security in any of its ways; also where it says neither kind nor impact."""
    kind = issue.text("type").upper()
    impacts = impacts_of(issue)
    return (
        kind in (VULNERABILITY, HOTSPOT) or any(quality == SECURITY for quality, _ in impacts) or not (kind or impacts)
    )


def hit_of_issue(issue: Record, reading: Reading) -> Hit:
    """The hit."""
    key = issue.text("rule")
    rule = reading.rules.of(key)
    is_question = issue.text("type").upper() == HOTSPOT
    message = _message(issue)
    hit = _bare(key or "no rule named", message or rule.name or key, reading)
    hit = replace(
        hit,
        name=rule.name or hit.rule,
        severity=severity_of(issue),
        cwe=rule.cwe,
        suppressed=settled_by(issue),
        is_question=is_question,
        ids=advisories([message]),
        facts=(*facts_of_issue(issue), *_link(issue, reading, _ISSUE_PAGE)),
        explanation=rule.explanation,
    )
    return _placed(hit, issue, issue.path("component"), issue.path("project"), reading)


def hit_of_hotspot(hotspot: Record, shown: Record, reading: Reading) -> Hit:
    """The hit.

    Args:
        hotspot: as it is listed.
        shown: what the server says of this one hotspot alone, with comments and the hash of its line; empty without.
    """
    described = shown.record("rule")
    category = hotspot.text("securityCategory") or described.text("securityCategory")
    probability = hotspot.text("vulnerabilityProbability") or described.text("vulnerabilityProbability")
    key = hotspot.text("ruleKey") or described.text("key")
    rule = reading.rules.of(key)
    message = _message(hotspot)
    # Servers before 9.7 do not say in lists by which rule a hotspot was found.
    hit = _bare(key or f"hotspot:{category[:60] or 'others'}", message or rule.name or category or key, reading)
    facts = [("type", HOTSPOT)]
    facts += [(name, text[:80]) for name, text in (("category", category), ("probability", probability)) if text]
    facts += [("status", status[:80])] if (status := hotspot.text("status")) else []
    hit = replace(
        hit,
        name=rule.name or hit.rule,
        severity=IMPACTS.get(probability.upper(), Severity.MEDIUM),
        cwe=rule.cwe or weakness_of(category),
        suppressed=settled_by(Record({**hotspot.values, **_comments(shown)}, hotspot.problems, hotspot.parent)),
        is_question=True,
        facts=(*facts, *branch_of(hotspot), *_link(hotspot, reading, _HOTSPOT_PAGE)),
        explanation=rule.explanation,
    )
    component, project = hotspot.path("component"), hotspot.path("project")
    if "hash" in shown and "hash" not in hotspot:
        values = {**hotspot.values, "hash": shown.values["hash"]}
        hotspot = Record(values, hotspot.problems, hotspot.parent, hotspot.name, hotspot.index)
    return _placed(hit, hotspot, component, project, reading)


def _bare(rule: str, message: str, reading: Reading) -> Hit:
    return Hit(
        tool=TOOL,
        rule=shortened(rule, _NAME),
        name="",
        message=message,
        severity=Severity.MEDIUM,
        confidence="",
        cwe=(),
        path=NOWHERE,
        span=LineSpan(1, 1),
        line=1,
        url=page_of(rule),
        origin=reading.origin,
    )


def _placed(hit: Hit, item: Record, component: str, project: str, reading: Reading) -> Hit:
    """The hit in its file, where that is one of the repository's."""
    named = reading.components.find(component, project)
    further = places_of(item, hit.rule, component, project, reading.components, reading.lines)
    if named.path is None:
        facts = [*_unplaced(named.shown, named.reason, item, reading), *further.facts()]
        return replace(hit, facts=(*hit.facts, *facts), places=tuple(further.places))
    spot = reading.lines.spot(item, named.path)
    places = further.places
    facts = [*spot.facts, *further.facts()]
    if spot.moved:
        places = [replace(place, span=_with(place.path, place.span, named.path, spot)) for place in places]
        if any(place.path == named.path and place.span != spot.span for place in places):
            facts.append(("further places", "on the lines of the report"))
    return replace(
        hit,
        path=named.path,
        span=spot.span,
        line=spot.span.start,
        column=spot.column,
        end_column=spot.end_column,
        facts=(*hit.facts, *facts),
        places=tuple(places),
    )


def _with(path: RepoPath, span: LineSpan, main: RepoPath, spot: Spot) -> LineSpan:
    """A place that is the very lines of the hit goes where they went; of others only the report's lines are known."""
    was = LineSpan(spot.span.start - spot.moved, spot.span.end - spot.moved)
    return spot.span if path == main and span == was else span


def _unplaced(shown: str, reason: str, item: Record, reading: Reading) -> Iterator[tuple[str, str]]:
    if not shown:
        yield "place", reason
        return
    if len(reading.unplaced) < _UNPLACED:
        reading.unplaced[shown] = reason
    yield "file", shown
    line = item.record("textRange").integer("startLine") or (item.integer("line") if "line" in item else None)
    if line:
        yield "line", str(line)


def _link(item: Record, reading: Reading, page: str) -> Iterator[tuple[str, str]]:
    """Where the server shows it."""
    key, project = item.text("key"), item.text("project")
    if reading.server and key and project:
        address = f"{reading.server}/{page.format(project=quote(project, safe=''), key=quote(key, safe=''))}"
        yield "on the server", shortened(address, 500)


def _comments(shown: Record) -> dict[str, object]:
    return {name: shown.values[name] for name in ("comment", "comments") if name in shown}


def _message(item: Record) -> str:
    return shortened(" ".join(item.text("message").split()), _MESSAGE)
