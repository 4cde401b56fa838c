"""How much a line says, and how alike two lines are."""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

TRIFLE: Final = 2
"""A line with so many letters and digits or fewer proves nothing."""
_MOST: Final = 40
"""What one line can weigh, so that a long one does not outvote a block."""
_LONGEST: Final = 400
"""Characters of a line that are compared."""
_MOST_PAIRS: Final = 16_000
"""Pairs of equal characters of two lines; in ordinary code there are some hundreds."""
_IDENTIFIER: Final = re.compile(r"\w+")


def weight(line: str) -> int:
    """What a line counts for: its letters and digits, up to a limit; 0 for a trifle."""
    count = sum(map(str.isalnum, line[:_LONGEST]))
    return min(count, _MOST) if count > TRIFLE else 0


def weights(lines: Iterable[str]) -> list[int]:
    """The weight of each line; where all of them are trifles, 1 for each that is not blank, or else for each."""
    found = list(lines)
    counted = [weight(line) for line in found]
    if not any(counted):
        counted = [int(bool(line.strip())) for line in found]
    return counted if any(counted) else [1] * len(found)


def likeness(old: str, new: str) -> float:
    """0 to 1: the mean of how many characters and how many words two stripped lines share, in order and at all."""
    if old == new:
        return 1.0
    return _likeness(old[:_LONGEST], new[:_LONGEST])


@lru_cache(maxsize=20_000)
def _likeness(old: str, new: str) -> float:
    words = _shared_words(old, new)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    # Both bounds are cheap, and most pairs of lines have nothing to do with each other.
    if words + matcher.real_quick_ratio() < 1.0 or words + matcher.quick_ratio() < 1.0:
        return 0.0
    return (words + (words if _is_monotonous(old, new) else matcher.ratio())) / 2


def _is_monotonous(old: str, new: str) -> bool:
    """Whether the same few characters fill both lines, so that comparing them takes far longer than it should."""
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[letter] for letter, count in ours.items()) > _MOST_PAIRS


def _shared_words(old: str, new: str) -> float:
    ours, theirs = Counter(_IDENTIFIER.findall(old)), Counter(_IDENTIFIER.findall(new))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0
