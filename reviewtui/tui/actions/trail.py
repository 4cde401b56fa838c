"""Marks, and the trail of a value."""

from typing import Final

from reviewtui.tui.actions.action import Action

TRAIL: Final[tuple[Action, ...]] = (
    Action("set_mark", ("m<letter>",), "Set a named mark on the line", "Marks and trail", ("source",)),
    Action("go_to_mark", ("'<letter>",), "Go to a named mark", "Marks and trail"),
    Action("list_marks", ("g'",), "All named marks", "Marks and trail"),
    Action("next_mark", ("]m",), "Next named mark", "Marks and trail"),
    Action("previous_mark", ("[m",), "Named mark before", "Marks and trail"),
    Action("last_mark", ("]M",), "Last named mark", "Marks and trail"),
    Action("first_mark", ("[M",), "First named mark", "Marks and trail"),
    Action(
        "step_source",
        ("ss",),
        "Trail: the lines are its source",
        "Marks and trail",
        ("source",),
        help="Where the value comes in. The same keys again on the lines: a note on the step.",
    ),
    Action("step_pass", ("sp",), "Trail: the value passes through the lines", "Marks and trail", ("source",)),
    Action("step_sanitizer", ("sz",), "Trail: the lines sanitize the value", "Marks and trail", ("source",)),
    Action("step_sink", ("sk",), "Trail: the lines are its sink", "Marks and trail", ("source",)),
    Action("drop_step", ("sd",), "Trail: drop the step under the cursor", "Marks and trail", ("source",)),
    Action(
        "list_trail",
        ("sl",),
        "Trail: its steps, to replay, order, note and name",
        "Marks and trail",
        help="Other trails are reached from there.",
    ),
    Action(
        "hit_trail",
        ("st",),
        "Trail: take over the flow that the hit's tool found",
        "Marks and trail",
        help="The code flow of a SARIF or SonarQube result, or its related places.",
    ),
    Action("trail_finding", ("sf",), "Trail: write the finding, all steps are its places", "Marks and trail"),
    Action("next_step", ("]s",), "Next step of the trail", "Marks and trail"),
    Action("previous_step", ("[s",), "Step of the trail before", "Marks and trail"),
    Action("last_step", ("]S",), "Last step of the trail", "Marks and trail"),
    Action("first_step", ("[S",), "First step of the trail", "Marks and trail"),
)
