"""The sample shop comes out the same on every machine."""

from pathlib import Path

import pytest

from reviewtui.errors import GitError, ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.repo.commit import commit_file
from reviewtui.repo.demo import make_demo
from reviewtui.repo.repository import Repository
from tests.gitrepo import GitRepo
from tests.repo.conftest import Canary


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Three patches: text, a rename, bytes and line ends that a careless reader would change."""
    repo = GitRepo.create(tmp_path / "origin", {"shop.py": "print('shop')\n" * 9, "win.txt": "a\r\nb\r\n"})
    repo.git("mv", "shop.py", "café.py")
    repo.commit("[SHOP-1] Move the shop, über alles", {"logo.png": b"\x89PNG\0\r\n\xff"})
    repo.commit("From here on\n\n>From the body\n--- not a line", {"run.sh": "#!/bin/sh \n\n"})
    repo.git("format-patch", "-q", "--binary", "-M", "--root", "-o", str(tmp_path / "history"))
    return tmp_path / "history"


def test_the_copy_has_the_history_of_the_patches(history: Path, tmp_path: Path) -> None:
    made = make_demo(tmp_path / "new" / "demo", history)
    assert made == (tmp_path / "new" / "demo").resolve()
    copy, origin = GitRepo(made), GitRepo(tmp_path / "origin")
    assert copy.git("rev-parse", "HEAD^{tree}") == origin.git("rev-parse", "HEAD^{tree}")
    facts = "--format=%an %ae %ad %cd %cn"
    assert copy.git("log", "--date=raw", facts) == origin.git("log", "--date=raw", facts).replace(
        " Ada Auditor\n", " Sample Shop\n"
    )
    assert (copy.status(), copy.git("branch", "--show-current")) == ("", "main\n")


def test_the_ids_are_the_same_whoever_makes_it(
    history: Path, tmp_path: Path, user_config: Path, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = GitRepo(make_demo(tmp_path / "one", history)).head()
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("applypatch-msg", "pre-applypatch", "post-applypatch", "post-commit", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{canary.trace}'\nexit 1\n")
        (hooks / name).chmod(0o755)
    user_config.write_text(
        f"[user]\n\tname = X\n\temail = x@example.org\n\tsigningKey = x\n[commit]\n\tgpgSign = true\n"
        f"[core]\n\tautocrlf = true\n\teol = crlf\n\thooksPath = {hooks}\n\tattributesFile = {tmp_path}/attributes\n"
        f"\texcludesFile = {tmp_path}/attributes\n\tfsmonitor = {canary.program}\n"
        f"[init]\n\ttemplateDir = {hooks.parent}\n\tdefaultBranch = trunk\n\tdefaultObjectFormat = sha256\n"
        f"[gpg]\n\tprogram = {canary.program}\n[am]\n\tkeepcr = false\n\tthreeWay = true\n[apply]\n\twhitespace = fix\n"
        f'[i18n]\n\tcommitEncoding = latin-1\n[filter "x"]\n\tclean = {canary.program}\n\trequired = true\n'
    )
    (tmp_path / "attributes").write_text("* filter=x text eol=crlf\n")
    for name, value in {"AUTHOR_NAME": "Y", "COMMITTER_NAME": "Y", "COMMITTER_DATE": "1 +0000", "DIR": "/x"}.items():
        monkeypatch.setenv(f"GIT_{name}", value)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    made = make_demo(tmp_path / "two", history)
    assert (GitRepo(made).head(), GitRepo(made).status()) == (first, "")
    assert not (made / ".git" / "hooks").exists()
    assert not canary.sang


def test_it_works_without_a_home(history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = GitRepo(make_demo(tmp_path / "one", history)).head()
    monkeypatch.delenv("HOME")
    assert GitRepo(make_demo(tmp_path / "two", history)).head() == first


def test_a_user_whom_git_does_not_know_can_commit_in_it(history: Path, tmp_path: Path, user_config: Path) -> None:
    user_config.write_text("")
    made = make_demo(tmp_path / "demo", history)
    (made / "findings.toml").write_text("x\n")
    commit_file(Repository.open(made), RepoPath("findings.toml"), "Review")
    assert GitRepo(made).git("log", "-1", "--format=%an <%ae>") == "Demo Reviewer <reviewer@example.com>\n"


def test_the_name_of_a_known_user_is_left_alone(history: Path, tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo", history)
    (made / "findings.toml").write_text("x\n")
    commit_file(Repository.open(made), RepoPath("findings.toml"), "Review")
    assert GitRepo(made).git("log", "-1", "--format=%an <%ae>") == "Ada Auditor <ada@example.org>\n"


def test_a_folder_that_is_not_empty_is_left_alone(history: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").write_text("mine")
    with pytest.raises(ReviewTuiError, match="taken is not empty: choose a new folder"):
        make_demo(tmp_path / "taken", history)
    with pytest.raises(ReviewTuiError, match="mine is a file: choose a new folder"):
        make_demo(tmp_path / "taken" / "mine", history)
    with pytest.raises(ReviewTuiError, match="below cannot be made: Not a directory"):
        make_demo(tmp_path / "taken" / "mine" / "below", history)
    assert list((tmp_path / "taken").iterdir()) == [tmp_path / "taken" / "mine"]


def test_an_empty_folder_is_taken_even_inside_another_repository(history: Path, tmp_path: Path) -> None:
    outer = GitRepo.create(tmp_path / "outer", {"a.py": "a"})
    (outer.root / "demo").mkdir()
    made = make_demo(outer.root / "demo", history)
    assert (len(GitRepo(made).log()), outer.log()) == (3, ["First"])


def test_a_patch_that_does_not_fit_leaves_nothing_behind(history: Path, tmp_path: Path) -> None:
    min(history.glob("*.patch")).unlink()
    with pytest.raises(GitError, match="git am failed"):
        make_demo(tmp_path / "demo", history)
    assert list((tmp_path / "demo").iterdir()) == []
    (tmp_path / "nothing").mkdir()
    with pytest.raises(GitError, match="the sample shop is not in this copy of the program"):
        make_demo(tmp_path / "demo", tmp_path / "nothing")


def test_the_shipped_shop_can_be_made(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo")
    assert GitRepo(made).status() == ""
    assert len(GitRepo(made).log()) > 3
