"""From the flow that a tool reports to a trail that a reviewer walks: source, steps, sink, each on its lines."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.hit import Hit, HitPlace
from reviewtui.model.place import Place
from reviewtui.model.trail import MAX_STEPS, Role, Step, Trail

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

_ROLES: Final[Mapping[str, Role]] = {"source": Role.SOURCE, "sink": Role.SINK}
"""What a tool calls a place, to the part that it plays in a trail; everything else passes through."""

_MOST: Final = 30
"""A finding with more places than these nobody reads."""


class Flows:
    """The further places of a hit."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen

    def do_hit_trail(self, _count: int | None) -> None:
        """Action `hit_trail`: the flow of the hit becomes the present trail, and its first step is gone to."""
        screen, session = self.screen, self.screen.session
        hit = screen.current_hit
        if hit is None or session is None:
            screen.say("No hit here")
            return
        steps = tuple(Step.at(place) for place in self.places(hit))[:MAX_STEPS]
        if len(steps) < 2:
            screen.say("The tool names one place only")
            return
        trail = Trail.begun(f"{hit.rule} {hit.path.name}", session.now())
        for step in steps:
            trail = trail.with_step(step)
        screen.remembering.logbook.change(f"trail of {hit.rule}", lambda kept: kept.with_trail(trail))
        screen.trailing.do_first_step(None)
        screen.marking.changed(f"{len(steps)} steps of {hit.tool}: {screen.key('next_step')} goes on")

    def places(self, hit: Hit) -> list[Place]:
        """Where a flow goes, with roles and notes; the hit itself is its end where the tool does not name it."""
        found = list(self._places(hit))
        if not any(place.path == hit.path and place.span and hit.line in place.span for place in found):
            found.append(replace(self.screen.files.place(hit.path, hit.span), role=Role.SINK))
        return found

    def finding_places(self, hit: Hit) -> tuple[Place, ...]:
        """As `places`, the hit's own first: that is where a finding is shown."""
        found = self.places(hit)[:_MOST]
        return tuple(sorted(found, key=lambda place: not (place.path == hit.path and hit.line in (place.span or ()))))

    def _places(self, hit: Hit) -> Iterator[Place]:
        for one in hit.places:
            if one.path:
                try:
                    yield self._place(one)
                except ReviewTuiError:
                    continue

    def _place(self, one: HitPlace) -> Place:
        role = _ROLES.get(one.role, Role.PASSES)
        return replace(self.screen.files.place(one.path, one.span), role=role, note=one.note)
