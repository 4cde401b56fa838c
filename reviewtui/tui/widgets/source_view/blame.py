"""The column that says of each line who wrote it, and when."""

from datetime import datetime, timedelta
from typing import Final

from reviewtui.repo.history import Blame, Commit
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.widgets.rows import cut

_AUTHOR: Final = 12
_NEW: Final = timedelta(days=30)
_UNITS: Final = (("y", 365 * 86400), ("mo", 30 * 86400), ("d", 86400), ("h", 3600), ("m", 60))


class BlameColumn:
    """Commit, author and age, once for each run of lines of the same commit."""

    cells = 8 + 1 + _AUTHOR + 1 + 4

    def __init__(self, blame: Blame, now: datetime) -> None:
        self.blame = blame
        self._now = now

    def cell(self, row: int, on_cursor: bool) -> tuple[SafeText, str]:
        """The words for a row, and their colour: recent ones stand out; the line of the cursor always has its own."""
        if row >= len(self.blame.rows):
            return SafeText(""), "muted"
        if row and not on_cursor and self.blame.rows[row] == self.blame.rows[row - 1]:
            return SafeText("┆"), "muted"
        commit = self.blame.of(row)
        if commit is None:
            return SafeText("not committed"), "medium"
        author = cut(safe(commit.author), _AUTHOR)
        pad = " " * (_AUTHOR - cell_width(SafeText(author)))
        look = "accent" if self._now - commit.at < _NEW else "muted"
        return SafeText(f"{commit.short} {author}{pad} {age(commit.at, self._now):>4}"), look


def age(then: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits: `3y`, `5mo`, `2d`; `now` within a minute, and for the future."""
    seconds = (now - then).total_seconds()
    return next((f"{int(seconds // size)}{name}" for name, size in _UNITS if seconds >= size), "now")


def line_of(commit: Commit) -> SafeText:
    """A commit in one line, for a list."""
    return SafeText(f"{commit.short}  {safe(commit.subject)}")
