"""The further places of an issue: each way of the data from source to sink, or what is related.

SonarQube tells a way from its end to its beginning, and its own pages turn it round. Flows of one place each are no
ways but places that have to do with the issue. A flow of the kind DATA is told in its order.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.flows import RELATED, SINK, SOURCE, STEP, Places
from reviewtui.formats.sonarqube.components import Components
from reviewtui.formats.sonarqube.lines import FileLines
from reviewtui.model.hit import HitPlace

_STEPS: Final = 1_000
_PLACES: Final = 1_000
"""So many further places of one issue are kept."""
_NOTE_LENGTH: Final = 500
_WORDS: Final = {"source:": SOURCE, "sink:": SINK}


def places_of(
    issue: Record, rule: str, component: str, project: str, components: Components, lines: FileLines
) -> Places:
    """All further places.

    Args:
        component: the key of the one that the issue is in, for places that name none.
    """
    flows = [(flow, list(islice(flow.records("locations"), _STEPS + 1))) for flow in issue.records("flows")]
    flows = [(flow, steps) for flow, steps in flows if steps]
    found = Places()
    ways: set[tuple[HitPlace, ...]] = set()
    related = all(len(steps) == 1 for _, steps in flows)
    is_taint = _is_taint(rule)
    for flow, steps in flows:
        kind = flow.text("type").upper()
        ordered = steps if related or _is_forward(steps, kind) else steps[::-1]
        roles = [RELATED] * len(ordered) if related else _roles(ordered, is_taint and kind != "DATA")
        way = Places()
        for step, role in zip(ordered, roles, strict=True):
            _add(way, step, role, step.path("component") or component, project, components, lines)
        if tuple(way.places) in ways and not way.elsewhere:
            continue
        ways.add(tuple(way.places))
        room = max(0, _PLACES - len(found.places))
        found.places += way.places[:room]
        found.left_out += len(way.places[room:])
        found.elsewhere += way.elsewhere
    if related:
        found.places.sort(key=lambda place: (place.path, place.span.start))
    return found


def _is_taint(rule: str) -> bool:
    """Whether the rule follows data: `pythonsecurity:S3649`, `roslyn.sonaranalyzer.security.cs:S3649`."""
    repository = rule.partition(":")[0].lower()
    return repository.endswith("security") or ".security." in repository


def _is_forward(steps: Sequence[Record], kind: str) -> bool:
    first, last = _said(steps[0]), _said(steps[-1])
    if SINK in (first, last) or SOURCE in (first, last):
        return first == SOURCE or last == SINK
    return kind == "DATA"


def _roles(steps: Sequence[Record], is_taint: bool) -> list[str]:
    roles = [_said(step) or STEP for step in steps]
    if is_taint and len(steps) > 1:
        roles[0], roles[-1] = SOURCE, SINK
    return roles


def _said(step: Record) -> str:
    """What the tool itself calls a step, in the first word of its message."""
    message = step.values.get("msg")
    return _WORDS.get(message.lstrip()[:7].partition(" ")[0].lower(), "") if isinstance(message, str) else ""


def _add(
    way: Places,
    step: Record,
    role: str,
    component: str,
    project: str,
    components: Components,
    lines: FileLines,
) -> None:
    note = shortened(" ".join(step.text("msg").split()), _NOTE_LENGTH)
    named = components.find(component, project)
    if named.path is None:
        line = step.record("textRange").integer("startLine")
        where = f"{named.shown}:{line}" if named.shown and line else named.shown
        if words := " ".join(part for part in (where, f"({note})" if note and where else note) if part):
            way.elsewhere.append(words)
        return
    way.places.append(HitPlace(named.path, lines.spot(step, named.path).span, role, note))
