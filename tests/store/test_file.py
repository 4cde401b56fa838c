"""The findings file on disk is the old or the new one, whole, whatever happens, and nobody's words are overwritten."""

import fcntl
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewtui.errors import BadPathError, BrokenFileError, StoreError
from reviewtui.model.change import Change
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.review import Review
from reviewtui.store.file import FindingsFile
from reviewtui.store.findings import dumps

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def review_with(*names: str) -> Review:
    return Review(
        findings={FindingId(name): Finding(FindingId(name), f"Title {name}", "mira", AT, AT) for name in names}
    )


def adding(*names: str) -> Change:
    return Change.between(Review(), review_with(*names))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".reviewtui" / "findings.toml"


@pytest.fixture
def saved(path: Path) -> Path:
    """A findings file with the finding `one`."""
    FindingsFile(path).save(review_with("one"))
    return path


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(found.name for found in folder.iterdir())


def run(module: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.store.{module}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@contextmanager
def place_for_all() -> Iterator[Path]:
    """A folder that a user without rights can get at."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_review_that_nobody_began_is_empty_and_leaves_no_trace(path: Path) -> None:
    file = FindingsFile(path)
    assert file.load() == Review()
    assert not file.exists()
    assert not file.is_stale()
    assert not path.parent.exists()


def test_what_is_saved_is_loaded(path: Path) -> None:
    file = FindingsFile(path)
    file.load()
    assert file.update(adding("one")) == review_with("one")
    assert path.read_text() == dumps(review_with("one"))
    assert names(path.parent) == ["findings.toml"]
    assert FindingsFile(path).load() == review_with("one")
    file.save(review_with("two"))
    assert FindingsFile(path).load() == review_with("two")


def test_saving_keeps_the_mode_and_a_new_file_has_the_usual_one(saved: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o666 & ~mask
    saved.chmod(0o640)
    FindingsFile(saved).update(adding("two"))
    assert stat.S_IMODE(saved.stat().st_mode) == 0o640


def test_a_change_that_changes_nothing_leaves_a_hand_edited_file_alone(saved: Path) -> None:
    by_hand = f"# by hand\n{saved.read_text()}"
    saved.write_text(by_hand)
    before = saved.stat()
    assert FindingsFile(saved).update(adding("one")) == review_with("one")
    assert saved.read_text() == by_hand
    assert saved.stat().st_ino == before.st_ino


def test_what_another_program_wrote_is_kept_by_a_change(saved: Path) -> None:
    mine, theirs = FindingsFile(saved), FindingsFile(saved)
    mine.load()
    theirs.load()
    theirs.update(adding("two"))
    assert mine.is_stale()
    assert mine.update(adding("three")) == review_with("one", "two", "three")
    assert not mine.is_stale()
    assert theirs.is_stale()
    assert FindingsFile(saved).load() == review_with("one", "two", "three")


def test_saving_over_what_another_program_wrote_is_refused(saved: Path) -> None:
    mine = FindingsFile(saved)
    mine.load()
    FindingsFile(saved).update(adding("two"))
    with pytest.raises(StoreError, match="was changed by another program"):
        mine.save(review_with("three"))
    assert FindingsFile(saved).load() == review_with("one", "two")


def test_a_file_that_was_only_touched_is_not_stale(saved: Path) -> None:
    file = FindingsFile(saved)
    file.load()
    os.utime(saved, ns=(1, 1))
    assert not file.is_stale()


def test_a_change_of_the_same_size_and_time_is_seen_when_saving(saved: Path) -> None:
    file = FindingsFile(saved)
    file.load()
    before = saved.stat()
    saved.write_text(saved.read_text().replace("Title one", "Other one"))
    os.utime(saved, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.update(adding("two")).findings[FindingId("one")].title == "Other one"


def test_a_file_that_vanished_comes_back_with_all_that_it_held(saved: Path) -> None:
    file = FindingsFile(saved)
    file.load()
    saved.unlink()
    saved.parent.rmdir()
    assert file.is_stale()
    assert not file.exists()
    assert file.update(adding("two")) == review_with("one", "two")
    assert FindingsFile(saved).load() == review_with("one", "two")


@pytest.mark.parametrize("data", [b"", b"format = 1\n<<<<<<< HEAD\n>>>>>>> x\n", b"\xff", b"format = 2\n"])
def test_a_broken_file_is_never_overwritten(saved: Path, data: bytes) -> None:
    file = FindingsFile(saved)
    file.load()
    saved.write_bytes(data)
    assert file.is_stale()
    with pytest.raises(BrokenFileError, match=r"^\.reviewtui/findings.toml cannot be used:"):
        file.load()
    with pytest.raises(BrokenFileError):
        file.update(adding("two"))
    with pytest.raises(BrokenFileError):
        file.save(review_with("two"))
    assert saved.read_bytes() == data
    assert names(saved.parent) == ["findings.toml"]


def test_a_linked_file_is_neither_read_nor_written(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text(saved.read_text())
    saved.unlink()
    saved.symlink_to(target)
    before = target.stat()
    with pytest.raises(StoreError, match="symbolic link"):
        FindingsFile(saved).load()
    with pytest.raises(StoreError, match="symbolic link"):
        FindingsFile(saved).update(adding("two"))
    assert (target.stat().st_mtime_ns, target.read_text()) == (before.st_mtime_ns, dumps(review_with("one")))
    assert saved.is_symlink()


def test_a_linked_folder_is_neither_read_nor_written(tmp_path: Path, path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    path.parent.symlink_to(outside)
    said = r"\.reviewtui is a symbolic link or no folder"
    with pytest.raises(StoreError, match=said):
        FindingsFile(path).load()
    with pytest.raises(StoreError, match=said):
        FindingsFile(path).update(adding("two"))
    with pytest.raises(StoreError, match=said):
        FindingsFile(path).exists()
    assert names(outside) == []


def test_no_link_on_the_way_from_the_root_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "audit").mkdir(parents=True)
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "docs").symlink_to(outside)
    with pytest.raises(StoreError, match="docs is a symbolic link"):
        FindingsFile(repository / "docs/audit/findings.toml", repository).update(adding("one"))
    assert names(outside / "audit") == []


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    file = FindingsFile(tmp_path / "docs/audit/mine.toml", tmp_path)
    assert file.update(adding("one")) == review_with("one")
    assert FindingsFile(tmp_path / "docs/audit/mine.toml").load() == review_with("one")
    top = FindingsFile(tmp_path / "mine.toml", tmp_path)
    assert top.update(adding("one")) == review_with("one")


def test_a_findings_file_lies_inside_its_root(tmp_path: Path) -> None:
    for outside in (tmp_path.parent / "x.toml", tmp_path / "../x.toml", tmp_path / ".git/x.toml"):
        with pytest.raises(BadPathError):
            FindingsFile(outside, tmp_path)


def test_a_folder_in_the_place_of_the_file_stays(saved: Path) -> None:
    file = FindingsFile(saved)
    file.load()
    saved.unlink()
    saved.mkdir()
    with pytest.raises(StoreError, match="no regular file"):
        file.update(adding("two"))
    assert names(saved.parent) == ["findings.toml"]
    saved.rmdir()
    assert file.update(adding("two")) == review_with("one", "two")


def test_a_file_in_the_place_of_the_folder_stays(path: Path) -> None:
    path.parent.write_text("mine")
    with pytest.raises(StoreError, match="no folder"):
        FindingsFile(path).update(adding("one"))
    assert path.parent.read_text() == "mine"


def test_a_pipe_in_the_place_of_the_file_does_not_hang(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    with pytest.raises(StoreError, match="no regular file"):
        FindingsFile(path).load()


def test_a_huge_file_is_not_read(path: Path) -> None:
    path.parent.mkdir()
    with path.open("wb") as file:
        file.truncate(2**31)
    with pytest.raises(StoreError, match="larger than 32 MiB"):
        FindingsFile(path).load()


def test_a_lock_of_another_program_is_waited_for_and_then_named(saved: Path) -> None:
    before = saved.read_text()
    folder = os.open(saved.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="is locked by another program that saves; try again"):
            FindingsFile(saved, lock_timeout=0.05).update(adding("two"))
        assert FindingsFile(saved).load() == review_with("one")
    finally:
        os.close(folder)
    assert saved.read_text() == before
    assert FindingsFile(saved).update(adding("two")) == review_with("one", "two")


def test_what_a_killed_process_left_behind_is_cleared_away_once_it_is_old(saved: Path) -> None:
    old, new = saved.parent / ".findings.toml.123-0123abcd.tmp", saved.parent / ".findings.toml.124-0123abcd.tmp"
    foreign = saved.parent / ".findings.toml.mine.tmp"
    for left in (old, new, foreign):
        left.write_text("half")
    for left in (old, foreign):
        os.utime(left, (1_000_000_000, 1_000_000_000))
    FindingsFile(saved).update(adding("two"))
    assert names(saved.parent) == sorted([foreign.name, new.name, "findings.toml"])


def test_a_full_disk_leaves_the_old_file_and_nothing_else(saved: Path) -> None:
    before = saved.read_bytes()
    said = run("poor", "full", str(saved))
    assert said == ".reviewtui/findings.toml cannot be saved: File too large; make room and save again\n"
    assert saved.read_bytes() == before
    assert names(saved.parent) == ["findings.toml"]


def test_a_folder_that_may_not_be_written_leaves_the_old_file() -> None:
    with place_for_all() as root:
        path = root / ".reviewtui" / "findings.toml"
        FindingsFile(path).save(review_with("one"))
        path.chmod(0o666)
        path.parent.chmod(0o555)
        said = run("poor", "nobody", str(path))
        path.parent.chmod(0o755)
        assert said == ".reviewtui/findings.toml cannot be saved: Permission denied\n"
        assert path.read_text() == dumps(review_with("one"))


def test_a_tree_that_may_not_be_written_gets_no_folder() -> None:
    with place_for_all() as root:
        root.chmod(0o555)
        said = run("poor", "nobody", str(root / ".reviewtui" / "findings.toml"))
        assert said == "The folder .reviewtui cannot be opened or made: Permission denied\n"
        assert names(root) == []
        root.chmod(0o755)


def test_a_write_protected_file_stays_as_it_is() -> None:
    with place_for_all() as root:
        path = root / ".reviewtui" / "findings.toml"
        FindingsFile(path).save(review_with("one"))
        path.chmod(0o444)
        path.parent.chmod(0o777)
        said = run("poor", "nobody", str(path))
        assert said == ".reviewtui/findings.toml cannot be saved: it is write-protected\n"
        assert path.read_text() == dumps(review_with("one"))
        assert names(path.parent) == ["findings.toml"]


def test_a_review_that_cannot_be_written_leaves_the_old_file(saved: Path) -> None:
    file = FindingsFile(saved)
    review = file.load()
    bad = Finding(FindingId("two"), "x", "mira", AT.replace(tzinfo=None), AT.replace(tzinfo=None))
    with pytest.raises(StoreError, match="This finding cannot be saved"):
        file.update(Change.between(review, replace(review, findings={**review.findings, bad.id: bad})))
    assert saved.read_text() == dumps(review_with("one"))


def test_a_process_killed_while_it_saves_leaves_a_whole_file(path: Path) -> None:
    said = run("killing", str(path))
    assert said.endswith(" were killed in the middle\n")
    assert int(said.split()[0]) > 0


def test_two_additions_on_two_branches_merge_by_git_itself(tmp_path: Path) -> None:
    base = tuple(f"{letter}0000000" for letter in "acegik")
    for name, names in (("ours", (*base, "b0000000")), ("base", base), ("theirs", (*base, "j0000000"))):
        (tmp_path / name).write_text(dumps(review_with(*names)))
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, dumps(review_with(*base, "b0000000", "j0000000")))
