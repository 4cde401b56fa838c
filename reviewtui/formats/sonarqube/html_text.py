"""The words of a description in HTML, as plain text; nothing of it is followed or loaded.

The standard library's reader takes minutes for texts that are made for it; here every character is looked at once.
"""

import html
import re
from typing import Final

_LONGEST: Final = 200_000
"""Characters of HTML that are looked at."""
_ROWS: Final = frozenset(("dd", "dt", "li", "tr"))
_BLOCKS: Final = _ROWS | {
    *("article", "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "section"),
    *("table", "ul"),
}
_SILENT: Final = frozenset(("script", "style", "template", "title"))
_MARK: Final = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9]*+)[^<>]*+>|(!--)|[!?])")
_HUGE: Final = re.compile(r"&#[xX]?0*+[0-9a-fA-F]{8,}+;?")
"""A number that is no character; Python does not even read one of thousands of digits."""
_SPACE: Final = re.compile(r"\s+")
_LINE_ENDS: Final = re.compile(r"(?<![ \t])[ \t]++\n")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def text_of_html(source: str) -> str:
    """What a reader would see of it."""
    if "<" not in source and "&" not in source:
        return source.strip()
    words = _Words()
    words.read(source[:_LONGEST])
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("\n", "".join(words.pieces))).strip()


class _Words:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._kept = 0
        """How many elements are open in which white space counts."""

    def read(self, source: str) -> None:
        lowered = source.lower()
        position = 0
        while mark := _MARK.search(source, position):
            self._add(source[position : mark.start()])
            position = mark.end()
            closing, name = mark[1], (mark[2] or "").lower()
            if not name:
                end = "-->" if mark[3] else ">"
            elif name in _SILENT and not closing:
                end = f"</{name}"
            else:
                self._element(name, is_closing=bool(closing))
                continue
            found = lowered.find(end, position)
            if found < 0:
                return  # as a browser does: what is not closed goes on to the end
            position = found + (0 if name else len(end))
        self._add(source[position:])

    def _element(self, name: str, *, is_closing: bool) -> None:
        if name == "pre":
            self._kept = max(0, self._kept + (-1 if is_closing else 1))
        if name in _ROWS and not is_closing:
            self.pieces.append("\n- " if name == "li" else "\n")
        elif name in _BLOCKS - _ROWS:
            self.pieces.append("\n\n")
        elif name == "br":
            self.pieces.append("\n")

    def _add(self, text: str) -> None:
        if "&" in text:
            text = html.unescape(_HUGE.sub("\ufffd", text))
        if not self._kept:
            text = _SPACE.sub(" ", text)
            if text.startswith(" ") and self.pieces and self.pieces[-1].endswith(("\n", "- ")):
                text = text[1:]
        if text:
            self.pieces.append(text)
