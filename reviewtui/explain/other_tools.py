"""Rules of other tools that mean the same as one of Bandit's, or as a weakness.

Each was looked up at its maker's. Those that cover more than one thing, e.g. all kinds of deserialisation, are not
explained as one of Bandit's rules: what the weakness says fits them better.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

BANDIT: Final = "bandit"

_RUFF: Final = re.compile(r"S(\d{3})")
"""Ruff has Bandit's tests under the same numbers with another letter; its own B stands for another set of rules."""
_GITLAB: Final = re.compile(r"(?:^|\.)bandit\.(B\d{3})\b")
"""Semgrep rules that GitLab made from Bandit's: `bandit.B303-1`."""
_EXTERNAL: Final = re.compile(r"external_(bandit|ruff|flake8):(\w+)")
"""What SonarQube calls the rules in the reports of other tools that were given to it."""
_BANDITS: Final = re.compile(r"B\d{3}")
_SONAR: Final = re.compile(r"(?:(\w+):)?(S\d{3,5})")
_PYTHON: Final = {None, "python", "ipython", "pythonsecurity"}
"""The languages in SonarQube's keys; None where the key is a number alone."""

_RULES: Final[Mapping[str, str]] = {
    # CodeQL
    "py/bind-socket-all-network-interfaces": "B104",
    "py/empty-except": "B110",
    "py/flask-debug": "B201",
    "py/hardcoded-credentials": "B105",
    "py/insecure-default-protocol": "B504",
    "py/insecure-protocol": "B502",
    "py/insecure-temporary-file": "B306",
    "py/jinja2/autoescape-false": "B701",
    "py/overly-permissive-file": "B103",
    "py/paramiko-missing-host-key-validation": "B507",
    "py/request-without-cert-validation": "B501",
    "py/shell-command-constructed-from-input": "B602",
    "py/sql-injection": "B608",
    "py/tarslip": "B202",
    "py/weak-crypto-key": "B505",
    "py/weak-sensitive-data-hashing": "B324",
    # SonarQube
    "S2068": "B105",
    "S2077": "B608",
    "S2245": "B311",
    "S2612": "B103",
    "S3649": "B608",
    "S4423": "B502",
    "S4426": "B505",
    "S4507": "B201",
    "S4721": "B602",
    "S4790": "B324",
    "S4830": "B501",
    "S5247": "B701",
    "S5443": "B108",
    "S5445": "B306",
    "S5547": "B304",
    "S6418": "B105",
    "S6437": "B106",
    # Semgrep, by the last part of the id
    "avoid-bind-to-all-interfaces": "B104",
    "avoid-cPickle": "B301",
    "avoid-dill": "B301",
    "avoid-jsonpickle": "B301",
    "avoid-mark-safe": "B308",
    "avoid-pickle": "B301",
    "avoid-pyyaml-load": "B506",
    "avoid-query-set-extra": "B610",
    "avoid-raw-sql": "B611",
    "avoid-shelve": "B301",
    "dangerous-os-exec-audit": "B606",
    "dangerous-spawn-process-audit": "B606",
    "dangerous-subprocess-use-audit": "B603",
    "dangerous-system-call-audit": "B605",
    "debug-enabled": "B201",
    "disabled-cert-validation": "B501",
    "dynamic-urllib-use-detected": "B310",
    "eval-detected": "B307",
    "exec-detected": "B102",
    "explicit-unescape-with-markup": "B704",
    "formatted-sql-query": "B608",
    "ftplib": "B321",
    "hardcoded-password-default-argument": "B107",
    "incorrect-autoescape-disabled": "B701",
    "insecure-cipher-algorithm-blowfish": "B304",
    "insecure-cipher-algorithm-idea": "B304",
    "insecure-cipher-algorithm-rc4": "B304",
    "insecure-cipher-mode-ecb": "B305",
    "insecure-file-permissions": "B103",
    "insecure-hash-algorithm-md5": "B324",
    "insecure-hash-algorithm-sha1": "B324",
    "insufficient-dsa-key-size": "B505",
    "insufficient-ec-key-size": "B505",
    "insufficient-rsa-key-size": "B505",
    "listen-eval": "B612",
    "mako-templates-detected": "B702",
    "marshal-usage": "B302",
    "md5-used-as-password": "B324",
    "missing-autoescape-disabled": "B701",
    "paramiko-exec-command": "B601",
    "paramiko-implicit-trust-host-key": "B507",
    "ssl-wrap-socket-is-deprecated": "B504",
    "subprocess-shell-true": "B602",
    "system-wildcard-detected": "B609",
    "telnetlib": "B312",
    "unverified-ssl-context": "B323",
    "use-timeout": "B113",
    "weak-ssl-version": "B502",
}
_WEAKNESSES: Final[Mapping[str, int]] = {
    # SonarQube, whose answers hold no weakness
    "S1523": 95,
    "S2053": 759,
    "S2076": 78,
    "S2078": 90,
    "S2083": 22,
    "S2092": 614,
    "S2755": 611,
    "S3329": 329,
    "S3330": 1004,
    "S4502": 352,
    "S5042": 409,
    "S5122": 942,
    "S5131": 79,
    "S5135": 502,
    "S5144": 918,
    "S5145": 117,
    "S5146": 601,
    "S5147": 943,
    "S5332": 319,
    "S5334": 94,
    "S5344": 916,
    "S5527": 297,
    "S5542": 327,
    "S5659": 347,
    "S6350": 88,
}


def same_as(tool: str, rule: str) -> str:
    """Bandit's id of the rule that means the same; empty where none is known."""
    name, rule = tool.strip().lower(), rule.strip()
    if found := _EXTERNAL.fullmatch(rule):
        return same_as(found[1], found[2])
    if "ruff" in name or "flake8" in name:
        found = _RUFF.fullmatch(rule)
        return f"B{found[1]}" if found else ""
    # Those who run Bandit put their own name beside it: `Bandit (MegaLinter PYTHON_BANDIT)`.
    return rule if "bandit" in name and _BANDITS.fullmatch(rule) else _known(rule)


def known_as(rule: str) -> str:
    """The same where nobody says which tool it is, and the rule's id has to be enough."""
    rule = rule.strip()
    return same_as("", rule) or same_as("ruff", rule)


def weakness_behind(rule: str) -> int:
    """The weakness that a rule reports, where the tool itself does not say so; 0 where it is not known."""
    found = _SONAR.fullmatch(rule.strip())
    return _WEAKNESSES.get(found[2], 0) if found and found[1] in _PYTHON else 0


def aliases() -> Iterator[str]:
    """All rules of other tools that are known by a name of their own."""
    yield from _RULES
    yield from _WEAKNESSES


def _known(rule: str) -> str:
    if found := _GITLAB.search(rule):
        return found[1]
    if found := _SONAR.fullmatch(rule):
        return _RULES.get(found[2], "") if found[1] in _PYTHON else ""
    parts = rule.split(".")
    # Other languages have rules of the same last name.
    return _RULES.get(parts[-1], "") if len(parts) == 1 or "python" in parts else ""
