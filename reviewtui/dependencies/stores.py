"""Where records lie: a folder, an archive, a single file; read within limits, no link followed, nothing unpacked."""

import hashlib
import os
import stat
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reviewtui.dependencies.records import LARGEST_RECORD, is_record_file
from reviewtui.errors import AdvisoryError, BadPathError, SourceError
from reviewtui.model.place import RepoPath
from reviewtui.text.reading import read_file

LARGEST_ARCHIVE: Final = 2_000_000_000
LARGEST_FILE: Final = 256_000_000
MOST_MEMBERS: Final = 1_000_000
_LARGEST_UNPACKED: Final = 8_000_000_000
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 1
_DEEPEST: Final = 12
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Store(ABC):
    """A number of files with records in them, by name."""

    form: str
    """What it is, in words."""
    largest = LARGEST_RECORD
    """Bytes; a larger member is not read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        """Bytes on the disk; of a folder once its members were listed."""

    @abstractmethod
    def members(self) -> list[str]:
        """The names of what can hold records, sorted.

        Raises:
            AdvisoryError: it cannot be read as a whole.
        """

    @abstractmethod
    def read(self, member: str) -> bytes:
        """The bytes of a member, while it is open.

        Raises:
            ValueError: it cannot be read; the message says why.
        """

    @abstractmethod
    def stamp(self) -> str:
        """What changes when anything in it does."""

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Keep it open while members are read."""
        yield


class FolderStore(Store):
    """All files of records below a folder."""

    form = "folder"

    def members(self) -> list[str]:
        """No link is followed, and nothing of version control is looked into."""
        self.size = 0
        return sorted(self._walked())

    def _walked(self) -> Iterator[str]:
        waiting = [("", 0)]
        number = 0
        while waiting:
            folder, depth = waiting.pop()
            with os.scandir(self.path / folder) as found:
                for item in found:
                    if item.is_dir(follow_symlinks=False):
                        if not item.name.startswith(".") and depth < _DEEPEST:
                            waiting.append((f"{folder}{item.name}/", depth + 1))
                    elif is_record_file(item.name) and item.is_file(follow_symlinks=False):
                        number += 1
                        if number > MOST_MEMBERS:
                            raise AdvisoryError(f"{self.path} has more than {MOST_MEMBERS:,} files; name a smaller one")
                        self.size += item.stat(follow_symlinks=False).st_size
                        yield f"{folder}{item.name}"

    def read(self, member: str) -> bytes:
        """The bytes of a regular file."""
        try:
            return read_file(self.path, RepoPath.parse(member), self.largest)
        except (SourceError, BadPathError) as error:
            raise ValueError(str(error)) from None

    def stamp(self) -> str:
        """Made of names, sizes and times; the files are not read."""
        seen = hashlib.sha256()
        for member in self.members():
            found = os.lstat(self.path / member)
            seen.update(os.fsencode(f"{member}\0{found.st_size}\0{found.st_mtime_ns}\0"))
        return seen.hexdigest()


class FileStore(Store):
    """One file."""

    form = "file"
    largest = LARGEST_FILE

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.size = _regular(path, LARGEST_FILE)

    def members(self) -> list[str]:
        """The file itself."""
        return [self.path.name]

    def read(self, member: str) -> bytes:
        """All of it."""
        return self.path.with_name(member).read_bytes()

    def stamp(self) -> str:
        """Made of what it holds."""
        return _file_stamp(self.path)


class ArchiveStore(Store):
    """A zip archive, of one ecosystem as OSV publishes it, or of a folder."""

    form = "archive"

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.size = _regular(path, LARGEST_ARCHIVE)
        self._zip: zipfile.ZipFile | None = None

    @staticmethod
    def is_archive(path: Path) -> bool:
        """Whether it begins as a zip archive does."""
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(4) in (b"PK\3\4", b"PK\5\6")

    def members(self) -> list[str]:
        """Entries by name; none is trusted to say how large it is."""
        with self.opened():
            found = self._archive().infolist()
            if len(found) > MOST_MEMBERS:
                raise AdvisoryError(f"{self.path} has more than {MOST_MEMBERS:,} entries; that is no such archive")
            if sum(entry.file_size for entry in found) > _LARGEST_UNPACKED:
                raise AdvisoryError(f"{self.path} would be larger than {_LARGEST_UNPACKED:,} bytes; it is not read")
            return sorted({entry.filename for entry in found if is_record_file(entry.filename)})

    def read(self, member: str) -> bytes:
        """What the entry unpacks to."""
        with self.opened():
            try:
                entry = self._archive().getinfo(member)
            except KeyError:
                raise ValueError("gone from the archive") from None
            if entry.flag_bits & _ENCRYPTED:
                raise ValueError("it is encrypted")
            if entry.compress_type not in _METHODS:
                raise ValueError("it is packed in a way that is not read here")
            if entry.file_size > self.largest:
                raise ValueError(f"more than {self.largest:,} bytes")
            try:
                with self._archive().open(entry) as file:
                    data = file.read(self.largest + 1)
            except _BROKEN as error:
                raise ValueError(f"it cannot be unpacked: {' '.join(str(error).split())[:100]}") from None
        if len(data) > self.largest:
            raise ValueError(f"more than {self.largest:,} bytes")
        return data

    def stamp(self) -> str:
        """Made of what it holds."""
        return _file_stamp(self.path)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """The list of entries is read once."""
        if self._zip is not None:
            yield
            return
        try:
            self._zip = zipfile.ZipFile(self.path)
        except _BROKEN as error:
            why = " ".join(str(error).split())[:100]
            raise AdvisoryError(f"{self.path} is a broken archive: {why}; fetch it again") from None
        try:
            yield
        finally:
            self._zip.close()
            self._zip = None

    def _archive(self) -> zipfile.ZipFile:
        assert self._zip is not None  # noqa: S101 (only called while it is open)
        return self._zip


def _regular(path: Path, limit: int) -> int:
    """The size of a regular file.

    Raises:
        AdvisoryError: it is none, or larger than the limit.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise AdvisoryError(f"{path} is no regular file")
    if found.st_size > limit:
        raise AdvisoryError(f"{path} has more than {limit:,} bytes; it is not read")
    return found.st_size


def _file_stamp(path: Path) -> str:
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        return f"{found.st_size}:{found.st_mtime_ns}:{hashlib.file_digest(file, 'sha256').hexdigest()}"
