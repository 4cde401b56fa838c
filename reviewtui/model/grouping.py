"""Hits put together by what they have in common: the same groups in the list and on the command line; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from reviewtui.model.doubles import Doubles
from reviewtui.model.filter import Known
from reviewtui.model.hit import Hit
from reviewtui.model.risk import Severity

RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
"""0 for the worst; for sorting many."""


class Grouping(StrEnum):
    """What the hits are put together by."""

    PLACE = "place"
    """Not at all: as they stand in the tree."""
    RULE = "rule"
    FILE = "file"
    CWE = "CWE"
    SEVERITY = "severity"
    TOPIC = "topic"
    TOOL = "tool"


Group: TypeAlias = tuple[str, str, Sequence[Doubles]]
"""Title, a note on it, and what is in it."""


def groups(
    lines: Iterable[Doubles], grouping: Grouping, known: Known, titles: Mapping[str, str] | None = None
) -> list[Group]:
    """The hits in their groups: the worst first, of equal ones the largest; files as they come, topics by name.

    Args:
        lines: in reading order; of hits that several tools share, the first says where they belong.
        grouping: by what.
        known: for what hits do not say themselves.
        titles: of checklists by their id, of weaknesses by `CWE-89`.
    """
    name = _NAMES[grouping](known, titles or {})
    found: dict[tuple[str, str], list[Doubles]] = {}
    for line in lines:
        found.setdefault(name(line[0]), []).append(line)
    result: list[Group] = [(title, note, worst_first(group)) for (title, note), group in found.items()]
    if grouping in (Grouping.FILE, Grouping.PLACE):
        return result
    if grouping in (Grouping.TOOL, Grouping.TOPIC):
        return sorted(result, key=lambda group: group[0])
    return sorted(result, key=lambda group: (RANKS[group[2][0][0].severity], -len(group[2]), group[0]))


def worst_first(lines: Sequence[Doubles]) -> list[Doubles]:
    """By severity, and within one as they were."""
    return sorted(lines, key=lambda line: RANKS[line[0].severity])


Name: TypeAlias = Callable[[Hit], tuple[str, str]]
"""Title of the group that a hit belongs to, and a note on it."""


def _topic(known: Known, titles: Mapping[str, str]) -> Name:
    def name(hit: Hit) -> tuple[str, str]:
        item = known.item_of(hit)
        return (titles.get(item.checklist, item.checklist), "") if item else ("No checklist item", "")

    return name


def _weakness(_: Known, titles: Mapping[str, str]) -> Name:
    def name(hit: Hit) -> tuple[str, str]:
        number = f"CWE-{hit.cwe[0]}" if hit.cwe else "No CWE"
        return number, titles.get(number, "")

    return name


_NAMES: Final[Mapping[Grouping, Callable[[Known, Mapping[str, str]], Name]]] = {
    Grouping.PLACE: lambda _, __: lambda _hit: ("", ""),
    Grouping.RULE: lambda _, __: lambda hit: (hit.rule, hit.name),
    Grouping.FILE: lambda _, __: lambda hit: (hit.path or "Without a place", ""),
    Grouping.CWE: _weakness,
    Grouping.SEVERITY: lambda _, __: lambda hit: (hit.severity.value, ""),
    Grouping.TOPIC: _topic,
    Grouping.TOOL: lambda _, __: lambda hit: (hit.tool, ""),
}
