from pathlib import Path

import pytest

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo import history
from reviewtui.repo.history import Changed
from tests.gitrepo import AUTHOR, MAIL, GitRepo

SHOP = RepoPath("shop.py")


def test_each_line_has_its_commit_and_what_is_not_committed_has_none(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\ntwo\n"})
    first = repo.head()
    second = repo.commit("Second \x1b[31m", {"shop.py": "one\nTWO\nthree\n"})
    found = history.blame(tmp_path, SHOP, b"zero\none\nTWO\nthree\nfour")
    assert found.rows == ("", first, second, second, "")
    commit = found.of(2)
    assert commit is not None
    assert (commit.author, commit.subject, commit.short) == (AUTHOR, "Second \x1b[31m", second[:8])
    assert (found.of(0), found.of(99), found.of(-1)) == (None, None, None)


def test_rows_are_counted_as_python_counts_them(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": b"a\rb\r\nc\n"})
    first = repo.head()
    assert history.blame(tmp_path, SHOP, b"a\rb\r\nnew\rer\nc\n").rows == (first, first, "", "", first)


def test_a_file_at_a_revision_has_its_own_lines(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\ntwo\n"})
    first = repo.head()
    repo.commit("Second", {"shop.py": "three\n"})
    data = history.read_at(tmp_path, first, SHOP)
    assert data == b"one\ntwo\n"
    assert history.blame(tmp_path, SHOP, data, first).rows == (first, first)


def test_the_log_of_a_file_goes_over_its_renames(tmp_path: Path) -> None:
    body = "".join(f"line {n}\n" for n in range(30))
    repo = GitRepo.create(tmp_path, {"old name.py": body, "other.py": "x\n"})
    first = repo.head()
    repo.git("mv", "old name.py", "shop.py")
    second = repo.commit("M\tshop.py")
    repo.commit("Elsewhere", {"other.py": "y\n"})
    third = repo.commit("Third", {"shop.py": body + "more\n"})
    found = history.file_log(tmp_path, SHOP)
    assert [(c.id, c.subject, c.path) for c in found] == [
        (third, "Third", "shop.py"),
        (second, "M\tshop.py", "shop.py"),
        (first, "First", "old name.py"),
    ]


def test_a_commit_says_what_it_changed(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\n"})
    first = repo.head()
    second = repo.commit("Say it\n\nIn \u202ewords.", {"shop.py": "one\ntwo\n", "a\tb.bin": b"\0\1"})
    found = history.details(tmp_path, second[:9])
    assert (found.commit.id, found.email, found.committer, found.parents) == (second, MAIL, AUTHOR, (first,))
    assert found.message == "Say it\n\nIn \u202ewords."
    assert found.files == (Changed("a\tb.bin", None, None), Changed("shop.py", 1, 0))
    assert history.details(tmp_path, first).files == (Changed("shop.py", 1, 0),)


def test_branches_and_tags_can_be_chosen(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\n"})
    repo.git("tag", "-a", "v1", "-m", "One")
    repo.git("branch", "side")
    assert sorted((name, commit.id) for name, commit in history.revisions(tmp_path)) == [
        ("main", repo.head()),
        ("side", repo.head()),
        ("v1", repo.head()),
    ]
    assert history.commit_id(tmp_path, "v1") == repo.head()


@pytest.mark.parametrize("revision", ["", "--output=x", "-n1", "nothing", "HEAD:shop.py", "^HEAD", "HEAD\nx", "HEAD\0"])
def test_what_is_no_commit_is_refused_and_is_no_option(tmp_path: Path, revision: str) -> None:
    GitRepo.create(tmp_path, {"shop.py": "one\n"})
    with pytest.raises(GitError):
        history.commit_id(tmp_path, revision)
    assert not (tmp_path / "x").exists()


def test_what_git_does_not_know_is_said(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path)
    with pytest.raises(GitError):
        history.file_log(tmp_path, SHOP)
    repo.commit("First", {"other.py": "x\n"})
    assert history.file_log(tmp_path, SHOP) == []
    with pytest.raises(GitError, match="no such path"):
        history.blame(tmp_path, SHOP, b"x\n")
    with pytest.raises(GitError, match=r"shop\.py is not in HEAD"):
        history.read_at(tmp_path, "HEAD", SHOP)


def test_a_shallow_clone_blames_its_oldest_commit_and_has_no_parent_to_show(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "whole", {"shop.py": "one\n"})
    second = repo.commit("Second", {"shop.py": "one\ntwo\n"})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "shallow"))
    root = tmp_path / "shallow"
    assert history.blame(root, SHOP, b"one\ntwo\n").rows == (second, second)
    assert [commit.id for commit in history.file_log(root, SHOP)] == [second]
    assert history.details(root, second).parents == ()
    assert history.details(root, second).files == (Changed("shop.py", 2, 0),)
    assert (history.is_shallow(root), history.is_shallow(repo.root)) == (True, False)


def test_a_merge_is_told_against_its_first_parent(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\n"})
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit("Side", {"side.py": "x\n"})
    repo.git("checkout", "-q", "main")
    main = repo.commit("Main", {"main.py": "y\n"})
    repo.git("merge", "-q", "--no-verify", "-m", "Both", "side")
    found = history.details(tmp_path, "HEAD")
    assert (found.parents, found.files) == ((main, side), (Changed("side.py", 1, 0),))


def test_a_submodule_is_no_file_of_a_version(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\n"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head()},sub")
    repo.git("commit", "-q", "--no-verify", "-m", "Submodule")
    with pytest.raises(GitError, match="sub is not in HEAD"):
        history.read_at(tmp_path, "HEAD", RepoPath("sub"))


def test_blame_knows_the_name_and_the_version_of_before_over_a_rename(tmp_path: Path) -> None:
    body = "".join(f"line {n}\n" for n in range(30))
    old = RepoPath('old "\t\u00e9.py')
    repo = GitRepo.create(tmp_path, {old: body})
    first = repo.head()
    (tmp_path / old).rename(tmp_path / SHOP)
    second = repo.commit("Second", {"shop.py": body + "more\n"})
    found = history.blame(tmp_path, SHOP, (body + "more\n").encode())
    assert {id_: commit.path for id_, commit in found.commits.items()} == {first: old, second: SHOP}
    assert found.previous == {second: (first, old)}
    assert history.version(tmp_path, first[:9], SHOP) == (old, body.encode())
    assert history.version(tmp_path, "HEAD", SHOP) == (SHOP, (body + "more\n").encode())
    with pytest.raises(GitError, match=r"other\.py is not in "):
        history.version(tmp_path, "HEAD", RepoPath("other.py"))


@pytest.mark.parametrize(
    "data",
    ["a = '\u010a'\r\nb\r\n".encode("utf-16"), b"# coding: utf-7\nx = 1 +AAo- y\nz\n", bytes(range(256))],
    ids=["utf-16", "utf-7", "binary"],
)
def test_lines_that_git_counts_otherwise_are_blamed_on_nobody(tmp_path: Path, data: bytes) -> None:
    GitRepo.create(tmp_path, {"shop.py": data})
    with pytest.raises(GitError, match=r"no blame|no lines"):
        history.blame(tmp_path, SHOP, data)


def test_returns_before_a_line_end_are_rows_of_their_own(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": b"a\r\r\r\nb\r\r"})
    first = repo.head()
    assert history.blame(tmp_path, SHOP, b"a\r\r\r\nb\r\r").rows == (first,) * 5


def test_neither_grafts_nor_a_forged_commit_graph_nor_a_setting_hides_a_commit(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": "one\n"})
    first = repo.head()
    second = repo.commit("Second", {"shop.py": "one\ntwo\n"})
    third = repo.commit("Third", {"shop.py": "one\ntwo\nthree\n"})
    repo.git("config", "log.showRoot", "false")
    repo.git("commit-graph", "write", "--reachable")
    graph = tmp_path / ".git" / "objects" / "info" / "commit-graph"
    forged = _with_parent(graph.read_bytes(), sorted([first, second, third]), third, first)
    graph.chmod(0o644)
    graph.write_bytes(forged)
    assert repo.git("log", "--format=%s") == "Third\nFirst\n"
    _nothing_is_hidden(tmp_path, [first, second, third])
    graph.unlink()
    (tmp_path / ".git" / "info").mkdir(exist_ok=True)
    (tmp_path / ".git" / "info" / "grafts").write_text(f"{third} {first}\n")
    assert repo.git("log", "--format=%s") == "Third\nFirst\n"
    _nothing_is_hidden(tmp_path, [first, second, third])


def _nothing_is_hidden(root: Path, commits: list[str]) -> None:
    assert [(commit.id, commit.path) for commit in history.file_log(root, SHOP)] == [(c, SHOP) for c in commits[::-1]]
    assert history.blame(root, SHOP, b"one\ntwo\nthree\n").rows == tuple(commits)
    assert history.details(root, commits[2]).parents == (commits[1],)


def _with_parent(graph: bytes, commits: list[str], child: str, parent: str) -> bytes:
    """A commit-graph file in which a commit has another first parent."""
    chunks = {graph[at : at + 4]: int.from_bytes(graph[at + 4 : at + 12]) for at in range(8, 8 + 12 * graph[6], 12)}
    at = chunks[b"CDAT"] + 36 * commits.index(child) + 20
    return graph[:at] + commits.index(parent).to_bytes(4) + graph[at + 4 :]


def test_a_version_that_unpacks_to_more_than_a_file_may_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GitRepo.create(tmp_path, {"shop.py": b"0" * 1001})
    monkeypatch.setattr(history, "SIZE_LIMIT", 1000)
    with pytest.raises(GitError, match="too large to be shown: 1,001 bytes"):
        history.read_at(tmp_path, "HEAD", SHOP)
