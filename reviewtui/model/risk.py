"""How bad: severities, likelihood and impact, and the matrix between them."""

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How bad it is, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical, growing as it matters less."""
        return list(Severity).index(self)

    @property
    def letter(self) -> str:
        """One capital letter, so that it is never told by colour alone."""
        return self.value[0].upper()


class Level(StrEnum):
    """Likelihood or impact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


_MATRIX: Final = {
    (Level.HIGH, Level.HIGH): Severity.CRITICAL,
    (Level.HIGH, Level.MEDIUM): Severity.HIGH,
    (Level.HIGH, Level.LOW): Severity.MEDIUM,
    (Level.MEDIUM, Level.HIGH): Severity.HIGH,
    (Level.MEDIUM, Level.MEDIUM): Severity.MEDIUM,
    (Level.MEDIUM, Level.LOW): Severity.LOW,
    (Level.LOW, Level.HIGH): Severity.MEDIUM,
    (Level.LOW, Level.MEDIUM): Severity.LOW,
    (Level.LOW, Level.LOW): Severity.INFO,
}


def severity_of(likelihood: Level, impact: Level) -> Severity:
    """The severity of the OWASP risk rating's matrix; its "note" is our info."""
    return _MATRIX[likelihood, impact]
