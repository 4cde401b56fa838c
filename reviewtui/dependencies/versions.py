"""Versions as PEP 440 knows them, of texts that anybody may have written."""

from functools import lru_cache
from typing import Final

from packaging.version import InvalidVersion, Version

LONGEST_VERSION: Final = 200
"""Characters; nobody's version is longer."""


@lru_cache(maxsize=1 << 15)
def version_of(text: str) -> Version | None:
    """The version that a text spells; None where PEP 440 does not know it."""
    if len(text) > LONGEST_VERSION:
        return None
    try:
        return Version(text)
    except (InvalidVersion, ValueError):
        return None


def compared(wanted: Version, other: Version) -> Version:
    """The version as it is compared with the other: a build of one's own counts as the release that it was made of."""
    if wanted.local is None or other.local is not None:
        return wanted
    return version_of(wanted.public) or wanted
