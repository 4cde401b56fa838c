"""The command line: a line number, or an action by its name."""

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from reviewtui.tui.actions import BY_NAME
from reviewtui.tui.keys import is_letter

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

_LINE: Final = re.compile(r"[+-]?[0-9]+|\$")


class CommandLine:
    """What is entered after a colon."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen

    def run(self, text: str) -> None:
        """Do what was entered."""
        screen = self.screen
        if not text:
            return
        if _LINE.fullmatch(text):
            self._to_line(text)
            return
        name = {"w": "", "q": "quit", "wq": "quit", "q!": "quit", "x": "quit", "h": "help"}.get(
            text, text.replace("-", "_")
        )
        verb, _, letter = name.partition(" ")
        if name == "":
            screen.say("All is saved" if screen.session and screen.session.is_saved else "Not saved")
        elif name in BY_NAME:
            screen.run_action_named(name)
        elif is_letter(letter) and verb in BY_NAME and BY_NAME[verb].takes_letter:
            screen.run_action_named(verb, letter=letter)
        else:
            screen.say(f"There is no action '{text}': {screen.key('palette')} lists them", error=True)

    def _to_line(self, text: str) -> None:
        """`:12`, `:$`, and `:+3` and `:-3` from the cursor."""
        screen = self.screen
        if not screen.source.row_count:
            screen.say("Open a file to go to a line of it")
            return
        number = int(text[:9].lstrip("+-").replace("$", "") or 0)
        row = {"+": screen.source.cursor + number, "-": screen.source.cursor - number, "$": screen.source.row_count - 1}
        screen.going.remember()
        screen.source.go(row.get(text[0], number - 1), centre=True)
        screen.panes.focus_source()

    def completed(self, text: str) -> str:
        """As much of an action's name as is certain; what it could be is said."""
        typed = text.replace("_", "-")
        names = [name.replace("_", "-") for name in BY_NAME]
        found = [name for name in names if name.startswith(typed)] or [name for name in names if typed in name]
        alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*found, strict=False))
        certain = "".join(letters[0] for letters in alike)
        self.screen.say("  ".join(found) if len(found) > 1 else "" if found else f"There is no action '{typed}…'")
        if len(found) == 1:
            return found[0]
        return certain if len(certain) > len(typed) else text
