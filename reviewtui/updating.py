"""A new database of advisories in the place of the old one: fetched, looked through, and only then put there."""

import contextlib
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from reviewtui.auditing import ARCHIVE, advisories_folder, cache_folder
from reviewtui.dependencies.database import Source, load
from reviewtui.dependencies.stores import ArchiveStore
from reviewtui.errors import AdvisoryError
from reviewtui.fetch.download import Progress, download

URL: Final = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"
"""All advisories for Python that OSV knows."""
LARGEST: Final = 1_000_000_000
"""Bytes of an archive; OSV's had some ten millions when this was written."""
_LEFTOVER_AGE: Final = 3600.0
_CHUNK: Final = 1 << 20


def update_from_url(url: str, progress: Progress, should_stop: Callable[[], bool] = lambda: False) -> Source:
    """Put what is at `url` in the place of the user's archive; on any error that is left as it is.

    Raises:
        FetchError: it cannot be fetched.
        AdvisoryError: it is no such archive, or cannot be kept.
    """
    return _update(lambda target: download(url, target, LARGEST, progress, should_stop), should_stop)


def update_from_file(path: Path, should_stop: Callable[[], bool] = lambda: False) -> Source:
    """The same with an archive that somebody carried here.

    Raises:
        AdvisoryError: it is no such archive, or cannot be kept.
    """

    def copy(target: BinaryIO) -> None:
        if not path.is_file():
            raise AdvisoryError(f"{path} is no file: name the archive that was fetched")
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                target.write(chunk)
                if target.tell() > LARGEST:
                    raise AdvisoryError(f"{path} has more than {LARGEST:,} bytes; it is no such archive")

    return _update(copy, should_stop)


def _update(fill: Callable[[BinaryIO], None], should_stop: Callable[[], bool]) -> Source:
    folder = advisories_folder()
    place = folder / ARCHIVE
    now = datetime.now(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(folder)
        known = _known(place, now)
        with _beside(place) as (path, file):
            fill(file)
            file.flush()
            os.fsync(file.fileno())
            if not ArchiveStore.is_archive(path):
                raise AdvisoryError("What came is no zip archive; the database that was there is as it was")
            try:
                found = load(path, (), cache_folder(), should_stop, now, known_as=place)
            except AdvisoryError as error:
                why = str(error).replace(str(path), "What came")
                raise AdvisoryError(f"{why}; the database that was there is as it was") from None
            if found is None:
                raise AdvisoryError("Stopped; the database that was there is as it was")
            if found.source.records * 2 < known:
                raise AdvisoryError(
                    f"What came has {found.source.records:,} records, and the database that is there {known:,}: "
                    f"it was not taken; remove {place} first if that is right"
                )
            path.replace(place)
        _sync(folder)
        after = load(place, (), cache_folder(), lambda: False, now)
    except OSError as error:
        raise AdvisoryError(f"{place} cannot be written: {error.strerror or error}; it is as it was") from error
    assert after is not None  # noqa: S101 (nothing stops it)
    return after.source


def _known(place: Path, now: datetime) -> int:
    """How many records the present database has. A new one with less than half is a mistake, or hides something."""
    try:
        old = load(place, (), cache_folder(), lambda: False, now) if place.exists() else None
    except AdvisoryError:
        return 0
    return old.source.records if old else 0


@contextmanager
def _beside(place: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in the same folder, which is gone afterwards unless it got another name."""
    path = place.with_name(f".{place.stem}.{secrets.token_hex(8)}.zip")
    try:
        with path.open("xb") as file:
            yield path, file
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _clear_leftovers(folder: Path) -> None:
    """Remove what a killed run left behind."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f".{Path(ARCHIVE).stem}.*.zip"):
            if time.time() - path.stat().st_mtime > _LEFTOVER_AGE:
                path.unlink()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
