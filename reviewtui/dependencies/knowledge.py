"""Several databases together: what they know of the packages in use, and what their silence says."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reviewtui.dependencies.advisory import Advisory
from reviewtui.dependencies.database import Loaded, Source
from reviewtui.dependencies.vulnerability import Vulnerability, merged


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known of the packages that were asked for."""

    sources: tuple[Source, ...] = ()
    vulnerabilities: dict[str, tuple[Vulnerability, ...]] = field(default_factory=dict)
    """By normalised name of the package."""
    problems: tuple[str, ...] = ()
    """What could not be read, each with its database."""

    @classmethod
    def of(cls, loaded: Iterable[Loaded]) -> "Knowledge":
        """What these databases say together."""
        each = list(loaded)
        by_package: defaultdict[str, list[Advisory]] = defaultdict(list)
        for one in each:
            for advisory in one.advisories:
                for package in advisory.packages:
                    by_package[package].append(advisory)
        return cls(
            tuple(one.source for one in each),
            {package: merged(package, records) for package, records in by_package.items()},
            tuple(f"{one.source.name}: {problem}" for one in each for problem in one.problems),
        )

    def of_package(self, package: str) -> tuple[Vulnerability, ...]:
        """What is known against any version of it."""
        return self.vulnerabilities.get(package, ())

    def speaking_of(self, package: str) -> Sequence[Source]:
        """The databases whose silence on a version of it would say something."""
        return [source for source in self.sources if source.speaks_of(package)]
