"""`reviewtui import`: what comes in, what is kept, what is said of it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviewtui.importing import imports_of
from reviewtui.model.hit import NOWHERE
from reviewtui.repo.repository import Repository
from tests.cli.conftest import Run
from tests.gitrepo import GitRepo


def sarif(*results: Mapping[str, Any], tool: str = "Zap") -> str:
    """A report with these results."""
    run = {"tool": {"driver": {"name": tool, "version": "1.2"}}, "results": list(results)}
    return json.dumps({"version": "2.1.0", "runs": [run]})


def result(rule: str, uri: str, line: int, text: str = "There is something.") -> dict[str, Any]:
    """One result."""
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
    return {"ruleId": rule, "level": "error", "message": {"text": text}, "locations": [place]}


def places(root: Path) -> list[tuple[str, str, int]]:
    """Rule, path and line of every imported hit, as it is now."""
    return [(hit.rule, hit.path, hit.line) for hit in imports_of(Repository.open(root)).hits]


def test_a_report_is_taken_and_listed(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "shop/db.py", 5), result("Z2", "elsewhere/a.py", 3)))
    done = cli("import", "--repository", shop.root, report)
    assert (done.status, done.err) == (0, "")
    first, second = done.out.splitlines()
    assert first == "zap.sarif: 2 hits of Zap 1.2, 1 without a place in this repository"
    assert second.startswith("  not placed: elsewhere/a.py: ")
    assert places(shop.root) == [("Z1", "shop/db.py", 5), ("Z2", NOWHERE, 1)]
    assert cli("import", "--repository", shop.root).out.startswith("zap.sarif: 2 hits of Zap 1.2, imported ")
    (known,) = json.loads(cli("import", "--repository", shop.root, "--format", "json").out)["imports"]
    assert (known["name"], known["hits"], known["commit"]) == ("zap.sarif", 2, shop.head())
    assert shop.git("status", "--porcelain") == ""


def test_the_same_report_again_changes_nothing(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "shop/db.py", 5)))
    cli("import", "--repository", shop.root, report)
    before = imports_of(Repository.open(shop.root)).hits
    cli("import", "--repository", shop.root, report)
    assert imports_of(Repository.open(shop.root)).hits == before
    cli("import", "--repository", shop.root, "--as", "other", report)
    assert len(imports_of(Repository.open(shop.root)).hits) == 2


def test_hits_follow_their_code_and_say_when_it_is_gone(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "shop/db.py", 5), result("Z2", "shop/views.py", 5)))
    cli("import", "--repository", shop.root, report)
    file = shop.root / "shop/db.py"
    file.write_text("# a word\n# and another\n" + file.read_text())
    assert places(shop.root) == [("Z1", "shop/db.py", 7), ("Z2", "shop/views.py", 5)]
    before = imports_of(Repository.open(shop.root)).hits[0]
    file.write_text("nothing = 1\n")
    after = imports_of(Repository.open(shop.root)).hits[0]
    assert (after.fingerprint, after.path, after.line) == (before.fingerprint, "shop/db.py", 1)
    assert after.facts[0] == ("place", "line 5 when it was imported; that code is not in the file any more")
    file.unlink()
    gone = imports_of(Repository.open(shop.root)).hits[0]
    assert (gone.path, gone.facts[0]) == (NOWHERE, ("file", "shop/db.py:5, which is not in the repository any more"))


def test_a_report_is_forgotten_by_name(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "shop/db.py", 5)))
    cli("import", "--repository", shop.root, report)
    done = cli("import", "--repository", shop.root, "--forget", "other")
    assert (done.status, done.err) == (2, "reviewtui: Nothing was imported as 'other': there is zap.sarif\n")
    assert cli("import", "--repository", shop.root, "--forget", "zap.sarif").status == 0
    assert places(shop.root) == []


def test_what_is_no_report_is_refused_and_changes_nothing(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    good = tmp_path / "zap.sarif"
    good.write_text(sarif(result("Z1", "shop/db.py", 5)))
    cli("import", "--repository", shop.root, good)
    kept = places(shop.root)
    for content in (b"", b"{", b"[1, 2]", b'{"a": 1}', b"\xff\xfe\x00", b"[" * 200_000):
        bad = tmp_path / "bad" / "zap.sarif"
        bad.parent.mkdir(exist_ok=True)
        bad.write_bytes(content)
        done = cli("import", "--repository", shop.root, bad)
        assert (done.status, done.out) == (2, ""), content[:10]
        assert done.err.startswith("reviewtui: ")
        assert "Traceback" not in done.err
    missing = cli("import", "--repository", shop.root, tmp_path / "none.json")
    assert (missing.status, "No such file" in missing.err) == (2, True)
    assert places(shop.root) == kept


def test_nothing_of_a_report_is_obeyed_by_the_terminal(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    evil = "\x1b]0;x\x07\u202e"
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result(evil, evil + ".py", 5, evil), tool=evil))
    done = cli("import", "--repository", shop.root, report)
    assert done.status == 0
    assert not set("\x1b\x07\u202e") & set(done.out + done.err)


def test_the_report_of_the_review_has_imported_hits(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "shop/db.py", 5)))
    cli("import", "--repository", shop.root, report)
    out = cli("export", "json", "--scan", shop.root).out
    scan = json.loads(out)["scan"]
    assert [hit["rule"] for hit in scan["hits"] if hit["tool"] == "zap"] == ["Z1"]
    assert scan["imports"][0]["name"] == "zap.sarif"
    assert "### Reports of other tools" in cli("export", "markdown", "--scan", shop.root).out
