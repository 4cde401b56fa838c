"""Colours of whole files as the program gets them: from a worker process that is kept for the next file."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import Final

from reviewtui.colour.worker import MODULE
from reviewtui.errors import WorkerError
from reviewtui.text.packed import PackedSpans
from reviewtui.workers.process import WorkerProcess

SECONDS: Final = 60.0
"""The longest that a file may take; what is not coloured then stays plain."""
MEMORY: Final = 2 << 30
"""Bytes of address space that the worker may have."""

Batch = tuple[int, PackedSpans]
"""The first row, and the colours of the rows from there on."""


class Colourer:
    """Lexes one file at a time in a process of its own, which is started for the first and killed over one too long."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._idle: WorkerProcess | None = None
        self._busy: set[WorkerProcess] = set()
        self._is_stopped = False

    def batches(self, path: str, lines: Sequence[str], should_stop: Callable[[], bool]) -> Iterator[Batch]:
        """The colours of a file in order from its top, as far as they come before the time is over.

        Raises:
            WorkerError: no process can be started.
        """
        worker = self._taken()
        is_whole = False
        try:
            text = "\n".join(lines).encode("utf-8", "surrogatepass")
            header = {"path": path, "seconds": self._seconds, "memory": MEMORY}
            frame = worker.receive() if lines and worker.send(header, text) else None
            while frame is not None and not should_stop():
                if "row" not in frame[0]:
                    is_whole = True
                    return
                yield frame[0]["row"], PackedSpans(frame[1])
                frame = worker.receive()
        finally:
            self._put_back(worker, is_whole)

    def stop(self) -> None:
        """End every process, now and for good."""
        with self._lock:
            self._is_stopped = True
            idle, self._idle = self._idle, None
            for worker in self._busy:
                worker.kill()
        if idle:
            idle.close()

    def drop_busy(self) -> None:
        """Nobody waits any more for what is being lexed."""
        with self._lock:
            for worker in self._busy:
                worker.kill()

    def _taken(self) -> WorkerProcess:
        with self._lock:
            if self._is_stopped:
                raise WorkerError("The program is about to end")
            worker, self._idle = self._idle, None
            worker = worker or WorkerProcess(MODULE, "The colouring")
            self._busy.add(worker)
            return worker

    def _put_back(self, worker: WorkerProcess, is_free: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if is_free and self._idle is None and not self._is_stopped:
                self._idle = worker
                return
        with contextlib.suppress(OSError):
            worker.close()
