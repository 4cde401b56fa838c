"""Deciding hits."""

from typing import Final

from reviewtui.tui.actions.action import Action

_WIDE: Final = "What is touched is shown first; it can be narrowed to a folder, the file or the hit."

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
    Action("false_positive_rule", ("tF",), "False positive: all hits of the rule", "Decide", help=_WIDE),
    Action("accept_risk_rule", ("tA",), "Accept the risk: all hits of the rule", "Decide", help=_WIDE),
    Action("out_of_scope_rule", ("tS",), "Out of scope: all hits of the rule", "Decide", help=_WIDE),
    Action("reopen_rule", ("tO",), "Reopen: all hits of the rule", "Decide", help=_WIDE),
    Action("repeat_verdict", ("t.",), "The last verdict again, with its reason", "Decide"),
    Action(
        "filter_hits",
        ("F",),
        "Filter the hits",
        "Decide",
        help="sev:high path:src !path:tests rule:B608 state:open, or any word; Tab completes.",
    ),
    Action("filter_here", ("/",), "Filter the list", "Decide", ("hits",)),
    Action(
        "group_hits",
        ("b",),
        "Group the list by the next: rule, file, CWE, severity, topic, tool",
        "Decide",
        ("hits",),
        help="With a count: by the first, second, …",
    ),
    Action("group_hits_back", ("B",), "Group the list by the one before", "Decide", ("hits",)),
    Action("only_rule", ("*",), "Only hits of this rule", "Decide", ("hits",)),
    Action("only_folder", ("#",), "Only hits of this rule in this folder", "Decide", ("hits",)),
    Action("select_hits", ("V", "v"), "Select hits", "Decide", ("hits",)),
    Action("select_all_hits", ("%",), "Select all hits that are shown", "Decide", ("hits",)),
    Action(
        "refresh_hits",
        ("r",),
        "Fill the list anew: what was decided goes, where the filter says so",
        "Decide",
        ("hits",),
    ),
)
