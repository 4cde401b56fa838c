"""What a decision on many hits would touch: how far it reaches, and what lies there; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.doubles import Doubles
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Standings
from reviewtui.model.state import State
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.widgets.rows import Run

NAMED: Final = 3
"""Files that are named with how many hits they have."""
FIRST: Final = 4
"""Hits that are shown as they are."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a decision reaches."""

    label: str
    """E.g. `B608 in src/shop`."""
    lines: Sequence[Doubles]

    @property
    def hits(self) -> list[Hit]:
        """All of them, with those of other tools that say the same."""
        return [hit for line in self.lines for hit in line]


def rule_scopes(hit: Hit, lines: Sequence[Doubles]) -> list[Scope]:
    """The hits of the same rule: in the file, in its folder, in the folders around it, everywhere."""
    same = [line for line in lines if any((one.tool, one.rule) == (hit.tool, hit.rule) for one in line)]
    if hit.path == NOWHERE:
        return [Scope(f"{hit.rule} everywhere", same)]
    found = [Scope(f"{hit.rule} in {hit.path.name}", [line for line in same if line[0].path == hit.path])]
    parts = hit.path.folder.split("/") if hit.path.folder else []
    for count in range(len(parts), 0, -1):
        folder = "/".join(parts[:count])
        found.append(Scope(f"{hit.rule} in {folder}/", [li for li in same if li[0].path.startswith(f"{folder}/")]))
    return [*found, Scope(f"{hit.rule} everywhere", same)]


def growing(scopes: Iterable[Scope]) -> list[Scope]:
    """Without those that reach no further than the one before."""
    found: list[Scope] = []
    for scope in scopes:
        if not found or len(scope.lines) > len(found[-1].lines):
            found.append(scope)
    return found


def parted(hits: Iterable[Hit], known: Standings) -> tuple[list[Hit], list[Hit]]:
    """Those that are still to be decided, and those that are decided."""
    undecided: list[Hit] = []
    settled: list[Hit] = []
    for hit in hits:
        (undecided if known.is_open(hit) else settled).append(hit)
    return undecided, settled


def said_on(hits: Iterable[Hit], known: Standings) -> list[Hit]:
    """Those on which something was decided, be it on other code: what can be reopened."""
    return [hit for hit in hits if known.state_of(hit) is not State.OPEN]


def preview(hits: Sequence[Hit]) -> list[tuple[Run, ...]]:
    """What these hits are, in a few rows: files, severities, tools, and the first of them."""
    files = Counter(hit.path for hit in hits)
    rows: list[tuple[Run, ...]] = []
    named = [f"{path.name or 'no file'} {count:,}" for path, count in files.most_common(NAMED)]
    more = "" if len(files) <= NAMED else f" and {len(files) - NAMED:,} more"
    where = "1 file: " if len(files) == 1 else f"{len(files):,} files: "
    rows.append(((SafeText(where), "title"), (safe(", ".join(named)), ""), (SafeText(more), "muted")))
    severities = Counter(hit.severity for hit in hits)
    runs: list[Run] = []
    for severity in Severity:
        if severities[severity]:
            runs += [(SafeText(f"{severity.letter} {severities[severity]:,}"), severity.value), (SafeText("   "), "")]
    tools = Counter(hit.tool for hit in hits)
    runs.append((safe(", ".join(f"{tool} {count:,}" for tool, count in tools.most_common(NAMED))), "muted"))
    rows.append(tuple(runs))
    rules = Counter(hit.rule for hit in hits)
    if len(rules) > 1:
        told = ", ".join(f"{rule} {count:,}" for rule, count in rules.most_common(NAMED))
        more = "" if len(rules) <= NAMED else f" and {len(rules) - NAMED:,} more"
        rows.append(((SafeText(f"{len(rules):,} rules: "), "title"), (safe(told), ""), (SafeText(more), "muted")))
    for hit in hits[:FIRST]:
        place = f"{'/'.join(hit.path.split('/')[-2:])}:{hit.line}" if hit.path != NOWHERE else hit.rule
        rows.append(((safe(f"  {place}"), ""), (safe(f"  {hit.message}"), "muted")))
    if len(hits) > FIRST:
        rows.append(((SafeText(f"  … and {len(hits) - FIRST:,} more"), "muted"),))
    return rows
