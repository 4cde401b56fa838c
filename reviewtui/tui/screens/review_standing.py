"""Which decisions hold is made out beside the screen, after each scan; and what became of decisions without a hit."""

import time
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reviewtui.carrying import carried
from reviewtui.errors import SourceError
from reviewtui.model.anchor import PlaceState, locate
from reviewtui.model.deciding import confirmed, decide
from reviewtui.model.hit import Hit
from reviewtui.model.place import ANCHOR_TEXT_LINES, LineSpan, Place
from reviewtui.model.review import Review
from reviewtui.model.standing import UNDECIDED, Standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.safe import safe
from reviewtui.tui import jobs

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

SECONDS: Final = 1.5
"""While a scan goes on, so long passes between two looks."""


class Carrying:
    """One look at a time; what changes meanwhile is looked at after it."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._is_looking = False
        self._is_wanted = False
        self._was_complete = False
        self._began = 0.0

    def look_meanwhile(self) -> None:
        """While the first scan goes on, now and then; a later one leaves what is known until it is over."""
        if not self._was_complete and time.monotonic() - self._began >= SECONDS:
            self.look()

    def look(self) -> None:
        """Make out anew which decisions hold."""
        screen = self.screen
        if screen.session is None:
            return
        if self._is_looking:
            self._is_wanted = True
            return
        desk = screen.desk
        verdicts = desk.review.verdicts
        if not desk.facts or all(verdict.state is State.OPEN for verdict in verdicts.values()):
            return
        self._is_looking, self._began = True, time.monotonic()
        hits, repository, post = desk.hits, screen.repository, screen.post_message
        looked = desk.looked(is_complete=screen.scanning.state == "done")

        def job() -> None:
            try:
                known = carried(repository, verdicts, hits, looked, jobs.stopped)
            except BaseException:
                post(jobs.Answered(self._ended))
                raise
            post(jobs.Answered(lambda: self._found(known, is_complete=looked.is_complete)))

        screen.work(job, "standing")

    def _ended(self) -> None:
        self._is_looking = False

    def _found(self, known: Standings, *, is_complete: bool) -> None:
        screen = self.screen
        self._ended()
        self._was_complete |= is_complete
        screen.desk.set_standings(known)
        screen.hits_pane.redraw()
        screen.tree_pane.redraw()
        screen.refresh_marks()
        if self._is_wanted:
            self._is_wanted = False
            self.look()

    def lines(self, hit: Hit) -> Sequence[str]:
        """The lines of a hit whose decision has to be confirmed; none where reading them would keep a key waiting."""
        screen = self.screen
        if not screen.desk.standings.of(hit).is_stale:
            return ()
        if hit.path != screen.source.path and not jobs.is_small(screen.repository, hit.path):
            return ()
        try:
            lines = screen.files.text_of(hit.path).lines
        except SourceError:
            return ()
        return lines[hit.span.start - 1 : min(hit.span.end, hit.span.start - 1 + ANCHOR_TEXT_LINES)]

    # Deciding again

    def do_keep_verdict(self, _count: int | None) -> None:
        """Action `keep_verdict`: the decision holds on the code as it is now too."""
        screen, hit = self.screen, self.screen.current_hit
        standing = screen.desk.standings.of(hit) if hit else UNDECIDED
        if hit is None or not standing.is_stale:
            screen.say("No decision waits here to be confirmed")
        elif self._keep([hit], f"confirm {standing.state.label} {hit.rule}"):
            if screen.context != "hits" and screen.desk.undecided:
                screen.going.do_next_open(None)
            screen.say(f"{hit.rule}: still {standing.state.label} · {self._left}")

    def do_keep_verdicts(self, _count: int | None) -> None:
        """Action `keep_verdicts`: all decisions of the file hold, when it is said which they are."""
        screen, path = self.screen, self.screen.current_hit.path if self.screen.current_hit else self.screen.source.path
        waiting = [carried for carried in screen.desk.stale if carried.hit.path == path]
        if not waiting:
            screen.say("No decision waits in this file to be confirmed")
            return
        from reviewtui.tui.screens.confirm import Confirm

        counts = Counter((carried.hit.rule, carried.standing.state.label) for carried in waiting)
        what = ", ".join(f"{number} × {rule} {label}" for (rule, label), number in sorted(counts.items()))

        def answered(yes: bool | None) -> None:
            known = screen.desk.standings
            hits = [carried.hit for carried in waiting if known.of(carried.hit).is_stale]
            if yes and hits and self._keep(hits, f"confirm {len(hits)} decisions"):
                screen.say(f"{len(hits)} decisions confirmed · {self._left}")

        question = f"Confirm {len(waiting)} decisions made on other code in {path}: {what}?"
        screen.app.push_screen(Confirm(safe(question), "Confirm", "Leave", default=False), answered)

    @property
    def _left(self) -> str:
        stale = len(self.screen.desk.stale)
        return f"{stale} left to be confirmed" if stale else "none left to be confirmed"

    def _keep(self, hits: Sequence[Hit], label: str) -> bool:
        screen, session = self.screen, self.screen.session
        if session is None:
            screen.say("The findings file is not open yet", error=True)
            return False
        known = screen.desk.standings
        said = [
            (hit, confirmed(known, hit, place, session.by, session.now(), screen.desk.twins(hit)))
            for hit, place in ((hit, self._place(hit)) for hit in hits)
        ]

        def transition(review: Review) -> Review:
            for hit, verdict in said:
                if verdict is not None:
                    review = decide(review, known, hit, verdict, self._place)
            return review

        return screen.apply(label, transition)

    def _place(self, hit: Hit) -> Place:
        return self.screen.files.place(hit.path, LineSpan(hit.span.start, hit.span.end))

    # Decisions without a hit

    def do_gone_verdicts(self, _count: int | None) -> None:
        """Action `gone_verdicts`: decisions whose hit is not reported any more, or was not looked at."""
        screen = self.screen
        known = screen.desk.standings
        rows = [(verdict, "gone") for verdict in known.gone] + [(verdict, "not looked at") for verdict in known.unseen]
        if not rows:
            screen.say("Every decision has its hit" if screen.scanning.state == "done" else "The scan is not over yet")
            return
        rows.sort(key=lambda row: (screen.desk.rank(row[0].place.path), row[0].place.path, _line(row[0])))
        from reviewtui.tui.screens.picker import Picker, PickRow

        def picked(index: int | None) -> None:
            if index is not None:
                self._go_to(rows[index][0])

        heading = f"Decisions without a hit: {len(known.gone)} gone, {len(known.unseen)} not looked at"
        picks = [
            PickRow(
                safe(f"{verdict.place}  {verdict.rule}  {verdict.state.label}"),
                safe(f"{what} · {verdict.by}, {verdict.at:%Y-%m-%d}: {verdict.reason}"),
            )
            for verdict, what in rows
        ]
        screen.app.push_screen(Picker(heading, picks, "path, rule, state, reason", empty="No such decision"), picked)

    def _go_to(self, verdict: Verdict) -> None:
        """To where it stood, as far as that is still there."""
        screen, place = self.screen, verdict.place
        stood = verdict.place.anchor.text.split("\n", 1)[0].strip()
        if screen.desk.rank(place.path) >= len(screen.desk.paths):
            screen.say(f"{place.path} is gone. There stood: {stood}")
            return
        now = locate(place, screen.files.text_of(place.path).lines)
        span = now.span if now.state is not PlaceState.LOST else place.span
        screen.going.to(place.path, span.start if span else None)
        screen.say(f"{verdict.rule} was decided here as {verdict.state.label}; there stood: {stood}")


def _line(verdict: Verdict) -> int:
    return verdict.place.span.start if verdict.place.span else 0
