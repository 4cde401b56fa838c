"""Which files of a database speak of which package, made once and kept for the next time."""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reviewtui.dependencies.osv import advisory_of
from reviewtui.dependencies.records import records_in
from reviewtui.dependencies.stores import Store

_FORMAT: Final = 1
_LARGEST: Final = 100_000_000
_MOST_PROBLEMS: Final = 50
_OURS: Final = (b"PyPI", b"pypi", b"\\u")
"""A record of a package for Python has one of these in it; the rest is not even taken apart."""


@dataclass(slots=True)
class Index:
    """The packages of a database, and what is said of it as a whole."""

    packages: dict[str, list[str]] = field(default_factory=dict)
    """Normalised name to the members with records of it."""
    records: int = 0
    newest: str = ""
    """The latest day on which a record was modified."""
    problems: list[str] = field(default_factory=list)
    """What could not be read at all."""

    def add(self, member: str, packages: Iterable[str], modified: str = "") -> None:
        """One more record."""
        self.records += 1
        self.newest = max(self.newest, modified[:10])
        for package in packages:
            members = self.packages.setdefault(package, [])
            if not members or members[-1] != member:
                members.append(member)


def index_of(
    store: Store, latest: str, cache: Path | None, should_stop: Callable[[], bool], known_as: Path | None = None
) -> Index | None:
    """The index of a database, from the cache where nothing has changed; None when stopped.

    Args:
        latest: the last day that counts as a date; a later one is a mistake.
        known_as: the path by which it will be asked for again, where that is another one.

    Raises:
        AdvisoryError: the database cannot be read.
    """
    if cache is None:
        return _made(store, latest, should_stop)
    name = hashlib.sha256(os.fsencode(known_as or store.path)).hexdigest()[:20]
    kept, stamp = cache / f"{name}.json", store.stamp()
    index = _kept(kept, stamp)
    if index is None:
        index = _made(store, latest, should_stop)
        if index is not None:
            _keep(kept, stamp, index)
    return index


def _made(store: Store, latest: str, should_stop: Callable[[], bool]) -> Index | None:
    index = Index()
    with store.opened():
        for member in store.members():
            if should_stop():
                return None
            try:
                data = store.read(member)
                if not any(word in data for word in _OURS):
                    continue
                values = records_in(data, member)
            except ValueError as error:
                index.problems.append(f"{member}: {error}")
                continue
            for value in values:
                advisory, problems = advisory_of(value)
                if advisory:
                    modified = advisory.modified if advisory.modified[:10] <= latest else ""
                    index.add(member, sorted(advisory.packages), modified)
                else:
                    index.problems += (f"{member}: {problem}" for problem in problems)
    if len(index.problems) > _MOST_PROBLEMS:
        rest = len(index.problems) - _MOST_PROBLEMS
        index.problems[_MOST_PROBLEMS:] = [f"and {rest} more that could not be read"]
    return index


def _kept(file: Path, stamp: str) -> Index | None:
    """What was kept, where it is of this very database and whole."""
    try:
        if file.stat().st_size > _LARGEST:
            return None
        value = json.loads(file.read_bytes())
        if value["format"] != _FORMAT or value["stamp"] != stamp or not _is_sound(value):
            return None
        return Index(value["packages"], value["records"], value["newest"], value["problems"])
    except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return None


def _is_sound(value: dict[str, Any]) -> bool:
    texts = (value["newest"], *value["problems"], *(name for names in value["packages"].values() for name in names))
    return type(value["records"]) is int and all(isinstance(text, str) for text in texts)


def _keep(file: Path, stamp: str, index: Index) -> None:
    """Keep it whole or not at all; without it the next time only takes longer."""
    value = {
        "format": _FORMAT,
        "stamp": stamp,
        "records": index.records,
        "newest": index.newest,
        "problems": index.problems,
        "packages": index.packages,
    }
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    with contextlib.suppress(OSError, UnicodeError):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(json.dumps(value).encode("utf-8"))
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
