"""Going places: the next or previous of a kind, across files."""

from typing import Final

from reviewtui.tui.actions.action import Action

GOING: Final[tuple[Action, ...]] = (
    Action("next_hit", ("]b",), "Next hit", "Go to"),
    Action("previous_hit", ("[b",), "Hit before", "Go to"),
    Action("next_open", ("]o",), "Next undecided hit", "Go to"),
    Action("previous_open", ("[o",), "Undecided hit before", "Go to"),
    Action("next_finding", ("]n",), "Next finding or note", "Go to"),
    Action("previous_finding", ("[n",), "Finding or note before", "Go to"),
    Action("next_candidate", ("]x",), "Next candidate of the checklist item", "Go to"),
    Action("previous_candidate", ("[x",), "Candidate before", "Go to"),
    Action("next_unreviewed", ("]u",), "Next unreviewed file", "Go to"),
    Action("previous_unreviewed", ("[u",), "Unreviewed file before", "Go to"),
    Action("next_file", ("]f",), "Next file", "Go to"),
    Action("previous_file", ("[f",), "File before", "Go to"),
)
