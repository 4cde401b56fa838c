"""How packages of a lock file came in: the shortest way from the project, and the groups that lead to each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reviewtui.dependencies.manifests.includes import longer

MOST_GROUPS: Final = 24
"""Groups that are followed; a project with more has those of the first ones."""

Direct = Mapping[str, tuple[str, ...]]
"""What the project itself asks for, by name (`uvicorn`) or name with extra (`uvicorn[standard]`), with its groups;
none for the project itself."""


def with_extra(name: str, extra: str) -> str:
    """The name of a package together with one of its extras, which asks for more."""
    return f"{name}[{extra.lower()}]"


def base(name: str) -> str:
    """The package alone."""
    return name.partition("[")[0]


@dataclass(slots=True)
class Graph:
    """Which package asks for which."""

    edges: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    weak: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What a package asks for only where somebody wants an extra of it: taken where nothing else explains a package."""

    def ask(self, name: str, other: str, extras: Iterable[str] = ()) -> None:
        """A package, or an extra of it, asks for another, perhaps with extras."""
        self.edges[name].append(other)
        self.edges[name] += [with_extra(other, extra) for extra in extras]

    def chains(self, names: Iterable[str], direct: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each package those that ask for it, from one that the project asks for to the last; the shortest chain.

        Args:
            names: all packages. Those that nobody asks for are taken for the project's own, since a lock file holds
                nothing without a reason.
            direct: what the project is known to ask for.
        """
        known = dict.fromkeys(names)
        pairs = (
            (name, other) for edges in (self.edges, self.weak) for name, others in edges.items() for other in others
        )
        asked = {other for name, other in pairs if other != name}
        found: dict[str, tuple[str, ...]] = {}
        self._spread([name for name in direct if base(name) in known], found)
        self._spread([name for name in known if name not in asked], found)
        for name in known:
            self._spread([name], found)
        return found

    def groups(self, direct: Direct) -> dict[str, tuple[str, ...]]:
        """For each package the groups that it is installed for; none for what the project itself needs."""
        found = dict.fromkeys(self._reached([name for name, groups in direct.items() if not groups]), ())
        known: dict[str, tuple[str, ...]] = {**found}
        names = list(dict.fromkeys(group for groups in direct.values() for group in groups))
        for group in names[:MOST_GROUPS]:
            for name in self._reached([name for name, groups in direct.items() if group in groups]):
                if name not in found:
                    known[name] = (*known.get(name, ()), group)
        return known

    def _reached(self, starts: list[str]) -> set[str]:
        found = set(starts)
        waiting = list(found)
        while waiting:
            for other in self.edges.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def _spread(self, starts: list[str], found: dict[str, tuple[str, ...]]) -> None:
        """Go on from packages that the project asks for, the nearest first, extras that nobody asks for last."""
        order = [name for name in starts if name not in found]
        found.update(dict.fromkeys(order, ()))
        strong = weak = 0
        while weak < len(order):
            if strong < len(order):
                self._step(order[strong], self.edges, found, order)
                strong += 1
            else:
                self._step(order[weak], self.weak, found, order)
                weak += 1

    @staticmethod
    def _step(name: str, edges: Mapping[str, list[str]], found: dict[str, tuple[str, ...]], order: list[str]) -> None:
        chain = below = found[name]
        for other in edges.get(name, ()):
            if other in found:
                continue
            if base(other) == base(name):
                found[other] = chain
            else:
                below = longer(chain, base(name)) if below is chain else below
                found[other] = below
            order.append(other)
