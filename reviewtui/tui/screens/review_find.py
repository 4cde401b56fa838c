"""Searching in the repository: what was found is a list that stays, to be worked through."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.search.engine import Portion, Search, Workers
from reviewtui.search.result import Key, Result
from reviewtui.search.wanted import Wanted
from reviewtui.text.safe import safe
from reviewtui.text.search import word_at
from reviewtui.tui import jobs
from reviewtui.tui.found_list import FoundList

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

_WAIT: Final = 0.3
"""Seconds between two looks for the list of files."""
KEPT: Final = 9
"""Searches that can be come back to."""
MOST_PLACES: Final = 50
"""Lines that are taken together into a finding or as evidence."""


class Looking:
    """The searches through the repository, and the one that is being worked through."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.workers = Workers()
        self.lists: list[FoundList] = []
        """The last searches, the newest first."""
        self._rows: dict[int, int] = {}
        """Where the cursor was in those that are not shown."""
        self._looked: dict[Wanted, set[Key]] = {}
        self._run: Search | None = None

    @property
    def found(self) -> FoundList | None:
        """What is shown."""
        return self.screen.found_pane.found

    def do_find_in_repository(self, _count: int | None) -> None:
        """Action `find_in_repository`."""
        from reviewtui.tui.screens.find_form import FindForm

        # The form opens before the list of files is there: what is typed ahead is the text, and no keys.
        self.workers.warm()

        def asked(wanted: Wanted | None) -> None:
            if wanted is None:
                return
            if self.screen.desk.paths:
                self.begin(wanted)
            else:
                self.screen.say("Waiting for the list of files…")
                self.screen.set_timer(_WAIT, lambda: asked(wanted), name="search when listed")

        earlier = [found.wanted for found in self.lists]
        self.screen.app.push_screen(FindForm(Wanted(self._text_here()), earlier), asked)

    def _text_here(self) -> str:
        """The selected line, or the word under the cursor."""
        source = self.screen.source
        if source.path is None or not source.row_count:
            return ""
        if source.selection:
            return source.lines[source.selection.start - 1].strip() if source.selection.count == 1 else ""
        word = word_at(source.line_text, source.cursor_column)
        return source.line_text[slice(*word)] if word else ""

    # The search

    def begin(self, wanted: Wanted) -> None:
        """Search, the open file first; what runs is stopped."""
        screen = self.screen
        self.cancel()
        notes = screen.desk.tree.notes
        paths = [path for path in screen.desk.paths if path not in notes]
        here = screen.source.path
        if here in paths and here is not None:
            paths.remove(here)
            paths.insert(0, here)
        search = Search(wanted, paths, screen.repository.read, self.workers)
        looked = self._looked.setdefault(replace(wanted, globs=""), set())
        found = FoundList(wanted, len(paths), looked)
        found.add([Portion(unsearched=[(path, note) for path, note in notes.items()])])
        self._run = search
        screen.going.remember()
        screen.source.clear_selection()
        screen.searching.adopt(wanted)
        self.lists = [found, *(old for old in self.lists if old.wanted != wanted)][:KEPT]
        self._show(found, 0)

        def job() -> None:
            self._gather(search, found)

        screen.work(job, "find in repository")

    def _gather(self, search: Search, found: FoundList) -> None:
        """In a thread: pass on what comes, in batches."""
        batch: list[Portion] = []
        sent = 0.0
        problem = ""
        post = self.screen.post_message

        def send(portions: list[Portion]) -> None:
            post(jobs.Answered(lambda: self._took(found, portions)))

        try:
            for portion in search:
                batch.append(portion)
                now = time.monotonic()
                if now - sent >= jobs.BATCH_SECONDS:
                    send(batch)
                    batch, sent = [], now
        except ReviewTuiError as error:
            problem = str(error)
        if batch:
            send(batch)
        state = "failed" if problem else "stopped" if search.is_stopped and not found.is_cut else "done"
        post(jobs.Answered(lambda: self._ended(found, state, search.seconds, problem)))

    def _took(self, found: FoundList, portions: list[Portion]) -> None:
        if found.state != "running":
            return
        had = bool(found.results)
        found.add(portions)
        if found is self.found:
            pane = self.screen.found_pane
            pane.redraw()
            if found.results and not had:
                pane.go(found.row_after(-1, True) or 0)
            self.show_header()
            self.screen.panes.show_headers()

    def _ended(self, found: FoundList, state: str, seconds: float, problem: str) -> None:
        if found.state != "running":
            return
        found.end("done" if found.is_cut else state, seconds, problem)
        if found is self.found:
            self.screen.found_pane.redraw()
            self.show_header()
            self.screen.say(found.summary, error=bool(problem))
            self.screen.cards.refresh()

    def cancel(self) -> bool:
        """Stop what runs; False where nothing does."""
        run, self._run = self._run, None
        running = next((found for found in self.lists if found.state == "running"), None)
        if run is None or running is None:
            return False
        run.stop()
        running.end("stopped", run.seconds)
        if running is self.found:
            self.screen.found_pane.redraw()
            self.show_header()
        return True

    def stop(self) -> None:
        """The program ends."""
        if self._run:
            self._run.stop()
        self.workers.stop()

    def do_search_again(self, _count: int | None) -> None:
        """Action `search_again`: the same once more; what was looked at stays so."""
        if self.found:
            self.begin(self.found.wanted)

    # The list

    def _show(self, found: FoundList, row: int) -> None:
        pane = self.screen.found_pane
        if pane.found is not None:
            self._rows[id(pane.found)] = pane.cursor
        pane.show(found, row)
        self.show_header()
        self.screen.panes.open_list("found")
        self.screen.cards.refresh()

    def show_header(self) -> None:
        """What was searched for, and how far it was worked through."""
        found = self.found
        if found is None:
            return
        wanted = found.wanted
        more = " · ".join(filter(None, (wanted.switches, wanted.globs)))
        left = [(safe(f" {wanted.text}"), "title"), (safe(f"  {more}" if more else ""), "muted")]
        count = len(found.results)
        if found.state == "running":
            right = [(safe(f" {count:,} lines, searching… "), "accent")]
        else:
            looked = found.looked_count
            words = f" {looked:,} of {count:,} looked at " if count else " nothing found "
            right = [(safe(words), "good" if count and looked == count else "muted")]
        self.screen.found_bar.set_row(left, right)

    def do_earlier_search(self, _count: int | None) -> None:
        """Action `earlier_search`: choose one of the last searches."""
        if not self.lists:
            self.screen.say(self._none())
            return
        from reviewtui.tui.screens.picker import Picker, PickRow

        lists = list(self.lists)
        rows = [
            PickRow(safe(str(found.wanted)), safe(f"{found.looked_count:,} of {len(found.results):,} looked at"))
            for found in lists
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._show(lists[index], self._rows.get(id(lists[index]), 0))

        self.screen.app.push_screen(Picker("Searches", rows, "any part of one", empty="No such search"), chosen)

    def do_pane_found(self, _count: int | None) -> None:
        """Action `pane_found`."""
        if self.found is None:
            self.screen.say(self._none())
        else:
            self.screen.panes.open_list("found")

    def _none(self) -> str:
        return f"Nothing was searched for in the repository: {self.screen.key('find_in_repository')} begins"

    def preview(self) -> None:
        """The cursor of the list moved: show the line in the source."""
        entry, found = self.screen.found_pane.current, self.found
        if found is None:
            return
        if isinstance(entry, Result):
            found.has_begun = True
            self._open(entry)
        elif isinstance(entry, RepoPath):
            first = next(result for result in found.results if result.path == entry)
            self._open(first)

    def _open(self, result: Result) -> None:
        """Show a line where it is now; a file may have changed since it was searched."""
        screen, source = self.screen, self.screen.source
        row = result.line - 1
        if source.path != result.path or source.revision:
            screen.files.open(result.path, row, result.column)
        if source.path == result.path and not source.notice:
            now = result.row_in(source.lines)
            if now is None:
                screen.say(self._gone(result), error=True)
            screen.files.open(result.path, row if now is None else now, result.column)

    def _gone(self, result: Result) -> str:
        again = self.screen.key("search_again")
        return f"{result.path}:{result.line} has changed since the search: {again} searches again"

    def _row_of(self, result: Result) -> int:
        """Where the line is in the file as it is now.

        Raises:
            ReviewTuiError: it is not there any more.
        """
        row = result.row_in(self.screen.files.text_of(result.path).lines)
        if row is None:
            raise ReviewTuiError(self._gone(result))
        return row

    # Working through it

    def do_next_result(self, count: int | None) -> None:
        """Action `next_result`: what is left behind was looked at."""
        self._step(True, count or 1)

    def do_previous_result(self, count: int | None) -> None:
        """Action `previous_result`."""
        self._step(False, count or 1)

    def _step(self, forward: bool, count: int) -> None:
        screen, pane, found = self.screen, self.screen.found_pane, self.found
        if found is None or not found.results:
            screen.say(found.summary if found else self._none())
            return
        row: int | None = pane.cursor if found.has_begun else -1 if forward else len(found.entries)
        for _ in range(min(count, len(found.entries))):
            if row is None:
                break
            if forward and found.has_begun:
                self._tick(row)
            row = found.row_after(row, forward)
            found.has_begun = True
        pane.redraw()
        self.show_header()
        if row is None:
            left = len(found.results) - found.looked_count
            end = "last" if forward else "first"
            more = " so far" if found.state == "running" else ""
            rest = f"{left:,} not looked at" if left else "all looked at"
            screen.say(f"That was the {end} of {len(found.results):,}{more}: {rest}")
            return
        self._go_to(row)

    def do_first_result(self, count: int | None) -> None:
        """Action `first_result`; a count leads to the second, third …"""
        self._end(-1, True, count or 1)

    def do_last_result(self, count: int | None) -> None:
        """Action `last_result`; a count leads to the second, third … from the end."""
        self._end(len(self.found.entries) if self.found else 0, False, count or 1)

    def _end(self, start: int, forward: bool, count: int) -> None:
        found = self.found
        if found is None or not found.results:
            self.screen.say(found.summary if found else self._none())
            return
        row = start
        for _ in range(min(count, len(found.results))):
            row = found.row_after(row, forward) or row
        found.has_begun = True
        self._go_to(row)

    def _go_to(self, row: int) -> None:
        screen, found = self.screen, self.found
        entry = found.entries[row] if found else None
        if found is None or not isinstance(entry, Result):
            return
        screen.found_pane.clear_selection()
        screen.found_pane.go(row, centre=True)
        screen.going.remember()
        self._open(entry)
        if screen.context != "found":
            screen.panes.focus_source()
        number = sum(isinstance(one, Result) for one in found.entries[: row + 1])
        screen.say(f"{number:,} of {len(found.results):,}")

    def _tick(self, row: int) -> None:
        found = self.found
        if found is not None and 0 <= row < len(found.entries):
            entry = found.entries[row]
            if isinstance(entry, Result):
                found.looked.add(entry.key)

    def do_toggle_looked(self, _count: int | None) -> None:
        """Action `toggle_looked`: the selection, the line, or all lines of the file; then the next row."""
        pane, found = self.screen.found_pane, self.found
        keys = {result.key for result in pane.chosen}
        if found is None or not keys:
            self.screen.say("Nothing here that could be looked at")
            return
        if keys <= found.looked:
            found.looked -= keys
        else:
            found.looked |= keys
        last = pane.selected_rows[1]
        if not pane.clear_selection() and isinstance(pane.current, Result):
            following = found.row_after(last, True)
            if following is not None:
                pane.go(following)
        pane.redraw()
        self.show_header()

    # What comes of it

    def places(self) -> tuple[Place, ...]:
        """The selected lines as places, those that follow each other as one.

        Raises:
            ReviewTuiError: none is selected, too many are, or one is gone.
        """
        chosen = self.screen.found_pane.chosen
        if not chosen:
            raise ReviewTuiError("Choose a line that was found, or the row of a file")
        if len(chosen) > MOST_PLACES:
            raise ReviewTuiError(f"{len(chosen):,} lines are too many at once: select at most {MOST_PLACES}")
        spans: list[tuple[RepoPath, LineSpan]] = []
        for path, line in sorted({(result.path, self._row_of(result) + 1) for result in chosen}):
            if spans and spans[-1][0] == path and spans[-1][1].end == line - 1:
                spans[-1] = (path, LineSpan(spans[-1][1].start, line))
            else:
                spans.append((path, LineSpan(line, line)))
        return tuple(self.screen.files.place(path, span) for path, span in spans)

    def took_places(self) -> None:
        """They were written down: they were looked at, too."""
        pane, found = self.screen.found_pane, self.found
        if found is not None:
            found.looked.update(result.key for result in pane.chosen)
        pane.clear_selection()
        pane.redraw()
        self.show_header()
