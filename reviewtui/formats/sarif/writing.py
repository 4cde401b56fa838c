"""Writes hits and what was decided on them as SARIF 2.1.0: strict, the same bytes each time, and read back as is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, cast

from reviewtui.formats.json_format import Json, dumps, uri
from reviewtui.formats.sarif.bag import KEY, bag_of
from reviewtui.formats.sarif.flows import RELATED, SINK, SOURCE, STEP
from reviewtui.formats.sarif.line_hash import LineHashes
from reviewtui.formats.sarif.messages import as_plain
from reviewtui.formats.sarif.severity import SCORED
from reviewtui.formats.sarif.tools import address
from reviewtui.model.hit import NOWHERE, Hit, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Match, Standing, Standings
from reviewtui.model.state import State

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "reviewtui/v1"

_LEVELS: Final = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORES: Final = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.0",
    Severity.INFO: "0.0",
}
"""The middle of each band, where a tool gave none: code scanning tells security alerts by there being a number."""
_SILENT: Final = frozenset((State.FALSE_POSITIVE, State.ACCEPTED_RISK, State.OUT_OF_SCOPE, State.DUPLICATE))
_FLOW: Final = frozenset((SOURCE, STEP, SINK))
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")
_TITLE_LENGTH: Final = 1_000
_CACHED_FILES: Final = 64

Lines = Callable[[RepoPath], Sequence[str]]


def sarif_of_hits(hits: Iterable[Hit], standings: Standings, lines: Lines, version: str) -> str:
    """One log with a run for each tool.

    Args:
        standings: what was decided; a hit that needs nobody's attention any more is there, suppressed, with the reason.
        lines: of a file as it is now, without line ends; none where it cannot be read.
        version: of this program.
    """
    by_tool: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=_order):
        by_tool.setdefault(hit.tool, []).append(hit)
    hashes = _hashes(lines)
    runs = [_run(tool, by_tool[tool], standings, lines, hashes, version) for tool in sorted(by_tool)]
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": runs})


def _order(hit: Hit) -> tuple[object, ...]:
    """Reading order; on one line from left to right, as scanners report, since equal hits are told apart by order."""
    return (hit.path == NOWHERE, *hit.order, hit.column, hit.end_column, hit.message, hit.fingerprint)


def _run(
    tool: str,
    hits: Sequence[Hit],
    standings: Standings,
    lines: Lines,
    hashes: Callable[[RepoPath], LineHashes],
    version: str,
) -> Json:
    rules: dict[str, Hit] = {}
    worst: dict[str, Severity] = {}
    for hit in hits:
        rules.setdefault(hit.rule, hit)
        worst[hit.rule] = min(worst.get(hit.rule, hit.severity), hit.severity, key=lambda severity: severity.rank)
    # In the order of their names, so that one hit more does not renumber the others.
    numbers = {rule: number for number, rule in enumerate(sorted(rules))}
    described = {rule: replace(hit, url=_plain_address(hit.url)) for rule, hit in rules.items()}
    results = [_result(hit, numbers[hit.rule], described[hit.rule], standings.of(hit), lines, hashes) for hit in hits]
    if any("suppressions" in result for result in results):
        # One result that has the list makes all need it.
        results = [result if "suppressions" in result else {**result, "suppressions": []} for result in results]
    run: dict[str, Json] = {
        "tool": {"driver": {"name": tool, "rules": [_rule(described[rule], worst[rule]) for rule in numbers]}},
        "conversion": {"tool": {"driver": {"name": "reviewtui", "version": version}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    weaknesses = sorted({number for hit in described.values() for number in hit.cwe})
    if weaknesses:
        taxa: list[Json] = [{"id": str(number)} for number in weaknesses]
        run["taxonomies"] = [{"name": "CWE", "organization": "MITRE", "taxa": taxa}]
    return run


def _rule(hit: Hit, worst: Severity) -> Json:
    title = " ".join(hit.name.split())[:_TITLE_LENGTH] or hit.rule or "-"
    tags: list[Json] = ["security", *(f"external/cwe/cwe-{number:03}" for number in hit.cwe)]
    rule: dict[str, Json] = {
        "id": hit.rule,
        "name": title,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": (hit.explanation.strip() and hit.explanation) or title},
    }
    if hit.url:
        rule["helpUri"] = hit.url
    rule["defaultConfiguration"] = {"level": _LEVELS[worst]}
    rule["properties"] = {"tags": tags, SCORED: _SCORES[worst]}
    if hit.cwe:
        rule["relationships"] = [
            {"target": {"id": str(number), "toolComponent": {"name": "CWE"}}, "kinds": ["superset"]}
            for number in hit.cwe
        ]
    return rule


def _result(
    hit: Hit, number: int, rule: Hit, standing: Standing, lines: Lines, hashes: Callable[[RepoPath], LineHashes]
) -> dict[str, Json]:
    result: dict[str, Json] = {
        "ruleId": hit.rule,
        "ruleIndex": number,
        "kind": "review" if hit.is_question else "fail",
        "level": "none" if hit.is_question else _LEVELS[hit.severity],
        "message": {"text": as_plain(hit.message) or hit.name or "-"},
    }
    further = [place for place in hit.places if place.role not in _FLOW and place.role != RELATED]
    locations: list[Json] = [] if hit.path == NOWHERE else [_main(hit, lines(hit.path))]
    locations += [_location(place) for place in further]
    if locations:
        result["locations"] = locations
    flows = list(_flows(hit.places))
    if flows:
        result["codeFlows"] = [{"threadFlows": [{"locations": [_step(place) for place in flow]}]} for flow in flows]
    related = [place for place in hit.places if place.role == RELATED]
    if related:
        result["relatedLocations"] = [{"id": identity, **_location(place)} for identity, place in enumerate(related, 1)]
    prints: dict[str, Json] = {}
    if hit.path != NOWHERE and hit.span.start <= len(lines(hit.path)):
        prints["primaryLocationLineHash"] = hashes(hit.path).of(hit.span.start)
    prints[FINGERPRINT] = hit.fingerprint
    result["partialFingerprints"] = prints
    suppressions = list(_suppressions(hit, standing))
    if suppressions:
        result["suppressions"] = suppressions
    # Plain text, numbers and lists alone.
    properties: dict[str, Json] = {KEY: cast("Json", bag_of(hit, rule))}
    if standing.verdict is not None:
        verdict = standing.verdict
        properties["decision"] = {
            "state": verdict.state.value,
            "reason": verdict.reason,
            "by": verdict.by,
            "at": verdict.at.isoformat(),
            "holds": standing.match.value,
        }
    result["properties"] = properties
    return result


def _suppressions(hit: Hit, standing: Standing) -> Iterator[Json]:
    verdict = standing.verdict
    if verdict is not None and verdict.state in _SILENT:
        said = f"{verdict.state.label}: {verdict.reason} ({verdict.by}, {verdict.at.date().isoformat()})"
        # A decision that was made on other code silences nothing until somebody confirms it.
        status = "underReview" if standing.match is Match.STALE else "accepted"
        yield {"kind": "external", "status": status, "justification": said}
    if hit.suppressed:
        is_comment = hit.suppressed.lstrip().startswith(("#", "//", "suppressed in the source"))
        kind = "inSource" if is_comment else "external"
        yield {"kind": kind, "status": "accepted", "justification": hit.suppressed}


def _main(hit: Hit, lines: Sequence[str]) -> Json:
    region: dict[str, Json] = {"startLine": hit.span.start}
    if hit.line == hit.span.start and hit.span.end <= len(lines):
        if 0 < hit.column <= len(lines[hit.line - 1]):
            region["startColumn"] = hit.column + 1
        least = hit.column if hit.span.count == 1 else 0
        if least < hit.end_column <= len(lines[hit.span.end - 1]):
            region["endColumn"] = hit.end_column + 1
    if hit.span.count > 1:
        region["endLine"] = hit.span.end
    return {"physicalLocation": {"artifactLocation": {"uri": uri(hit.path)}, "region": region}}


def _location(place: HitPlace) -> Mapping[str, Json]:
    physical: Json = {"artifactLocation": {"uri": uri(place.path)}, "region": _region(place.span)}
    location: dict[str, Json] = {"physicalLocation": physical}
    if place.note:
        location["message"] = {"text": as_plain(place.note)}
    return location


def _step(place: HitPlace) -> Json:
    return {"location": _location(place), "kinds": [place.role]}


def _region(span: LineSpan) -> Json:
    return {"startLine": span.start, "endLine": span.end} if span.count > 1 else {"startLine": span.start}


def _flows(places: Iterable[HitPlace]) -> Iterator[list[HitPlace]]:
    """The ways from source to sink; each source begins one, each sink ends one."""
    flow: list[HitPlace] = []
    for place in places:
        if place.role not in _FLOW:
            continue
        if place.role == SOURCE and flow:
            yield flow
            flow = []
        flow.append(place)
        if place.role == SINK:
            yield flow
            flow = []
    if flow:
        yield flow


def _plain_address(url: str) -> str:
    """An address that is a valid URI; empty for any other, which only the bag holds."""
    return url if _ADDRESS.fullmatch(url) and address(url) else ""


def _hashes(lines: Lines) -> Callable[[RepoPath], LineHashes]:
    @lru_cache(maxsize=_CACHED_FILES)
    def of(path: RepoPath) -> LineHashes:
        return LineHashes(lines(path))

    return of
