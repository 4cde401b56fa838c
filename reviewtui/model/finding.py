"""What a person wrote down about the code."""

import dataclasses
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from reviewtui.errors import InvalidReviewError
from reviewtui.model.extra import Extra
from reviewtui.model.place import Place
from reviewtui.model.risk import Level, Severity
from reviewtui.model.state import State

FindingId = NewType("FindingId", str)


class Kind(StrEnum):
    """What sort of remark it is."""

    FINDING = "finding"
    NOTE = "note"
    QUESTION = "question"
    TODO = "todo"
    PRAISE = "praise"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one field; appended, never rewritten."""

    at: datetime
    by: str
    field: str
    """`state`, `severity`, …; `created` for the first."""
    old: str = ""
    """In the file: `from`. A text too long to repeat is left out."""
    new: str = ""
    """In the file: `to`."""
    reason: str = ""
    extra: Extra = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding, or a lighter remark, on one or more places."""

    id: FindingId
    title: str
    author: str
    created: datetime
    """With a time zone, to the second."""
    updated: datetime
    kind: Kind = Kind.FINDING
    state: State = State.OPEN
    severity: Severity | None = None
    likelihood: Level | None = None
    impact: Level | None = None
    cvss: str = ""
    """A CVSS vector, as given."""
    cwe: tuple[int, ...] = ()
    topic: str = ""
    """Id of the checklist it belongs to, or the reviewer's own word."""
    description: str = ""
    exploit: str = ""
    recommendation: str = ""
    owner: str = ""
    due: date | None = None
    review_by: date | None = None
    """When an accepted risk has to be looked at again."""
    duplicate_of: str = ""
    tags: tuple[str, ...] = ()
    hit: str = ""
    """Fingerprint of the hit that it came from."""
    items: tuple[str, ...] = ()
    """Ids of the checklist items it answers."""
    places: tuple[Place, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    extra: Extra = dataclasses.field(default_factory=dict)

    @property
    def place(self) -> Place | None:
        """The first place, which lists and reports name."""
        return self.places[0] if self.places else None

    def edited(self, new: "Finding", by: str, at: datetime, reason: str = "") -> "Finding":
        """`new` with every difference from this one in its history.

        Raises:
            InvalidReviewError: its title is empty, or its state lacks what the state asks for.
        """
        entries = tuple(
            HistoryEntry(at, by, name, _said(getattr(self, name)), _said(getattr(new, name)), reason)
            for name in _TRACKED
            if getattr(self, name) != getattr(new, name)
        )
        if not entries:
            return self
        result = replace(new, history=(*self.history, *entries), updated=at)
        result.check(reason)
        return result

    def check(self, reason: str = "") -> None:
        """Raise InvalidReviewError where a rule of the states is broken."""
        if not self.title.strip():
            raise InvalidReviewError("A finding needs a title")
        said = [e.reason for e in self.history if e.field in ("state", "created")]
        if self.state not in (State.OPEN, State.CONFIRMED) and not (reason.strip() or (said and said[-1].strip())):
            raise InvalidReviewError(f"The state '{self.state.label}' needs a reason")
        if self.state is State.ACCEPTED_RISK and not (self.owner.strip() and self.review_by):
            raise InvalidReviewError("An accepted risk needs an owner and a date for the next look")
        if self.state is State.DUPLICATE and not self.duplicate_of.strip():
            raise InvalidReviewError("A duplicate needs the id of the other finding")


_TRACKED: Final = tuple(
    f.name for f in fields(Finding) if f.name not in ("id", "author", "created", "updated", "history", "extra")
)
_LONG: Final = 200


def _said(value: object) -> str:
    """A field's value as the history keeps it: short ones whole, long ones not at all."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        text = ", ".join(str(part) for part in value)
    else:
        text = str(value)
    return text if len(text) <= _LONG else ""
