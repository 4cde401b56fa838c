"""The gutter: line number, then a cell each for trail or marks, hits, findings or candidates, and what was reviewed."""

from dataclasses import dataclass
from typing import Final

from reviewtui.model.finding import Finding, Kind
from reviewtui.model.hit import Hit
from reviewtui.model.standing import Standings
from reviewtui.model.trail import Role
from reviewtui.scan.overlay import LineMark
from reviewtui.tui.placed import SYMBOLS_OF

CELLS: Final = 5
"""Cells after the number: a space or a waypoint, hit, finding, reviewed, a space."""

MARK_CELLS: Final = (1, 2)
"""Which of them are those of hits and of findings."""

SYMBOLS: Final = (
    ("C H M L I", "an undecided hit: critical, high, medium, low, info"),
    ("≠", "a hit that was decided on other code: to be confirmed or opened again"),
    ("✓", "every hit here is decided"),
    ("~", "a hit that a comment in the source silences (# nosec)"),
    ("◆", "a finding"),
    ("◇", "a note, question, to-do or praise"),
    ("↕ ±", "a finding or note whose lines moved, or were edited, since it was written"),
    ("?", "a candidate place of the checklist item"),
    ("↦ → ≈ ⇥", "the trail: source, passes through, sanitizer, sink; a mark on the same line is not drawn"),
    ("a–z", "a named mark"),
    ("▎", "reviewed"),
)
"""What the symbols of gutter and tree mean, for the help screen."""


@dataclass(frozen=True, slots=True)
class GutterMark:
    """One symbol with the component class of its colour."""

    symbol: str
    style: str


STALE: Final = "≠"
"""The code is not what it was when somebody decided on it."""
NONE: Final = GutterMark(" ", "")
ROLE_SYMBOLS: Final = {
    Role.SOURCE: GutterMark("↦", "medium"),
    Role.PASSES: GutterMark("→", "accent"),
    Role.SANITIZER: GutterMark("≈", "good"),
    Role.SINK: GutterMark("⇥", "high"),
}
"""The part that a line plays in the trail: it begins, goes on, is made harmless, ends."""


def role_mark(role: str) -> GutterMark:
    """The symbol of a role; a role that is not known here passes through."""
    return ROLE_SYMBOLS[Role(role) if role in ROLE_SYMBOLS else Role.PASSES]


def hit_mark(mark: LineMark, standings: Standings) -> GutterMark:
    """The worst undecided hit of a line; what is decided or silenced stays visible."""
    undecided = [hit for hit in mark.hits if standings.is_open(hit)]
    loud = [hit for hit in undecided if not hit.suppressed]
    if loud:
        worst = min(loud, key=lambda h: h.severity.rank)
        if all(standings.of(hit).is_stale for hit in loud):
            return GutterMark(STALE, worst.severity.value)
        return GutterMark(worst.severity.letter, worst.severity.value)
    if undecided:
        return GutterMark("~", "medium")
    return GutterMark("✓", "good") if mark.hits else NONE


def finding_mark(mark: LineMark, has_candidate: bool) -> GutterMark:
    """The worst finding of a line, else a note, else a candidate."""
    findings = [finding for finding in mark.findings if finding.kind is Kind.FINDING]
    changed = SYMBOLS_OF.get(mark.state)
    if findings:
        worst = min(findings, key=_rank)
        return GutterMark(changed or "◆", worst.severity.value if worst.severity else "accent")
    if mark.findings:
        return GutterMark(changed or "◇", "accent")
    return GutterMark("?", "accent") if has_candidate else NONE


def bar_style(hits: tuple[Hit, ...], findings: tuple[Finding, ...]) -> str:
    """The colour of a line on the scroll bar; empty where it needs none."""
    severities = [f.severity for f in findings if f.severity] + [h.severity for h in hits]
    if severities:
        return min(severities, key=lambda s: s.rank).value
    return "accent" if findings else ""


def _rank(finding: Finding) -> int:
    return finding.severity.rank if finding.severity else 9
