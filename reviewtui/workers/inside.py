"""The inside of a worker process: how it takes its pipes, signals and limits before it meets the first hostile byte."""

import contextlib
import os
import resource
import signal
import sys
from typing import IO, Final

OUT_OF_MEMORY: Final = 86
"""Exit status of a worker that had no more memory, or met code that is too deep for the parser."""

_NICENESS: Final = 5
"""The screen goes first."""


def taken_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Where requests come in and answers go out; what anything here prints goes to the complaints instead."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, answers


def take_signals() -> None:
    """Ctrl-C is the program's; the timer ends this process, whatever the program did with that signal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


def step_back() -> None:
    """Leave the processor to the screen."""
    os.nice(_NICENESS)


def limit_time(seconds: float) -> None:
    """End this process after so long, whatever it is busy with, and also when nobody waits any more; 0: no longer."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(size: int) -> None:
    """Have no more address space than `size` bytes, and leave no core behind."""
    with contextlib.suppress(ValueError, OSError):  # a lower limit of the user's own stays
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
