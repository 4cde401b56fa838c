"""Committing the findings file: that file, nothing else, and nothing else touched."""

import subprocess
from pathlib import Path

import pytest

from reviewtui.errors import GitError, SourceError
from reviewtui.model.place import RepoPath
from reviewtui.repo.commit import commit_file, committed, pending
from reviewtui.repo.git import run
from reviewtui.repo.repository import Repository
from tests.gitrepo import AUTHOR, MAIL, GitRepo

FINDINGS = RepoPath(".reviewtui/findings.toml")


def _with_findings(root: Path, text: str = "format = 1\n") -> tuple[GitRepo, Repository]:
    repo = GitRepo.create(root, {"a.py": "a\n", "b.py": "b\n", "c.py": "c\n"})
    repo.write({FINDINGS: text})
    return repo, Repository.open(root)


def _refusal(repository: Repository, path: RepoPath = FINDINGS, message: str = "Review") -> str:
    with pytest.raises(GitError) as caught:
        commit_file(repository, path, message)
    return str(caught.value)


def test_the_commit_holds_the_findings_file_the_message_and_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    first = repo.head()
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", "1704200000 +0100")
    commit = commit_file(repository, FINDINGS, "Review the login\r\n\n# two findings  \n\n")
    assert repo.head() == commit
    assert repo.git("cat-file", "commit", commit) == (
        f"tree {repo.git('rev-parse', 'HEAD^{tree}').strip()}\nparent {first}\n"
        f"author {AUTHOR} <{MAIL}> 1704200000 +0100\ncommitter {AUTHOR} <{MAIL}> 1704200000 +0100\n\n"
        "Review the login\n\n# two findings\n"
    )
    assert repo.git("diff-tree", "-r", "--no-commit-id", "HEAD").split("\t")[0].startswith(":000000 100644 ")
    assert repo.git("diff-tree", "-r", "--no-commit-id", "--name-only", "HEAD") == f"{FINDINGS}\n"
    assert repo.git("show", f"HEAD:{FINDINGS}") == "format = 1\n"
    assert repo.status() == ""
    assert repo.git("reflog", "-1", "--format=%gs") == "commit: Review the login\n"


def test_what_is_staged_dirty_new_and_half_done_stays_as_it_was(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    repo.write({"a.py": "staged\n", "c.py": "c\n", "new.py": "staged new\n", "intended.py": "x\n"})
    repo.git("add", "a.py", "new.py")
    repo.git("add", "-N", "intended.py")
    repo.git("rm", "-q", "c.py")
    repo.write({"a.py": "staged\nand edited\n", "b.py": "edited\n", "untracked.py": "u\n"})

    def looks() -> tuple[str, ...]:
        status = [line for line in repo.status().splitlines() if not line.endswith(FINDINGS)]
        return ("\n".join(status), repo.git("diff"), repo.git("diff", "--cached"), repo.git("stash", "list"))

    before = looks()
    index_before = repo.git("ls-files", "--stage")
    commit_file(repository, FINDINGS, "Review")
    assert looks() == before
    blob = repo.git("rev-parse", f"HEAD:{FINDINGS}").strip()
    assert repo.git("ls-files", "--stage") == f"100644 {blob} 0\t{FINDINGS}\n{index_before}"
    assert repo.git("diff-tree", "-r", "--no-commit-id", "--name-only", "HEAD") == f"{FINDINGS}\n"

    repo.write({FINDINGS: "format = 1\n# more\n"})
    commit_file(repository, FINDINGS, "Review on")
    assert looks() == before
    assert repo.log() == ["Review on", "Review", "First"]


def test_a_staged_older_findings_file_is_replaced_by_the_one_on_disk(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo", "old\n")
    repo.git("add", FINDINGS)
    repo.write({FINDINGS: "new\n"})
    commit_file(repository, FINDINGS, "Review")
    assert (repo.git("show", f"HEAD:{FINDINGS}"), repo.status()) == ("new\n", "")


def test_the_bytes_are_committed_as_they_are_whatever_the_attributes_say(tmp_path: Path, user_config: Path) -> None:
    user_config.write_text(user_config.read_text() + "[core]\n\tautocrlf = true\n[i18n]\n\tcommitEncoding = latin-1\n")
    repo, repository = _with_findings(tmp_path / "repo", "a\r\n$Id$\n")
    repo.write({".gitattributes": "*.toml text ident eol=crlf\n"})
    commit_file(repository, FINDINGS, "Prüfung €")
    assert repo.git_bytes("cat-file", "-p", f"HEAD:{FINDINGS}") == b"a\r\n$Id$\n"
    assert repo.git("cat-file", "commit", "HEAD").endswith("\n\nPrüfung €\n")
    assert not pending(repository, FINDINGS)


def test_pending_says_whether_there_is_something_to_commit(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    repository = Repository.open(repo.root)
    assert not pending(repository, FINDINGS)
    repo.write({FINDINGS: "one\n"})
    assert pending(repository, FINDINGS)
    commit_file(repository, FINDINGS, "Review")
    assert not pending(repository, FINDINGS)
    repo.write({FINDINGS: "two\n"})
    assert pending(repository, FINDINGS)
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "x").write_text("x")
    assert not pending(Repository.open(tmp_path / "plain"), RepoPath("x"))


def test_committed_gives_the_bytes_of_the_last_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    repository = Repository.open(repo.root)
    assert committed(repository, FINDINGS) is None
    repo.commit("First", {FINDINGS: b"\xff\r\n"})
    repo.write({FINDINGS: "edited\n"})
    assert committed(repository, FINDINGS) == b"\xff\r\n"
    assert committed(repository, RepoPath("gone.toml")) is None
    assert committed(Repository(repo.root, False), FINDINGS) is None
    with pytest.raises(GitError, match="git cat-file failed"):
        committed(repository, RepoPath(".reviewtui"))
    monkeypatch.setattr("reviewtui.repo.commit.SIZE_LIMIT", 2)
    with pytest.raises(GitError, match="has more than 2 bytes and is not opened"):
        committed(repository, FINDINGS)


def test_the_first_commit_of_a_branch_leaves_staged_files_staged(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    repo.write({"a.py": "a\n", FINDINGS: "format = 1\n"})
    repo.git("add", "a.py")
    commit = commit_file(Repository.open(repo.root), FINDINGS, "Review")
    assert repo.git("ls-tree", "-r", "--name-only", commit) == f"{FINDINGS}\n"
    assert repo.git("rev-parse", "main").strip() == commit
    assert repo.status() == "A  a.py\n"


def test_a_detached_head_moves_and_the_branch_does_not(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    first = repo.head()
    repo.git("switch", "-q", "--detach")
    commit = commit_file(repository, FINDINGS, "Review")
    assert (repo.head(), repo.git("rev-parse", "main").strip(), repository.branch()) == (commit, first, "")
    assert repo.status() == ""


def test_a_linked_work_tree_commits_on_its_own_branch(tmp_path: Path) -> None:
    repo, _ = _with_findings(tmp_path / "repo")
    first = repo.head()
    repo.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = GitRepo(tmp_path / "side")
    side.write({FINDINGS: "side\n"})
    commit = commit_file(Repository.open(side.root), FINDINGS, "Review")
    assert (side.head(), side.status()) == (commit, "")
    assert (repo.head(), repo.status()) == (first, f"?? {FINDINGS}\n")


def test_a_repository_with_sha256_ids_works(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    repo = GitRepo(root)
    repo.git("init", "-q", "-b", "main", "--object-format=sha256")
    repo.write({FINDINGS: "format = 1\n"})
    repository = Repository.open(root)
    commit = commit_file(repository, FINDINGS, "Review")
    assert (len(commit), repo.status(), pending(repository, FINDINGS)) == (64, "", False)


def test_split_and_sparse_indexes_stay_what_they_are(tmp_path: Path) -> None:
    # Git itself writes a shared index anew when a fifth of it has changed.
    files = ["in/a.py", *(f"out/deep/{number}.py" for number in range(9))]
    for settings in (["update-index", "--split-index"], ["sparse-checkout", "set", "--cone", "--sparse-index", "in"]):
        repo = GitRepo.create(tmp_path / settings[0], dict.fromkeys(files, "x\n"))
        repo.git(*settings)
        repo.write({FINDINGS: "format = 1\n"})
        shared = set((repo.root / ".git").glob("sharedindex*"))
        commit_file(Repository.open(repo.root), FINDINGS, "Review")
        assert repo.status() == ""
        assert set((repo.root / ".git").glob("sharedindex*")) == shared
        assert repo.git("ls-tree", "-r", "--name-only", "HEAD").splitlines() == [FINDINGS, *files]


def _conflict(repo: GitRepo) -> None:
    repo.git("switch", "-q", "-c", "other")
    repo.commit("Theirs", {"a.py": "theirs\n"})
    repo.git("switch", "-q", "main")
    repo.commit("Ours", {"a.py": "ours\n"})


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("merge", "other"), "a merge is not finished in this repository: finish it (git merge --continue) or give"),
        (("rebase", "other"), "a rebase is not finished"),
        (("cherry-pick", "other"), "a cherry-pick is not finished"),
        (("revert", "main~1"), "a revert is not finished"),
        (("bisect", "start"), "a bisect is not finished in this repository: end it (git bisect reset), then commit"),
    ],
)
def test_an_unfinished_operation_is_not_mixed_with_the_review(
    command: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    _conflict(repo)
    repo.git("rm", "-q", "--cached", FINDINGS, ok=(0, 128))
    if command[0] == "revert":
        repo.commit("Again", {"a.py": "again\n"})
    repo.git(*command, ok=(0, 1))
    head = repo.head()
    repo.write({FINDINGS: "later\n"})
    assert words in _refusal(repository)
    assert repo.head() == head


def test_an_ignored_findings_file_is_told_with_the_rule_and_the_way_out(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    repo.write({".gitignore": "*.pyc\n.review*/\n"})
    assert _refusal(repository) == (
        f"{FINDINGS} is ignored by git, so it was not committed: the rule '.review*/' in .gitignore, line 2. "
        f"Take the rule out, or add the file once by hand: git add --force {FINDINGS}"
    )
    assert repo.log() == ["First"]
    repo.git("add", "--force", FINDINGS)
    commit_file(repository, FINDINGS, "Review")
    assert repo.log() == ["Review", "First"]


def test_a_rule_that_takes_the_file_back_in_does_not_count_as_ignoring(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    repo.write({".gitignore": "*.toml\n!findings.toml\n"})
    commit_file(repository, FINDINGS, "Review")
    assert repo.log() == ["Review", "First"]


def test_a_user_whom_git_does_not_know_is_told_the_two_commands(tmp_path: Path, user_config: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    user_config.write_text("[user]\n\tname = Ada\n")
    words = (
        "git does not know who you are. Tell it once: git config --global user.name 'Your Name' "
        "and git config --global user.email you@example.org"
    )
    assert _refusal(repository) == words
    user_config.write_text("")
    assert _refusal(repository) == words
    assert (repo.log(), repo.status()) == (["First"], f"?? {FINDINGS}\n")


def test_nothing_to_commit_no_message_no_file_and_no_git_are_told(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    commit_file(repository, FINDINGS, "Review")
    assert _refusal(repository) == f"there is nothing to commit: {FINDINGS} is as in the last commit"
    assert _refusal(repository, message=" \n\0") == "the commit needs a message"
    with pytest.raises(SourceError, match=r"gone\.toml is gone"):
        commit_file(repository, RepoPath("gone.toml"), "Review")
    (tmp_path / "plain").mkdir()
    assert "plain is no git repository: run git init there first" in _refusal(Repository.open(tmp_path / "plain"))
    assert repo.log() == ["Review", "First"]


def test_a_findings_file_that_is_a_link_is_not_committed(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    (tmp_path / "secret").write_text("secret")
    (repo.root / FINDINGS).unlink()
    (repo.root / FINDINGS).symlink_to(tmp_path / "secret")
    with pytest.raises(SourceError, match="symbolic link"):
        commit_file(repository, FINDINGS, "Review")


def test_a_file_in_the_place_of_the_folder_is_not_swept_away(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {".reviewtui": "a file of this name\n"})
    (repo.root / ".reviewtui").unlink()
    repo.write({FINDINGS: "format = 1\n"})
    assert "in the last commit .reviewtui is something else" in _refusal(Repository.open(repo.root))
    assert repo.log() == ["First"]


def test_an_odd_path_is_committed_alone(tmp_path: Path) -> None:
    path = RepoPath("odd, dir/:(glob)*\n\udcff.toml")
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "a\n"})
    repo.write({path: "format = 1\n", "odd, dir/other.toml": "x\n"})
    commit_file(Repository.open(repo.root), path, "Review")
    assert repo.git("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "HEAD") == f"{path}\0"


def test_a_damaged_tree_is_not_mended_in_passing(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    blob = bytes.fromhex(repo.git("rev-parse", "HEAD:a.py").strip())
    twice = b"".join(b"100644 %s\0%s" % (name, blob) for name in (b"z.py", b"a.py", b"z.py"))
    tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=twice).strip()
    repo.git("update-ref", "HEAD", repo.git("commit-tree", tree, "-m", "Damaged").strip())
    head = repo.head()
    assert "file list is damaged" in _refusal(repository)
    assert repo.head() == head


def test_while_another_git_program_writes_nothing_is_begun(tmp_path: Path) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    lock = repo.root / ".git" / "index.lock"
    lock.write_text("")
    assert _refusal(repository) == (
        f"another git program is at work in {repo.root}: commit again when it has ended. "
        f"If there is none, one has crashed: delete {lock}"
    )
    assert repo.log() == ["First"]


def test_an_index_that_is_taken_in_the_last_moment_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, repository = _with_findings(tmp_path / "repo")
    lock = repo.root / ".git" / "index.lock"

    def busy(root: Path, *args: str, **options: object) -> bytes:
        if args[0] == "update-ref":
            lock.write_text("")
        return run(root, *args, **options)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr("reviewtui.repo.commit.run", busy)
    monkeypatch.setattr("reviewtui.repo.commit._PATIENCE", (0.01,))
    words = _refusal(repository)
    assert words.startswith(
        f"{FINDINGS} is committed as {repo.head()[:12]}, but the index does not know it yet; run "
        f"git reset -q -- {FINDINGS} there. The reason: another git program is at work in {repo.root}"
    )
    lock.unlink()
    repo.git("reset", "-q", "--", FINDINGS)
    assert repo.status() == ""


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    repo, repository = _with_findings(tmp_path / "repo")
    before = {path.name for path in (repo.root / ".git").iterdir()}
    commit_file(repository, FINDINGS, "Review")
    assert {path.name for path in (repo.root / ".git").iterdir()} - before <= {"logs"}
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_commit_of_somebody_else_in_the_same_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, repository = _with_findings(tmp_path / "repo")

    # The one moment that cannot be had otherwise: between reading HEAD and writing it.
    def busy(root: Path, *args: str, **options: object) -> bytes:
        if args[0] == "update-ref":
            subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", "Theirs"], cwd=root, check=True)
        return run(root, *args, **options)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr("reviewtui.repo.commit.run", busy)
    assert "git update-ref failed: " in _refusal(repository)
    assert repo.log() == ["Theirs", "First"]
