"""The way from lines to the screen without what Textual works out anew for each paint of any widget on it.

Whenever one widget changes, Textual asks all that lie near for their lines. Here a widget that has not changed answers
with the list that it gave last, and styles are looked up once between two changes of style.
"""

from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


def fitted(segments: list[Segment], width: int, base: Style) -> list[Segment]:
    """The segments, cut or filled up with blanks to `width` cells."""
    used = sum(len(segment.text) if segment.text.isascii() else segment.cell_length for segment in segments)
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    return segments if used <= width else list(Strip(segments, used).crop(0, width))


class QuickPaint(Widget):
    """A widget that draws its lines itself, in `render_line`; what they show changes only with a `refresh`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id, classes=classes)
        self._painted: tuple[Region, list[Strip]] | None = None
        """What was painted last, unless something has changed."""
        self._looks: dict[str, Style] = {}
        self._base: Style | None = None
        self._painting_size: Size | None = None
        """Its size, while it is painting."""
        self._is_plain: bool | None = None
        """Whether Textual's styles add nothing to the lines; None: not known."""

    def look(self, name: str) -> Style:
        """The style of a component class, without a background of its own where it names none."""
        style = self._looks.get(name)
        if style is None:
            style = self._looks[name] = self.get_component_rich_style(name, partial=True)
        return style

    @property
    def size(self) -> Size:
        """As Textual's."""
        return self._painting_size or super().size

    @property
    def rich_style(self) -> Style:
        """As Textual's."""
        if self._base is None:
            self._base = super().rich_style
        return self._base

    def notify_style_update(self) -> None:
        """Colours changed."""
        self._looks.clear()
        self._base = self._is_plain = self._painted = None
        super().notify_style_update()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As Textual's: there is something else to be painted."""
        self._painted = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget."""
        if self._painted is not None and self._painted[0] == crop:
            return self._painted[1]
        size = self._painting_size = super().size
        try:
            if self._is_plain is None:
                self._is_plain = self._adds_nothing()
            if not self._is_plain or crop.column_span != (0, size.width):
                return super().render_lines(crop)
            lines = [self.render_line(y) for y in crop.line_range]
        finally:
            self._painting_size = None
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            lines = [line.apply_filter(line_filter, background) for line in lines]
        self._painted = crop, lines
        return lines

    def _adds_nothing(self) -> bool:
        """Whether there is no border, padding, or tint to be drawn around or over the lines."""
        styles = self.styles
        return (
            not any(styles.gutter)
            and self.opacity == styles.text_opacity == 1.0
            and not styles.tint.a
            and not any(edge for edge, _ in styles.outline)
            and not styles.has_rule("hatch")
        )
