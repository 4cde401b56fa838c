"""Other programs that show a file, each driven as its user would: what the source view is measured against."""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.trees import REVIEWTUI
from tests.terminal import Terminal

TEXT_AREA_APP: Final = """
import sys
from pathlib import Path
from textual.app import App
from textual.widgets import TextArea
class Reader(App):
    AUTO_FOCUS = "#text"
    def compose(self):
        yield TextArea(id="text", read_only=True, show_line_numbers=True, soft_wrap=False)
    def on_key(self, event):
        if event.key == "f3":
            event.stop()
            self.query_one(TextArea).text = Path(sys.argv[1]).read_text()
Reader().run()
"""
"""A file in Textual's own text widget, opened with a key; plain, since its colours need a parser of their own."""


@dataclass(frozen=True)
class Peer:
    """A program, and the keys that do each thing in it."""

    name: str
    command: Callable[[Path], Sequence[str]]
    ready: str
    """What it shows when it waits for the key that opens the file."""
    open_keys: Callable[[Path], tuple[str, str]]
    """What is typed to name the file, and the key that then opens it."""
    down: str = "j"
    page: str = "<ctrl+d>"
    ends: tuple[str, str] = ("G", "gg")
    search: Callable[[str], str] | None = lambda text: f"/{text}<enter>"
    has_colours: bool = True
    at_rest: Callable[[Terminal], None] = lambda terminal: terminal.settle(0.5, limit=20)


def _scanned(terminal: Terminal) -> None:
    terminal.wait_gone("scan ")
    terminal.settle(1.0, limit=60)


OURS: Final = Peer(
    "reviewtui",
    lambda path: [*REVIEWTUI, str(path.parent)],
    "Choose a file",
    lambda path: (f"f{path.name}", "<enter>"),
    at_rest=_scanned,
)
TEXT_AREA: Final = Peer(
    "Textual TextArea",
    lambda path: [sys.executable, "-c", TEXT_AREA_APP, str(path)],
    "1",
    lambda path: ("", "<f3>"),
    down="<down>",
    page="<pagedown>",
    ends=("<ctrl+end>", "<ctrl+home>"),
    search=None,
    has_colours=False,
)
VIM: Final = Peer(
    "vim -R",
    lambda path: ["vim", "-R", "-N", "-u", "NONE", "-i", "NONE", "-c", "syntax on", "-c", "set number"],
    "~",
    lambda path: (f":e {path}", "<enter>"),
)
LESS: Final = Peer(
    "less -N",
    lambda path: ["less", "-N", str(path.parent / "empty.txt")],
    "empty",
    lambda path: (f":e{path}", "<enter>"),
    page="d",
    ends=("G", "g"),
    has_colours=False,
)


def installed() -> list[Peer]:
    """Ours first, and those that this machine has."""
    return [OURS, TEXT_AREA, *(peer for peer, name in ((VIM, "vim"), (LESS, "less")) if shutil.which(name))]
