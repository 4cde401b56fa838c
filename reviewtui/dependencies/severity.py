"""The score and the severity of a CVSS vector; the door of the cvss library."""

from collections.abc import Iterable
from typing import Final

from cvss import CVSS2, CVSS3, CVSS4, CVSSError

from reviewtui.dependencies.advisory import Rating
from reviewtui.model.risk import Severity

_LONGEST: Final = 400
_READERS: Final = (("CVSS_V4", CVSS4), ("CVSS_V3", CVSS3), ("CVSS_V2", CVSS2))
"""The type that a record names, newest first."""
_WORDS: Final = {
    "critical": Severity.CRITICAL,
    "high": Severity.HIGH,
    "moderate": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
}


def rating_of(vectors: Iterable[tuple[str, str]], word: str = "") -> Rating | None:
    """What a record says of how bad it is; None where it says nothing that can be read.

    Args:
        vectors: type and vector, e.g. `CVSS_V3` and `CVSS:3.1/…`; the newest type that can be read counts.
        word: the database's own word, which counts where no vector does.
    """
    given = list(vectors)
    for kind, reader in _READERS:
        for _, vector in (pair for pair in given if pair[0] == kind and len(pair[1]) <= _LONGEST):
            try:
                score = float(reader(vector).scores()[0])
            except (CVSSError, ValueError, ArithmeticError, LookupError, TypeError):
                continue
            return Rating(_severity(score, is_old=kind == "CVSS_V2"), vector, f"{score:.1f}")
    found = _WORDS.get(word.strip().lower())
    return Rating(found) if found else None


def _severity(score: float, *, is_old: bool) -> Severity:
    """The bands of CVSS 3 and 4; CVSS 2 has no critical."""
    if score >= 9 and not is_old:
        return Severity.CRITICAL
    if score >= 7:
        return Severity.HIGH
    if score >= 4:
        return Severity.MEDIUM
    return Severity.LOW if score > 0 else Severity.INFO
