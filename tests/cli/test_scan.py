"""`reviewtui scan`."""

import json
from dataclasses import replace
from pathlib import Path

from reviewtui.model.hit import Fingerprint
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.scan.pool import excluded
from tests.cli.conftest import Run, save
from tests.formats.example import review
from tests.gitrepo import GitRepo

SHELL = (
    "shop/db.py:5: HIGH B602 subprocess_popen_with_shell_equals_true: subprocess call with shell=True identified, "
    "security issue."
)


def test_hits_are_printed_by_file_and_line_with_what_was_not_seen(cli: Run, shop: GitRepo) -> None:
    done = cli("scan", shop.root)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("shop/db.py:1: LOW B404 import_subprocess: ")
    assert lines[1] == SHELL
    assert lines[2] == ""
    assert lines[3].startswith("shop/views.py:5: MEDIUM B608 hardcoded_sql_expressions: ")
    assert lines[4].startswith("shop/views.py:9: LOW B105 hardcoded_password_string: ")
    text = done.out.partition("\n\nSilenced")[2]
    assert text.startswith(" by a comment in the source (1):\n  shop/quiet.py:1: MEDIUM B307 ")
    assert "\nNot looked at (1):\n  shop/broken.py: " in done.out
    assert lines[-2:] == ["4 hits in 4 files: 1 high, 1 medium, 2 low", "Decisions: 5 undecided"]


def test_a_decided_hit_is_counted_and_shown_only_when_asked_for(cli: Run, shop: GitRepo) -> None:
    hits = json.loads(cli("scan", "--format", "json", shop.root).out)["hits"]
    (shell,) = (hit for hit in hits if hit["rule"] == "B602")
    verdict = replace(
        next(v for v in review().verdicts.values() if v.state is State.FALSE_POSITIVE),
        fingerprint=Fingerprint(shell["fingerprint"]),
    )
    save(shop, Review(verdicts={verdict.fingerprint: verdict}))
    done = cli("scan", shop.root)
    assert "B602" not in done.out
    assert done.out.endswith("Decisions: 4 undecided, 1 false positive\n")
    assert f"{SHELL} (false positive)\n" in cli("scan", "--all", shop.root).out


def test_the_json_has_hits_and_blind_spots(cli: Run, shop: GitRepo) -> None:
    report = json.loads(cli("scan", "--format", "json", shop.root).out)
    assert (report["schema"], report["schema_version"], report["project"]) == ("reviewtui-scan", 1, "shop")
    assert report["commit"] == shop.head()
    assert (report["files"], report["files_for_bandit"]) == (4, 3)
    assert report["counts"] == {
        "undecided": 4,
        "suppressed_undecided": 1,
        "to_be_confirmed": 0,
        "no_longer_reported": 0,
        "decided_and_not_looked_at": 0,
    }
    assert [(h["path"], h["line"], h["rule"], bool(h["suppressed"])) for h in report["hits"]] == [
        ("shop/db.py", 1, "B404", False),
        ("shop/db.py", 5, "B602", False),
        ("shop/quiet.py", 1, "B307", True),
        ("shop/views.py", 5, "B608", False),
        ("shop/views.py", 9, "B105", False),
    ]
    assert [spot["path"] for spot in report["blind_spots"]] == ["shop/broken.py"]


def test_nothing_to_look_at_is_not_told_as_nothing_found(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "readme.txt").write_text("no code\n")
    done = cli("scan", tmp_path / "plain")
    assert (done.status, done.out) == (
        0,
        "0 hits in 1 file\nBandit looked at none of them: there is no Python file here that it can read.\n"
        "Decisions: 0 undecided\n",
    )
    (tmp_path / "plain" / "readme.txt").unlink()
    assert cli("scan", tmp_path / "plain").out == "Nothing was looked at: there is no file here that can be read.\n"


def test_a_folder_or_a_file_can_be_scanned_alone(cli: Run, shop: GitRepo) -> None:
    shop.write({"other/x.py": "eval(input())\n"})
    assert cli("scan", shop.root / "other").out.startswith("other/x.py:1: MEDIUM B307 ")
    assert cli("scan", shop.root / "other" / "x.py").out.endswith("1 hit in 1 file: 1 medium\nDecisions: 1 undecided\n")


def test_what_is_left_out_or_not_followed_is_listed(cli: Run, tmp_path: Path) -> None:
    outside = tmp_path / "secret.py"
    outside.write_text("eval('outside')\n")
    repo = GitRepo.create(
        tmp_path / "tree", {"a.py": "x = 1\n", "node_modules/p/a.py": "eval(x)\n", "node_modules/p/b.py": "eval(x)\n"}
    )
    (repo.root / "link.py").symlink_to(outside)
    done = cli("scan", repo.root)
    why = excluded(RepoPath("node_modules/p/a.py"))
    assert done.out == (
        "Not looked at (2):\n"
        "  link.py: Not scanned: a symbolic link, which is never followed\n"
        f"  node_modules: {why} (2 Python files)\n"
        "\n"
        "0 hits in 1 file\n"
        "Decisions: 0 undecided\n"
    )


def test_hostile_names_stay_on_their_line(cli: Run, tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "tree", {"a\n\x1b[2J\u202eb.py": "eval(input())\n"})
    done = cli("scan", repo.root)
    assert done.out.splitlines()[:1] == [
        "a␊␛[2J<U+202E>b.py:1: HIGH T101 misleading_path: The name `a<U+000A><U+001B>[2J<U+202E>b.py` holds "
        "U+000A LINE FEED, U+001B ESCAPE, U+202E RIGHT-TO-LEFT OVERRIDE"
    ]
    assert done.out.splitlines()[1].startswith("a␊␛[2J<U+202E>b.py:1: MEDIUM B307 ")
    assert done.out.replace("\n", "").isprintable()


def test_settings_of_the_reviewed_tree_hide_nothing(cli: Run, shop: GitRepo) -> None:
    shop.write(
        {".bandit": "[bandit]\nskips = B602\nexclude = /shop\n", "pyproject.toml": "[tool.bandit]\nskips = ['B602']\n"}
    )
    assert SHELL in cli("scan", shop.root).out


def test_a_configuration_that_is_named_is_used_and_said(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    config = tmp_path / "bandit.yaml"
    config.write_text("skips: [B602, B404]\nexclude_dirs: [quiet]\n")
    shop.write({"pyproject.toml": "[tool.bandit]\nskips = ['B608']\n"})
    done = cli("scan", "--bandit-config", config, shop.root)
    assert "B602" not in done.out
    assert "B608" in done.out
    assert "  shop/quiet.py: Bandit's configuration excludes it\n" in done.out
    notes = [
        f"Bandit's configuration: {config}",
        "pyproject.toml would configure Bandit and is not used (--bandit-config FILE uses one)",
    ]
    assert all(f"\n{note}.\n" in done.out for note in notes)
    assert json.loads(cli("scan", "--format", "json", "--bandit-config", config, shop.root).out)["notes"] == notes
    report = cli("export", "markdown", "--scan", "--bandit-config", config, shop.root).out
    assert "Bandit's configuration excludes it" in report
    assert "would configure Bandit and is not used" in report
    used = cli("scan", "--bandit-config", shop.root / "pyproject.toml", shop.root).out
    assert "B608" not in used
    assert "is not used" not in used


def test_a_configuration_that_cannot_be_used_is_an_error(cli: Run, shop: GitRepo, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("skips: B602\n")
    done = cli("scan", "--bandit-config", tmp_path / "bad.yaml", shop.root)
    assert (done.status, done.out) == (2, "")
    assert "bad.yaml cannot be used as Bandit's configuration: skips is no list of texts" in done.err
    done = cli("scan", "--bandit-config", tmp_path / "gone.yaml", shop.root)
    assert (done.status, done.out) == (2, "")
    assert "gone.yaml cannot be read as Bandit's configuration: No such file" in done.err


def test_a_second_scan_prints_the_same_from_what_is_kept(cli: Run, shop: GitRepo, cache_home: Path) -> None:
    without = cli("scan", "--format", "json", "--no-cache", shop.root).out
    assert list(cache_home.iterdir()) == []
    first = cli("scan", "--format", "json", shop.root).out
    assert [path.name for path in cache_home.rglob("*") if path.is_file()] == ["scan-1.sqlite"]
    assert without == first == cli("scan", "--format", "json", shop.root).out
    shop.write({"shop/db.py": "x = 1\n"})
    assert "B602" not in cli("scan", shop.root).out


def test_folders_that_are_left_out_are_counted_whatever_is_in_them(cli: Run, tmp_path: Path) -> None:
    files = {f"node_modules/p/{number}.js": "x\n" for number in range(3)} | {"node_modules/a.py": "eval(x)\n"}
    repo = GitRepo.create(tmp_path / "tree", files | {"a.py": "x = 1\n", "static/app.min.js": "x\n"})
    (repo.root / "link.txt").symlink_to("a.py")
    report = json.loads(cli("scan", "--format", "json", repo.root).out)
    assert [(spot["path"], spot["reason"]) for spot in report["blind_spots"]] == [
        ("link.txt", "Not scanned: a symbolic link, which is never followed"),
        ("node_modules", "in 'node_modules', which holds installed packages (4 files, 1 of them Python)"),
        ("static/app.min.js", "minified: made from another file"),
    ]
