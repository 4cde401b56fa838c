"""Deciding hits."""

from typing import Final

from reviewtui.tui.actions.action import Action

DECIDING: Final[tuple[Action, ...]] = (
    Action("confirm_hit", ("tc",), "Confirm: opens a finding", "Decide", help="The form is filled in from the hit."),
    Action("false_positive", ("tf",), "False positive", "Decide"),
    Action(
        "accept_risk", ("ta",), "Accept the risk", "Decide", help="Asks for an owner and the date of the next look."
    ),
    Action("out_of_scope", ("ts",), "Out of scope, or test code", "Decide"),
    Action("reopen_hit", ("to",), "Reopen: take the decision back", "Decide"),
    Action("keep_verdict", ("tk",), "It still holds: confirm a decision made on other code", "Decide"),
    Action("keep_verdicts", ("tK",), "All such decisions of this file still hold", "Decide", help="Asks before."),
    Action("gone_verdicts", ("tg",), "Decisions whose hit is gone", "Decide"),
    Action("repeat_verdict", ("t.",), "The last verdict again, with its reason", "Decide"),
)
