"""Files: the list of them, the one that is open, its text and its colours."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reviewtui.colour.process import Colourer
from reviewtui.model.anchor import make_place
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.text.safe import safe
from reviewtui.text.source import SourceText, decode
from reviewtui.text.symbols import enclosing
from reviewtui.tui import colour_jobs, jobs
from reviewtui.tui.widgets.source_view.motions import first_letter
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reviewtui.text.windows import WindowLexer
    from reviewtui.tui.screens.review import ReviewScreen

WINDOW_SECONDS: Final = 0.04
"""The longest that a key waits for the colours of what it brings into sight; they come later then."""


@dataclass(slots=True)
class Slot:
    """What is known of a view's file besides its text."""

    view: SourceView
    colourer: Colourer = field(default_factory=Colourer)
    """Lexes files whole, in a process of its own."""
    generation: int = 0
    """Which opening it was: what a job says of an earlier file is dropped."""
    loading: RepoPath | None = None
    target: tuple[int, int | None] = (0, None)
    """Row and column to go to when the file that is being read is there."""
    lexer: "WindowLexer | None" = None
    """Colours any window of a Python file; None for other languages, whose files are lexed whole."""
    lexes_whole: bool = False
    """Whether colours of the whole file come, one batch after another."""


class Files:
    """What is open, and what is being read."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._opened = 0
        """Counts what was opened, in any view."""
        self._slots = tuple(Slot(view) for view in screen.views)

    @property
    def _slot(self) -> Slot:
        """That of the view that is the reader's."""
        return next(slot for slot in self._slots if slot.view is self.screen.source)

    def _slot_of(self, generation: int) -> Slot | None:
        """The slot that a job worked for; None where it shows another file by now."""
        return next((slot for slot in self._slots if slot.generation == generation), None)

    # The list

    def list(self, begun: "Future[jobs.Listed] | None" = None) -> None:
        """Read the list of files in the background, or wait there for one that was begun earlier."""
        repository, post = self.screen.repository, self.screen.post_message

        def job() -> None:
            post(begun.result() if begun else jobs.list_files(repository, jobs.stopped))

        self.screen.work(job, "list")

    def listed(self, message: jobs.Listed) -> None:
        """The list is there."""
        screen = self.screen
        screen.desk.set_tree(message.tree)
        screen.desk.unlisted = message.left_out
        screen.tree_pane.set_tree(message.tree)
        if message.problem:
            screen.tree_pane.notice = message.problem
            screen.say(message.problem, error=True)
        elif message.left_out:
            screen.say(
                f"{message.left_out} names are not shown: they lead out of the repository or cannot be read", error=True
            )
        elif not screen.repository.is_git:
            screen.say("No git repository here: history and commit are switched off")
        screen.panes.show_focus(screen.repository.focus)
        screen.remembering.listed()
        screen.scanning.start_when_ready()
        screen.bringing.look()
        screen.packages.look()
        screen.watching.begin()
        screen.cards.refresh()

    # The open file

    def open(self, path: RepoPath, row: int = 0, column: int | None = None) -> None:
        """Show a file at a row; read it unless it is open already. Without a column: the line's first letter.

        An ordinary file is there when this returns, so that the next key, typed ahead, finds its lines. While a large
        one is read, no file is open: what is typed meanwhile cannot fall on the lines of the last one.
        """
        screen, slot = self.screen, self._slot
        if path == slot.view.path and not slot.view.revision:
            self._go_to(slot.view, row, column)
            return
        slot.target = (row, column)
        if path == slot.loading:
            return
        self._opened += 1
        slot.generation, slot.loading = self._opened, path
        screen.scanning.prefer(path)
        generation, repository = slot.generation, screen.repository
        if jobs.is_small(repository, path):
            jobs.load(repository, path, generation, self.loaded)
            return
        slot.view.show(None, None, f"Reading {safe(path)}…")
        post = screen.post_message
        screen.work(lambda: jobs.load(repository, path, generation, post), f"load {slot.view.id}")

    def loaded(self, message: jobs.FileLoaded) -> bool:
        """A file was read; False where another was asked for meanwhile."""
        slot = self._slot_of(message.generation)
        if slot is None:
            return False
        screen, view, source = self.screen, slot.view, message.source
        slot.loading = slot.lexer = None
        view.show(message.path, source, message.problem, message.revision)
        self._go_to(view, *slot.target)
        if view is screen.source:
            screen.searching.file_changed()
            if not screen.tree_pane.has_focus:
                screen.tree_pane.reveal(message.path)
        slot.lexer, slot.lexes_whole = message.lexer, False
        self._colour(slot)
        screen.refresh_marks()
        if view.has_focus:
            screen.remembering.moved(view)
        if source and not source.is_binary:
            path, lines, generation, post = message.path, source.lines, slot.generation, screen.post_message
            lexer, colourer = slot.lexer, slot.colourer
            colourer.drop_busy()
            screen.work(
                lambda: colour_jobs.read_through(path, lines, lexer, generation, post, colourer), f"colour {view.id}"
            )
        return True

    def show_version(self, path: RepoPath, revision: str, data: bytes) -> None:
        """Show a file as it once was, at the line of the cursor as far as there is one."""
        slot = self._slot
        self._opened += 1
        slot.generation, slot.loading = self._opened, None
        same = slot.view.path is not None
        slot.target = (slot.view.cursor, slot.view.column) if same else (0, None)
        self.loaded(jobs.FileLoaded(slot.generation, path, decode(data, path), revision=revision))

    def show_again(self, view: SourceView, loaded: jobs.FileLoaded, row: int, column: int) -> None:
        """Show the file of a view as it was read once more."""
        slot = next(slot for slot in self._slots if slot.view is view)
        self._opened += 1
        slot.generation = loaded.generation = self._opened
        slot.target = (row, column)
        self.loaded(loaded)

    def close(self, view: SourceView) -> None:
        """Show nothing in a view; what is being done for it is dropped."""
        slot = next(slot for slot in self._slots if slot.view is view)
        self._opened += 1
        slot.generation, slot.loading, slot.lexer = self._opened, None, None
        slot.colourer.drop_busy()
        view.show(None, None)

    def _go_to(self, view: SourceView, row: int, column: int | None) -> None:
        if column is None:
            column = first_letter(view.lines[row]) if row < view.row_count else 0
        view.go_to(row, column, centre=True)

    # Colours

    def colour_window(self) -> None:
        """Colour what is in sight before the whole file has been lexed."""
        for slot in self._slots:
            self._colour(slot)

    def _colour(self, slot: Slot) -> None:
        view = slot.view
        if slot.lexer is None or slot.lexes_whole:
            return
        for first, last in view.uncoloured():
            spans = slot.lexer.spans(first, last, WINDOW_SECONDS)
            if spans is not None:
                view.set_spans(first, spans)
            elif slot.lexer.is_prepared:
                self._lex_whole(slot)
                return

    def _lex_whole(self, slot: Slot) -> None:
        """No window can be coloured without what is above it, or not fast enough."""
        path, lines, generation, post = slot.view.path, slot.view.lines, slot.generation, self.screen.post_message
        if path is None or slot.lexer is None or slot.lexer.stays_plain:
            return
        slot.lexes_whole = True
        whole, colourer = path, slot.colourer
        self.screen.work(
            lambda: colour_jobs.lex_whole(whole, lines, generation, post, colourer), f"colour {slot.view.id}"
        )

    def lexer_ready(self, message: colour_jobs.LexerReady) -> None:
        """The top of a file can be coloured."""
        slot = self._slot_of(message.generation)
        if slot:
            slot.lexer = message.lexer
            self._colour(slot)

    def lexer_prepared(self, message: colour_jobs.LexerPrepared) -> None:
        """Any window of a file can be coloured."""
        slot = self._slot_of(message.generation)
        if slot:
            self._colour(slot)

    def coloured(self, message: colour_jobs.Coloured) -> None:
        """A batch of colours came."""
        slot = self._slot_of(message.generation)
        if slot:
            slot.view.add_batch(message.first_row, message.batch)

    def outlined(self, message: colour_jobs.Outlined) -> None:
        """Functions and classes are known."""
        slot = self._slot_of(message.generation)
        if slot:
            slot.view.outline = message.outline
            slot.view.redraw()
            self.screen.cards.refresh()

    def hidden_counted(self, message: colour_jobs.HiddenCounted) -> None:
        """It is known how much a file hides."""
        slot = self._slot_of(message.generation)
        if slot:
            slot.view.hidden = message.count
            self.screen.cards.refresh()

    def stop(self) -> None:
        """The program ends."""
        for slot in self._slots:
            slot.colourer.stop()

    # Places

    def place(self, path: RepoPath, span: LineSpan | None) -> Place:
        """A place on lines of a file as it is on disk now, with its anchor."""
        source = self.text_of(path)
        symbol = ""
        if span and path.endswith(".py"):
            view = self.screen.source
            if path == view.path and source is view.source and view.outline:
                found = view.outline.enclosing(span.start)
                symbol = found.qualified if found else ""
            else:
                symbol = enclosing(source.lines, span.start)
        return make_place(path, span, source.lines, commit=self.screen.commit, blob=source.blob, symbol=symbol)

    def text_of(self, path: RepoPath) -> SourceText:
        """The open file's text, or that of another one, read now."""
        view = self.screen.source
        if path == view.path and not view.notice and not view.revision:
            return view.source
        return decode(self.screen.repository.read(path), path)
