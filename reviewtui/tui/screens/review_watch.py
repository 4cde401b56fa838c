"""What the disk says while the reader reads: open files are read again, the list and the scan keep up."""

from typing import TYPE_CHECKING, Final

from textual import on
from textual.screen import Screen

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.text.safe import safe
from reviewtui.tui import jobs
from reviewtui.tui.watching import FindingsTouched, Relisted, Reread, Sight, Watch
from reviewtui.tui.widgets.source_view.stand import Stand
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

EVERY: Final = 1.0
"""Seconds between two looks."""
_MOST_FOLDERS: Final = 300


class WatchMessages(Screen[None]):
    """What the watch tells."""

    watching: "Watching"

    @on(Reread)
    def _reread(self, message: Reread) -> None:
        self.watching.reread(message.loaded)

    @on(Relisted)
    def _relisted(self, message: Relisted) -> None:
        self.watching.relisted(message)

    @on(FindingsTouched)
    def _findings_touched(self) -> None:
        self.watching.look_at_findings()


class Watching:
    """What stands on the screen is what is on the disk, or says that it is not."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        facts = screen.desk.facts

        def blob_of(path: RepoPath) -> str:
            found = facts.get(path)
            return found.blob if found else ""

        self.watch = Watch(screen.repository, screen.findings_path, blob_of, screen.post_message)

    def begin(self) -> None:
        """The list of files is there: look at the disk from now on."""
        self.watch.start(self.screen.desk.tree)

    def look(self, *, everything: bool = False) -> None:
        """Have the watch look, soon."""
        screen = self.screen
        shown = [(view.path, "" if view.stale else view.source.blob) for view in screen.views if not view.revision]
        files = {path: blob for path, blob in shown if path}
        opened = sorted(screen.tree_pane.opened)[:_MOST_FOLDERS]
        folders = {"", *opened, *(path.folder for path in files)}
        self.watch.look(Sight(files, frozenset(folders)), everything=everything)

    def look_at_findings(self) -> None:
        """Another program may have written the findings file."""
        if self.screen.session:
            try:
                if self.screen.session.refresh():
                    self.screen.carrying.look()
            except ReviewTuiError as error:
                self.screen.say(str(error), error=True)

    def at_once(self, path: RepoPath) -> None:
        """An editor was closed: what it left is on the screen before anything else is drawn."""

        def compared(loaded: jobs.FileLoaded) -> bool:
            self.reread(loaded)
            return True

        jobs.load(self.screen.repository, path, 0, compared)
        self.look(everything=True)

    def reread(self, loaded: jobs.FileLoaded) -> None:
        """A file was read once more: the cursor stays on its line, as do the selection and the folds."""
        screen = self.screen
        views = [view for view in screen.views if view.path == loaded.path and not view.revision]
        if loaded.source is None:
            for view in views:
                view.stale = view.stale or "not on the disk"
            if views:
                screen.say(f"{loaded.problem}; what stands here was read before", error=True)
            screen.cards.refresh()
            return
        other = [view for view in views if view.source.blob != loaded.source.blob or view.notice]
        for view in views:
            view.stale = ""
        for view in other:
            self._show(view, loaded)
        if other:
            screen.lost.look()
            screen.say(f"{safe(loaded.path)} changed on the disk and was read again")
            screen.scanning.again([loaded.path])
            screen.bringing.look([loaded.path])
            screen.packages.look([loaded.path])
        screen.cards.refresh()

    def _is_known(self, view: SourceView) -> bool:
        """Whether the scan has seen the bytes that are on the screen."""
        facts = self.screen.desk.facts.get(view.path) if view.path else None
        return facts is not None and facts.blob == view.source.blob

    def _show(self, view: SourceView, loaded: jobs.FileLoaded) -> None:
        stand, source = Stand.of(view), loaded.source
        if source is None:
            return
        moved = stand.in_other(source.lines)
        compared, is_blamed = view.compared, view.side is not None
        self.screen.files.show_again(view, loaded, moved.row(stand.row), stand.column)
        stand.take(view, moved)
        self.screen.files.colour_window()
        self.screen.history.renew(view, compared, is_blamed=is_blamed)

    def relisted(self, message: Relisted) -> None:
        """Files came, went or changed: the tree, the badges and the scan follow, the cursor stays."""
        screen, tree = self.screen, message.listed.tree
        if message.head:
            screen.commit = message.head
        away = {path for path in message.changed if path in tree.notes} | message.gone
        if tree.paths != screen.desk.tree.paths or tree.notes != screen.desk.tree.notes:
            screen.desk.set_tree(tree)
            screen.tree_pane.set_tree(tree)
        screen.desk.drop(away)
        others = message.changed | message.new | away
        screen.bringing.look(others)
        screen.packages.look(others)
        screen.lost.look()
        known = {view.path for view in screen.views if view.path and self._is_known(view)}
        screen.scanning.again(sorted(((message.changed - away) | message.new) - known))
        # Of an open file it is said when it is read again.
        changed = message.changed - away - {view.path for view in screen.views}
        ours = {screen.findings_path}
        counts = ((len(changed), "changed"), (len(message.new - ours), "new"), (len(away - ours), "gone"))
        said = ", ".join(f"{number} {what}" for number, what in counts if number)
        # An answer to a key that still stands there is worth more.
        if said and not (screen.cards.message and screen.cards.message[0]):
            screen.say(f"Files on the disk: {said}")
        screen.review_changed()
        if away and screen.scanning.state == "done":
            screen.carrying.look()
