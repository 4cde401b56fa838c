"""Where recorded places are now: looked up in the files as they are, as far as that can be done before the next key."""

from collections.abc import Callable, Sequence
from typing import Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.anchor import Located, PlaceState, locate
from reviewtui.model.place import Place, RepoPath
from reviewtui.text.source import SourceText

BUDGET: Final = 3_000_000
"""Characters that are read and looked through for one list, at most; what goes beyond is not looked up."""

LOST: Final = Located(None, PlaceState.LOST)


def whereabouts(places: Sequence[Place], text_of: Callable[[RepoPath], SourceText | None]) -> list[Located | None]:
    """Where each place is; None where it was not looked up.

    Args:
        places: recorded ones, of any files.
        text_of: the text of a file as it is; None where it would take too long to read, an error where it is gone.
    """
    texts: dict[RepoPath, SourceText | None] = {}
    gone: set[RepoPath] = set()
    spent = 0
    found: list[Located | None] = []
    for place in places:
        path = place.path
        if path not in texts and path not in gone:
            try:
                texts[path] = text_of(path) if spent < BUDGET else None
            except ReviewTuiError:
                gone.add(path)
        text = texts.get(path)
        if path in gone:
            found.append(LOST)
        elif text is None or spent >= BUDGET:
            found.append(None)
        else:
            if text.blob != place.anchor.blob:
                spent += sum(map(len, text.lines))
            found.append(locate(place, text.lines, text.blob))
    return found


def line_of(place: Place, where: Located | None) -> int:
    """The line to go to: where it is, else where it was."""
    span = where.span if where and where.span else place.span
    return span.start if span else 1


def said(where: Located | None) -> str:
    """What a reader has to know of a line that one goes to; empty where it is the one that was recorded."""
    if where is None:
        return "not looked up: the file is large"
    if where.state is PlaceState.LOST:
        return "lost: the text that stood here is gone"
    if where.state is PlaceState.MOVED:
        return "moved since"
    return "recorded without its text" if where.state is PlaceState.EDITED else ""
