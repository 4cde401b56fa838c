"""The trail of a value: places in the order in which it passes them, each with the part that it plays."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from reviewtui.errors import InvalidReviewError
from reviewtui.model.extra import Extra
from reviewtui.model.finding import Finding, FindingId, HistoryEntry
from reviewtui.model.identity import new_id
from reviewtui.model.place import Place

MAX_STEPS: Final = 200
"""Longer trails nobody reads; a further step is refused, never dropped."""


class Role(StrEnum):
    """The part that a place plays for the value: the words that a place of a finding bears."""

    SOURCE = "source"
    PASSES = "passes through"
    SANITIZER = "sanitizer"
    SINK = "sink"


ROLES: Final = tuple(Role)


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a trail; its role and note stand in the place itself, as in a finding."""

    id: str
    place: Place

    @classmethod
    def at(cls, place: Place) -> "Step":
        """A new step."""
        return cls(new_id(), place)

    @property
    def role(self) -> str:
        """What the value does here; a file of a newer version may name a role that this one does not know."""
        return self.place.role

    def with_role(self, role: str) -> "Step":
        """The same place in another role."""
        return replace(self, place=replace(self.place, role=role))

    def with_note(self, note: str) -> "Step":
        """The same place with another note."""
        return replace(self, place=replace(self.place, note=note))


@dataclass(frozen=True, slots=True)
class Trail:
    """Steps in the reviewer's order, and the finding that was made of them."""

    id: str
    name: str
    created: datetime
    steps: tuple[Step, ...] = ()
    finding: str = ""
    """Id of the finding that was written from it; empty while it is being collected."""
    extra: Extra = field(default_factory=dict)

    @classmethod
    def begun(cls, name: str, at: datetime) -> "Trail":
        """A new, empty trail."""
        return cls(new_id(), name, at)

    def step(self, step_id: str) -> Step | None:
        """The step of that id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def with_step(self, step: Step) -> "Trail":
        """With a step in the place of the one with its id, else at the end.

        Raises:
            InvalidReviewError: it would be too long.
        """
        if self.step(step.id):
            return replace(self, steps=tuple(step if old.id == step.id else old for old in self.steps))
        if len(self.steps) >= MAX_STEPS:
            raise InvalidReviewError(f"A trail has at most {MAX_STEPS} steps: begin another one")
        return replace(self, steps=(*self.steps, step))

    def without_step(self, step_id: str) -> "Trail":
        """Without a step."""
        return replace(self, steps=tuple(step for step in self.steps if step.id != step_id))

    def with_moved(self, step_id: str, by: int) -> "Trail":
        """With a step so many places later, or earlier where negative, as far as there are any."""
        at = next((i for i, step in enumerate(self.steps) if step.id == step_id), None)
        if at is None:
            return self
        rest = [step for step in self.steps if step.id != step_id]
        rest.insert(max(0, min(at + by, len(rest))), self.steps[at])
        return replace(self, steps=tuple(rest))

    def reversed(self) -> "Trail":
        """The other way round: for whoever began at the sink."""
        return replace(self, steps=self.steps[::-1])


def merged(base: Trail | None, ours: Trail, theirs: Trail) -> Trail:
    """The trail with what both made of `base`: no step that anybody collected is lost, but one that was dropped is.

    Where both changed the same thing, ours is the later word.
    """
    known = {step.id: step for step in base.steps} if base else {}
    here = {step.id: step for step in ours.steps}
    there = {step.id: step for step in theirs.steps}
    steps = [_newer(known.get(step.id), step, there.get(step.id)) for step in ours.steps]
    kept = [step for step in steps if step]
    kept += [s for s in theirs.steps if s.id not in here and (s.id not in known or known[s.id] != s)]
    if base and [s.id for s in base.steps] == [s.id for s in ours.steps]:
        # Only they changed the order.
        order = {step.id: number for number, step in enumerate(theirs.steps)}
        kept.sort(key=lambda step: order.get(step.id, len(order)))
    return replace(
        ours,
        name=theirs.name if base and ours.name == base.name else ours.name,
        finding=theirs.finding if base and ours.finding == base.finding else ours.finding or theirs.finding,
        steps=tuple(kept),
        extra={**theirs.extra, **ours.extra},
    )


def _newer(base: Step | None, ours: Step, theirs: Step | None) -> Step | None:
    """One step that we still have; None where they dropped what we left alone."""
    if theirs is None:
        return None if base == ours else ours
    return theirs if base == ours else ours


def to_finding(trail: Trail, places: Sequence[Place], title: str, by: str, at: datetime) -> Finding:
    """An open finding on the places of a trail, in its order."""
    return Finding(
        id=FindingId(new_id()),
        title=title,
        author=by,
        created=at,
        updated=at,
        places=tuple(places),
        history=(HistoryEntry(at, by, "created", reason=f"from the trail '{trail.name}'"),),
    )
