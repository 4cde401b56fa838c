"""A scan of many files beside the screen: worker processes, the wanted file first, results as they come."""

import os
import threading
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.checklist import Candidate, Checklist
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.scan.answer import Answer
from reviewtui.scan.cache import ScanCache
from reviewtui.scan.exclusion import excluded as excluded
from reviewtui.scan.frames import Setup
from reviewtui.scan.identity import identity_of, key_of
from reviewtui.scan.process import ScanWorker
from reviewtui.scan.settings import BanditSettings
from reviewtui.scan.text_rules.paths import path_hits

MEMORY_LIMIT: Final = 2 * 2**30
"""Bytes of address space for a worker."""
MOST_JOBS: Final = 4

_AHEAD: Final = 4
"""Files that a worker is asked for before it has answered the first: it need not wait for the next one."""
_AHEAD_BYTES: Final = 16_384
"""Of those that follow the first: so much that a pipe holds them while nobody reads it, twice over."""

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
        bandit: BanditSettings | None = None,
        cache: ScanCache | None = None,
        tries_again: bool = False,
        with_front: bool = False,
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
            bandit: a configuration for Bandit; its defaults unless given.
            cache: where what is found is kept and looked for.
            tries_again: also files that were too slow or too greedy not long ago.
            with_front: have one more worker, for preferred files alone, so that they wait for no other.
        """
        self.root = root
        self._pending = OrderedDict.fromkeys(paths)
        self.total = len(self._pending)
        """Files, each of which gives one result."""
        self._of_names: Mapping[RepoPath, tuple[Hit, ...]] = {}
        """What is to be said of names; each names the file, so they are looked at together."""
        self._read = read
        patterns = ((item.id, pattern) for one in checklists for item in one.items for pattern in item.patterns)
        self._setup = Setup(time_limit, memory_limit, tuple(patterns), bandit)
        self._jobs = max(1, min(jobs or _processors(), self.total))
        self._cache = cache
        self._identity: bytes | None = None
        """What decides a result besides the file; None where nothing is kept."""
        self._tries_again = tries_again
        self._with_front = with_front
        self._lock = threading.Condition()
        self.wanted: RepoPath | None = None
        """The file that was preferred last."""
        self._workers: set[ScanWorker] = set()
        self._results: SimpleQueue[FileScanned | BaseException | None] = SimpleQueue()
        self._is_stopped = False
        self._is_running = False
        # Also when the program ends: a worker that is busy would notice only when its file is done.
        weakref.finalize(self, _kill_all, self._workers)

    def prefer(self, path: RepoPath) -> None:
        """Scan this file next, if it still waits."""
        with self._lock:
            self.wanted = path
            if path in self._pending:
                self._pending.move_to_end(path, last=False)
                self._lock.notify_all()

    def stop(self) -> None:
        """End the scan at once: the workers are killed, the iteration ends."""
        with self._lock:
            self._is_stopped = True
            self._pending.clear()
            _kill_all(self._workers)
            self._lock.notify_all()
        self._results.put(None)

    def __iter__(self) -> Iterator[FileScanned]:
        """Each file's result as it comes, until all are there or the scan is stopped.

        Raises:
            WorkerError: no worker can be started.
            SettingsError: Bandit cannot use its configuration.
        """
        if self._is_running:
            raise RuntimeError("a scan runs once")
        self._is_running = True
        self._of_names = path_hits(path for path in tuple(self._pending) if not excluded(path))
        if self._cache is not None:
            self._identity = identity_of(self._setup)
        take = [self._next] * self._jobs + [self._next_wanted] * self._with_front
        # Daemons: a program that ends need not wait for them; their workers end when the pipes do.
        threads = [threading.Thread(target=self._work, args=(one,), name="scan", daemon=True) for one in take]
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
            if self._cache is not None:
                self._cache.close()

    def _work(self, take: "Callable[[bool], RepoPath | None]") -> None:
        """What one thread does: keep one worker busy until nothing is left.

        Args:
            take: gives the next file; is told whether it may wait for one, and gives None where there is none.
        """
        worker: ScanWorker | None = None
        sent: deque[_Asked] = deque()
        held: _Asked | None = None
        try:
            is_front = take == self._next_wanted
            if is_front and self._needs_workers():
                worker = self._started()
            while True:
                # What the front has sent ahead nobody else might be left to look at when its worker ends.
                while len(sent) < (1 if is_front else _AHEAD):
                    held = held or self._to_ask(take, may_wait=not sent)
                    if held is None or (sent and not _fits(held, sent)):
                        break
                    worker = worker or self._started()
                    worker.ask(held.path, held.data)
                    sent.append(held)
                    held = None
                if not sent or worker is None:
                    return
                asked = sent.popleft()
                answer = worker.answer(asked.path)
                if self._cache is not None and asked.key and answer.holds_for:
                    self._cache.put(asked.key, answer)
                self._report(asked.path, answer)
                if answer.is_last:
                    self._close(worker)
                    worker = None
                    self._put_back(one.path for one in sent)
                    sent.clear()
        except BaseException as error:  # noqa: BLE001 (raised again where the results are awaited)
            self._results.put(error)
        finally:
            if worker is not None:
                self._close(worker)

    def _to_ask(self, take: "Callable[[bool], RepoPath | None]", *, may_wait: bool) -> "_Asked | None":
        """The next file that a worker has to look at; what is known of others without one is reported."""
        while (path := take(may_wait)) is not None:
            try:
                reason, data = excluded(path), b""
                if not reason:
                    data = self._read(path)
            except ReviewTuiError as error:
                reason = str(error)
            if reason:
                self._report(path, Answer(0, "", (), (), reason))
                continue
            if self._cache is None or self._identity is None:
                return _Asked(path, data, b"")
            key = key_of(self._identity, path, data)
            known = self._cache.get(key, path, only_lasting=self._tries_again)
            if known is None:
                return _Asked(path, data, key)
            self._report(path, known)
        return None

    def _report(self, path: RepoPath, answer: Answer) -> None:
        hits = (*self._of_names.get(path, ()), *answer.hits)
        self._results.put(FileScanned(path, hits, answer.candidates, answer.blind, answer.lines, answer.blob))

    def _next(self, may_wait: bool) -> RepoPath | None:
        """The next file; what is preferred is not sent behind another one where a worker in front is there for it."""
        with self._lock:
            is_left = self._with_front and not may_wait
            path = next((one for one in self._pending if not (is_left and one == self.wanted)), None)
            if path is None:
                return None
            del self._pending[path]
            if not self._pending:
                self._lock.notify_all()
            return path

    def _next_wanted(self, may_wait: bool) -> RepoPath | None:
        """The preferred file, when somebody prefers one; for a worker that has nothing else to do."""
        with self._lock:
            while self._pending:
                if (path := self.wanted) is not None and path in self._pending:
                    del self._pending[path]
                    return path
                if not may_wait:
                    return None
                self._lock.wait()
            return None

    def _needs_workers(self) -> bool:
        """Wait for the first file that is not known, or that somebody prefers; whether a worker was started by then."""
        with self._lock:
            while self._pending and not self._workers and self.wanted not in self._pending:
                self._lock.wait()
            return bool(self._workers)

    def _put_back(self, paths: Iterable[RepoPath]) -> None:
        """Files that were asked of a worker which ended over another one."""
        with self._lock:
            if not self._is_stopped:
                for path in reversed(tuple(paths)):
                    self._pending[path] = None
                    self._pending.move_to_end(path, last=False)

    def _started(self) -> ScanWorker:
        worker = ScanWorker(self._setup)
        with self._lock:
            self._workers.add(worker)
            self._lock.notify_all()
            if self._is_stopped:
                worker.kill()
        try:
            worker.set_up()
        except ReviewTuiError:
            self._close(worker)
            raise
        return worker

    def _close(self, worker: ScanWorker) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.close()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file for a worker."""

    path: RepoPath
    data: bytes
    key: bytes
    """Under which its result is kept; empty where it is not."""


def _fits(one: _Asked, sent: "deque[_Asked]") -> bool:
    """Whether it can be sent ahead: the worker reads nothing while it writes a long answer, and may not wait for us."""
    return len(one.data) + sum(len(other.data) for other in tuple(sent)[1:]) <= _AHEAD_BYTES


def _kill_all(workers: set[ScanWorker]) -> None:
    for worker in tuple(workers):
        worker.kill()


def _processors() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST_JOBS, available)
