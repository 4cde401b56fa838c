"""The trail: steps of a value that is being followed, replayed, and written down as one finding."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewtui.errors import ReviewTuiError
from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.finding import Finding
from reviewtui.model.place import LineSpan, Place
from reviewtui.model.reading import MAX_TRAILS
from reviewtui.model.trail import ROLES, Role, Step, Trail, to_finding
from reviewtui.text.safe import safe
from reviewtui.text.titles import suggested_title
from reviewtui.tui.cards import Paragraph
from reviewtui.tui.screens.place_list import PlaceRow
from reviewtui.tui.screens.review_marks import Bookmark, place_row
from reviewtui.tui.widgets.source_view.gutter import role_mark

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen
    from reviewtui.tui.screens.trail_list import TrailList

_KEYS = {
    Role.SOURCE: "step_source",
    Role.PASSES: "step_pass",
    Role.SANITIZER: "step_sanitizer",
    Role.SINK: "step_sink",
}


class Trailing:
    """The present trail and what is done with it."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._at = ""
        """Id of the step that was gone to last."""
        self._seen: tuple[tuple[object, ...], list[tuple[Step, LineSpan]]] | None = None
        """The steps in a file, and for which file and trail they were looked up."""

    @property
    def trail(self) -> Trail | None:
        """The trail that was collected last, written or not."""
        return self.screen.remembering.logbook.reading.current

    @property
    def collected(self) -> Trail | None:
        """The trail that further steps go to; None where the next one begins another."""
        trail = self.trail
        return None if trail is None or self.is_written(trail) else trail

    def is_written(self, trail: Trail) -> bool:
        """Whether it became a finding, and that was not taken back."""
        return bool(trail.finding) and trail.finding in self.screen.desk.review.findings

    def _put(self, label: str, trail: Trail) -> None:
        """Make this the present trail, on disk."""
        self.screen.remembering.logbook.change(label, lambda kept: kept.with_trail(trail))

    def _located(self, steps: Sequence[Step]) -> list[Located | None]:
        return self.screen.marking.whereabouts([step.place for step in steps])

    def _here(self, span: LineSpan | None = None) -> Step | None:
        """The step on the line of the cursor, or on exactly these lines."""
        here = self.screen.here
        if here is None:
            return None
        for step, now in self._in_sight():
            if now == span if span else here[1] in now:
                return step
        return None

    def _in_sight(self) -> list[tuple[Step, LineSpan]]:
        """The steps that are in the open file, and their lines; looked up anew only where one of the two changed."""
        view, trail = self.screen.source, self.trail
        if trail is None or not view.is_present:
            return []
        key = (view.path, view.source, trail)
        if self._seen is None or any(old is not new for old, new in zip(self._seen[0], key, strict=True)):
            steps = [step for step in trail.steps if step.place.path == view.path]
            located = zip(steps, self._located(steps), strict=True)
            self._seen = key, [(step, where.span) for step, where in located if where and where.span]
        return self._seen[1]

    # Collecting

    def do_step_source(self, _count: int | None) -> None:
        """Action `step_source`."""
        self._collect(Role.SOURCE)

    def do_step_pass(self, _count: int | None) -> None:
        """Action `step_pass`."""
        self._collect(Role.PASSES)

    def do_step_sanitizer(self, _count: int | None) -> None:
        """Action `step_sanitizer`."""
        self._collect(Role.SANITIZER)

    def do_step_sink(self, _count: int | None) -> None:
        """Action `step_sink`."""
        self._collect(Role.SINK)

    def _collect(self, role: Role) -> None:
        """A further step; on the lines of one, its role; in the same role again, a note on it."""
        screen = self.screen
        span = screen.source.current_lines
        place = screen.marking.place_here(span, role)
        trail = self.collected
        same = self._here(span) if trail else None
        if trail and same and same.role == role:
            self._ask_note(trail, same)
            return
        if trail and same:
            self._at = same.id
            self._put("role", trail.with_step(same.with_role(role)))
        else:
            step = Step.at(place)
            trail = (trail or self._begun(place)).with_step(step)
            self._at = step.id
            self._put(f"{role} {place}", trail)
        screen.source.clear_selection()
        number = 1 + next(i for i, step in enumerate(self._steps()) if step.id == self._at)
        again, write = screen.key(_KEYS[role]), screen.key("trail_finding" if role == Role.SINK else "list_trail")
        more = f"{again} again: a note, {write}: the {'finding' if role == Role.SINK else 'trail'}"
        screen.marking.changed(f"Step {number} of '{trail.name}': {role} {place} · {more}")

    def _steps(self) -> tuple[Step, ...]:
        return self.trail.steps if self.trail else ()

    def _begun(self, place: Place) -> Trail:
        """A new trail, named after where it begins.

        Raises:
            ReviewTuiError: there are too many.
        """
        logbook, session = self.screen.remembering.logbook, self.screen.session
        if session is None:
            raise ReviewTuiError("The review is not open yet")
        if len(logbook.reading.trails) >= MAX_TRAILS:
            key = self.screen.key("list_trail")
            raise ReviewTuiError(f"There are {MAX_TRAILS} trails: {key} lists them, drop one there")
        return Trail.begun(place.anchor.symbol or place.path.name, session.now())

    def _ask_note(self, trail: Trail, step: Step, then: "TrailList | None" = None) -> None:
        from reviewtui.tui.screens.line_prompt import LinePrompt

        def written(text: str | None) -> None:
            now = self.screen.remembering.logbook.reading.trails.get(trail.id, trail)
            kept = now.step(step.id)
            if text is not None and kept:
                self._put("note", now.with_step(kept.with_note(text.strip())))
                self.screen.marking.changed(f"Noted at {step.place}")
            if then:
                then.reload()

        about = safe(f"{step.role} {step.place}")
        self.screen.app.push_screen(LinePrompt("Note on the step", about, step.place.note, "one line"), written)

    def do_drop_step(self, _count: int | None) -> None:
        """Action `drop_step`."""
        trail, step = self.trail, self._here()
        if trail is None or step is None:
            self.screen.say("There is no step of the trail on this line")
            return
        self._put("drop step", trail.without_step(step.id))
        self.screen.marking.changed(
            f"Dropped {step.role} {step.place}: {self.screen.key('list_trail')} lists them, undo there brings it back"
        )

    # Replaying

    def do_next_step(self, count: int | None) -> None:
        """Action `next_step`."""
        self._walk(count or 1)

    def do_previous_step(self, count: int | None) -> None:
        """Action `previous_step`."""
        self._walk(-(count or 1))

    def do_first_step(self, count: int | None) -> None:
        """Action `first_step`."""
        self._end((count or 1) - 1)

    def do_last_step(self, count: int | None) -> None:
        """Action `last_step`."""
        self._end(len(self._steps()) - (count or 1))

    def _end(self, index: int) -> None:
        if self._steps():
            self._to(max(0, min(index, len(self._steps()) - 1)))
        else:
            self.screen.say(self._how_to_begin())

    def _walk(self, by: int) -> None:
        steps = self._steps()
        if not steps:
            self.screen.say(self._how_to_begin())
            return
        here = self._here()
        at_id = here.id if here else self._at
        at = next((i for i, step in enumerate(steps) if step.id == at_id), None)
        # Away from the trail, the first press comes back to where one left it.
        wanted = (0 if by > 0 else len(steps) - 1) if at is None else at if here is None else at + by
        if 0 <= wanted < len(steps):
            self._to(wanted)
        else:
            which = "last" if by > 0 else "first"
            self.screen.say(
                f"That was the {which} of {len(steps)}; {self.screen.key('trail_finding')} writes the finding"
            )

    def _to(self, index: int) -> None:
        step = self._steps()[index]
        self._at = step.id
        note = f" · {step.place.note}" if step.place.note else ""
        self.screen.marking.to(step.place, f"{index + 1} of {len(self._steps())}: {step.role}{note}")

    def _how_to_begin(self) -> str:
        key = self.screen.key
        return f"No trail yet: {key('step_source')} on a line is its source, {key('step_sink')} its sink"

    def card(self) -> list[Paragraph]:
        """What the detail pane says of the step under the cursor."""
        step, steps = self._here(), self._steps()
        if step is None or self.trail is None:
            return []
        mark = role_mark(step.role)
        number = next(i for i, one in enumerate(steps, 1) if one.id == step.id)
        return [
            Paragraph(
                (
                    (safe(f"{mark.symbol} "), mark.style),
                    (safe(step.role), "title"),
                    (safe(f"  step {number} of {len(steps)} of the trail '{self.trail.name}'"), "muted"),
                    (safe(f"  {step.place.note}"), ""),
                ),
                2,
            )
        ]

    # The list

    def do_list_trail(self, _count: int | None) -> None:
        """Action `list_trail`."""
        from reviewtui.tui.screens.trail_list import FINDING, TrailList

        screen = self.screen
        if not screen.remembering.logbook.reading.trails:
            screen.say(self._how_to_begin())
            return
        back = Bookmark(screen)
        found: list[Located | None] = []

        def rows() -> list[PlaceRow]:
            found[:] = self._located(self._steps())
            return [
                place_row(step.place, where, role_mark(step.role), step.role)
                for step, where in zip(self._steps(), found, strict=True)
            ]

        def walked(index: int) -> None:
            if not back.is_version:
                screen.marking.peek(self._steps()[index].place, found[index])

        def chosen(index: int | None) -> None:
            back.restore()
            if index == FINDING:
                self.do_trail_finding(None)
            elif index is not None:
                self._to(index)

        screen.panes.focus_source()
        here = self._here()
        start = next((i for i, step in enumerate(self._steps()) if here and step.id == here.id), 0)
        dialog = TrailList(rows, self._heading, walked, self._change, empty="No steps in this trail", start=start)
        screen.app.push_screen(dialog, chosen)

    def _heading(self) -> tuple[str, str]:
        reading, trail = self.screen.remembering.logbook.reading, self.trail
        if trail is None:
            return "Trail", "none"
        number = list(reading.trails).index(trail.id) + 1
        which = f" ({number} of {len(reading.trails)})" if len(reading.trails) > 1 else ""
        written = f" · written as {trail.finding}" if self.is_written(trail) else ""
        return f"Trail: {trail.name}{which}", f"{len(trail.steps)} steps{written}"

    def _change(self, what: str, index: int, dialog: "TrailList") -> int | None:
        """One change that the list asks for; the row to stand on then."""
        logbook, trail = self.screen.remembering.logbook, self.trail
        cursor: int | None = None
        step = trail.steps[index] if trail and index < len(trail.steps) else None
        if what == "undo":
            logbook.undo()
        elif what == "new":
            return self._new()
        elif what == "next":
            order = list(logbook.reading.trails)
            if order:
                at = order.index(trail.id) if trail else -1
                logbook.change("other trail", lambda kept: replace(kept, trail=order[(at + 1) % len(order)]))
            cursor = 0
        elif trail and what == "drop_trail":
            logbook.change("drop trail", lambda kept: kept.without_trail(trail.id))
            cursor = 0
        elif trail and what == "name":
            self._ask_name(trail, dialog)
        elif trail and what == "reverse":
            self._put("turn round", trail.reversed())
        elif trail and step and what == "note":
            self._ask_note(trail, step, dialog)
        elif trail and step:
            cursor = self._change_step(what, trail, step, index)
        self.screen.refresh_marks()
        return cursor

    def _new(self) -> int | None:
        place = self.screen.marking.place_here(self.screen.source.current_lines)
        if self.trail is None or self.trail.steps:
            self._put("new trail", self._begun(place))
        return 0

    def _change_step(self, what: str, trail: Trail, step: Step, index: int) -> int | None:
        if what in ("later", "earlier"):
            by = 1 if what == "later" else -1
            self._put("move step", trail.with_moved(step.id, by))
            return max(0, min(index + by, len(trail.steps) - 1))
        if what == "role":
            known = [str(role) for role in ROLES]
            at = known.index(step.role) if step.role in known else -1
            self._put("role", trail.with_step(step.with_role(known[(at + 1) % len(known)])))
        elif what == "drop":
            self._put("drop step", trail.without_step(step.id))
        return None

    def _ask_name(self, trail: Trail, dialog: "TrailList") -> None:
        from reviewtui.tui.screens.line_prompt import LinePrompt

        def written(text: str | None) -> None:
            now = self.screen.remembering.logbook.reading.trails.get(trail.id, trail)
            if text and text.strip():
                self._put("name", replace(now, name=text.strip()))
            dialog.reload()

        self.screen.app.push_screen(LinePrompt("Name of the trail", safe(""), trail.name), written)

    # The finding

    def do_trail_finding(self, _count: int | None) -> None:
        """Action `trail_finding`: the form, filled in from the trail; written, the next step begins another."""
        screen, session, trail = self.screen, self.screen.session, self.trail
        if trail is None or not trail.steps:
            screen.say(self._how_to_begin())
            return
        if self.is_written(trail):
            screen.say(f"'{trail.name}' is written already, as {trail.finding}: the next step begins another trail")
            return
        if session is None:
            screen.say("The findings file is not open: the trail is kept", error=True)
            return
        from reviewtui.tui.screens.finding_form import FindingForm

        places = [self._fresh(step, where) for step, where in zip(trail.steps, self._located(trail.steps), strict=True)]
        draft = to_finding(trail, places, suggested_title(places), session.by, session.now())

        def written(finding: Finding | None) -> None:
            if finding is None:
                screen.say("Nothing written: the trail is kept")
            elif screen.apply("finding from a trail", lambda review: review.with_finding(finding)):
                screen.remembering.logbook.change("written", lambda kept: kept.with_written(trail.id, finding.id))
                count = len(finding.places)
                screen.marking.changed(f"Finding {finding.id} on {count} places is saved; a further step begins anew")

        topics = [checklist.id for checklist in screen.desk.checklists]
        heading = f"Finding from the trail '{trail.name}'"
        screen.app.push_screen(
            FindingForm(draft, heading=heading, by=session.by, now=session.now(), topics=topics), written
        )

    def _fresh(self, step: Step, where: Located | None) -> Place:
        """The place of a step as it is now; one that is lost stays as it was recorded."""
        place = step.place
        if where is None or where.state is PlaceState.LOST or where.span is None:
            return place
        source = self.screen.files.text_of(place.path)
        return replace(
            make_place(
                place.path,
                where.span,
                source.lines,
                commit=self.screen.commit,
                blob=source.blob,
                symbol=place.anchor.symbol,
                role=place.role,
                note=place.note,
            ),
            extra=place.extra,
        )
