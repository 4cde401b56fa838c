"""Permanent links from real repositories: the commit that others can see, and the lines as they stand in it."""

from pathlib import Path

import pytest

from reviewtui.errors import ReviewTuiError
from reviewtui.linking import Link, link
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.repo.repository import Repository
from reviewtui.text.source import decode
from tests.gitrepo import GitRepo, isolate

PATH = RepoPath("app.py")
TEXT = "import os\n\n\ndef first(a):\n    return a\n\n\ndef second(b):\n    return b\n"
ORIGIN = "https://github.com/o/r/blob"


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration of a user who exists only in this test."""
    return isolate(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A repository whose only commit was pushed."""
    repo = GitRepo.create(tmp_path / "repo", {PATH: TEXT})
    repo.git("config", "remote.origin.url", "git@github.com:o/r.git")
    push(repo)
    return repo


def push(repo: GitRepo, branch: str = "origin/main") -> None:
    """Let a remote-tracking branch hold the last commit."""
    repo.git("update-ref", f"refs/remotes/{branch}", "HEAD")


def linked(repo: GitRepo, span: LineSpan | None = None, path: RepoPath = PATH) -> Link:
    """The link to lines of the file as it is on disk."""
    repository = Repository.open(repo.root)
    return link(repository, path, span, decode(repository.read(path), path))


def test_a_link_goes_to_the_commit_and_the_lines(repo: GitRepo) -> None:
    assert linked(repo, LineSpan(4, 5)) == Link(f"{ORIGIN}/{repo.head()}/app.py#L4-L5")
    assert linked(repo) == Link(f"{ORIGIN}/{repo.head()}/app.py")


def test_lines_that_moved_since_are_linked_where_the_commit_has_them(repo: GitRepo) -> None:
    repo.write({PATH: "# new\n" + TEXT})
    assert linked(repo, LineSpan(5, 6)) == Link(f"{ORIGIN}/{repo.head()}/app.py#L4-L5", ("there on lines 4-5",))
    assert linked(repo) == Link(f"{ORIGIN}/{repo.head()}/app.py", ("the file differs from that commit",))
    repo.write({PATH: TEXT.replace("return b", "return bb")})
    assert linked(repo, LineSpan(4, 5)) == Link(f"{ORIGIN}/{repo.head()}/app.py#L4-L5")
    differs = Link(f"{ORIGIN}/{repo.head()}/app.py#L9", ("these lines differ from that commit",))
    assert linked(repo, LineSpan(9, 9)) == differs


def test_other_line_ends_are_no_difference(repo: GitRepo) -> None:
    repo.write({PATH: TEXT.replace("\n", "\r\n")})
    assert linked(repo, LineSpan(4, 5)) == Link(f"{ORIGIN}/{repo.head()}/app.py#L4-L5")


def test_a_commit_that_was_not_pushed_gives_way_to_one_that_was(repo: GitRepo) -> None:
    pushed = repo.head()
    head = repo.commit("Findings", {".reviewtui/findings.toml": ""})
    note = f"to {pushed[:10]}, as {head[:10]} is on no branch of a remote"
    assert linked(repo, LineSpan(4, 4)) == Link(f"{ORIGIN}/{pushed}/app.py#L4", (note,))
    head = repo.commit("Another", {PATH: "# new\n" + TEXT})
    note = f"to {pushed[:10]}, as {head[:10]} is on no branch of a remote"
    assert linked(repo, LineSpan(5, 6)) == Link(f"{ORIGIN}/{pushed}/app.py#L4-L5", (note, "there on lines 4-5"))


def test_an_old_version_is_linked_as_it_was(repo: GitRepo) -> None:
    old = repo.head()
    repo.commit("Other", {PATH: "# new\n" + TEXT})
    push(repo)
    found = link(Repository.open(repo.root), PATH, LineSpan(4, 4), decode(TEXT.encode()), revision=old)
    assert found == Link(f"{ORIGIN}/{old}/app.py#L4")


def test_what_only_the_last_commit_has_is_linked_with_a_warning(repo: GitRepo) -> None:
    head = repo.commit("New", {"new.py": "x = 1\n"})
    warning = f"{head[:10]} is on no remote branch that is known here: it works once that is pushed"
    assert linked(repo, LineSpan(1, 1), RepoPath("new.py")) == Link(f"{ORIGIN}/{head}/new.py#L1", (warning,))
    repo.git("update-ref", "-d", "refs/remotes/origin/main")
    assert linked(repo, LineSpan(1, 1)) == Link(f"{ORIGIN}/{head}/app.py#L1", (warning,))


def test_the_remote_is_one_that_has_the_commit(repo: GitRepo) -> None:
    repo.git("config", "remote.fork/mine.url", "https://me:secret@gitlab.com/me/r.git")
    repo.commit("Mine", {PATH: TEXT + "\n"})
    push(repo, "fork/mine/main")
    assert linked(repo) == Link(f"https://gitlab.com/me/r/-/blob/{repo.head()}/app.py")
    push(repo)
    assert linked(repo) == Link(f"{ORIGIN}/{repo.head()}/app.py")


def test_the_user_s_configuration_says_what_a_host_is_and_the_repository_s_does_not(repo: GitRepo, home: Path) -> None:
    repo.git("config", "remote.origin.url", "corp:g/r")
    repo.set("url.git@git.corp.example:.insteadOf", "corp:")
    repo.set("reviewtui.git.corp.example.site", "github")
    with pytest.raises(ReviewTuiError, match=r"What kind of site git\.corp\.example is"):
        linked(repo)
    home.write_text('[reviewtui "git.corp.example"]\n\tsite = gitlab\n')
    assert linked(repo) == Link(f"https://git.corp.example/g/r/-/blob/{repo.head()}/app.py")


def test_a_name_that_git_could_misread_is_only_a_name(repo: GitRepo) -> None:
    names = ["-x.py", ":(top)y.py", "a\n\udce9 [z].py", "*.py"]
    repo.write(dict.fromkeys(names, "1\n"))
    head = repo.commit("Odd names")
    push(repo)
    quoted = ["-x.py", "%3A%28top%29y.py", "a%0A%E9%20%5Bz%5D.py", "%2A.py"]
    for name, address in zip(names, quoted, strict=True):
        assert linked(repo, LineSpan(1, 1), RepoPath(name)) == Link(f"{ORIGIN}/{head}/{address}#L1")


def test_where_there_is_nothing_to_link_to_that_is_told(repo: GitRepo, tmp_path: Path) -> None:
    repo.write({"new.py": "x"})
    with pytest.raises(ReviewTuiError, match=r"new\.py is not in the commit"):
        linked(repo, None, RepoPath("new.py"))
    repo.git("config", "remote.origin.url", "/srv/r.git")
    with pytest.raises(ReviewTuiError, match="neither by https nor by ssh"):
        linked(repo)
    repo.git("config", "--unset", "remote.origin.url")
    with pytest.raises(ReviewTuiError, match="no remote"):
        linked(repo)
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "app.py").write_text(TEXT)
    with pytest.raises(ReviewTuiError, match="no git repository"):
        linked(GitRepo(plain))
    with pytest.raises(ReviewTuiError, match="Nothing is committed"):
        empty = GitRepo.create(tmp_path / "empty")
        empty.write({PATH: TEXT})
        linked(empty)
