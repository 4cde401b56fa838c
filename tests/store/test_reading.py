"""What a reader collects is on disk, whoever else writes, and a broken file costs nobody anything."""

import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewtui.errors import StoreError
from reviewtui.model.place import Anchor, LineSpan, Place, RepoPath
from reviewtui.model.reading import Position, Reading, Scene
from reviewtui.model.trail import Role, Step, Trail
from reviewtui.reading import Logbook, open_logbook, slim, state_home
from reviewtui.store.reading import ReadingFile, dumps, parse

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
ODD = RepoPath("a \udcff\n[x]/\u202e.py")
PLACE = Place(
    ODD,
    LineSpan(2, 3),
    Role.SINK,
    "note \x1b[2J",
    Anchor("ab12", "cd34", "a.b", "x\r\n\ty ", "", "z", 2),
    {"later": {"n": 1}},
)
FULL = Reading(
    {"t1": Trail("t1", "login [/x]", AT, (Step("s1", PLACE),), "f0", {"hue": 3}), "t2": Trail("t2", "", AT)},
    "t1",
    {"a": PLACE, "z": Place(RepoPath("b.py"))},
    (Position(ODD, 3, 4), Position(RepoPath("b.py"), 1)),
    (Position(RepoPath("c.py"), 9),),
    (Position(RepoPath("c.py"), 9, 1),),
    Scene(Position(ODD, 7, 2), 5, "hits", ("a", "b/c"), "AUTH-01", {"zoom": True}),
    {"later": [1, 2], "more": {"k": "v"}},
)


@pytest.fixture
def file(tmp_path: Path) -> ReadingFile:
    return ReadingFile(tmp_path / "state", "0123", Path("/srv/shop"))


def begun(name: str, *steps: str) -> Trail:
    return Trail(name, name, AT, tuple(Step(s, Place(RepoPath("a.py"), LineSpan(1, 1))) for s in steps))


def test_everything_comes_back_as_it_was(file: ReadingFile) -> None:
    assert file.load() == (Reading(), "")
    assert file.update(FULL) == FULL
    assert ReadingFile(file._home, "0123", Path("/srv/shop")).load() == (FULL, "")
    text = dumps(FULL, Path("/srv/shop"))
    assert (parse(text, "it"), dumps(parse(text, "it")[0], Path("/srv/shop"))) == ((FULL, 0), text)


def test_reading_leaves_no_trace_on_disk(file: ReadingFile, tmp_path: Path) -> None:
    file.load()
    assert list(tmp_path.iterdir()) == []


def test_nobody_else_may_look_into_a_new_state_folder(file: ReadingFile) -> None:
    file.update(FULL)
    assert stat.S_IMODE(file._home.stat().st_mode) == 0o700


def test_two_programs_lose_nothing_of_each_other(file: ReadingFile) -> None:
    other = ReadingFile(file._home, "0123", Path("/srv/shop"))
    first = file.update(Reading().with_trail(begun("t", "a")))
    theirs, _ = other.load()
    theirs = other.update(theirs.with_trail(begun("t", "a", "b")).with_mark("x", PLACE))
    both = file.update(first.with_trail(begun("t", "a", "c")))
    assert [step.id for step in both.trails["t"].steps] == ["a", "c", "b"]
    assert both.marks == {"x": PLACE}
    assert other.update(theirs) == both


def test_a_file_that_vanished_is_written_again_as_a_whole(file: ReadingFile) -> None:
    kept = file.update(FULL)
    file.path.unlink()
    file.update(kept)
    assert ReadingFile(file._home, "0123", Path("/")).load()[0] == FULL


@pytest.mark.parametrize(
    "broken",
    [b"\xff\xfe", b"format = ", b"<<<<<<< a\n=======\n>>>>>>> b\n", b"x" * (9 << 20), b"a = " + b"[" * 5000],
    ids=["bytes", "toml", "merge", "size", "depth"],
)
def test_a_broken_file_is_moved_aside_with_a_word(file: ReadingFile, broken: bytes) -> None:
    file.update(FULL)
    file.path.write_bytes(broken)
    reading, word = ReadingFile(file._home, "0123", Path("/")).load()
    assert reading == Reading()
    assert "reading.toml.broken-1" in word
    assert file.path.with_name("reading.toml.broken-1").read_bytes() == broken
    assert file.update(FULL) == FULL
    file.path.write_bytes(broken)
    assert "broken-2" in ReadingFile(file._home, "0123", Path("/")).load()[1]


def test_a_file_that_breaks_while_the_program_runs_costs_nothing(file: ReadingFile) -> None:
    file.update(FULL)
    file.path.write_bytes(b"\xff")
    assert file.update(FULL.with_mark("q", PLACE)).marks["q"] == PLACE
    assert ReadingFile(file._home, "0123", Path("/")).load()[0] == FULL.with_mark("q", PLACE)


def test_what_is_good_in_a_damaged_file_is_taken_and_the_rest_kept_beside(file: ReadingFile) -> None:
    file.update(FULL.with_trail(begun("t", "a", "b")))
    text = file.path.read_text()
    damaged = text.replace('letter = "z"\npath = "b.py"', 'letter = "z"\npath = "../../etc/passwd"')
    damaged = damaged.replace('id = "b"\npath = "a.py"', 'id = "b"\npath = "/a.py"')
    assert damaged != text
    file.path.write_text(damaged)
    reading, word = ReadingFile(file._home, "0123", Path("/")).load()
    assert list(reading.marks) == ["a"]
    assert [step.id for step in reading.trails["t"].steps] == ["a"]
    assert word.startswith("2 entries")
    assert file.path.with_name("reading.toml.broken-1").read_text() == damaged


def test_a_file_of_a_newer_version_is_left_alone(file: ReadingFile) -> None:
    file.update(FULL)
    newer = file.path.read_text().replace("format = 1", "format = 2")
    file.path.write_text(newer)
    book = Logbook(ReadingFile(file._home, "0123", Path("/")))
    book.read()
    assert "newer version" in book.problem
    assert not book.change("mark", lambda reading: reading.with_mark("a", PLACE))
    assert (book.reading.marks, file.path.read_text()) == ({"a": PLACE}, newer)


def test_a_link_in_the_place_of_the_file_is_not_followed(file: ReadingFile, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("precious")
    file.update(FULL)
    file.path.unlink()
    file.path.symlink_to(tmp_path / "other")
    assert ReadingFile(file._home, "0123", Path("/")).load()[0] == Reading()
    assert (tmp_path / "other").read_text() == "precious"


def test_what_cannot_be_kept_says_so_and_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    book = Logbook(ReadingFile(tmp_path / "state", "0123", Path("/srv/shop")))
    book.read()
    assert not book.change("mark", lambda reading: reading.with_mark("a", PLACE))
    assert (book.reading.marks, book.is_kept) == ({"a": PLACE}, False)
    assert book.problem
    (tmp_path / "state").unlink()
    assert book.keep()
    assert (book.is_kept, book.problem) == (True, "")


def test_a_change_is_taken_back_and_what_another_program_did_stays(file: ReadingFile) -> None:
    book, other = Logbook(file), Logbook(ReadingFile(file._home, "0123", Path("/")))
    book.read()
    book.change("begin", lambda reading: reading.with_trail(begun("t", "a", "b")))
    other.read()
    book.change("drop", lambda reading: reading.with_trail(begun("t", "b")))
    other.change("add", lambda reading: reading.with_trail(begun("t", "a", "b", "c")))
    assert book.undo() == "drop"
    assert {step.id for step in book.reading.trails["t"].steps} == {"a", "b", "c"}
    assert other.reading.trails["t"].steps[-1].id == "c"


def test_nothing_is_written_before_what_is_there_was_read(file: ReadingFile) -> None:
    file.update(FULL)
    book = Logbook(ReadingFile(file._home, "0123", Path("/")))
    assert not book.change("mark", lambda reading: reading.with_mark("q", PLACE))
    assert book.read() == FULL.with_mark("q", PLACE)
    assert book.keep()


def test_the_folder_is_the_users_and_one_for_each_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path
) -> None:
    first, second = (open_logbook(Path(root))._file.path for root in ("/srv/shop", "/srv/shop2"))
    assert first != second
    assert first.is_relative_to(state_home / "reviewtui")
    monkeypatch.setenv("XDG_STATE_HOME", "relative/to/the/repository")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_logbook(Path("/srv/shop"))._file.path.is_relative_to(tmp_path / ".local" / "state")
    assert not os.path.lexists(tmp_path / ".local")


def test_the_state_folder_is_never_relative(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "~/x")
    assert state_home().is_absolute()


def test_a_line_without_end_is_kept_by_its_number_only() -> None:
    long = replace(PLACE, anchor=replace(PLACE.anchor, text="x" * 30_000))
    assert slim(long).anchor == Anchor("ab12", "cd34", "a.b")
    around = replace(PLACE, anchor=replace(PLACE.anchor, after="x" * 30_000))
    assert (slim(around).anchor.text, slim(around).anchor.after) == (PLACE.anchor.text, "")
    assert slim(PLACE) is PLACE


def test_a_state_that_cannot_be_written_is_refused_before_anything_is_touched(file: ReadingFile) -> None:
    file.update(FULL)
    before = file.path.read_bytes()
    with pytest.raises(StoreError, match="differently"):
        file.update(replace(FULL, recent=tuple(Position(RepoPath("a"), n + 1) for n in range(500))))
    assert file.path.read_bytes() == before
