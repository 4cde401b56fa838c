"""Hits of several tools that say the same thing of the same lines: shown as one, decided as one; pure.

Better shown twice than hidden wrongly: they have to share lines and name the same weakness, and no tool is in a group
twice, since two hits of one tool are two things to that tool.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from reviewtui.model.hit import NOWHERE, Hit

Doubles = tuple[Hit, ...]
"""Hits that are one to the reader, the one that is shown first in front; most often one alone."""

SameAs = Callable[[str, str], str]
"""A tool and its rule to one name for all rules that look for the same; empty where none is known."""

_BLOCK: Final = 16
"""Lines that are looked through together."""
_LONG: Final = 100
_CROWD: Final = 40
"""So many different hits on a few lines are compared with each other; who reports more has no doubles there."""


def doubles(hits: Iterable[Hit], same_as: SameAs = lambda _tool, _rule: "") -> list[Doubles]:
    """All hits in groups, each group where its first hit stands.

    The same hit that came in two ways, by our scan and in a report, is in one group, too.
    """
    groups: list[list[Hit]] = []
    names: dict[tuple[str, str], str] = {}

    def name_of(hit: Hit) -> str:
        key = (hit.tool, hit.rule)
        if key not in names:
            names[key] = same_as(*key)
        return names[key]

    by_fingerprint: dict[str, list[Hit]] = {}
    nearby: dict[tuple[str, int], list[list[Hit]]] = defaultdict(list)
    tools: dict[str, set[str]] = defaultdict(set)
    found = list(hits)
    for hit in found:
        tools[hit.path].add(hit.tool)
    for hit in found:
        same = by_fingerprint.get(hit.fingerprint) if hit.fingerprint else None
        blocks = _blocks(hit) if len(tools[hit.path]) > 1 else range(0)
        if same is None and blocks:
            same = _closest([group for block in blocks for group in nearby.get((hit.path, block), ())], hit, name_of)
        if same is not None:
            same.append(hit)
        else:
            same = [hit]
            groups.append(same)
        for block in blocks:
            there = nearby[hit.path, block]
            if len(there) < _CROWD and all(group is not same for group in there):
                there.append(same)
        if hit.fingerprint:
            by_fingerprint.setdefault(hit.fingerprint, same)
    return [(group[0],) if len(group) == 1 else _in_front(group) for group in groups]


def _blocks(hit: Hit) -> range:
    """The blocks of lines that a hit lies in; none for one on so many lines that it says nothing of a single one."""
    if hit.path == NOWHERE or hit.span.count > _LONG:
        return range(0)
    return range(hit.span.start // _BLOCK, hit.span.end // _BLOCK + 1)


def _closest(groups: Sequence[list[Hit]], hit: Hit, name_of: Callable[[Hit], str]) -> list[Hit] | None:
    """The group that says the same of these lines, the nearest where there are several."""
    fitting = [group for group in groups if all(_say_the_same(other, hit, name_of) for other in group)]
    return min(fitting, key=lambda group: abs(group[0].line - hit.line), default=None)


def _say_the_same(one: Hit, other: Hit, name_of: Callable[[Hit], str]) -> bool:
    if one.tool == other.tool or not one.span.overlaps(other.span):
        return False
    if not set(one.ids).isdisjoint(other.ids) or not set(one.cwe).isdisjoint(other.cwe):
        return True
    name = name_of(one)
    return bool(name) and name == name_of(other)


def _in_front(group: list[Hit]) -> Doubles:
    """The worst first: that is how they are shown."""
    return tuple(sorted(group, key=lambda hit: hit.severity.rank))
