"""The further places of a result in order: each way of the data from source to sink, then what is related."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.files import Files
from reviewtui.formats.sarif.messages import message_text
from reviewtui.model.hit import HitPlace

SOURCE: Final = "source"
STEP: Final = "step"
SINK: Final = "sink"
RELATED: Final = "related"

_PLACES: Final = 1_000
"""So many further places of one result are kept."""
_NAMED: Final = 10
"""So many of those that are not in the repository are named."""
_NOTE_LENGTH: Final = 500
_ROLES: Final = {"source": SOURCE, "sink": SINK}
_KINDS: Final = {**_ROLES, "step": STEP}


@dataclass(slots=True)
class Places:
    """What was found."""

    places: list[HitPlace] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    """Those that are in no file of the repository, in words."""
    left_out: int = 0

    def facts(self) -> Iterator[tuple[str, str]]:
        """What has to be said of those that are not among `places`."""
        elsewhere = list(dict.fromkeys(self.elsewhere))
        if elsewhere:
            more = f" and {len(elsewhere) - _NAMED} more" if len(elsewhere) > _NAMED else ""
            yield "elsewhere", "; ".join(elsewhere[:_NAMED]) + more
        if self.left_out:
            yield "places", f"the first {_PLACES} of {_PLACES + self.left_out}"


def places_of(result: Record, run: Record, files: Files, tables: Iterable[Record], further: Iterable[Record]) -> Places:
    """All further places of a result.

    Args:
        tables: where messages are looked up by their ids.
        further: the locations beside the one that the hit is on.
    """
    found = Places()
    tables = tuple(tables)
    for location in further:
        _add(found, location, "", files, tables)
    ways: set[tuple[HitPlace, ...]] = set()
    for flow in result.records("codeFlows"):
        for thread in flow.records("threadFlows"):
            _add_way(found, thread, run, files, tables, ways)
    for stack in result.records("stacks"):
        for frame in stack.records("frames"):
            _add(found, frame.record("location"), RELATED, files, tables)
    for location in result.records("relatedLocations"):
        _add(found, location, RELATED, files, tables)
    return found


def _add_way(
    found: Places,
    thread: Record,
    run: Record,
    files: Files,
    tables: tuple[Record, ...],
    ways: set[tuple[HitPlace, ...]],
) -> None:
    steps = list(islice(_steps(thread, run), _PLACES + 1))
    way = Places()
    roles = [_role(step) for step in steps]
    # Which one is first and last is told by the order alone, where the tool does not say it.
    if len(steps) > 1:
        roles[0] = roles[0] or SOURCE
        roles[-1] = roles[-1] or SINK
    for step, role in zip(steps, roles, strict=True):
        _add(way, step.record("location"), role or STEP, files, tables)
    if tuple(way.places) in ways:
        return  # the same way again, by another case
    ways.add(tuple(way.places))
    for place in way.places:
        if len(found.places) < _PLACES:
            found.places.append(place)
        else:
            found.left_out += 1
    found.elsewhere += way.elsewhere
    found.left_out += way.left_out


def _steps(thread: Record, run: Record) -> Iterator[Record]:
    """The locations of a thread flow in the order in which they are run."""
    steps = []
    for step in thread.records("locations"):
        index = step.integer("index")
        shared = run.record_at("threadFlowLocations", index) if index is not None and index >= 0 else None
        steps.append(shared if shared and not step.record("location") else step)
    orders = [step.integer("executionOrder") for step in steps]
    if steps and all(order is not None and order >= 0 for order in orders):
        # Equal numbers keep their order.
        pairs = sorted(zip(orders, range(len(steps)), strict=True), key=lambda pair: (pair[0] or 0, pair[1]))
        steps = [steps[number] for _, number in pairs]
    yield from steps


def _role(step: Record) -> str:
    """What the tool itself calls it; empty where it says nothing that we have a word for."""
    kinds = step.texts("kinds") if isinstance(step.values.get("kinds"), list) else []
    taxa = (taxon.record("properties").word("CodeQL/DataflowRole") for taxon in step.records("taxa"))
    named = [*(_KINDS.get(kind, "") for kind in kinds), *(_ROLES.get(word, "") for word in taxa)]
    return next(filter(None, named), "")


def _add(found: Places, location: Record, role: str, files: Files, tables: tuple[Record, ...]) -> None:
    physical = location.record("physicalLocation")
    note = shortened(message_text(location.record("message"), tables), _NOTE_LENGTH)
    if not physical:
        if note:
            found.elsewhere.append(note)
        return
    named = files.find(physical.record("artifactLocation"))
    if named.path is None:
        line = physical.record("region").integer("startLine")
        place = f"{named.shown}:{line}" if line else named.shown
        if words := " ".join(part for part in (place, f"({note})" if note else "") if part):
            found.elsewhere.append(words)
    elif len(found.places) >= _PLACES:
        found.left_out += 1
    else:
        found.places.append(HitPlace(named.path, files.region(physical, named.path).span, role, note))
