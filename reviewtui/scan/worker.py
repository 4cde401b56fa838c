"""The process beside the screen that looks into files: bytes come in on its input, hits and candidates go out.

It knows neither the reviewed tree nor a name in it that it could open: what is scanned is what it was sent, and nothing
of it is ever imported.
"""

import contextlib
import gc
import os
import resource
import signal
import sys
from typing import IO, TYPE_CHECKING, Final

from reviewtui.model.hit import fingerprinted
from reviewtui.model.place import RepoPath
from reviewtui.scan.candidates import PatternSet
from reviewtui.scan.frames import candidate_records, hit_records, read_frame, setup_of, write_frame
from reviewtui.text.source import blob_id, decode

if TYPE_CHECKING:  # the program reads the constants below without loading Bandit
    from reviewtui.scan.bandit import BanditRunner

MODULE: Final = "reviewtui.scan.worker"
"""What the interpreter is told to run."""
OUT_OF_MEMORY: Final = 86
"""Exit status of a worker that had no more memory, or met code that is too deep for the parser."""

PYTHON_LIMIT: Final = 5_000_000
"""Bytes of a Python file that is scanned."""
LINE_LIMIT: Final = 1_000_000
"""Bytes of a line in a Python file that is scanned: one of 5 MB takes minutes and gigabytes."""
OTHER_LIMIT: Final = 1_000_000
"""Bytes of any other file that is searched for candidates."""

_PYTHON_ENDS: Final = (".py", ".pyw")
"""As the command line of Bandit chooses files."""
_NICENESS: Final = 5
"""The screen goes first."""


def main() -> None:
    """Answer until the input ends."""
    _take_signals()
    requests, answers = sys.stdin.buffer, _taken_from_prints()
    from reviewtui.scan.bandit import BanditRunner, versions

    started = read_frame(requests)
    if started is None:
        return
    setup = setup_of(started[0])
    os.nice(_NICENESS)
    _limit_memory(setup.memory_limit)
    bandit, patterns = BanditRunner(), PatternSet(setup.patterns)
    write_frame(answers, versions())
    # A tree with links to parents is garbage all at once, when its file is done: looking for some before costs a tenth.
    gc.freeze()
    gc.disable()
    while (request := read_frame(requests)) is not None:
        header, data = request
        # The default action of this signal ends the process, whatever it is busy with; also when nobody waits any more.
        signal.setitimer(signal.ITIMER_REAL, setup.time_limit)
        try:
            _answer(answers, RepoPath(header["path"]), data, bandit, patterns)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.collect()


def _answer(answers: IO[bytes], path: RepoPath, data: bytes, bandit: "BanditRunner", patterns: PatternSet) -> None:
    """Two frames: what costs little, then what Bandit says, so that the first is known when the second never comes."""
    for_bandit = path.endswith(_PYTHON_ENDS)
    too_large = _too_large(data, for_bandit)
    if too_large:
        write_frame(answers, {"lines": _rough_line_count(data), "blob": blob_id(data), "candidates": []})
        write_frame(answers, {"hits": [], "blind": too_large if for_bandit or patterns.applies(path) else ""})
        return
    source = decode(data, path)
    lines = () if source.is_binary else source.lines
    found = patterns.find(path, lines)
    write_frame(answers, {"lines": len(lines), "blob": source.blob, "candidates": candidate_records(found)})
    hits, blind = bandit.scan(path, data, source.lines) if for_bandit else ((), "")
    write_frame(answers, {"hits": hit_records(fingerprinted(hits, source.lines)), "blind": blind})


def _too_large(data: bytes, is_python: bool) -> str:
    """Why a file is not scanned; empty where it is."""
    size, limit = len(data), PYTHON_LIMIT if is_python else OTHER_LIMIT
    if size > limit:
        return f"it is larger than {limit // 1_000_000} MB ({size / 1_000_000:.1f} MB)"
    if is_python and size > LINE_LIMIT and max(map(len, data.splitlines())) > LINE_LIMIT:
        return f"a line is longer than {LINE_LIMIT // 1_000_000} MB"
    return ""


def _rough_line_count(data: bytes) -> int:
    """Lines of a file that is too large to be decoded; 0 for a binary one."""
    if b"\0" in data[:8000]:
        return 0
    return data.count(b"\n") + (not data.endswith(b"\n"))


def _limit_memory(size: int) -> None:
    with contextlib.suppress(ValueError, OSError):  # a lower limit of the user's own stays
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _take_signals() -> None:
    """Ctrl-C is the program's; the timer ends this process, whatever the program did with that signal."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


def _taken_from_prints() -> IO[bytes]:
    """The pipe to the program; what a plugin prints goes elsewhere, or it would stand amid the frames."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


if __name__ == "__main__":
    main()
