"""The findings file on disk: read, saved whole or not at all, and never over what another program wrote."""

from pathlib import Path
from typing import Final

from reviewtui.errors import BadPathError, StoreError
from reviewtui.model.change import Change
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.store.findings import Writer, parse_bytes
from reviewtui.store.folder import Folder, Stamp
from reviewtui.store.toml import MAX_BYTES

DEFAULT_NAME: Final = ".reviewtui/findings.toml"
"""Where a review is kept in its repository unless an option says otherwise."""
_LOCK_TIMEOUT: Final = 2.0


class FindingsFile:
    """One findings file, and what this program last read from it or wrote to it."""

    def __init__(self, path: Path, root: Path | None = None, *, lock_timeout: float = _LOCK_TIMEOUT) -> None:
        """No part of `path` below `root` may be a link; without a root, the file's own folder may be none.

        Raises:
            BadPathError: `path` is not below `root`.
        """
        self.path = path
        self._root = path.parent.parent if root is None else root
        try:
            inside = RepoPath.parse(str(path.relative_to(self._root)))
        except ValueError:
            raise BadPathError(f"{path} is not inside {self._root}; the findings file belongs there") from None
        *self._parts, self._name = inside.split("/")
        self._said = str(inside)
        self._timeout = lock_timeout
        self._bytes: bytes | None = None
        self._review = Review()
        self._stamp: Stamp | None = None
        self._writer = Writer()

    def exists(self) -> bool:
        """Whether there is anything of this name, good or broken."""
        with Folder.opened(self._root, self._parts) as folder:
            return folder is not None and folder.stamp(self._name) is not None

    def load(self) -> Review:
        """The review on disk; an empty one where there is no file.

        Raises:
            BrokenFileError: the file is no findings file of ours; it is left alone.
            StoreError: it cannot be read.
        """
        with Folder.opened(self._root, self._parts) as folder:
            found = folder.read(self._name, MAX_BYTES) if folder else None
        if found is None:
            self._bytes, self._stamp, self._review = None, None, Review()
        else:
            self._take(*found)
        return self._review

    def save(self, review: Review) -> None:
        """Put `review` in the place of what this program last read or wrote.

        Raises:
            BrokenFileError: what is on disk is broken; it is left alone.
            StoreError: something else is on disk, or it cannot be written; what was there is as it was.
        """
        with Folder.locked(self._root, self._parts, self._timeout) as folder:
            found = folder.read(self._name, MAX_BYTES)
            if found is not None and found[0] != self._bytes:
                parse_bytes(found[0], self._said)
                raise StoreError(f"{self._said} was changed by another program; read it again before it is saved")
            self._put(folder, review)

    def update(self, change: Change) -> Review:
        """Make this change to what is on disk, whoever wrote that, and return what is on disk then.

        A file that has vanished since it was read comes back with all that it held.

        Raises:
            BrokenFileError: what is on disk is broken; it is left alone.
            StoreError: it cannot be read or written; what was there is as it was.
        """
        with Folder.locked(self._root, self._parts, self._timeout) as folder:
            found = folder.read(self._name, MAX_BYTES)
            if found is not None:
                self._take(*found)
            review = change.apply(self._review)
            if review != (Review() if found is None else self._review):
                self._put(folder, review)
            return self._review

    def is_stale(self) -> bool:
        """Whether something else is on disk than this program last read or wrote.

        Raises:
            StoreError: it cannot be read.
        """
        with Folder.opened(self._root, self._parts) as folder:
            if folder is None:
                return self._bytes is not None
            if self._stamp is not None and folder.stamp(self._name) == self._stamp:
                return False
            found = folder.read(self._name, MAX_BYTES)
        if found is None or found[0] != self._bytes:
            return found is not None or self._bytes is not None
        self._stamp = found[1]
        return False

    def _take(self, data: bytes, stamp: Stamp) -> None:
        """Note what is on disk; the review is read anew only where the bytes differ."""
        if data != self._bytes:
            review = parse_bytes(data, self._said)
            self._writer.trust(review)
            self._review, self._bytes = review, data
        self._stamp = stamp

    def _put(self, folder: Folder, review: Review) -> None:
        data = self._writer.dumps(review).encode()
        if len(data) > MAX_BYTES:
            raise StoreError(f"{self._said} would be larger than {MAX_BYTES // 1024**2} MiB; nothing was written")
        self._stamp = folder.replace(self._name, data)
        self._review, self._bytes = review, data
