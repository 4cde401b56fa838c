"""What was found in a file stays known by what it holds: a small database in the user's own cache folder.

It can only save time. Where it is missing, broken, locked, somebody else's or not writable, files are scanned.
"""

import contextlib
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from reviewtui.model.place import RepoPath
from reviewtui.resources import user_folder
from reviewtui.scan.answer import FOR_EVER, Answer, answer_bytes, answer_of

NAME: Final = "scan-1.sqlite"
"""With the number of what its table looks like, so that two versions of the program do not fight over it."""
SIZE_LIMIT: Final = 200_000_000
"""Bytes of the database; beyond, what was not wanted for longest goes."""
UNUSED_DAYS: Final = 60
"""After so many days without being wanted a result goes."""

_APPLICATION: Final = 0x72745343
_BROKEN: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_FULL: Final = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_RECORD_LIMIT: Final = 4_000_000
_BATCH: Final = 200
"""Results that are written together."""
_MOST_WAITING: Final = 5 * _BATCH
"""Results that wait for another program to have written its own."""
_PATIENCE: Final = 0.5
"""Seconds to wait for another program that writes."""
_DAY: Final = 24 * 3600
_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class ScanCache:
    """Results by key; its methods may be called by any thread, and none of them raises."""

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.time) -> None:
        """Nothing is opened before the first question.

        Args:
            folder: where the database is, or will be.
            now: the seconds since 1970.
        """
        self._folder = folder
        self._now = now
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._is_open = False
        self._can_write = True
        self._new: dict[bytes, tuple[float, bytes]] = {}
        self._used: set[bytes] = set()

    def get(self, key: bytes, path: RepoPath, *, only_lasting: bool = False) -> Answer | None:
        """What is known under this key.

        Args:
            key: see `identity.key_of`.
            path: of the file.
            only_lasting: leave out what holds for some time only.
        """
        answer = None
        with self._lock, self._forgiving():
            found = self._opened().execute("SELECT record, used, until FROM results WHERE key = ?", (key,)).fetchone()
            if found is None:
                return None
            record, used, until = found
            if until is not None and (only_lasting or not 0 <= until - self._now() <= _DAY):
                return None
            answer = answer_of(record, path)
            if used != self._today:
                self._used.add(key)
        return answer

    def put(self, key: bytes, answer: Answer) -> None:
        """Keep an answer for as long as it holds; written with others, see `close`."""
        if not answer.holds_for or not self._can_write:
            return
        record = answer_bytes(answer)
        if len(record) > _RECORD_LIMIT:
            return
        with self._lock:
            self._new[key] = (answer.holds_for, record)
            if len(self._new) >= _BATCH:
                self._write()

    def close(self) -> None:
        """Write what is left, throw out what is too much, and let go of the database."""
        with self._lock:
            self._write()
            if self._database is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._database.close()
            self._database = None
            self._is_open = False

    @property
    def _today(self) -> int:
        return int(self._now()) // _DAY

    def _opened(self) -> sqlite3.Connection:
        """The database, opened once.

        Raises:
            OSError, sqlite3.Error: there is none that can be used.
        """
        if not self._is_open:
            self._is_open = True
            self._database = _connected(self._folder)
        if self._database is None:
            raise FileNotFoundError
        return self._database

    def _write(self) -> None:
        """Write results and dates in one go; where another program is at it, later."""
        if not self._can_write or not (self._new or self._used):
            return
        with self._forgiving():
            database = self._opened()
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if _code(error) == sqlite3.SQLITE_BUSY and len(self._new) < _MOST_WAITING:
                    return
                self._new.clear()
                raise
            new, used = self._new, self._used
            self._new, self._used = {}, set()
            try:
                database.executemany(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)",
                    (
                        (key, self._today, None if seconds == FOR_EVER else self._now() + seconds, record)
                        for key, (seconds, record) in new.items()
                    ),
                )
                database.executemany("UPDATE results SET used = ? WHERE key = ?", ((self._today, key) for key in used))
                _throw_out(database, self._today)
                database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    database.execute("ROLLBACK")
                raise

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """What goes wrong costs what was asked for, and where it would go wrong again, the use of the database."""
        try:
            yield
        except (ValueError, TypeError, KeyError, RecursionError):
            # A record that nobody of ours wrote; the result of the scan takes its place.
            return
        except sqlite3.Error as error:
            code = _code(error)
            if code in _FULL:
                self._can_write = False
            elif code != sqlite3.SQLITE_BUSY:
                self._give_up(is_broken=code in _BROKEN)
        except OSError:
            self._give_up(is_broken=False)

    def _give_up(self, *, is_broken: bool) -> None:
        """Do without, and let the next program begin anew where it is broken."""
        self._can_write = False
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.close()
            self._database = None
            if is_broken:
                with contextlib.suppress(OSError):
                    (self._folder / NAME).unlink()


def user_cache(environment: Mapping[str, str] = os.environ) -> ScanCache:
    """The cache of this user, in the folder that the XDG base directories name."""
    return ScanCache(user_folder("XDG_CACHE_HOME", ".cache", environment) / "reviewtui")


def _connected(folder: Path) -> sqlite3.Connection:
    """The database in `folder`; one that is broken is replaced.

    Raises:
        OSError, sqlite3.Error: it cannot be made, or is not ours alone.
    """
    _expect_ours(folder)
    path = folder / NAME
    try:
        return _checked(path)
    except sqlite3.DatabaseError as error:
        if _code(error) not in _BROKEN:
            raise
    path.unlink()
    return _checked(path)


def _expect_ours(folder: Path) -> None:
    """Make the folder where it is missing, and refuse one in which others could leave something for us to believe."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # read-only: what is in it can still be read
        os.close(os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    for found in (folder.stat(), (folder / NAME).lstat()):
        is_link = stat.S_ISLNK(found.st_mode)
        if is_link or found.st_uid not in (0, os.geteuid()) or found.st_mode & _OTHERS_MAY_WRITE:
            raise PermissionError(f"{folder} is not ours alone")


def _checked(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        # Nothing is lost when the machine dies that a scan does not find again.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA trusted_schema = OFF")
        if not _is_ours(database):
            database.execute("BEGIN IMMEDIATE")
            # Another program may have set it up meanwhile.
            if not _is_ours(database):
                _set_up(database)
            database.execute("COMMIT")
    except BaseException:
        database.close()
        raise
    return database


def _is_ours(database: sqlite3.Connection) -> bool:
    return bool(database.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION)


def _set_up(database: sqlite3.Connection) -> None:
    """Make the table in a new file.

    Raises:
        sqlite3.DatabaseError: as for a broken one where it is the database of another program.
    """
    if database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        error = sqlite3.DatabaseError("another program's")
        error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        raise error
    database.execute(
        "CREATE TABLE results (key BLOB PRIMARY KEY, used INTEGER NOT NULL, until REAL, record BLOB NOT NULL)"
    )
    database.execute(f"PRAGMA application_id = {_APPLICATION}")


def _code(error: sqlite3.Error) -> int:
    """The primary code of what went wrong."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _throw_out(database: sqlite3.Connection, today: int) -> None:
    """Drop what was not wanted for long, and of what is beyond the size the oldest."""
    database.execute("DELETE FROM results WHERE used < ? OR used > ?", (today - UNUSED_DAYS, today + 1))
    while _size(database) > SIZE_LIMIT:
        count = database.execute("SELECT count(*) FROM results").fetchone()[0]
        database.execute(
            "DELETE FROM results WHERE key IN (SELECT key FROM results ORDER BY used LIMIT ?)", (count // 4 + 1,)
        )
        if not count:
            return


def _size(database: sqlite3.Connection) -> int:
    """Bytes that are in use; what was thrown out leaves room for what comes."""
    pages, free, size = (
        int(database.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
