"""What the detail pane says of a row in the list of what was found."""

from collections.abc import Sequence
from typing import Final

from reviewtui.model.place import RepoPath
from reviewtui.search.result import Result, window_of
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.cards import Paragraph
from reviewtui.tui.found_list import Entry, FoundList, Note
from reviewtui.tui.keymap import Keymap
from reviewtui.tui.widgets.rows import Run

_AROUND: Final = 2
"""Lines of context above and below."""
_MOST: Final = 40
"""Files of one kind that are named."""


def found_card(entry: Entry, found: FoundList, lines: Sequence[str], symbol: str, keys: Keymap) -> list[Paragraph]:
    """A line with those around it, where `lines` are the file's; what a file holds; or why one was not searched."""
    if isinstance(entry, Result):
        return [*_of_line(entry, found, lines, symbol), _keys(keys)]
    if isinstance(entry, RepoPath):
        inside = [result for result in found.results if result.path == entry]
        looked = sum(result.key in found.looked for result in inside)
        words = f"{len(inside):,} lines match, {looked:,} looked at"
        return [Paragraph(((safe(entry), "title"),)), Paragraph(((safe(words), ""),)), _keys(keys)]
    card = [Paragraph(((safe(found.summary), ""),))]
    if isinstance(entry, Note):
        return card
    if entry.path:
        return [Paragraph(((safe(entry.path), "title"), (safe(f"  {entry.reason}"), "medium"))), *card]
    paths = [path for path, reason in found.unsearched if (reason == "binary") == ("binary" in entry.reason)]
    card.insert(0, Paragraph(((safe(entry.reason), "medium"),)))
    card += [Paragraph(((safe(path), "muted"),)) for path in paths[:_MOST]]
    if len(paths) > _MOST:
        card.append(Paragraph(((safe(f"and {len(paths) - _MOST:,} more"), "muted"),)))
    return card


def _of_line(result: Result, found: FoundList, lines: Sequence[str], symbol: str) -> list[Paragraph]:
    row = result.row_in(lines) if lines else None
    head: list[Run] = [(safe(f"{result.path}:{result.line if row is None else row + 1}"), "title")]
    if symbol:
        head.append((safe(f"  {symbol}"), "accent"))
    if result.key in found.looked:
        head.append((SafeText("  ✓ looked at"), "good"))
    card = [Paragraph(tuple(head), 2)]
    if row is None:
        if lines:
            card.append(Paragraph(((SafeText("This line has changed since the search"), "medium"),)))
        return [*card, Paragraph(((safe(result.text), ""),), verbatim=True)]
    around = range(max(0, row - _AROUND), min(len(lines), row + _AROUND + 1))
    indent = min((_indent(lines[at]) for at in around if lines[at].strip()), default=0)
    for at in around:
        number: Run = (SafeText(f"{at + 1:>5}  "), "muted")
        # Of a line of megabytes only a window is drawn.
        text, first = window_of(lines[at], result.column if at == row else 0)
        begin = indent if not first else 0
        if at != row:
            card.append(Paragraph((number, (safe(text[begin:]), "muted")), verbatim=True))
            continue
        runs: list[Run] = [number]
        end = begin
        for start, stop in ((max(0, a - first), min(len(text), b - first)) for a, b in result.spans):
            if end <= start < stop:
                runs += [(safe(text[end:start]), ""), (safe(text[start:stop]), "match")]
                end = stop
        card.append(Paragraph((*runs, (safe(text[end:]), "")), verbatim=True))
    return card


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _keys(keys: Keymap) -> Paragraph:
    runs: list[Run] = []
    for name, label in (
        ("toggle_looked", "looked at"),
        ("select_results", "select"),
        ("add_finding", "finding"),
        ("add_place", "add to a finding"),
        ("add_evidence", "evidence"),
        ("search_again", "search again"),
    ):
        runs += [(safe(keys.key_of(name, "found")), "accent"), (SafeText(f" {label}   "), "muted")]
    return Paragraph(tuple(runs))
