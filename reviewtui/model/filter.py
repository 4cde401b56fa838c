"""The one filter language: which hits and findings are meant, in lists, in exports and on the command line alike.

`sev:high path:src !path:tests rule:B608`: every term has to hold; of the values of one term, parted by commas, one; `!`
or `-` in front turns a term round. A bare word is looked for in the texts. What a key means stands in `filter_terms`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Final

from reviewtui.model.filter_terms import KEYS
from reviewtui.model.filter_values import Asked, Key, Known
from reviewtui.model.filter_words import BadFilterError, Word, words, written
from reviewtui.model.finding import Finding
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.place import LineSpan
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Standings
from reviewtui.model.verdict import Verdict

__all__ = ["EVERYTHING", "BadFilterError", "Filter", "Known", "completions", "parse_filter"]

MOST_COMPLETIONS: Final = 50
_SAID: Final = frozenset({"path", "rule", "state", "tool", "text", "by", "owner", "due", "id"})
"""What a decision says by itself."""

_BY_ANY_NAME: Final = {name: key for key in KEYS.values() for name in (key.name, *key.other_names)}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition."""

    key: str
    asked: Asked
    is_negated: bool

    def __str__(self) -> str:
        return written(self.key, self.asked.values, is_negated=self.is_negated)


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all have to hold; made by `parse_filter`."""

    terms: tuple[Term, ...] = ()

    @property
    def text(self) -> str:
        """The normal form, which is read as the same filter again; empty where everything is meant."""
        return " ".join(map(str, self.terms))

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.terms)

    def hit(self, hit: Hit, known: Known) -> bool:
        """Whether this hit is meant."""
        # A plain loop: it is asked of each of many thousands.
        for term in self.terms:  # noqa: SIM110
            if term.asked.hit(hit, known) is term.is_negated:
                return False
        return True

    def finding(self, finding: Finding, known: Known) -> bool:
        """Whether this finding is meant."""
        return all(term.asked.finding(finding, known) is not term.is_negated for term in self.terms)

    def verdict(self, verdict: Verdict, known: Known) -> bool:
        """Whether this decision is meant, whose hit is not at hand.

        A term on what a decision does not say, such as a severity, leaves it in.
        """
        place = verdict.place
        span = place.span or LineSpan(1, 1)
        hit = Hit(
            verdict.tool, verdict.rule, "", verdict.reason, Severity.INFO, "", (), place.path, span, span.start,
            fingerprint=verdict.fingerprint,
        )  # fmt: skip
        known = replace(known, standings=Standings({verdict.fingerprint: verdict}))
        return all(term.asked.hit(hit, known) is not term.is_negated for term in self.terms if term.key in _SAID)

    def blind(self, spot: BlindSpot) -> bool:
        """Whether this file that was not looked at is meant.

        A term on what nobody knows of it, such as a severity, leaves it in: what is asked for may well be there.
        """
        return all(term.asked.blind(spot) is not term.is_negated for term in self.terms if term.asked.blind is not None)


EVERYTHING: Final = Filter()


def parse_filter(*texts: str) -> Filter:
    """The filter that a text says; of several texts, all of them.

    Raises:
        BadFilterError: with where it is wrong, and what is possible there.
    """
    terms: dict[str, Term] = {}
    for text in texts:
        for word in words(text):
            term = _term(word)
            terms.setdefault(str(term), term)
    return Filter(tuple(terms.values()))


def _term(word: Word) -> Term:
    if not word.key:
        return Term("text", KEYS["text"].read(word.values), word.is_negated)
    return Term((key := _key(word)).name, key.read(word.values), word.is_negated)


def _key(word: Word) -> Key:
    found = _BY_ANY_NAME.get(word.key)
    if found:
        return found
    close = get_close_matches(word.key[:40], _BY_ANY_NAME, 1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    at = word.at + word.is_negated
    raise BadFilterError(
        f"unknown key {word.key[:40]!r} at {at}{hint}: {', '.join(KEYS)}; a text with a colon is written in quotes", at
    )


def completions(text: str, values_of: Callable[[str], Iterable[str]]) -> list[str]:
    """How the last word of a filter that is being written may go on: whole texts, the likeliest first.

    Args:
        values_of: the values that there are for a key, the likeliest first.
    """
    start = len(text) if text[-1:].isspace() else (max(text.rfind(" "), text.rfind("\t")) + 1)
    before, word = text[:start], text[start:]
    mark = word[:1] if word[:1] in ("!", "-") else ""
    word = word[len(mark) :]
    name, colon, begun = word.partition(":")
    key = _BY_ANY_NAME.get(name.lower())
    if not colon:
        names = [key_name for key_name in KEYS if key_name.startswith(word.lower())]
        return [f"{before}{mark}{key_name}:" for key_name in names]
    if key is None:
        return []
    earlier, comma, last = begun.rpartition(",")
    offered = dict.fromkeys((*key.values, *values_of(key.name)))
    small = last.lower().lstrip('"')
    found = [value for value in offered if value.lower().startswith(small)]
    found += [value for value in offered if small and small in value.lower() and value not in found]
    return [
        f"{before}{mark}{name}:{earlier}{comma}{written('', (value,), is_negated=False)[1:]}"
        for value in found[:MOST_COMPLETIONS]
    ]
