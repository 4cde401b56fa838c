"""The scan beside the screen: start, progress, cancel, and what it means when there is no hit."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from textual.worker import Worker

from reviewtui.model.place import RepoPath
from reviewtui.scan.choices import ScanChoices
from reviewtui.scan.order import by_interest
from reviewtui.scan.settings import unused_configurations, unused_sentence
from reviewtui.tui import jobs

if TYPE_CHECKING:
    from reviewtui.scan.pool import Scan
    from reviewtui.tui.screens.review import ReviewScreen


SMALL: Final = 20
"""Files that are scanned again without a word."""


class Scanning:
    """One scan at a time."""

    def __init__(self, screen: "ReviewScreen", choices: ScanChoices) -> None:
        self.screen = screen
        self.choices = choices
        self.total = 0
        self.done = 0
        self.state = "waiting"
        """waiting, running, done, cancelled or failed."""
        self._scan: Scan | None = None
        self._generation = 0
        self._waiting: dict[RepoPath, None] = {}
        """Files to be scanned once more."""
        self._tries_again = False
        """Whether the next scan is one that somebody asked for: then what took too long is tried once more."""
        self._is_small = False
        """Whether so few files are scanned once more that nobody waits for it."""
        self._worker: Worker[None] | None = None

    def start_when_ready(self) -> None:
        """Begin the first scan as soon as files and checklists are known."""
        if self.state == "waiting" and self.screen.desk.paths and self.screen.desk.checklists:
            self._start()

    def _start(self) -> None:
        screen = self.screen
        self._waiting.clear()
        screen.desk.forget_scan()
        self._begin(by_interest(screen.desk.paths), is_whole=True)
        self._tries_again = False

    def _begin(self, paths: Sequence[RepoPath], *, is_small: bool = False, is_whole: bool = False) -> None:
        screen = self.screen
        self.stop()
        self._is_small = is_small
        self._generation += 1
        generation, post = self._generation, screen.post_message
        from reviewtui.scan.pool import Scan

        read, choices = screen.repository.read, self.choices
        scan = Scan(
            *(screen.repository.root, paths, read, screen.desk.checklists),
            bandit=choices.bandit,
            cache=choices.cache(),
            tries_again=self._tries_again,
            with_front=not is_small,
        )
        self._scan, self.total, self.done, self.state = scan, scan.total, 0, "running"
        if screen.source.path:
            scan.prefer(screen.source.path)
        # Only once for all files: each of them may be one.
        look = (lambda: unused_configurations(paths, read, choices.bandit)) if is_whole else None
        screen.work(lambda: jobs.scan(scan, generation, post, look), "scan")
        self._show()

    def again(self, paths: Iterable[RepoPath]) -> None:
        """Scan some files once more, when no scan is running: they are others than they were."""
        self._waiting.update(dict.fromkeys(paths))
        if self.state not in ("waiting", "running"):
            self._start_again()

    def _start_again(self) -> None:
        desk = self.screen.desk
        paths = [path for path in self._waiting if desk.rank(path) < len(desk.paths)]
        self._waiting.clear()
        if paths:
            self._begin(paths, is_small=len(paths) <= SMALL)

    def stop(self) -> None:
        """End it at once; no process stays."""
        if self._scan:
            self._scan.stop()
            self._scan = None

    def prefer(self, path: RepoPath) -> None:
        """The file that is being opened comes first."""
        if self._scan:
            self._scan.prefer(path)

    def cancel(self) -> bool:
        """Whether a scan was running."""
        if self.state != "running":
            return False
        self.stop()
        self.state = "cancelled"
        self._show()
        return True

    def do_scan(self, _count: int | None) -> None:
        """Action `scan`: read the list of files anew, then scan all of them."""
        self.stop()
        self.state = "waiting"
        self._tries_again = True
        self.screen.files.list()
        self.screen.say("Scanning again")

    def took(self, message: jobs.Scanned) -> None:
        """A batch came."""
        if message.generation != self._generation:
            return
        screen = self.screen
        self.done += len(message.facts)
        screen.desk.take(message.facts)
        if screen.panes.open_name == "hits":
            screen.hits_pane.update_rows()
            screen.hits.show_header()
        screen.tree_pane.redraw()
        screen.checklist_pane.redraw()
        if screen.source.path in message.facts:
            screen.refresh_marks()
        screen.carrying.look_meanwhile()
        self._show()

    def ended(self, message: jobs.ScanEnded) -> None:
        """It is over."""
        if message.generation != self._generation:
            return
        self._scan = None
        if message.unused is not None:
            self._note_unused(message.unused)
        if message.problem:
            self.state = "failed"
            self.screen.say(message.problem, error=True)
        elif self.state == "running":
            self.state = "done"
            self._start_again()
        if self.state != "running":
            self.screen.carrying.look()
        self._show()
        self.screen.refresh_marks()

    def _show(self) -> None:
        self.screen.hits_pane.notice = self.no_hits()
        self.screen.hits_pane.redraw()
        self.screen.panes.show_headers()
        self.screen.cards.refresh_status()

    def _note_unused(self, paths: Sequence[RepoPath]) -> None:
        """Files that would configure Bandit: said when they are first seen, and listed with what was not looked at."""
        is_new = set(paths) - set(self.screen.desk.unused)
        self.screen.desk.set_unused(paths)
        self.screen.hits_pane.update_rows()
        if is_new:
            self.screen.say(unused_sentence(paths))

    @property
    def configuration(self) -> str:
        """Which configuration Bandit has, for the status line; empty where it has none."""
        bandit = self.choices.bandit
        return "" if bandit is None else f"Bandit: {bandit.name}"

    def no_hits(self) -> str:
        """What an empty list of hits means."""
        facts = self.screen.desk.facts
        scanned = sum(not one.blind for one in facts.values())
        blind = f"; {len(facts) - scanned} files were not looked at" if scanned < len(facts) else ""
        if self.state == "running":
            return f"No hit in the {self.done} of {self.total} files so far{blind}"
        if self.state == "done":
            return f"No hit in the {scanned} files that were scanned{blind}" if facts else "There was nothing to scan"
        return {
            "cancelled": f"Cancelled after {self.done} of {self.total} files: {self.screen.key('scan')} scans again",
            "failed": "The scan failed",
        }.get(self.state, "The scan has not begun")

    @property
    def progress(self) -> str:
        """For the status line."""
        if self.state == "running" and self._is_small:
            return ""
        if self.state == "running":
            share = self.done * 8 // self.total if self.total else 0
            return f"scan {'━' * share}{'╌' * (8 - share)} {self.done}/{self.total}"
        return {"cancelled": f"scan cancelled at {self.done}/{self.total}", "failed": "scan failed"}.get(self.state, "")
