"""`reviewtui status`."""

import json
from pathlib import Path

from tests.cli.conftest import FINDINGS, Run
from tests.gitrepo import GitRepo


def test_a_review_is_counted(cli: Run, reviewed: GitRepo) -> None:
    done = cli("status", reviewed.root)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:12] == [
        f"shop, main at {reviewed.head()[:12]}",
        f"{FINDINGS}, changed since the last commit",
        "",
        "Findings",
        "  critical: 1 confirmed",
        "  high: 1 accepted risk",
        "  not rated: 1 open",
        "Remarks: 1 question",
        "Overdue: 1",
        "Accepted risks to be looked at again: 1",
        "Hits decided: 1 confirmed, 2 false positive, 1 accepted risk (`reviewtui scan` counts the undecided)",
        "Checklists",
    ]
    assert lines[-1] == "Files reviewed: 1 of 4, 2 changed since"


def test_the_json_says_the_same(cli: Run, reviewed: GitRepo) -> None:
    report = json.loads(cli("status", "--format", "json", reviewed.root).out)
    assert (report["schema"], report["schema_version"]) == ("reviewtui-status", 1)
    assert report["findings"] == {
        "critical": {"confirmed": 1},
        "high": {"accepted_risk": 1},
        "not_rated": {"open": 1},
    }
    assert report["findings_file"] == {"path": FINDINGS, "exists": True, "is_committed": False}
    assert report["coverage"] == {"files": 4, "reviewed": 1, "partly": 0, "changed": 2}
    assert (report["overdue"], report["expired"]) == (1, 1)


def test_a_review_that_nobody_has_begun_says_so(cli: Run, shop: GitRepo) -> None:
    done = cli("status", shop.root)
    assert done.status == 0
    assert done.out.splitlines()[1] == f"No review yet: there is no {FINDINGS}"
    assert not (shop.root / ".reviewtui").exists()


def test_a_plain_folder_has_a_status_too(cli: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.py").write_text("x = 1\n")
    done = cli("status", folder)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("plain, not in git\n")
    assert done.out.endswith("Files reviewed: 0 of 1\n")


def test_every_shipped_checklist_is_counted(cli: Run, shop: GitRepo) -> None:
    lists = json.loads(cli("status", "--format", "json", shop.root).out)["checklists"]
    assert {one["id"] for one in lists} >= {"authentication", "input-handling", "error-handling"}
    assert all(one["items"] > 5 and one["pass"] == one["fail"] == one["na"] == 0 for one in lists)


def test_the_findings_file_may_have_another_name(cli: Run, reviewed: GitRepo) -> None:
    (reviewed.root / FINDINGS).rename(reviewed.root / "audit.toml")
    done = cli("status", "--findings", "audit.toml", reviewed.root)
    assert done.out.splitlines()[1] == "audit.toml, changed since the last commit"
