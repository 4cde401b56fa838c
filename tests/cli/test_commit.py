"""`reviewtui commit`: exactly one file."""

from pathlib import Path

from tests.cli.conftest import FINDINGS, Run
from tests.gitrepo import GitRepo


def test_the_findings_file_and_nothing_else_is_committed(cli: Run, reviewed: GitRepo) -> None:
    reviewed.write({"shop/db.py": "x = 2\n", "staged.py": "x = 3\n"})
    reviewed.git("add", "staged.py")
    done = cli("commit", reviewed.root)
    assert (done.status, done.out) == (0, f"{reviewed.head()}\n")
    assert reviewed.git("show", "--name-only", "--format=", "HEAD").splitlines() == [FINDINGS]
    assert reviewed.status() == " M shop/db.py\nA  staged.py\n"
    assert reviewed.log()[0].startswith("Security review: 4 findings, 4 verdicts, 3 answers, 3 files reviewed")
    assert "+ critical finding (confirmed): SQL injection in the login" in done.err


def test_the_message_can_be_given(cli: Run, reviewed: GitRepo) -> None:
    assert cli("commit", "-m", "Review of March", reviewed.root).status == 0
    assert reviewed.log()[0] == "Review of March"


def test_nothing_to_commit_is_no_error(cli: Run, reviewed: GitRepo) -> None:
    cli("commit", reviewed.root)
    before = reviewed.head()
    done = cli("commit", reviewed.root)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"Nothing to commit: {FINDINGS} is as it was committed.\n"
    assert reviewed.head() == before


def test_a_review_that_nobody_has_begun_cannot_be_committed(cli: Run, shop: GitRepo) -> None:
    done = cli("commit", shop.root)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"reviewtui: There is no {FINDINGS} in {shop.root}: nothing was reviewed yet\n"


def test_no_hook_of_the_repository_runs(cli: Run, reviewed: GitRepo, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg", "reference-transaction"):
        hook = reviewed.root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho {name} >> '{canary}'\n")
        hook.chmod(0o755)
    assert cli("commit", reviewed.root).status == 0
    assert not canary.exists()


def test_a_plain_folder_says_what_is_missing(cli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    done = cli("commit", folder)
    assert (done.status, done.out) == (2, "")
    assert "git" in done.err
    assert done.err.count("\n") == 1
