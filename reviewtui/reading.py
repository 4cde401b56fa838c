"""The logbook of a reader: what they collect and where they are, kept for the next time outside of the repository."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Final

from reviewtui.errors import StoreError
from reviewtui.model.place import Place
from reviewtui.model.reading import Reading, brought_together
from reviewtui.resources import user_folder
from reviewtui.store.reading import ReadingFile

LONGEST_ANCHOR: Final = 20_000
"""Characters; of a longer place (a minified line) only where it was is kept, not what it said."""
_UNDO: Final = 50


class Logbook:
    """The present `Reading`, and the way from a change to the disk.

    A change of trails or marks is on disk when `change` returns; of where the cursor is, when `keep` is called. It is
    safe to call `keep` in a thread.
    """

    def __init__(self, file: ReadingFile) -> None:
        self._file = file
        self._lock = Lock()
        self._done: list[tuple[str, Reading, Reading]] = []
        """Label, before, after."""
        self.reading = Reading()
        """As it is now, kept or not."""
        self._kept = self.reading
        self.is_read = False
        """Whether what is on disk was looked at; until then nothing is written."""
        self.problem = ""
        """Why something could not be read or written; empty while all is well."""

    @property
    def is_kept(self) -> bool:
        """Whether every trail and mark is on disk."""
        now, kept = self.reading, self._kept
        return (now.trails, now.marks) == (kept.trails, kept.marks)

    def read(self) -> Reading:
        """Read what was kept; what cannot be used is moved aside, and `problem` says so."""
        with self._lock:
            try:
                self._kept, self.problem = self._file.load()
            except StoreError as error:
                self.problem = f"What you collect cannot be kept: {error}"
            # Whatever was collected while the disk was slow comes along.
            self.reading = self._with(brought_together(Reading(), self.reading, self._kept), self._kept)
            self.is_read = True
        return self.reading

    @staticmethod
    def _with(collected: Reading, rest: Reading) -> Reading:
        """`rest` with other trails and marks."""
        trail = collected.trail or rest.trail
        return replace(rest, trails=collected.trails, trail=trail, marks=collected.marks)

    def change(self, label: str, transition: Callable[[Reading], Reading]) -> bool:
        """Change trails or marks and save; whether it is on disk.

        Raises:
            InvalidReviewError: the transition refused; nothing changed.
        """
        new = transition(self.reading)
        if new == self.reading:
            return self.is_kept
        self._done = [*self._done[-_UNDO + 1 :], (label, self.reading, new)]
        self.reading = new
        return self.keep()

    def undo(self) -> str:
        """Take back the last change of trails and marks, nothing that others did; its label, empty without one."""
        if not self._done:
            return ""
        label, before, after = self._done.pop()
        self.reading = self._with(brought_together(after, before, self.reading), self.reading)
        self.keep()
        return label

    def note(self, transition: Callable[[Reading], Reading]) -> None:
        """Change where the reader is; saved with the next `keep`."""
        self.reading = transition(self.reading)

    def keep(self) -> bool:
        """Save all that is not on disk; whether it is there now."""
        with self._lock:
            if not self.is_read:
                return False
            written = self.reading
            if written == self._kept and not self.problem:
                return True
            try:
                kept = self._file.update(written)
            except StoreError as error:
                self.problem = str(error)
                return False
            # The screen's thread may have gone on meanwhile.
            if self.reading is written:
                self.reading = kept
            elif kept is not written:
                self.reading = brought_together(written, self.reading, kept)
            self._kept, self.problem = kept, ""
            return True


def open_logbook(root: Path) -> Logbook:
    """The logbook of the repository at `root` (without links), not read yet."""
    return Logbook(ReadingFile(state_home(), state_name(root), root))


def state_name(root: Path) -> str:
    """What the folder is called in which all that is remembered of the repository at `root` lies together."""
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:20]


def state_home() -> Path:
    """Where this user's programs keep what they remember, as the XDG base directories say."""
    return user_folder("XDG_STATE_HOME", ".local/state")


def slim(place: Place) -> Place:
    """The place without texts that no file of ours should hold."""
    anchor = place.anchor
    if len(anchor.text) + len(anchor.before) + len(anchor.after) <= LONGEST_ANCHOR:
        return place
    if len(anchor.text) <= LONGEST_ANCHOR:
        return replace(place, anchor=replace(anchor, before="", after=""))
    return replace(place, anchor=replace(anchor, text="", before="", after="", occurrence=0))
