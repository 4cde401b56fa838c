"""Moving in the source."""

from typing import Final

from reviewtui.tui.actions.action import Action

SOURCE: Final[tuple[Action, ...]] = (
    Action("left", ("h", "<left>"), "Character left", "Source", ("source",)),
    Action("right", ("l", "<right>"), "Character right", "Source", ("source",)),
    Action("word_next", ("w", "<ctrl+right>"), "Next word", "Source", ("source",)),
    Action("word_back", ("b", "<ctrl+left>"), "Word back", "Source", ("source",)),
    Action("line_start", ("0", "<home>"), "Start of the line", "Source", ("source",)),
    Action("line_first", ("^",), "First letter of the line", "Source", ("source",)),
    Action("line_end", ("$", "<end>"), "End of the line", "Source", ("source",)),
    Action("screen_top", ("H",), "Top of the screen", "Source", ("source",)),
    Action("screen_middle", ("M",), "Middle of the screen", "Source", ("source",)),
    Action("screen_bottom", ("L",), "Bottom of the screen", "Source", ("source",)),
    Action("centre", ("zz",), "Scroll the cursor to the middle", "Source", ("source",)),
    Action("cursor_to_top", ("zt",), "Scroll the cursor to the top", "Source", ("source",)),
    Action("cursor_to_bottom", ("zb",), "Scroll the cursor to the bottom", "Source", ("source",)),
    Action("toggle_wrap", ("zw",), "Wrap long lines, or not", "Source", ("source",)),
    Action("toggle_fold", ("za",), "Fold the function or block, or open it", "Source", ("source",)),
    Action("open_fold", ("zo",), "Open the fold", "Source", ("source",)),
    Action("close_fold", ("zc",), "Fold the function or block; again: the one around", "Source", ("source",)),
    Action("close_folds", ("zM",), "Fold all functions, or groups", "Source", ("source", "hits")),
    Action("open_folds", ("zR",), "Open all folds", "Source", ("source", "hits")),
    Action("toggle_guides", ("zi",), "Shades under the indentation, or none", "Source", ("source",)),
    Action("block_next", ("}",), "Next blank line", "Source", ("source",)),
    Action("block_back", ("{",), "Blank line before", "Source", ("source",)),
    Action("function_next", (")",), "Next function or class", "Source", ("source",)),
    Action("function_back", ("(",), "Function or class before", "Source", ("source",)),
    Action("matching_bracket", ("%",), "Matching bracket", "Source", ("source",)),
    Action("jump_back", ("<ctrl+o>", "<alt+left>"), "Back to where you were", "Source"),
    Action("jump_forward", ("g;", "<alt+right>"), "Forward again", "Source"),
)
