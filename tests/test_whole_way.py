"""A whole review of the sample shop by keys alone, through a real pseudo-terminal: from opening it to the report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewtui.model.checklist import Result
from reviewtui.model.finding import Kind
from reviewtui.model.place import LineSpan
from reviewtui.model.state import State
from reviewtui.store.file import FindingsFile
from tests.terminal import Terminal

REVIEWTUI = (sys.executable, "-m", "reviewtui")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user with a name and nothing else."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Rita Reviewer\n\temail = rita@example.com\n")
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "EDITOR": "false"}


@pytest.fixture
def shop(tmp_path: Path, environment: dict[str, str]) -> Path:
    """A fresh copy of the sample shop."""
    target = tmp_path / "shop"
    command = [*REVIEWTUI, "demo", "--to", str(target), "--no-open"]
    subprocess.run(command, check=True, capture_output=True, cwd="/", env=os.environ | environment)
    return target


def git(root: Path, *args: str) -> str:
    """What git prints."""
    return subprocess.run(["git", "-C", str(root), *args], check=True, capture_output=True, text=True).stdout


def go_to_file(terminal: Terminal, name: str, line: str) -> None:
    """Open a file by a part of its name and wait for something in it."""
    terminal.press("f")
    terminal.wait_for("Open a file")
    terminal.type(name)
    terminal.press("<enter>")
    terminal.wait_gone("Open a file")
    terminal.wait_for(line)


def test_a_whole_review_by_keys_alone(shop: Path, environment: dict[str, str]) -> None:
    other = shop / "README.md"
    other.write_text(other.read_text() + "\nan edit of somebody else\n")
    git(shop, "add", "README.md")
    first_commit = git(shop, "rev-parse", "HEAD").strip()

    with Terminal([*REVIEWTUI, str(shop)], environment=environment) as terminal:
        terminal.wait_for("shop/")
        terminal.wait_for("50 undecided")
        terminal.wait_gone("scan ")

        # The SQL injection in the login: confirmed, with the form as it was filled in.
        go_to_file(terminal, "accounts/views", "ADDRESS_FIELDS")
        terminal.press("gg]b")
        terminal.wait_for("Line 31")
        terminal.press("tc")
        terminal.wait_for("Confirm B608")
        terminal.press("<ctrl+s>")
        terminal.wait_for("49 undecided")

        # A hit in the tests is none.
        go_to_file(terminal, "tests/test_shop", "unittest")
        terminal.press("gg]o")
        terminal.wait_for("B105")
        terminal.press("tf")
        terminal.wait_for("The tool misreads the code")
        terminal.press("4")
        terminal.wait_for("48 undecided")

        # The checklist: one item passes with evidence, the next fails.
        terminal.press("<ctrl+w>xggj<enter>")
        terminal.wait_for("AUTH-01")
        terminal.press(".")
        terminal.wait_for("kept as evidence")
        terminal.press("x")
        terminal.wait_for("Passes")
        terminal.press("1")
        terminal.wait_for("AUTH-01: pass")
        terminal.press("]c")
        terminal.wait_for("AUTH-02")
        terminal.press("X")
        terminal.wait_for("AUTH-02 fails")
        terminal.press("<ctrl+s>")
        terminal.wait_for("AUTH-02 fails:")

        # A finding on a selected range, in the reviewer's own words; then the file is done.
        go_to_file(terminal, "shop/settings", "SECRET_KEY")
        terminal.press("gg/SECRET_KEY<enter>Vj")
        terminal.wait_for("SELECT 2 lines")
        terminal.press("a")
        terminal.wait_for("Finding on shop/settings.py")
        terminal.type("The signing key is in the repository")
        terminal.press("<ctrl+s>")
        terminal.wait_for("is saved")
        terminal.press("<space>")
        terminal.wait_for("marked as reviewed")
        terminal.wait_for("1/51 reviewed")

        terminal.press("gC")
        terminal.wait_for("Security review")
        terminal.press("<ctrl+s>")
        terminal.wait_for("Committed")
        terminal.press("q")
        assert terminal.wait_exit() == 0

    check_commit(shop, first_commit)
    check_file(shop)
    check_report(shop, environment)


def check_commit(shop: Path, first_commit: str) -> None:
    """One commit, one file, the user's name; what was staged is staged still."""
    assert git(shop, "rev-parse", "HEAD~1").strip() == first_commit
    assert git(shop, "show", "--name-only", "--format=%an", "HEAD").split() == [
        "Rita",
        "Reviewer",
        ".reviewtui/findings.toml",
    ]
    assert git(shop, "status", "--porcelain") == "M  README.md\n"


def check_file(shop: Path) -> None:
    """The findings file holds all that was said."""
    review = FindingsFile(shop / ".reviewtui" / "findings.toml").load()
    by_title = {finding.title: finding for finding in review.findings.values()}
    assert len(by_title) == 3
    sql = next(finding for finding in by_title.values() if finding.cwe == (89,))
    assert sql.state is State.CONFIRMED
    assert sql.place is not None
    assert (sql.place.path, sql.place.span) == ("shop/accounts/views.py", LineSpan(31, 31))
    assert "SELECT id, username, password_hash FROM users" in sql.place.anchor.text
    own = by_title["The signing key is in the repository"]
    assert own.kind is Kind.FINDING
    assert own.place is not None
    assert own.place.span is not None
    assert own.place.span.count == 2
    assert own.place.anchor.text.split("\n")[0].startswith("SECRET_KEY")

    verdicts = {verdict.rule: verdict for verdict in review.verdicts.values()}
    assert verdicts["B608"].state is State.CONFIRMED
    assert verdicts["B608"].finding == sql.id
    assert (verdicts["B105"].state, verdicts["B105"].reason) == (State.FALSE_POSITIVE, "The tool misreads the code")

    passed, failed = review.answers["AUTH-01"], review.answers["AUTH-02"]
    assert passed.result is Result.PASS
    assert passed.evidence
    assert failed.result is Result.FAIL
    assert failed.findings[0] in review.findings
    assert [mark.path for mark in review.marks.values() if mark.covers_file] == ["shop/settings.py"]
    assert {f.author for f in review.findings.values()} == {"Rita Reviewer"}


def check_report(shop: Path, environment: dict[str, str]) -> None:
    """The Markdown names the SQL injection with its weakness, lines and code; the JSON is one."""

    def export(kind: str) -> str:
        done = subprocess.run(
            [*REVIEWTUI, "export", kind, str(shop)],
            check=True,
            capture_output=True,
            text=True,
            env=environment | {"PATH": "/usr/bin:/bin"},
            cwd="/",
        )
        return done.stdout

    report = export("markdown")
    assert "CWE-89" in report
    assert "shop/accounts/views.py:31" in report
    assert "SELECT id, username, password_hash FROM users" in report
    assert "AUTH-01" in report
    assert "The tool misreads the code" in report
    assert json.loads(export("json"))["findings"]


def test_a_review_is_there_again_when_the_program_is_killed(shop: Path, environment: dict[str, str]) -> None:
    with Terminal([*REVIEWTUI, str(shop)], environment=environment) as terminal:
        terminal.wait_for("undecided")
        go_to_file(terminal, "shop/settings", "SECRET_KEY")
        terminal.press("c")
        terminal.wait_for("Note")
        terminal.type("who rotates this key?")
        terminal.press("<enter>")
        terminal.wait_for("The note is saved")
    review = FindingsFile(shop / ".reviewtui" / "findings.toml").load()
    assert [(f.kind, f.title) for f in review.findings.values()] == [(Kind.NOTE, "who rotates this key?")]


def test_a_broken_findings_file_is_reported_with_its_line_and_left_alone(
    shop: Path, environment: dict[str, str]
) -> None:
    folder = shop / ".reviewtui"
    folder.mkdir()
    broken = "format = 1\n\n[[finding]]\nid = 7\n<<<<<<< ours\n"
    (folder / "findings.toml").write_text(broken)
    with Terminal([*REVIEWTUI, str(shop)], environment=environment) as terminal:
        terminal.wait_for("line 5")
        terminal.press("o")
        terminal.wait_gone("line 5")
        go_to_file(terminal, "shop/settings", "SECRET_KEY")
        terminal.press("<space>")
        terminal.wait_for("not open")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert (folder / "findings.toml").read_text() == broken
