"""The list of the hits: groups, hits, and after them what was not looked at."""

from typing import Final

from reviewtui.explaining import group_titles
from reviewtui.model.filter import Known
from reviewtui.model.grouping import Grouping
from reviewtui.model.hit import NOWHERE, BlindSpot, Hit
from reviewtui.model.standing import Standing
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.desk import Desk
from reviewtui.tui.hit_list import Entry, Head, HitList, Member
from reviewtui.tui.widgets.rows import Row, Run, severity_run, tail
from reviewtui.tui.widgets.selecting import SelectingRows
from reviewtui.tui.widgets.source_view.gutter import STALE

WIDE: Final = 90
"""From so many cells on there is room for whole paths."""


class HitsPane(SelectingRows):
    """Hits that are walked, selected and decided; what was decided stays where it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="hits")
        self.desk = desk
        self.list = HitList()
        self.known: Known | None = None
        """What the filter and the groups were made with."""
        self.notice = "The scan has not begun"
        self._open: dict[str, int] = {}
        """Undecided hits by head, as far as they were counted."""

    @property
    def row_count(self) -> int:
        """Heads, hits, and files that were not looked at."""
        return len(self.list.entries)

    def empty_text(self) -> str:
        """What an empty list means: never more than was looked at."""
        if self.list.total and self.list.chosen:
            return f"None of {self.list.total:,} hits fits the filter"
        return self.notice

    # What is in it

    def update_rows(self, *, keep: bool = True) -> None:
        """The desk has other hits; the cursor stays on its row. Without `keep`, what was decided may go."""
        desk = self.desk
        self.known = desk.known()
        self.list.fill(desk.doubles, desk.blind_spots, self.known, keep=keep)
        self.put_in_groups()

    def put_in_groups(self) -> None:
        """The same hits in other groups."""
        if self.known is None:
            return
        stand = self._stand
        needs_titles = self.list.grouping in (Grouping.CWE, Grouping.TOPIC)
        titles = group_titles(self.desk.hits, self.desk.checklists) if needs_titles else None
        self.list.arrange(self.known, titles)
        self._stay(stand)

    @property
    def _stand(self) -> tuple[Entry | None, int, Entry | None]:
        """What is under the cursor, on which row, and where a selection began."""
        start = self.selected_from
        begun = self.list.entries[start] if start is not None and start < self.row_count else None
        return self.entry, self.cursor, begun

    def _stay(self, stand: tuple[Entry | None, int, Entry | None]) -> None:
        """After the rows changed: cursor and selection on the same entries, or on the row where the cursor was."""
        entry, row, begun = stand
        found = self.list.row_of(entry) if entry is not None else None
        self.selected_from = self.list.row_of(begun) if begun is not None and found is not None else None
        self.redraw()
        self.go(row if found is None else found, centre=found is not None and found != row)

    def redraw(self) -> None:
        """Something was decided, maybe: count and draw again."""
        self._open.clear()
        super().redraw()

    @property
    def entry(self) -> Entry | None:
        """What the row under the cursor shows."""
        return self.list.entries[self.cursor] if self.cursor < self.row_count else None

    @property
    def current(self) -> Hit | BlindSpot | None:
        """The hit, or the file that was not looked at, under the cursor; None on the head of a group."""
        entry = self.entry
        if isinstance(entry, tuple):
            return entry[0]
        if isinstance(entry, Member):
            return entry.hit
        return entry if isinstance(entry, BlindSpot) else None

    def select_hit(self, hit: Hit) -> None:
        """Put the cursor on a hit, if it is in the list."""
        row = self.list.row_of(hit)
        if row is not None:
            self.go(row, centre=True)

    # Selecting

    def label_of(self, first: int, last: int) -> str:
        """What these rows are, in a few words."""
        entry = self.list.entries[first]
        if first == last and isinstance(entry, Head):
            return entry.title
        return "the selection"

    def do_select_hits(self, _count: int | None) -> None:
        """Action `select_hits`: begin a selection, or end it."""
        self.toggle_selection()

    def do_select_all_hits(self, _count: int | None) -> None:
        """Action `select_all_hits`: from the first row to the last hit."""
        if self.row_count:
            last = max((r for r, e in enumerate(self.list.entries) if not isinstance(e, BlindSpot)), default=0)
            self.selected_from = 0
            self.go(last)
            self.redraw()

    # Folding

    def do_fold_open(self, _count: int | None) -> None:
        """Action `fold_open`: open the group, or the hits of several tools; on what is open one step inside."""
        entry = self.entry
        if isinstance(entry, Head):
            if entry.key in self.list.folded:
                self.toggle()
            else:
                self.go(self.cursor + 1)
        elif isinstance(entry, tuple) and len(entry) > 1 and entry[0].fingerprint not in self.list.opened:
            self.toggle()
        else:
            self.do_activate(None)

    def do_fold_close(self, _count: int | None) -> None:
        """Action `fold_close`: close it, or go up to what it is in."""
        entry = self.entry
        if isinstance(entry, Head):
            if entry.key not in self.list.folded:
                self.toggle()
            return
        if isinstance(entry, tuple) and entry[0].fingerprint in self.list.opened:
            self.toggle()
            return
        row = self._row_of_line() if isinstance(entry, Member) else self.list.head_of(self.cursor)
        if row is not None:
            self.go(row)

    def _row_of_line(self) -> int:
        """The row of the hit with its doubles that the cursor is among."""
        return next(row for row in range(self.cursor, -1, -1) if isinstance(self.list.entries[row], tuple))

    def toggle(self) -> None:
        """Open or close what is under the cursor."""
        entry, stand = self.entry, self._stand
        if isinstance(entry, Head):
            self.list.folded ^= {entry.key}
        elif isinstance(entry, tuple):
            self.list.opened ^= {entry[0].fingerprint}
        self.list.lay_out()
        self._stay(stand)

    def do_close_folds(self, _count: int | None) -> None:
        """Action `close_folds`."""
        self._fold_all(folded=True)

    def do_open_folds(self, _count: int | None) -> None:
        """Action `open_folds`."""
        self._fold_all(folded=False)

    def _fold_all(self, *, folded: bool) -> None:
        (entry, row, _), head = self._stand, self.list.head_of(self.cursor) if self.row_count else None
        above = self.list.entries[head] if head is not None and folded else entry
        self.list.fold_all(folded=folded)
        self._stay((above, row, None))

    def pressed(self, row: int, part: int, x: int) -> None:
        """A click on the mark of a group opens or closes it."""
        super().pressed(row, part, x)
        entry = self.entry
        if x <= _FOLD_MARK and (isinstance(entry, Head) or (isinstance(entry, tuple) and len(entry) > 1)):
            self.toggle()

    # Drawing

    def row_at(self, row: int) -> Row:
        """One entry, with the bar of the selection before it."""
        entry = self.list.entries[row]
        first, last = self.selected_rows
        bar: Run = (SafeText("▌"), "accent") if self.selected_from is not None and first <= row <= last else _BLANK
        if isinstance(entry, Head):
            return self._head(entry, bar)
        if isinstance(entry, BlindSpot):
            where = f"{entry.path}: " if entry.path else ""
            return Row((bar, (SafeText("! "), "medium"), (safe(f"{where}{entry.reason}"), "muted")))
        if isinstance(entry, Member):
            return self._line((entry.hit,), (bar, (SafeText("    "), "")), is_member=True)
        is_open = entry[0].fingerprint in self.list.opened
        fold = "" if not self.list.has_doubles else "  " if len(entry) == 1 else "▾ " if is_open else "▸ "
        indent = "" if self.list.grouping is Grouping.PLACE else "  "
        return self._line(entry, (bar, (SafeText(indent + fold), "muted")))

    def _head(self, head: Head, bar: Run) -> Row:
        fold: Run = (SafeText("▸ " if head.key in self.list.folded else "▾ "), "muted")
        if head.blind:
            return Row((bar, fold, (safe(head.title), "title")), ((SafeText(f" !{len(head.blind):,} "), "medium"),))
        left = self._open_in(head)
        worst = head.worst
        number = sum(map(len, head.lines))
        count: Run = (SafeText(f" {left:,}"), worst.value if worst else "") if left else (SafeText(" ✓"), "good")
        of_all = " " if left == number else f" of {number:,} " if left else f" {number:,} "
        count_all: Run = (SafeText(of_all), "muted")
        title, room = safe(head.title), self.size.width - 6 - cell_width(count[0]) - cell_width(count_all[0])
        if self.list.grouping is Grouping.FILE:
            begin = tail(title, max(room, 1))
            title = SafeText(("…" if begin else "") + title[begin:])
        note = safe(f"  {head.note}") if head.note else SafeText("")
        return Row((bar, fold, (title, "title"), (note, "muted")), (count, count_all))

    def _open_in(self, head: Head) -> int:
        """Undecided hits of a group."""
        found = self._open.get(head.key)
        if found is None:
            is_open = self.desk.standings.is_open
            found = self._open[head.key] = sum(is_open(hit) for line in head.lines for hit in line)
        return found

    def _line(self, hits: tuple[Hit, ...], start: tuple[Run, ...], *, is_member: bool = False) -> Row:
        """Severity, rule, place and message; marks and what was decided at the right."""
        hit, grouping = hits[0], self.list.grouping
        standings = [self.desk.standings.of(one) for one in hits]
        settled = not any(standing.is_open for standing in standings)
        look = "muted" if settled else ""
        mark: Run = (SafeText("✓"), "good") if settled else severity_run(hit.severity)
        left: list[Run] = [*start, mark, _BLANK]
        if grouping is not Grouping.RULE or is_member:
            names = dict.fromkeys(one.rule for one in hits)
            left.append((safe(f"{'+'.join(names)} "), "muted"))
        if hit.path == NOWHERE:
            where = ", ".join(hit.ids[:2])
        elif grouping is Grouping.FILE:
            where = f"{hit.line:>4}"
        else:
            where = f"{hit.path if self.size.width >= WIDE else hit.path.name}:{hit.line}"
        left += [(safe(where), look), (safe(f"{'  ' if where else ''}{hit.message}"), "muted")]
        right = self._words(hits, standings)
        shows_tool = self.list.has_tools and grouping is not Grouping.TOOL
        if is_member or (shows_tool and (self.size.width >= WIDE or (hit.origin and len(hits) == 1))):
            right.append((safe(f" {'+'.join(dict.fromkeys(one.tool for one in hits))}"), "muted"))
        return Row(tuple(left), (*right, _BLANK) if right else ())

    def _words(self, hits: tuple[Hit, ...], standings: list[Standing]) -> list[Run]:
        """What is to be known of it besides its place."""
        hit = hits[0]
        standing = next((one for one in standings if one.is_open), standings[0])
        if not standing.is_open:
            return [(SafeText(f" {standing.state.label}"), "muted")]
        words: list[Run] = []
        if standing.is_stale:
            words.append((SafeText(f" {STALE} {standing.state.label}?"), "medium"))
        if hit.is_question:
            words.append((SafeText(" question"), "accent"))
        if hit.suppressed:
            words.append((SafeText(" silenced"), "medium"))
        tools = len({one.tool for one in hits})
        if tools > 1 and self.size.width < WIDE:
            words.append((SafeText(f" {tools} tools"), "accent"))
        return words


_BLANK: Run = (SafeText(" "), "")
_FOLD_MARK: Final = 2
"""The last cell of the mark of a group."""
