"""Deciding hits, one or many: one or two keys and a reason, then on to the next undecided one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from reviewtui.model.drafts import from_hit
from reviewtui.model.finding import Finding
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.safe import safe
from reviewtui.text.source import SourceText, decode
from reviewtui.tui.reasons import Reasons
from reviewtui.tui.touching import Scope, growing, parted, rule_scopes, said_on
from reviewtui.verdicts import Placing, Said, decided, twin_counts

if TYPE_CHECKING:
    from reviewtui.tui.screens.reason import Reason
    from reviewtui.tui.screens.review import ReviewScreen

ACCEPTED_DAYS: Final = 180
"""How long an accepted risk stands before somebody has to look at it again, unless the reviewer says otherwise."""
AT_ONCE: Final = 100
"""Decisions on more hits than these are prepared beside the screen."""
MOST_PLACES: Final = 100
"""A finding of more places than these is read by nobody."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a decision is about."""

    scope: Scope
    wider: tuple[Scope, ...] = ()
    last_row: int | None = None
    """In the list: the last row that it was made on."""

    @property
    def is_one(self) -> bool:
        """Whether it is but one hit, with its doubles."""
        return len(self.scope.lines) == 1


class Deciding:
    """Verdicts on hits."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.reasons = Reasons()
        self._last: Said | None = None
        self._owner = ""
        """Who carries risks, as it was said last."""

    # What it is about

    def _aim(self, count: int | None = None) -> Aim | None:
        """The row, group or selection of the list; in the source the hit of the line, or all hits of the selection."""
        screen = self.screen
        if screen.context == "hits":
            aim = self._aim_in_list(count)
        elif screen.context == "source" and screen.source.selection and screen.source.path:
            span, path = screen.source.selection, screen.source.path
            lines = [line for line in screen.desk.doubles_of(path) if any(hit.line in span for hit in line)]
            aim = Aim(Scope(f"lines {span}", lines)) if lines else None
        else:
            hit = screen.current_hit
            aim = Aim(Scope(hit.rule, [screen.desk.doubles_with(hit)]), self._wider(hit)) if hit else None
        if aim is None:
            screen.say(f"No hit here: {screen.key('next_open')} goes to the next undecided one")
        return aim

    def _aim_in_list(self, count: int | None) -> Aim | None:
        pane = self.screen.hits_pane
        first, last = pane.selected_rows
        if count and pane.selected_from is None:
            rows: list[int] = []
            row = first - 1
            while len(rows) < count and (at := pane.list.next_open(row, self.screen.desk.is_open)) is not None:
                rows.append(at)
                row = at
            lines = [line for at in rows for line in pane.list.lines_in(at, at)]
            return Aim(Scope(f"the next {len(lines)}", lines), (), row) if lines else None
        lines = pane.list.lines_in(first, last)
        if not lines:
            return None
        wider = self._wider(lines[0][0]) if len({line[0].rule for line in lines}) == 1 else ()
        shown = Scope("all that the list shows", pane.list.all_lines)
        label = lines[0][0].rule if len(lines) == 1 else pane.label_of(first, last)
        return Aim(Scope(label, lines), (*wider, shown), last)

    def _wider(self, hit: Hit) -> tuple[Scope, ...]:
        return tuple(rule_scopes(hit, self.screen.desk.doubles))

    # Deciding

    def do_confirm_hit(self, count: int | None) -> None:
        """Action `confirm_hit`: one finding from the hits, in a form to be looked over."""
        aim, session = self._aim(count), self.screen.session
        if aim is None or session is None:
            return
        hits = aim.scope.hits
        if not aim.is_one:
            hits = parted(hits, self.screen.desk.standings)[0] or hits
        if len(hits) > MOST_PLACES:
            self.screen.say(f"A finding of {len(hits):,} places is read by nobody: choose {MOST_PLACES} at most")
            return
        from reviewtui.tui.screens.finding_form import FindingForm

        first, placing = hits[0], self._placing()
        if first.path != NOWHERE:
            self.screen.files.text_of(first.path)
        spots = {(hit.path, hit.span): hit for hit in hits if hit.path != NOWHERE}
        places = tuple(map(placing.place, spots.values()))
        if len(hits) == 1 and first.places and places:
            places = self.screen.flows.finding_places(first)
        draft = from_hit(first, places, self.screen.desk.item_for(first), session.by, session.now())

        def written(finding: Finding | None) -> None:
            if finding is None:
                self.screen.say("Not confirmed")
                return
            said = Said(State.CONFIRMED, finding.title)
            made = self._made(hits, said, placing, finding.id)
            label = f"confirm {first.rule}{_on_many(hits)}"
            if self._apply(label, made, placing, finding):
                self._on(f"Confirmed as {finding.id}", aim)

        heading = f"Confirm {first.rule}" if len(hits) == 1 else f"Confirm {len(hits)} hits as one finding"
        topics = [checklist.id for checklist in self.screen.desk.checklists]
        form = FindingForm(draft, heading=heading, by=session.by, now=session.now(), topics=topics)
        self.screen.app.push_screen(form, written)

    def do_false_positive(self, count: int | None) -> None:
        """Action `false_positive`."""
        self._ask(State.FALSE_POSITIVE, count)

    def do_accept_risk(self, count: int | None) -> None:
        """Action `accept_risk`."""
        self._ask(State.ACCEPTED_RISK, count)

    def do_out_of_scope(self, count: int | None) -> None:
        """Action `out_of_scope`."""
        self._ask(State.OUT_OF_SCOPE, count)

    def do_reopen_hit(self, count: int | None) -> None:
        """Action `reopen_hit`: the earlier decision stays in the history."""
        aim = self._aim(count)
        if aim is None:
            return
        if not aim.is_one:
            self._ask(State.OPEN, count)
            return
        settled = said_on(aim.scope.hits, self.screen.desk.standings)
        if not settled:
            self.screen.say("This hit is not decided")
            return
        placing = self._placing()
        if self._apply(f"open {aim.scope.label}", self._made(settled, Said(State.OPEN), placing), placing):
            self.screen.say(f"{aim.scope.label} is open again")

    def do_false_positive_rule(self, _count: int | None) -> None:
        """Action `false_positive_rule`."""
        self._ask(State.FALSE_POSITIVE, None, wide=True)

    def do_accept_risk_rule(self, _count: int | None) -> None:
        """Action `accept_risk_rule`."""
        self._ask(State.ACCEPTED_RISK, None, wide=True)

    def do_out_of_scope_rule(self, _count: int | None) -> None:
        """Action `out_of_scope_rule`."""
        self._ask(State.OUT_OF_SCOPE, None, wide=True)

    def do_reopen_rule(self, _count: int | None) -> None:
        """Action `reopen_rule`."""
        self._ask(State.OPEN, None, wide=True)

    def do_repeat_verdict(self, count: int | None) -> None:
        """Action `repeat_verdict`: at once on one hit, or as many as the count says; else it is shown first."""
        aim = self._aim(count)
        if aim is None:
            return
        said = self._last
        if said is None:
            key = self.screen.key
            self.screen.say(f"No verdict to repeat yet: {key('false_positive')} or {key('accept_risk')} on a hit first")
        elif aim.is_one or count:
            self._decide(aim, aim.scope, aim.scope.hits, said)
        else:
            self._ask(said.state, count, again=said)

    def _ask(self, state: State, count: int | None, *, wide: bool = False, again: Said | None = None) -> None:
        """Ask for the reason, with what is touched; `wide`: begin with all hits of the rule."""
        aim, session = self._aim(count), self.screen.session
        if aim is None or session is None:
            return
        from reviewtui.tui.screens.bulk_reason import BulkReason

        scopes = growing([aim.scope, *aim.wider])
        everywhere = [at for at, scope in enumerate(scopes) if scope.label.endswith(" everywhere")]

        def given(reason: "Reason | None") -> None:
            if reason is None:
                self.screen.say("Not decided")
                return
            said = Said(state, reason.text, reason.owner, reason.review_by)
            if state is not State.OPEN:
                self._last, self._owner = said, said.owner or self._owner
            self._decide(aim, dialog.scope, dialog.touched, said)

        accepts = state is State.ACCEPTED_RISK
        soon = session.now().date() + timedelta(days=ACCEPTED_DAYS)
        dialog = BulkReason(
            safe("Reopen" if state is State.OPEN else state.label.capitalize()),
            scopes,
            self.screen.desk.standings,
            self.reasons.picks(state),
            at=everywhere[-1] if wide and everywhere else 0,
            reopens=state is State.OPEN,
            text=again.reason if again else "",
            asks_owner=accepts,
            owner=(again.owner if again else self._owner or session.by) if accepts else "",
            review_by=((again.review_by if again else None) or soon) if accepts else None,
        )
        self.screen.app.push_screen(dialog, given)

    def _decide(self, aim: Aim, scope: Scope, hits: Sequence[Hit], said: Said) -> None:
        """Make the decision; on many hits beside the screen, since each file has to be read."""
        self.reasons.gave(said.state, said.reason)
        rules = list(dict.fromkeys(hit.rule for hit in hits))
        word = "open" if said.state is State.OPEN else said.state.label
        what = rules[0] if len(rules) == 1 else f"{len(rules)} rules"
        label = f"{word} {what}{_on_many(hits) if len(scope.lines) > 1 else ''}"
        told = f"{what}{_on_many(hits) if len(scope.lines) > 1 else ''}: {word}"
        placing = self._placing()
        if len(hits) <= AT_ONCE:
            if self._apply(label, self._made(hits, said, placing), placing):
                self._on(told, aim)
            return
        self.screen.say(f"Deciding on {len(hits):,} hits…")
        beside = self._placing(beside=True)

        def then(made: list[tuple[Hit, Verdict]]) -> None:
            if self._apply(label, made, placing):
                self._on(told, aim)

        self.screen.ask(lambda: self._made(hits, said, beside), then, "decide")

    def _made(self, hits: Sequence[Hit], said: Said, placing: Placing, finding: str = "") -> list[tuple[Hit, Verdict]]:
        """The verdicts, file by file."""
        session, desk = self.screen.session, self.screen.desk
        if session is None:
            raise RuntimeError("a verdict without a session")
        by, at = session.by, session.now()
        made: list[tuple[Hit, Verdict]] = []
        path: RepoPath | None = None
        twins: Mapping[Fingerprint, int] = {}
        for hit in sorted(hits, key=lambda hit: hit.path):
            if hit.path != path:
                path, twins = hit.path, twin_counts(desk.hits_of(hit.path))
            number = twins.get(hit.fingerprint, 0)
            made.append((hit, said.on(hit, placing.place(hit), by, at, finding=finding, twins=number)))
        return made

    def _apply(
        self, label: str, made: list[tuple[Hit, Verdict]], placing: Placing, finding: Finding | None = None
    ) -> bool:
        known = self.screen.desk.standings

        def transition(review: Review) -> Review:
            if finding is not None:
                review = review.with_finding(finding)
            return decided(review, known, made, placing.place)

        return self.screen.apply(label, transition)

    def _placing(self, *, beside: bool = False) -> Placing:
        files, repository = self.screen.files, self.screen.repository

        def read(path: RepoPath) -> SourceText:
            return decode(repository.read(path), path)

        return Placing(self.screen.commit, read if beside else files.text_of)

    def _on(self, message: str, aim: Aim) -> None:
        """To the next undecided hit, in the list or in the source."""
        screen = self.screen
        if aim.last_row is not None:
            pane = screen.hits_pane
            pane.clear_selection()
            row = pane.list.next_open(aim.last_row, screen.desk.is_open)
            if row is None:
                row = pane.list.next_open(-1, screen.desk.is_open)
            if row is not None:
                pane.go(row)
        elif screen.source.selection:
            screen.source.clear_selection()
        elif screen.desk.undecided:
            screen.going.do_next_open(None)
        left = screen.desk.undecided
        screen.say(f"{message} · {left:,} undecided left" if left else f"{message} · every hit is decided")


def _on_many(hits: Sequence[Hit]) -> str:
    return f" on {len(hits):,} hits" if len(hits) > 1 else ""
