"""What the terms of a filter are made of: what they have to know; values that are names, parts of texts or ranks."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final, TypeAlias

from reviewtui.model.checklist import Item
from reviewtui.model.filter_words import BadFilterError, Value
from reviewtui.model.finding import Finding
from reviewtui.model.globs import BadGlobError, one_glob
from reviewtui.model.hit import BlindSpot, Fingerprint, Hit
from reviewtui.model.standing import Standings
from reviewtui.model.verdict import Verdict

NONE: Final = "none"
"""The value that asks for what a hit or finding does not have."""


@dataclass(frozen=True)
class Known:
    """What a filter has to know besides the hit or finding itself."""

    today: date
    standings: Standings = field(default_factory=Standings)
    verdicts: Mapping[Fingerprint, Verdict] = field(default_factory=dict)
    """For findings, which name the hit they came from."""
    item_of: Callable[[Hit], Item | None] = lambda _hit: None
    """The checklist item that a hit belongs to."""
    doubles: AbstractSet[Fingerprint] = frozenset()
    """Hits that two tools reported for the same thing."""
    texts: dict[int, tuple[Hit, str]] = field(default_factory=dict)
    """What `text:` looks into, as far as it was asked for; with the hit, so that its number stays its own."""

    def text_of(self, hit: Hit) -> str:
        """All words of a hit, in small letters."""
        found = self.texts.get(id(hit))
        if found is None:
            parts = (hit.rule, hit.name, hit.message, hit.path, hit.suppressed, *hit.ids, *(v for _, v in hit.facts))
            found = self.texts[id(hit)] = (hit, "\n".join(parts).lower())
        return found[1]


HitTest: TypeAlias = Callable[[Hit, Known], bool]
FindingTest: TypeAlias = Callable[[Finding, Known], bool]
BlindTest: TypeAlias = Callable[[BlindSpot], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a term asks, all its values together."""

    values: tuple[str, ...]
    """As they are written in the normal form."""
    hit: HitTest
    finding: FindingTest
    blind: BlindTest | None = None
    """None where it cannot be asked of a file that was not looked at: nobody knows what is in it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the language."""

    name: str
    meaning: str
    """In a few words."""
    read: Callable[[Sequence[Value]], Asked]
    """Raises BadFilterError."""
    values: tuple[str, ...] = ()
    """Those there are, where they are known."""
    other_names: tuple[str, ...] = ()


_COMPARED: Final = re.compile(r"(>=|<=|>|<)?(.+?)(\+)?", re.DOTALL)


def comparison(value: Value) -> tuple[str, str]:
    """`>=medium` and `medium+` as a sign and a word; without a sign the word alone."""
    found = _COMPARED.fullmatch(value.text)
    if not found or not found[2].strip():
        raise BadFilterError(f"A word is missing at {value.at}", value.at)
    if found[1] and found[3]:
        raise BadFilterError(f"{value.text!r} at {value.at} has two signs: write {found[1]}{found[2]}", value.at)
    return found[1] or (">=" if found[3] else ""), found[2]


def ranked(sign: str, name: str, order: Sequence[str], value: Value) -> set[str]:
    """The names at least, at most, above or below one; the first of `order` is the highest."""
    if name not in order:
        raise BadFilterError(
            f"{name!r} at {value.at} is neither above nor below anything: {', '.join(order)}", value.at
        )
    at = order.index(name)
    return set({">=": order[: at + 1], ">": order[:at], "<=": order[at:], "<": order[at + 1 :]}[sign])


def names(
    of_hit: Callable[[Hit, Known], Iterable[str]],
    of_finding: Callable[[Finding, Known], Iterable[str]],
    of_blind: Callable[[BlindSpot], Iterable[str]] | None = None,
    *,
    least_start: int = 0,
) -> Callable[[Sequence[Value]], Asked]:
    """Whole names, or globs over them; case does not matter, `none` is for what has no name.

    Args:
        least_start: from so many characters on the beginning of a name is enough; 0 where it never is.
    """

    def read(values: Sequence[Value]) -> Asked:
        wanted = tuple(needed(value).lower() for value in values)
        whole = frozenset(wanted)
        wants_none = NONE in whole
        globs = [glob(value) for value in values if is_glob(value.text)]
        starts = tuple(word for word in wanted if least_start and len(word) >= least_start)

        def fits(names: Iterable[str]) -> bool:
            has_name = False
            for name in names:
                if name:
                    has_name = True
                    name = name.lower()
                    if name in whole or (starts and name.startswith(starts)) or any(g.fullmatch(name) for g in globs):
                        return True
            return wants_none and not has_name

        return Asked(
            tuple(value.text for value in values),
            lambda hit, known: fits(of_hit(hit, known)),
            lambda finding, known: fits(of_finding(finding, known)),
            (lambda spot: fits(of_blind(spot))) if of_blind else None,
        )

    return read


def parts(
    of_hit: Callable[[Hit, Known], str], of_finding: Callable[[Finding, Known], str], *, has_none: bool = True
) -> Callable[[Sequence[Value]], Asked]:
    """Parts of a text; case does not matter."""

    def read(values: Sequence[Value]) -> Asked:
        wanted = tuple(needed(value).lower() for value in values)
        wants_none = has_none and NONE in wanted

        def fits(text: str) -> bool:
            return any(part in text for part in wanted) or (wants_none and not text)

        return Asked(
            tuple(value.text for value in values),
            lambda hit, known: fits(of_hit(hit, known).lower()),
            lambda finding, known: fits(of_finding(finding, known).lower()),
            None if has_none else lambda spot: fits(f"{spot.path}\n{spot.reason}".lower()),
        )

    return read


def needed(value: Value) -> str:
    if not value.text:
        raise BadFilterError(f"A value is missing at {value.at}; what is not there is asked for with 'none'", value.at)
    return value.text


def is_glob(text: str) -> bool:
    return "*" in text or "?" in text


def glob(value: Value) -> "re.Pattern[str]":
    try:
        return one_glob(value.text.lower())
    except BadGlobError as error:
        raise BadFilterError(f"At {value.at}: {error}", value.at) from error


def one_of(value: Value, names: Sequence[str], noun: str, others: Mapping[str, str] | None = None) -> str:
    """The one of these names that is meant: whole, or begun so that it can be no other."""
    word = value.text.lower().replace("-", "_").replace(" ", "_")
    if word in names:
        return word
    if others and word in others:
        return others[word]
    begun = [name for name in names if word and name.startswith(word)]
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise BadFilterError(f"{value.text!r} at {value.at} may be {' or '.join(begun)}", value.at)
    close = get_close_matches(word[:40], names, 1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    raise BadFilterError(f"unknown {noun} {value.text[:40]!r} at {value.at}{hint}: {', '.join(names)}", value.at)
