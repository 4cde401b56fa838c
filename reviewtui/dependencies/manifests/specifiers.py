"""What a version specifier leaves: one version, or a range and where it begins."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

LONGEST: Final = 1000
"""Characters of a specifier; nobody's is longer."""
_NUMBER: Final = re.compile(r"\d{400}")


class UnreadableError(ValueError):
    """A text that asks for a package in no way that anybody can read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a specifier allows."""

    version: str = ""
    """The one version, as it is written; empty for a range."""
    lowest: str = ""
    """Of a range the lowest version, where it has one and says it."""


def version_of(text: str) -> Version | None:
    """The version that PEP 440 reads in the text; None where it reads none."""
    if len(text) > LONGEST or _NUMBER.search(text):
        return None
    try:
        return Version(text)
    except InvalidVersion:
        return None


def tidied(specifier: str) -> str:
    """The specifier in the order in which it is written, without white space."""
    return ",".join(part for part in ("".join(part.split()) for part in specifier.split(",")) if part)


@lru_cache(maxsize=1 << 12)
def bounds(specifier: str) -> Bounds:
    """What a specifier in PEP 440's words allows.

    Raises:
        UnreadableError: it is none.
    """
    if len(specifier) > LONGEST or _NUMBER.search(specifier):
        raise UnreadableError(f"a specifier of {len(specifier):,} characters")
    try:
        whole = SpecifierSet(specifier)
    except (InvalidSpecifier, ValueError) as error:
        raise UnreadableError(str(error)) from None
    exact: list[str] = []
    lower: list[tuple[Version, str]] = []
    for part in whole:
        if part.operator == "===" or (part.operator == "==" and not part.version.endswith(".*")):
            exact.append(part.version)
        elif part.operator in (">=", "~=", "==", ">"):
            text = part.version.removesuffix(".*")
            if (version := version_of(text)) is not None:
                lower.append((version, text))
    if exact:
        # Two that contradict each other leave nothing, which is not for us to say.
        return Bounds(version=exact[0]) if _allows(whole, exact[0]) else Bounds()
    if not lower:
        return Bounds()
    lowest = max(lower)[1]
    return Bounds(lowest=lowest if _allows(whole, lowest) else "")


def _allows(specifiers: SpecifierSet, version: str) -> bool:
    try:
        return specifiers.contains(version, prereleases=True)
    except (InvalidVersion, ValueError):
        return len(specifiers) == 1
