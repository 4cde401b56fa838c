"""New findings, filled in from what they come from: lines, a hit, or a checklist item that failed."""

from datetime import datetime

from reviewtui.model.checklist import Item
from reviewtui.model.finding import Finding, FindingId, HistoryEntry, Kind
from reviewtui.model.hit import Hit
from reviewtui.model.identity import new_id
from reviewtui.model.place import Place
from reviewtui.model.state import State


def from_lines(place: Place, by: str, at: datetime, kind: Kind = Kind.FINDING, title: str = "") -> Finding:
    """An open remark on `place`."""
    return Finding(
        id=FindingId(new_id()),
        title=title,
        author=by,
        created=at,
        updated=at,
        kind=kind,
        places=(place,),
        history=(HistoryEntry(at, by, "created"),),
    )


def from_hit(hit: Hit, places: tuple[Place, ...], item: Item | None, by: str, at: datetime) -> Finding:
    """A confirmed finding from a tool's hit.

    Title and recommendation are those of the checklist item that the rule belongs to, where both name the same
    weakness; one rule may serve several items, and then the tool's own words are the safer title.
    """
    texts = item if item and set(item.cwe) & set(hit.cwe) else None
    return Finding(
        id=FindingId(new_id()),
        title=texts.finding if texts and texts.finding else _first_sentence(hit.message) or hit.rule,
        author=by,
        created=at,
        updated=at,
        state=State.CONFIRMED,
        severity=hit.severity,
        cwe=hit.cwe or (item.cwe[:1] if item else ()),
        topic=item.checklist if item else "",
        description=hit.message,
        recommendation=texts.recommendation if texts else "",
        hit=hit.fingerprint,
        items=(item.id,) if item else (),
        places=places,
        history=(HistoryEntry(at, by, "created", reason=f"confirmed {hit.tool} {hit.rule}"),),
    )


def from_item(item: Item, places: tuple[Place, ...], by: str, at: datetime, reason: str = "") -> Finding:
    """A confirmed finding from a checklist item that failed."""
    return Finding(
        id=FindingId(new_id()),
        title=item.finding or item.title,
        author=by,
        created=at,
        updated=at,
        state=State.CONFIRMED,
        severity=item.severity,
        cwe=item.cwe[:1],
        topic=item.checklist,
        description=reason,
        recommendation=item.recommendation,
        items=(item.id,),
        places=places,
        history=(HistoryEntry(at, by, "created", reason=f"item {item.id} failed"),),
    )


def _first_sentence(text: str) -> str:
    return text.strip().split("\n", 1)[0].split(". ", 1)[0].rstrip(".")
