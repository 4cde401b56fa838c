"""What the commands print: results on standard output, the rest on standard error, nothing that a terminal obeys."""

import sys
import time
from typing import Final

from reviewtui.text.safe import cell_width, safe

_PAUSE: Final = 0.1
"""Seconds between two drawings of the progress."""
_ERASE: Final = "\r\x1b[K"


def say(line: str = "") -> None:
    """One line of a result; whatever it holds, it stays one line."""
    sys.stdout.write(f"{safe(line)}\n")


def say_whole(text: str) -> None:
    """A finished document, in UTF-8 wherever it goes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def note(line: str) -> None:
    """One line for the person, not for the program that reads the result."""
    sys.stderr.write(f"{safe(line)}\n")


def complain(message: str) -> None:
    """An error; its own line breaks are kept, everything else in it is made harmless."""
    first, *rest = message.split("\n")
    for line in (f"reviewtui: {first}", *rest):
        note(line)


class Progress:
    """One line on standard error that is drawn over, and only where somebody watches."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._done = 0
        self._is_shown = sys.stderr.isatty()
        self._next = 0.0

    def step(self, about: str) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._is_shown and now >= self._next:
            self._next = now + _PAUSE
            sys.stderr.write(f"{_ERASE}{self._what} {self._done}/{self._total} {_cut(about, 50)}")
            sys.stderr.flush()

    def end(self) -> None:
        """Wipe the line away."""
        if self._is_shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()


class Doing:
    """What is being done, in one line on standard error that is drawn over, and only where somebody watches."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._is_shown = sys.stderr.isatty()

    def now(self, about: str) -> None:
        """What it is by now."""
        if self._is_shown:
            sys.stderr.write(f"{_ERASE}{self._what}: {_cut(about, 60)}")
            sys.stderr.flush()

    def end(self) -> None:
        """Wipe the line away."""
        if self._is_shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()


def _cut(text: str, cells: int) -> str:
    """The end of a text that has to fit."""
    shown = safe(text)
    while cell_width(shown) > cells:
        shown = safe(shown[1:])
    return str(shown)
