"""Every way in which a repository can have git start something: plain git falls for it, the door does not."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo import history, published
from reviewtui.repo.commit import commit_file, pending
from reviewtui.repo.git import run
from reviewtui.repo.repository import Repository
from tests.gitrepo import GitRepo
from tests.repo.conftest import Canary

FINDINGS = RepoPath(".reviewtui/findings.toml")


def _everything(root: Path) -> None:
    """All that the program asks of git, and the commands of the door that later parts need."""
    repository = Repository.open(root)
    assert repository.is_git
    repository.listing()
    repository.head(), repository.branch(), repository.author(), repository.remote_url(), repository.changed_paths()
    for entry in repository.files():
        if entry.kind == "file":
            repository.read(entry.path)
    published.remotes(repository.root)
    published.branches_with(repository.root, repository.head())
    published.newest_published(repository.root, repository.head())
    blob = published.blob_in(repository.root, repository.head(), RepoPath("a.py"))
    assert blob is None or published.content_of(repository.root, blob)
    for args in (
        ("status", "--porcelain"),
        ("diff",),
        ("diff", "HEAD"),
        ("diff", "--cached"),
        ("log", "-p"),
        ("show",),
        ("blame", "a.py"),
        ("blame", "HEAD", "--", "a.py"),
    ):
        run(repository.root, *args)
    path = RepoPath("a.py")
    history.blame(repository.root, path, repository.read(path))
    history.blame(repository.root, path, history.read_at(repository.root, "HEAD", path), "HEAD")
    history.details(repository.root, history.file_log(repository.root, path)[0].id)
    assert history.revisions(repository.root)
    assert pending(repository, FINDINGS)
    commit_file(repository, FINDINGS, "Review")
    assert not pending(repository, FINDINGS)


def _hook(name: str) -> Callable[[GitRepo, Canary], None]:
    def arm(repo: GitRepo, canary: Canary) -> None:
        hook = repo.root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{canary.trace}'\n")
        hook.chmod(0o755)

    return arm


def _hooks_path(repo: GitRepo, canary: Canary) -> None:
    _hook("pre-commit")(repo, canary)
    (repo.root / ".git" / "hooks").rename(repo.root / ".git" / "elsewhere")
    repo.set("core.hooksPath", ".git/elsewhere")


def _set(key: str, value: str = "{program}") -> Callable[[GitRepo, Canary], None]:
    return lambda repo, canary: repo.set(key, value.format(program=canary.program))


def _attribute(attribute: str, *settings: str) -> Callable[[GitRepo, Canary], None]:
    def arm(repo: GitRepo, canary: Canary) -> None:
        (repo.root / ".gitattributes").write_text(f"*.py {attribute}\n*.toml {attribute}\n")
        for setting in settings:
            repo.set(setting, "true" if setting.endswith(".required") else str(canary.program))

    return arm


def _signature(setting: str) -> Callable[[GitRepo, Canary], None]:
    """The last commit looks signed, and looking at it starts the program that would verify it."""

    def arm(repo: GitRepo, canary: Canary) -> None:
        head, text = repo.git("cat-file", "commit", "HEAD").split("\n\n", 1)
        signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n aaaa\n -----END PGP SIGNATURE-----"
        forged = f"{head}\n{signature}\n\n{text}".encode()
        commit = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=forged).strip()
        repo.git("update-ref", "HEAD", commit)
        repo.set("log.showSignature", "true")
        repo.set(setting, str(canary.program))

    return arm


def _signing(repo: GitRepo, canary: Canary) -> None:
    repo.set("commit.gpgSign", "true")
    repo.set("gpg.program", str(canary.program))


def _submodule(repo: GitRepo, canary: Canary) -> None:
    inner = GitRepo.create(repo.root / "sub", {"b.py": "b\n"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{inner.head()},sub")
    repo.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "Submodule")
    inner.set("core.fsmonitor", str(canary.program))


def _lazy_fetch(repo: GitRepo, canary: Canary) -> None:
    """An object is missing and the configuration names a program that is to fetch it."""
    repo.set("extensions.partialClone", "origin")
    repo.set("remote.origin.promisor", "true")
    repo.set("remote.origin.url", f"ext::touch {canary.trace}")
    repo.set("protocol.ext.allow", "always")


@dataclass(frozen=True)
class Door:
    arm: Callable[[GitRepo, Canary], None]
    plain: tuple[str, ...]
    """What plain git is asked, to show that the trap works."""


DOORS = {
    "fsmonitor": Door(_set("core.fsmonitor"), ("status",)),
    "hook post-index-change": Door(_hook("post-index-change"), ("add", "a.py")),
    "hook reference-transaction": Door(_hook("reference-transaction"), ("update-ref", "refs/heads/x", "HEAD")),
    "hook pre-commit": Door(_hook("pre-commit"), ("commit", "-a", "-m", "x")),
    "hook prepare-commit-msg": Door(_hook("prepare-commit-msg"), ("commit", "-a", "-m", "x")),
    "hook commit-msg": Door(_hook("commit-msg"), ("commit", "-a", "-m", "x")),
    "hook post-commit": Door(_hook("post-commit"), ("commit", "-a", "-m", "x")),
    "hooks path": Door(_hooks_path, ("commit", "-a", "-m", "x")),
    "clean filter": Door(_attribute("filter=evil", "filter.evil.clean"), ("status",)),
    "required clean filter": Door(
        _attribute("filter=evil", "filter.evil.clean", "filter.evil.required"), ("diff", "HEAD")
    ),
    "process filter": Door(_attribute("filter=evil", "filter.evil.process"), ("add", "a.py")),
    "smudge filter": Door(_attribute("filter=evil", "filter.evil.smudge"), ("checkout", "-f", "HEAD", "--", "a.py")),
    "filter with an equals sign": Door(_attribute("filter=e=vil", "filter.e=vil.clean"), ("status",)),
    "filter with dots": Door(_attribute("filter=e.v.il", "filter.e.v.il.clean"), ("status",)),
    "textconv": Door(_attribute("diff=evil", "diff.evil.textconv"), ("show",)),
    "diff driver": Door(_attribute("diff=evil", "diff.evil.command"), ("diff", "HEAD")),
    "external diff": Door(_set("diff.external"), ("diff", "HEAD")),
    "signature on show": Door(_signature("gpg.program"), ("log", "-1")),
    "signature on show, by format": Door(_signature("gpg.openpgp.program"), ("log", "-1")),
    "signing": Door(_signing, ("commit", "-a", "-m", "x")),
    "editor": Door(_set("core.editor"), ("commit", "-a")),
    "submodule's own fsmonitor": Door(_submodule, ("status",)),
    "lazy fetch": Door(_lazy_fetch, ("cat-file", "-p", "1234567890123456789012345678901234567890")),
    "alias by another name": Door(_set("alias.sing", "!{program}"), ("sing",)),
}


@pytest.mark.parametrize("name", DOORS)
def test_nothing_that_the_repository_configures_is_started(name: str, tmp_path: Path, canary: Canary) -> None:
    door = DOORS[name]
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    door.arm(repo, canary)
    repo.write({"a.py": "two\n", FINDINGS: "format = 1\n"})
    canary.quiet()

    # A filter that cannot answer as git expects makes git fail; what counts is that it was started.
    subprocess.run(["cp", "-a", repo.root, tmp_path / "plain"], check=True)
    GitRepo(tmp_path / "plain").git(*door.plain, ok=tuple(range(256)))
    assert canary.sang, "the trap itself does not work"
    canary.quiet()

    _everything(repo.root)
    assert not canary.sang


def test_an_alias_of_a_built_in_is_not_run(tmp_path: Path, canary: Canary) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    for command in ("status", "ls-files", "rev-parse", "commit-tree", "update-ref", "config"):
        repo.set(f"alias.{command}", f"!{canary.program}")
    repo.write({FINDINGS: "format = 1\n"})
    _everything(repo.root)
    assert not canary.sang


def test_a_pager_is_not_started_even_from_a_terminal(tmp_path: Path, canary: Canary) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    repo.set("core.pager", str(canary.program))
    repo.set("pager.log", "true")
    repo.write({FINDINGS: "format = 1\n"})
    terminal, program_side = os.openpty()
    try:
        subprocess.run(["git", "log"], cwd=repo.root, stdout=program_side, check=False)
        assert canary.sang, "the trap itself does not work"
        canary.quiet()
        _everything(repo.root)
        assert not canary.sang
    finally:
        os.close(terminal)
        os.close(program_side)


def _bare(folder: Path, canary: Canary) -> Path:
    """A folder of ordinary tracked files that git takes for a bare repository when it stands inside."""
    (folder / "refs").mkdir(parents=True)
    (folder / "objects").mkdir()
    (folder / "refs" / "keep").write_text("")
    (folder / "objects" / "keep").write_text("")
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {canary.program}\n"
    )
    return folder


def test_a_bare_repository_among_the_tracked_files_is_only_a_folder(tmp_path: Path, canary: Canary) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    inner = _bare(repo.root / "inner", canary)
    repo.commit("With a bare repository")
    subprocess.run(["git", "status"], cwd=inner, capture_output=True, check=False)
    assert canary.sang, "the trap itself does not work"
    canary.quiet()

    repository = Repository.open(inner)
    assert (repository.root, repository.focus) == (repo.root.resolve(), "inner")
    assert RepoPath("inner/HEAD") in [entry.path for entry in repository.files()]
    repo.write({FINDINGS: "format = 1\n"})
    _everything(inner)
    assert not canary.sang


def test_a_bare_repository_that_is_opened_itself_is_a_plain_folder(tmp_path: Path, canary: Canary) -> None:
    repository = Repository.open(_bare(tmp_path / "inner", canary))
    assert not repository.is_git
    assert [entry.path for entry in repository.files()] == ["HEAD", "config", "objects/keep", "refs/keep"]
    assert (repository.head(), repository.branch(), repository.author()) == ("", "", "Ada Auditor")
    with pytest.raises(GitError, match=r"not a git repository|cannot use bare repository"):
        run(repository.root, "rev-parse", "HEAD")
    assert not canary.sang


def test_git_does_not_fall_back_to_a_repository_further_up(tmp_path: Path) -> None:
    GitRepo.create(tmp_path / "outer", {"a.py": "one\n"})
    (tmp_path / "outer" / "inner").mkdir()
    with pytest.raises(GitError, match="not a git repository"):
        run(tmp_path / "outer" / "inner", "rev-parse", "HEAD")


def test_core_worktree_does_not_divert_the_list(tmp_path: Path) -> None:
    other = tmp_path / "private"
    other.mkdir()
    (other / "secret.txt").write_text("x")
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    repo.set("core.worktree", str(other))
    assert (
        "secret.txt"
        in subprocess.run(["git", "ls-files", "-o"], cwd=repo.root, capture_output=True, text=True, check=True).stdout
    )
    assert [tuple(entry) for entry in Repository.open(repo.root).files()] == [("a.py", "file", True)]


def test_core_bare_does_not_stop_the_review(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    repo.git("config", "core.bare", "true")
    assert [entry.path for entry in Repository.open(repo.root).files()] == ["a.py"]


def test_an_include_that_never_ends_is_cut_off(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "one\n"})
    os.mkfifo(tmp_path / "fifo")
    repo.set("include.path", str(tmp_path / "fifo"))
    with pytest.raises(GitError, match=r"git ls-files was stopped after 0\.5 seconds: look into .*config"):
        run(repo.root, "ls-files", timeout=0.5)


def test_replace_refs_show_no_other_content(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "real\n"})
    real = repo.git("rev-parse", "HEAD:a.py").strip()
    harmless = repo.git("hash-object", "-w", "--stdin", stdin=b"harmless\n").strip()
    repo.git("replace", real, harmless)
    assert repo.git("cat-file", "-p", "HEAD:a.py") == "harmless\n"
    assert run(repo.root, "cat-file", "-p", "HEAD:a.py") == b"real\n"
