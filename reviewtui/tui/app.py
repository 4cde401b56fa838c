"""The Textual application: its looks, and the one screen it opens."""

import sys
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType

from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Repository
from reviewtui.tui import theme
from reviewtui.tui.screens.review import OpensReview, ReviewScreen

SWITCH_SECONDS = 0.001
"""How long a background thread may hold the interpreter while a key waits."""


class ReviewApp(App[None], inherit_bindings=False):
    """The program on a terminal."""

    BINDINGS: ClassVar[list[BindingType]] = []
    CSS_PATH = "screens/review.tcss"
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, repository: Repository, findings: RepoPath, open_review: OpensReview) -> None:
        super().__init__()
        self.animation_level = "none"
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = theme.DARK.name
        self.review_screen = ReviewScreen(repository, findings, open_review)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that our panes name and a foreign theme does not."""
        return {**super().get_theme_variable_defaults(), **theme.VARIABLES}

    def get_default_screen(self) -> ReviewScreen:
        """The review."""
        return self.review_screen

    def on_unmount(self) -> None:
        """No scan outlives the screen."""
        self.review_screen.scanning.stop()


def run(repository: Repository, findings: RepoPath, open_review: OpensReview) -> int:
    """Open the screen and wait until it is closed; the program's exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    app = ReviewApp(repository, findings, open_review)
    app.run()
    return app.return_code or 0
