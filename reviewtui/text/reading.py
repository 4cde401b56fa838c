"""Read a file of the reviewed tree without being led out of it, held up, or filled up."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reviewtui.errors import SourceError
from reviewtui.model.place import RepoPath

_FOLDER: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_CHUNK: Final = 1 << 20


def read_file(root: Path, path: RepoPath, limit: int) -> bytes:
    """The bytes of a regular file below `root`; no link is followed, wherever on the way it stands.

    Raises:
        SourceError: it is gone, a link, no regular file, larger than `limit` bytes, or not readable.
    """
    with _told_of(path), _folder_of(root, path) as folder:
        # Opening a device can do something already, so it is looked at first.
        _expect_file(path, os.stat(path.name, dir_fd=folder, follow_symlinks=False).st_mode)
        file = os.open(path.name, _FILE, dir_fd=folder)
        try:
            found = os.fstat(file)
            _expect_file(path, found.st_mode)
            if found.st_size > limit:
                raise _too_large(path, limit)
            return _read(file, path, limit)
        finally:
            os.close(file)


def check_file(root: Path, path: RepoPath) -> None:
    """Look whether there is a regular file, reached through no link.

    Raises:
        SourceError: there is none.
    """
    with _told_of(path), _folder_of(root, path) as folder:
        _expect_file(path, os.stat(path.name, dir_fd=folder, follow_symlinks=False).st_mode)


@contextmanager
def _folder_of(root: Path, path: RepoPath) -> Iterator[int]:
    """The folder that the file is in, opened part by part: a part that became a link meanwhile cannot divert us."""
    folder = os.open(root, _FOLDER & ~os.O_NOFOLLOW)
    try:
        for part in path.split("/")[:-1]:
            try:
                inner = os.open(part, _FOLDER, dir_fd=folder)
            except NotADirectoryError:
                _refuse_link(path, part, folder)
                raise
            os.close(folder)
            folder = inner
        yield folder
    finally:
        os.close(folder)


def _read(file: int, path: RepoPath, limit: int) -> bytes:
    """All of it, stopping when it turns out to be longer than it said."""
    chunks = []
    size = 0
    while chunk := os.read(file, min(_CHUNK, limit + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise _too_large(path, limit)
    return b"".join(chunks)


def _expect_file(path: RepoPath, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise SourceError(f"{path} is a symbolic link; links are shown and never followed")
    if stat.S_ISDIR(mode):
        raise SourceError(f"{path} is a folder: open a file in it")
    if not stat.S_ISREG(mode):
        raise SourceError(f"{path} is no regular file (a pipe, socket or device) and is not opened")


def _refuse_link(path: RepoPath, part: str, folder: int) -> None:
    if stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode):
        raise SourceError(f"{path} lies behind the symbolic link {part!r}, which is not followed")


def _too_large(path: RepoPath, limit: int) -> SourceError:
    return SourceError(f"{path} has more than {limit:,} bytes and is not opened; look at it with another program")


@contextmanager
def _told_of(path: RepoPath) -> Iterator[None]:
    """Turn what the system says into a sentence about the path."""
    try:
        yield
    except FileNotFoundError as error:
        raise SourceError(f"{path} is gone from the work tree") from error
    except PermissionError as error:
        raise SourceError(f"{path} may not be read: its permissions do not allow it") from error
    except NotADirectoryError as error:
        raise SourceError(f"{path} is gone: a folder on its way is now a file") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise SourceError(f"{path} has become a symbolic link; links are shown and never followed") from error
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error
