"""How hits stand: which decision of which reviewer holds for each, and whether it was made on the code as it is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reviewtui.model.hit import Fingerprint, Hit
from reviewtui.model.place import RepoPath
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
    """The code is not what it was when it was decided, or it cannot be told whether it is the hit that was decided:
    somebody has to confirm the decision, or take it back."""


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

    @property
    def is_stale(self) -> bool:
        """Whether a decision waits to be confirmed or taken back."""
        return self.match is Match.STALE and self.state is not State.OPEN


UNDECIDED: Final = Standing()


@dataclass(frozen=True, slots=True)
class Carried:
    """What was made out for a hit that its fingerprint alone does not answer for."""

    hit: Hit
    standing: Standing
    instead: Verdict | None = None
    """The verdict that its own fingerprint names: another hit's, or that of one that is gone."""


class Standings:
    """The decisions of one review, asked by hit.

    What was made out for a hit counts as long as the decisions that it rests on are what they were.
    """

    def __init__(
        self,
        verdicts: Mapping[Fingerprint, Verdict] | None = None,
        carried: Mapping[Fingerprint, Carried] | None = None,
        gone: Iterable[Verdict] = (),
        unseen: Iterable[Verdict] = (),
    ) -> None:
        """All of it for hits as they were when `carried` was made out.

        Args:
            verdicts: every decision there is.
            carried: by the hit's own fingerprint.
            gone: decisions whose hit is not there any more.
            unseen: decisions of which nothing can be said, because their files were not looked at.
        """
        self._verdicts: Mapping[Fingerprint, Verdict] = verdicts or {}
        self._carried: Mapping[Fingerprint, Carried] = carried or {}
        self._gone = tuple(gone)
        self._unseen = tuple(unseen)
        self._heirs: Mapping[Fingerprint, Carried] | None = None

    def after(self, verdicts: Mapping[Fingerprint, Verdict]) -> "Standings":
        """The same hits with other decisions."""
        return self if verdicts is self._verdicts else Standings(verdicts, self._carried, self._gone, self._unseen)

    def only(self, is_meant: Callable[[Verdict], bool]) -> "Standings":
        """The same, but of the decisions without a hit those alone that are meant."""
        gone, unseen = filter(is_meant, self._gone), filter(is_meant, self._unseen)
        return Standings(self._verdicts, self._carried, gone, unseen)

    def of(self, hit: Hit) -> Standing:
        """What holds for this hit."""
        return self.of_fingerprint(hit.fingerprint)

    def of_fingerprint(self, fingerprint: Fingerprint) -> Standing:
        """What holds for the hit of this fingerprint."""
        verdict = self._verdicts.get(fingerprint)
        carried = self._carried.get(fingerprint)
        if carried is not None and self._holds(carried, verdict):
            return carried.standing
        return UNDECIDED if verdict is None else Standing(Match.EXACT, verdict)

    def is_open(self, hit: Hit) -> bool:
        """Whether somebody still has to decide on it."""
        return self.of(hit).is_open

    def state_of(self, hit: Hit) -> State:
        """What was decided on it, be it stale or not."""
        return self.of(hit).state

    def verdict_of(self, hit: Hit) -> Verdict | None:
        """The decision itself."""
        return self.of(hit).verdict

    @property
    def carried(self) -> tuple[Carried, ...]:
        """All that was made out and still holds."""
        return tuple(c for print_, c in self._carried.items() if self._holds(c, self._verdicts.get(print_)))

    @property
    def stale(self) -> tuple[Carried, ...]:
        """The hits whose decision has to be confirmed or taken back."""
        return tuple(c for c in self.carried if c.standing.is_stale)

    @property
    def gone(self) -> tuple[Verdict, ...]:
        """The decisions whose hit is not there any more."""
        return tuple(v for v in self._gone if self._is_kept(v))

    @property
    def unseen(self) -> tuple[Verdict, ...]:
        """The decisions of which nothing can be said, because their files were not looked at."""
        return tuple(v for v in self._unseen if self._is_kept(v))

    def paths_of(self, fingerprints: Collection[Fingerprint]) -> set[RepoPath]:
        """The files with hits for which these decisions matter, though the decisions name other places."""
        return {
            carried.hit.path
            for carried in self._carried.values()
            for verdict in (carried.standing.verdict, carried.instead)
            if verdict is not None and verdict.fingerprint in fingerprints
        } | {self._carried[print_].hit.path for print_ in fingerprints if print_ in self._carried}

    def heir(self, fingerprint: Fingerprint) -> Hit | None:
        """The hit to which the decision of this fingerprint belongs by now, where that is another one."""
        if self._heirs is None:
            self._heirs = {c.standing.verdict.fingerprint: c for c in self._carried.values() if c.standing.verdict}
        found = self._heirs.get(fingerprint)
        if found is None or found.hit.fingerprint == fingerprint:
            return None
        return found.hit if self._holds(found, self._verdicts.get(found.hit.fingerprint)) else None

    def _holds(self, carried: Carried, now: Verdict | None) -> bool:
        source = carried.standing.verdict
        return _same(now, carried.instead) and (source is None or self._is_kept(source))

    def _is_kept(self, verdict: Verdict) -> bool:
        return _same(self._verdicts.get(verdict.fingerprint), verdict)


def _same(one: Verdict | None, other: Verdict | None) -> bool:
    return one is other or one == other


def standings(verdicts: Mapping[Fingerprint, Verdict], hits: Iterable[Hit]) -> Standings:
    """Which verdict holds for which of these hits, by their fingerprints alone; `carry` looks at the code too."""
    present = {hit.fingerprint for hit in hits}
    return Standings(verdicts, gone=[v for p, v in verdicts.items() if p not in present and v.state is not State.OPEN])
