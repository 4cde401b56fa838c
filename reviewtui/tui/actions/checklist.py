"""Answering the checklist."""

from typing import Final

from reviewtui.tui.actions.action import Action

CHECKLIST: Final[tuple[Action, ...]] = (
    Action("answer_pass", ("x",), "Item passes", "Checklist", ("source", "checklist", "detail")),
    Action("answer_fail", ("X",), "Item fails: opens a finding", "Checklist", ("source", "checklist", "detail")),
    Action("answer_na", ("-",), "Item is not applicable", "Checklist", ("source", "checklist", "detail")),
    Action("add_evidence", (".",), "Keep the lines as evidence for the item", "Checklist", ("source", "found")),
    Action("next_item", ("]c",), "Next item without an answer", "Checklist"),
    Action("previous_item", ("[c",), "Item without an answer before", "Checklist"),
)
