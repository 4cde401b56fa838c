"""What the bars and the detail pane say: gathered here, from what is under the cursor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.checklist import Checklist, Item
from reviewtui.model.finding import Finding
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.search.result import Result
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.cards import Paragraph, finding_card, group_card, hit_card, item_card, message_card
from reviewtui.tui.found_card import found_card
from reviewtui.tui.found_list import Entry
from reviewtui.tui.hit_list import Head
from reviewtui.tui.stale_card import carried_card
from reviewtui.tui.touching import preview
from reviewtui.tui.widgets.bars import Bar
from reviewtui.tui.widgets.rows import Run
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

HINTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "source": (
        ("next_open", "next hit"),
        ("confirm_hit", "confirm"),
        ("false_positive", "false positive"),
        ("add_finding", "finding"),
        ("add_note", "note"),
        ("select", "select"),
        ("toggle_reviewed", "reviewed"),
        ("search", "search"),
        ("help", "help"),
    ),
    "tree": (
        ("activate", "open"),
        ("find_file", "find file"),
        ("toggle_reviewed", "reviewed"),
        ("pane_hits", "hits"),
        ("pane_checklist", "checklist"),
        ("next_pane", "pane"),
        ("help", "help"),
    ),
    "hits": (
        ("activate", "go there"),
        ("confirm_hit", "confirm"),
        ("false_positive", "false positive"),
        ("accept_risk", "accept"),
        ("out_of_scope", "out of scope"),
        ("repeat_verdict", "again"),
        ("filter_here", "filter"),
        ("group_hits", "group"),
        ("select_hits", "select"),
        ("help", "help"),
    ),
    "findings": (
        ("activate", "go there"),
        ("edit_finding", "edit"),
        ("delete_finding", "delete"),
        ("undo", "undo"),
        ("commit", "commit"),
        ("help", "help"),
    ),
    "checklist": (
        ("activate", "walk"),
        ("next_candidate", "next candidate"),
        ("answer_pass", "pass"),
        ("answer_fail", "fail"),
        ("answer_na", "n/a"),
        ("help", "help"),
    ),
    "found": (
        ("activate", "go there"),
        ("toggle_looked", "looked at"),
        ("next_result", "next"),
        ("select_results", "select"),
        ("add_finding", "finding"),
        ("add_place", "add to a finding"),
        ("add_evidence", "evidence"),
        ("find_in_repository", "new search"),
        ("help", "help"),
    ),
    "detail": (("next_pane", "pane"), ("quit", "back"), ("help", "help")),
}
FILTER_HINTS: Final = tuple(
    (SafeText(key), SafeText(label), "")
    for key, label in (("Enter", "keep"), ("Esc", "as before"), ("Tab", "complete"), ("↑", "an earlier one"))
)
WALK_HINTS: Final = (
    ("next_candidate", "next place"),
    ("add_evidence", "evidence"),
    ("answer_pass", "pass"),
    ("answer_fail", "fail"),
    ("answer_na", "n/a"),
    ("next_item", "next item"),
    ("help", "help"),
)


class Cards:
    """The words around the source."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.message: tuple[SafeText, bool] | None = None
        """What was said last, and whether it is an error; gone with the next key."""
        self._shown_for: tuple[object, ...] = ()

    def follow(self) -> None:
        """The cursor moved: refresh, unless that was done for where it is."""
        if self._here() != self._shown_for:
            self.refresh()

    def _here(self) -> tuple[object, ...]:
        source = self.screen.source
        return source, source.path, source.cursor, source.column, self.screen.focused

    def refresh(self) -> None:
        """All bars and the detail pane."""
        self._shown_for = self._here()
        self.screen.panes.show_headers()
        for bar, view in zip(self.screen.source_bars, self.screen.views, strict=True):
            self._refresh_source_bar(bar, view)
        self._refresh_detail()
        self.refresh_status()

    # Bars

    def _refresh_source_bar(self, bar: Bar, source: SourceView) -> None:
        name = safe(self.screen.repository.project_name())
        if source.path is None:
            bar.set_row(((SafeText(f" {name}"), "title"),))
            return
        left: list[Run] = [(safe(f" {source.path}"), "title")]
        symbol = _symbol(source)
        if symbol:
            left.append((safe(f"  {symbol}"), "accent"))
        text = source.source
        notes = []
        if source.revision:
            notes.append(f"as of {source.revision[:8]}, read only")
        if source.compared:
            notes.append(f"changes since {source.compared[:8]}")
        if text.is_binary:
            notes.append("binary")
        elif text.encoding not in ("utf-8", "ascii"):
            notes.append(text.encoding)
        if text.newline not in ("LF", ""):
            notes.append(text.newline)
        if text.codec_note:
            notes.append(text.codec_note)
        right: list[Run] = [(safe(f" {' · '.join(notes)}"), "medium")] if notes else []
        if source.hidden:
            word = "hidden character" if source.hidden == 1 else "hidden characters"
            right.append((SafeText(f" {source.hidden:,} {word}"), "high"))
        facts = self.screen.desk.facts.get(source.path)
        if facts is not None and facts.blind and not source.revision:
            seen = any(hit.tool == "bandit" for hit in facts.hits)
            right.append((SafeText(" ! not scanned as a whole" if seen else " ! not scanned"), "medium"))
        if source.stale:
            right.append((safe(f" {source.stale}"), "high"))
        if self.screen.desk.mark_of(source.path):
            right.append((SafeText(" ✓ reviewed"), "good"))
        right.append((SafeText(f" {source.row_count} lines "), "muted"))
        bar.set_row(left, right)

    def refresh_status(self) -> None:
        """Where the reader is, what runs, how much is reviewed, whether all is saved; and the keys that matter."""
        screen = self.screen
        source, session, desk = screen.source, screen.session, screen.desk
        left: list[Run] = []
        if screen.typing.sequences.pending:
            left.append((SafeText(f" {screen.typing.sequences.pending}… "), "accent"))
        if source.selection:
            left.append((SafeText(f" SELECT {source.selection.count} lines "), "accent"))
        if self.message and self.message[0]:
            text, is_error = self.message
            left.append((SafeText(f" {text} "), "high" if is_error else "title"))
        facts: list[Run] = []
        if screen.scanning.progress:
            facts.append((SafeText(f" {screen.scanning.progress} "), "accent"))
        if screen.scanning.configuration:
            facts.append((safe(f" {screen.scanning.configuration} "), "medium"))
        undecided = desk.undecided
        if desk.hit_count:
            facts.append((SafeText(f" {undecided} undecided "), "medium" if undecided else "good"))
        if desk.stale:
            facts.append((SafeText(f" {len(desk.stale)} stale "), "high"))
        if desk.blind:
            facts.append((SafeText(f" !{desk.blind} not scanned "), "medium"))
        if desk.paths:
            facts.append((SafeText(f" {len(desk.reviewed)}/{desk.to_review} reviewed "), "muted"))
        right: list[Run] = []
        if source.path:
            right.append((SafeText(f" {source.cursor + 1}:{source.cursor_column + 1} "), ""))
        if session is None:
            right.append((SafeText(" not writable " if screen.findings_notice else " … "), "high"))
        else:
            right.append((SafeText(" saved ✓ "), "good") if session.is_saved else (SafeText(" NOT SAVED "), "critical"))
        # What can be read at any time gives way to what is said only once.
        room = screen.status_bar.size.width - _cells(left) - _cells(right)
        while self.message and facts and _cells(facts) >= room:
            facts.pop()
        screen.status_bar.set_row(left, [*facts, *right])
        self._refresh_hints()

    def _refresh_hints(self) -> None:
        context = self.screen.context or "source"
        hints = HINTS[context]
        if context == "source" and self.screen.walking.item is not None:
            hints = WALK_HINTS
        if self.screen.source.selection and context == "source":
            hints = (
                ("add_finding", "finding"),
                ("add_note", "note"),
                ("add_place", "add to a finding"),
                ("add_evidence", "evidence"),
                ("toggle_reviewed", "reviewed"),
                ("cancel", "cancel"),
            )
        hit = self.screen.current_hit if context in ("source", "hits") and not self.screen.source.selection else None
        if hit is not None and self.screen.desk.standings.of(hit).is_stale:
            hints = (hints[0], ("keep_verdict", "still holds"), ("reopen_hit", "take back"), *hints[1:])
        keymap = self.screen.keymap
        if self.screen.hits.is_typing:
            self.screen.hints_bar.set_hints(FILTER_HINTS)
            return
        self.screen.hints_bar.set_hints(
            [
                (safe(keymap.key_of(name, context)), SafeText(label), name)
                for name, label in hints
                if keymap.is_bound(name, context)
            ]
        )

    # Detail

    def _refresh_detail(self) -> None:
        screen = self.screen
        context = screen.context
        if context == "hits" and isinstance(screen.hits_pane.entry, Head):
            self._show("Group", self._of_group(screen.hits_pane.entry))
        elif context == "hits" and screen.hits_pane.current:
            self._show("Hit", self._of_hit(screen.hits_pane.current))
        elif context == "findings" and screen.findings_pane.current:
            self._show("Finding", self._of_finding(screen.findings_pane.current))
        elif context == "found" and screen.found_pane.current:
            self._show("Found", self._of_found(screen.found_pane.current))
        elif context == "checklist" and screen.checklist_pane.current:
            self._show("Checklist", self._of_entry(screen.checklist_pane.current))
        elif context == "detail":
            return
        else:
            self._show_line()

    def _show(self, heading: str, paragraphs: list[Paragraph]) -> None:
        self.screen.detail_bar.set_row(((safe(f" {heading}"), "title"),))
        self.screen.detail.show(paragraphs)

    def _show_line(self) -> None:
        """What lies on the line of the cursor; the item that is being walked comes first."""
        screen = self.screen
        source = screen.source
        card: list[Paragraph] = []
        names = []
        item = screen.walking.item
        if item and screen.context != "tree":
            card += item_card(
                item,
                screen.desk.review.answers.get(item.id),
                screen.walking.candidates,
                screen.walking.index_here(),
                screen.keymap,
            )
            names.append(item.title)
        on_line: list[Paragraph] = screen.trailing.card()
        lost = screen.lost.finding_here
        if lost:
            on_line += [*self._of_finding(lost), Paragraph()]
        for finding in source.findings_at(source.cursor + 1):
            on_line += [*self._of_finding(finding), Paragraph()]
        for hit in source.hits_at(source.cursor + 1):
            on_line += [*self._of_hit(hit), Paragraph()]
        if on_line:
            names.insert(0, f"Line {source.cursor + 1}")
            # On the candidate itself the question matters; elsewhere what the line holds.
            card = [*card, Paragraph(), *on_line] if screen.walking.index_here() is not None else [*on_line, *card]
        if not card:
            names.append("Detail")
            card = self._of_file()
        self._show(" · ".join(names), card)

    def _of_file(self) -> list[Paragraph]:
        screen = self.screen
        path = screen.source.path
        if path is None:
            if screen.findings_notice:
                return message_card(screen.findings_notice)
            return message_card("Nothing is open yet.")
        facts = screen.desk.facts.get(path)
        if facts is None:
            return message_card("Not scanned (yet).")
        if facts.blind and not facts.hits:
            return message_card(f"Bandit did not look at this file: {facts.blind}")
        undecided = sum(screen.desk.is_open(hit) for hit in facts.hits)
        lines = [
            f"{len(facts.hits)} hits in this file, {undecided} undecided; {len(facts.candidates)} candidate places."
        ]
        if facts.blind:
            part = "all of it" if any(hit.tool == "bandit" for hit in facts.hits) else "this file"
            lines.append(f"Bandit did not look at {part}: {facts.blind}")
        lost = screen.source.overlay.lost if screen.source.overlay else ()
        lines += [f"Lost its place here: {finding.title}" for finding, _ in lost]
        return message_card(*lines)

    def _of_hit(self, hit: Hit | BlindSpot) -> list[Paragraph]:
        if isinstance(hit, BlindSpot):
            return message_card(f"{hit.path} was not looked at by {hit.tool}: {hit.reason}")
        desk = self.screen.desk
        standing = desk.standings.of(hit)
        verdict = None if standing.is_stale else standing.verdict
        card = hit_card(hit, verdict, desk.item_for(hit), self.screen.keymap)
        card[1:1] = carried_card(hit, standing, self.screen.carrying.lines(hit), self.screen.keymap)
        return card

    def _of_group(self, head: Head) -> list[Paragraph]:
        if head.blind:
            return message_card(f"{len(head.blind):,} files or folders were not looked at: no hit there means nothing.")
        hits = head.hits
        item = self.screen.desk.item_for(hits[0])
        return group_card(head.title, hits, preview(hits), item, self.screen.keymap)

    def _of_finding(self, finding: Finding) -> list[Paragraph]:
        shown = self.screen.source
        found = []
        for index, place in enumerate(finding.places):
            located = self.screen.desk.placed.now(finding, index)
            if shown.overlay:
                located = next(
                    (now for f, p, now in shown.overlay.places if f.id == finding.id and p == place), located
                )
            found.append(located or Located(place.span, PlaceState.EXACT))
        return finding_card(finding, found, self.screen.keymap)

    def _of_found(self, entry: Entry) -> list[Paragraph]:
        found = self.screen.looking.found
        if found is None:
            return []
        view = self.screen.source
        symbol = _symbol(view) if view.path == getattr(entry, "path", None) else ""
        lines = view.lines if isinstance(entry, Result) and view.path == entry.path and not view.revision else ()
        return found_card(entry, found, lines, symbol, self.screen.keymap)

    def _of_entry(self, entry: Checklist | Item) -> list[Paragraph]:
        if isinstance(entry, Checklist):
            done, all_items = self.screen.desk.progress(entry)
            return message_card(entry.title, entry.summary, f"{done} of {all_items} items answered")
        desk, walking = self.screen.desk, self.screen.walking
        at = walking.index_here() if walking.item and walking.item.id == entry.id else None
        return item_card(entry, desk.review.answers.get(entry.id), desk.candidates(entry.id), at, self.screen.keymap)


def _symbol(source: SourceView) -> str:
    symbol = source.outline.enclosing(source.cursor + 1) if source.outline else None
    return symbol.qualified if symbol else ""


def _cells(runs: Sequence[Run]) -> int:
    return sum(cell_width(text) for text, _ in runs)
