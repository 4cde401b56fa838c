"""Panes, and the program as a whole."""

from typing import Final

from reviewtui.tui.actions.action import LISTS, Action

PROGRAM: Final[tuple[Action, ...]] = (
    Action("next_pane", ("<tab>",), "Next pane", "Program"),
    Action("previous_pane", ("<shift+tab>",), "Pane before", "Program"),
    Action("pane_tree", ("<ctrl+w>t",), "Files", "Program"),
    Action("pane_hits", ("<ctrl+w>b",), "Hits", "Program"),
    Action("pane_findings", ("<ctrl+w>n", "@"), "Findings", "Program"),
    Action("pane_checklist", ("<ctrl+w>x",), "Checklist", "Program"),
    Action("pane_source", ("<ctrl+w>s",), "Source", "Program"),
    Action("pane_detail", ("<ctrl+w>d",), "Detail", "Program"),
    Action("split", ("<ctrl+w>v",), "Split the source: a second view", "Program"),
    Action("other_view", ("<ctrl+w>w", "<ctrl+w><ctrl+w>"), "The other view of a split source", "Program"),
    Action("only_view", ("<ctrl+w>o",), "This view alone", "Program"),
    Action("zoom", ("z.",), "Zoom the pane", "Program"),
    Action(
        "fold_open", ("l", "<right>"), "Open the folder, section or group", "Program", ("tree", "hits", "checklist")
    ),
    Action(
        "fold_close", ("h", "<left>"), "Close the folder, section or group", "Program", ("tree", "hits", "checklist")
    ),
    Action("yank", ("y",), "Copy path:line", "Program", ("source", *LISTS), help="Of a selection path:from-to."),
    Action(
        "permalink",
        ("gy",),
        "Copy a permanent link to the lines",
        "Program",
        ("source", "tree", "hits", "findings", "found"),
        help="GitHub, GitLab, Bitbucket, Gitea, Forgejo, sourcehut, Azure DevOps; says when others cannot see it yet.",
    ),
    Action("copy_text", ("Y",), "Copy the selected text, or the line", "Program", ("source",)),
    Action(
        "edit_file",
        ("e",),
        "Open the file in your editor, at the line",
        "Program",
        ("source", "tree", "hits", "findings", "found"),
        help="$VISUAL or $EDITOR.",
    ),
    Action("scan", ("R",), "Scan again", "Program"),
    Action(
        "import_report",
        ("gI",),
        "Import the report of another tool",
        "Program",
        help="SARIF, SonarQube, Bandit, pip-audit, osv-scanner: its hits stand with the others.",
    ),
    Action(
        "list_packages",
        ("gP",),
        "Packages, and what is known against them",
        "Program",
        help="Of requirement and lock files; by the databases that you have, without a network.",
    ),
    Action("list_imports", ("gR",), "Imported reports", "Program"),
    Action("commit", ("gC",), "Commit the findings file", "Program"),
    Action("theme", ("zl",), "Light or dark", "Program"),
    Action("command_line", (":",), "Command line: a line number or an action", "Program"),
    Action("palette", ("<ctrl+p>",), "Every action, by name", "Program"),
    Action("help", ("?", "<f1>"), "Help", "Program"),
    Action("cancel", ("<escape>", "<ctrl+c>"), "Cancel: keys, selection, search, scan", "Program"),
    Action("suspend", ("<ctrl+z>",), "To the shell (fg comes back)", "Program"),
    Action("quit", ("q", "ZZ", "<ctrl+q>"), "Close; then quit: all is saved", "Program"),
)
