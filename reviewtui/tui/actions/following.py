"""Following code."""

from typing import Final

from reviewtui.tui.actions.action import Action

FOLLOWING: Final[tuple[Action, ...]] = (
    Action(
        "definition",
        ("gd",),
        "Definition of the name under the cursor",
        "Follow",
        ("source",),
        help="Goes there at once where it is sure and the only one; else shows the list.",
    ),
    Action(
        "references",
        ("gr",),
        "Uses of the name under the cursor",
        "Follow",
        ("source",),
        help="On a place of the last list: that list again. A ? marks what only has the same name.",
    ),
    Action(
        "callers",
        ("gc",),
        "What calls the function under the cursor",
        "Follow",
        ("source",),
        help="Where there is no name under the cursor: the function around.",
    ),
    Action("hover", ("K",), "Signature and docstring of the name", "Follow", ("source",)),
    Action("find_symbol", ("gO",), "Go to a function, class or constant by any part of its name", "Follow"),
)
