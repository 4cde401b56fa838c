"""The word under the cursor: a moment after the cursor has come to rest, its other places stand out."""

import keyword
from collections.abc import Iterator
from typing import Final

from reviewtui.text.search import word_at
from reviewtui.tui.widgets.source_view.shape import ShapedText

_SECONDS: Final = 0.15
"""So long the cursor rests before anything is drawn again for it: a key that is held costs nothing."""
_LONGEST: Final = 2000
"""In longer lines (characters) no word stands out."""


class RestingWord(ShapedText):
    """A text whose other places of the word under the cursor are known."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.word = ""
        """The word under the cursor, once that rests there."""
        self._rests_at: tuple[int, int] | None = None
        self._waits = False

    def places_of_word(self, line: str) -> Iterator[tuple[int, int]]:
        """The columns of the word in a line."""
        if self.word and len(line) <= _LONGEST and self.word in line:
            yield from _whole_words(line, self.word)

    def go(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on a row; a little later its word stands out."""
        super().go(row, centre=centre)
        self._rest()

    def go_to(self, row: int, column: int, *, centre: bool = False) -> None:
        """Put the cursor on a character; a little later its word stands out."""
        super().go_to(row, column, centre=centre)
        self._rest()

    def _rest(self) -> None:
        if not self._waits and self.is_running:
            self._waits = True
            self._rests_at = None
            self.set_timer(_SECONDS, self._rested)

    def _rested(self) -> None:
        here = (self.cursor, self.cursor_column)
        self._waits = False
        if self._rests_at != here:
            self._waits = True
            self._rests_at = here
            self.set_timer(_SECONDS, self._rested)
            return
        text = self.line_text
        found = word_at(text, here[1]) if len(text) <= _LONGEST else None
        word = text[slice(*found)] if found and found[0] <= here[1] else ""
        if len(word) < 2 or keyword.iskeyword(word) or word.isdecimal():
            word = ""
        if word != self.word:
            self.word = word
            self.redraw()


def _whole_words(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands as a whole."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() or before == "_" or after.isalnum() or after == "_"):
            yield start, end
        start = text.find(word, end)
