"""Searching in the lines of a file: literally or by expression, as it is drawn and as Python would read it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from reviewtui.errors import ReviewTuiError

_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)
_WORD: Final = re.compile(r"\w+")


class BadPatternError(ReviewTuiError):
    """A search expression that cannot be understood; the message says where."""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A place that was found: columns `start` to `end` (exclusive) of a row."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for; made by `compile`."""

    text: str
    """As it was typed."""
    expression: re.Pattern[str] | None
    """None: nothing was typed, and nothing is found."""

    @classmethod
    def compile(cls, pattern: str, *, regex: bool = False, case: bool | None = None, word: bool = False) -> Self:
        """A query.

        Args:
            pattern: a literal text, or with `regex` an expression of Python's `re`.
            regex: whether it is an expression.
            case: whether upper and lower case differ; None: they do when the pattern has an upper-case letter.
            word: only where no letter, digit or `_` stands beside the match.

        Raises:
            BadPatternError: the expression is none.
        """
        if not pattern:
            return cls("", None)
        if case is None:
            letters = _ESCAPE.sub("", pattern) if regex else pattern
            case = letters != letters.lower()
        expression = pattern if regex else re.escape(pattern)
        if word:
            expression = rf"(?<!\w)(?:{expression})(?!\w)"
        try:
            return cls(pattern, re.compile(expression, 0 if case else re.IGNORECASE))
        except (re.error, RecursionError, OverflowError, Warning) as error:
            # Python warns about what it may read otherwise one day, and a warning may be set to raise.
            raise BadPatternError(f"{pattern!r} is no regular expression: {error}") from error

    def spans(self, line: str) -> Iterator[tuple[int, int]]:
        """Start and end columns of every match in a line, in order; an empty one only in an empty line.

        A line that is not plain ASCII is also read as Python reads names: other forms of letters as the ordinary ones,
        and without what is not drawn, so that a disguised `eval` is found by its name.
        """
        if self.expression is None:
            return iter(())
        found = [match.span() for match in self.expression.finditer(line) if match.end() > match.start() or not line]
        if not line.isascii():
            found = sorted({*found, *self._disguised(line)})
        return iter(found)

    def _disguised(self, line: str) -> Iterator[tuple[int, int]]:
        if self.expression is None or is_as_read(line):
            return
        plain, columns = _as_read(line)
        for match in self.expression.finditer(plain):
            if match.end() > match.start():
                yield columns[match.start()], columns[match.end() - 1] + 1


def find(lines: Sequence[str], query: Query) -> Iterator[Match]:
    """Every match, in the order of the text."""
    for row in _rows(lines, query, range(len(lines))):
        for start, end in query.spans(lines[row]):
            yield Match(row, start, end)


def next_match(
    lines: Sequence[str], query: Query, row: int, column: int, forward: bool = True
) -> tuple[Match, bool] | None:
    """The nearest match that starts after this place (before it, if not `forward`), and whether the search wrapped.

    The only match of a text is found from its own start, by wrapping; give column -1 of a row to find one at its start.
    """
    count = len(lines)
    if not count:
        return None
    row = max(0, min(row, count - 1))
    step, edge = (1, count) if forward else (-1, -1)
    # The row of the cursor comes twice: first what is on the near side of it, at last the rest, by then wrapped.
    for wrapped, rows in (
        (False, range(row, edge, step)),
        (True, range(0 if forward else count - 1, row + step, step)),
    ):
        for here in _rows(lines, query, rows):
            matches = [Match(here, start, end) for start, end in query.spans(lines[here])]
            if here == row and not wrapped:
                matches = [match for match in matches if (match.start > column if forward else match.start < column)]
            if matches:
                return (matches[0] if forward else matches[-1]), wrapped
    return None


def _rows(lines: Sequence[str], query: Query, rows: range) -> Iterator[int]:
    """The rows that may hold a match."""
    if query.expression is None:
        return
    search = query.expression.search
    for row in rows:
        line = lines[row]
        if search(line) or not line.isascii():
            yield row


def word_at(line: str, column: int) -> tuple[int, int] | None:
    """Start and end columns of the word at the cursor, or the next one on the line; None without one."""
    return next((word.span() for word in _WORD.finditer(line) if word.end() > column), None)


def is_as_read(line: str) -> bool:
    """Whether a line certainly holds no other form of a letter, and nothing that is not drawn."""
    return line.replace("\t", "").isprintable() and unicodedata.is_normalized("NFKC", line)


def _as_read(line: str) -> tuple[str, list[int]]:
    """The line with compatible forms folded and invisible characters left out, and the column of each character."""
    plain: list[str] = []
    columns: list[int] = []
    for column, char in enumerate(line):
        folded = char if char.isascii() else unicodedata.normalize("NFKC", char)
        if char.isascii() or unicodedata.category(char) not in ("Cf", "Cc"):
            plain.append(folded)
            columns += [column] * len(folded)
    return "".join(plain), columns
