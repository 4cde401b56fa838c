"""Containers that draw nothing but their colour, and so draw it once."""

from textual.containers import Container, Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Still(Widget):
    """A widget whose own lines stay the same until its size or style changes: its children lie over them."""

    _lines: tuple[Region, list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """As Textual's, which would gather them anew for every paint of a child."""
        if self._lines is None or self._lines[0] != crop:
            self._lines = crop, super().render_lines(crop)
        return self._lines[1]

    def notify_style_update(self) -> None:
        """Colours changed."""
        self._lines = None
        super().notify_style_update()


class StillContainer(Container, Still):
    """A container."""


class StillHorizontal(Horizontal, Still):
    """Children side by side."""


class StillVertical(Vertical, Still):
    """Children one below the other."""
