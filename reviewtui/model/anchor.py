"""Make a place from lines of a file, and find it again in other lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from reviewtui.model.place import ANCHOR_TEXT_LINES, CONTEXT_LINES, Anchor, LineSpan, Place, RepoPath

_TRIFLE: Final = 6
"""A line of so many letters and digits or fewer proves nothing."""


class PlaceState(StrEnum):
    """How sure a place is of its lines."""

    EXACT = "exact"
    MOVED = "moved"
    EDITED = "edited"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Located:
    """Where a recorded place is now."""

    span: LineSpan | None
    """None: the whole file, or lost."""
    state: PlaceState
    path: RepoPath | None = None
    """The file that it is in now, if that is another one than was recorded."""
    confidence: float = 1.0
    """How sure that is, 0 to 1."""
    reason: str = ""
    """What speaks for it, in a few words."""
    other: tuple[RepoPath, LineSpan] | None = None
    """A place that could be meant, where none is sure enough."""

    @property
    def is_lost(self) -> bool:
        """Whether nobody knows where it is."""
        return self.state is PlaceState.LOST

    def of(self, place: Place) -> Place:
        """The place where it is now, anchor untouched; where it was recorded, if it is lost."""
        return place if self.is_lost else replace(place, path=self.path or place.path, span=self.span)


def make_place(
    path: RepoPath,
    span: LineSpan | None,
    lines: Sequence[str],
    *,
    commit: str = "",
    blob: str = "",
    symbol: str = "",
    role: str = "",
    note: str = "",
) -> Place:
    """A place on `span` of `lines` (the file's own, without line ends) with its anchor filled in.

    A span that reaches past the end is cut to the file; one that starts past it becomes the last line.
    """
    if span is None or not lines:
        return Place(path, None, role, note, Anchor(commit, blob))
    start = min(span.start, len(lines))
    span = LineSpan(start, max(start, min(span.end, len(lines))))
    text = anchor_text(lines, span)
    return Place(
        path,
        span,
        role,
        note,
        Anchor(
            commit,
            blob,
            symbol,
            text,
            "\n".join(lines[max(0, span.start - 1 - CONTEXT_LINES) : span.start - 1]),
            "\n".join(lines[span.end : span.end + CONTEXT_LINES]),
            _starts(text, span.count, lines).index(span.start),
        ),
    )


def anchor_text(lines: Sequence[str], span: LineSpan) -> str:
    """The text that an anchor keeps of `span`: all of it, or of a long one the first and last lines."""
    if span.count <= ANCHOR_TEXT_LINES:
        return "\n".join(lines[span.start - 1 : span.end])
    half = ANCHOR_TEXT_LINES // 2
    return "\n".join([*lines[span.start - 1 : span.start - 1 + half], *lines[span.end - half : span.end]])


def locate(place: Place, lines: Sequence[str], blob: str = "") -> Located:
    """Where `place` is in `lines`, the present text of its file: better lost than wrong.

    The same blob, or the same text once in the file and on the same lines, is exact. Text that stands elsewhere has
    moved if it is the only such text, and several lines or in company of a line that it stood near before; of several
    such texts, if exactly one has the very same lines around it. A place that was recorded without text or blob, by
    hand perhaps, is shown on its lines as edited. Anything else is lost.
    """
    if place.span is None:
        return Located(None, PlaceState.EXACT)
    anchor, span = place.anchor, place.span
    if blob and blob == anchor.blob and span.end <= len(lines):
        return Located(span, PlaceState.EXACT)
    if not anchor.text.strip():
        if not anchor.text and not anchor.blob and span.end <= len(lines):
            return Located(span, PlaceState.EDITED)
        return Located(None, PlaceState.LOST)
    starts = _starts(anchor.text, span.count, lines)
    if len(starts) != 1:
        starts = [start for start in starts if _context_matches(anchor, lines, start, span.count)]
    elif starts[0] != span.start and not _came_along(anchor, lines, starts[0], span.count):
        starts = []
    if len(starts) != 1:
        return Located(None, PlaceState.LOST)
    start = starts[0]
    if start == span.start:
        return Located(span, PlaceState.EXACT)
    return Located(LineSpan(start, start + span.count - 1), PlaceState.MOVED)


def _came_along(anchor: Anchor, lines: Sequence[str], start: int, count: int) -> bool:
    """Whether the only such text is the recorded one, and not the twin of one that was deleted."""
    if len(_weighty(anchor.text.split("\n"))) > 1:
        return True
    around = _weighty([*anchor.before.split("\n"), *anchor.after.split("\n")])
    reach = 2 * CONTEXT_LINES
    near = _weighty(
        [*lines[max(0, start - 1 - reach) : start - 1], *lines[start - 1 + count : start - 1 + count + reach]]
    )
    return not around or not around.isdisjoint(near)


def _weighty(lines: Iterable[str]) -> set[str]:
    """The lines, stripped, that say more than `else:` or a bracket does."""
    return {line.strip() for line in lines if sum(map(str.isalnum, line)) > _TRIFLE}


def _context_matches(anchor: Anchor, lines: Sequence[str], start: int, count: int) -> bool:
    before = "\n".join(lines[max(0, start - 1 - CONTEXT_LINES) : start - 1])
    after = "\n".join(lines[start - 1 + count : start - 1 + count + CONTEXT_LINES])
    return before == anchor.before and after == anchor.after


def _starts(text: str, count: int, lines: Sequence[str]) -> list[int]:
    """The lines (1-based) on which a span of `count` lines with this anchor text starts."""
    first = text.split("\n", 1)[0]
    return [
        row + 1
        for row, line in enumerate(lines)
        if line == first and row + count <= len(lines) and anchor_text(lines, LineSpan(row + 1, row + count)) == text
    ]
