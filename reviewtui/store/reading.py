"""The file in which a reviewer's trails, marks and last place are kept: the user's own, never in the repository.

It is read more kindly than the findings file: an entry that cannot be used is left out, and the whole file as it was is
kept beside under another name. What is in it is checked like any input all the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from reviewtui.errors import BrokenFileError, StoreError
from reviewtui.model.place import Place
from reviewtui.model.reading import (
    MAX_FOLDERS,
    MAX_JUMPS,
    MAX_RECENT,
    Position,
    Reading,
    Scene,
    brought_together,
)
from reviewtui.model.trail import MAX_STEPS, Step, Trail
from reviewtui.store import layout
from reviewtui.store.entries import read_place
from reviewtui.store.folder import Folder
from reviewtui.store.table import Document, Table
from reviewtui.store.toml import decoded

FORMAT: Final = 1
NAME: Final = "reading.toml"
MAX_BYTES: Final = 8 * 1024 * 1024
_LOCK_TIMEOUT: Final = 2.0
_ID: Final = re.compile(r"[a-z0-9]{1,32}")
_ID_WORDS: Final = "an id of up to 32 small letters and digits"
_LETTER: Final = re.compile(r"[a-z]")

V = TypeVar("V")


class ReadingFile:
    """The file of one repository, and what this program last read from it or wrote to it."""

    def __init__(self, home: Path, name: str, root: Path) -> None:
        """
        Args:
            home: the user's folder for the state of programs; made where it is missing.
            name: of the folder below it, one for each repository.
            root: the repository, for people who wonder what the file belongs to.
        """
        self._home = home
        self._parts = ("reviewtui", name)
        self._root = root
        self._known = Reading()
        self._bytes: bytes | None = None

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._home.joinpath(*self._parts, NAME)

    def load(self) -> tuple[Reading, str]:
        """What is on disk, nothing where there is no file; and a word where not all of it could be used.

        Raises:
            StoreError: it can neither be used nor moved aside.
        """
        if not self._home.is_dir():
            return self._known, ""
        with Folder.opened(self._home, self._parts) as folder:
            if folder is None or folder.stamp(NAME) is None:
                return self._known, ""
        with Folder.locked(self._home, self._parts, _LOCK_TIMEOUT) as folder:
            return self._read(folder)

    def update(self, ours: Reading) -> Reading:
        """Write `ours` together with what others wrote since this program last read or wrote; what is on disk then.

        Raises:
            StoreError: it cannot be written; what was there is as it was.
        """
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{self._home} cannot be made: {error.strerror}") from error
        with Folder.locked(self._home, self._parts, _LOCK_TIMEOUT) as folder:
            before = self._known
            found = folder.read(NAME, MAX_BYTES) if folder.stamp(NAME) else None
            if found and found[0] != self._bytes:
                theirs, trouble = self._read(folder)
                # Nobody dropped what a broken file does not hold.
                ours = brought_together(Reading() if trouble else before, ours, theirs)
            data = dumps(ours, self._root).encode()
            if len(data) > MAX_BYTES:
                raise StoreError(f"{self.path} would be larger than {MAX_BYTES // 1024**2} MiB; nothing was written")
            if data != self._bytes or not found:
                folder.replace(NAME, data)
            self._known, self._bytes = ours, data
            return ours

    def _read(self, folder: Folder) -> tuple[Reading, str]:
        """What is in the file; one that is not all usable is moved aside, and its good parts are taken."""
        try:
            found = folder.read(NAME, MAX_BYTES)
        except StoreError as error:
            return self._begun_anew(folder, str(error))
        if found is None:
            return Reading(), ""
        try:
            reading, problems = parse(decoded(found[0], NAME), NAME)
        except BrokenFileError as error:
            return self._begun_anew(folder, "; ".join(problem.text for problem in error.problems))
        self._known, self._bytes = reading, found[0]
        if not problems:
            return reading, ""
        aside = folder.set_aside(NAME)
        self._bytes = None
        count = "One entry" if problems == 1 else f"{problems} entries"
        return reading, f"{count} of what you collected cannot be read; all is kept in {self.path.with_name(aside)}"

    def _begun_anew(self, folder: Folder, why: str) -> tuple[Reading, str]:
        aside = folder.set_aside(NAME)
        self._known, self._bytes = Reading(), None
        return self._known, f"What you collected is kept in {self.path.with_name(aside)} and cannot be read: {why}"


def parse(text: str, name: str) -> tuple[Reading, int]:
    """What a file holds, and how much of it is unusable and left out.

    Raises:
        BrokenFileError: it is not TOML at all.
        StoreError: a newer version wrote it.
    """
    document = Document(text, name, escaped=True)
    top = document.top
    version = top.number("format", 1)
    if version is not None and version > FORMAT:
        raise StoreError(f"{name} was written by a newer version of this program; update reviewtui")
    top.text("root")
    trails = {trail.id: trail for trail in _trails(document)}
    marks = dict(_usable(document, top.tables("mark"), _mark))
    jumps = list(_usable(document, top.tables("jump"), lambda table: (table.truth("ahead"), _spot(table))))
    recent = tuple(_usable(document, top.tables("recent"), _spot))
    current = top.text("trail_open")
    scene = next(_usable(document, top.tables("scene"), _scene), Scene())
    reading = Reading(
        trails,
        current,
        marks,
        tuple(spot for ahead, spot in jumps if not ahead)[-MAX_JUMPS:],
        tuple(spot for ahead, spot in jumps if ahead)[-MAX_JUMPS:],
        recent[:MAX_RECENT],
        scene,
        top.extra(),
    )
    return reading, document.problem_count


def dumps(reading: Reading, root: Path) -> str:
    """The text of the file that holds this.

    Raises:
        StoreError: something in it could not be read back as it is.
    """
    try:
        text = "\n".join(_entries(reading, str(root)))
        again = parse(text, NAME)
    except (BrokenFileError, ValueError, TypeError) as error:
        raise StoreError(f"What you collected cannot be saved: {error}") from error
    if again != (reading, 0):
        raise StoreError("What you collected cannot be saved: it would be read back differently")
    return text


def _entries(reading: Reading, root: str) -> Iterator[str]:
    yield layout.keys_text((("format", FORMAT), ("root", root), ("trail_open", reading.trail)), reading.extra)
    for trail in reading.trails.values():
        pairs = (("id", trail.id), ("name", trail.name), ("created", trail.created), ("finding", trail.finding))
        steps = [
            layout.entry_text("trail.step", (("id", step.id), *layout.place_pairs(step.place)), step.place.extra)
            for step in trail.steps
        ]
        yield layout.entry_text("trail", pairs, trail.extra, steps)
    for letter, place in sorted(reading.marks.items()):
        yield layout.entry_text("mark", (("letter", letter), *layout.place_pairs(place)), place.extra)
    for name, spots, ahead in (("jump", reading.past, False), ("jump", reading.future, True)):
        for spot in spots:
            yield layout.entry_text(name, (*_spot_pairs(spot), ("ahead", ahead)), {})
    for spot in reading.recent:
        yield layout.entry_text("recent", _spot_pairs(spot), {})
    scene = reading.scene
    where = _spot_pairs(scene.spot) if scene.spot else ()
    more = (("top", scene.top), ("pane", scene.pane), ("item", scene.item), ("folders", scene.folders))
    yield layout.entry_text("scene", (*where, *more), scene.extra)
    yield from layout.tables_text("", reading.extra)


def _spot_pairs(spot: Position) -> tuple[tuple[str, object], ...]:
    return (("path", spot.path), ("line", spot.line), ("column", spot.column))


def _usable(document: Document, tables: Iterable[Table], read: Callable[[Table], V]) -> Iterator[V]:
    """The entries of an array that hold what they should."""
    for table in tables:
        before = document.problem_count
        entry = read(table)
        if document.problem_count == before:
            yield entry


def _trails(document: Document) -> Iterator[Trail]:
    """The trails, each with those of its steps that can be used."""
    for table in document.top.tables("trail"):
        steps = tuple(_usable(document, table.tables("step"), _step))
        yield from _usable(document, (table,), partial(_trail, steps))


def _trail(steps: tuple[Step, ...], table: Table) -> Trail:
    if len(steps) > MAX_STEPS:
        table.problem("step", f"more than {MAX_STEPS} steps")
    return Trail(
        table.name("id", _ID, _ID_WORDS, required=True),
        table.text("name"),
        table.moment("created"),
        steps,
        table.text("finding"),
        table.extra(),
    )


def _step(table: Table) -> Step:
    return Step(table.name("id", _ID, _ID_WORDS, required=True), read_place(table))


def _mark(table: Table) -> tuple[str, Place]:
    return table.name("letter", _LETTER, "a letter from a to z", required=True), read_place(table)


def _spot(table: Table) -> Position:
    return Position(table.path("path"), table.number("line", 1) or 1, table.number("column", 0) or 0)


def _scene(table: Table) -> Scene:
    return Scene(
        _spot(table) if "path" in table else None,
        table.number("top", 1) or 1,
        table.text("pane"),
        table.texts("folders")[:MAX_FOLDERS],
        table.text("item"),
        table.extra(),
    )
