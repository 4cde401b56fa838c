"""One worker process as the program sees it: started clean, asked file by file, killed at any time."""

import contextlib
import os
import signal
import site
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import reviewtui
from reviewtui.errors import ScanError
from reviewtui.model.checklist import Candidate
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.scan.frames import Header, Setup, candidates_of, hits_of, read_frame, setup_header, write_frame
from reviewtui.scan.worker import MODULE, OUT_OF_MEMORY

# Of Python's own settings only those that say where the interpreter itself lives.
_KEPT: Final = frozenset({"PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of one file."""

    lines: int
    blob: str
    candidates: tuple[Candidate, ...]
    hits: tuple[Hit, ...]
    blind: str
    is_last: bool
    """Whether the worker ended over this file."""


class WorkerProcess:
    """A worker; its methods are called by one thread, `kill` by any."""

    def __init__(self, setup: Setup) -> None:
        """Start it.

        Raises:
            ScanError: it cannot be started.
        """
        self._setup = setup
        # A file and no pipe: what is written to it cannot fill up and block the worker.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the worker)
        if not sys.executable:
            raise ScanError("The scan cannot start: this Python does not know its own executable")
        try:
            self._process = subprocess.Popen(
                # -P: never a module from the working folder, which is one without any besides.
                [sys.executable, "-P", "-m", MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                cwd="/",
                env=clean_environment(os.environ),
                start_new_session=True,  # no Ctrl-C and no terminal for it
            )
        except OSError as error:
            self._complaints.close()
            raise ScanError(f"The scan cannot start a process: {error.strerror}") from error

    def set_up(self) -> Mapping[str, str]:
        """Wait until it is ready; its versions of Bandit and Python.

        Raises:
            ScanError: it ended instead, for example because Bandit cannot be imported.
        """
        versions = self._exchange(setup_header(self._setup))
        if versions is None:
            self._process.wait()
            raise ScanError(f"The scan cannot start: {self._last_complaint()}")
        return versions

    def ask(self, path: RepoPath, data: bytes) -> Answer:
        """What it finds in a file; where it ended instead, what was known until then and why there is no more."""
        first = self._exchange({"path": path}, data)
        if first is None:
            return Answer(0, "", (), (), self._why_it_ended(), is_last=True)
        candidates = candidates_of(first["candidates"], path)
        second = self._read()
        if second is None:
            return Answer(first["lines"], first["blob"], candidates, (), self._why_it_ended(), is_last=True)
        hits = hits_of(second["hits"], path)
        return Answer(first["lines"], first["blob"], candidates, hits, second["blind"], is_last=False)

    def kill(self) -> None:
        """End it now; what waits for its answer sees the end of the pipe."""
        self._process.kill()

    def close(self) -> None:
        """End it, and leave neither a zombie nor an open pipe."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            with contextlib.suppress(OSError):  # unsent bytes of a request, to a process that is gone
                if stream is not None:
                    stream.close()

    def _exchange(self, header: Header, body: bytes = b"") -> Header | None:
        if self._process.stdin is None:
            return None
        try:
            write_frame(self._process.stdin, header, body)
        except OSError:
            return None
        return self._read()

    def _read(self) -> Header | None:
        frame = read_frame(self._process.stdout) if self._process.stdout else None
        return None if frame is None else frame[0]

    def _why_it_ended(self) -> str:
        status = self._process.wait()
        if status == -signal.SIGALRM:
            return f"it took longer than {self._setup.time_limit:g} s"
        if status == OUT_OF_MEMORY:
            limit = self._setup.memory_limit / 2**30
            return f"it is nested too deeply, or takes more than {limit:.2g} GB of memory"
        if status < 0:
            return f"the scanner crashed over it ({signal.Signals(-status).name})"
        return f"the scanner failed over it ({self._last_complaint()})"

    def _last_complaint(self) -> str:
        self._complaints.seek(0, os.SEEK_END)
        self._complaints.seek(max(0, self._complaints.tell() - 4000))
        lines = self._complaints.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with status {self._process.returncode}"


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` without what changes how Python behaves or where it imports from, but able to find this package."""
    clean = {key: value for key, value in environment.items() if not key.startswith("PYTHON") or key in _KEPT}
    package_parent = str(Path(reviewtui.__file__).resolve().parent.parent)
    # Where packages are installed the interpreter looks anyway, and there they must not come before its own modules.
    if package_parent not in {os.path.realpath(p) for p in (*site.getsitepackages(), site.getusersitepackages())}:
        clean["PYTHONPATH"] = package_parent
    return clean
