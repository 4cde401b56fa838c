"""History: blame, commits, older versions, and what changed."""

from typing import Final

from reviewtui.tui.actions.action import Action

HISTORY: Final[tuple[Action, ...]] = (
    Action("blame", ("gb",), "Who wrote each line, and when", "History", ("source",)),
    Action("line_commit", ("gl",), "The commit of the line", "History", ("source",)),
    Action("file_version", ("gv",), "The file as it was at a commit", "History", ("source",)),
    Action("show_changes", ("gD",), "What changed since a commit, with the old lines in place", "History", ("source",)),
    Action("next_change", ("]d",), "Next change", "History", ("source",)),
    Action("previous_change", ("[d",), "Change before", "History", ("source",)),
    Action("last_change", ("]D",), "Last change", "History", ("source",)),
    Action("first_change", ("[D",), "First change", "History", ("source",)),
)
