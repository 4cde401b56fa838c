"""Whether a version is affected, exactly as OSV evaluates a record and PEP 440 compares versions."""

from functools import lru_cache
from typing import Final

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from reviewtui.dependencies.advisory import Advisory, Affected, AffectedRange, Event, EventKind

LONGEST_VERSION: Final = 200
"""Characters; nobody's version is longer."""
_BEFORE_ALL: Final = "0"


@lru_cache(maxsize=1 << 15)
def version_of(text: str) -> Version | None:
    """The version that a text spells; None where PEP 440 does not know it."""
    if len(text) > LONGEST_VERSION:
        return None
    try:
        return Version(text)
    except (InvalidVersion, ValueError):
        return None


def affects(advisory: Advisory, package: str, version: str) -> bool:
    """Whether this version of the package (normalised) is affected; a record that was taken back affects none."""
    return not advisory.withdrawn and any(
        is_affected(affected, version) for affected in advisory.affected if affected.package == package
    )


def is_affected(affected: Affected, version: str) -> bool:
    """Whether the version is listed or lies in a range.

    One that PEP 440 does not know is compared letter by letter, and lies in no range but one that holds everything.
    """
    if version in affected.versions:
        return True
    wanted = version_of(version)
    if wanted is None:
        return affects_all(affected)
    return any(_is_in(wanted, found) for found in affected.ranges) or any(
        (listed := version_of(text)) is not None and _compared(wanted, listed) == listed for text in affected.versions
    )


def affects_all(affected: Affected) -> bool:
    """Whether a range of it holds every version that there is or will be."""
    return any(
        found.events
        and all(event.kind is EventKind.INTRODUCED for event in found.events)
        and any(event.version == _BEFORE_ALL for event in found.events)
        for found in affected.ranges
    )


def is_beyond_known(affected: Affected, version: str) -> bool:
    """Whether no fix is known, and the version is newer than those known to be affected when the record was written."""
    events = (event.kind for found in affected.ranges for event in found.events)
    if (
        not affected.last_known
        or version in affected.versions
        or any(kind is not EventKind.INTRODUCED for kind in events)
    ):
        return False
    if (wanted := version_of(version)) is None:
        return False
    try:
        known = SpecifierSet(affected.last_known)
    except InvalidSpecifier:
        return False
    return not known.contains(wanted, prereleases=True)


def _is_in(wanted: Version, found: AffectedRange) -> bool:
    limits = [limit for event in found.events if event.kind is EventKind.LIMIT and (limit := version_of(event.version))]
    if limits and not any(_compared(wanted, limit) < limit for limit in limits):
        return False
    inside = False
    for event, at in _in_order(found):
        if at is None:
            inside = True
        elif event.kind is EventKind.LAST_AFFECTED:
            inside = inside and not _compared(wanted, at) > at
        elif _compared(wanted, at) >= at:
            inside = event.kind is EventKind.INTRODUCED
    return inside


def _in_order(found: AffectedRange) -> list[tuple[Event, Version | None]]:
    """What begins and ends a range, by version; None is before every version. What is no version is left out."""
    first: list[tuple[Event, Version | None]] = []
    rest: list[tuple[Version, EventKind, Event]] = []
    for event in found.events:
        if event.kind is EventKind.INTRODUCED and event.version == _BEFORE_ALL:
            first.append((event, None))
        elif event.kind is not EventKind.LIMIT and (at := version_of(event.version)) is not None:
            rest.append((at, event.kind, event))
    rest.sort(key=lambda item: item[:2])
    return [*first, *((event, at) for at, _, event in rest)]


def _compared(wanted: Version, other: Version) -> Version:
    """The version as it is compared with the other: a build of one's own counts as the release that it was made of."""
    if wanted.local is None or other.local is not None:
        return wanted
    return version_of(wanted.public) or wanted
