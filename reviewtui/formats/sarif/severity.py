"""How bad a result is: the number that its tool gives, else its level, else that of its rule, else a warning."""

import re
from collections.abc import Iterable
from typing import Final

from reviewtui.formats.record import Record
from reviewtui.model.risk import Severity

LEVELS: Final = {
    "error": Severity.HIGH,
    "warning": Severity.MEDIUM,
    "note": Severity.LOW,
    "none": Severity.INFO,
}
SCORED: Final = "security-severity"
_WORDS: Final = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "medium": Severity.MEDIUM,
    "moderate": Severity.MEDIUM,
    "low": Severity.LOW,
    "info": Severity.INFO,
    "informational": Severity.INFO,
}
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,9})?")


def severity_of(properties: Iterable[Record], levels: Iterable[str]) -> Severity:
    """The severity.

    Args:
        properties: of the result and of its rule, the closest first.
        levels: the level of the result and what stands in for one, the closest first; empty where there is none.
    """
    for found in properties:
        scored = score(found.word(SCORED))
        if scored is not None:
            return scored
    return next((LEVELS[level] for level in levels if level in LEVELS), Severity.MEDIUM)


def score(text: str) -> Severity | None:
    """A number from 0 to 10 as severity, or a word that some tools write instead; None for anything else and for 0."""
    text = text.strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if not _NUMBER.fullmatch(text):
        return None
    return of_number(float(text))


def of_number(value: float) -> Severity | None:
    """The band of a CVSS score; None for one that says nothing."""
    if not 0 < value <= 10:
        return None
    bands = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM))
    return next((severity for least, severity in bands if value >= least), Severity.LOW)
