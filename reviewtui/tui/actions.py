"""The one registry of what can be done: keys, help screen, hints and palette are all made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from reviewtui.tui.keys import Keys, parse_keys, shown

LINES: Final = ("source", "tree", "hits", "findings", "checklist", "detail")
"""Every pane: all of them move by lines."""
LISTS: Final = ("tree", "hits", "findings", "checklist")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the user can do, by keys or by name."""

    name: str
    """Its name in the command line, with `_` for `-`; handled by a method `do_<name>`."""
    keys: tuple[str, ...]
    label: str
    """What it does, in a few words."""
    group: str
    contexts: tuple[str, ...] = ("global",)
    """The panes in which its keys count; `global`: everywhere."""
    help: str = ""
    """More words, where the label is not enough."""

    @property
    def shown_keys(self) -> str:
        """All its key sequences, for help and hints."""
        return "  ".join(shown(parse_keys(keys)) for keys in self.keys)


ACTIONS: Final[tuple[Action, ...]] = (
    # Moving by lines, in every pane
    Action("down", ("j", "<down>"), "Line down", "Move", LINES),
    Action("up", ("k", "<up>"), "Line up", "Move", LINES),
    Action("half_down", ("<ctrl+d>",), "Half a page down", "Move", LINES),
    Action("half_up", ("<ctrl+u>",), "Half a page up", "Move", LINES),
    Action("page_down", ("<ctrl+f>", "<pagedown>"), "Page down", "Move", LINES),
    Action("page_up", ("<ctrl+b>", "<pageup>"), "Page up", "Move", LINES),
    Action("top", ("gg", "<ctrl+home>"), "First line, or the line of the count", "Move", LINES),
    Action("bottom", ("G", "<ctrl+end>"), "Last line, or the line of the count", "Move", LINES),
    Action("list_top", ("<home>",), "First row", "Move", (*LISTS, "detail")),
    Action("list_bottom", ("<end>",), "Last row", "Move", (*LISTS, "detail")),
    Action("activate", ("<enter>",), "Open what is under the cursor", "Move", LINES),
    # Moving in the source
    Action("left", ("h", "<left>"), "Character left", "Source", ("source",)),
    Action("right", ("l", "<right>"), "Character right", "Source", ("source",)),
    Action("word_next", ("w",), "Next word", "Source", ("source",)),
    Action("word_back", ("b",), "Word back", "Source", ("source",)),
    Action("line_start", ("0", "<home>"), "Start of the line", "Source", ("source",)),
    Action("line_first", ("^",), "First letter of the line", "Source", ("source",)),
    Action("line_end", ("$", "<end>"), "End of the line", "Source", ("source",)),
    Action("screen_top", ("H",), "Top of the screen", "Source", ("source",)),
    Action("screen_middle", ("M",), "Middle of the screen", "Source", ("source",)),
    Action("screen_bottom", ("L",), "Bottom of the screen", "Source", ("source",)),
    Action("centre", ("zz",), "Scroll the cursor to the middle", "Source", ("source",)),
    Action("cursor_to_top", ("zt",), "Scroll the cursor to the top", "Source", ("source",)),
    Action("cursor_to_bottom", ("zb",), "Scroll the cursor to the bottom", "Source", ("source",)),
    Action("block_next", ("}",), "Next blank line", "Source", ("source",)),
    Action("block_back", ("{",), "Blank line before", "Source", ("source",)),
    Action("function_next", (")",), "Next function or class", "Source", ("source",)),
    Action("function_back", ("(",), "Function or class before", "Source", ("source",)),
    Action("matching_bracket", ("%",), "Matching bracket", "Source", ("source",)),
    Action("jump_back", ("<ctrl+o>",), "Back to where you were", "Source"),
    Action("jump_forward", ("g;",), "Forward again", "Source"),
    # Searching
    Action("search", ("/",), "Search in the file", "Search"),
    Action("search_next", ("n", "<f3>"), "Next match", "Search", ("source", "tree", "detail")),
    Action("search_back", ("N", "<shift+f3>"), "Match before", "Search", ("source", "tree", "detail")),
    Action("search_word", ("*",), "Search the word under the cursor", "Search", ("source",)),
    Action("find_file", ("f",), "Open a file by any part of its name", "Search"),
    # Pairs: the next or previous of its kind, across files
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
    # Deciding hits
    Action("confirm_hit", ("tc",), "Confirm: opens a finding", "Decide", help="The form is filled in from the hit."),
    Action("false_positive", ("tf",), "False positive", "Decide"),
    Action(
        "accept_risk", ("ta",), "Accept the risk", "Decide", help="Asks for an owner and the date of the next look."
    ),
    Action("out_of_scope", ("ts",), "Out of scope, or test code", "Decide"),
    Action("reopen_hit", ("to",), "Reopen: take the decision back", "Decide"),
    Action("repeat_verdict", ("t.",), "The last verdict again, with its reason", "Decide"),
    # Writing
    Action("select", ("V", "v"), "Select lines", "Write", ("source",)),
    Action("add_finding", ("a",), "Finding on the lines", "Write", ("source",)),
    Action("add_note", ("c",), "Note on the lines", "Write", ("source",)),
    Action("add_file_finding", ("A",), "Finding on the whole file", "Write", ("source", "tree")),
    Action("add_file_note", ("C",), "Note on the whole file", "Write", ("source", "tree")),
    Action("add_place", ("ga",), "Add the lines to a finding", "Write", ("source",)),
    Action("edit_finding", ("ge",), "Edit the finding under the cursor", "Write"),
    Action(
        "delete_finding", ("dd", "<delete>"), "Delete the finding under the cursor", "Write", ("source", "findings")
    ),
    Action("toggle_reviewed", ("<space>",), "Reviewed, or not: the selection or the file", "Write", ("source", "tree")),
    Action("undo", ("u",), "Undo", "Write"),
    Action("redo", ("<ctrl+r>",), "Redo", "Write"),
    # Checklist
    Action("answer_pass", ("x",), "Item passes", "Checklist", ("source", "checklist", "detail")),
    Action("answer_fail", ("X",), "Item fails: opens a finding", "Checklist", ("source", "checklist", "detail")),
    Action("answer_na", ("-",), "Item is not applicable", "Checklist", ("source", "checklist", "detail")),
    Action("add_evidence", (".",), "Keep the lines as evidence for the item", "Checklist", ("source",)),
    Action("next_item", ("]c",), "Next item without an answer", "Checklist"),
    Action("previous_item", ("[c",), "Item without an answer before", "Checklist"),
    # Panes and program
    Action("next_pane", ("<tab>",), "Next pane", "Program"),
    Action("previous_pane", ("<shift+tab>",), "Pane before", "Program"),
    Action("pane_tree", ("<ctrl+w>t",), "Files", "Program"),
    Action("pane_hits", ("<ctrl+w>b",), "Hits", "Program"),
    Action("pane_findings", ("<ctrl+w>n", "@"), "Findings", "Program"),
    Action("pane_checklist", ("<ctrl+w>x",), "Checklist", "Program"),
    Action("pane_source", ("<ctrl+w>s",), "Source", "Program"),
    Action("pane_detail", ("<ctrl+w>d",), "Detail", "Program"),
    Action("zoom", ("z.",), "Zoom the pane", "Program"),
    Action("fold_open", ("l", "<right>"), "Open the folder or section", "Program", ("tree", "checklist")),
    Action("fold_close", ("h", "<left>"), "Close the folder or section", "Program", ("tree", "checklist")),
    Action("yank", ("y",), "Copy path:line", "Program", ("source", "hits", "findings")),
    Action("scan", ("R",), "Scan again", "Program"),
    Action("commit", ("gC",), "Commit the findings file", "Program"),
    Action("theme", ("zl",), "Light or dark", "Program"),
    Action("command_line", (":",), "Command line: a line number or an action", "Program"),
    Action("palette", ("<ctrl+p>",), "Every action, by name", "Program"),
    Action("help", ("?", "<f1>"), "Help", "Program"),
    Action("cancel", ("<escape>", "<ctrl+c>"), "Cancel: keys, selection, search, scan", "Program"),
    Action("suspend", ("<ctrl+z>",), "To the shell (fg comes back)", "Program"),
    Action("quit", ("q", "ZZ", "<ctrl+q>"), "Close; then quit: all is saved", "Program"),
)

BY_NAME: Final[Mapping[str, Action]] = {action.name: action for action in ACTIONS}


@cache
def table(context: str) -> Mapping[Keys, str]:
    """Key sequence to action name, for one context."""
    return {parse_keys(keys): a.name for a in ACTIONS if context in a.contexts for keys in a.keys}


def key_of(name: str) -> str:
    """The first key of an action, as hints show it."""
    return shown(parse_keys(BY_NAME[name].keys[0]))
