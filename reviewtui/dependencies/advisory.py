"""What is known against versions of packages: advisories as their databases say it, checked and frozen."""

from dataclasses import dataclass
from enum import IntEnum

from reviewtui.model.risk import Severity


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


@dataclass(frozen=True, slots=True)
class AffectedRange:
    """Versions between events, which come in no particular order."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Affected:
    """One package and the versions of it that are affected: those that are listed and those in a range."""

    package: str
    """Normalised as PEP 503 says."""
    versions: tuple[str, ...] = ()
    ranges: tuple[AffectedRange, ...] = ()
    last_known: str = ""
    """Where no fix is known: the versions known to be affected when it was written, e.g. `<= 1.4`."""


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
