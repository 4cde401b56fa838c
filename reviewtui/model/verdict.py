"""A person's decision on a tool's hit."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from reviewtui.errors import InvalidReviewError
from reviewtui.model.extra import Extra
from reviewtui.model.finding import HistoryEntry
from reviewtui.model.hit import Fingerprint
from reviewtui.model.place import Place
from reviewtui.model.state import State


@dataclass(frozen=True, slots=True)
class Verdict:
    """State, reason, author and time for one fingerprint."""

    fingerprint: Fingerprint
    tool: str
    rule: str
    state: State
    reason: str
    by: str
    at: datetime
    place: Place
    """Where the hit was, so that the decision can follow the code."""
    owner: str = ""
    """Who carries an accepted risk."""
    review_by: date | None = None
    finding: str = ""
    """Id of the finding that a confirmed hit became."""
    history: tuple[HistoryEntry, ...] = ()
    """Earlier decisions, oldest first."""
    twins: int = 0
    """How many other hits in its file had the same rule and the same code then: they can be taken for each other."""
    extra: Extra = field(default_factory=dict)

    def check(self) -> None:
        """Raise InvalidReviewError where the state lacks what it asks for."""
        if self.state is not State.OPEN and not self.reason.strip():
            raise InvalidReviewError(f"The verdict '{self.state.label}' needs a reason")
        if self.state is State.ACCEPTED_RISK and not (self.owner.strip() and self.review_by):
            raise InvalidReviewError("An accepted risk needs an owner and a date for the next look")

    def following(self, old: "Verdict") -> "Verdict":
        """This decision with `old` before it in its history: who said it, when and why."""
        states = [entry.new for entry in old.history if entry.field == "state"]
        entry = HistoryEntry(old.at, old.by, "state", states[-1] if states else "", old.state, old.reason)
        carried = f"by {old.owner} until {old.review_by}" if old.owner else ""
        if carried and (old.owner, old.review_by) != (self.owner, self.review_by):
            entry = replace(entry, reason=f"{old.reason} ({carried})")
        return replace(self, history=(*old.history, entry), extra=old.extra)
