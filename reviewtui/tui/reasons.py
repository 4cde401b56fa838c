"""Reasons that are given often, and those that this session gave; pure."""

from collections.abc import Sequence
from typing import Final

from reviewtui.model.state import State

PICKS: Final[dict[State, Sequence[str]]] = {
    State.FALSE_POSITIVE: (
        "The value cannot be influenced from outside",
        "Validated or escaped before it gets here",
        "Not reachable in production",
        "The tool misreads the code",
    ),
    State.ACCEPTED_RISK: (
        "Low impact; mitigated elsewhere",
        "Will be replaced soon",
        "Needed for a supported use",
    ),
    State.OUT_OF_SCOPE: ("Test code", "Example or development tool", "Third-party code", "Generated code"),
}
RECENT: Final = 5
"""So many of the reviewer's own reasons are offered."""
MOST: Final = 9
"""A digit picks one."""


class Reasons:
    """What is offered for each state."""

    def __init__(self) -> None:
        self._given: dict[State, list[str]] = {}

    def gave(self, state: State, reason: str) -> None:
        """A reason was given: it comes first from now on."""
        if reason.strip():
            self._given[state] = [reason, *(old for old in self._given.get(state, ()) if old != reason)][:RECENT]

    def picks(self, state: State) -> tuple[str, ...]:
        """Those of this session, the last first, then the usual ones."""
        return tuple(dict.fromkeys((*self._given.get(state, ()), *PICKS.get(state, ()))))[:MOST]
