"""The reader's hands: copy a place, a link or the text itself, and open the file in an editor."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.screen import Screen

from reviewtui.errors import ReviewTuiError
from reviewtui.linking import Link, link
from reviewtui.model.checklist import Checklist, Item
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.search.result import Result
from reviewtui.text.safe import safe, suspicious
from reviewtui.tui.actions import LISTS
from reviewtui.tui.clipboard import LIMIT, USUAL_LIMIT, sequences
from reviewtui.tui.hands_jobs import Handed, Linked, make_link, pass_on

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen


class Spot(NamedTuple):
    """What the cursor is on."""

    path: RepoPath
    span: LineSpan | None = None


class HandsMessages(Screen[None]):
    """What comes back from the jobs of the hands."""

    hands: "Hands"

    @on(Linked)
    def _linked(self, message: Linked) -> None:
        self.hands.linked(message)

    @on(Handed)
    def _handed(self, message: Handed) -> None:
        self.hands.handed(message)


class Hands:
    """What leaves the screen: for the clipboard, for another site, for an editor."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._warned = False
        """Whether it was said that an editor has a mind of its own."""

    @property
    def spot(self) -> Spot | None:
        """The file and the lines under the cursor of the focused pane; None where it is on no file."""
        screen = self.screen
        if screen.context == "tree":
            row = screen.tree_pane.current_row
            return Spot(RepoPath(row.path)) if row else None
        if screen.context == "hits":
            hit = screen.hits_pane.current
            if hit is None or hit.path == NOWHERE:
                return None
            return Spot(hit.path, LineSpan(hit.line, hit.line) if isinstance(hit, Hit) else None)
        if screen.context == "findings":
            finding = screen.findings_pane.current
            if not finding or not finding.places:
                return None
            place = self.screen.desk.placed.there(finding)
            return Spot(place.path, place.span)
        if screen.context == "found":
            entry = screen.found_pane.current
            if isinstance(entry, Result):
                return Spot(entry.path, LineSpan(entry.line, entry.line))
            path = entry if isinstance(entry, RepoPath) else getattr(entry, "path", None)
            return Spot(path) if path else None
        return Spot(screen.source.path, screen.source.current_lines) if screen.source.path else None

    # The clipboard

    def do_yank(self, _count: int | None) -> None:
        """Action `yank`: where it is, or the name of what is nowhere."""
        screen, spot = self.screen, self.spot
        text = f"{spot.path}:{spot.span}" if spot and spot.span else spot.path if spot else ""
        if text and screen.source.revision and screen.context not in LISTS:
            text = f"{screen.source.revision[:10]}:{text}"
        if screen.context == "findings" and not spot and screen.findings_pane.current:
            text = screen.findings_pane.current.id
        elif screen.context == "checklist" and isinstance(screen.checklist_pane.current, Item | Checklist):
            text = screen.checklist_pane.current.id
        elif screen.context == "hits" and not spot and isinstance(screen.hits_pane.current, Hit):
            text = " ".join((screen.hits_pane.current.rule, *screen.hits_pane.current.ids))
        if text:
            # Drawn names are copied as drawn: pasted into a shell, they do nothing.
            note = "" if safe(text) == text else "; what the name hides is spelled out in it"
            self.send(safe(text), f"{safe(text)}{note}")

    def do_copy_text(self, count: int | None) -> None:
        """Action `copy_text`: the selected lines, or so many from the cursor on, as they are in the file."""
        source = self.screen.source
        span = source.current_lines
        if span is None:
            raise ReviewTuiError("There is no text to copy")
        if source.selection is None and count:
            span = LineSpan(span.start, min(span.start + count - 1, source.row_count))
        lines = source.lines[span.start - 1 : span.end]
        said = f"line {span}" if span.count == 1 else f"{span.count} lines, {span}"
        self.send("\n".join(lines), said, _hidden(lines, span.start))

    def send(self, text: str, said: str, warning: str = "") -> None:
        """Send a text to the clipboard, by the way that this terminal has; a warning comes first, where all can be cut.

        Raises:
            ReviewTuiError: it is too long for any.
        """
        size = len(text.encode("utf-8", "surrogateescape"))
        if size > LIMIT:
            raise ReviewTuiError(f"Nothing was sent: {size:,} bytes are more than any terminal's clipboard takes")
        if size > USUAL_LIMIT and not warning:
            warning = f"{size:,} bytes, of which some terminals take {USUAL_LIMIT:,}, were sent to"
        if os.environ.get("TMUX"):
            environment, post = dict(os.environ), self.screen.post_message
            message = Handed(text, said, warning)
            self.screen.work(lambda: pass_on(message, environment, post), "clipboard")
        else:
            self._write(text)
            self._say("the terminal's clipboard", said, warning)

    def handed(self, message: Handed) -> None:
        """Tmux took the text, else it is sent past it."""
        if not message.taken:
            self._write(message.text)
        by = "tmux and the terminal's clipboard" if message.taken else "the terminal's clipboard"
        self._say(by, message.said, message.warning)

    def _say(self, where: str, said: str, warning: str) -> None:
        self.screen.say(f"{warning or 'Sent to'} {where}: {said}", error=bool(warning))

    def _write(self, text: str) -> None:
        driver = self.screen.app._driver  # noqa: SLF001 (Textual's own way in knows nothing of tmux and screen)
        if driver is not None:
            driver.write(sequences(text, os.environ))

    # Links

    def do_permalink(self, _count: int | None) -> None:
        """Action `permalink`: made in the background, as it asks git."""
        screen, spot = self.screen, self.spot
        if spot is None:
            raise ReviewTuiError("There is no file here to link to")
        path, span = spot
        row = screen.tree_pane.current_row
        if screen.context == "tree" and row and row.is_folder:
            raise ReviewTuiError("Choose a file to link to")
        repository, post = screen.repository, screen.post_message
        revision = screen.source.revision if screen.context not in LISTS else ""
        source = screen.source.source if revision else screen.files.text_of(path)

        def make() -> Link:
            return link(repository, path, span, source, revision=revision)

        screen.work(lambda: make_link(make, post), "link")

    def linked(self, message: Linked) -> None:
        """The link is there."""
        if message.link is None:
            self.screen.say(message.problem, error=True)
            return
        notes = "; ".join(message.link.notes)
        self.send(message.link.url, message.link.url, f"Link, {notes}, sent to" if notes else "")

    # The editor

    def do_edit_file(self, _count: int | None) -> None:
        """Action `edit_file`: the user's editor, at the line; the first time it is said what that means."""
        screen, spot = self.screen, self.spot
        row = screen.tree_pane.current_row
        if spot is None or (screen.context == "tree" and row and row.is_folder):
            raise ReviewTuiError("There is no file here to open in an editor")
        from reviewtui.tui.editor import editor_command

        command = editor_command(os.environ)
        if self._warned:
            self._edit(spot)
            return
        from reviewtui.tui.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._warned = True
                self._edit(spot)

        question = safe(
            f"{os.path.basename(command[0])} opens the file with your own settings. What it obeys in a file or folder "  # noqa: PTH119
            "that it opens (modelines, .editorconfig, project settings, plug-ins) is up to it, not to this program."
        )
        screen.app.push_screen(Confirm(question, "Open it", "Stay"), answered)

    def _edit(self, spot: Spot) -> None:
        from reviewtui.tui.editor import open_file

        screen = self.screen
        try:
            file = screen.repository.file(spot.path)
            open_file(screen.app, file, spot.span.start if spot.span else 1)
        except ReviewTuiError as error:
            screen.say(str(error), error=True)
        screen.watching.at_once(spot.path)


def _hidden(lines: Sequence[str], first: int) -> str:
    """What a reader should know of a text before it is pasted."""
    odd = [(line, name) for line, text in enumerate(lines, first) for _, name in suspicious(text)]
    if not odd:
        return ""
    where = f"({odd[0][1]} on line {odd[0][0]})"
    if len(odd) == 1:
        return f"A hidden or misleading character {where} was sent to"
    return f"{len(odd):,} hidden or misleading characters {where} were sent to"
