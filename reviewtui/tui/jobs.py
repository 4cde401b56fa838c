"""Long work beside the screen: each job is a thread that speaks by messages and ends with one that says so."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.worker import get_current_worker

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.text.source import SourceText, decode
from reviewtui.text.tokens import is_python
from reviewtui.tui.desk import FileFacts
from reviewtui.tui.file_tree import FileTree

if TYPE_CHECKING:
    from reviewtui.opening import OpenReview
    from reviewtui.scan.pool import Scan
    from reviewtui.text.windows import WindowLexer

BATCH_SECONDS: Final = 0.12
"""How long results are gathered before the screen hears of them."""

NOTES: Final = {EntryKind.LINK: "link, not followed", EntryKind.SUBMODULE: "submodule", EntryKind.MISSING: "gone"}
"""What the tree says of a path behind which there is no ordinary file."""

SMALL: Final = 1_000_000
"""Bytes up to which a file is read and decoded at once: at most some ten milliseconds."""

LEXER_SECONDS: Final = 0.008
"""For so long a Python file is made ready for colouring before it is first drawn: some 10,000 lines."""

Post = Callable[[Message], bool]


@dataclass
class Listed(Message):
    """The files of the repository are known."""

    tree: FileTree
    problem: str = ""
    """Why git could not help, where it could not."""
    left_out: int = 0
    """How many names cannot be taken."""


@dataclass
class Opened(Message):
    """The findings file and the checklists were read."""

    review: "OpenReview"


@dataclass
class OpenFailed(Message):
    """The findings file or a checklist cannot be used."""

    error: ReviewTuiError


@dataclass
class FileLoaded(Message):
    """A file was read, or cannot be."""

    generation: int
    path: RepoPath
    source: SourceText | None
    problem: str = ""
    revision: str = ""
    """The commit whose version it is; empty for the file on disk."""
    lexer: "WindowLexer | None" = None
    """What colours windows of it, where that could be had at once."""


@dataclass
class Scanned(Message):
    """A batch of a scan."""

    generation: int
    facts: dict[RepoPath, FileFacts]


@dataclass
class ScanEnded(Message):
    """A scan is over: all done, cancelled or failed."""

    generation: int
    problem: str = ""
    unused: Sequence[RepoPath] | None = None
    """The files that would configure Bandit; None where nobody looked."""


@dataclass
class Answered(Message):
    """A question that was asked in the background has its answer."""

    then: Callable[[], None]
    """What the screen does with it."""


@dataclass
class JobFailed(Message):
    """A job ended by an error that nobody foresaw."""

    group: str
    error: str


def stopped() -> bool:
    """Whether the thread that asks has been cancelled."""
    return get_current_worker().is_cancelled


def stopper() -> Callable[[], bool]:
    """As `stopped`, for other threads that work for the one that asks."""
    worker = get_current_worker()
    return lambda: worker.is_cancelled


def list_files(repository: Repository, should_stop: Callable[[], bool]) -> Listed:
    """Read the list of files."""
    try:
        listing = repository.listing(should_stop)
    except ReviewTuiError as error:
        return Listed(FileTree(), str(error))
    notes = {entry.path: NOTES[entry.kind] for entry in listing.entries if entry.kind in NOTES}
    tree = FileTree.of((entry.path for entry in listing.entries), notes)
    return Listed(tree, left_out=listing.left_out)


def load_libraries() -> None:
    """Import what the first file and the scan need, so that no key waits for it."""
    import reviewtui.scan.pool  # noqa: F401
    from reviewtui.text.windows import WindowLexer

    WindowLexer(("",)).spans(0, 0)


def is_python_lexer_loaded() -> bool:
    """Whether colouring Python begins without an import."""
    return "pygments.lexers.python" in sys.modules


def is_small(repository: Repository, path: RepoPath) -> bool:
    """Whether a file can be read without anybody waiting for it."""
    try:
        return (repository.root / path).lstat().st_size <= SMALL
    except OSError:
        return True


def load(repository: Repository, path: RepoPath, generation: int, post: "Callable[[FileLoaded], bool]") -> None:
    """Read and decode one file."""
    try:
        data = repository.read(path)
    except ReviewTuiError as error:
        post(FileLoaded(generation, path, None, str(error)))
        return
    source = decode(data, path)
    lexer = None if source.is_binary else lexer_at_once(path, source.lines)
    post(FileLoaded(generation, path, source, lexer=lexer))


def lexer_at_once(path: RepoPath, lines: Sequence[str]) -> "WindowLexer | None":
    """What colours windows of a Python file, ready for a part of it at least; None where nothing can be had at once."""
    if not (is_python(path, lines[0] if lines else "") and is_python_lexer_loaded()):
        return None
    from reviewtui.text.windows import WindowLexer

    lexer = WindowLexer(lines)
    deadline = time.perf_counter() + LEXER_SECONDS
    lexer.prepare(lambda: time.perf_counter() > deadline)
    return lexer


def scan(run: "Scan", generation: int, post: Post, look: Callable[[], Sequence[RepoPath]] | None = None) -> None:
    """Gather a scan's results into batches; the file that somebody waits for goes at once."""
    batch: dict[RepoPath, FileFacts] = {}
    problem = ""
    sent = 0.0
    try:
        for done in run:
            batch[done.path] = FileFacts(done.hits, done.candidates, done.blind, done.lines, done.blob)
            now = time.monotonic()
            if now - sent >= BATCH_SECONDS or done.path == run.wanted:
                post(Scanned(generation, batch))
                batch, sent = {}, now
    except ReviewTuiError as error:
        problem = str(error)
    if batch:
        post(Scanned(generation, batch))
    post(ScanEnded(generation, problem, look() if look else None))
