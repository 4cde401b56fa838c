"""The text of a message: by itself or by its id, arguments filled in, links in it as plain words."""

import re
from collections.abc import Iterable
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record

MESSAGE_LENGTH: Final = 4_000
EXPLANATION_LENGTH: Final = 12_000

_PLACEHOLDER: Final = re.compile(r"\{(\d{1,4})\}|\{\{|\}\}")
_LINK: Final = re.compile(r"(\\?)\[((?:\\.|[^\[\]\\])*)\]((?:\((?:[^()\s\\]|\\.)*\),?)+)", re.DOTALL)
_PLACE_LINK: Final = re.compile(r"(?:\(\d+\),?)+")
_ESCAPED: Final = re.compile(r"\\([\[\]\\])")
_BREAK: Final = re.compile(r"\s*[\r\n]+\s*")


def message_text(message: Record, tables: Iterable[Record] = ()) -> str:
    """The message in one line, without its links; empty where it has none.

    Args:
        tables: where the text is looked up that a message only names by its id, the closest first.
    """
    return shortened(_BREAK.sub(" ", full_text(message, tables)).strip(), MESSAGE_LENGTH)


def full_text(message: Record, tables: Iterable[Record] = ()) -> str:
    """The message as it is written, lines and all, without its links."""
    text = message.text("text")
    if not text and (key := message.text("id")):
        text = next((found for table in tables if (found := _text_of(table.record(key)))), "")
    text = text or message.text("markdown")
    arguments = message.texts("arguments") if "arguments" in message else []
    return without_links(_filled(text, arguments) if arguments else text)


def plain(multiformat: Record, *, length: int = EXPLANATION_LENGTH) -> str:
    """A text that stands for itself, of a rule: plain where it has that, else as Markdown."""
    return shortened(_text_of(multiformat).strip(), length)


def without_links(text: str) -> str:
    """The text with `[words](1)` as `words`; what leads to an address stays as it is."""
    return _LINK.sub(_words, text) if "](" in text else text


def as_plain(text: str) -> str:
    """The text so that nobody takes a part of it for a link."""
    return _LINK.sub(lambda link: f"\\{link[0]}", text) if "](" in text else text


def _words(link: re.Match[str]) -> str:
    if link[1]:
        return link[0][1:]
    target = link[3]
    return _ESCAPED.sub(r"\1", link[2]) + ("" if not target.endswith(",") else ",") if _is_place(target) else link[0]


def _is_place(target: str) -> bool:
    return bool(_PLACE_LINK.fullmatch(target))


def _text_of(multiformat: Record) -> str:
    text = multiformat.text("text")
    return text if text.strip() else multiformat.text("markdown")


def _filled(text: str, arguments: list[str]) -> str:
    """`{0}` as the first argument and so on; a doubled brace is one."""

    def value(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0][0]
        number = int(found[1])
        return arguments[number] if number < len(arguments) else found[0]

    return _PLACEHOLDER.sub(value, text)
