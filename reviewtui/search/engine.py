"""A search through many files: threads that read, processes that match, results in the order of the files."""

import contextlib
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Final

from reviewtui.errors import ReviewTuiError, WorkerError
from reviewtui.model.globs import Globs
from reviewtui.model.place import RepoPath
from reviewtui.search.result import Result
from reviewtui.search.wanted import Wanted
from reviewtui.search.worker import MODULE
from reviewtui.text.search import Match
from reviewtui.workers.inside import OUT_OF_MEMORY
from reviewtui.workers.process import WorkerProcess

SECONDS: Final = 3.0
"""The longest that one file may take."""
MOST: Final = 10_000
"""Lines that a search finds before it ends."""

_MOST_JOBS: Final = 4
_SIZES: Final = (1, 15, 48)
"""Files in the first portions; then the last figure again and again."""
_BODY: Final = 2_000_000
"""Bytes that are gathered for a worker before they are sent."""
_PATIENCE: Final = 5.0
"""Seconds for a thread that is amid reading a file when the search is stopped."""

_USUAL_CODING: Final = re.compile(rb"coding[:=][ \t]*(?:utf-?8|ascii|latin-?1)(?![-\w.])", re.IGNORECASE)
"""Codecs in which plain ASCII is what it seems."""

Read = Callable[[RepoPath], bytes]
"""Gives the bytes of a file, or raises a ReviewTuiError; called from threads."""


@dataclass(slots=True)
class Portion:
    """What is known of some files."""

    results: list[Result] = field(default_factory=list)
    searched: int = 0
    """Files that were looked at, to their end or not."""
    unsearched: list[tuple[RepoPath, str]] = field(default_factory=list)
    """Files that were not searched, or not to their end, and why."""
    left_out: int = 0
    """Files that the globs leave out."""
    is_cut: bool = False
    """Whether the search ended here because it found too much."""


class Workers:
    """The processes that search: kept for the next search, killed when what they do is no longer wanted."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._is_stopped = False

    def warm(self) -> None:
        """Have one ready; called when somebody begins to write what will be searched for."""
        with contextlib.suppress(WorkerError), self._lock:
            if not self._idle and not self._is_stopped:
                self._idle.append(WorkerProcess(MODULE, "The search"))

    def take(self) -> WorkerProcess:
        """One that nobody else has.

        Raises:
            WorkerError: none can be started, or the program ends.
        """
        with self._lock:
            if self._is_stopped:
                raise WorkerError("The program is about to end")
            worker = self._idle.pop() if self._idle else WorkerProcess(MODULE, "The search")
            self._busy.add(worker)
            return worker

    def put_back(self, worker: WorkerProcess, *, is_free: bool) -> None:
        """It is no longer used; where it is not free for another request, it ends."""
        with self._lock:
            self._busy.discard(worker)
            if is_free and not self._is_stopped and len(self._idle) < _MOST_JOBS:
                self._idle.append(worker)
                return
        with contextlib.suppress(OSError):
            worker.close()

    def drop_busy(self) -> None:
        """Nobody waits any more for what they do."""
        with self._lock:
            for worker in self._busy:
                worker.kill()

    def stop(self) -> None:
        """End all of them, now and for good."""
        with self._lock:
            self._is_stopped = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.close()


class Search:
    """One pass over some files; iterate to run it, once."""

    def __init__(
        self, wanted: Wanted, paths: Sequence[RepoPath], read: Read, workers: Workers, *, jobs: int | None = None
    ) -> None:
        """Prepare a search through these files, in this order.

        Raises:
            ReviewTuiError: the expression or a glob cannot be understood.
        """
        wanted.check()
        self.wanted = wanted
        self.total = len(paths)
        self._paths = paths
        self._globs = Globs.parse(wanted.globs)
        self._read = read
        self._workers = workers
        needed = wanted.needed
        self._needed = None if needed is None else [text.encode() for text in needed]
        self._portions = _portions(len(paths))
        self._next = 0
        """The portion that is begun next."""
        self._lock = threading.Lock()
        self._jobs = max(1, min(jobs or _processors(), len(paths)))
        self._busy: set[WorkerProcess] = set()
        self._answers: SimpleQueue[tuple[int, Portion] | BaseException | None] = SimpleQueue()
        self._is_stopped = False
        self.seconds = 0.0
        """How long it took."""

    def stop(self) -> None:
        """End it at once: its workers are killed, the iteration ends."""
        with self._lock:
            self._is_stopped = True
            for worker in self._busy:
                worker.kill()
        self._answers.put(None)

    def __iter__(self) -> Iterator[Portion]:
        """Portions in the order of the files, each as soon as those before it are there.

        Raises:
            WorkerError: no worker can be started.
        """
        began = time.monotonic()
        threads = [threading.Thread(target=self._work, name=f"search-{n}", daemon=True) for n in range(self._jobs)]
        for thread in threads:
            thread.start()
        waiting: dict[int, Portion] = {}
        following = found = 0
        try:
            while following < len(self._portions) and not self._is_stopped:
                answer = self._answers.get()
                if answer is None:
                    return
                if isinstance(answer, BaseException):
                    raise answer
                waiting[answer[0]] = answer[1]
                while following in waiting:
                    portion = waiting.pop(following)
                    following += 1
                    found += len(portion.results)
                    if found > MOST:
                        del portion.results[MOST - found :]
                        portion.is_cut = True
                    yield portion
                    if portion.is_cut:
                        return
        finally:
            self.seconds = time.monotonic() - began
            if following < len(self._portions):
                self.stop()
            for thread in threads:
                if thread is not threading.current_thread():
                    thread.join(_PATIENCE)

    def _work(self) -> None:
        """What one thread does: read, and ask one worker after another, until nothing is left."""
        asked = _Asked(self)
        try:
            while (index := self._begun()) is not None:
                self._answers.put((index, self._portion(index, asked)))
        except BaseException as error:  # noqa: BLE001 (raised again where the results are awaited)
            self._answers.put(error)
        finally:
            asked.close()

    def _begun(self) -> int | None:
        with self._lock:
            if self._is_stopped or self._next == len(self._portions):
                return None
            self._next += 1
            return self._next - 1

    def _portion(self, index: int, asked: "_Asked") -> Portion:
        portion = Portion()
        gathered: list[tuple[RepoPath, bytes]] = []
        size = 0
        for path in self._paths[self._portions[index]]:
            if self._is_stopped:
                break
            if not self._globs.fits(path):
                portion.left_out += 1
                continue
            try:
                data = self._read(path)
            except ReviewTuiError as error:
                portion.unsearched.append((path, str(error)))
                continue
            portion.searched += 1
            if self._needed is not None and cannot_hold(data, self._needed):
                continue
            gathered.append((path, data))
            size += len(data)
            if size > _BODY:
                asked.ask(gathered, portion)
                gathered, size = [], 0
        asked.ask(gathered, portion)
        return portion

    def take_worker(self) -> WorkerProcess | None:
        """One for a thread of this search; None where the search is over.

        Raises:
            WorkerError: none can be started.
        """
        worker = self._workers.take()
        with self._lock:
            if not self._is_stopped:
                self._busy.add(worker)
                return worker
        self._workers.put_back(worker, is_free=True)
        return None

    def give_worker(self, worker: WorkerProcess, *, is_free: bool) -> None:
        """A thread needs it no longer."""
        with self._lock:
            self._busy.discard(worker)
            is_free = is_free and not self._is_stopped
        self._workers.put_back(worker, is_free=is_free)

    @property
    def seconds_for_a_file(self) -> float:
        """The longest that one may take."""
        return self._workers.seconds

    @property
    def is_stopped(self) -> bool:
        """Whether nobody waits for results any more."""
        return self._is_stopped


class _Asked:
    """A thread's side of its worker: a file that ends it costs that file alone."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._worker: WorkerProcess | None = None

    def ask(self, files: Sequence[tuple[RepoPath, bytes]], portion: Portion) -> None:
        """Add to the portion what is in these files."""
        while files and not self._search.is_stopped:
            if self._worker is None:
                self._worker = self._search.take_worker()
                if self._worker is None:
                    return
            files = files[self._answered(self._worker, files, portion) :]

    def _answered(self, worker: WorkerProcess, files: Sequence[tuple[RepoPath, bytes]], portion: Portion) -> int:
        """How many of the files are done with."""
        header = {
            "wanted": self._search.wanted.header,
            "seconds": self._search.seconds_for_a_file,
            "files": [(path, len(data)) for path, data in files],
        }
        is_sent = worker.send(header, b"".join(data for _, data in files))
        for index, (path, _) in enumerate(files):
            answer = worker.read() if is_sent else None
            if answer is None:
                if not self._search.is_stopped:
                    portion.unsearched.append((path, self._why_it_ended(worker)))
                    portion.searched -= 1
                self.close(is_free=False)
                return index + 1
            portion.results += [_result(path, line) for line in answer["lines"]]
            if answer["unsearched"]:
                portion.unsearched.append((path, answer["unsearched"]))
                portion.searched -= not answer["lines"]
        return len(files)

    def _why_it_ended(self, worker: WorkerProcess) -> str:
        status = worker.wait()
        if worker.ran_out_of_time:
            return f"took longer than {self._search.seconds_for_a_file:g} s"
        if status == OUT_OF_MEMORY:
            return "needs too much memory"
        return f"the search ended over it: {worker.last_complaint()}"

    def close(self, *, is_free: bool = True) -> None:
        """Give the worker back."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._search.give_worker(worker, is_free=is_free)


def matches_in(wanted: Wanted, lines: Sequence[str], workers: Workers) -> tuple[list[Match], bool] | None:
    """The matches in lines, and whether there are more; None where it took too long, or nobody waits any more.

    Raises:
        WorkerError: no worker can be started.
    """
    worker = workers.take()
    header = {"wanted": wanted.header, "seconds": workers.seconds}
    answer = worker.exchange(header, "\n".join(lines).encode("utf-8", "surrogatepass"))
    workers.put_back(worker, is_free=answer is not None)
    return None if answer is None else ([Match(*match) for match in answer["matches"]], answer["more"])


def cannot_hold(data: bytes, needed: Sequence[bytes]) -> bool:
    """Whether a file certainly holds none of these texts, in whatever case or disguise."""
    if not data.isascii() or b"\0" in data:
        return False
    lowered = data.lower()
    if any(text in lowered for text in needed):
        return False
    # A codec that is named in the first two lines may make other letters of these bytes, UTF-7 for one.
    end = data.find(b"\n", data.find(b"\n") + 1) if b"\n" in data else len(data)
    head = data[: end if end >= 0 else len(data)]
    return head.count(b"coding") == len(_USUAL_CODING.findall(head))


def _result(path: RepoPath, line: Sequence[Any]) -> Result:  # Any: whatever JSON holds
    number, spans, text, first, length, digest, occurrence = line
    found = tuple((start, end) for start, end in spans)
    return Result(path, number, found, text, first, len(text) == length, digest, occurrence)


def _portions(count: int) -> list[slice]:
    """Small ones first, so that the first results come at once."""
    found: list[slice] = []
    at = 0
    while at < count:
        size = _SIZES[min(len(found), len(_SIZES) - 1)]
        found.append(slice(at, at + size))
        at += size
    return found


def _processors() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST_JOBS, available)
