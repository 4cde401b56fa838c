"""The lists at the side: files, findings, checklist; that of the hits has a module of its own."""

from collections.abc import Iterable, Sequence
from typing import Final

from reviewtui.model.checklist import Checklist, Item, Result
from reviewtui.model.finding import Finding, Kind
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.desk import Desk
from reviewtui.tui.file_tree import FileTree, TreeRow, folders_of
from reviewtui.tui.placed import STYLES
from reviewtui.tui.widgets.rows import Row, RowsView, Run, severity_run

SMALL: Final = 60
"""A tree that shows no more rows than this with its top folders open begins with them open."""
_FOLD_MARK: Final = 2
"""The last cell of the mark of a section."""


class TreePane(RowsView):
    """The files of the repository with their badges."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="tree")
        self.desk = desk
        self.tree_of_files = FileTree()
        self.rows: list[TreeRow] = []
        self.opened: set[str] = set()
        self.notice = "Reading the file list…"

    @property
    def row_count(self) -> int:
        """One row a file or folder that is to be seen."""
        return len(self.rows)

    def empty_text(self) -> str:
        """Why there is nothing."""
        return self.notice

    def set_tree(self, tree: FileTree) -> None:
        """Show another tree; the top folders of a small one are open."""
        self.tree_of_files = tree
        self.notice = "No files here"
        top = tree.rows(set())
        if not self.rows and len(tree.rows({row.path for row in top})) <= SMALL:
            self.opened = {row.path for row in top if row.is_folder}
        self._rebuild(self.current)

    @property
    def current(self) -> str:
        """The path under the cursor."""
        return self.rows[self.cursor].path if self.cursor < len(self.rows) else ""

    @property
    def current_row(self) -> TreeRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def open_folders(self, folders: Iterable[str]) -> None:
        """Open these folders and no others."""
        self.opened = {folder for folder in folders if folder in self.tree_of_files.counts}
        self._rebuild(self.current)

    def reveal(self, path: str) -> None:
        """Open the folders above a path and put the cursor on it."""
        self.opened.update(folders_of(path))
        self._rebuild(path)

    def do_fold_open(self, _count: int | None) -> None:
        """Action `fold_open`: open the folder; on an open one step inside; on a file open it."""
        row = self.current_row
        if row is None:
            return
        if not row.is_folder:
            self.do_activate(None)
        elif row.path in self.opened:
            self.go(self.cursor + 1)
        else:
            self.toggle(row)

    def do_fold_close(self, _count: int | None) -> None:
        """Action `fold_close`: close the folder, or go up to the one around."""
        row = self.current_row
        if row is None:
            return
        if row.is_folder and row.path in self.opened:
            self.toggle(row)
            return
        above = [i for i in range(self.cursor) if self.rows[i].depth < row.depth]
        if above:
            self.go(above[-1])

    def pressed(self, row: int, part: int, x: int) -> None:
        """A click on the mark of a folder opens or closes it."""
        super().pressed(row, part, x)
        entry = self.current_row
        if entry and entry.is_folder and x <= 2 * entry.depth + 2:
            self.toggle(entry)

    def toggle(self, row: TreeRow) -> None:
        """Open or close a folder."""
        self.opened ^= {row.path}
        self._rebuild(row.path)

    def _rebuild(self, path: str) -> None:
        self.rows = self.tree_of_files.rows(self.opened)
        self.redraw()
        for index, row in enumerate(self.rows):
            if row.path == path:
                self.go(index, centre=True)
                return
        self.go(self.cursor)

    def row_at(self, row: int) -> Row:
        """Indent, fold mark, name; badges at the right."""
        entry = self.rows[row]
        badge = self.desk.badge(entry.path)
        fold = ("▾ " if entry.path in self.opened else "▸ ") if entry.is_folder else "  "
        style = "muted" if entry.note or (badge.reviewed and not entry.is_folder) else ""
        left: list[Run] = [
            (SafeText(" " + "  " * entry.depth), ""),
            (SafeText(fold), "muted"),
            (SafeText(safe(entry.name) + ("/" if entry.is_folder else "")), "title" if entry.is_folder else style),
        ]
        if entry.note:
            left.append((SafeText(f" {safe(entry.note)}"), "muted"))
        right: list[Run] = []
        if badge.blind:
            right.append((SafeText(" !"), "medium"))
        if badge.hits and badge.worst:
            right.append((SafeText(f" {badge.worst.letter}{badge.worst_hits}"), badge.worst.value))
            if badge.hits > badge.worst_hits:
                right.append((SafeText(f"+{badge.hits - badge.worst_hits}"), "muted"))
        if badge.findings:
            right.append((SafeText(f" ◆{badge.findings}"), "accent"))
        if badge.reviewed:
            right.append((SafeText(" ✓"), "good"))
        right.append((SafeText(" "), ""))
        return Row(tuple(left), tuple(right))


class FindingsPane(RowsView):
    """Everything that people wrote, in the order of the tree."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="findings")
        self.desk = desk
        self.findings: Sequence[Finding] = ()
        self.notice = "Nothing written yet"

    @property
    def row_count(self) -> int:
        """One row a finding or note."""
        return len(self.findings)

    def empty_text(self) -> str:
        """How to begin."""
        return self.notice

    def update_rows(self) -> None:
        """The review changed; the cursor stays on its finding."""
        current = self.current
        self.findings = [finding for finding, _ in self.desk.findings()]
        if current is not None:
            self.select_finding(current)
        self.go(self.cursor)
        self.redraw()

    @property
    def current(self) -> Finding | None:
        """The finding under the cursor."""
        return self.findings[self.cursor] if self.cursor < len(self.findings) else None

    def select_finding(self, finding: Finding) -> None:
        """Put the cursor on a finding, if it is in the list."""
        for index, other in enumerate(self.findings):
            if other.id == finding.id:
                self.go(index, centre=True)
                return

    def row_at(self, row: int) -> Row:
        """Severity or kind, title; the place at the right."""
        finding = self.findings[row]
        is_finding = finding.kind is Kind.FINDING
        mark = severity_run(finding.severity) if is_finding else (SafeText("◇"), "accent")
        style = "muted" if finding.state.is_settled else ""
        place = self.desk.placed.there(finding) if finding.places else None
        where = f"{place.path.name}:{place.span.start}" if place and place.span else (place.path.name if place else "")
        left = ((SafeText(" "), ""), mark, (SafeText(" "), ""), (safe(finding.title), style))
        worst = self.desk.placed.worst(finding)
        state: tuple[Run, ...] = ((safe(f" {worst}"), STYLES[worst]),) if worst else ()
        return Row(left, (*state, (safe(f" {where} "), "muted")))


class ChecklistPane(RowsView):
    """The checklists: sections with their progress, items with their answers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="checklist")
        self.desk = desk
        self.closed: set[str] = set()
        self.entries: list[Checklist | Item] = []
        self.walking = ""
        """Id of the item whose candidates are being walked."""

    @property
    def row_count(self) -> int:
        """Sections and the items of the open ones."""
        return len(self.entries)

    def empty_text(self) -> str:
        """Before the lists are read."""
        return "Reading the checklists…"

    def update_rows(self) -> None:
        """The lists, the answers or the candidates changed."""
        self.entries = []
        for checklist in self.desk.checklists:
            self.entries.append(checklist)
            if checklist.id not in self.closed:
                self.entries += checklist.items
        self.go(self.cursor)
        self.redraw()

    @property
    def current(self) -> Checklist | Item | None:
        """The section or item under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def select_item(self, item: Item) -> None:
        """Put the cursor on an item; its section opens."""
        self.closed.discard(item.checklist)
        self.update_rows()
        for index, entry in enumerate(self.entries):
            if isinstance(entry, Item) and entry.id == item.id:
                self.go(index, centre=True)
                return

    def do_fold_open(self, _count: int | None) -> None:
        """Action `fold_open`."""
        if isinstance(self.current, Checklist):
            self.closed.discard(self.current.id)
            self.update_rows()
        else:
            self.do_activate(None)

    def pressed(self, row: int, part: int, x: int) -> None:
        """A click on the mark of a section opens or closes it."""
        super().pressed(row, part, x)
        entry = self.current
        if isinstance(entry, Checklist) and x <= _FOLD_MARK:
            self.closed ^= {entry.id}
            self.update_rows()

    def do_fold_close(self, _count: int | None) -> None:
        """Action `fold_close`."""
        entry = self.current
        section = entry.id if isinstance(entry, Checklist) else entry.checklist if entry else ""
        self.closed.add(section)
        self.update_rows()
        self.go(next((i for i, e in enumerate(self.entries) if isinstance(e, Checklist) and e.id == section), 0))

    def row_at(self, row: int) -> Row:
        """Answer, id and title; progress or the number of candidates at the right."""
        entry = self.entries[row]
        if isinstance(entry, Checklist):
            done, all_items = self.desk.progress(entry)
            fold = "▸" if entry.id in self.closed else "▾"
            return Row(
                ((SafeText(f" {fold} "), "muted"), (safe(entry.title), "title")),
                ((SafeText(f" {done}/{all_items} "), "good" if done == all_items else "muted"),),
            )
        answer = self.desk.review.answers.get(entry.id)
        mark: Run = (SafeText("·"), "muted")
        if answer:
            mark = {
                Result.PASS: (SafeText("✓"), "good"),
                Result.FAIL: (SafeText("✗"), "high"),
                Result.NOT_APPLICABLE: (SafeText("–"), "muted"),
            }[answer.result]
        candidates = self.desk.candidates(entry.id)
        worth = sum(c.suspicious for c in candidates)
        left = (
            (SafeText(" ▶ " if entry.id == self.walking else "   "), "accent"),
            mark,
            (safe(f" {entry.title}"), "muted" if answer else ""),
            (safe(f"  {entry.id}"), "muted"),
        )
        right: list[Run] = []
        if worth:
            right.append((SafeText(f" ?{worth}"), "medium"))
        if len(candidates) > worth:
            right.append((SafeText(f" {len(candidates) - worth}"), "muted"))
        return Row(left, (*right, (SafeText(" "), "")))
