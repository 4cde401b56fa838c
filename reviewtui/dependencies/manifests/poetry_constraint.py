"""Poetry's own way to say which versions will do, in PEP 440's words."""

import re
from typing import Final

from packaging.version import Version

from reviewtui.dependencies.manifests.specifiers import LONGEST, UnreadableError, bounds, version_of
from reviewtui.dependencies.manifests.urls import quoted
from reviewtui.dependencies.manifests.wanted import Wanted, normalised
from reviewtui.dependencies.requirement import Pin

OR: Final = " || "
_CLAUSE: Final = re.compile(r"\s*+(\^|~=|~|===?|=|!=|>=|<=|>|<)?\s*+((?:[^\s,|^~=!<>]|(?<=\d)!(?!=))++)\s*+,?")
_ANY: Final = ("*", "x", "X")


def constrained(name: str, constraint: str, extras: tuple[str, ...] = (), marker: str = "") -> Wanted:
    """A package in those versions that a constraint of poetry allows.

    Raises:
        UnreadableError: it is none.
    """
    alternatives = pep440(constraint)
    found = [bounds(alternative) for alternative in alternatives]
    version = found[0].version if len(found) == 1 else ""
    lowest = [(version_of(text), text) for one in found if (text := one.version or one.lowest)]
    return Wanted(
        normalised(name),
        name,
        Pin.EXACT if version else Pin.RANGE,
        version,
        "" if "" in alternatives else OR.join(alternatives),
        lowest="" if version or len(lowest) < len(found) else _lowest(lowest),
        marker=marker,
        extras=extras,
    )


def _lowest(versions: list[tuple[Version | None, str]]) -> str:
    known = [(version, text) for version, text in versions if version is not None]
    return min(known)[1] if len(known) == len(versions) else ""


def pep440(constraint: str) -> list[str]:
    """The specifiers, one of which has to hold; an empty one holds for every version.

    Raises:
        UnreadableError: poetry would not read it.
    """
    if len(constraint) > LONGEST:
        raise UnreadableError(f"a constraint of {len(constraint):,} characters")
    return [_all_of(part) for part in re.split(r"\|\|?", constraint)]


def _all_of(text: str) -> str:
    clauses = []
    position = 0
    while text[position:].strip(" \t,"):
        found = _CLAUSE.match(text, position)
        if not found:
            raise UnreadableError(f"no constraint of poetry: {quoted(text)}")
        clauses.append(_clause(found[1] or "", found[2]))
        position = found.end()
    return ",".join(filter(None, clauses))


def _clause(operator: str, version: str) -> str:
    if version in _ANY:
        return ""
    if operator in ("^", "~"):
        return _between(operator, version)
    if version.endswith((".x", ".X")):
        version = version[:-1] + "*"
    return f"{'==' if operator in ('', '=') else operator}{version}"


def _between(operator: str, text: str) -> str:
    version = version_of(text)
    if version is None:
        raise UnreadableError(f"no version: {quoted(text)}")
    release = version.release
    if operator == "^":
        kept = next((place for place, number in enumerate(release) if number), len(release) - 1)
    else:
        kept = min(1, len(release) - 1)
    upper = [*release[:kept], release[kept] + 1, *[0] * (len(release) - kept - 1)]
    epoch = f"{version.epoch}!" if version.epoch else ""
    return f">={text},<{epoch}{'.'.join(map(str, upper))}"
