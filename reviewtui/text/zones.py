"""What a character is part of: code, a string, a comment or running text; roughly, for any language."""

import io
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final


class Zone(StrEnum):
    """What a compiler makes of a character."""

    CODE = "code"
    STRING = "string"
    COMMENT = "comment"
    TEXT = "text"
    """Nothing: people read it."""
    WORDS = "words"
    """Words of a language in a file that holds translations or data of it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PYTHON: Final = frozenset({"py", "pyw", "pyi"})
_TEXT: Final = _words(
    "md markdown mdown rst txt text adoc asciidoc org tex bib csv tsv log srt vtt sub svg eml"
    " mbox man roff pod texi wiki"
    " news changes authors license copying readme changelog contributors history thanks"
)
_WORDS: Final = _words("po pot xlf xliff ftl arb strings resx ts_ qm mo lang properties stringsdict rtf cldr")
_WORD_FOLDERS: Final = _words(
    "locale locales locale-data i18n l10n translations translation intl lang langs languages lc_messages cldr nls"
)
_HASH: Final = _words("sh bash zsh fish rb pl pm r yml yaml toml ini cfg conf mk cmake tcl ps1 dockerfile makefile")
_DASHES: Final = _words("sql lua hs elm adb ads vhd")
_SEMICOLON: Final = _words("el lisp clj cljs scm asm s rkt")
_MARKUP: Final = _words("html htm xhtml xml vue svelte jinja jinja2 j2 djhtml hbs mustache jsp aspx erb tmpl")
_DATA: Final = _words("json json5 jsonl yml yaml toml ini cfg conf ipynb webmanifest")
_C_LIKE: Final = _words(
    "js mjs cjs jsx ts tsx c h cc cpp hpp cs java kt go rs php phtml swift scala groovy gradle dart css scss less m mm"
)
_SOURCES: Final = _PYTHON | _HASH | _DASHES | _SEMICOLON | _MARKUP | _DATA | _C_LIKE

_STRINGS: Final = r"\"(?:\\.|[^\"\\\n])*+\"?|'(?:\\.|[^'\\\n])*+'?"
_C: Final = re.compile(rf"(?P<c>//[^\n]*+|/\*(?:(?!\*/).)*+(?:\*/)?)|(?P<s>{_STRINGS}|`(?:\\.|[^`\\])*+`?)", re.DOTALL)
_HASHED: Final = re.compile(rf"(?P<c>#[^\n]*+)|(?P<s>\"\"\"(?:(?!\"\"\").)*+(?:\"\"\")?|{_STRINGS})", re.DOTALL)
_DASHED: Final = re.compile(rf"(?P<c>--[^\n]*+|/\*(?:(?!\*/).)*+(?:\*/)?)|(?P<s>{_STRINGS})", re.DOTALL)
_LISPY: Final = re.compile(r"(?P<c>;[^\n]*+)|(?P<s>\"(?:\\.|[^\"\\])*+\"?)", re.DOTALL)
# In markup the code is what stands in tags, in templates' braces and in scripts; comments are comments.
_TAGGED: Final = re.compile(
    r"(?P<c><!--(?:(?!-->).)*+(?:-->)?|\{#(?:(?!#\}).)*+(?:#\})?)"
    r"|(?P<k><script\b(?:(?!</script).)*+|\{[{%](?:(?![%}]\}).)*+(?:[%}]\})?|<[a-zA-Z/][^<>]*+>?)",
    re.DOTALL | re.IGNORECASE,
)


class Zones:
    """The zones of one text, by offset."""

    def __init__(self, name: str, text: str) -> None:
        """Look at a text, as far as it is asked for.

        Args:
            name: path of the file, whose end tells the language.
            text: its lines, joined by line feeds.
        """
        parts = name.lower().split("/")
        suffix = parts[-1].rpartition(".")[2]
        self.is_source = suffix in _SOURCES
        """Whether its name says that it is written in a language of programs."""
        self._else = Zone.CODE
        self._rest: Iterator[tuple[int, int, Zone]] | None = None
        """What was not asked for yet."""
        self._starts: list[int] = []
        self._spans: list[tuple[int, int, Zone]] = []
        if suffix in _WORDS or not _WORD_FOLDERS.isdisjoint(parts[:-1]):
            self._else = Zone.WORDS
        elif suffix in _TEXT:
            self._else = Zone.TEXT
        elif suffix in _PYTHON or (text.startswith("#!") and "python" in text[:80]):
            self._rest = _python_spans(text)
        elif suffix in _MARKUP:
            self._else = Zone.TEXT
            self._rest = _spans(_TAGGED, text, 0)
        else:
            self._else = Zone.STRING if suffix in _DATA else Zone.CODE
            comments = _HASHED if suffix in _HASH else _DASHED if suffix in _DASHES else _C
            self._rest = _spans(_LISPY if suffix in _SEMICOLON else comments, text, 0)

    @property
    def is_of_words(self) -> bool:
        """Whether all of it holds translations, or data of a language."""
        return self._else is Zone.WORDS

    def at(self, offset: int) -> Zone:
        """The zone of a character."""
        return self.around(offset)[2]

    def around(self, offset: int) -> tuple[int, int, Zone]:
        """The stretch of one zone that holds a character; its end is -1 for what is no string or comment."""
        while self._rest is not None and (not self._spans or self._spans[-1][1] <= offset):
            span = next(self._rest, None)
            if span is None:
                self._rest = None
            else:
                self._starts.append(span[0])
                self._spans.append(span)
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._spans[index][1]:
            return self._spans[index]
        return offset, -1, self._else


_ZONE: Final = {"c": Zone.COMMENT, "s": Zone.STRING, "k": Zone.CODE}


def _spans(pattern: re.Pattern[str], text: str, start: int) -> Iterator[tuple[int, int, Zone]]:
    for found in pattern.finditer(text, start):
        yield *found.span(), _ZONE[found.lastgroup or "s"]


def _python_spans(text: str) -> Iterator[tuple[int, int, Zone]]:
    """By Python's own tokenizer as far as it goes, then by the look of the lines."""
    starts = line_starts(text)
    end = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="\n").readline):
            kind = token.type
            if kind in _TOKENS:
                begin = starts[token.start[0] - 1] + token.start[1]
                end = starts[token.end[0] - 1] + token.end[1]
                yield begin, end, _TOKENS[kind]
    except (tokenize.TokenError, SyntaxError, ValueError, IndexError, RecursionError):
        yield from _spans(_HASHED, text, end)


_TOKENS: Final = {tokenize.STRING: Zone.STRING, tokenize.COMMENT: Zone.COMMENT} | (
    {tokenize.FSTRING_MIDDLE: Zone.STRING} if hasattr(tokenize, "FSTRING_MIDDLE") else {}
)


def line_starts(text: str) -> Sequence[int]:
    """The offset of the first character of each line."""
    return [0, *(found.end() for found in re.finditer("\n", text))]
