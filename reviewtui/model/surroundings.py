"""How much what stands around some lines is like what stood around a recorded place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.place import CONTEXT_LINES, Anchor, LineSpan

REACH: Final = 2 * CONTEXT_LINES
"""So many lines above and below are looked at: what was written in between may push the old ones away."""

_TRIFLE: Final = 6
"""A line of so many letters and digits or fewer proves nothing."""
_LONGEST: Final = 500
"""So much of a line is compared."""
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_MOST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around some lines, and in which function or class."""

    before: tuple[str, ...] = ()
    """Up to REACH lines as `_stripped` gives them, the nearest last."""
    after: tuple[str, ...] = ()
    """Up to REACH lines as `_stripped` gives them, the nearest first."""
    symbol: str = ""


def around(lines: Sequence[str], span: LineSpan, symbol: str = "") -> Surroundings:
    """What stands around `span` of `lines`."""
    start = min(span.start - 1, len(lines))
    return Surroundings(
        _stripped(lines[max(0, start - REACH) : start]), _stripped(lines[span.end : span.end + REACH]), symbol
    )


def recorded(anchor: Anchor) -> Surroundings:
    """What stood around a recorded place."""
    before = anchor.before.split("\n") if anchor.before else []
    after = anchor.after.split("\n") if anchor.after else []
    return Surroundings(_stripped(before[-CONTEXT_LINES:]), _stripped(after[:CONTEXT_LINES]), anchor.symbol)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of what stood there stands here, 0 to 1 each."""

    context: float | None
    """Of the lines around; None where none of them proves anything."""
    symbol: float | None
    """1 in the same function or class; None where none was recorded."""

    @property
    def score(self) -> float | None:
        """Both together; None where nothing was recorded that could prove anything."""
        if self.context is None:
            return self.symbol
        return self.context if self.symbol is None else 0.7 * self.context + 0.3 * self.symbol


def likeness(old: Surroundings, new: Surroundings) -> Likeness:
    """How much of the old surroundings is in the new ones; a line as near as it was counts more than one in reach."""
    total, found = 0.0, 0.0
    above, below = set(new.before), set(new.after)
    for steps, line in enumerate(reversed(old.before), 1):
        if _is_weighty(line):
            total += 1
            found += 0.7 * (line in above) + 0.3 * (len(new.before) >= steps and new.before[-steps] == line)
    for steps, line in enumerate(old.after):
        if _is_weighty(line):
            total += 1
            found += 0.7 * (line in below) + 0.3 * (len(new.after) > steps and new.after[steps] == line)
    return Likeness(found / total if total else None, float(old.symbol == new.symbol) if old.symbol else None)


def words(text: str) -> Mapping[str, int]:
    """The words and signs of a text, counted."""
    return Counter(_WORD.findall(text[: _MOST_WORDS * 8])[:_MOST_WORDS])


def overlap(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """The share of words and signs that two texts have in common, 0 to 1."""
    small, large = sorted((one, other), key=len)
    both = sum(min(count, large.get(word, 0)) for word, count in small.items())
    total = sum(one.values()) + sum(other.values())
    return 2 * both / total if total else 0.0


def weighty(lines: Iterable[str]) -> int:
    """How many different lines say more than `else:` or a bracket does."""
    return len({line.strip() for line in lines if _is_weighty(line)})


def _is_weighty(line: str) -> bool:
    return sum(map(str.isalnum, line[:_LONGEST])) > _TRIFLE


def _stripped(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines without what a formatter changes: white space, the kind of quotes, a comma at the end."""
    return tuple("".join(line[:_LONGEST].split()).replace("'", '"').rstrip(",") for line in lines)
