"""Hits from elsewhere than our scan, taken onto the desk and shown wherever hits are shown."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewtui.model.hit import BlindSpot, Hit

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen


def take_layer(
    screen: "ReviewScreen", name: str, hits: Iterable[Hit], tools: Iterable[str], blind: Iterable[BlindSpot] = ()
) -> None:
    """Put these in the place of what was there under this name; as `Desk.set_layer`."""
    screen.desk.set_layer(name, hits, tools, blind)
    screen.carrying.look()
    screen.hits_pane.update_rows()
    screen.tree_pane.redraw()
    screen.refresh_marks()
    screen.panes.show_headers()
