"""Moving by lines, in every pane."""

from typing import Final

from reviewtui.tui.actions.action import LINES, LISTS, Action

MOVING: Final[tuple[Action, ...]] = (
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
)
