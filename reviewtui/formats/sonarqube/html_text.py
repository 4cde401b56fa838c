"""The words of a description in HTML, as plain text; nothing of it is followed or loaded."""

import re
from html.parser import HTMLParser
from typing import Final

_LONGEST: Final = 200_000
"""Characters of HTML that are looked at."""
_ROWS: Final = frozenset(("dd", "dt", "li", "tr"))
_BLOCKS: Final = _ROWS | {
    *("article", "blockquote", "div", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "section"),
    *("table", "ul"),
}
_SILENT: Final = frozenset(("script", "style", "template", "title"))
_LINE_ENDS: Final = re.compile(r"[ \t]+\n")
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def text_of_html(html: str) -> str:
    """What a reader would see of it."""
    if "<" not in html and "&" not in html:
        return html.strip()
    reader = _Words()
    reader.feed(html[:_LONGEST])
    reader.close()
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("\n", "".join(reader.pieces))).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._kept = 0
        """How many elements are open in which white space counts."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        self._kept += tag == "pre"
        if tag in _BLOCKS:
            self.pieces.append("\n" if tag in _ROWS else "\n\n")
            if tag == "li":
                self.pieces.append("- ")
        elif tag == "br":
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._kept -= tag == "pre" and self._kept > 0
        if tag in _BLOCKS - _ROWS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._kept:
            self.pieces.append(data)
            return
        words = re.sub(r"\s+", " ", data)
        if words.startswith(" ") and self.pieces and self.pieces[-1].endswith(("\n", "- ")):
            words = words[1:]
        self.pieces.append(words)
