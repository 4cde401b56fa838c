"""The Textual application: it paints a first frame at once, loads the rest behind it, and then shows the review."""

import contextlib
import gc
import sys
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen

from reviewtui.tui import theme
from reviewtui.tui.ending import hear_of_the_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewtui.model.place import RepoPath
    from reviewtui.opening import OpenReview
    from reviewtui.repo.repository import Repository
    from reviewtui.scan.choices import ScanChoices
    from reviewtui.tui.jobs import Listed
    from reviewtui.tui.key_check import UserKeys
    from reviewtui.tui.screens.review import ReviewScreen

COLLECTOR: Final = (10_000, 10, 10)
"""Thresholds of the garbage collector: with Python's own it runs several times a key, over all that a file brought."""
_ARENA_MAX: Final = -8
"""M_ARENA_MAX of the GNU C library; another library answers that it knows no such setting."""
SWITCH_SECONDS: Final = 0.001
"""How long a background thread may hold the interpreter while a key waits."""


class FirstFrame(Screen[None]):
    """What stands on the terminal while the panes are loaded; keys that are typed meanwhile are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[events.Key] = []

    def render(self) -> Content:
        """One line, where the status will be."""
        return Content(" reviewtui" + "\n" * max(1, self.size.height - 2) + " opening…")

    def on_key(self, event: events.Key) -> None:
        """Keep it for the review."""
        event.stop()
        self.held.append(event)


class ReviewApp(App[None], inherit_bindings=False):
    """The program on a terminal."""

    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        repository: "Repository",
        findings: "RepoPath",
        open_review: "Callable[[], OpenReview]",
        load_keys: "Callable[[], UserKeys] | None" = None,
        choices: "ScanChoices | None" = None,
    ) -> None:
        """`load_keys` reads the user's key file; without it the usual keys count."""
        super().__init__()
        self.repository = repository
        self.findings = findings
        self.open_review = open_review
        self.load_keys = load_keys
        self.choices = choices
        self.animation_level = "none"
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = theme.DARK.name
        self.review_screen: ReviewScreen | None = None
        """None until it is loaded."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that our panes name and a foreign theme does not."""
        return {**super().get_theme_variable_defaults(), **theme.VARIABLES}

    def get_default_screen(self) -> FirstFrame:
        """The first frame."""
        return FirstFrame()

    def on_mount(self) -> None:
        """Paint, then load: what the panes need takes as long to import as Textual itself."""
        if not self.is_headless:
            hear_of_the_end(self)
        self.call_after_refresh(
            self.run_worker, self._load, group="load", description="load", thread=True, exit_on_error=True
        )

    def _load(self) -> None:
        # Git answers while the panes are loaded.
        listing: Future[Listed] = Future()
        Thread(target=self._list, args=(listing,), name="list", daemon=True).start()
        from reviewtui.tui.screens.review import ReviewScreen

        keys = self.load_keys() if self.load_keys else None
        screen = ReviewScreen(self.repository, self.findings, self.open_review, listing, keys, self.choices)
        self.call_from_thread(self._show, screen)

    def _list(self, listing: "Future[Listed]") -> None:
        from reviewtui.tui.jobs import list_files

        try:
            listing.set_result(list_files(self.repository, lambda: False))
        except Exception as error:  # noqa: BLE001 (raised again where the list is awaited)
            listing.set_exception(error)

    def _show(self, screen: "ReviewScreen") -> None:
        frame = self.screen
        self.review_screen = screen
        # Textual cannot take its default screen away: the first frame stays below, unseen.
        self.push_screen(screen)
        # What is loaded by now stays: the collector need not look through it again while somebody reads.
        self.call_after_refresh(gc.freeze)
        if isinstance(frame, FirstFrame):
            for event in frame.held:
                self.post_message(event)

    def on_app_focus(self) -> None:
        """Back in this window."""
        if self.review_screen:
            self.review_screen.look_again()

    def on_unmount(self) -> None:
        """Where the reader is, is kept, and no process outlives the screen."""
        if self.review_screen:
            self.review_screen.remembering.keep()
            self.review_screen.scanning.stop()
            self.review_screen.watching.watch.stop()
            self.review_screen.files.stop()
            self.review_screen.looking.stop()
            self.review_screen.searching.stop()
            self.review_screen.follow.stop()


def share_memory() -> None:
    """Let all threads use one heap, where the C library can: else each keeps for itself what it has used once."""
    with contextlib.suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def run(
    repository: "Repository",
    findings: "RepoPath",
    open_review: "Callable[[], OpenReview]",
    load_keys: "Callable[[], UserKeys]",
    choices: "ScanChoices",
) -> int:
    """Open the screen and wait until it is closed; the program's exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.set_threshold(*COLLECTOR)
    share_memory()
    app = ReviewApp(repository, findings, open_review, load_keys, choices)
    app.run()
    return app.return_code or 0
