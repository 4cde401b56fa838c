"""Decide on a hit whose decision may bear another fingerprint: nothing is overwritten, and nothing is left twice."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from reviewtui.model.finding import HistoryEntry
from reviewtui.model.hit import Fingerprint, Hit, code_id
from reviewtui.model.place import Place
from reviewtui.model.review import Review
from reviewtui.model.standing import Match, Standings
from reviewtui.model.verdict import Verdict

MOVED: Final = "moved with its code"
CONFIRMED: Final = "confirmed on changed code"
CHANGED: Final = "decided again on changed code"
SURE: Final = "confirmed: it was not certain which of several equal ones was decided"


def decide(
    review: Review, standings: Standings, hit: Hit, verdict: Verdict, place_of: Callable[[Hit], Place]
) -> Review:
    """`review` with this decision on this hit.

    A decision that was carried along to the hit ends in the history of the new one, and its own entry goes away. One
    that is kept under the hit's fingerprint and belongs to another hit by now is kept under that one's first.

    Args:
        review: what it is now.
        standings: made out for the hits as they are, be it for an earlier state of the review.
        hit: what is decided on.
        verdict: the new decision, under the fingerprint of the hit.
        place_of: the present place of a hit.

    Raises:
        InvalidReviewError: the decision lacks what its state asks for.
    """
    verdict.check()
    known = standings.after(review.verdicts)
    standing = known.of(hit)
    source = standing.verdict if standing.match in (Match.MOVED, Match.STALE) else None
    table = dict(review.verdicts)
    displaced: list[Verdict] = []
    print_ = hit.fingerprint
    while print_ in table and (heir := known.heir(print_)) is not None:
        old = table.pop(print_)
        if old is source:
            break
        displaced.append(_moved(old, heir, place_of(heir), verdict))
        print_ = heir.fingerprint
    if source is not None and table.get(source.fingerprint) is source:
        del table[source.fingerprint]
    table.update({moved.fingerprint: moved for moved in displaced})
    here = table.get(hit.fingerprint)
    if here is not None:
        verdict = verdict.following(here)
    if source is not None:
        verdict = _succeeding(verdict, source)
    table[hit.fingerprint] = verdict
    return replace(review, verdicts=table)


def confirmed(standings: Standings, hit: Hit, place: Place, by: str, at: datetime, twins: int = 0) -> Verdict | None:
    """The decision that was made on earlier code, said again for the code as it is; None where none waits for that."""
    standing = standings.of(hit)
    if standing.verdict is None or not standing.is_stale:
        return None
    return replace(standing.verdict, fingerprint=hit.fingerprint, place=place, by=by, at=at, twins=twins, history=())


def _succeeding(verdict: Verdict, source: Verdict) -> Verdict:
    """With all that was said before, under whatever fingerprint, and where it went."""
    result = verdict.following(source)
    before, now = source.place, verdict.place
    same_code = code_id(before.anchor.text) == code_id(now.anchor.text)
    says_the_same = (source.state, source.reason) == (verdict.state, verdict.reason)
    if same_code:
        why = SURE if source.fingerprint == verdict.fingerprint else MOVED
    else:
        why = CONFIRMED if says_the_same else CHANGED
    there = HistoryEntry(verdict.at, verdict.by, "place", str(before), str(now), why)
    earlier = sorted((*verdict.history, *result.history), key=lambda entry: entry.at)
    return replace(result, history=(*earlier, there))


def _moved(verdict: Verdict, hit: Hit, place: Place, by: Verdict) -> Verdict:
    """The same decision under the fingerprint that its hit has by now."""
    entry = HistoryEntry(by.at, by.by, "place", str(verdict.place), str(place), MOVED)
    return replace(verdict, fingerprint=hit.fingerprint, place=place, history=(*verdict.history, entry))


def twins(hit: Hit, hits: Iterable[Hit]) -> int:
    """How many of these, other hits of its file, have the same rule and the same code."""
    equal: set[Fingerprint] = {
        other.fingerprint
        for other in hits
        if (other.tool, other.rule, other.code, other.path) == (hit.tool, hit.rule, hit.code, hit.path)
    }
    return len(equal - {hit.fingerprint})
