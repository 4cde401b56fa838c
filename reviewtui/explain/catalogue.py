"""Looks up what is known of a rule of some tool, and of a weakness."""

from collections.abc import Mapping
from typing import Final

from reviewtui.explain.explanation import Explanation, Weakness
from reviewtui.explain.other_tools import same_as
from reviewtui.explain.rules import (
    commands,
    credentials,
    cryptography,
    database,
    files,
    loading,
    running,
    templates,
    transport,
    xml_parsers,
)
from reviewtui.explain.weaknesses import (
    access,
    cryptographic,
    failing,
    injections,
    inputs,
    memory,
    resources,
    secrecy,
    supply,
)

_FAMILIES: Final = (
    running,
    files,
    credentials,
    loading,
    cryptography,
    xml_parsers,
    transport,
    commands,
    database,
    templates,
)
_WEAKNESSES: Final = (injections, inputs, access, cryptographic, secrecy, failing, resources, supply, memory)

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    explanation.rule: explanation
    for explanation in sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda rule: rule.rule)
}
"""Bandit's id to what we say of it, in the order of the ids."""

WEAKNESSES: Final[Mapping[int, Weakness]] = {
    weakness.number: weakness
    for weakness in sorted(
        (weakness for family in _WEAKNESSES for weakness in family.WEAKNESSES), key=lambda weakness: weakness.number
    )
}
"""By number, in that order."""

# Three tests are registered under one name, which comments use, and reported under another.
_REPORTED_AS: Final = {"hashlib": "B324", "snmp_insecure_version_check": "B508", "snmp_crypto_check": "B509"}
_BY_NAME: Final = {explanation.name: explanation for explanation in EXPLANATIONS.values()} | {
    name: EXPLANATIONS[rule] for name, rule in _REPORTED_AS.items()
}


def explanation_of(tool: str, rule: str) -> Explanation | None:
    """What is known of a rule: of Bandit by its id or name, of another tool where its rule is known to mean the same.

    Args:
        tool: in any case, e.g. `bandit`, `Semgrep OSS`, `CodeQL`, `sonarqube`, `ruff`.
        rule: as the tool reports it.
    """
    if tool.strip().lower() == "bandit":
        # In addresses of Bandit's documentation names have dashes.
        return EXPLANATIONS.get(rule.strip().upper()) or _BY_NAME.get(rule.strip().replace("-", "_"))
    return EXPLANATIONS.get(same_as(tool, rule))


def weakness_of(cwe: int) -> Weakness | None:
    """What is known of a weakness."""
    return WEAKNESSES.get(cwe)
