"""Renames between a commit and now, without a look at the work tree and without starting anything."""

from pathlib import Path
from typing import Final

import pytest

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo.renames import renames
from tests.gitrepo import GitRepo
from tests.repo.conftest import Canary

TEXT: Final = "".join(f"line {number} of the file\n" for number in range(40))
A, B, C, GONE = (RepoPath(name) for name in ("a.py", "lib/b \u20ac.py", "c\n.py", "gone.py"))


def test_committed_and_staged_renames_are_told(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {"a.py": TEXT, "gone.py": "something else\n" * 30})
    first = repo.git("rev-parse", "HEAD").strip()
    assert renames(repo.root, first, [A, GONE]) == {}
    (repo.root / "lib").mkdir()
    repo.git("mv", A, B)
    (repo.root / GONE).unlink()
    repo.git("add", "--all")
    assert renames(repo.root, first, [A, GONE]) == {A: B}
    repo.commit("Move", {B: TEXT + "more\n"})
    assert renames(repo.root, first, [A, GONE]) == {A: B}
    assert renames(repo.root, first, []) == {}


def test_renames_are_followed_where_the_ends_have_nothing_in_common(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {"a.py": TEXT})
    first = repo.git("rev-parse", "HEAD").strip()
    repo.git("mv", A, C)
    repo.commit("Move")
    repo.commit("Rewrite", {C: "quite different\n" * 40})
    assert renames(repo.root, first, [A]) == {A: C}
    (repo.root / "lib").mkdir()
    repo.git("mv", C, B)
    assert renames(repo.root, first, [A]) == {A: B}
    repo.commit("Move again")
    assert renames(repo.root, first, [A]) == {A: B}


def test_a_file_that_is_only_deleted_has_no_new_name(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {"a.py": TEXT, "b.py": "quite different\n" * 40})
    first = repo.git("rev-parse", "HEAD").strip()
    (repo.root / A).unlink()
    repo.commit("Delete")
    assert renames(repo.root, first, [A]) == {}


@pytest.mark.parametrize("commit", ["", "HEAD", "f" * 40, "--output=x", "main", "F" * 40, "f" * 40 + "\n"])
def test_what_is_no_commit_here_is_an_error(tmp_path: Path, commit: str) -> None:
    repo = GitRepo.create(tmp_path / "r", {"a.py": TEXT})
    with pytest.raises(GitError):
        renames(repo.root, commit, [A])
    assert sorted(path.name for path in repo.root.iterdir()) == [".git", "a.py"]


def test_nothing_of_the_repository_is_started(tmp_path: Path, canary: Canary) -> None:
    repo = GitRepo.create(tmp_path / "r", {"a.py": TEXT, ".gitattributes": "* diff=sing filter=sing\n"})
    first = repo.git("rev-parse", "HEAD").strip()
    repo.git("mv", "a.py", "b.py")
    repo.commit("Move")
    repo.write({"b.py": TEXT + "changed\n"})
    for key in ("diff.external", "diff.sing.command", "diff.sing.textconv", "filter.sing.clean", "core.fsmonitor"):
        repo.git("config", key, str(canary.program))
    canary.quiet()
    assert renames(repo.root, first, [A]) == {A: RepoPath("b.py")}
    assert not canary.sang
