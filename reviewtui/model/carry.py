"""Carry decisions along with the code: over shifted, moved and renamed lines surely, over edited ones as a question.

Better asked again than hidden wrongly: a decision goes to a hit only where both are each other's one clear partner.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from reviewtui.model.hit import Fingerprint, Hit, code_id
from reviewtui.model.pairing import MOST_PAIRS, pairs_by_best, pairs_by_key
from reviewtui.model.place import ANCHOR_TEXT_LINES, CONTEXT_LINES, RepoPath
from reviewtui.model.standing import UNDECIDED, Carried, Match, Standing, Standings
from reviewtui.model.state import State
from reviewtui.model.surroundings import Surroundings, around, likeness, overlap, recorded, weighty, words
from reviewtui.model.verdict import Verdict

_ALIKE: Final = 0.5
"""So much of what stood around has to be there still, for two equal pieces of code to be told apart by it."""
_CLEAR: Final = 0.1
"""So much better than the second has to be the first."""
_EDITED: Final = 0.45
"""So much of text and surroundings has to be left of edited lines."""


class Code(Protocol):
    """What is known of the code as it is now."""

    @property
    def is_complete(self) -> bool:
        """Whether every file was looked at: only then is a hit that is somewhere else known to be the only one."""
        ...

    def was_seen(self, tool: str, path: RepoPath) -> bool:
        """Whether a hit of this tool would have been found there; also where the file is gone."""
        ...

    def now(self, path: RepoPath) -> RepoPath | None:
        """The present path of a file; None where it is gone, nobody knows where."""
        ...

    def blob(self, path: RepoPath) -> str:
        """Git's id of a file's bytes; empty where it is not known."""
        ...

    def lines(self, path: RepoPath) -> Sequence[str]:
        """The lines of a file; none where it cannot be read."""
        ...

    def symbol(self, path: RepoPath, line: int) -> str:
        """The function or class around a line."""
        ...


def carry(verdicts: Mapping[Fingerprint, Verdict], hits: Iterable[Hit], code: Code) -> Standings:
    """Which verdict holds for which of these hits, and which are for hits that are gone.

    Equal code in the same file, or in what became of it, comes first; twins are told apart by what stands around them.
    Then equal code that went to another file, then code that was edited where it stood. A hit whose file was not
    looked at keeps its verdict, and no other hit gets it.
    """
    return _Carrying(verdicts, hits, code).standings()


_Key = tuple[str, str, str, RepoPath]
"""Tool, rule, id of the code, path."""


class _Carrying:
    """One pass over verdicts and hits."""

    def __init__(self, verdicts: Mapping[Fingerprint, Verdict], hits: Iterable[Hit], code: Code) -> None:
        self._verdicts = verdicts
        self._code = code
        self._hits: dict[Fingerprint, Hit] = {}
        for hit in hits:
            self._hits.setdefault(hit.fingerprint, hit)
        self._codes = {print_: code_id(v.place.anchor.text) for print_, v in verdicts.items()}
        self._free = dict(verdicts)
        """The verdicts that no hit has got yet."""
        self._taken: set[Fingerprint] = set()
        """The hits that have a verdict."""
        self._carried: dict[Fingerprint, Carried] = {}
        self._doubtful: list[tuple[Verdict, Hit]] = []
        """Equal code in the same file, where nothing or too little says that it is the same hit."""
        self._renamed: dict[RepoPath, RepoPath] = {}
        """What became of files, as far as their own hits tell."""
        self._surroundings: dict[Fingerprint, Surroundings] = {}
        self._old_surroundings: dict[Fingerprint, Surroundings] = {}

    def standings(self) -> Standings:
        """All steps, the surest first."""
        self._equal_in_the_same_file()
        self._free = {p: v for p, v in self._free.items() if v.state is not State.OPEN}
        if self._free:
            proposals = self._equal_elsewhere() if self._code.is_complete else []
            self._edited()
            for verdict, hit in (*self._doubtful, *proposals):
                if verdict.fingerprint in self._free and hit.fingerprint not in self._taken:
                    self._settle(verdict, hit, is_sure=False)
        gone = [verdict for verdict in self._free.values() if self._is_lost(verdict)]
        unseen = [verdict for verdict in self._free.values() if not self._is_lost(verdict)]
        return Standings(self._verdicts, self._carried, gone, unseen)

    # The same code in the same file

    def _equal_in_the_same_file(self) -> None:
        places: dict[_Key, tuple[list[Verdict], list[Hit]]] = {}
        for hit in self._hits.values():
            places.setdefault((hit.tool, hit.rule, hit.code, hit.path), ([], []))[1].append(hit)
        for print_, verdict in self._verdicts.items():
            path = self._code.now(verdict.place.path)
            own = self._hits.get(print_)
            code = self._codes[print_]
            if own is not None and (own.code != code or own.path != path or not code):
                # Nothing of the code was recorded, or only a mask of it: the fingerprint alone can tell.
                self._settle(verdict, own)
            elif path is not None and (there := places.get((verdict.tool, verdict.rule, code, path))):
                there[0].append(verdict)
        for decided, found in places.values():
            if decided:
                self._pair_equal(decided, [hit for hit in found if hit.fingerprint not in self._taken])

    def _pair_equal(self, decided: list[Verdict], found: list[Hit]) -> None:
        """Verdicts and hits with the same code in one file."""
        if len(decided) == len(found) == 1 and self._is_alone(decided[0], found[0]):
            if not self._is_strange(decided[0], found[0]):
                self._settle(decided[0], found[0])
                return
            self._doubtful.append((decided[0], found[0]))
            self._disown(found)
            return
        found.sort(key=lambda hit: hit.order)
        self._pair_in_the_same_bytes(decided, found)
        left, rest = self._left(decided, found)
        if left and rest:
            for verdict, hit in self._told_apart(left, rest):
                self._settle(verdict, hit)
            left, rest = self._left(left, rest)
            for verdict, hit in self._clearly_best(left, rest, self._alike, _ALIKE):
                self._settle(verdict, hit)
            left, rest = self._left(left, rest)
        if left and rest:
            self._pair_doubtful(decided, found, left, rest)
        self._disown(found)

    def _disown(self, found: Iterable[Hit]) -> None:
        """The decision that a fingerprint names is not that of the hit, unless a later step says so."""
        for hit in found:
            instead = self._verdicts.get(hit.fingerprint)
            if instead is not None and hit.fingerprint not in self._taken:
                self._carried[hit.fingerprint] = Carried(hit, UNDECIDED, instead)

    def _is_strange(self, verdict: Verdict, hit: Hit) -> bool:
        """Whether nothing is left of all that stood around, as if one were deleted and another written."""
        if self._has_same_bytes(verdict, hit.path):
            return False
        there = likeness(self._then(verdict), self._around(hit))
        return there.context == 0 and there.symbol != 1

    def _is_alone(self, verdict: Verdict, hit: Hit) -> bool:
        """Whether there was no other such code then, nor is there now."""
        return not verdict.twins and (verdict.fingerprint == hit.fingerprint or verdict.place.path != hit.path)

    def _pair_in_the_same_bytes(self, decided: Iterable[Verdict], found: Sequence[Hit]) -> None:
        """In a file that is byte for byte what it was, each is where it was."""
        for verdict in decided:
            if not self._has_same_bytes(verdict, found[0].path if found else RepoPath("")):
                continue
            here = [h for h in found if h.span == verdict.place.span and h.fingerprint not in self._taken]
            own = [hit for hit in here if hit.fingerprint == verdict.fingerprint]
            if own or here:
                self._settle(verdict, (own or here)[0])

    def _pair_doubtful(
        self, decided: Sequence[Verdict], found: Sequence[Hit], left: list[Verdict], rest: list[Hit]
    ) -> None:
        """Twins that what stands around them does not tell apart."""
        then = 1 + max(verdict.twins for verdict in decided)
        waiting = {hit.fingerprint: hit for hit in rest}
        own = [(v, waiting[v.fingerprint]) for v in left if v.fingerprint in waiting]
        said = {(v.state, v.reason, v.owner, v.review_by, v.finding) for v in decided}
        if len(said) == 1 and len(found) <= len(decided) and then <= len(decided):
            # All were decided, and alike; no matter which is which, there are no more of them now.
            for verdict, hit in own:
                self._settle(verdict, hit)
            for verdict, hit in zip(*self._left(left, rest), strict=False):
                self._settle(verdict, hit)
        else:
            in_order = len(found) == then and len(left) * len(rest) <= MOST_PAIRS
            for verdict, hit in own:
                if in_order and self._is_as_good_as_any(verdict, hit, rest):
                    self._settle(verdict, hit)
                else:
                    self._doubtful.append((verdict, hit))

    def _is_as_good_as_any(self, verdict: Verdict, hit: Hit, rest: Sequence[Hit]) -> bool:
        """Whether nothing says that another one of the twins would be the one that was decided."""
        value = self._alike(verdict, hit)
        return value >= _ALIKE and all(self._alike(verdict, other) <= value for other in rest)

    # The same code in another file

    def _equal_elsewhere(self) -> list[tuple[Verdict, Hit]]:
        """Pair what is surely the same; the result are pairs for which only the code speaks."""
        lost: defaultdict[tuple[str, str, str], list[Verdict]] = defaultdict(list)
        for print_, verdict in self._free.items():
            if self._codes[print_] and self._is_lost(verdict):
                lost[verdict.tool, verdict.rule, self._codes[print_]].append(verdict)
        found: defaultdict[tuple[str, str, str], list[Hit]] = defaultdict(list)
        for hit in self._unclaimed():
            key = (hit.tool, hit.rule, hit.code)
            if key in lost:
                found[key].append(hit)
        moved: defaultdict[RepoPath, Counter[RepoPath]] = defaultdict(Counter)
        proposals = []
        for key, decided in lost.items():
            others = found[key]
            for verdict, hit in self._told_apart(decided, others):
                self._settle(verdict, hit)
                moved[verdict.place.path][hit.path] += 1
            left, rest = self._left(decided, others)
            for verdict, hit in self._clearly_best(left, rest, self._alike_elsewhere, _ALIKE):
                self._settle(verdict, hit)
                moved[verdict.place.path][hit.path] += 1
            if len(decided) == len(others) == 1 and decided[0].fingerprint in self._free:
                proposals.append((decided[0], others[0]))
        for path, targets in moved.items():
            if self._code.now(path) is None and len(targets) == 1:
                self._renamed[path] = next(iter(targets))
        return proposals

    def _alike_elsewhere(self, verdict: Verdict, hit: Hit) -> float:
        """How much speaks for a move from one file to another."""
        value = likeness(self._then(verdict), self._around(hit)).score
        if weighty(verdict.place.anchor.text.split("\n")) > 1:
            return max(_ALIKE, value or 0.0)
        return value or 0.0

    # Edited code

    def _edited(self) -> None:
        lost: defaultdict[tuple[str, str, RepoPath], list[Verdict]] = defaultdict(list)
        for verdict in self._free.values():
            path = self._now(verdict.place.path)
            if path is not None and self._is_lost(verdict):
                lost[verdict.tool, verdict.rule, path].append(verdict)
        found: defaultdict[tuple[str, str, RepoPath], list[Hit]] = defaultdict(list)
        for hit in self._unclaimed():
            key = (hit.tool, hit.rule, hit.path)
            if key in lost:
                found[key].append(hit)
        for key, decided in lost.items():
            others = found[key]
            for verdict, hit in self._told_apart(decided, others):
                self._settle(verdict, hit, is_sure=False)
            left, rest = self._left(decided, others)
            old = {v.fingerprint: words(v.place.anchor.text) for v in left}
            new = {h.fingerprint: words(self._text(h)) for h in rest}

            def remaining(
                verdict: Verdict,
                hit: Hit,
                old: Mapping[Fingerprint, Mapping[str, int]] = old,
                new: Mapping[Fingerprint, Mapping[str, int]] = new,
            ) -> float:
                text = overlap(old[verdict.fingerprint], new[hit.fingerprint])
                there = likeness(self._then(verdict), self._around(hit))
                if there.score is None:
                    return text
                if text < 0.5 and (there.context or 0.0) < 0.5:
                    return 0.0
                return 0.5 * text + 0.5 * there.score

            for verdict, hit in self._clearly_best(left, rest, remaining, _EDITED):
                self._settle(verdict, hit, is_sure=False)

    # What the steps share

    def _settle(self, verdict: Verdict, hit: Hit, *, is_sure: bool = True) -> None:
        is_own = hit.fingerprint == verdict.fingerprint
        if not is_own and hit.span.count > ANCHOR_TEXT_LINES and not self._has_same_bytes(verdict, hit.path):
            # Of so many lines the anchor keeps only the ends, and the fingerprint says that something differs.
            is_sure = False
        del self._free[verdict.fingerprint]
        self._taken.add(hit.fingerprint)
        if is_own and is_sure:
            return
        match = Match.STALE if not is_sure else Match.MOVED
        self._carried[hit.fingerprint] = Carried(hit, Standing(match, verdict), self._verdicts.get(hit.fingerprint))

    def _left(self, decided: Iterable[Verdict], found: Iterable[Hit]) -> tuple[list[Verdict], list[Hit]]:
        """Those that are still without a partner."""
        return (
            [verdict for verdict in decided if verdict.fingerprint in self._free],
            [hit for hit in found if hit.fingerprint not in self._taken],
        )

    def _unclaimed(self) -> list[Hit]:
        """The hits that nobody has decided on."""
        return [hit for print_, hit in self._hits.items() if print_ not in self._taken]

    def _is_lost(self, verdict: Verdict) -> bool:
        """Whether its hit would have been found, were it still where it was."""
        return self._code.was_seen(verdict.tool, self._now(verdict.place.path) or verdict.place.path)

    def _now(self, path: RepoPath) -> RepoPath | None:
        return self._code.now(path) or self._renamed.get(path)

    def _has_same_bytes(self, verdict: Verdict, path: RepoPath) -> bool:
        return bool(verdict.place.anchor.blob) and verdict.place.anchor.blob == self._code.blob(path)

    def _alike(self, verdict: Verdict, hit: Hit) -> float:
        """How much what stands around a hit is like what stood around a decided one of the same code."""
        value = likeness(self._then(verdict), self._around(hit)).score
        return _ALIKE if value is None else value

    def _told_apart(self, decided: Sequence[Verdict], found: Sequence[Hit]) -> Iterator[tuple[Verdict, Hit]]:
        """The pairs with the very same lines around them, in the same function as far as that was recorded."""
        for with_symbol in (True, False):
            left, rest = self._left(decided, found)

            def then(verdict: Verdict, with_symbol: bool = with_symbol) -> object:
                return _told_by(self._then(verdict), with_symbol)

            def now(hit: Hit, with_symbol: bool = with_symbol) -> object:
                return _told_by(self._around(hit), with_symbol)

            yield from pairs_by_key(left, rest, then, now)

    def _clearly_best(
        self, decided: Sequence[Verdict], found: Sequence[Hit], score: Callable[[Verdict, Hit], float], floor: float
    ) -> Iterator[tuple[Verdict, Hit]]:
        """The pairs of which each is clearly the other's best; of very many, within the same function only."""
        if len(decided) * len(found) <= MOST_PAIRS:
            yield from pairs_by_best(decided, found, score, floor=floor, margin=_CLEAR)
            return
        by_symbol: dict[str, tuple[list[Verdict], list[Hit]]] = {}
        for verdict in decided:
            by_symbol.setdefault(self._then(verdict).symbol, ([], []))[0].append(verdict)
        for hit in found:
            by_symbol.setdefault(self._around(hit).symbol, ([], []))[1].append(hit)
        for verdicts, hits in by_symbol.values():
            yield from pairs_by_best(verdicts, hits, score, floor=floor, margin=_CLEAR)

    def _then(self, verdict: Verdict) -> Surroundings:
        found = self._old_surroundings.get(verdict.fingerprint)
        if found is None:
            found = self._old_surroundings[verdict.fingerprint] = recorded(verdict.place.anchor)
        return found

    def _around(self, hit: Hit) -> Surroundings:
        found = self._surroundings.get(hit.fingerprint)
        if found is None:
            symbol = self._code.symbol(hit.path, hit.span.start)
            found = around(self._code.lines(hit.path), hit.span, symbol)
            self._surroundings[hit.fingerprint] = found
        return found

    def _text(self, hit: Hit) -> str:
        lines = self._code.lines(hit.path)
        end = min(hit.span.end, len(lines))
        return "\n".join(lines[hit.span.start - 1 : end][:ANCHOR_TEXT_LINES]) if hit.span.start <= end else ""


def _told_by(there: Surroundings, with_symbol: bool) -> object:
    """What tells a place from others, where what stands around it tells anything."""
    before, after = there.before[-CONTEXT_LINES:], there.after[:CONTEXT_LINES]
    return (before, after, there.symbol if with_symbol else "") if weighty((*before, *after)) else None
