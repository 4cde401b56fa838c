"""Remembering: where the reader was, in this file, in the last files, and when the program was closed."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from reviewtui.model.place import RepoPath
from reviewtui.model.reading import MAX_FOLDERS, MAX_RECENT, Position, Scene
from reviewtui.reading import open_logbook
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.reading_jobs import LogbookRead
from reviewtui.tui.screens.review_panes import LISTS
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

REST: Final = 2.0
"""Seconds after a move until it is on disk: what a killed program may forget, of the cursor alone."""


class Remembering:
    """The logbook, and what it knows of places that nobody marked."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.logbook = open_logbook(screen.repository.root)
        self.is_untouched = True
        """Whether nothing was done yet: then the program opens where it was closed."""
        self._visits: dict[RepoPath, Position] = {}
        """Where the reader was in each file, the latest file last."""
        self._is_listed = False
        self._is_back = False
        self._timer: Timer | None = None

    # Coming back

    def begin(self) -> None:
        """Read what was kept, in the background."""
        logbook, post = self.logbook, self.screen.post_message

        def job() -> None:
            logbook.read()
            post(LogbookRead())

        self.screen.work(job, "logbook")

    def listed(self) -> None:
        """The files are known."""
        self._is_listed = True
        self._come_back()

    def read(self) -> None:
        """What was kept is there."""
        if self.logbook.problem:
            self.screen.say(self.logbook.problem, error=True)
        if not self.logbook.is_kept:
            self.logbook.keep()
        self._come_back()
        self.screen.refresh_marks()

    def _come_back(self) -> None:
        """Once both are there: jump list and visits, and the place itself unless the reader has begun elsewhere."""
        if self._is_back or not (self._is_listed and self.logbook.is_read):
            return
        self._is_back = True
        screen, kept = self.screen, self.logbook.reading
        screen.going.resume(kept.past, kept.future)
        since, self._visits = self._visits, {spot.path: spot for spot in reversed(kept.recent)}
        for spot in since.values():
            self._visited(spot)
        if not screen.repository.focus and self.is_untouched and screen.source.path is None:
            self._show(kept.scene)

    def _show(self, scene: Scene) -> None:
        screen, tree = self.screen, self.screen.tree_pane
        if scene == Scene():
            return
        tree.open_folders(scene.folders)
        if scene.pane in LISTS and scene.pane != "tree":
            screen.panes.open_list(scene.pane)
        spot = scene.spot
        if spot is None or screen.desk.rank(spot.path) >= len(screen.desk.paths) or spot.path in screen.desk.tree.notes:
            return
        screen.files.open(spot.path, spot.line - 1, spot.column)
        tree.reveal(spot.path)
        screen.panes.focus_source()
        screen.call_after_refresh(self._scroll, screen.source, scene)
        screen.say(f"Where you were: {spot.path}:{spot.line}")

    def _scroll(self, view: SourceView, scene: Scene) -> None:
        if scene.spot and (view.path, view.cursor) == (scene.spot.path, scene.spot.line - 1):
            view.scroll_top(scene.top - 1)
            view.go(view.cursor)

    def resume_item(self) -> None:
        """The checklists are there: the item that was being walked."""
        item = self.screen.desk.item(self.logbook.reading.scene.item) if self._is_back else None
        if item and self.screen.walking.item is None and self.is_untouched:
            self.screen.walking.resume(item)

    # Going on

    def moved(self, view: SourceView) -> None:
        """The cursor of a source that has the focus moved, or came into it."""
        if view.path is not None and view.is_present:
            self._visited(Position(view.path, view.cursor + 1, view.column))
            self.soon()

    def _visited(self, spot: Position) -> None:
        self._visits.pop(spot.path, None)
        self._visits[spot.path] = spot

    def soon(self) -> None:
        """Something changed that is worth keeping when there is time."""
        if self._timer is None and self.screen.is_attached:
            self._timer = self.screen.set_timer(REST, self._keep_in_thread)

    def _keep_in_thread(self) -> None:
        self._timer = None
        self._note()

        def job() -> None:
            self.logbook.keep()

        self.screen.work(job, "keep")

    def keep(self) -> None:
        """Everything as it is now, on disk when this returns."""
        self._note()
        self.logbook.keep()

    def _note(self) -> None:
        """Gather where the reader is; not before it is known where they were."""
        if not self._is_back:
            return
        screen = self.screen
        view = screen.source
        spot = Position(view.path, view.cursor + 1, view.column) if view.path is not None else None
        if spot and view.revision:
            spot = self._visits.get(spot.path)
        elif spot and view.has_focus:
            self._visited(spot)
        scene = replace(
            self.logbook.reading.scene,
            spot=spot,
            top=view.top + 1,
            pane=screen.panes.open_name,
            folders=tuple(sorted(screen.tree_pane.opened))[:MAX_FOLDERS],
            item=screen.walking.item.id if screen.walking.item else "",
        )
        past, future = screen.going.jumps
        recent = tuple(reversed(self._visits.values()))[:MAX_RECENT]
        self.logbook.note(lambda kept: replace(kept, past=past, future=future, recent=recent, scene=scene))

    # The files that were read last

    def do_recent_files(self, _count: int | None) -> None:
        """Action `recent_files`: the latest first, without the one that is open."""
        from reviewtui.tui.screens.picker import Picker, PickRow

        screen = self.screen
        visits = [spot for path, spot in reversed(self._visits.items()) if path != screen.source.path]
        if not visits:
            screen.say("No other file was read yet")
            return

        def chosen(index: int | None) -> None:
            if index is not None:
                spot = visits[index]
                screen.going.to(spot.path, spot.line, spot.column)

        rows = [PickRow(safe(spot.path), SafeText(f"line {spot.line}")) for spot in visits]
        screen.app.push_screen(
            Picker("Files that you read", rows, "any part of a path", empty="No file of that name"), chosen
        )
