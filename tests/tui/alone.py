"""The source view and nothing else, to look at what it draws."""

from textual.app import App, ComposeResult

from reviewtui.model.place import RepoPath
from reviewtui.text.source import decode
from reviewtui.text.symbols import Outline
from reviewtui.tui.theme import VARIABLES
from reviewtui.tui.widgets.source_view.view import SourceView


class Alone(App[None]):
    """The view and nothing else."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that our panes name."""
        return dict(VARIABLES)

    def compose(self) -> ComposeResult:
        """The view."""
        yield SourceView(id="source")

    @property
    def view(self) -> SourceView:
        """The view."""
        return self.query_one(SourceView)

    def show(self, text: str, *, path: str = "a.py") -> SourceView:
        """Show a text, with the outline of a Python one."""
        source = decode(text.encode())
        self.view.show(RepoPath(path), source)
        if path.endswith(".py"):
            self.view.outline = Outline(source.lines)
        self.view.focus()
        return self.view

    @property
    def shown(self) -> list[str]:
        """The lines of the pane, without blanks and scroll bar at their ends."""
        view = self.view
        return [view.render_line(y).text[:-1].rstrip() for y in range(view.size.height)]
