"""What is known against versions of packages: advisories as their databases say it, checked and frozen."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

from packaging.version import Version

from reviewtui.dependencies.versions import version_of
from reviewtui.model.risk import Severity

BEFORE_ALL: Final = "0"
"""What is introduced here was always there: it comes before every version, also before 0.dev1."""


class EventKind(IntEnum):
    """What a version means in a range; of several events at one version, the order in which they count."""

    FIXED = 0
    """Affected no longer, from this version on; before INTRODUCED: a branch may begin where another ended."""
    INTRODUCED = 1
    """Affected from this version on; `0` comes before every version."""
    LAST_AFFECTED = 2
    """Affected up to and with this version."""
    LIMIT = 3
    """The range says nothing from this version on."""


@dataclass(frozen=True, slots=True)
class Event:
    """One version at which something begins or ends."""

    kind: EventKind
    version: str
    """As it is written; not every one is a version that PEP 440 knows."""


# No slots here and in Affected: what is computed once is asked for by every requirement.
@dataclass(frozen=True)
class AffectedRange:
    """Versions between events, which come in no particular order."""

    events: tuple[Event, ...]

    @cached_property
    def steps(self) -> tuple[tuple[EventKind, Version | None], ...]:
        """What begins and ends it, by version; None comes before all. What is no version is left out."""
        steps = [
            (event.kind, at)
            for event in self.events
            if event.kind is not EventKind.LIMIT
            and not self._is_first(event)
            and (at := version_of(event.version)) is not None
        ]
        first = [(EventKind.INTRODUCED, None) for event in self.events if self._is_first(event)][:1]
        return (*first, *sorted(steps, key=lambda step: (step[1], step[0])))

    @cached_property
    def limits(self) -> tuple[Version, ...]:
        """It says nothing from the highest of these on."""
        limits = (version_of(event.version) for event in self.events if event.kind is EventKind.LIMIT)
        return tuple(limit for limit in limits if limit is not None)

    @staticmethod
    def _is_first(event: Event) -> bool:
        return event.kind is EventKind.INTRODUCED and event.version == BEFORE_ALL


@dataclass(frozen=True)
class Affected:
    """One package and the versions of it that are affected: those that are listed and those in a range."""

    package: str
    """Normalised as PEP 503 says."""
    versions: tuple[str, ...] = ()
    ranges: tuple[AffectedRange, ...] = ()
    last_known: str = ""
    """Where no fix is known: the versions known to be affected when it was written, e.g. `<= 1.4`."""

    @cached_property
    def listed(self) -> frozenset[Version]:
        """Those of the listed versions that PEP 440 knows."""
        return frozenset(version for text in self.versions if (version := version_of(text)) is not None)


@dataclass(frozen=True, slots=True)
class Rating:
    """How bad it is."""

    severity: Severity
    vector: str = ""
    """CVSS; empty where the database only has a word."""
    score: str = ""
    """0.0 to 10.0, of the vector."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """One record of one database."""

    id: str
    affected: tuple[Affected, ...]
    """Packages for Python alone, several times the same perhaps."""
    aliases: tuple[str, ...] = ()
    summary: str = ""
    """One sentence: the summary, or the first of the details."""
    details: str = ""
    rating: Rating | None = None
    """None where the database does not say."""
    cwe: tuple[int, ...] = ()
    withdrawn: str = ""
    """When it was taken back; such a record is never reported."""
    published: str = ""
    modified: str = ""
    source: str = ""
    """The name of the database."""

    @property
    def packages(self) -> frozenset[str]:
        """The packages it speaks of."""
        return frozenset(affected.package for affected in self.affected)

    @property
    def names(self) -> frozenset[str]:
        """Everything that it is called by."""
        return frozenset((self.id, *self.aliases))
