"""Decisions on hits, one or ten thousand: each with its place in the code as it is now, every file read once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reviewtui.errors import SourceError
from reviewtui.model.anchor import make_place
from reviewtui.model.deciding import decide
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.standing import Match, Standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.source import SourceText
from reviewtui.text.symbols import Outline


@dataclass(frozen=True, slots=True)
class Said:
    """A decision that can be made on any hit."""

    state: State
    reason: str = ""
    owner: str = ""
    review_by: date | None = None

    def on(self, hit: Hit, place: Place, by: str, at: datetime, *, finding: str = "", twins: int = 0) -> Verdict:
        """The decision on this hit."""
        return Verdict(
            fingerprint=hit.fingerprint,
            tool=hit.tool,
            rule=hit.rule,
            state=self.state,
            reason=self.reason,
            by=by,
            at=at,
            place=place,
            owner=self.owner,
            review_by=self.review_by,
            finding=finding,
            twins=twins,
        )


class Placing:
    """Where hits are in the code as it is now."""

    def __init__(self, commit: str, text_of: Callable[[RepoPath], SourceText]) -> None:
        """Nothing is read yet.

        Args:
            commit: HEAD.
            text_of: raises SourceError.
        """
        self._commit = commit
        self._text_of = text_of
        self._path = NOWHERE
        self._source: SourceText | None = None
        self._outline: Outline | None = None

    def place(self, hit: Hit) -> Place:
        """The place of a hit; of a file that cannot be read only its name and the lines that the tool named.

        It is quickest when the hits of one file come one after the other.
        """
        if hit.path == NOWHERE:
            return Place(NOWHERE)
        if hit.path != self._path:
            self._path, self._outline = hit.path, None
            try:
                self._source = self._text_of(hit.path)
            except SourceError:
                self._source = None
        source, span = self._source, LineSpan(hit.span.start, hit.span.end)
        if source is None:
            return Place(hit.path, span)
        return make_place(
            hit.path, span, source.lines, commit=self._commit, blob=source.blob, symbol=self._symbol(hit, source)
        )

    def _symbol(self, hit: Hit, source: SourceText) -> str:
        if not hit.path.endswith(".py"):
            return ""
        if self._outline is None:
            self._outline = Outline(source.lines)
        found = self._outline.enclosing(hit.span.start)
        return found.qualified if found else ""


def twin_counts(hits: Iterable[Hit]) -> Mapping[Fingerprint, int]:
    """How many others of these hits have the same rule and the same code in the same file."""
    found = {hit.fingerprint: (hit.tool, hit.rule, hit.code, hit.path) for hit in hits}
    counts = Counter(found.values())
    return {fingerprint: counts[same] - 1 for fingerprint, same in found.items()}


def decided(
    review: Review, known: Standings, made: Iterable[tuple[Hit, Verdict]], place_of: Callable[[Hit], Place]
) -> Review:
    """`review` with all these decisions at once, each as `decide` makes it."""
    known = known.after(review.verdicts)
    plain: list[tuple[Hit, Verdict]] = []
    others: list[tuple[Hit, Verdict]] = []
    for hit, verdict in made:
        is_plain = known.of(hit).match in (Match.NONE, Match.EXACT) and known.heir(hit.fingerprint) is None
        (plain if is_plain else others).append((hit, verdict))
    review = review.with_verdicts(verdict for _, verdict in plain)
    for hit, verdict in others:
        review = decide(review, known, hit, verdict, place_of)
    return review
