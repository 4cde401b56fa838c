"""Going places: the next or previous of a kind, across files."""

from typing import Final

from reviewtui.tui.actions.action import Action

GOING: Final[tuple[Action, ...]] = (
    Action("next_hit", ("]b",), "Next hit", "Go to"),
    Action("previous_hit", ("[b",), "Hit before", "Go to"),
    Action("next_open", ("]o", "<f8>"), "Next undecided hit", "Go to"),
    Action("previous_open", ("[o", "<shift+f8>"), "Undecided hit before", "Go to"),
    Action("next_finding", ("]n",), "Next finding or note", "Go to"),
    Action("previous_finding", ("[n",), "Finding or note before", "Go to"),
    Action("next_candidate", ("]x",), "Next candidate of the checklist item", "Go to"),
    Action("previous_candidate", ("[x",), "Candidate before", "Go to"),
    Action(
        "next_result",
        ("]r",),
        "Next line that the search found",
        "Go to",
        help="From anywhere; the line that is left counts as looked at.",
    ),
    Action("previous_result", ("[r",), "Line that the search found before", "Go to"),
    Action("next_unreviewed", ("]u",), "Next unreviewed file", "Go to"),
    Action("previous_unreviewed", ("[u",), "Unreviewed file before", "Go to"),
    Action("next_file", ("]f",), "Next file", "Go to"),
    Action("previous_file", ("[f",), "File before", "Go to"),
    Action(
        "next_lost",
        ("]!",),
        "Next finding that lost its lines",
        "Go to",
        help="Its file was changed, or is gone.",
    ),
    Action("previous_lost", ("[!",), "Finding that lost its lines before", "Go to"),
    # A capital: the ends
    Action("last_hit", ("]B",), "Last hit", "Go to"),
    Action("first_hit", ("[B",), "First hit", "Go to"),
    Action("last_open", ("]O",), "Last undecided hit", "Go to"),
    Action("first_open", ("[O",), "First undecided hit", "Go to"),
    Action("last_finding", ("]N",), "Last finding or note", "Go to"),
    Action("first_finding", ("[N",), "First finding or note", "Go to"),
    Action("last_candidate", ("]X",), "Last candidate of the checklist item", "Go to"),
    Action("first_candidate", ("[X",), "First candidate of the checklist item", "Go to"),
    Action("last_result", ("]R",), "Last line that the search found", "Go to"),
    Action("first_result", ("[R",), "First line that the search found", "Go to"),
    Action("last_unreviewed", ("]U",), "Last unreviewed file", "Go to"),
    Action("first_unreviewed", ("[U",), "First unreviewed file", "Go to"),
    Action("last_file", ("]F",), "Last file", "Go to"),
    Action("first_file", ("[F",), "First file", "Go to"),
)
