"""Which files a repository has."""

import hashlib
import os
import struct
from collections.abc import Iterable
from pathlib import Path

import pytest

from reviewtui.errors import BadPathError
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Repository
from tests.gitrepo import GitRepo


def _rows(root: Path) -> list[tuple[str, str, bool]]:
    return [(str(path), str(kind), tracked) for path, kind, tracked in Repository.open(root).files()]


def _index_of(names: Iterable[bytes]) -> bytes:
    """A git index (version 2) with any names, as git itself would refuse to write it."""
    blob = hashlib.sha1(b"blob 0\0").digest()
    entries = b""
    count = 0
    for name in sorted(names):
        entry = struct.pack(">10I20sH", 0, 0, 0, 0, 0, 0, 0o100644, 0, 0, 0, blob, len(name)) + name
        entries += entry + b"\0" * (8 - len(entry) % 8)
        count += 1
    content = struct.pack(">4sII", b"DIRC", 2, count) + entries
    return content + hashlib.sha1(content).digest()


def test_tracked_new_gone_and_linked_files_are_told_apart_and_ignored_ones_left_out(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    (repo.root / "out").symlink_to("/etc/passwd")
    repo.commit("First", {".gitignore": "*.pyc\n", "a.py": "a", "pkg/b.py": "b", "pkg/gone.py": "c"})
    (repo.root / "pkg" / "gone.py").unlink()
    repo.write({"a.pyc": "x", "pkg/new.py": "n", ".reviewtui/findings.toml": "x"})
    (repo.root / "way").symlink_to("/etc")
    assert _rows(repo.root) == [
        (".gitignore", "file", True),
        (".reviewtui/findings.toml", "file", False),
        ("a.py", "file", True),
        ("out", "link", True),
        ("pkg/b.py", "file", True),
        ("pkg/gone.py", "missing", True),
        ("pkg/new.py", "file", False),
        ("way", "link", False),
    ]


def test_repositories_inside_are_listed_but_not_entered(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a"})
    for name in ("sub", "nested/one"):
        GitRepo.create(repo.root / name, {"b.py": "b"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head()},sub")
    assert _rows(repo.root) == [("a.py", "file", True), ("nested/one", "submodule", False), ("sub", "submodule", True)]


def test_names_that_no_text_can_hold_are_kept(tmp_path: Path) -> None:
    names = ["\udcff\udcfe.py", "line\nbreak.py", "tab\there.py", "\x1b[31mred.py", "? x", "H 100644 0 0\tx", "-rf"]
    repo = GitRepo.create(tmp_path / "repo", dict.fromkeys(names[:3], "x"))
    repo.write(dict.fromkeys(names[3:], "x"))
    assert _rows(repo.root) == [(name, "file", name in names[:3]) for name in sorted(names)]
    assert Repository.open(repo.root).read(RepoPath(names[0])) == b"x"


def test_index_entries_that_lead_out_are_counted_and_never_opened(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": ""})
    hostile = [
        b"../outside.py",
        b"x/../../y",
        b".git/config",
        b"x/.GIT/hooks/a",
        b"/etc/passwd",
        b"x//y",
        b"./z",
        b"..",
    ]
    fine = [b"a.py", b"..a", b"x/...", b".github/b", b"x/.gitignore", b"x/a..b", b".gitx"]
    (tmp_path / "outside.py").write_text("secret")
    (repo.root / ".git" / "index").write_bytes(_index_of(hostile + fine))
    listing = Repository.open(repo.root).listing()
    assert [entry.path for entry in listing.entries] == sorted(name.decode() for name in fine)
    assert listing.left_out == len(hostile)


def test_a_path_in_conflict_is_there_once(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    repo.git("switch", "-q", "-c", "other")
    repo.commit("Theirs", {"a.py": "two\n"})
    repo.git("switch", "-q", "main")
    repo.commit("Ours", {"a.py": "three\n"})
    repo.git("merge", "-q", "other", ok=(1,))
    assert _rows(repo.root) == [("a.py", "file", True)]


def test_what_a_sparse_checkout_leaves_out_is_missing(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"in/a.py": "a", "out/b.py": "b"})
    repo.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    assert _rows(repo.root) == [("in/a.py", "file", True), ("out/b.py", "missing", True)]


def test_a_repository_without_files_or_commits_is_empty(tmp_path: Path) -> None:
    assert _rows(GitRepo.create(tmp_path / "repo").root) == []


def test_the_list_of_a_subfolder_is_that_of_the_whole_repository(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a", "pkg/b.py": "b"})
    assert _rows(repo.root / "pkg") == [("a.py", "file", True), ("pkg/b.py", "file", True)]


def test_a_linked_work_tree_has_its_own_list(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a"})
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / "b.py").write_text("b")
    assert _rows(tmp_path / "side") == [("a.py", "file", True), ("b.py", "file", False)]


def test_a_plain_folder_is_walked_but_no_link_is_followed(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    for name in ("a.py", "pkg/deep/b.py", "pkg/.git/config", "pkg/.git/HEAD", ".hg/store", ".github/c.yml", "CVS/d.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret").write_text("x")
    (root / "way").symlink_to(tmp_path / "private")
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.py")
    assert not Repository.open(root).is_git
    assert _rows(root) == [
        (".github/c.yml", "file", False),
        ("CVS/d.py", "file", False),
        ("a.py", "file", False),
        ("loop", "link", False),
        ("pipe.py", "file", False),
        ("pkg/deep/b.py", "file", False),
        ("way", "link", False),
    ]


def test_the_walk_of_a_plain_folder_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "top.py").write_text("x")
    (tmp_path / "a" / "b" / "deep.py").write_text("x")
    answers = iter([False, True])
    assert [entry.path for entry in Repository.open(tmp_path).files(lambda: next(answers))] == ["top.py"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_counted(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    listing = Repository.open(tmp_path).listing()
    assert (listing.entries, listing.left_out) == ((), 1)


@pytest.mark.parametrize("name", ["..", "a/..", ".git", "a/.GIT/b", "/a", "a//b", "", ".", "a/"])
def test_a_path_that_leads_out_is_no_path(name: str) -> None:
    with pytest.raises(BadPathError):
        RepoPath.parse(name)
