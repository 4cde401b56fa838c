"""Rows of coloured runs: what lists, the tree and the detail pane are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style

from reviewtui.model.risk import Severity
from reviewtui.text.safe import SafeText, cell_width
from reviewtui.tui.widgets.line_view import LineView

Run: TypeAlias = tuple[SafeText, str]
"""Text and the last part of a `line-view--` component class; empty: as the row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Runs from the left, and runs that keep to the right edge."""

    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()


class RowsView(LineView):
    """A pane whose rows are made when they are drawn."""

    def row_at(self, row: int) -> Row:
        """The runs of one row."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int, base: Style) -> list[Segment]:
        """The row's runs, the left ones cut where the right ones begin."""
        runs = self.row_at(row)
        right = list(runs.right)
        room = width - sum(cell_width(text) for text, _ in right)
        left = list(clipped(runs.left, max(room - 1, 0) if right else room))
        gap = room - sum(cell_width(text) for text, _ in left)
        segments = [Segment(text, self._style(name, base)) for text, name in left]
        if right and gap >= 0:
            segments.append(Segment(" " * gap, base))
            segments += [Segment(text, self._style(name, base)) for text, name in right]
        return segments

    def _style(self, name: str, base: Style) -> Style:
        return base + self.look(f"line-view--{name}") if name else base


def clipped(runs: Iterable[Run], width: int) -> Iterable[Run]:
    """The runs cut to `width` cells, with an ellipsis where something is missing."""
    for text, name in runs:
        cells = cell_width(text)
        if cells <= width:
            yield text, name
            width -= cells
            continue
        if width > 0:
            yield SafeText(cut(text, width - 1) + "…"), name
        return


def cut(text: SafeText, width: int) -> str:
    """The longest start of `text` that is at most `width` cells wide."""
    if text.isascii():
        return text[:width]
    end, used = 0, 0
    for end, character in enumerate(text):
        used += cell_width(SafeText(character))
        if used > width:
            return text[:end]
    return text[: end + 1]


def tail(text: SafeText, width: int) -> int:
    """From which character on the text fits `width` cells; 0 when all of it does."""
    if cell_width(text) <= width:
        return 0
    room = width
    for index in range(len(text) - 1, -1, -1):
        room -= cell_width(SafeText(text[index]))
        if room < 0:
            return index + 1
    return 0


def wrapped(runs: Sequence[Run], width: int, indent: int = 0) -> list[tuple[Run, ...]]:
    """The runs as rows of at most `width` cells, broken at spaces; further rows begin with `indent` spaces."""
    rows: list[tuple[Run, ...]] = []
    row: list[Run] = []
    used = 0
    for text, name in runs:
        for word in _words(text):
            cells = cell_width(SafeText(word))
            if used and used + len(word.rstrip()) > width:
                rows.append(tuple(row))
                row, used = ([(SafeText(" " * indent), "")] if indent else []), indent
                word = word.lstrip()
                cells = cell_width(SafeText(word))
            if used + cells > width and used + cell_width(SafeText(word.rstrip())) <= width:
                # Only the blanks behind it have no room: the row is full all the same.
                row.append((SafeText(word.rstrip()), name))
                used = width
                continue
            while cells > max(1, width - used):
                part = cut(SafeText(word), max(1, width - used)) or word[:1]
                row.append((SafeText(part), name))
                rows.append(tuple(row))
                word = word[len(part) :]
                row, used = ([(SafeText(" " * indent), "")] if indent else []), indent
                cells = cell_width(SafeText(word))
            if word:
                row.append((SafeText(word), name))
                used += cells
    rows.append(tuple(row))
    return rows


def _words(text: str) -> Iterable[str]:
    """The words of a text, each with the spaces after it."""
    word = ""
    for character in text:
        if word.endswith(" ") and character != " ":
            yield word
            word = ""
        word += character
    if word:
        yield word


def severity_run(severity: Severity | None) -> Run:
    """The letter of a severity in its colour."""
    return (SafeText(severity.letter), severity.value) if severity else (SafeText("·"), "muted")
