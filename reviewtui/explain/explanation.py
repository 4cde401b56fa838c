"""What is said of a rule and of a weakness: values of our own words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule of Bandit, as an expert would explain it to a colleague who has to decide on a hit."""

    rule: str
    """Bandit's id, e.g. `B608`."""
    name: str
    """The name under which Bandit registers it, e.g. `hardcoded_sql_expressions`."""
    title: str
    means: str
    real: str
    """When it is an attack."""
    false_alarm: str
    """When it is none, and what the rule takes for one or leaves out."""
    look: str
    """Which lines and calls to read now."""
    items: tuple[str, ...]
    """The items of the checklists that ask the same, the closest one first; empty where none does."""
    cwe: tuple[int, ...]
    """The weaknesses that it is, the closest one first; Bandit's own choice is often a wider or another one."""
    example: str
    """A line or a few that make the rule fire; tests prove it."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """One entry of the Common Weakness Enumeration."""

    number: int
    name: str
    """As the enumeration has it."""
    means: str
    look: str
    """Where it shows in the code of a web application."""
    top10: str
    """The category of the OWASP Top 10:2025 that lists it, e.g. `A05`; empty where none does."""

    @property
    def category(self) -> str:
        """The category with its name; empty where the Top 10 has none for it."""
        return f"{self.top10}:2025 {TOP10[self.top10]}" if self.top10 else ""


TOP10 = {
    "A01": "Broken Access Control",
    "A02": "Security Misconfiguration",
    "A03": "Software Supply Chain Failures",
    "A04": "Cryptographic Failures",
    "A05": "Injection",
    "A06": "Insecure Design",
    "A07": "Authentication Failures",
    "A08": "Software or Data Integrity Failures",
    "A09": "Security Logging and Alerting Failures",
    "A10": "Mishandling of Exceptional Conditions",
}
"""Categories of the OWASP Top 10 of 2025."""
