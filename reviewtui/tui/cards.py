"""What the detail pane says of a hit, a finding, an item or a file: paragraphs of coloured runs, no widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.explaining import explained
from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.checklist import Answer, Candidate, Item
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.hit import Hit
from reviewtui.model.place import Place
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.keymap import Keymap
from reviewtui.tui.placed import STYLES
from reviewtui.tui.widgets.rows import Run, severity_run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are wrapped together."""

    runs: tuple[Run, ...] = ()
    indent: int = 0
    """Cells by which further rows are indented."""
    verbatim: bool = False
    """Code: cut at the edge, not wrapped."""


MOST_FACTS: Final = 16
MOST_PLACES: Final = 24
MOST_TOLD: Final = 40
"""Lines of a tool's own explanation."""
LONGEST_FACT: Final = 300
"""Characters of a tool's words on one fact."""
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
        card.append(Paragraph(((SafeText("Silenced: "), "medium"), (safe(hit.suppressed), ""))))
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
    return [*card, *_told(hit), *_explanation(hit, item)]


def _told(hit: Hit) -> list[Paragraph]:
    """What else the tool says: that it only asks, other names, its own facts, and further places in its order."""
    card = []
    if hit.is_question:
        card.append(Paragraph(((SafeText("? "), "medium"), (SafeText("The tool claims nothing and asks to look"), ""))))
    if others := [name for name in hit.ids if name != hit.rule]:
        card.append(_labelled("Also known as", _some(others)))
    card += [_labelled(_cut(name), _cut(text)) for name, text in hit.facts[:MOST_FACTS]]
    for number, place in enumerate(hit.places[:MOST_PLACES], 1):
        where = f"{place.path}:{place.span}" if place.path else "elsewhere"
        words: list[Run] = [(safe(f"{number:>3} {_cut(place.role) or 'place'} "), "accent"), (safe(where), "")]
        card.append(Paragraph((*words, (safe(f"  {_cut(place.note)}" if place.note else ""), "muted")), 6))
    if len(hit.places) > MOST_PLACES:
        card.append(Paragraph(((safe(f"    and {len(hit.places) - MOST_PLACES} more places"), "muted"),)))
    return card


def _some(names: Sequence[str]) -> str:
    """The first of many."""
    more = len(names) - MOST_FACTS
    return ", ".join(_cut(name) for name in names[:MOST_FACTS]) + (f" and {more} more" if more > 0 else "")


def _cut(text: str) -> str:
    """One line of a tool's words."""
    line = " ".join(text[: 4 * LONGEST_FACT].split())
    return line if len(line) <= LONGEST_FACT else f"{line[:LONGEST_FACT].rstrip()} …"


def _explanation(hit: Hit, item: Item | None) -> list[Paragraph]:
    """What there is to know of the rule: read once by a newcomer, passed over by an old hand."""
    known = explained(hit)
    card = []
    if known.title:
        kin = f"  like {known.kin}" if known.kin else ""
        card.append(Paragraph(((safe(known.title), "title"), (safe(kin), "muted"))))
    for label, text in known.texts:
        lines = [line for line in text.split("\n") if line.strip()]
        card += [_labelled(label if number == 0 else "", line) for number, line in enumerate(lines[:MOST_TOLD])]
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
        role = f"{place.role}: " if place.role else ""
        where = (safe(f"{role}{now.of(place)}"), "muted")
        card.append(Paragraph(((SafeText("  "), ""), where, *_state_of(place, now)), 4))
        if now.state is PlaceState.LOST and place.anchor.text:
            stood = place.anchor.text.split("\n")
            card += [Paragraph(((safe(f"    {line}"), "muted"),), verbatim=True) for line in stood[:MOST_LOST_LINES]]
    card.append(Paragraph(((safe(f"{finding.author}, {finding.created:%Y-%m-%d %H:%M}  {finding.id}"), "muted"),)))
    card.append(_hints((("edit_finding", "edit"), ("delete_finding", "delete"), ("add_place", "another place")), keys))
    return card


def _state_of(place: Place, now: Located) -> tuple[Run, ...]:
    """What happened to a place, how sure that is and why; nothing of one that is as it was."""
    if now.state is PlaceState.EXACT:
        return ()
    said: list[Run] = [(safe(f"  {now.state}"), STYLES[now.state])]
    if not now.is_lost and now.confidence:
        said.append((safe(f" {now.confidence:.0%}"), "muted"))
    if now.reason:
        said.append((safe(f": {now.reason}"), "muted"))
    if now.of(place) != place:
        said.append((safe(f", was {place}"), "muted"))
    if now.other:
        said.append((safe(f" ({now.other[0]}:{now.other[1]})"), "muted"))
    return tuple(said)


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


def group_card(
    title: str, hits: Sequence[Hit], rows: Sequence[tuple[Run, ...]], item: Item | None, keys: Keymap
) -> list[Paragraph]:
    """A group of hits: what is in it, the keys that decide on all of it, and what its rule means, if it has but one."""
    card = [Paragraph(((safe(title), "title"), (SafeText(f"  {len(hits):,} hits"), "muted")), 2)]
    card += [Paragraph(row, verbatim=True) for row in rows]
    decisions = ("false_positive", "false positive"), ("accept_risk", "accept risk"), ("out_of_scope", "out of scope")
    card.append(_hints((*decisions, ("reopen_hit", "reopen")), keys))
    is_one_rule = len({(hit.tool, hit.rule) for hit in hits}) == 1
    return [*card, *_explanation(hits[0], item)] if is_one_rule else card
