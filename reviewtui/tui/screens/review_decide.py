"""Deciding hits: one or two keys and a reason, then on to the next undecided one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from reviewtui.model.deciding import decide
from reviewtui.model.drafts import from_hit
from reviewtui.model.finding import Finding
from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.safe import safe

if TYPE_CHECKING:
    from reviewtui.tui.screens.reason import Reason
    from reviewtui.tui.screens.review import ReviewScreen

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
ACCEPTED_DAYS: Final = 180
"""How long an accepted risk stands before somebody has to look at it again, unless the reviewer says otherwise."""


@dataclass(frozen=True, slots=True)
class Said:
    """A decision that can be repeated."""

    state: State
    reason: str
    owner: str
    review_by: date | None


class Deciding:
    """Verdicts on hits."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._last: Said | None = None

    def _hit(self) -> Hit | None:
        hit = self.screen.current_hit
        if hit is None:
            self.screen.say(f"No hit here: {self.screen.key('next_open')} goes to the next undecided one")
        return hit

    def do_confirm_hit(self, _count: int | None) -> None:
        """Action `confirm_hit`: a finding from the hit, in a form to be looked over."""
        hit, session = self._hit(), self.screen.session
        if hit is None or session is None:
            return
        from reviewtui.tui.screens.finding_form import FindingForm

        place = self.screen.files.place(hit.path, hit.span)
        draft = from_hit(hit, place, self.screen.desk.item_for(hit), session.by, session.now())

        def written(finding: Finding | None) -> None:
            if finding is None:
                self.screen.say("Not confirmed")
                return
            verdict = self._verdict(hit, Said(State.CONFIRMED, finding.title, "", None), finding)
            if self.screen.apply(
                f"confirm {hit.rule}", lambda review: self._decided(review.with_finding(finding), hit, verdict)
            ):
                self._on(f"Confirmed as {finding.id}")

        form = FindingForm(
            draft,
            heading=f"Confirm {hit.rule}",
            by=session.by,
            now=session.now(),
            topics=[checklist.id for checklist in self.screen.desk.checklists],
        )
        self.screen.app.push_screen(form, written)

    def do_false_positive(self, _count: int | None) -> None:
        """Action `false_positive`."""
        self._ask(State.FALSE_POSITIVE)

    def do_accept_risk(self, _count: int | None) -> None:
        """Action `accept_risk`."""
        self._ask(State.ACCEPTED_RISK)

    def do_out_of_scope(self, _count: int | None) -> None:
        """Action `out_of_scope`."""
        self._ask(State.OUT_OF_SCOPE)

    def do_reopen_hit(self, _count: int | None) -> None:
        """Action `reopen_hit`: the earlier decision stays in the history."""
        hit = self._hit()
        if hit is None:
            return
        if self.screen.desk.standings.state_of(hit) is State.OPEN:
            self.screen.say("This hit is not decided")
        elif self._decide(hit, Said(State.OPEN, "", "", None)):
            self.screen.say(f"{hit.rule} is open again")

    def _decided(self, review: Review, hit: Hit, verdict: Verdict) -> Review:
        """`review` with a decision; one that came along with the code ends in its history."""
        return decide(
            review, self.screen.desk.standings, hit, verdict, lambda h: self.screen.files.place(h.path, h.span)
        )

    def do_repeat_verdict(self, _count: int | None) -> None:
        """Action `repeat_verdict`."""
        hit = self._hit()
        if hit is None:
            return
        if self._last is None:
            key = self.screen.key
            self.screen.say(f"No verdict to repeat yet: {key('false_positive')} or {key('accept_risk')} on a hit first")
        elif self._decide(hit, self._last):
            self._on(f"{hit.rule}: {self._last.state.label}")

    def _ask(self, state: State) -> None:
        hit, session = self._hit(), self.screen.session
        if hit is None or session is None:
            return
        from reviewtui.tui.screens.reason import ReasonDialog

        def given(reason: "Reason | None") -> None:
            if reason is None:
                self.screen.say("Not decided")
                return
            said = Said(state, reason.text, reason.owner, reason.review_by)
            if self._decide(hit, said):
                self._last = said
                self._on(f"{hit.rule}: {state.label}")

        accepts = state is State.ACCEPTED_RISK
        dialog = ReasonDialog(
            safe(state.label.capitalize()),
            safe(f"{hit.rule} {hit.path}:{hit.line}  {hit.message}"),
            PICKS[state],
            asks_owner=accepts,
            owner=session.by if accepts else "",
            review_by=session.now().date() + timedelta(days=ACCEPTED_DAYS) if accepts else None,
        )
        self.screen.app.push_screen(dialog, given)

    def _decide(self, hit: Hit, said: Said) -> bool:
        verdict = self._verdict(hit, said, None)
        return self.screen.apply(f"{said.state.label} {hit.rule}", lambda review: self._decided(review, hit, verdict))

    def _verdict(self, hit: Hit, said: Said, finding: Finding | None) -> Verdict:
        session = self.screen.session
        if session is None:
            raise RuntimeError("a verdict without a session")
        return Verdict(
            fingerprint=hit.fingerprint,
            tool=hit.tool,
            rule=hit.rule,
            state=said.state,
            reason=said.reason,
            by=session.by,
            at=session.now(),
            place=self.screen.files.place(hit.path, LineSpan(hit.span.start, hit.span.end)),
            owner=said.owner,
            review_by=said.review_by,
            finding=finding.id if finding else "",
            twins=self.screen.desk.twins(hit),
        )

    def _on(self, message: str) -> None:
        """To the next undecided hit, in the list or in the source."""
        screen = self.screen
        if screen.context == "hits":
            rows = screen.hits_pane.hits
            after = [i for i, other in enumerate(rows) if i > screen.hits_pane.cursor and screen.desk.is_open(other)]
            if after:
                screen.hits_pane.go(after[0])
        elif screen.desk.undecided:
            screen.going.do_next_open(None)
        left = screen.desk.undecided
        screen.say(f"{message} · {left} undecided left" if left else f"{message} · every hit is decided")
