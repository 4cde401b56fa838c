"""How hits stand: which decision of which reviewer holds for each, and whether it was made on the code as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reviewtui.model.hit import Fingerprint, Hit
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict


class Match(StrEnum):
    """How a hit came to its verdict."""

    NONE = "none"
    """Nobody decided on it."""
    EXACT = "exact"
    """It is the very hit that was decided."""
    MOVED = "moved"
    """The same code in another place: a file was renamed, or the lines went elsewhere."""
    STALE = "stale"
    """The code is not what it was when it was decided: somebody has to confirm the decision, or take it back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for one hit."""

    match: Match = Match.NONE
    verdict: Verdict | None = None

    @property
    def state(self) -> State:
        """What was decided, be it stale or not; open where nothing was."""
        return self.verdict.state if self.verdict else State.OPEN

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide: nothing was decided, or only on code that has changed since."""
        return self.match is Match.STALE or self.state is State.OPEN


UNDECIDED: Final = Standing()


class Standings:
    """The decisions of one review, asked by hit."""

    def __init__(
        self,
        verdicts: Mapping[Fingerprint, Verdict] | None = None,
        carried: Mapping[Fingerprint, Standing] | None = None,
    ) -> None:
        """`carried`: what holds for hits that no verdict names by their own fingerprint."""
        self._verdicts = verdicts or {}
        self._carried = carried or {}

    def of(self, hit: Hit) -> Standing:
        """What holds for this hit."""
        verdict = self._verdicts.get(hit.fingerprint)
        if verdict is not None:
            return Standing(Match.EXACT, verdict)
        return self._carried.get(hit.fingerprint, UNDECIDED)

    def is_open(self, hit: Hit) -> bool:
        """Whether somebody still has to decide on it."""
        return self.of(hit).is_open

    def state_of(self, hit: Hit) -> State:
        """What was decided on it, be it stale or not."""
        return self.of(hit).state

    def verdict_of(self, hit: Hit) -> Verdict | None:
        """The decision itself."""
        return self.of(hit).verdict


def standings(verdicts: Mapping[Fingerprint, Verdict], hits: Iterable[Hit]) -> Standings:
    """Which verdict holds for which of these hits."""
    del hits
    return Standings(verdicts)
