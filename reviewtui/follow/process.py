"""Following code as the program sees it: questions to worker processes that are killed when they take too long."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from time import monotonic, sleep
from typing import Any, Final

from reviewtui.errors import WorkerError
from reviewtui.follow.frames import (
    MODULE,
    Defined,
    Hovered,
    Record,
    Symbols,
    Uses,
    defined,
    hovered,
    symbols,
    uses,
)
from reviewtui.workers.process import WorkerProcess

SECONDS: Final = 10.0
"""The longest that one question may take."""
SEARCH_SECONDS: Final = 120.0
"""The longest that looking for the uses of a name may take."""
MEMORY: Final = 3 << 30
"""Bytes of address space that a worker may have."""
_TELL_SECONDS: Final = 1.0
_TURN: Final = 0.005
"""A pause between two turns, in which a query may step in."""
_TASK: Final = "Following code"


class Asker:
    """One worker, asked one question at a time; `drop` ends the one that is being answered."""

    def __init__(self, root: str, paths: tuple[str, ...], seconds: float) -> None:
        self._root, self._paths, self._seconds = root, paths, seconds
        self._lock = Lock()
        self._asking = Lock()
        self._worker: WorkerProcess | None = None
        self._is_stopped = False

    def ask(self, header: Mapping[str, Any], should_stop: Callable[[], bool]) -> Iterator[Record]:
        """The answers to a question; the caller takes them up to the last.

        Raises:
            WorkerError: it took too long, or the worker broke down.
        """
        with self._asking:
            if should_stop():
                return
            worker = self._ready()
            if not worker.send({**header, "seconds": self._seconds}):
                raise self._broken(worker)
            is_whole = False
            try:
                while not should_stop():
                    answer = worker.read()
                    if answer is None:
                        raise self._broken(worker)
                    is_whole = answer.get("is_last", True)
                    yield answer
                    if is_whole:
                        return
            finally:
                if not is_whole:
                    self._end(worker)

    def drop(self) -> None:
        """Nobody waits any more for what is being answered."""
        with self._lock:
            if self._asking.locked() and self._worker:
                self._worker.kill()

    def stop(self) -> None:
        """End the worker for good."""
        with self._lock:
            self._is_stopped = True
            if self._worker:
                self._worker.kill()

    def _ready(self) -> WorkerProcess:
        with self._lock:
            if self._is_stopped:
                raise WorkerError("The program is about to end")
            if self._worker is None:
                self._worker = WorkerProcess(MODULE, _TASK)
                self._worker.send({"root": self._root, "paths": list(self._paths), "memory": MEMORY})
            return self._worker

    def _broken(self, worker: WorkerProcess) -> WorkerError:
        worker.wait()
        if worker.ran_out_of_time:
            why = f"it took longer than {self._seconds:g} s"
        else:
            why = f"its process ended ({worker.last_complaint()})"
        self._end(worker)
        return WorkerError(f"{_TASK} gave no answer: {why}")

    def _end(self, worker: WorkerProcess) -> None:
        with self._lock:
            if self._worker is not worker:
                return
            self._worker = None
        with contextlib.suppress(OSError):
            worker.close()


class Following:
    """Everything that can be asked of a repository's code; each kind of question has a process of its own."""

    def __init__(self, root: str, paths: tuple[str, ...]) -> None:
        self._short = Asker(root, paths, SECONDS)
        self._search = Asker(root, paths, SEARCH_SECONDS)
        self._index = Asker(root, paths, SEARCH_SECONDS)

    def define(self, path: str, line: int, column: int, should_stop: Callable[[], bool]) -> Defined | None:
        """Where the name at a place is defined; None where nobody waits any more."""
        answer = next(self._one(self._short, "define", (path, line, column), should_stop), None)
        return defined(answer) if answer else None

    def hover(self, path: str, line: int, column: int, should_stop: Callable[[], bool]) -> Hovered | None:
        """What is known of the name at a place; None where nobody waits any more."""
        answer = next(self._one(self._short, "hover", (path, line, column), should_stop), None)
        return hovered(answer) if answer else None

    def uses(
        self, path: str, line: int, column: int, should_stop: Callable[[], bool], *, calls_only: bool
    ) -> Iterator[Uses]:
        """The uses of the name at a place, as they are found."""
        kind = "callers" if calls_only else "references"
        for answer in self._one(self._search, kind, (path, line, column), should_stop):
            yield uses(answer)

    def look_through(self, should_stop: Callable[[], bool], tell: Callable[[], None]) -> None:
        """Bring the index of symbols up to date; `tell` is called now and then, and at the end.

        It is done in short turns, so that queries are answered in between.
        """
        begins, told = True, monotonic()
        while not should_stop():
            header = {"ask": "index", "begins": begins}
            answer = next(self._index.ask(header, should_stop), None)
            begins = False
            if answer is None or not answer["more"]:
                break
            if monotonic() - told > _TELL_SECONDS:
                tell()
                told = monotonic()
            sleep(_TURN)
        tell()

    def symbols(self, query: str, should_stop: Callable[[], bool]) -> Symbols | None:
        """The symbols that a query finds; None where nobody waits any more."""
        answer = next(self._index.ask({"ask": "symbols", "query": query}, should_stop), None)
        return symbols(answer) if answer else None

    def drop_search(self) -> None:
        """Nobody waits any more for uses."""
        self._search.drop()

    def stop(self) -> None:
        """End every process."""
        for asker in (self._short, self._search, self._index):
            asker.stop()

    def _one(
        self, asker: Asker, kind: str, place: tuple[str, int, int], should_stop: Callable[[], bool]
    ) -> Iterator[Record]:
        path, line, column = place
        return asker.ask({"ask": kind, "path": path, "line": line, "column": column}, should_stop)
