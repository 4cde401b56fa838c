"""Writing: findings and notes on lines, further places, reviewed files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewtui.errors import ReviewTuiError
from reviewtui.model.drafts import from_lines
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.mark import ALL_TOPICS, Mark, joined
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.text.safe import safe

if TYPE_CHECKING:
    from reviewtui.session import Session
    from reviewtui.tui.screens.review import ReviewScreen


class Writing:
    """Everything that a reviewer writes down."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen

    # Where it goes

    def _lines(self) -> Place | None:
        source = self.screen.source
        if source.path is None:
            self.screen.say("Open a file first")
            return None
        return self.screen.files.place(source.path, source.current_lines)

    def _file(self) -> Place | None:
        screen = self.screen
        row = screen.tree_pane.current_row if screen.context == "tree" else None
        if row and row.is_folder:
            screen.say("On a folder: choose a file in it")
            return None
        path = RepoPath(row.path) if row else screen.source.path
        if path is None:
            screen.say("Open a file first")
            return None
        return screen.files.place(path, None)

    def _chosen(self) -> tuple[Place, ...]:
        """The lines under the cursor, or those that are chosen in the list of what was found."""
        if self.screen.context == "found":
            return self.screen.looking.places()
        place = self._lines()
        return (place,) if place else ()

    def _took_chosen(self) -> None:
        """They were written down."""
        if self.screen.context == "found":
            self.screen.looking.took_places()
        else:
            self.screen.source.clear_selection()

    def do_add_finding(self, _count: int | None) -> None:
        """Action `add_finding`."""
        self._new_finding(self._chosen())

    def do_add_file_finding(self, _count: int | None) -> None:
        """Action `add_file_finding`."""
        place = self._file()
        self._new_finding((place,) if place else ())

    def do_add_note(self, _count: int | None) -> None:
        """Action `add_note`."""
        self._new_note(self._lines())

    def do_add_file_note(self, _count: int | None) -> None:
        """Action `add_file_note`."""
        self._new_note(self._file())

    def _new_finding(self, places: tuple[Place, ...]) -> None:
        session = self.screen.session
        if not places or session is None:
            return
        draft = replace(from_lines(places[0], session.by, session.now()), places=places)

        def written(finding: Finding | None) -> None:
            if finding is None:
                self.screen.say("Nothing written")
            elif self.screen.apply("new finding", lambda review: review.with_finding(finding)):
                self._took_chosen()
                self.screen.say(f"Finding {finding.id} is saved")

        self._form(draft, f"Finding on {_named(places)}", session, written)

    def _form(
        self, draft: Finding, heading: str, session: "Session", written: Callable[[Finding | None], None]
    ) -> None:
        from reviewtui.tui.screens.finding_form import FindingForm

        topics = [checklist.id for checklist in self.screen.desk.checklists]
        form = FindingForm(draft, heading=heading, by=session.by, now=session.now(), topics=topics)
        self.screen.app.push_screen(form, written)

    def _new_note(self, place: Place | None) -> None:
        session = self.screen.session
        if place is None or session is None:
            return
        from reviewtui.tui.screens.line_prompt import LinePrompt

        def written(text: str | None) -> None:
            if not text or not text.strip():
                self.screen.say("Nothing written")
                return
            note = from_lines(place, session.by, session.now(), Kind.NOTE, text.strip())
            if self.screen.apply("new note", lambda review: review.with_finding(note)):
                self.screen.source.clear_selection()
                self.screen.say("The note is saved")

        self.screen.app.push_screen(LinePrompt("Note", safe(str(place)), placeholder="one line"), written)

    # What is there already

    def _finding(self) -> Finding | None:
        finding = self.screen.current_finding
        if finding is None:
            self.screen.say(f"No finding here: {self.screen.key('next_finding')} goes to the next")
        return finding

    def do_edit_finding(self, _count: int | None) -> None:
        """Action `edit_finding`."""
        finding, session = self._finding(), self.screen.session
        if finding is None or session is None:
            return

        def written(edited: Finding | None) -> None:
            if edited is None or edited == finding:
                self.screen.say("Nothing changed")
                return

            def transition(review: Review) -> Review:
                current = review.findings.get(finding.id, finding)
                return review.with_finding(current.edited(edited, session.by, session.now()))

            try:
                changed = self.screen.apply("edit finding", transition)
            except ReviewTuiError as error:
                self.screen.say(str(error), error=True)
                return
            if changed:
                self.screen.say(f"Finding {finding.id} is saved")

        self._form(finding, f"Edit {finding.id}", session, written)

    def do_delete_finding(self, _count: int | None) -> None:
        """Action `delete_finding`."""
        finding = self._finding()
        if finding and self.screen.apply("delete finding", lambda review: review.without_finding(finding.id)):
            self.screen.say(f"Deleted '{finding.title}': {self.screen.key('undo')} brings it back")

    def do_add_place(self, _count: int | None) -> None:
        """Action `add_place`: the lines become a further place of a finding that is chosen."""
        places, session = self._chosen(), self.screen.session
        desk = self.screen.desk
        findings = [finding for finding, _ in desk.findings()]
        if not places or session is None:
            return
        if not findings:
            self.screen.say(f"There is no finding yet: {self.screen.key('add_finding')} writes one")
            return
        from reviewtui.tui.screens.picker import Picker, PickRow

        # Who was led to a lost place and chooses its finding means these lines instead of those.
        lost = self.screen.lost.at if self.screen.context != "found" else None

        def chosen(index: int | None) -> None:
            if index is None:
                return
            finding = findings[index]
            instead = lost.place if lost and lost.finding == finding.id else None

            def transition(review: Review) -> Review:
                current = review.findings.get(finding.id, finding)
                kept = [old for old in current.places if old != instead]
                edited = replace(current, places=(*kept, *places))
                return review.with_finding(current.edited(edited, session.by, session.now()))

            if self.screen.apply("add place", transition):
                self._took_chosen()
                belong = "belongs" if len(places) == 1 else "belong"
                self.screen.say(f"{_named(places)} {belong} to '{finding.title}' now")

        rows = [PickRow(safe(f.title), safe(str(desk.placed.there(f)) if f.places else "")) for f in findings]
        self.screen.app.push_screen(
            Picker(f"Add {_named(places)} to", rows, "any part of a title", empty="No such finding"), chosen
        )

    # Reviewed

    def do_toggle_reviewed(self, _count: int | None) -> None:
        """Action `toggle_reviewed`: the selection, the open file, or what is under the tree's cursor."""
        screen = self.screen
        row = screen.tree_pane.current_row if screen.context == "tree" else None
        if row and row.is_folder:
            self._toggle_folder(row.path)
        elif row:
            self._toggle_file(RepoPath(row.path))
        elif screen.source.path and screen.source.selection:
            self._mark([self._file_mark(screen.source.path, screen.source.selection)])
            screen.source.clear_selection()
        elif screen.source.path:
            self._toggle_file(screen.source.path)

    def _toggle_file(self, path: RepoPath) -> None:
        mark = self.screen.desk.mark_of(path)
        if mark is None:
            self._mark([self._file_mark(path, None)])
        elif self.screen.apply("not reviewed", lambda review: review.without_mark(mark.key)):
            self.screen.say(f"{path} is no longer marked as reviewed")

    def _toggle_folder(self, folder: str) -> None:
        screen = self.screen
        inside = [path for path in screen.desk.paths if path.startswith(f"{folder}/")]
        todo = [path for path in inside if screen.desk.mark_of(path) is None]
        from reviewtui.tui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            if todo:
                self._mark([self._file_mark(path, None) for path in todo])
                return
            marks = [mark for path in inside if (mark := screen.desk.mark_of(path))]

            def transition(review: Review) -> Review:
                for mark in marks:
                    review = review.without_mark(mark.key)
                return review

            screen.apply("not reviewed", transition)

        question = (
            f"Mark {len(todo)} of {len(inside)} files in {folder}/ as reviewed?"
            if todo
            else f"Take back the mark of all {len(inside)} files in {folder}/?"
        )
        screen.app.push_screen(Confirm(safe(question)), answered)

    def _file_mark(self, path: RepoPath, span: LineSpan | None) -> Mark:
        screen, session = self.screen, self.screen.session
        if session is None:
            raise ReviewTuiError("The findings file is not open yet")
        source = screen.files.text_of(path)
        count = len(source.lines)
        whole = (LineSpan(1, count),) if count else ()
        mark = Mark(
            path, session.by, session.now(), (span,) if span else whole, count, source.blob, ALL_TOPICS, screen.commit
        )
        old = screen.desk.review.marks.get(mark.key)
        if span and old and old.blob == mark.blob:
            mark = replace(mark, ranges=joined((*old.ranges, span)))
        return mark

    def _mark(self, marks: Sequence[Mark]) -> None:
        def transition(review: Review) -> Review:
            for mark in marks:
                review = review.with_mark(mark)
            return review

        if self.screen.apply("reviewed", transition):
            what = str(marks[0].path) if len(marks) == 1 else f"{len(marks)} files"
            lines = "" if len(marks) > 1 or marks[0].covers_file else f", lines {', '.join(map(str, marks[0].ranges))},"
            self.screen.say(f"{what}{lines} marked as reviewed")


def _named(places: Sequence[Place]) -> str:
    return str(places[0]) if len(places) == 1 else f"{len(places)} places"
