"""Which of many rows match the words that were typed, best first; fast enough for every key on 50,000 rows."""

from collections.abc import Sequence
from itertools import chain
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last."""

_IN_NAME: Final = 1
_IN_PATH: Final = 2
_BESIDE: Final = 3


class Ranking:
    """Rows by how well they match: the start of the last part of a path, then anywhere in it, then anywhere.

    All words must be found, in any order. A word in small letters finds capitals too; one with a capital is exact.
    Among equals the shorter comes first, and each key narrows down what the one before it had found.
    """

    def __init__(self, texts: Sequence[str], beside: Sequence[str] = ()) -> None:
        """`beside`: further texts of the same rows, in which a word may be found as well."""
        self._texts = texts
        self._beside = beside
        self._folded: list[str] = []
        self._folded_beside: list[str] = []
        self._names: list[int] = []
        self._tails: list[str] = []
        """The last part of each path, in small letters."""
        self._exact_tails: list[str] = []
        self._by_length: list[int] = []
        self._query = ""
        self._found: list[int] = []
        """What the query found, in the order of length."""

    def warm(self) -> None:
        """Prepare for the first key: some 30 ms for 50,000 rows."""
        if self._by_length or not self._texts:
            return
        self._folded = [fold(text) for text in self._texts]
        self._folded_beside = [fold(text) for text in self._beside]
        self._names = [text.rfind("/") + 1 for text in self._texts]
        self._tails = [text[name:] for text, name in zip(self._folded, self._names, strict=True)]
        self._exact_tails = [text[name:] for text, name in zip(self._texts, self._names, strict=True)]
        self._by_length = sorted(range(len(self._texts)), key=lambda row: len(self._texts[row]))
        self._found = self._by_length

    def ranked(self, query: str) -> Sequence[int]:
        """The rows that match, best first; for an empty query all of them as they were given."""
        words = query.split()
        if not words:
            self._query, self._found = "", self._by_length
            return range(len(self._texts))
        self.warm()
        rows = self._found if self._query and query.startswith(self._query) else self._by_length
        if len(words) == 1 and not self._beside:
            self._query = query
            return self._of_one_word(words[0], rows)
        ranks = [0] * len(rows)
        for word in words:
            rows, ranks = self._narrowed(word, rows, ranks)
        self._query, self._found = query, rows
        best_first: list[list[int]] = [[] for _ in range(_BESIDE * len(words) + 1)]
        for row, rank in zip(rows, ranks, strict=True):
            best_first[rank].append(row)
        return list(chain.from_iterable(best_first))

    def _of_one_word(self, word: str, rows: list[int]) -> list[int]:
        """As `ranked` in the usual case, with as few steps for a row as there can be."""
        texts = self._texts if is_exact(word) else self._folded
        tails = self._exact_tails if is_exact(word) else self._tails
        self._found = found = [row for row in rows if word in texts[row]]
        first = [row for row in found if tails[row].startswith(word)]
        inside = [row for row in found if word in tails[row]]
        if len(first) == len(found):
            return first
        begun = set(first)
        inner = [row for row in inside if row not in begun] if begun else inside
        if len(inside) == len(found):
            return first + inner
        ended = set(inside)
        return [*first, *inner, *(row for row in found if row not in ended)]

    def _narrowed(self, word: str, rows: list[int], ranks: list[int]) -> tuple[list[int], list[int]]:
        """The rows that hold the word, in the same order, each with its rank worsened by where the word is."""
        exact, names = is_exact(word), self._names
        texts = self._texts if exact else self._folded
        beside = self._beside if exact else self._folded_beside
        found: list[int] = []
        worsened: list[int] = []
        for row, rank in zip(rows, ranks, strict=True):
            at = texts[row].rfind(word)
            if at >= 0:
                name = names[row]
                found.append(row)
                worsened.append(rank if at == name else rank + (_IN_NAME if at > name else _IN_PATH))
            elif beside and word in beside[row]:
                found.append(row)
                worsened.append(rank + _BESIDE)
        return found, worsened


def is_exact(word: str) -> bool:
    """Whether capitals count: there is one in the word."""
    return word != word.lower()


def fold(text: str) -> str:
    """The text in small letters, every letter where it was."""
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def matched(text: str, query: str) -> tuple[Span, ...]:
    """The parts of `text` that the words of the query found in it, in order and apart."""
    found = []
    folded = fold(text)
    for word in query.split():
        at = (text if is_exact(word) else folded).rfind(word)
        if at >= 0:
            found.append((at, at + len(word)))
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
