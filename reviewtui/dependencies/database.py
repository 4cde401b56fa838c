"""Databases of advisories that a user has, read for the packages in use: folders, archives and single files."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Final

from reviewtui.dependencies.advisory import Advisory
from reviewtui.dependencies.index import Index, index_of
from reviewtui.dependencies.osv import advisory_of, package_name
from reviewtui.dependencies.records import is_record_file, records_in
from reviewtui.dependencies.stores import ArchiveStore, FileStore, FolderStore, Store
from reviewtui.errors import AdvisoryError

ENOUGH: Final = 1000
"""So many records, and a database is taken for a whole one: that it does not know a package says something."""
_FOLDER: Final = "vulns"
"""The folder of PyPA's database that has one folder for each package."""
_MODIFIED: Final = re.compile(rb"^[\"']?modified[\"']?:[ \t]*[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)
_MOST_PROBLEMS: Final = 50

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Source:
    """One database, as it is named wherever something is said from it."""

    name: str
    form: str
    """What kind of thing it is, in words: `archive`, `folder of PyPA's database`, …"""
    date: str
    """YYYY-MM-DD."""
    dated_by: str
    """What the date is: `newest record` or `file`."""
    records: int
    packages: frozenset[str]
    """The packages whose every record it is taken to have."""
    size: int = 0
    """Bytes on the disk."""
    path: str = ""
    """Empty for what is shipped."""
    is_whole: bool = True
    """Whether a package that it does not know has no advisory, as far as it goes."""

    def speaks_of(self, package: str) -> bool:
        """Whether it says something of this package, and be it by not knowing it."""
        return self.is_whole or package in self.packages

    @property
    def said(self) -> str:
        """Name and date, for a sentence."""
        return f"{self.name} of {self.date}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read of one database."""

    source: Source
    advisories: tuple[Advisory, ...]
    """Those of the packages that were asked for, withdrawn ones too."""
    problems: tuple[str, ...] = ()
    """What could not be read."""


def load(
    path: Path,
    packages: Collection[str],
    cache: Path | None,
    should_stop: Stop,
    now: datetime,
    known_as: Path | None = None,
) -> Loaded | None:
    """What the database at `path` knows of these packages (normalised); None when stopped.

    Args:
        cache: a folder of the user's where an index may be kept for the next time; None keeps none.
        now: no record can be younger.
        known_as: the path that an archive is going to have.

    Raises:
        AdvisoryError: there is nothing that can be read as a database.
    """
    path = path.absolute()
    try:
        if path.is_dir():
            layout = path if path.name == _FOLDER else path / _FOLDER
            if layout.is_dir():
                return _from_pypa(path, layout, frozenset(packages), should_stop, now)
            return _from_store(FolderStore(path), frozenset(packages), cache, should_stop, now)
        if not path.exists():
            raise AdvisoryError(f"{path} does not exist: name a folder, an archive or a file of advisories")
        if ArchiveStore.is_archive(path):
            return _from_store(ArchiveStore(path), frozenset(packages), cache, should_stop, now, known_as)
        if not is_record_file(path.name):
            raise AdvisoryError(f"{path} is no database: name a folder, a zip archive, or a .json or .yaml file")
        return _from_store(FileStore(path), frozenset(packages), None, should_stop, now)
    except OSError as error:
        raise AdvisoryError(f"{path} cannot be read: {error.strerror or error}") from error


def _from_store(
    store: Store,
    packages: frozenset[str],
    cache: Path | None,
    should_stop: Stop,
    now: datetime,
    known_as: Path | None = None,
) -> Loaded | None:
    index = index_of(store, _latest(now), cache, should_stop, known_as)
    if index is None:
        return None
    if not index.records:
        why = f" ({index.problems[0]})" if index.problems else ""
        raise AdvisoryError(f"{store.path} is no database: no advisory for a Python package is in it{why}")
    return _loaded(store, index, store.path.name, packages, should_stop)


def _from_pypa(path: Path, layout: Path, packages: frozenset[str], should_stop: Stop, now: datetime) -> Loaded | None:
    """One folder for each package: only those in use are read; of the others no more than the date."""
    store = FolderStore(layout)
    store.form = "folder of PyPA's database"
    index = Index()
    for member in store.members():
        if should_stop():
            return None
        package = package_name(PurePosixPath(member).parent.name)
        if not package:
            continue
        try:
            dates = [date.decode() for date in _MODIFIED.findall(store.read(member))]
        except ValueError:
            dates = []
        index.add(member, (package,), max((date for date in dates if date <= _latest(now)), default=""))
    if not index.records:
        raise AdvisoryError(f"{path} is no database: there is no advisory in {layout}")
    return _loaded(store, index, path.name if path != layout else path.parent.name, packages, should_stop)


def _loaded(store: Store, index: Index, name: str, packages: frozenset[str], should_stop: Stop) -> Loaded | None:
    wanted = sorted({member for package in packages for member in index.packages.get(package, ())})
    advisories, problems = _read(store, wanted, name, packages, should_stop)
    if should_stop():
        return None
    made = datetime.fromtimestamp(store.path.stat().st_mtime, UTC).date().isoformat()
    source = Source(
        name=name,
        form=store.form,
        date=index.newest or made,
        dated_by="newest record" if index.newest else "file",
        records=index.records,
        packages=frozenset(index.packages),
        size=store.size,
        path=str(store.path),
        is_whole=index.records >= ENOUGH,
    )
    return Loaded(source, advisories, _few((*index.problems, *problems)))


def _read(
    store: Store, members: Collection[str], name: str, packages: frozenset[str], should_stop: Stop
) -> tuple[tuple[Advisory, ...], tuple[str, ...]]:
    """The advisories of these packages in these members; each member that cannot be read costs itself."""
    advisories: list[Advisory] = []
    problems: list[str] = []
    with store.opened():
        for member in members:
            if should_stop():
                break
            try:
                values = records_in(store.read(member), member)
            except ValueError as error:
                problems.append(f"{member}: {error}")
                continue
            for value in values:
                advisory, told = advisory_of(value, name)
                problems += (f"{member}: {problem}" for problem in told)
                if advisory and advisory.packages & packages:
                    advisories.append(advisory)
    return tuple(advisories), tuple(problems)


def _latest(now: datetime) -> str:
    return (now + timedelta(days=1)).date().isoformat()


def _few(problems: Collection[str]) -> tuple[str, ...]:
    each = list(dict.fromkeys(problems))
    rest = len(each) - _MOST_PROBLEMS
    return (*each[:_MOST_PROBLEMS], *((f"and {rest} more that could not be read",) if rest > 0 else ()))
