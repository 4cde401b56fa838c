"""One worker process as the program sees it: started clean, asked by frames, killed at any time."""

import contextlib
import os
import signal
import site
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import reviewtui
from reviewtui.errors import WorkerError
from reviewtui.workers.frames import Header, read_frame, write_frame

# Of Python's own settings only those that say where the interpreter itself lives.
_KEPT: Final = frozenset({"PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE"})


class WorkerProcess:
    """A worker that runs one module of this package; its methods are called by one thread, `kill` by any."""

    def __init__(self, module: str, task: str) -> None:
        """Start it.

        Args:
            module: what the interpreter runs, by its dotted name.
            task: what it is for, as an error says it: `the scan`.

        Raises:
            WorkerError: it cannot be started.
        """
        self._task = task
        # A file and no pipe: what is written to it cannot fill up and block the worker.
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the worker)
        if not sys.executable:
            raise WorkerError(f"{task} cannot start: this Python does not know its own executable")
        try:
            self._process = subprocess.Popen(
                # -P: never a module from the working folder, which is one without any besides.
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                cwd="/",
                env=clean_environment(os.environ),
                start_new_session=True,  # no Ctrl-C and no terminal for it
            )
        except OSError as error:
            self._complaints.close()
            raise WorkerError(f"{task} cannot start a process: {error.strerror}") from error

    def exchange(self, header: Header, body: bytes = b"") -> Header | None:
        """Send a request and wait for the header of the first answer; None where the worker ended instead."""
        return self.read() if self.send(header, body) else None

    def send(self, header: Header, body: bytes = b"") -> bool:
        """Send a request; False where the worker has ended."""
        if self._process.stdin is None:
            return False
        try:
            write_frame(self._process.stdin, header, body)
        except OSError:
            return False
        return True

    def read(self) -> Header | None:
        """Wait for the header of a further answer; None where the worker ended instead."""
        frame = self.receive()
        return None if frame is None else frame[0]

    def receive(self) -> tuple[Header, bytes] | None:
        """Wait for a further answer, header and body; None where the worker ended instead."""
        return read_frame(self._process.stdout) if self._process.stdout else None

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

    def wait(self) -> int:
        """Wait until it has ended; its status, negative for a signal."""
        return self._process.wait()

    @property
    def ran_out_of_time(self) -> bool:
        """Whether the timer that it set itself ended it."""
        return self._process.poll() == -signal.SIGALRM

    def last_complaint(self) -> str:
        """The last line that it wrote to its standard error, or else its status."""
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
