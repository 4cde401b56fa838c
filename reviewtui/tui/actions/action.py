"""What an action is: a name, keys, and words."""

from dataclasses import dataclass
from typing import Final

from reviewtui.tui.keys import LETTER, parse_keys

LINES: Final = ("source", "tree", "hits", "findings", "checklist", "found", "detail")
"""Every pane: all of them move by lines."""
LISTS: Final = ("tree", "hits", "findings", "checklist", "found")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user can do, by keys or by name."""

    name: str
    """Its name in the command line, with `_` for `-`; handled by a method `do_<name>(count)`."""
    keys: tuple[str, ...]
    """Its key sequences; where they end with `<letter>`, the method is `do_<name>(count, letter)`."""
    label: str
    """What it does, in a few words."""
    group: str
    contexts: tuple[str, ...] = ("global",)
    """The panes in which its keys count; `global`: everywhere."""
    help: str = ""
    """More words, where the label is not enough."""

    @property
    def takes_letter(self) -> bool:
        """Whether the last key is any letter, and handed on."""
        return any(parse_keys(keys)[-1] == LETTER for keys in self.keys)
