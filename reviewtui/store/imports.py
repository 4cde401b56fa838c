"""Imported reports, kept in the user's own folder: one file a report, a header and then one hit a line, as JSON.

They can be made again from the reports, so they are no part of the review: the findings file holds every decision on
their hits with its place. What is read from here is checked like any input.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from reviewtui.errors import BadPathError, StoreError
from reviewtui.model.hit import NOWHERE
from reviewtui.model.hit_record import hit_of, hit_record
from reviewtui.model.imports import MAX_PROBLEMS, ImportedHit, ImportHeader
from reviewtui.model.place import Anchor, RepoPath
from reviewtui.store.folder import Folder

SCHEMA: Final = "reviewtui-import"
VERSION: Final = 1
MAX_BYTES: Final = 512 * 1024 * 1024
LONGEST_NAME: Final = 60
_LOCK_TIMEOUT: Final = 5.0
_END: Final = ".jsonl"
_NAME: Final = re.compile(r"[\w][\w.+-]*")


class ImportsFolder:
    """The imported reports of one repository."""

    def __init__(self, home: Path, name: str) -> None:
        """
        Args:
            home: the user's folder for the state of programs; made where it is missing.
            name: of the folder below it, one for each repository.
        """
        self._home = home
        self._parts = ("reviewtui", name, "imports")

    @property
    def path(self) -> Path:
        """Where they are."""
        return self._home.joinpath(*self._parts)

    def names(self) -> list[str]:
        """What is there, sorted."""
        try:
            found = [entry.name for entry in self.path.iterdir() if entry.name.endswith(_END)]
        except OSError:
            return []
        return sorted(name.removesuffix(_END) for name in found if is_name(name.removesuffix(_END)))

    def save(self, header: ImportHeader, hits: Iterable[ImportedHit]) -> None:
        """Keep a report in place of the one of its name.

        Raises:
            StoreError: it cannot be written; what was there is as it was.
        """
        if not is_name(header.name):
            raise StoreError(f"{header.name!r} is no name for a report: letters, digits and . + - _ only")
        data = b"".join(_lines(header, hits))
        if len(data) > MAX_BYTES:
            raise StoreError(f"The report is too large to be kept: over {MAX_BYTES // 1024**2} MiB of hits")
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self._home} cannot be made: {error.strerror}") from error
        with Folder.locked(self._home, self._parts, _LOCK_TIMEOUT) as folder:
            folder.replace(header.name + _END, data)

    def remove(self, name: str) -> bool:
        """Forget a report; whether there was one.

        Raises:
            StoreError: it cannot be removed.
        """
        if name not in self.names():
            return False
        try:
            (self.path / (name + _END)).unlink()
        except OSError as error:
            raise StoreError(f"{self.path / name}{_END} cannot be removed: {error.strerror}") from error
        return True

    def header(self, name: str) -> ImportHeader:
        """What a report is, without its hits.

        Raises:
            StoreError: it cannot be read.
        """
        return next(iter(self._read(name)))[0]

    def load(self, name: str) -> tuple[ImportHeader, Iterator[ImportedHit]]:
        """A report with its hits, which are read one by one.

        Raises:
            StoreError: it cannot be read; also while the hits are taken.
        """
        reader = self._read(name)
        header, _ = next(reader)
        return header, (hit for _, hit in reader if hit is not None)

    def _read(self, name: str) -> Iterator[tuple[ImportHeader, ImportedHit | None]]:
        """The header alone, then with each hit."""
        with Folder.opened(self._home, self._parts) as folder:
            found = folder.read(name + _END, MAX_BYTES) if folder else None
        if found is None:
            raise StoreError(f"There is no imported report '{name}'")
        lines = iter(found[0].split(b"\n"))
        try:
            header = _header(json.loads(next(lines)), name)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise StoreError(
                f"{self.path / name}{_END} is not what an import wrote: import the report again"
            ) from error
        yield header, None
        for number, line in enumerate(lines, 2):
            if not line:
                continue
            try:
                yield header, _hit(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError, BadPathError) as error:
                where = f"{self.path / name}{_END}"
                raise StoreError(f"line {number} of {where} is damaged: import the report again") from error


def is_name(text: str) -> bool:
    """Whether a report can be kept under this name."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def name_for(file: str) -> str:
    """A name for a report that came from this file."""
    plain = re.sub(r"[^\w.+-]+", "-", file.rpartition("/")[2]).lstrip(".+-")
    return plain[:LONGEST_NAME] or "report"


def _lines(header: ImportHeader, hits: Iterable[ImportedHit]) -> Iterator[bytes]:
    head = {
        "schema": SCHEMA,
        "version": VERSION,
        "file": header.file,
        "format": header.format,
        "tools": header.tools,
        "imported": header.imported.isoformat(),
        "count": header.count,
        "digest": header.digest,
        "commit": header.commit,
        "made": header.made,
        "problems": header.problems[:MAX_PROBLEMS],
        "notes": header.notes[:MAX_PROBLEMS],
        "unplaced": header.unplaced[:MAX_PROBLEMS],
    }
    yield _line(head)
    for one in hits:
        a = one.anchor
        anchor = [a.blob, a.symbol, a.text, a.before, a.after, a.occurrence]
        yield _line([one.hit.path, hit_record(one.hit), anchor if any(anchor) else None])


def _line(value: object) -> bytes:
    # ASCII, because texts and names may hold surrogates.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def _header(record: Mapping[str, Any], name: str) -> ImportHeader:
    if record["schema"] != SCHEMA or record["version"] != VERSION:
        raise ValueError("another kind of file")
    return ImportHeader(
        name=name,
        file=_text(record["file"]),
        format=_text(record["format"]),
        tools=tuple(map(_text, record["tools"])),
        imported=datetime.fromisoformat(record["imported"]),
        count=int(record["count"]),
        digest=_text(record["digest"]),
        commit=_text(record["commit"]),
        made=_text(record["made"]),
        problems=tuple(map(_text, record["problems"])),
        notes=tuple(map(_text, record["notes"])),
        unplaced=tuple((_text(what), _text(why)) for what, why in record["unplaced"]),
    )


def _hit(record: Any) -> ImportedHit:  # Any: whatever JSON holds
    path, values, anchor = record
    hit = hit_of(values, RepoPath.parse(path) if path else NOWHERE)
    for place in hit.places:
        if place.path:
            RepoPath.parse(place.path)
    if anchor is None:
        return ImportedHit(hit)
    blob, symbol, text, before, after, occurrence = anchor
    return ImportedHit(
        hit, Anchor("", _text(blob), _text(symbol), _text(text), _text(before), _text(after), occurrence)
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
