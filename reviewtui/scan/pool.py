"""A scan of many files beside the screen: worker processes, the wanted file first, results as they come."""

import os
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from reviewtui.errors import ReviewTuiError, WorkerError
from reviewtui.model.checklist import Candidate, Checklist
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.scan.exclusion import excluded as excluded
from reviewtui.scan.frames import Setup
from reviewtui.scan.process import ScanWorker
from reviewtui.scan.text_rules.paths import path_hits

MEMORY_LIMIT: Final = 2 * 2**30
"""Bytes of address space for a worker."""
MOST_JOBS: Final = 4

_PATIENCE: Final = 5.0
"""Seconds for a thread that is amid reading a file when the scan is stopped."""


@dataclass(frozen=True, slots=True)
class FileScanned:
    """All that the tools say of one file."""

    path: RepoPath
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    blind: str
    """Why it was not looked at, or not by all of Bandit's tests; empty where it was."""
    lines: int
    """0 for a binary or unreadable file, and for one that the rule leaves out."""
    blob: str
    """Git's id of the bytes that were scanned; empty where they were not read."""


class Scan:
    """One pass over some files; iterate to run it, once."""

    def __init__(
        self,
        root: Path,
        paths: Sequence[RepoPath],
        read: Callable[[RepoPath], bytes],
        checklists: Sequence[Checklist] = (),
        *,
        jobs: int | None = None,
        time_limit: float = 30.0,
        memory_limit: int = MEMORY_LIMIT,
    ) -> None:
        """Prepare a scan; no process is started yet.

        Args:
            root: of the reviewed tree; only for the record, the workers never learn it.
            paths: what is scanned, in this order unless another is preferred.
            read: gives the bytes of a file, or raises a ReviewTuiError; called from threads.
            checklists: whose patterns make candidates.
            jobs: worker processes; one for each processor, at most MOST_JOBS, unless given.
            time_limit: seconds for one file.
            memory_limit: bytes for one worker.
        """
        self.root = root
        self._pending = OrderedDict.fromkeys(paths)
        self.total = len(self._pending)
        """Files, each of which gives one result."""
        self._of_names: Mapping[RepoPath, tuple[Hit, ...]] = {}
        """What is to be said of names; each names the file, so they are looked at together."""
        self._read = read
        patterns = ((item.id, pattern) for one in checklists for item in one.items for pattern in item.patterns)
        self._setup = Setup(time_limit, memory_limit, tuple(patterns))
        self._jobs = max(1, min(jobs or _processors(), self.total))
        self._lock = threading.Lock()
        self._workers: set[ScanWorker] = set()
        self._results: SimpleQueue[FileScanned | BaseException | None] = SimpleQueue()
        self._is_stopped = False
        self._is_running = False
        # Also when the program ends: a worker that is busy would notice only when its file is done.
        weakref.finalize(self, _kill_all, self._workers)

    def prefer(self, path: RepoPath) -> None:
        """Scan this file next, if it still waits."""
        with self._lock:
            if path in self._pending:
                self._pending.move_to_end(path, last=False)

    def stop(self) -> None:
        """End the scan at once: the workers are killed, the iteration ends."""
        with self._lock:
            self._is_stopped = True
            self._pending.clear()
            _kill_all(self._workers)
        self._results.put(None)

    def __iter__(self) -> Iterator[FileScanned]:
        """Each file's result as it comes, until all are there or the scan is stopped.

        Raises:
            WorkerError: no worker can be started.
        """
        if self._is_running:
            raise RuntimeError("a scan runs once")
        self._is_running = True
        self._of_names = path_hits(path for path in tuple(self._pending) if not excluded(path))
        # Daemons: a program that ends need not wait for them; their workers end when the pipes do.
        threads = [threading.Thread(target=self._work, name=f"scan-{n}", daemon=True) for n in range(self._jobs)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(self.total):
                result = self._results.get()
                if result is None or self._is_stopped:
                    break
                if isinstance(result, BaseException):
                    raise result
                yield result
        finally:
            self.stop()
            for thread in threads:
                # The collector may end an abandoned iteration in any thread, and a read can take its time.
                if thread is not threading.current_thread():
                    thread.join(_PATIENCE)

    def _work(self) -> None:
        """What one thread does: keep one worker busy until nothing is left."""
        worker: ScanWorker | None = None
        try:
            while (path := self._next()) is not None:
                try:
                    reason, data = excluded(path), b""
                    if not reason:
                        data = self._read(path)
                except ReviewTuiError as error:
                    reason = str(error)
                names = self._of_names.get(path, ())
                if reason:
                    self._results.put(FileScanned(path, names, (), reason, 0, ""))
                    continue
                if worker is None:
                    worker = self._started()
                answer = worker.ask(path, data)
                hits = (*names, *answer.hits)
                self._results.put(FileScanned(path, hits, answer.candidates, answer.blind, answer.lines, answer.blob))
                if answer.is_last:
                    self._close(worker)
                    worker = None
        except BaseException as error:  # noqa: BLE001 (raised again where the results are awaited)
            self._results.put(error)
        finally:
            if worker is not None:
                self._close(worker)

    def _next(self) -> RepoPath | None:
        with self._lock:
            return self._pending.popitem(last=False)[0] if self._pending else None

    def _started(self) -> ScanWorker:
        worker = ScanWorker(self._setup)
        with self._lock:
            self._workers.add(worker)
            if self._is_stopped:
                worker.kill()
        try:
            worker.set_up()
        except WorkerError:
            self._close(worker)
            raise
        return worker

    def _close(self, worker: ScanWorker) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.close()


def _kill_all(workers: set[ScanWorker]) -> None:
    for worker in tuple(workers):
        worker.kill()


def _processors() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_JOBS, available)
