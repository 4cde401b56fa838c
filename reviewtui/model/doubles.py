"""Hits of several tools that say the same thing of the same lines: shown as one, decided as one; pure.

Better shown twice than hidden wrongly: they have to share lines and name the same weakness, and no tool is in a group
twice, since two hits of one tool are two things to that tool.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from reviewtui.model.hit import NOWHERE, Hit

Doubles = tuple[Hit, ...]
"""Hits that are one to the reader, the one that is shown first in front; most often one alone."""

_SAME_NUMBERS: Final = {"ruff": "S", "flake8-bandit": "S"}
"""Tools whose rules have Bandit's numbers behind another letter."""
_EQUAL: Final = (
    frozenset({"bandit:b608", "python:s2077", "pythonsecurity:s3649"}),
    frozenset({"bandit:b105", "bandit:b106", "bandit:b107", "python:s2068", "python:s6418"}),
    frozenset({"bandit:b303", "bandit:b324", "python:s4790"}),
    frozenset({"bandit:b501", "python:s4830"}),
    frozenset({"bandit:b502", "bandit:b503", "bandit:b504", "python:s4423"}),
    frozenset({"bandit:b311", "python:s2245"}),
    frozenset({"bandit:b301", "bandit:b302", "bandit:b506", "python:s5135", "pythonsecurity:s5135"}),
    frozenset({"bandit:b201", "python:s4507"}),
    frozenset({"bandit:b307", "bandit:b102", "python:s1523", "pythonsecurity:s5334"}),
    frozenset({"bandit:b103", "python:s2612"}),
    frozenset({"bandit:b108", "bandit:b306", "python:s5443", "python:s5445"}),
    frozenset({"bandit:b701", "python:s5247"}),
)
"""Rules that look for the same, where the tools do not name the same CWE."""
_SAME: Final = {rule: number for number, rules in enumerate(_EQUAL) for rule in rules}
_BLOCK: Final = 16
"""Lines that are looked through together."""
_LONG: Final = 100
_CROWD: Final = 40
"""So many different hits on a few lines are compared with each other; who reports more has no doubles there."""
_RULE: Final = re.compile(r"[a-z]+:s[0-9]+")


def doubles(hits: Iterable[Hit]) -> list[Doubles]:
    """All hits in groups, each group where its first hit stands.

    The same hit that came in two ways, by our scan and in a report, is in one group, too.
    """
    groups: list[list[Hit]] = []
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
            same = _closest([group for block in blocks for group in nearby.get((hit.path, block), ())], hit)
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


def _closest(groups: Sequence[list[Hit]], hit: Hit) -> list[Hit] | None:
    """The group that says the same of these lines, the nearest where there are several."""
    fitting = [group for group in groups if all(_say_the_same(other, hit) for other in group)]
    return min(fitting, key=lambda group: abs(group[0].line - hit.line), default=None)


def _say_the_same(one: Hit, other: Hit) -> bool:
    if one.tool == other.tool or not one.span.overlaps(other.span):
        return False
    if not set(one.ids).isdisjoint(other.ids) or not set(one.cwe).isdisjoint(other.cwe):
        return True
    mine, theirs = _rule(one), _rule(other)
    return mine == theirs or (_SAME.get(mine, -1) == _SAME.get(theirs, -2))


def _rule(hit: Hit) -> str:
    """The rule with its tool, as the table above writes it."""
    rule = hit.rule.lower()
    letter = _SAME_NUMBERS.get(hit.tool)
    if letter and rule[:1] == letter.lower() and rule[1:].isdigit():
        return f"bandit:b{rule[1:]}"
    return rule if _RULE.fullmatch(rule) else f"{hit.tool}:{rule}"


def _in_front(group: list[Hit]) -> Doubles:
    """The worst first: that is how they are shown."""
    return tuple(sorted(group, key=lambda hit: hit.severity.rank))
