"""What changes on the disk while the reader reads: open files, the list of files, the findings file.

One thread looks, about once a second, at a few dates; only what has a new one is read, and only what is really another
is told. Nothing is told of a change that is still going on.
"""

import os
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from threading import Event, Thread
from time import time
from typing import Final

from textual.message import Message

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Repository
from reviewtui.text.source import blob_id
from reviewtui.tui import jobs
from reviewtui.tui.file_tree import FileTree

SETTLING: Final = 0.2
"""Seconds for which what has changed must stay as it is."""
_YOUNG: Final = 3.0
"""A file changed so many seconds ago may have been read before that."""


@dataclass
class Reread(Message):
    """An open file has other bytes than those on the screen, or can no longer be read."""

    loaded: jobs.FileLoaded


@dataclass
class Relisted(Message):
    """There are other files, or other bytes in some."""

    listed: jobs.Listed
    changed: frozenset[RepoPath]
    """Old files with other bytes than those that were scanned."""
    new: frozenset[RepoPath]
    gone: frozenset[RepoPath]
    head: str
    """The id of the last commit."""


@dataclass
class FindingsTouched(Message):
    """Somebody wrote the findings file, perhaps this program."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be watched."""

    files: Mapping[RepoPath, str]
    """Open file to the id of the bytes that are on the screen; empty for one that could not be shown."""
    folders: frozenset[str]
    """Those whose files are in sight."""


class _State(Enum):
    QUIET = auto()
    BUSY = auto()
    """It is just changing, or has changed a moment ago."""
    CHANGED = auto()
    """It has changed and come to rest: told once."""


class Dates:
    """Which of the things that are looked at have changed and come to rest; pure."""

    def __init__(self) -> None:
        self._known: dict[str, int | None] = {}
        self._seen: dict[str, int] = {}

    def look(self, name: str, stamp: int, *, doubtful: bool = False) -> _State:
        """What has become of it; `doubtful`: where it is looked at for the first time, it counts as changed."""
        if name not in self._known:
            self._known[name] = None if doubtful else stamp
        if self._known[name] == stamp:
            self._seen.pop(name, None)
            return _State.QUIET
        if self._seen.get(name) != stamp:
            self._seen[name] = stamp
            return _State.BUSY
        self._known[name] = stamp
        del self._seen[name]
        return _State.CHANGED


class Watch:
    """A thread that looks when it is told to, and only then."""

    def __init__(
        self, repository: Repository, findings: RepoPath, blob_of: Callable[[RepoPath], str], post: jobs.Post
    ) -> None:
        """Prepare; no thread is started yet.

        Args:
            blob_of: the id of the bytes of a file that were scanned, empty where it was not; called from the thread.
            post: takes the messages.
        """
        self._repository, self._findings, self._blob_of, self._post = repository, findings, blob_of, post
        self._root = str(repository.root)
        self._sight = Sight({}, frozenset())
        self._asked = Event()
        self._ended = Event()
        self._everything = False
        self._tree = FileTree()
        self._stamps = array("q")
        """Those of the files of the tree, in its order; empty until they were taken."""
        self._dates = Dates()
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self, tree: FileTree) -> None:
        """The list of files is known: begin, or begin anew from this one."""
        self._tree, self._stamps = tree, array("q")
        if not self._thread.is_alive() and not self._ended.is_set():
            self._thread.start()

    def stop(self) -> None:
        """End; what is being looked at is not waited for."""
        self._ended.set()
        self._asked.set()

    def look(self, sight: Sight, *, everything: bool = False) -> None:
        """Look soon; with `everything` at every file, whatever the dates of the folders say."""
        self._sight = sight
        self._everything |= everything
        self._asked.set()

    # In the thread

    def _run(self) -> None:
        while not self._ended.is_set():
            self._asked.wait()
            self._asked.clear()
            # Until all is quiet: an editor replaces a file in several steps, a checkout thousands of files.
            while not self._ended.is_set() and self._look():
                self._ended.wait(SETTLING)

    def _look(self) -> bool:
        """Whether something is just changing."""
        sight, tree = self._sight, self._tree
        if not self._stamps:
            self._stamps = _stamps(self._root, tree.paths)
        states = [self._look_at_file(path, blob) for path, blob in sight.files.items()]
        findings = self._dates.look("findings", stamp(f"{self._root}/{self._findings}"))
        if findings is _State.CHANGED:
            self._post(FindingsTouched())
        around = [self._dates.look(f"/{name}", self._stamp_around(name)) for name in sorted(sight.folders)]
        if self._everything or (_State.CHANGED in around and _State.BUSY not in around):
            self._everything = False
            self._list(tree)
        elif _State.CHANGED in around:
            # The list is read when all has come to rest.
            self._everything = True
        return _State.BUSY in (*states, findings, *around)

    def _look_at_file(self, path: RepoPath, blob: str) -> _State:
        state = self._dates.look(path, stamp(f"{self._root}/{path}"), doubtful=_is_young(f"{self._root}/{path}"))
        if state is _State.CHANGED:
            jobs.load(self._repository, path, 0, lambda loaded: self._reread(loaded, blob))
        return state

    def _reread(self, loaded: jobs.FileLoaded, blob: str) -> bool:
        if (loaded.source.blob if loaded.source else "") != blob:
            self._post(Reread(loaded))
        return True

    def _stamp_around(self, folder: str) -> int:
        """That of a folder, which changes with the names in it; of the root, with what git does as well."""
        own = stamp(f"{self._root}/{folder}")
        if folder:
            return own
        git = f"{self._root}/.git"
        return hash((own, stamp(f"{git}/index"), stamp(f"{git}/index.lock"), stamp(f"{git}/HEAD")))

    def _list(self, tree: FileTree) -> None:
        """Read the list of files, and tell what is another now."""
        try:
            listed = jobs.list_files(self._repository, self._ended.is_set)
            head = self._repository.head()
        except ReviewTuiError:
            return
        if listed.problem or self._ended.is_set() or self._tree is not tree:
            return
        stamps = _stamps(self._root, listed.tree.paths)
        before = dict(zip(tree.paths, self._stamps, strict=True))
        after = dict(zip(listed.tree.paths, stamps, strict=True))
        self._tree, self._stamps = listed.tree, stamps
        touched = [path for path, now in after.items() if before.get(path, now) != now and path != self._findings]
        changed = frozenset(path for path in touched if self._is_other(path))
        if changed or before.keys() != after.keys() or tree.notes != listed.tree.notes:
            new, gone = after.keys() - before.keys(), before.keys() - after.keys()
            self._post(Relisted(listed, changed, frozenset(new), frozenset(gone), head))

    def _is_other(self, path: RepoPath) -> bool:
        """Whether a file that was touched has other bytes, or is gone."""
        blob = self._blob_of(path)
        try:
            return not blob or blob_id(self._repository.read(path)) != blob
        except ReviewTuiError:
            return True


def stamp(path: str) -> int:
    """A number that is another when a file was written, replaced or taken away; links are not followed."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return 0
    return hash((found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode))


def _stamps(root: str, paths: Iterable[RepoPath]) -> "array[int]":
    return array("q", (stamp(f"{root}/{path}") for path in paths))


def _is_young(path: str) -> bool:
    try:
        return time() - os.lstat(path).st_mtime < _YOUNG
    except (OSError, ValueError):
        return True
