"""What the detail pane says of a hit, a finding, an item or a file: paragraphs of coloured runs, no widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.explaining import explained
from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.checklist import Answer, Candidate, Item
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.hit import Hit
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.keymap import Keymap
from reviewtui.tui.widgets.rows import Run, severity_run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are wrapped together."""

    runs: tuple[Run, ...] = ()
    indent: int = 0
    """Cells by which further rows are indented."""
    verbatim: bool = False
    """Code: cut at the edge, not wrapped."""


MOST_LOST_LINES: Final = 6
"""Of the lines that a lost place had, so many are shown."""


def hit_card(hit: Hit, verdict: Verdict | None, item: Item | None, keys: Keymap) -> list[Paragraph]:
    """A tool's hit: what it says, what was decided, and the keys that decide."""
    words: list[Run] = [
        severity_run(hit.severity),
        (safe(f" {hit.rule} {hit.name.replace('_', ' ')}"), "title"),
        (safe(f"  {hit.tool} · {hit.severity} severity"), "muted"),
    ]
    if hit.confidence:
        words.append((safe(f" · {hit.confidence} confidence"), "muted"))
    words += [(safe(f" · CWE-{number}"), "muted") for number in hit.cwe]
    card = [Paragraph(tuple(words), 2), Paragraph(((safe(hit.message), ""),))]
    if hit.suppressed:
        card.append(Paragraph(((SafeText("Silenced in the source: "), "medium"), (safe(hit.suppressed), ""))))
    if verdict is None or verdict.state is State.OPEN:
        decisions = ("confirm_hit", "confirm"), ("false_positive", "false positive"), ("accept_risk", "accept risk")
        card.append(_hints((*decisions, ("out_of_scope", "out of scope"), ("repeat_verdict", "again")), keys))
    else:
        card.append(
            Paragraph(
                (
                    (SafeText("✓ "), "good"),
                    (safe(verdict.state.label), "title"),
                    (safe(f" by {verdict.by}, {verdict.at:%Y-%m-%d}: {verdict.reason}"), ""),
                    (SafeText(f"   {keys.key_of('reopen_hit')} reopens"), "muted"),
                )
            )
        )
    return [*card, *_explanation(hit, item)]


def _explanation(hit: Hit, item: Item | None) -> list[Paragraph]:
    """What there is to know of the rule: read once by a newcomer, passed over by an old hand."""
    known = explained(hit)
    card = []
    if known.title:
        kin = f"  like {known.kin}" if known.kin else ""
        card.append(Paragraph(((safe(known.title), "title"), (safe(kin), "muted"))))
    card += [_labelled(label, text) for label, text in known.texts]
    others = [name for name in known.items if not item or name != item.id]
    if item:
        card.append(_labelled("Item", f"{item.id} {item.question}{_also(others)}"))
    elif others:
        card.append(_labelled("Item", ", ".join(others)))
    if known.example:
        card.append(Paragraph(((SafeText("Example"), "muted"),)))
        card += [Paragraph(((safe(f"  {line}"), ""),), verbatim=True) for line in known.example.split("\n")]
    for weakness in known.weaknesses:
        category = f"  {weakness.category}" if weakness.category else ""
        name = (safe(f"CWE-{weakness.number} {weakness.name}"), "")
        card.append(Paragraph((name, (safe(category), "muted")), 2))
    if hit.url:
        card.append(Paragraph(((safe(hit.url), "muted"),)))
    return card


def _also(items: Sequence[str]) -> str:
    return f"  (also {', '.join(items)})" if items else ""


def finding_card(finding: Finding, located: Sequence[Located], keys: Keymap) -> list[Paragraph]:
    """What a person wrote, with its places as they are now."""
    head: list[Run] = [
        severity_run(finding.severity) if finding.kind is Kind.FINDING else (SafeText("◇"), "accent"),
        (safe(f" {finding.title}"), "title"),
        (safe(f"  {finding.kind} · {finding.state.label}"), "muted"),
    ]
    if finding.severity:
        head.append((safe(f" · {finding.severity}"), "muted"))
    if finding.likelihood and finding.impact:
        head.append((safe(f" · {finding.likelihood} likelihood × {finding.impact} impact"), "muted"))
    head += [(safe(f" · CWE-{number}"), "muted") for number in finding.cwe]
    card = [Paragraph(tuple(head), 2)]
    for label, text in (
        ("", finding.description),
        ("Exploit", finding.exploit),
        ("Recommendation", finding.recommendation),
    ):
        card += [_labelled(label if first else "", line) for first, line in _numbered_lines(text) if text.strip()]
    if finding.owner or finding.due:
        card.append(_labelled("Owner", f"{finding.owner or 'nobody'}{f', due {finding.due}' if finding.due else ''}"))
    for place, now in zip(finding.places, located, strict=False):
        where = place.at(now.span) if now.state is not PlaceState.LOST else place
        state = "" if now.state is PlaceState.EXACT else f"  {now.state}"
        role = f"{place.role}: " if place.role else ""
        card.append(Paragraph(((SafeText("  "), ""), (safe(f"{role}{where}"), "muted"), (safe(state), "medium"))))
        if now.state is PlaceState.LOST and place.anchor.text:
            stood = place.anchor.text.split("\n")
            card += [Paragraph(((safe(f"    {line}"), "muted"),), verbatim=True) for line in stood[:MOST_LOST_LINES]]
    card.append(Paragraph(((safe(f"{finding.author}, {finding.created:%Y-%m-%d %H:%M}  {finding.id}"), "muted"),)))
    card.append(_hints((("edit_finding", "edit"), ("delete_finding", "delete"), ("add_place", "another place")), keys))
    return card


def item_card(
    item: Item, answer: Answer | None, candidates: Sequence[Candidate], at: int | None, keys: Keymap
) -> list[Paragraph]:
    """A question of the checklist, what to look for, and the candidate that is being looked at."""
    numbers = [f"CWE-{number}" for number in item.cwe[:3]] + [f"ASVS {number}" for number in item.asvs5[:3]]
    card = [
        Paragraph(((safe(f"{item.id} "), "accent"), (safe(item.question), "title")), len(item.id) + 1),
    ]
    if at is not None and at < len(candidates):
        candidate = candidates[at]
        mark = (
            (SafeText("? suspicious  "), "medium")
            if candidate.suspicious
            else (SafeText("? a place to look  "), "accent")
        )
        where = (safe(f"{at + 1} of {len(candidates)}  "), "title")
        card.append(Paragraph((where, mark, (safe(candidate.note), "")), 2))
    elif candidates:
        suspicious = sum(c.suspicious for c in candidates)
        card.append(
            Paragraph(
                (
                    (SafeText(f"{len(candidates)} candidate places, {suspicious} suspicious  "), "medium"),
                    (SafeText(f"{keys.key_of('next_candidate')} goes to the first"), "muted"),
                )
            )
        )
    else:
        card.append(Paragraph(((SafeText("No candidate place was found in this repository"), "muted"),)))
    if answer:
        card.append(
            Paragraph(
                (
                    (safe(f"{answer.result.label}"), "good" if answer.result == "pass" else "high"),
                    (
                        safe(
                            f"  {answer.reason}  ({answer.by}, {answer.at:%Y-%m-%d}, {_places(len(answer.evidence))})"
                        ),
                        "",
                    ),
                )
            )
        )
    card.append(
        _hints(
            (("answer_pass", "pass"), ("answer_fail", "fail"), ("answer_na", "n/a"), ("add_evidence", "evidence")), keys
        )
    )
    card.append(_labelled("Why", item.why))
    card += [_labelled(_framework(name), text) for name, text in item.look_for.items() if text]
    card.append(_labelled("Good", item.good))
    for label, code in (("Bad example", item.bad_example), ("Good example", item.good_example)):
        if code.strip():
            card.append(Paragraph(((SafeText(label), "muted"),)))
            card += [Paragraph(((safe(f"  {line}"), ""),), verbatim=True) for line in code.strip("\n").split("\n")]
    cheat_sheet = f" · OWASP cheat sheet {item.cheat_sheet}" if item.cheat_sheet else ""
    card.append(Paragraph(((safe(" · ".join(numbers) + cheat_sheet), "muted"),)))
    return card


def message_card(*lines: str) -> list[Paragraph]:
    """Plain sentences."""
    return [Paragraph(((safe(line), "muted"),)) for line in lines]


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def _labelled(label: str, text: str) -> Paragraph:
    head: tuple[Run, ...] = ((safe(f"{label}: "), "accent"),) if label else ()
    return Paragraph((*head, (safe(text), "")), 2 if label else 0)


def _framework(name: str) -> str:
    known = {"fastapi": "FastAPI", "javascript": "JavaScript", "general": "Look for"}
    return known.get(name, name.capitalize())


def _numbered_lines(text: str) -> list[tuple[bool, str]]:
    return [(number == 0, line) for number, line in enumerate(text.strip().split("\n"))]


def _hints(actions: Sequence[tuple[str, str]], keys: Keymap) -> Paragraph:
    runs: list[Run] = []
    for name, label in actions:
        runs += [(safe(keys.key_of(name)), "accent"), (SafeText(f" {label}   "), "muted")]
    return Paragraph(tuple(runs))
