"""Searching."""

from typing import Final

from reviewtui.tui.actions.action import Action

SEARCHING: Final[tuple[Action, ...]] = (
    Action(
        "search",
        ("/",),
        "Search in the file",
        "Search",
        ("source", "tree", "findings", "checklist", "found", "detail"),
    ),
    Action("search_next", ("n", "<f3>"), "Next match", "Search", ("source", "tree", "detail")),
    Action("search_back", ("N", "<shift+f3>"), "Match before", "Search", ("source", "tree", "detail")),
    Action("search_word", ("*",), "Search the word under the cursor", "Search", ("source",)),
    Action("search_word_back", ("#",), "The same, backwards", "Search", ("source",)),
    Action(
        "find_in_repository",
        ("gs",),
        "Search in the repository",
        "Search",
        help="Text or expression, words, case; globs say in which files: *.py src/** !tests.",
    ),
    Action("pane_found", ("<ctrl+w>r",), "What the search found", "Search"),
    Action("earlier_search", ("g/",), "Back to an earlier search", "Search"),
    Action("search_again", ("r",), "Search again; what was looked at stays so", "Search", ("found",)),
    Action(
        "toggle_looked", ("<space>",), "Looked at, or not: the line, the file or the selection", "Search", ("found",)
    ),
    Action("select_results", ("V", "v"), "Select lines", "Search", ("found",)),
    Action("find_file", ("f",), "Open a file by any part of its name", "Search"),
    Action("recent_files", ("gh",), "Files that were read last, where they were left", "Search"),
    Action("outline", ("go",), "Outline of the file: functions and classes", "Search"),
)
