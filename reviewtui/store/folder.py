"""A folder that is held open while a file in it is read, locked and replaced: no link is followed, no write is torn."""

import errno
import fcntl
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from reviewtui.errors import StoreError

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_POLL: Final = 0.01
_LEFTOVER_AGE: Final = 60.0
"""Seconds after which the temporary file of a killed process is cleared away."""
_TRIES: Final = 5
_NAMES: Final = 100
"""So many broken files of one name are kept."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a file's content is replaced or written."""

    inode: tuple[int, int]
    size: int
    times: tuple[int, int]

    @classmethod
    def of(cls, result: os.stat_result) -> Self:
        """The stamp of a file as it was looked at."""
        return cls((result.st_dev, result.st_ino), result.st_size, (result.st_mtime_ns, result.st_ctime_ns))


class Folder:
    """An open folder; every file in it is reached through its descriptor."""

    def __init__(self, root: Path, parts: Sequence[str], descriptor: int) -> None:
        self._root = root
        self._parts = tuple(parts)
        self._descriptor = descriptor

    @classmethod
    @contextmanager
    def opened(cls, root: Path, parts: Sequence[str], *, create: bool = False) -> "Iterator[Folder | None]":
        """The folder `parts` below `root`, none of which may be a link; None where it does not exist.

        Raises:
            StoreError: a part is a link or no folder, or cannot be opened or made.
        """
        descriptor = _descend(root, parts, create=create)
        if descriptor is None:
            yield None
            return
        try:
            yield cls(root, parts, descriptor)
        finally:
            os.close(descriptor)

    @classmethod
    @contextmanager
    def locked(cls, root: Path, parts: Sequence[str], timeout: float) -> "Iterator[Folder]":
        """The folder, made where it is missing, with the lock that every writer of it takes.

        Raises:
            StoreError: as `opened`; or another program holds the lock for longer than `timeout` seconds.
        """
        for _ in range(_TRIES):
            with cls.opened(root, parts, create=True) as folder:
                if folder is None:
                    continue
                folder.lock(timeout)
                # The folder may have been removed and made anew while we waited; a lock on the old one guards nothing.
                if folder.is_in_place():
                    yield folder
                    return
        raise StoreError(f"{root.joinpath(*parts)} changes all the time; try again when no other program works on it")

    def lock(self, timeout: float) -> None:
        """Take the lock of the folder, which ends with the descriptor."""
        end = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= end:
                    where = self._root.joinpath(*self._parts)
                    raise StoreError(f"{where} is locked by another program that saves; try again") from None
                time.sleep(_POLL)
            except OSError:
                return  # a file system without locks: what is on disk is still compared before it is replaced

    def is_in_place(self) -> bool:
        """Whether the folder still has the path it was opened by."""
        try:
            there = self._root.joinpath(*self._parts).stat()
        except OSError:
            return False
        here = os.fstat(self._descriptor)
        return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)

    def read(self, name: str, limit: int) -> tuple[bytes, Stamp] | None:
        """The content of a regular file and its stamp; None where there is no such file.

        Raises:
            StoreError: it is a link or no regular file, larger than `limit`, or cannot be read.
        """
        try:
            for _ in range(_TRIES):
                descriptor = os.open(
                    name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=self._descriptor
                )
                try:
                    before = os.fstat(descriptor)
                    _demand_regular(before)
                    if before.st_size > limit:
                        raise StoreError(f"{self._said(name)} is larger than {limit // 1024**2} MiB; it was not read")
                    data = _read_all(descriptor, limit)
                    if Stamp.of(before) == Stamp.of(os.fstat(descriptor)) and len(data) == before.st_size:
                        return data, Stamp.of(before)
                finally:
                    os.close(descriptor)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self._said(name)} cannot be read: {_reason(error)}") from error
        raise StoreError(f"{self._said(name)} is being written by another program; try again")

    def stamp(self, name: str) -> Stamp | None:
        """The stamp of what has this name now, be it a link or a folder; None where there is nothing."""
        try:
            return Stamp.of(os.stat(name, dir_fd=self._descriptor, follow_symlinks=False))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self._said(name)} cannot be read: {error.strerror}") from error

    def replace(self, name: str, data: bytes) -> Stamp | None:
        """Put `data` in the file of this name at once and for good, with the mode it had; the stamp that it then has.

        Whatever goes wrong or wherever the process dies, the file is the old or the new one, whole.

        Raises:
            StoreError: the file is a link, no regular file or not writable, or the disk does not take the data.
        """
        self._clear_leftovers(name)
        temporary = f".{name}.{os.getpid()}-{secrets.token_hex(4)}.tmp"
        try:
            old = self._replaceable(name)
            try:
                inode = self._write_new(temporary, data, old)
                os.replace(temporary, name, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary, dir_fd=self._descriptor)
                raise
            _sync_folder(self._descriptor)
        except OSError as error:
            raise StoreError(f"{self._said(name)} cannot be saved: {_reason(error)}") from error
        stamp = self.stamp(name)
        return stamp if stamp is not None and stamp.inode == inode else None

    def set_aside(self, name: str) -> str:
        """Give the file another name, under which it can be looked at; that name.

        Raises:
            StoreError: it cannot be renamed.
        """
        for number in range(1, _NAMES):
            other = f"{name}.broken-{number}"
            if self.stamp(other) is None:
                try:
                    os.rename(name, other, src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)
                except OSError as error:
                    raise StoreError(f"{self._said(name)} cannot be moved aside: {_reason(error)}") from error
                return other
        raise StoreError(f"{self._said(name)} cannot be moved aside: clear away the broken ones beside it")

    def _write_new(self, name: str, data: bytes, old: os.stat_result | None) -> tuple[int, int]:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(name, flags, 0o666, dir_fd=self._descriptor)
        try:
            if old is not None:
                with suppress(PermissionError):
                    os.fchown(descriptor, old.st_uid, old.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
            new = os.fstat(descriptor)
            return new.st_dev, new.st_ino
        finally:
            os.close(descriptor)

    def _replaceable(self, name: str) -> os.stat_result | None:
        """The file that is to be replaced; None where there is none yet."""
        try:
            old = os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None
        _demand_regular(old)
        if not os.access(name, os.W_OK, dir_fd=self._descriptor, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, "it is write-protected")
        return old

    def _clear_leftovers(self, name: str) -> None:
        form = re.compile(rf"\.{re.escape(name)}\.\d+-[0-9a-f]{{8}}\.tmp")
        with suppress(OSError):
            for found in os.listdir(self._descriptor):  # noqa: PTH208 (pathlib knows no descriptors)
                if form.fullmatch(found):
                    age = time.time() - os.stat(found, dir_fd=self._descriptor, follow_symlinks=False).st_mtime
                    if age > _LEFTOVER_AGE:
                        os.unlink(found, dir_fd=self._descriptor)

    def _said(self, name: str) -> str:
        return "/".join((*self._parts, name))


def _descend(root: Path, parts: Sequence[str], *, create: bool) -> int | None:
    """A descriptor of the folder, part by part from `root`."""
    try:
        descriptor = os.open(root, _FOLDER)
    except OSError as error:
        raise StoreError(f"{root} cannot be opened: {error.strerror}") from error
    for number, part in enumerate(parts):
        said = "/".join(parts[: number + 1])
        try:
            inner = _enter(descriptor, part, create=create)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR):
                raise StoreError(f"{said} is a symbolic link or no folder; nothing is read or written there") from error
            raise StoreError(f"The folder {said} cannot be opened or made: {error.strerror}") from error
        finally:
            os.close(descriptor)
        descriptor = inner
    return descriptor


def _enter(descriptor: int, part: str, *, create: bool) -> int:
    try:
        return os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
    except FileNotFoundError:
        if not create:
            raise
    with suppress(FileExistsError):
        os.mkdir(part, dir_fd=descriptor)
        _sync_folder(descriptor)
    return os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)


def _sync_folder(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot, and need not
            raise


def _read_all(descriptor: int, limit: int) -> bytes:
    parts = []
    size = 0
    while size <= limit and (part := os.read(descriptor, 1 << 20)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _demand_regular(result: os.stat_result) -> None:
    if stat.S_ISLNK(result.st_mode):
        raise OSError(errno.ELOOP, "it is a symbolic link, which could lead anywhere")
    if not stat.S_ISREG(result.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "it is a symbolic link, which could lead anywhere; put a regular file in its place"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{error.strerror}; make room and save again"
    return str(error.strerror)
