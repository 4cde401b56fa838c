"""What became of files since many commits, asked in a few calls, without a look at the work tree."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo.objects import GitObject, contents, look_up
from reviewtui.repo.renames import staged_renames
from reviewtui.repo.since import Since, Steps, committed_blobs, since
from reviewtui.text.source import blob_id
from tests.gitrepo import GitRepo
from tests.repo.conftest import Canary

TEXT: Final = "".join(f"line {number} of the file\n" for number in range(40))
OTHER: Final = "something else\n" * 30
A, B, C, D = (RepoPath(name) for name in ("a.py", "lib/b \u20ac.py", "c\n.py", "d.py"))


def blob(text: str) -> str:
    return blob_id(text.encode())


def differences(repo: GitRepo, *commits: str) -> Mapping[str, Since]:
    return since(repo.root, commits, lambda: False)


def test_every_commit_is_compared_with_the_last_one(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, D: OTHER})
    first = repo.head()
    second = repo.commit("Change", {A: TEXT + "more\n", C: OTHER})
    (repo.root / D).unlink()
    third = repo.commit("Delete")
    assert differences(repo, third, first, second, first) == {
        first: Since({A: blob(TEXT), C: "", D: blob(OTHER)}, frozenset({D})),
        second: Since({D: blob(OTHER)}, frozenset({D})),
        third: Since({}),
    }


def test_commits_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT})
    none = ("", "HEAD", "f" * 40, "--output=x", "F" * 40, f"{'f' * 40}\n", blob(TEXT))
    assert differences(repo, *none) == {}
    assert differences(repo, *none, repo.head()) == {repo.head(): Since({})}
    assert sorted(path.name for path in repo.root.iterdir()) == [".git", "a.py"]


def test_before_the_first_commit_there_is_nothing_to_compare(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r")
    with pytest.raises(GitError):
        differences(repo, "f" * 40)
    with pytest.raises(GitError):
        Steps(repo.root)
    assert differences(repo) == {}


def test_who_is_told_to_stop_compares_nothing(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT})
    assert since(repo.root, [repo.head()], lambda: True) == {}


def test_the_files_of_the_last_commit_have_their_blobs(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, B: OTHER, C: ""})
    repo.write({A: "not committed", D: ""})
    assert committed_blobs(repo.root) == {A: blob(TEXT), B: blob(OTHER), C: blob("")}


def test_renames_are_followed_from_the_commit_on(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, D: OTHER})
    first = repo.head()
    (repo.root / "lib").mkdir()
    repo.git("mv", A, B)
    second = repo.commit("Move")
    repo.git("mv", B, C)
    # What has the name now is another file.
    third = repo.commit("Move again", {A: "new here\n" * 30})
    steps = Steps(repo.root)
    assert [steps.follow(commit, A) for commit in (first, second, third)] == [C, A, A]
    assert [steps.follow(commit, B) for commit in (second, third)] == [C, B]
    assert [steps.follow(first, path) for path in (D, RepoPath("none.py"))] == [D, "none.py"]
    assert steps.follow("f" * 40, A) == A
    assert [steps.knows(commit) for commit in (first, third, "f" * 40)] == [True, True, False]


def test_two_files_that_changed_places_are_told_apart(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, D: OTHER})
    first = repo.head()
    repo.git("mv", A, "x.py")
    repo.git("mv", D, "y.py")
    second = repo.commit("Away")
    repo.git("mv", "x.py", D)
    repo.git("mv", "y.py", A)
    repo.commit("Back")
    steps = Steps(repo.root)
    assert (steps.follow(first, A), steps.follow(first, D), steps.follow(second, A)) == (D, A, A)


def test_a_rename_on_another_branch_counts_once_it_is_merged(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, D: OTHER})
    first = repo.head()
    repo.git("checkout", "-q", "-b", "side")
    repo.git("mv", A, C)
    side = repo.commit("Move")
    repo.git("checkout", "-q", "main")
    main = repo.commit("Other", {D: OTHER + "more\n"})
    repo.git("merge", "-q", "--no-edit", "side")
    steps = Steps(repo.root)
    assert [steps.follow(commit, A) for commit in (first, main, side)] == [C, C, A]


def test_staged_renames_are_told(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT})
    assert staged_renames(repo.root) == {}
    repo.git("mv", A, D)
    assert staged_renames(repo.root) == {A: D}


def test_objects_are_looked_up_and_read_many_at_a_time(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, D: b"\0\n\xff\n", C: ""})
    head, tree = repo.head(), repo.git("rev-parse", "HEAD^{tree}").strip()
    text, binary, empty = blob(TEXT), blob_id(b"\0\n\xff\n"), blob("")
    asked = [text, "f" * 40, head, "HEAD", f"{head}^{{tree}}", f"{text}^{{tree}}", binary, "", text, empty]
    size = int(repo.git("cat-file", "-s", head))
    tree_size = int(repo.git("cat-file", "-s", tree))
    assert look_up(repo.root, asked) == {
        text: GitObject(text, "blob", len(TEXT)),
        head: GitObject(head, "commit", size),
        f"{head}^{{tree}}": GitObject(tree, "tree", tree_size),
        binary: GitObject(binary, "blob", 4),
        empty: GitObject(empty, "blob", 0),
    }
    assert contents(repo.root, asked) == {text: TEXT.encode(), binary: b"\0\n\xff\n", empty: b""}
    assert look_up(repo.root, ["HEAD", "--help"]) == {}
    assert contents(repo.root, []) == {}


def test_nothing_of_the_repository_is_started(tmp_path: Path, canary: Canary) -> None:
    repo = GitRepo.create(tmp_path / "r", {A: TEXT, ".gitattributes": "* diff=sing filter=sing\n"})
    first = repo.head()
    repo.git("mv", A, D)
    repo.commit("Move")
    repo.write({D: TEXT + "changed\n"})
    for key in ("diff.external", "diff.sing.command", "diff.sing.textconv", "filter.sing.clean", "core.fsmonitor"):
        repo.git("config", key, str(canary.program))
    repo.git("config", "core.pager", str(canary.program))
    canary.quiet()
    assert differences(repo, first)[first].gone == {A}
    assert Steps(repo.root).follow(first, A) == D
    assert staged_renames(repo.root) == {}
    assert set(committed_blobs(repo.root)) == {D, ".gitattributes"}
    assert contents(repo.root, [blob(TEXT)]) == {blob(TEXT): TEXT.encode()}
    assert not canary.sang
