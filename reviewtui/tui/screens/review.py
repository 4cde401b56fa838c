"""The review screen: the panes, what is open in them, and the way from a key to an action."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual import events, on
from textual.app import ComposeResult

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.repo.repository import Repository
from reviewtui.scan.choices import ScanChoices
from reviewtui.scan.overlay import overlay
from reviewtui.text.safe import safe
from reviewtui.tui import jobs
from reviewtui.tui.actions import BY_NAME
from reviewtui.tui.desk import Desk
from reviewtui.tui.key_check import UserKeys, usual
from reviewtui.tui.screens.review_bring import Bringing
from reviewtui.tui.screens.review_cards import Cards
from reviewtui.tui.screens.review_current import Current
from reviewtui.tui.screens.review_decide import Deciding
from reviewtui.tui.screens.review_ends import Ends
from reviewtui.tui.screens.review_files import Files
from reviewtui.tui.screens.review_find import Looking
from reviewtui.tui.screens.review_flow import Flows
from reviewtui.tui.screens.review_follow import Follow
from reviewtui.tui.screens.review_go import Going
from reviewtui.tui.screens.review_hands import Hands, HandsMessages
from reviewtui.tui.screens.review_history import History
from reviewtui.tui.screens.review_hits import Hits
from reviewtui.tui.screens.review_keep import Keeping
from reviewtui.tui.screens.review_keys import Typing
from reviewtui.tui.screens.review_lost import Lost
from reviewtui.tui.screens.review_marks import Marking
from reviewtui.tui.screens.review_messages import JobMessages
from reviewtui.tui.screens.review_outline import Outlining
from reviewtui.tui.screens.review_packages import Packages
from reviewtui.tui.screens.review_panes import Panes
from reviewtui.tui.screens.review_remember import Remembering
from reviewtui.tui.screens.review_scan import Scanning
from reviewtui.tui.screens.review_search import Searching
from reviewtui.tui.screens.review_split import Splitting
from reviewtui.tui.screens.review_standing import Carrying
from reviewtui.tui.screens.review_trail import Trailing
from reviewtui.tui.screens.review_walk import Walking
from reviewtui.tui.screens.review_watch import EVERY, Watching, WatchMessages
from reviewtui.tui.screens.review_write import Writing
from reviewtui.tui.widgets.bars import HintsBar, TabBar
from reviewtui.tui.widgets.line_view import LineView
from reviewtui.tui.widgets.source_view.view import SourceView
from reviewtui.tui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reviewtui.opening import OpenReview
    from reviewtui.session import Session

Handler = Callable[..., None]
"""Called with the count, and with the letter where the action takes one."""
Answer = TypeVar("Answer")

WRITING = frozenset({"Write", "Decide", "Checklist"})
"""Groups of actions that write on the lines of the file."""
OpensReview = Callable[[], "OpenReview"]
"""Opens the review; called once, in a thread; raises ReviewTuiError."""


class ReviewScreen(JobMessages, HandsMessages, WatchMessages, Current):
    """The one screen that the program is: everything else is a dialog over it."""

    def __init__(
        self,
        repository: Repository,
        findings: RepoPath,
        open_review: OpensReview,
        listing: "Future[jobs.Listed] | None" = None,
        user_keys: UserKeys | None = None,
        choices: ScanChoices | None = None,
    ) -> None:
        super().__init__(Desk())
        self._listing = listing
        self.findings_path = self.desk.own_file = findings
        self.findings_notice = ""
        """Why nothing can be written, where the findings file cannot be used."""
        self.repository = repository
        self.open_review = open_review
        self.session: Session | None = None
        """None until the findings file was read."""
        self.commit = ""
        """HEAD when the program was opened or last committed."""
        user_keys = user_keys or usual()
        self.keymap = user_keys.keymap
        """What every key does, and what every text says of keys."""
        self.typing = Typing(self, user_keys)

        self.files = Files(self)
        self.panes = Panes(self)
        self.splitting = Splitting(self)
        self.going = Going(self)
        self.searching = Searching(self)
        self.looking = Looking(self)
        self.hits = Hits(self)
        self.deciding = Deciding(self)
        self.writing = Writing(self)
        self.walking = Walking(self)
        self.scanning = Scanning(self, choices or ScanChoices())
        self.carrying = Carrying(self)
        self.keeping = Keeping(self)
        self.hands = Hands(self)
        self.history = History(self)
        self.watching = Watching(self)
        self.lost = Lost(self)
        self.ends = Ends(self)
        self.follow = Follow(self)
        self.remembering = Remembering(self)
        self.marking = Marking(self)
        self.trailing = Trailing(self)
        self.outlining = Outlining(self)
        self.bringing = Bringing(self)
        self.packages = Packages(self)
        self.flows = Flows(self)
        self.cards = Cards(self)
        self.parts: tuple[object, ...] = (
            self.panes,
            self.splitting,
            self.going,
            self.searching,
            self.looking,
            self.hits,
            self.deciding,
            self.writing,
            self.walking,
            self.scanning,
            self.carrying,
            self.history,
            self.keeping,
            self.hands,
            self.lost,
            self.ends,
            self.follow,
            self.remembering,
            self.marking,
            self.trailing,
            self.outlining,
            self.bringing,
            self.packages,
            self.flows,
        )

    def prompt(self) -> ComposeResult:
        """As `Layout.prompt`."""
        yield self.searching.mark
        yield self.searching.field
        yield self.searching.notes

    def filter_prompt(self) -> ComposeResult:
        """As `Layout.filter_prompt`."""
        yield self.hits.field

    def panels(self) -> ComposeResult:
        """As `Layout.panels`."""
        yield self.typing.panel

    def on_mount(self) -> None:
        """Paint first, then read."""
        self.findings_pane.notice = (
            f"Nothing written yet: {self.key('add_finding')} on a line, {self.key('confirm_hit')} on a hit"
        )
        self.panes.open_list("tree")
        self.views[0].notice = (
            f"Choose a file: {self.key('down')} {self.key('up')} and {self.key('activate')} in the tree, "
            f"{self.key('find_file')} to find one by name, {self.key('help')} for help"
        )
        self.cards.refresh()
        self.call_after_refresh(self._start)
        self.set_interval(EVERY, self.watching.look)

    def _start(self) -> None:
        self.typing.tell_problems()
        self.remembering.begin()
        self.files.list(self._listing)
        self.work(self._open, "open")

    def work(self, job: Callable[[], None], group: str) -> None:
        """Run a job in a thread; an earlier one of its group is cancelled."""

        def reported() -> None:
            try:
                job()
            except Exception as error:  # noqa: BLE001 (whatever a job dies of, the reader hears of it)
                self.post_message(jobs.JobFailed(group, f"{type(error).__name__}: {error}"))

        self.run_worker(reported, group=group, description=group, thread=True, exclusive=True, exit_on_error=False)

    def ask(self, job: Callable[[], Answer], then: Callable[[Answer], None], group: str) -> None:
        """Run a job in a thread and give its answer to `then` on the screen; what it cannot do is said."""

        def answered() -> None:
            try:
                answer = job()
            except ReviewTuiError as error:
                text = str(error)
                self.post_message(jobs.Answered(lambda: self.say(text, error=True)))
                return
            if not jobs.stopped():
                self.post_message(jobs.Answered(lambda: then(answer)))

        self.work(answered, group)

    def _open(self) -> None:
        try:
            opened = jobs.Opened(self.open_review())
            jobs.load_libraries()
            self.post_message(opened)
        except ReviewTuiError as error:
            self.post_message(jobs.OpenFailed(error))

    # From a key to an action

    def on_key(self, event: events.Key) -> None:
        """Feed it into the sequences of the focused pane, and into those that count everywhere."""
        self.typing.take(event)

    def key(self, name: str) -> str:
        """The key of an action as texts name it, in the pane that has the focus."""
        return self.keymap.key_of(name, self.context)

    def run_action_named(self, name: str, count: int | None = None, letter: str = "") -> None:
        """Do what the registry calls `name`: the focused pane first, then the parts of the screen.

        An action that takes a letter and was chosen by name waits for it, as if its first keys had been typed. Errors
        that a user can do something about are said in the status line.
        """
        if self.source.revision and self.context == "source" and BY_NAME[name].group in WRITING:
            self.say(f"This is an old version: nothing is written on it; {self.key('quit')} goes back to the file")
            return
        handler = self.handler(name)
        if handler is None:
            self.say(f"{name.replace('_', ' ')}: not in this pane")
            return
        if BY_NAME[name].takes_letter and not letter:
            self.typing.begin(name)
            return
        self.remembering.is_untouched = False
        try:
            handler(count, letter) if letter else handler(count)
        except ReviewTuiError as error:
            self.say(str(error), error=True)

    def handler(self, name: str) -> Handler | None:
        """The method `do_<name>` of the focused pane, or of the first part that has one."""
        focused = self.focused
        for target in ((focused,) if isinstance(focused, LineView) else ()) + self.parts + (self.source,):
            found: Handler | None = getattr(target, f"do_{name}", None)
            if found is not None:
                return found
        return None

    def say(self, text: str, *, error: bool = False) -> None:
        """One sentence in the status line, until the next key."""
        self.cards.message = (safe(text), error)
        self.cards.refresh_status()

    # The review

    def apply(self, label: str, transition: Callable[[Review], Review]) -> bool:
        """Change the review; True when it is on disk, else the status line says why not, and memory keeps it."""
        session = self.session
        if session is None:
            self.say("The findings file is not open yet", error=True)
            return False
        changed = session.apply(label, transition)
        if session.problem:
            self.say(session.problem, error=True)
        return changed and session.is_saved

    def look_again(self) -> None:
        """The reader comes back to this window: other programs may have written anything meanwhile."""
        self.watching.look_at_findings()
        self.watching.look(everything=True)
        self.lost.look()

    def review_changed(self) -> None:
        """Lay what the review now says over everything."""
        if self.session:
            is_other = self.desk.review.findings is not self.session.review.findings
            self.desk.set_review(self.session.review)
            if is_other:
                self.lost.look()
        self.hits_pane.redraw()
        self.tree_pane.redraw()
        self.findings_pane.update_rows()
        self.checklist_pane.redraw()
        self.refresh_marks()

    def refresh_marks(self) -> None:
        """Lay hits, findings, marks and candidates over the open file."""
        for view in self.views:
            path, source = view.path, view.source
            if path is None or view.notice or view.revision:
                view.set_marks(None, self.desk.standings, frozenset())
            else:
                knows, hits = self.desk.placed.in_text, self.desk.hits_of(path)
                found = overlay(path, source.lines, source.blob, hits, self.desk.review, knows=knows)
                view.set_marks(found, self.desk.standings, self.walking.lines_in(path))
            self.marking.lay_over(view)
        self.cards.refresh()

    # What jobs report

    @on(jobs.Opened)
    def _opened(self, message: jobs.Opened) -> None:
        opened = message.review
        self.session, self.commit = opened.session, opened.commit
        self.desk.set_checklists(opened.checklists)
        opened.session.subscribe(self.review_changed)
        self.checklist_pane.update_rows()
        self.review_changed()
        self.remembering.resume_item()
        self.scanning.start_when_ready()
        self.keeping.tell_of_unfinished()

    @on(jobs.JobFailed)
    def _job_failed(self, message: jobs.JobFailed) -> None:
        self.say(f"The job '{message.group}' broke off: {message.error}", error=True)

    # What panes report

    @on(LineView.CursorMoved)
    def _cursor_moved(self, message: LineView.CursorMoved) -> None:
        message.stop()
        if isinstance(message.view, SourceView):
            self.files.colour_window()
            if message.view.has_focus:
                self.remembering.moved(message.view)
            self.cards.follow()
            return
        if message.view.has_focus:
            self.panes.preview(message.view)
        self.cards.refresh()

    @on(LineView.Activated)
    def _activated(self, message: LineView.Activated) -> None:
        message.stop()
        self.panes.activate(message.view)

    @on(SourceView.MarkPressed)
    def _mark_pressed(self) -> None:
        self.cards.refresh()
        self.panes.do_pane_detail(None)

    @on(SourceView.SelectionChanged)
    def _selection_changed(self) -> None:
        self.cards.refresh()

    @on(WhichKey.Chosen)
    def _key_chosen(self, message: WhichKey.Chosen) -> None:
        self.typing.feed(message.key)

    @on(HintsBar.Chosen)
    def _hint_chosen(self, message: HintsBar.Chosen) -> None:
        self.typing.clear()
        self.cards.message = None
        self.run_action_named(message.action)
        self.cards.refresh()

    @on(TabBar.Chosen)
    def _tab_chosen(self, message: TabBar.Chosen) -> None:
        self.panes.open_list(message.name)

    def on_descendant_focus(self) -> None:
        """Headers show where the keys go; what is done in the source is done in the view that had the focus last."""
        if isinstance(self.focused, SourceView):
            self.splitting.take(self.focused)
        self.panes.show_headers()
        self.cards.refresh()

    def on_resize(self) -> None:
        """Another width may have another layout."""
        self.panes.show_headers()
        self.cards.refresh()
