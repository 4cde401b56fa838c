"""Whether a version is affected, exactly as OSV evaluates a record and PEP 440 compares versions."""

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import Version

from reviewtui.dependencies.advisory import BEFORE_ALL, Advisory, Affected, AffectedRange, EventKind
from reviewtui.dependencies.versions import compared, version_of


def affects(advisory: Advisory, package: str, version: str) -> bool:
    """Whether this version of the package (normalised) is affected; a record that was taken back affects none."""
    return not advisory.withdrawn and any(
        is_affected(affected, version) for affected in advisory.affected if affected.package == package
    )


def is_affected(affected: Affected, version: str) -> bool:
    """Whether the version is listed or lies in a range.

    One that PEP 440 does not know is compared letter by letter, and lies in no range but one that holds everything.
    """
    wanted = version_of(version)
    if wanted is None:
        return version in affected.versions or affects_all(affected)
    if any(_is_in(wanted, found) for found in affected.ranges):
        return True
    return wanted in affected.listed or (wanted.local is not None and version_of(wanted.public) in affected.listed)


def affects_all(affected: Affected) -> bool:
    """Whether a range of it holds every version that there is or will be."""
    return any(
        found.events
        and all(event.kind is EventKind.INTRODUCED for event in found.events)
        and any(event.version == BEFORE_ALL for event in found.events)
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
    limits = found.limits
    if limits and not any(compared(wanted, limit) < limit for limit in limits):
        return False
    inside = False
    for kind, at in found.steps:
        if at is None:
            inside = True
        elif kind is EventKind.LAST_AFFECTED:
            inside = inside and not compared(wanted, at) > at
        elif compared(wanted, at) >= at:
            inside = kind is EventKind.INTRODUCED
    return inside
