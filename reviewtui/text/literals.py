"""What a line must hold for a regular expression to match it: a cheap test before the expression itself."""

import importlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, Final

_SHORTEST: Final = 2
_MOST: Final = 60
"""Beyond so many alternatives the test is no longer cheap."""
# With IGNORECASE these match ASCII letters, although they are not their capitals: ſ K ı İ.
_FOLDING: Final = re.compile("[\u017f\u212a\u0131\u0130]")

Alternatives = frozenset[str]
"""Texts in lower case of which a match holds at least one."""


def needed_literals(regex: str) -> Alternatives | None:
    """Of which of these texts every match of `regex` holds one; None where nothing can be said."""
    try:
        # The standard library's own parser of expressions; without it there is no shortcut, and the same result.
        tree = importlib.import_module("re._parser").parse(regex)
    except (ImportError, AttributeError):
        return None
    found = _of_sequence(tree)
    return found if found and len(found) <= _MOST else None


class LineIndex:
    """Which lines hold which texts, in whatever case; each text is looked up once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._all = range(len(lines))
        self._rows: dict[str, frozenset[int]] = {}
        self._text: str | None = "\n".join(lines)
        if self._text.isascii() or not _FOLDING.search(self._text):
            lowered = [line.lower() for line in lines]
            self._text = "\n".join(lowered)
            self._starts = list(accumulate((len(line) + 1 for line in lowered), initial=0))
        else:
            self._text = None

    def rows(self, needed: Alternatives | None) -> Sequence[int]:
        """The rows on which an expression that needs one of these texts can match, in order."""
        if needed is None or self._text is None:
            return self._all
        return sorted(frozenset().union(*(self._rows_of(self._text, literal) for literal in needed)))

    def _rows_of(self, text: str, literal: str) -> frozenset[int]:
        if literal not in self._rows:
            rows = set()
            position = text.find(literal)
            while position >= 0:
                row = bisect_right(self._starts, position) - 1
                rows.add(row)
                # On to the next line: another one on this line says no more.
                position = text.find(literal, self._starts[row + 1])
            self._rows[literal] = frozenset(rows)
        return self._rows[literal]


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Alternatives | None:  # Any: trees of a private module
    """The best of what any part of a sequence asks for."""
    best: Alternatives | None = None
    run = ""
    for operator, argument in items:
        name = str(operator)
        if name == "LITERAL" and 0 < argument < 128 and argument != ord("\n"):
            run += chr(argument).lower()
            continue
        best, run = _better(best, _of_run(run)), ""
        best = _better(best, _of_part(name, argument))
    return _better(best, _of_run(run))


def _of_part(name: str, argument: Any) -> Alternatives | None:  # Any: as above
    if name == "SUBPATTERN":
        return _of_sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(argument[2]) if argument[0] else None
    if name == "ASSERT":
        return _of_sequence(argument[1])
    if name == "BRANCH":
        branches = [_of_sequence(branch) for branch in argument[1]]
        known = [branch for branch in branches if branch]
        return frozenset().union(*known) if len(known) == len(branches) else None
    return None


def _of_run(run: str) -> Alternatives | None:
    return frozenset({run}) if len(run) >= _SHORTEST else None


def _better(one: Alternatives | None, other: Alternatives | None) -> Alternatives | None:
    if not one or not other:
        return one or other
    return max(one, other, key=lambda texts: (min(map(len, texts)), -len(texts)))
