"""Searching."""

from typing import Final

from reviewtui.tui.actions.action import Action

SEARCHING: Final[tuple[Action, ...]] = (
    Action("search", ("/",), "Search in the file", "Search"),
    Action("search_next", ("n", "<f3>"), "Next match", "Search", ("source", "tree", "detail")),
    Action("search_back", ("N", "<shift+f3>"), "Match before", "Search", ("source", "tree", "detail")),
    Action("search_word", ("*",), "Search the word under the cursor", "Search", ("source",)),
    Action("find_file", ("f",), "Open a file by any part of its name", "Search"),
)
