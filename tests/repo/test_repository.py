"""Opening a repository, and what its git says about it."""

import os
from pathlib import Path

import pytest

from reviewtui.errors import NotAFolderError
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Repository
from tests.gitrepo import GitRepo


def test_a_folder_inside_a_repository_opens_the_repository_with_the_folder_in_focus(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"pkg/a.py": "a"})
    root = repo.root.resolve()
    assert Repository.open(repo.root) == Repository(root, True)
    assert Repository.open(repo.root / "pkg") == Repository(root, True, RepoPath("pkg"))
    assert Repository.open(repo.root / "pkg" / "a.py").focus == "pkg/a.py"


def test_a_file_in_a_plain_folder_opens_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a")
    repository = Repository.open(tmp_path / "a.py")
    assert (repository.root, repository.is_git, repository.focus) == (tmp_path.resolve(), False, "a.py")


def test_the_way_to_a_repository_may_be_a_link_but_a_file_in_it_stays_one(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a"})
    (tmp_path / "way").symlink_to(repo.root)
    (tmp_path / "secret").write_text("x")
    (repo.root / "out.py").symlink_to(tmp_path / "secret")
    opened = Repository.open(tmp_path / "way" / "out.py")
    assert (opened.root, opened.focus) == (repo.root.resolve(), "out.py")


def test_a_linked_work_tree_is_a_repository(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a"})
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    repository = Repository.open(tmp_path / "side")
    assert (repository.root, repository.is_git, repository.branch()) == ((tmp_path / "side").resolve(), True, "side")


def test_a_broken_store_is_no_repository(tmp_path: Path) -> None:
    (tmp_path / "plain" / ".git").mkdir(parents=True)
    os.mkfifo(tmp_path / "plain" / ".git" / "HEAD")
    assert not Repository.open(tmp_path / "plain").is_git
    (tmp_path / "pipe").mkdir()
    os.mkfifo(tmp_path / "pipe" / ".git")
    assert not Repository.open(tmp_path / "pipe").is_git


def test_what_cannot_be_opened_is_told_in_a_sentence(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a"})
    with pytest.raises(NotAFolderError, match=r"gone does not exist: give a folder or a file to review"):
        Repository.open(tmp_path / "gone")
    with pytest.raises(NotAFolderError, match=r"does not exist"):
        Repository.open(repo.root / "a.py" / "below")
    with pytest.raises(NotAFolderError, match=r"belongs to git itself: open .*repo instead"):
        Repository.open(repo.root / ".git" / "refs")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(NotAFolderError, match=r"loop cannot be opened"):
        Repository.open(tmp_path / "loop")


def test_head_and_branch_follow_the_repository(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "my shop")
    repository = Repository.open(repo.root)
    assert (repository.head(), repository.branch(), repository.project_name()) == ("", "main", "my shop")
    commit = repo.commit("First", {"a.py": "a"})
    assert (repository.head(), repository.branch()) == (commit, "main")
    repo.git("switch", "-q", "--detach")
    assert (repository.head(), repository.branch()) == (commit, "")


def test_a_plain_folder_answers_without_git(tmp_path: Path) -> None:
    repository = Repository.open(tmp_path)
    assert (repository.head(), repository.branch(), repository.remote_url()) == ("", "", "")
    assert repository.changed_paths() == frozenset()
    assert repository.author() == "Ada Auditor"


def test_the_author_is_the_user_and_not_whom_the_repository_names(
    tmp_path: Path, user_config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    repo.set("user.name", "Mallory")
    repository = Repository.open(repo.root)
    assert repository.author() == "Ada Auditor"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada From The Environment")
    assert repository.author() == "Ada From The Environment"
    monkeypatch.delenv("GIT_AUTHOR_NAME")
    user_config.write_text("")
    assert repository.author() == "Mallory"
    repo.git("config", "--unset", "user.name")
    monkeypatch.setenv("USER", "ada")
    assert repository.author() == "ada"
    user_config.write_text("[broken\n")
    assert repository.author() == "ada"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://github.com/shop/shop.git", "https://github.com/shop/shop.git"),
        ("https://ada:token@github.com/shop/shop.git?private_token=x#y", "https://github.com/shop/shop.git"),
        ("https://a:b@c@host/x", "https://host/x"),
        ("odd::https://ada:token@host/x", "odd::https://host/x"),
        ("git@github.com:shop/shop.git", "github.com:shop/shop.git"),
        ("ada:token@host/x", "host/x"),
        ("/srv/git/shop@2.git", "/srv/git/shop@2.git"),
        ("../shop", "../shop"),
    ],
)
def test_the_remote_is_shown_without_what_lets_somebody_in(url: str, shown: str, tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    assert Repository.open(repo.root).remote_url() == ""
    repo.git("config", "remote.upstream.url", "https://example.org/upstream")
    assert Repository.open(repo.root).remote_url() == "https://example.org/upstream"
    repo.git("config", "remote.origin.url", url)
    assert Repository.open(repo.root).remote_url() == shown


def test_changed_paths_are_all_that_the_last_commit_does_not_have(tmp_path: Path) -> None:
    repo = GitRepo.create(
        tmp_path / "repo", {"same.py": "a", "edited.py": "a", "gone.py": "a", "old name.py": "a\n" * 9}
    )
    repo.write({"edited.py": "b", "staged.py": "b", "deep/new\n.py": "c"})
    (repo.root / "gone.py").unlink()
    repo.git("add", "staged.py")
    repo.git("mv", "old name.py", "new name.py")
    assert Repository.open(repo.root).changed_paths() == {
        "edited.py",
        "gone.py",
        "staged.py",
        "deep/new\n.py",
        "old name.py",
        "new name.py",
    }
