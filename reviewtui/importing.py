"""Reports of other tools: read beside the program, kept in the user's folder, laid over the code as it is now."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from reviewtui.errors import ReviewTuiError, StoreError
from reviewtui.formats.imported import Imported
from reviewtui.formats.process import read_beside
from reviewtui.model.anchor import Located, PlaceState, locate, make_place
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.imports import ImportedHit, ImportHeader
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.reading import slim, state_home, state_name
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.store.imports import ImportsFolder
from reviewtui.text.source import SourceText

LARGEST: Final = 300_000_000
"""Bytes of a report."""


@dataclass(frozen=True, slots=True)
class Imports:
    """All that other tools said of a repository."""

    headers: tuple[ImportHeader, ...] = ()
    hits: tuple[Hit, ...] = ()
    """On the lines where their code is now."""
    problems: tuple[str, ...] = ()
    """Reports that are kept and cannot be used."""
    paths: frozenset[RepoPath] = frozenset()
    """The files that hits were imported on; nothing changes while these do not."""


class Texts:
    """The files of a repository as text, each read once while it is the last that was asked for."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._last: tuple[RepoPath, SourceText | None] | None = None

    def of(self, path: RepoPath) -> SourceText | None:
        """None where it cannot be read as text."""
        if self._last is None or self._last[0] != path:
            source = self._repository.source(path)
            self._last = path, None if source is None or source.is_binary else source
        return self._last[1]

    def lines(self, path: RepoPath) -> Sequence[str] | None:
        """Its lines without line ends."""
        source = self.of(path)
        return None if source is None else source.lines


def imports_folder(repository: Repository) -> ImportsFolder:
    """Where the reports on this repository are kept."""
    return ImportsFolder(state_home(), state_name(repository.root))


def report_bytes(stream: IO[bytes], name: str) -> bytes:
    """All of a report.

    Raises:
        ReviewTuiError: it cannot be read, or is larger than a report that is taken.
    """
    with _readable(name):
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ReviewTuiError(f"{name} is larger than {LARGEST // 1_000_000} MB: have the tool write less, or split it")
    return data


def report_file(file: Path) -> bytes:
    """All of the report in a file; as `report_bytes`."""
    with _readable(str(file)), file.open("rb") as stream:
        return report_bytes(stream, str(file))


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReviewTuiError(f"{name} cannot be read: {reason}") from error


def read_report_of(
    repository: Repository,
    data: bytes,
    file: str,
    should_stop: Callable[[], bool] = lambda: False,
    *,
    everything: bool = False,
) -> Imported | None:
    """What a report says of this repository; None where the reading was stopped.

    Raises:
        ReviewTuiError: it is no report that is known, or the files of the repository cannot be listed.
    """
    paths = [entry.path for entry in repository.files(should_stop) if entry.kind is EntryKind.FILE]
    texts = Texts(repository)
    return read_beside(data, file, paths, str(repository.root), texts.lines, should_stop, everything=everything)


def keep(
    repository: Repository, found: Imported, data: bytes, file: str, name: str, at: datetime, commit: str
) -> ImportHeader:
    """Keep what a report said, in place of the report of that name; what is kept.

    Raises:
        StoreError: it cannot be kept.
    """
    header = ImportHeader(
        name=name,
        file=file,
        format=found.format,
        tools=found.tools,
        imported=at,
        count=len(found.hits),
        digest=hashlib.sha256(data).hexdigest(),
        commit=commit,
        made=found.made,
        problems=found.problems,
        notes=found.notes,
        unplaced=tuple(sorted(found.unplaced.items())),
    )
    imports_folder(repository).save(header, _anchored(repository, found.hits, name))
    return header


def imports_of(repository: Repository, should_stop: Callable[[], bool] = lambda: False) -> Imports:
    """Every report that is kept of this repository, its hits where their code is now."""
    folder = imports_folder(repository)
    headers: list[ImportHeader] = []
    hits: list[Hit] = []
    problems: list[str] = []
    paths: set[RepoPath] = set()
    texts = Texts(repository)
    for name in folder.names():
        if should_stop():
            break
        try:
            header, kept = folder.load(name)
            found = []
            for one in kept:
                paths.add(one.hit.path)
                found.append(_now(one, texts))
        except StoreError as error:
            problems.append(str(error))
            continue
        headers.append(header)
        hits += found
    return Imports(tuple(headers), tuple(hits), tuple(problems), frozenset(paths))


def _anchored(repository: Repository, hits: Iterable[Hit], origin: str) -> Iterator[ImportedHit]:
    texts = Texts(repository)
    for hit in hits:
        named = replace(hit, origin=origin)
        source = texts.of(hit.path) if hit.path else None
        if source is None:
            yield ImportedHit(named)
        else:
            place = slim(make_place(hit.path, hit.span, source.lines, blob=source.blob))
            yield ImportedHit(named, place.anchor)


def _now(one: ImportedHit, texts: Texts) -> Hit:
    """The hit where its code is now; in its file's first line where the code is there no more, and it says so."""
    hit, anchor = one.hit, one.anchor
    if hit.path == NOWHERE:
        return hit
    source = texts.of(hit.path)
    if source is None:
        facts = (("file", f"{hit.path}:{hit.line}, which is not in the repository any more"), *hit.facts)
        return replace(hit, path=NOWHERE, span=LineSpan(1, 1), line=1, column=0, end_column=0, facts=facts)
    if source.blob == anchor.blob or not anchor.text:
        return hit if hit.span.end <= max(1, len(source.lines)) else _lost(hit)
    where = locate(Place(hit.path, hit.span, anchor=anchor), source.lines, source.blob)
    return _lost(hit) if where.state is PlaceState.LOST else _at(hit, where)


def _at(hit: Hit, where: Located) -> Hit:
    if where.span is None or where.span == hit.span:
        return hit
    return replace(hit, span=where.span, line=hit.line + where.span.start - hit.span.start)


def _lost(hit: Hit) -> Hit:
    first = LineSpan(1, 1)
    facts = (("place", f"line {hit.line} when it was imported; that code is not in the file any more"), *hit.facts)
    return replace(hit, span=first, line=1, column=0, end_column=0, facts=facts)
