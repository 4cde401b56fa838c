"""Which files a repository has: git's own list, or a walk where there is no git; no link is followed."""

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from reviewtui.errors import NotAFolderError
from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run


class EntryKind(StrEnum):
    """What stands behind a path."""

    FILE = "file"
    LINK = "link"
    """A symbolic link; it is shown and never followed."""
    SUBMODULE = "submodule"
    """Another repository inside this one; what it holds is not listed."""
    MISSING = "missing"
    """Git knows it, the work tree does not have it."""


class Entry(NamedTuple):
    """One path of the repository; a named tuple, since a big tree has tens of thousands and waits for them."""

    path: RepoPath
    kind: EntryKind
    tracked: bool
    """Git's index has it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """All paths of a repository that can be opened safely, in order."""

    entries: tuple[Entry, ...]
    left_out: int
    """How many names could not be taken: they lead out of the repository or into `.git`, or a folder cannot be read."""


_INDEX_KINDS: Final = {"120000": EntryKind.LINK, "160000": EntryKind.SUBMODULE}
_VERSION_CONTROL: Final = frozenset({".git", ".hg", ".svn", ".bzr", ".jj"})
_FILE: Final = EntryKind.FILE


def from_git(root: Path) -> Listing:
    """What the index has and what is new and not ignored, with what is gone from the work tree marked.

    Raises:
        GitError: git failed; see `run`.
    """
    with ThreadPoolExecutor(1) as beside:
        # Looking for every tracked file on the disk takes as long as all the rest.
        gone_answer = beside.submit(run, root, "ls-files", "-z", "--deleted")
        # The tags make every line's kind certain, whatever a file is called.
        answer = run(root, "ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard")
        entries, left_out = _parsed(root, os.fsdecode(answer))
        gone = frozenset(os.fsdecode(gone_answer.result()).split("\0"))
    if not gone.isdisjoint(entry.path for entry in entries):
        entries = [Entry(e.path, EntryKind.MISSING, True) if e.path in gone else e for e in entries]
    return Listing(tuple(sorted(entries, key=itemgetter(0))), left_out)


def from_folder(root: Path, should_stop: Callable[[], bool]) -> Listing:
    """Every file below a plain folder, without what version control keeps for itself; partial when stopped.

    Raises:
        NotAFolderError: the folder itself cannot be read.
    """
    entries: list[Entry] = []
    left_out = 0
    waiting = [""]
    while waiting and not should_stop():
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as found:
                items = list(found)
        except OSError as error:
            if not folder:
                raise NotAFolderError(f"{root} cannot be read: {error.strerror}") from error
            left_out += 1
            continue
        for item in items:
            if item.is_dir(follow_symlinks=False):
                if item.name.lower() not in _VERSION_CONTROL:
                    waiting.append(f"{folder}{item.name}/")
                continue
            path = RepoPath.checked(folder + item.name)
            if path is None:
                left_out += 1
            else:
                kind = EntryKind.LINK if item.is_symlink() else EntryKind.FILE
                entries.append(Entry(path, kind, False))
    return Listing(tuple(sorted(entries)), left_out)


def _parsed(root: Path, answer: str) -> tuple[list[Entry], int]:
    """The entries in git's answer, and how many of its names are no path inside the repository."""
    entries: list[Entry] = []
    left_out = 0
    before = ""
    for line in answer.split("\0")[:-1]:
        is_new = line[0] == "?"
        name = line[2:] if is_new else line[line.index("\t") + 1 :]
        if name == before:
            # In a merge conflict a path is there up to three times.
            continue
        before = name
        # What has no part with a dot in front and no empty one is in order; the full check takes ten times as long.
        is_plain = name[:1] not in ("", ".", "/") and "/." not in name and "//" not in name and name[-1] != "/"
        path = RepoPath(name) if is_plain else RepoPath.checked(name.removesuffix("/") if is_new else name)
        if path is None:
            left_out += 1
        elif is_new:
            entries.append(_new_entry(root, path, name))
        elif line[0] == "S" and not os.path.lexists(f"{root}/{name}"):
            # Left out of a sparse checkout; git does not call that deleted.
            entries.append(Entry(path, EntryKind.MISSING, True))
        else:
            entries.append(Entry(path, _INDEX_KINDS.get(line[2:8], _FILE), True))
    return entries, left_out


def _new_entry(root: Path, path: RepoPath, name: str) -> Entry:
    """An untracked path; git ends one with a slash when a repository of its own begins there."""
    if name.endswith("/"):
        return Entry(path, EntryKind.SUBMODULE, False)
    try:
        is_link = stat.S_ISLNK(os.lstat(f"{root}/{name}").st_mode)
    except OSError:
        return Entry(path, EntryKind.MISSING, False)
    return Entry(path, EntryKind.LINK if is_link else EntryKind.FILE, False)
