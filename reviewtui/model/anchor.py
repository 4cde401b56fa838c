"""Make a place from lines of a file, and find it again in other lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtui.model.place import ANCHOR_TEXT_LINES, CONTEXT_LINES, Anchor, LineSpan, Place, RepoPath


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

    Same blob or same text on the same lines is exact; the text elsewhere is moved when it stands there once, or as
    often as before the change would say; anything else is lost.
    """
    if place.span is None:
        return Located(None, PlaceState.EXACT)
    anchor, span = place.anchor, place.span
    if blob and blob == anchor.blob and span.end <= len(lines):
        return Located(span, PlaceState.EXACT)
    if not anchor.text.strip():
        return Located(None, PlaceState.LOST)
    starts = _starts(anchor.text, span.count, lines)
    if len(starts) == 1:
        start = starts[0]
    else:
        inside = [s for s in starts if _context_matches(anchor, lines, s, span.count)]
        if len(inside) != 1:
            return Located(None, PlaceState.LOST)
        start = inside[0]
    if start == span.start:
        return Located(span, PlaceState.EXACT)
    return Located(LineSpan(start, start + span.count - 1), PlaceState.MOVED)


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
