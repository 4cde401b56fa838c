"""How each requirement stands: vulnerable, clean in databases that are named, or not checked and why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reviewtui.dependencies.knowledge import Knowledge
from reviewtui.dependencies.pins import Pins
from reviewtui.dependencies.requirement import Manifest, Pin, Requirement
from reviewtui.dependencies.versions import version_of
from reviewtui.dependencies.vulnerability import Vulnerability, lowest_fix

MOST: Final = 20_000
"""So many vulnerabilities, counted in each place, are told; nobody decides on more."""


class Outcome(StrEnum):
    """What can be said of a requirement."""

    VULNERABLE = "vulnerable"
    CLEAN = "clean"
    """No database that speaks of the package has anything against the version."""
    NOT_CHECKED = "not checked"

    @property
    def rank(self) -> int:
        """What has to be looked at comes first: 0 for vulnerable, then what was not checked."""
        return (Outcome.VULNERABLE, Outcome.NOT_CHECKED, Outcome.CLEAN).index(self)


@dataclass(frozen=True, slots=True)
class Checked:
    """One requirement and what is known against it."""

    requirement: Requirement
    outcome: Outcome
    vulnerabilities: tuple[Vulnerability, ...] = ()
    """What the version has, or every version that there is."""
    fixed_by: str = ""
    """The lowest version above this one that has none of what is known; empty where nobody names one."""
    sources: tuple[str, ...] = ()
    """The databases that speak of the package, each with its date."""
    reason: str = ""
    """Why it was not checked."""
    possible: tuple[Vulnerability, ...] = ()
    """Of a range: what the lowest version that it allows would have."""
    pinned: Requirement | None = None
    """The entry of another file that says which version it is, and is checked itself."""

    @property
    def is_question(self) -> bool:
        """Whether somebody has to find out which version is installed."""
        return self.outcome is Outcome.NOT_CHECKED and bool(self.possible)


def packages_of(manifests: Iterable[Manifest]) -> frozenset[str]:
    """The packages that have to be looked up."""
    return frozenset(r.name for manifest in manifests for r in manifest.requirements if r.name)


def checked(
    manifests: Sequence[Manifest], knowledge: Knowledge, should_stop: Callable[[], bool] = lambda: False
) -> tuple[Checked, ...]:
    """How every requirement of these manifests stands, in their order; fewer when stopped."""
    pins, looked = Pins(manifests), _Looked(knowledge)
    found = []
    total = 0
    for requirement in (requirement for manifest in manifests for requirement in manifest.requirements):
        if should_stop():
            break
        if total > MOST:
            reason = f"more than {MOST:,} advisories were found before it"
            found.append(Checked(requirement, Outcome.NOT_CHECKED, reason=reason))
            continue
        check = _checked(requirement, looked, pins)
        total += len(check.vulnerabilities)
        found.append(check)
    return tuple(found)


class _Looked:
    """What is known, with each version of a package looked up once, however many manifests name it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._found: dict[tuple[str, str], tuple[tuple[Vulnerability, ...], str]] = {}

    def up(self, package: str, version: str) -> tuple[tuple[Vulnerability, ...], str]:
        """What the version has, and the lowest one that would have none."""
        key = (package, version)
        if key not in self._found:
            known = self.knowledge.of_package(package)
            found = tuple(one for one in known if one.affects(version))
            self._found[key] = found, lowest_fix(version, known) if found else ""
        return self._found[key]


def _checked(requirement: Requirement, looked: _Looked, pins: Pins) -> Checked:
    package, version, knowledge = requirement.name, requirement.version, looked.knowledge
    if not package:
        return Checked(requirement, Outcome.NOT_CHECKED, reason=f"{_direct(requirement)}, which has no name to look up")
    sources = tuple(source.said for source in knowledge.speaking_of(package))
    if pin := pins.of(requirement):
        reason = f"{pin.path} says which version in line {pin.line}: {pin.version}"
        return Checked(requirement, Outcome.NOT_CHECKED, sources=sources, reason=reason, pinned=pin)
    if requirement.pin is Pin.EXACT:
        found, fixed_by = looked.up(package, version)
        if found:
            return Checked(requirement, Outcome.VULNERABLE, found, fixed_by, sources)
        if version_of(version) is None:
            reason = f"{version!r} is no version that can be compared"
            return Checked(requirement, Outcome.NOT_CHECKED, sources=sources, reason=reason)
        if not sources:
            return Checked(requirement, Outcome.NOT_CHECKED, reason=_unknown(knowledge))
        return Checked(requirement, Outcome.CLEAN, sources=sources)
    if always := tuple(one for one in knowledge.of_package(package) if one.affects_all):
        return Checked(requirement, Outcome.VULNERABLE, always, sources=sources)
    if requirement.pin is Pin.DIRECT:
        return Checked(requirement, Outcome.NOT_CHECKED, sources=sources, reason=_direct(requirement))
    reason, possible, fixed_by = _worst(requirement, looked)
    return Checked(requirement, Outcome.NOT_CHECKED, (), fixed_by, sources, reason, possible)


def _worst(requirement: Requirement, looked: _Looked) -> tuple[str, tuple[Vulnerability, ...], str]:
    """What can be said of a range: the reason, what its lowest version would have, and what would mend that."""
    asked = f" ({requirement.specifier})" if requirement.specifier else ""
    lowest = requirement.lowest
    if not lowest or version_of(lowest) is None:
        return f"installed version unknown{asked}", (), ""
    possible, fixed_by = looked.up(requirement.name, lowest)
    if not possible:
        return f"installed version unknown{asked}; nothing is known against the lowest allowed, {lowest}", (), ""
    ids = ", ".join(one.id for one in possible[:3]) + (f" and {len(possible) - 3} more" if len(possible) > 3 else "")
    reason = f"installed version unknown{asked}; lowest allowed {lowest} would be affected by {ids}"
    return reason, possible, fixed_by


def _unknown(knowledge: Knowledge) -> str:
    if not knowledge.sources:
        return "there is no database of advisories"
    *names, last = (source.said for source in knowledge.sources)
    if not names:
        return f"{last} has nothing against it, and is not complete"
    return f"{', '.join(names)} and {last} have nothing against it, and none of them is complete"


def _direct(requirement: Requirement) -> str:
    where = f" ({requirement.url})" if requirement.url not in ("", requirement.shown) else ""
    return f"a direct reference{where}, whose version nobody says"
