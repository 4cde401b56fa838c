"""The process beside the screen that looks into files: bytes come in on its input, hits and candidates go out.

It knows neither the reviewed tree nor a name in it that it could open: what is scanned is what it was sent, and nothing
of it is ever imported.
"""

import gc
import os
from typing import IO, TYPE_CHECKING, Final

from reviewtui.model.hit import fingerprinted
from reviewtui.model.place import RepoPath
from reviewtui.scan.candidates import PatternSet
from reviewtui.scan.frames import candidate_records, hit_records, setup_of
from reviewtui.scan.text_rules.hits import is_plain, text_hits
from reviewtui.text.source import blob_id, decode
from reviewtui.workers import inside
from reviewtui.workers.frames import read_frame, write_frame

if TYPE_CHECKING:  # the program reads the constants below without loading Bandit
    from reviewtui.scan.bandit.runner import BanditRunner

MODULE: Final = "reviewtui.scan.worker"
"""What the interpreter is told to run."""

PYTHON_LIMIT: Final = 5_000_000
"""Bytes of a Python file that is scanned."""
LINE_LIMIT: Final = 1_000_000
"""Bytes of a line in a Python file that is scanned: one of 5 MB takes minutes and gigabytes."""
OTHER_LIMIT: Final = 1_000_000
"""Bytes of any other file that is searched for candidates."""
TEXT_LIMIT: Final = 20_000_000
"""Bytes of a file whose text is looked at for what misleads; one that is plain ASCII is at any size."""

_COLLECT_EVERY: Final = 50
"""Files between two looks for garbage, where nothing makes much of it."""
_COLLECT_SIZE: Final = 1_000_000
"""Bytes of a file after which there may be much."""

_PYTHON_ENDS: Final = (".py", ".pyw")
"""As the command line of Bandit chooses files."""


def main() -> None:
    """Answer until the input ends."""
    inside.take_signals()
    requests, answers = inside.taken_pipes()
    # What finds Bandit's plugins would keep a list of them in the user's folder; a scan reads and writes nothing there.
    os.environ["XDG_CACHE_HOME"] = os.devnull
    from reviewtui.scan.bandit.configuration import ConfigurationError
    from reviewtui.scan.bandit.runner import BanditRunner, versions

    started = read_frame(requests)
    if started is None:
        return
    setup = setup_of(started[0])
    inside.step_back()
    inside.limit_memory(setup.memory_limit)
    inside.limit_time(setup.time_limit)
    try:
        bandit = BanditRunner(setup.bandit)
    except ConfigurationError as error:
        write_frame(answers, {"problem": str(error)})
        return
    inside.limit_time(0)
    patterns = PatternSet(setup.patterns)
    write_frame(answers, versions())
    # Only Bandit's own way makes trees with links to parents; they are garbage all at once, when their file is done.
    gc.freeze()
    gc.disable()
    since = 0
    while (request := read_frame(requests)) is not None:
        header, data = request
        inside.limit_time(setup.time_limit)
        try:
            _answer(answers, RepoPath(header["path"]), data, bandit, patterns)
        except MemoryError:
            os._exit(inside.OUT_OF_MEMORY)
        inside.limit_time(0)
        since += 1
        if bandit.went_own_way or since >= _COLLECT_EVERY or len(data) > _COLLECT_SIZE:
            since, bandit.went_own_way = 0, False
            gc.collect()


def _answer(answers: IO[bytes], path: RepoPath, data: bytes, bandit: "BanditRunner", patterns: PatternSet) -> None:
    """Two frames: what costs little, then what Bandit says, so that the first is known when the second never comes."""
    for_bandit = path.endswith(_PYTHON_ENDS)
    too_large = _too_large(data, for_bandit)
    if too_large and (is_plain(data) or len(data) > TEXT_LIMIT):
        is_blind = for_bandit or patterns.applies(path) or not (is_plain(data) or b"\0" in data[:8000])
        write_frame(answers, {"lines": _rough_line_count(data), "blob": blob_id(data), "candidates": [], "text": []})
        write_frame(answers, {"hits": [], "blind": too_large if is_blind else ""})
        return
    source = decode(data, path)
    lines = () if source.is_binary else source.lines
    found = () if too_large else patterns.find(path, lines)
    ours = fingerprinted(text_hits(path, source, data), lines)
    first = {"lines": len(lines), "blob": source.blob, "candidates": candidate_records(found)}
    write_frame(answers, {**first, "text": hit_records(ours)})
    if too_large:
        is_blind = for_bandit or (patterns.applies(path) and not source.is_binary)
        write_frame(answers, {"hits": [], "blind": too_large if is_blind else ""})
        return
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


if __name__ == "__main__":
    main()
