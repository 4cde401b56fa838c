"""Named marks: a letter for a line, which is found again when the code moves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.anchor import Located, locate, make_place
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.reading import slim
from reviewtui.text.source import SourceText
from reviewtui.text.symbols import enclosing
from reviewtui.tui import jobs
from reviewtui.tui.screens.place_list import PlaceRow
from reviewtui.tui.whereabouts import line_of, said, whereabouts
from reviewtui.tui.widgets.source_view.gutter import GutterMark, role_mark
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

_QUICK: Final = 5000
"""Lines of Python in which the function around a line is found at once."""


class Marking:
    """The marks of the logbook, and what is drawn of marks and trail beside the lines."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._laid: dict[SourceView, tuple[object, ...]] = {}
        """For what the waypoints of a view were worked out."""
        screen.ends.add("mark", self.spots, self.none)

    @property
    def marks(self) -> list[tuple[str, Place]]:
        """Letters and places, by letter."""
        return sorted(self.screen.remembering.logbook.reading.marks.items())

    # Places

    def place_here(self, span: LineSpan | None, role: str = "") -> Place:
        """A place on lines of the open file, as marks and steps keep it.

        Raises:
            ReviewTuiError: there are no lines.
        """
        view, commit = self.screen.source, self.screen.commit
        if view.path is None or span is None:
            raise ReviewTuiError("There is no line here: open a file first")
        if view.revision:
            raise ReviewTuiError("This is the file at a commit: marks and steps go on the file as it is now")
        lines = view.lines
        symbol = ""
        if view.outline:
            around = view.outline.enclosing(span.start)
            symbol = around.qualified if around else ""
        elif view.path.endswith(".py") and len(lines) <= _QUICK:
            symbol = enclosing(lines, span.start)
        return slim(make_place(view.path, span, lines, commit=commit, blob=view.source.blob, symbol=symbol, role=role))

    def whereabouts(self, places: Sequence[Place]) -> list[Located | None]:
        """Where these places are now."""
        return whereabouts(places, self._text_of)

    def _text_of(self, path: RepoPath) -> SourceText | None:
        screen = self.screen
        open_in = next((view for view in screen.views if view.path == path and view.is_present), None)
        if open_in:
            return open_in.source
        return screen.files.text_of(path) if jobs.is_small(screen.repository, path) else None

    def to(self, place: Place, word: str = "") -> None:
        """Go to where a place is now, and say what became of it."""
        (where,) = self.whereabouts([place])
        self.screen.going.to(place.path, line_of(place, where))
        self.screen.say(" · ".join(part for part in (word, str(place), said(where)) if part))

    def peek(self, place: Place, where: Located | None) -> None:
        """Show a place in the source; the jump list does not hear of it."""
        self.screen.files.open(place.path, line_of(place, where) - 1)
        self.screen.source.do_cursor_to_top(None)
        self.screen.files.colour_window()

    def changed(self, done: str) -> None:
        """Trails or marks changed: draw them, and say what was done, or why it is not on disk."""
        logbook = self.screen.remembering.logbook
        self.screen.refresh_marks()
        if logbook.is_kept:
            self.screen.say(done)
        elif logbook.problem:
            self.screen.say(f"{done}, but only in memory: {logbook.problem}", error=True)
        else:
            self.screen.say(f"{done}; it is saved once the last state is read")

    # Drawing

    def lay_over(self, view: SourceView) -> None:
        """Draw the marks, and the steps of the present trail, beside their lines."""
        reading = self.screen.remembering.logbook.reading
        key = (view.path, view.source.blob, view.source, reading.marks, reading.current)
        if not view.is_present:
            view.set_waypoints({})
            self._laid.pop(view, None)
            return
        if self._laid.get(view) == key:
            return
        self._laid[view] = key
        found: dict[int, GutterMark] = {}
        for letter, place in reading.marks.items():
            self._lay(view, place, GutterMark(letter, "accent"), found)
        for step in reversed(reading.current.steps if reading.current else ()):
            self._lay(view, step.place, role_mark(step.role), found)
        view.set_waypoints(found)

    @staticmethod
    def _lay(view: SourceView, place: Place, mark: GutterMark, found: dict[int, GutterMark]) -> None:
        if place.path == view.path:
            where = locate(place, view.lines, view.source.blob)
            if where.span:
                found[where.span.start] = mark

    # Actions

    def do_set_mark(self, _count: int | None, letter: str) -> None:
        """Action `set_mark`."""
        view = self.screen.source
        place = self.place_here(LineSpan(view.cursor + 1, view.cursor + 1) if view.row_count else None)
        self.screen.remembering.logbook.change(f"mark {letter}", lambda kept: kept.with_mark(letter, place))
        self.changed(f"Mark {letter} is on {place}")

    def do_go_to_mark(self, _count: int | None, letter: str) -> None:
        """Action `go_to_mark`."""
        place = self.screen.remembering.logbook.reading.marks.get(letter)
        if place is None:
            names = " ".join(name for name, _ in self.marks)
            self.screen.say(f"There is no mark {letter}" + (f": there are {names}" if names else " yet"))
        else:
            self.to(place, f"Mark {letter}")

    def do_list_marks(self, _count: int | None) -> None:
        """Action `list_marks`."""
        from reviewtui.tui.screens.mark_list import MarkList

        screen = self.screen
        back = Bookmark(screen)
        found: list[Located | None] = []

        def rows() -> list[PlaceRow]:
            found[:] = self.whereabouts([place for _, place in self.marks])
            return [
                place_row(place, where, GutterMark(letter, "accent"))
                for (letter, place), where in zip(self.marks, found, strict=True)
            ]

        def heading() -> tuple[str, str]:
            return "Marks", f"{len(self.marks)} of 26"

        def walked(index: int) -> None:
            if not back.is_version:
                self.peek(self.marks[index][1], found[index])

        def change(what: str, index: int) -> None:
            logbook = screen.remembering.logbook
            if what == "drop":
                letter = self.marks[index][0]
                logbook.change(f"drop mark {letter}", lambda kept: kept.without_mark(letter))
            else:
                logbook.undo()
            screen.refresh_marks()

        def chosen(index: int | None) -> None:
            back.restore()
            if index is not None:
                letter, place = self.marks[index]
                self.to(place, f"Mark {letter}")

        if not self.marks:
            screen.say(self.none())
            return
        screen.panes.focus_source()
        screen.app.push_screen(MarkList(rows, heading, walked, change, empty="No marks"), chosen)

    def spots(self) -> list[tuple[int, int]]:
        """Where the marks are, in the order of the tree."""
        places = [place for _, place in self.marks]
        return [
            (self.screen.desk.rank(place.path), line_of(place, where))
            for place, where in zip(places, self.whereabouts(places), strict=True)
        ]

    def none(self) -> str:
        """What to say where there is no mark."""
        return f"No marks yet: {self.screen.key('set_mark')} sets one"

    def do_next_mark(self, count: int | None) -> None:
        """Action `next_mark`."""
        self.screen.going.walk(self.spots(), True, count, self.none())

    def do_previous_mark(self, count: int | None) -> None:
        """Action `previous_mark`."""
        self.screen.going.walk(self.spots(), False, count, self.none())


class Bookmark:
    """Where the source stood before something else was shown in it."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        view = screen.source
        self._at = (view.path, view.cursor, view.column, view.top)
        self.is_version = bool(view.revision)
        """Whether the file stood there as it was at a commit: then nothing else is to be shown in its place."""

    def restore(self) -> None:
        """Show it again; nothing, where nothing was open."""
        path, row, column, top = self._at
        view = self.screen.source
        if path is None:
            self.screen.files.close(view)
            return
        if self.is_version:
            view.go_to(row, column)
        else:
            self.screen.files.open(path, row, column)
        view.scroll_top(top)


def place_row(place: Place, where: Located | None, mark: GutterMark, label: str = "") -> PlaceRow:
    """A place as a list shows it."""
    now = replace(place, span=where.span) if where and where.span else place
    code = next((line.strip() for line in place.anchor.text.split("\n") if line.strip()), "")
    return PlaceRow(mark, label, str(now), place.anchor.symbol, code[:200], place.note, where.state if where else None)
