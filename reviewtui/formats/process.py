"""Reading a report in a process of its own, so that neither its size nor what is in it holds anybody up."""

import threading
from collections.abc import Callable, Sequence
from typing import Final

from reviewtui.errors import ReportError
from reviewtui.formats.imported import Imported
from reviewtui.model.hit import Hit
from reviewtui.model.hit_record import hit_of
from reviewtui.model.place import RepoPath
from reviewtui.workers.inside import OUT_OF_MEMORY
from reviewtui.workers.process import WorkerProcess

MODULE: Final = "reviewtui.formats.worker"
"""What the interpreter is told to run; its readers are loaded there and not here."""
MEMORY_LIMIT: Final = 6 * 2**30
"""Bytes of address space: a report of 100 MB takes about ten times its size as values."""
TIME_LIMIT: Final = 300.0
_POLL: Final = 0.1


def read_beside(
    data: bytes,
    name: str,
    paths: Sequence[RepoPath],
    root: str,
    lines: Callable[[RepoPath], Sequence[str] | None],
    should_stop: Callable[[], bool] = lambda: False,
    *,
    everything: bool = False,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
) -> Imported | None:
    """What a report says; None where the reading was stopped.

    Args:
        data: the report.
        name: of its file, for messages.
        paths: the files of the repository.
        root: its absolute path, to recognise paths that were made in it.
        lines: of a file as it is now; None where it is no text.
        should_stop: asked about ten times a second.
        everything: also what has nothing to do with security, where the report tells these apart.
        time_limit: seconds.
        memory_limit: bytes.

    Raises:
        ReportError: it is no report that is known, or took more time or memory than is given to one.
        WorkerError: no process can be started.
    """
    worker = WorkerProcess(MODULE, "The import")
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_POLL):
            if should_stop():
                worker.kill()
                return

    watcher = threading.Thread(target=watch, name="import-watch", daemon=True)
    watcher.start()
    try:
        request = {
            "name": name,
            "paths": list(paths),
            "root": root,
            "everything": everything,
            "time_limit": time_limit,
            "memory_limit": memory_limit,
        }
        worker.send(request, data)
        found = _answered(worker, lines)
        if found is None:
            if should_stop():
                return None
            raise ReportError(f"{name} cannot be read: {_why(worker, time_limit)}")
        return found
    finally:
        ended.set()
        worker.close()


def _answered(worker: WorkerProcess, lines: Callable[[RepoPath], Sequence[str] | None]) -> Imported | None:
    """The answer, given whatever lines it asks for; None where the process ended."""
    hits: list[Hit] = []
    while (header := worker.read()) is not None:
        if "want" in header:
            text = lines(RepoPath(header["want"]))
            body = "\n".join(text or ()).encode("utf-8", "surrogatepass")
            worker.send({"is_text": text is not None}, body)
        elif "hits" in header:
            hits += [hit_of(record, RepoPath(path)) for path, record in header["hits"]]
        elif "error" in header:
            raise ReportError(header["error"])
        else:
            return Imported(
                header["format"],
                tuple(header["tools"]),
                tuple(hits),
                tuple(header["problems"]),
                tuple(header["notes"]),
                header["made"],
                dict(header["unplaced"]),
            )
    return None


def _why(worker: WorkerProcess, time_limit: float) -> str:
    status = worker.wait()
    if worker.ran_out_of_time:
        return f"it took more than {time_limit:.0f} seconds"
    if status == OUT_OF_MEMORY:
        return "it wants more memory than a report is given"
    return f"the process that read it ended: {worker.last_complaint()}"
