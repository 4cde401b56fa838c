"""What the detail pane says of a decision that came along with its code, or was made on other code: then and now."""

from collections.abc import Iterator, Sequence
from typing import Final

from reviewtui.model.hit import Hit, code_id
from reviewtui.model.standing import Match, Standing
from reviewtui.model.verdict import Verdict
from reviewtui.text.line_diff import Columns, changed_blocks, changed_words
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.cards import Paragraph
from reviewtui.tui.keymap import Keymap
from reviewtui.tui.widgets.rows import Run

MOST_LINES: Final = 24
"""Of old and new text together."""
_LONGEST: Final = 400


def carried_card(hit: Hit, standing: Standing, lines: Sequence[str], keys: Keymap) -> list[Paragraph]:
    """Whose decision it was, why, and how the code differs; nothing for one that was made on this very code.

    Args:
        hit: the hit.
        standing: what holds for it.
        lines: those of the hit as they are now; none where they cannot be shown.
        keys: what the keys do.
    """
    verdict = standing.verdict
    if verdict is None:
        return []
    if standing.match is Match.MOVED:
        return [Paragraph(((safe(f"moved with its code from {verdict.place}"), "muted"),))]
    if not standing.is_stale:
        return []
    card = [
        Paragraph(
            (
                (SafeText("≠ "), "high"),
                (safe(f"was decided as {verdict.state.label}"), "title"),
                (safe(f" by {verdict.by}, {verdict.at:%Y-%m-%d}: {verdict.reason}"), ""),
            ),
            2,
        )
    ]
    if verdict.owner:
        card.append(Paragraph(((safe(f"  owner {verdict.owner}, until {verdict.review_by}"), "muted"),), 2))
    card += _texts(verdict, lines)
    card.append(Paragraph(((safe(f"  {_doubt(hit, verdict)}"), "medium"),), 2))
    card.append(
        Paragraph(
            (
                (safe(keys.key_of("keep_verdict")), "accent"),
                (SafeText(" still holds   "), "muted"),
                (safe(keys.key_of("reopen_hit")), "accent"),
                (SafeText(" take it back   "), "muted"),
            )
        )
    )
    return card


def _doubt(hit: Hit, verdict: Verdict) -> str:
    """Why it has to be confirmed."""
    old = verdict.place.anchor.text
    if not old:
        return "The code of then was not kept; it is another one now"
    if code_id(old) != hit.code:
        where = (
            ""
            if verdict.place.path == hit.path and verdict.place.span == hit.span
            else f"; it stood at {verdict.place}"
        )
        return f"The code has changed since{where}"
    if verdict.place.path == hit.path:
        return f"The same code stands or stood here more than once: was it this one? It stood at {verdict.place}"
    return f"The same code stood at {verdict.place} and is gone there: was it this one?"


def _texts(verdict: Verdict, lines: Sequence[str]) -> list[Paragraph]:
    """The lines of then and now, old ones above those that took their place."""
    old = verdict.place.anchor.text.split("\n") if verdict.place.anchor.text else []
    indent = min((_indent(line) for line in (*old, *lines) if line.strip()), default=0)
    cut = slice(indent, indent + _LONGEST)
    drawn = list(_differences([line[cut] for line in old], [line[cut] for line in lines]))
    paragraphs = [Paragraph(runs, verbatim=True) for runs in drawn[:MOST_LINES]]
    if len(drawn) > MOST_LINES:
        paragraphs.append(Paragraph(((safe(f"  and {len(drawn) - MOST_LINES} more lines"), "muted"),)))
    return paragraphs


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Run, ...]]:
    if not new:
        yield from (_line("-", line, (), "removed") for line in old)
        return
    row = 0
    for block in changed_blocks(old, new):
        yield from (_line(" ", line, (), "") for line in new[row : block.new_start])
        pairs = zip(range(block.old_start, block.old_end), range(block.new_start, block.new_end), strict=False)
        words = {(a, b): changed_words(old[a], new[b]) for a, b in pairs}
        before = {a: columns[0] for (a, _), columns in words.items()}
        after = {b: columns[1] for (_, b), columns in words.items()}
        for a in range(block.old_start, block.old_end):
            yield _line("-", old[a], before.get(a, ()), "removed")
        for b in range(block.new_start, block.new_end):
            yield _line("+", new[b], after.get(b, ()), "added")
        row = block.new_end
    yield from (_line(" ", line, (), "") for line in new[row:])


def _line(sign: str, text: str, words: Columns, name: str) -> tuple[Run, ...]:
    """One line; a sign in front, so that it is told by more than its colour."""
    runs: list[Run] = [(SafeText(f"  {sign} "), name or "muted")]
    at = 0
    for start, end in words:
        runs += [(safe(text[at:start]), name), (safe(text[start:end]), f"{name}-word")]
        at = end
    runs.append((safe(text[at:]), name or "muted"))
    return tuple(run for run in runs if run[0])
