"""Writing findings and notes, and marking what was reviewed."""

from typing import Final

from reviewtui.tui.actions.action import Action

WRITING: Final[tuple[Action, ...]] = (
    Action("select", ("V", "v"), "Select lines", "Write", ("source",)),
    Action("select_down", ("<shift+down>",), "Select the line, and the next", "Write", ("source",)),
    Action("select_up", ("<shift+up>",), "Select the line, and the one above", "Write", ("source",)),
    Action("add_finding", ("a",), "Finding on the lines", "Write", ("source", "found")),
    Action("add_note", ("c",), "Note on the lines", "Write", ("source",)),
    Action("add_file_finding", ("A",), "Finding on the whole file", "Write", ("source", "tree")),
    Action("add_file_note", ("C",), "Note on the whole file", "Write", ("source", "tree")),
    Action("add_place", ("ga",), "Add the lines to a finding", "Write", ("source", "found")),
    Action("edit_finding", ("ge",), "Edit the finding under the cursor", "Write"),
    Action(
        "delete_finding", ("dd", "<delete>"), "Delete the finding under the cursor", "Write", ("source", "findings")
    ),
    Action("toggle_reviewed", ("<space>",), "Reviewed, or not: the selection or the file", "Write", ("source", "tree")),
    Action("undo", ("u",), "Undo", "Write"),
    Action("redo", ("<ctrl+r>",), "Redo", "Write"),
)
