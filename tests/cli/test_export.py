"""`reviewtui export`: the same report on standard output and in a file, and what it refuses to write over."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FINDINGS, Run
from tests.gitrepo import GitRepo


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """2026-03-20 08:00 UTC."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773993600")


def test_the_report_names_the_finding_where_it_is_now(cli: Run, reviewed: GitRepo) -> None:
    path = reviewed.root / "shop" / "views.py"
    path.write_text("# a new line\n" + path.read_text())
    done = cli("export", "markdown", reviewed.root)
    assert (done.status, done.err) == (0, "")
    assert "### 1. SQL injection in the login\n" in done.out
    assert "[CWE-89](https://cwe.mitre.org/data/definitions/89.html)" in done.out
    assert "`shop/views.py:4-6`, sink, in `login`, at commit `0123456789ab`, now on lines 5-7:\n" in done.out
    assert f"| Commit | `{reviewed.head()}` (with changes that are not committed) |\n" in done.out
    assert "No scan was made for this report" in done.out


def test_the_report_names_the_file_that_the_lines_went_to(cli: Run, reviewed: GitRepo) -> None:
    (reviewed.root / "shop" / "views.py").rename(reviewed.root / "shop" / "pages`.py")
    done = cli("export", "markdown", reviewed.root)
    assert "at commit `0123456789ab`, now in ``shop/pages`.py`` on lines 4-6:\n" in done.out
    places = json.loads(cli("export", "json", reviewed.root).out)["findings"][0]["places"]
    assert places[0]["now"] == {
        "state": "moved",
        "path": "shop/pages`.py",
        "uri": "shop/pages%60.py",
        "start_line": 4,
        "end_line": 6,
        "confidence": 95,
        "reason": "the block went to another file",
    }


def test_the_findings_file_alone_makes_no_code_dirty(cli: Run, reviewed: GitRepo) -> None:
    assert "(nothing uncommitted)" in cli("export", "markdown", reviewed.root).out


def test_with_a_scan_the_report_has_undecided_hits_and_blind_spots(cli: Run, reviewed: GitRepo) -> None:
    done = cli("export", "markdown", "--scan", reviewed.root)
    assert "5 files were looked at, 5 hits were reported." in done.out
    assert "| shop/broken.py | bandit | " in done.out
    assert "| shop/quiet.py:1 | medium | bandit B307 |" in done.out
    assert "| bandit B602 | A command line is given to a shell | With `shell=True` the string is read by " in done.out
    report = json.loads(cli("export", "json", "--scan", reviewed.root).out)
    assert report["scan"]["files"] == 5
    assert "bandit" in report["versions"]


@pytest.mark.parametrize("kind", ["markdown", "json"])
def test_the_same_review_gives_the_same_bytes_everywhere(
    cli: Run, reviewed: GitRepo, tmp_path: Path, kind: str
) -> None:
    first = cli("export", kind, "--scan", reviewed.root)
    done = cli("export", kind, "--scan", reviewed.root, "-o", tmp_path / "report")
    assert (done.status, done.out, done.err) == (0, "", f"Wrote {tmp_path}/report\n")
    assert (tmp_path / "report").read_text(encoding="utf-8") == first.out


def test_an_earlier_report_is_replaced_and_anything_else_is_not(cli: Run, reviewed: GitRepo, tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    assert cli("export", "json", reviewed.root, "-o", target).status == 0
    assert cli("export", "markdown", reviewed.root, "-o", target).status == 0
    target.write_text("my own words\n")
    done = cli("export", "markdown", reviewed.root, "-o", target)
    assert (done.status, target.read_text()) == (2, "my own words\n")
    assert done.err == f"reviewtui: {target} is no earlier report: write somewhere else, or replace it with --force\n"
    assert cli("export", "markdown", reviewed.root, "-o", target, "--force").status == 0
    assert target.read_text().startswith("# Security review: shop\n")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".report")] == []


def test_a_link_of_the_reviewed_tree_leads_nowhere(cli: Run, reviewed: GitRepo, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (reviewed.root / "docs").symlink_to(private)
    (reviewed.root / "report.md").symlink_to(private / "key")
    for name in ("docs/report.md", "report.md"):
        done = cli("export", "markdown", reviewed.root, "-o", reviewed.root / name)
        assert (done.status, done.out) == (2, "")
        assert done.err.count("\n") == 1
    assert list(private.iterdir()) == []


def test_a_folder_that_is_missing_is_named(cli: Run, reviewed: GitRepo, tmp_path: Path) -> None:
    done = cli("export", "json", reviewed.root, "-o", tmp_path / "no" / "report.json")
    assert (done.status, done.err) == (
        2,
        f"reviewtui: {tmp_path}/no is no folder: make it first, or write somewhere else\n",
    )


def test_a_review_that_nobody_has_begun_is_said_beside_the_report(cli: Run, shop: GitRepo) -> None:
    done = cli("export", "markdown", shop.root)
    assert done.status == 0
    assert done.err.startswith(f"There is no {FINDINGS} yet")
    assert "No finding has been written down." in done.out


def test_a_time_that_is_no_number_is_said(cli: Run, reviewed: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    done = cli("export", "json", reviewed.root)
    assert (done.status, done.err) == (
        2,
        "reviewtui: SOURCE_DATE_EPOCH is 'yesterday': set it to seconds since 1970, or not at all\n",
    )


def test_a_plain_folder_has_a_report_too(cli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1\n")
    done = cli("export", "markdown", folder)
    assert "| Commit | none: the folder has no commit |\n" in done.out
