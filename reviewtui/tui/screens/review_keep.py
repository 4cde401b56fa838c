"""Keeping: undo, commit, the broken file, and everything else that concerns the program as a whole."""

from typing import TYPE_CHECKING

from reviewtui.errors import BrokenFileError, ReviewTuiError
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.actions import ACTIONS
from reviewtui.tui.widgets.source_view.gutter import SYMBOLS

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen


class Keeping:
    """What becomes of the work."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen

    def do_undo(self, count: int | None) -> None:
        """Action `undo`."""
        self._again("undo", count)

    def do_redo(self, count: int | None) -> None:
        """Action `redo`."""
        self._again("redo", count)

    def _again(self, way: str, count: int | None) -> None:
        session = self.screen.session
        if session is None:
            return
        label = None
        for _ in range(count or 1):
            taken = session.undo() if way == "undo" else session.redo()
            if taken is None:
                break
            label = taken
        if session.problem:
            self.screen.say(session.problem, error=True)
        elif label is None:
            self.screen.say(f"Nothing to {way}")
        else:
            self.screen.say(f"{'Took back' if way == 'undo' else 'Did again'}: {label}")

    def do_commit(self, _count: int | None) -> None:
        """Action `commit`: what would be committed, its message, and then exactly the findings file."""
        screen, session = self.screen, self.screen.session
        if session is None:
            return
        if not session.is_saved:
            screen.say(f"Not saved, so not committed: {session.problem}", error=True)
            return
        from reviewtui.committing import commit_review, what_to_commit
        from reviewtui.tui.screens.commit import CommitDialog

        proposal = what_to_commit(screen.repository, screen.findings_path, session.review)
        if proposal is None:
            screen.say("Nothing to commit: the findings file is as it was committed")
            return

        def decided(message: str | None) -> None:
            if not message or not message.strip():
                screen.say("Not committed")
                return
            try:
                commit = commit_review(screen.repository, screen.findings_path, message)
            except ReviewTuiError as error:
                screen.say(str(error), error=True)
                return
            screen.commit = commit
            screen.say(f"Committed {commit[:10]}: {screen.findings_path}")

        about = safe(f"Only {screen.findings_path} is committed; whatever else is staged or changed stays as it is")
        dialog = CommitDialog([safe(line) for line in proposal.changes], proposal.message, about)
        screen.app.push_screen(dialog, decided)

    def cannot_open(self, error: ReviewTuiError) -> None:
        """The findings file or a checklist cannot be used: nothing is overwritten, the reader decides."""
        from reviewtui.tui.screens.message import MessageScreen

        screen = self.screen
        lines = [safe(line) for line in str(error).split("\n")]
        lines.append(safe("It is left as it is. Mend it in an editor and open the repository again."))
        heading = (
            "The findings file cannot be read" if isinstance(error, BrokenFileError) else "The review cannot be opened"
        )
        screen.findings_notice = str(error).split("\n", 1)[0]

        def chosen(key: str | None) -> None:
            if key == "q":
                screen.app.exit()
            else:
                screen.say("Reading only: nothing can be written until the file is mended", error=True)

        choices = (("o", "look at the code only"), ("q", "quit"))
        screen.app.push_screen(MessageScreen(heading, lines, choices), chosen)

    def tell_of_unfinished(self) -> None:
        """A text that was being written when the terminal went away lies where it can be found."""
        from reviewtui.tui.ending import unfinished

        file = unfinished()
        if file:
            self.screen.say(f"A text was left unfinished when the program was ended: {file} (delete it when done)")

    def do_help(self, _count: int | None) -> None:
        """Action `help`."""
        from reviewtui.tui.screens.help import HelpScreen

        symbols = [(SafeText(symbol), SafeText(meaning)) for symbol, meaning in SYMBOLS]
        self.screen.app.push_screen(HelpScreen(self.screen.context, symbols, self.screen.typing.user_keys), self._run)

    def do_palette(self, _count: int | None) -> None:
        """Action `palette`."""
        from reviewtui.tui.screens.picker import Picker, PickRow

        screen = self.screen
        rows = [
            PickRow(
                safe(action.label),
                safe(action.name.replace("_", "-")),
                screen.keymap.shown_keys(action.name, screen.context),
            )
            for action in ACTIONS
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._run(ACTIONS[index].name)

        self.screen.app.push_screen(Picker("Do", rows, "any part of an action's name", empty="No such action"), chosen)

    def _run(self, name: str | None) -> None:
        if name:
            self.screen.run_action_named(name)

    def do_theme(self, _count: int | None) -> None:
        """Action `theme`."""
        app = self.screen.app
        app.theme = "reviewtui-light" if app.current_theme.dark else "reviewtui-dark"

    def do_cancel(self, _count: int | None) -> None:
        """Action `cancel`: the selection, else the search, else the scan."""
        screen = self.screen
        if screen.source.clear_selection() or (screen.context == "source" and screen.history.leave()):
            return
        if screen.found_pane.clear_selection() or screen.hits.cancel():
            return
        if screen.looking.cancel():
            screen.say(f"{screen.looking.found.summary if screen.looking.found else 'Search stopped'}")
        elif screen.searching.forget():
            screen.say("")
        elif screen.panes.is_zoomed:
            screen.panes.do_zoom(None)
        elif screen.scanning.cancel():
            screen.say(f"Scan cancelled: {screen.key('scan')} scans again")
        else:
            screen.say(f"Nothing to cancel; {screen.key('quit')} quits")

    def do_suspend(self, _count: int | None) -> None:
        """Action `suspend`."""
        self.screen.remembering.keep()
        self.screen.app.action_suspend_process()

    def do_quit(self, _count: int | None) -> None:
        """Action `quit`: all is saved, so nothing is asked; where it is not, that is."""
        screen, session = self.screen, self.screen.session
        if screen.context == "detail":
            screen.panes.focus_source()
            return
        if screen.context == "source" and screen.history.leave():
            return
        logbook = screen.remembering.logbook
        screen.remembering.keep()
        if (session is None or session.is_saved) and logbook.is_kept:
            screen.app.exit()
            return
        from reviewtui.tui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                screen.app.exit()

        problem = session.problem if session and not session.is_saved else logbook.problem
        question = safe(f"Not everything is saved: {problem}. Quit and lose it?")
        screen.app.push_screen(Confirm(question, "Quit and lose it", "Stay", default=False), answered)
