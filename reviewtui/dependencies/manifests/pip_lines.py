"""A requirements file as lines that pip sees: decoded, joined, without comments, each with the lines it takes up."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.model.place import LineSpan
from reviewtui.text.source import leaves_ascii_alone

# The longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODING: Final = re.compile(rb"coding[:=]\s*+([-\w.]+)")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_COMMENT_LINE: Final = re.compile(r"\s*+#")


@dataclass(frozen=True, slots=True)
class PipLine:
    """What pip reads as one line."""

    text: str
    """Without comment and white space around it; never empty."""
    span: LineSpan
    """The lines of the file that it is written on."""


def decoded(data: bytes) -> tuple[str, str]:
    """The text and what is wrong with its encoding; a byte that is no text becomes a lone surrogate."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(codec, "surrogateescape" if codec == "utf-8" else "replace")
            return text, ""
    for line in data.split(b"\n", 2)[:2]:
        if line.startswith(b"#") and (found := _CODING.search(line)):
            return _in_codec(data, found[1].decode("ascii", "replace"))
    return data.decode("utf-8", "surrogateescape"), ""


def pip_lines(text: str) -> Iterator[PipLine]:
    """The lines of a requirements file, those joined that a backslash joins, without comments and empty ones."""
    parts: list[str] = []
    start = number = 1
    for number, line in _numbered(text):
        is_comment = bool(_COMMENT_LINE.match(line))
        if not parts:
            start = number
        if line.endswith("\\") and not is_comment:
            parts.append(line.strip("\\"))
            continue
        # A comment ends a line that goes on, and the blank keeps it apart from what it ends.
        parts.append(f" {line}" if is_comment else line)
        yield from _whole(parts, start, number)
        parts = []
    yield from _whole(parts, start, number)


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    """pip's lines with the number of the line that an editor shows: pip ends one at a form feed, too."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        for part in f"{line}\n".splitlines():
            yield number, part


def _whole(parts: list[str], start: int, end: int) -> Iterator[PipLine]:
    if text := _without_comment("".join(parts)).strip():
        yield PipLine(text, LineSpan(start, end))


def _without_comment(text: str) -> str:
    at = text.find("#")
    while at > 0 and not text[at - 1].isspace():
        at = text.find("#", at + 1)
    return text if at < 0 else text[:at]


def _in_codec(data: bytes, name: str) -> tuple[str, str]:
    try:
        codec = codecs.lookup(name).name
        if codec in ("punycode", "idna"):
            raise LookupError(codec)
        text = data.decode(codec)
    except (LookupError, ValueError, Warning):
        return data.decode("utf-8", "surrogateescape"), f"its coding line names {name[:40]}, which cannot read it"
    if codec not in ("utf-8", "utf-8-sig") and not leaves_ascii_alone(codec):
        return text, f"its coding line names {name[:40]}, in which plain bytes mean other characters: pip reads those"
    return text, ""
