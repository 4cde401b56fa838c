"""The one registry of what can be done: keys, help screen, hints and palette are all made from it.

A new action is a row in the module of its group; a new group is a module and a line below.
"""

from collections.abc import Mapping
from typing import Final

from reviewtui.tui.actions.action import LINES, LISTS, Action
from reviewtui.tui.actions.checklist import CHECKLIST
from reviewtui.tui.actions.deciding import DECIDING
from reviewtui.tui.actions.following import FOLLOWING
from reviewtui.tui.actions.going import GOING
from reviewtui.tui.actions.history import HISTORY
from reviewtui.tui.actions.moving import MOVING
from reviewtui.tui.actions.program import PROGRAM
from reviewtui.tui.actions.searching import SEARCHING
from reviewtui.tui.actions.source import SOURCE
from reviewtui.tui.actions.trail import TRAIL
from reviewtui.tui.actions.writing import WRITING

__all__ = ["ACTIONS", "BY_NAME", "LINES", "LISTS", "Action"]

ACTIONS: Final[tuple[Action, ...]] = (
    *MOVING,
    *SOURCE,
    *SEARCHING,
    *GOING,
    *FOLLOWING,
    *DECIDING,
    *WRITING,
    *TRAIL,
    *CHECKLIST,
    *HISTORY,
    *PROGRAM,
)

BY_NAME: Final[Mapping[str, Action]] = {action.name: action for action in ACTIONS}
