"""`reviewtui deps`."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reviewtui.auditing import audit
from reviewtui.model.hit import Fingerprint
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.repo.repository import Repository
from tests.cli.conftest import Run, save
from tests.dependencies.samples import fixed, introduced, record, samples
from tests.dependencies.test_database import archive
from tests.formats.example import review
from tests.gitrepo import GitRepo

PINS = "Shop==1.0\nother==2.0  # fine\nrange>=1.0\nbare\n"


@pytest.fixture
def pinned(tmp_path: Path) -> GitRepo:
    return GitRepo.create(tmp_path / "pinned", {"requirements.txt": PINS})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A thousand packages nobody asks for, and two that are asked for."""
    records = [record(introduced("0"), named=f"X-{number}", name=f"p{number}") for number in range(1000)]
    shop = record(
        introduced("0"), fixed("1.2"), name="shop", aliases=["CVE-2024-1"], summary="It gives everything away"
    )
    more = record(
        introduced("0"), fixed("1.5"), named="PYSEC-2024-2", name="range", database_specific={"severity": "LOW"}
    )
    return archive(tmp_path / "all.zip", *records, shop, more)


def test_what_is_vulnerable_clean_and_not_checked_is_said(cli: Run, pinned: GitRepo, database: Path) -> None:
    done = cli("deps", pinned.root, "--advisories", database)
    assert (done.status, done.err) == (0, "")
    *told, archive_line, built_in = done.out.splitlines()
    assert told == [
        "requirements.txt:1: Shop 1.0: 1 advisory; 1.2 has none that is known",
        "  MEDIUM PYSEC-2024-1 (CVE-2024-1): It gives everything away; fixed in 1.2",
        "",
        "Version unknown, and the lowest that is allowed has advisories (1):",
        "  requirements.txt:3: range: installed version unknown (>=1.0); lowest allowed 1.0 would be affected by "
        "PYSEC-2024-2; 1.5 would have nothing that is known",
        "",
        "Not checked (1):",
        "  requirements.txt: bare (line 4): installed version unknown",
        "",
        "4 requirements in 1 manifest: 1 vulnerable, 1 clean, 2 not checked",
        "1 distinct advisory in 1 place: 1 medium",
        "Decisions: 2 undecided",
        "",
        "Databases:",
    ]
    assert archive_line.startswith("  all.zip: 1,002 records of 1,002 packages, newest record of 2024-05-01, archive, ")
    assert built_in.startswith("  built-in set: ")
    assert "not complete" not in archive_line


def test_clean_ones_are_listed_when_asked_for(cli: Run, pinned: GitRepo, database: Path) -> None:
    done = cli("deps", "--all", pinned.root, "--advisories", database)
    assert "\nClean (1):\n  requirements.txt:2: other 2.0 (in all.zip of 2024-05-01)\n" in done.out


def test_without_a_database_it_says_how_to_get_one(cli: Run, pinned: GitRepo) -> None:
    done = cli("deps", pinned.root)
    assert done.status == 0
    assert "0 vulnerable, 0 clean, 4 not checked" in done.out
    assert done.err == (
        "No database of advisories is here: `reviewtui advisories update` fetches one, --advisories names one.\n"
    )


def test_without_a_manifest_nothing_is_called_clean(cli: Run, shop: GitRepo, database: Path) -> None:
    done = cli("deps", shop.root, "--advisories", database)
    assert "Nothing was checked: there is no manifest here that names packages.\n" in done.out


def test_a_decided_advisory_is_counted_and_goes_stale_with_the_version(
    cli: Run, pinned: GitRepo, database: Path
) -> None:
    found = audit(Repository.open(pinned.root), [database])
    assert found is not None
    (hit,) = (hit for hit in found.hits if hit.name == "shop")
    from reviewtui.model.anchor import make_place

    verdict = replace(
        next(v for v in review().verdicts.values() if v.state is State.FALSE_POSITIVE),
        fingerprint=Fingerprint(hit.fingerprint),
        tool=hit.tool,
        rule=hit.rule,
        place=make_place(hit.path, hit.span, PINS.splitlines()),
    )
    save(pinned, Review(verdicts={verdict.fingerprint: verdict}))
    done = cli("deps", pinned.root, "--advisories", database)
    assert "PYSEC-2024-1" not in done.out
    assert "Decisions: 1 undecided, 1 false positive\n" in done.out
    assert "; fixed in 1.2 (false positive)\n" in cli("deps", "--all", pinned.root, "--advisories", database).out
    (pinned.root / "requirements.txt").write_text("# moved\n" + PINS)
    assert "Decisions: 1 undecided, 1 false positive\n" in cli("deps", pinned.root, "--advisories", database).out
    (pinned.root / "requirements.txt").write_text(PINS.replace("Shop==1.0", "Shop==1.1"))
    done = cli("deps", pinned.root, "--advisories", database)
    assert "; fixed in 1.2 (false positive, to be confirmed)\n" in done.out
    assert "Decisions: 2 undecided (1 of them decided earlier, to be confirmed)\n" in done.out


def test_what_was_not_checked_for_one_reason_is_said_once(cli: Run, database: Path, tmp_path: Path) -> None:
    text = "a\nb===x.y\nc\nd @ https://x.example/d.zip\n-r absent.txt\n"
    repo = GitRepo.create(tmp_path / "many", {"requirements.txt": text})
    done = cli("deps", repo.root, "--advisories", database)
    told = done.out.partition("Not checked (4):\n")[2].partition("\n\n")[0]
    assert told.splitlines() == [
        "  requirements.txt: a (line 1), c (line 3): installed version unknown",
        "  requirements.txt: b (line 2): 'x.y' is no version that can be compared",
        "  requirements.txt: d (line 4): a direct reference (https://x.example/d.zip), whose version nobody says",
        "  requirements.txt:5: absent.txt, which this line includes, is not there or cannot be read",
    ]


def test_json_says_all_of_it(cli: Run, pinned: GitRepo, database: Path) -> None:
    done = cli("deps", "--format", "json", pinned.root, "--advisories", database)
    assert (done.status, done.err) == (0, "")
    value = json.loads(done.out)
    assert (value["schema"], value["schema_version"], value["commit"]) == ("reviewtui-deps", 1, pinned.head())
    assert value["counts"] == {
        "vulnerable": 1,
        "clean": 1,
        "not_checked": 2,
        "distinct_advisories": 1,
        "undecided": 2,
    }
    assert next((d["name"], d["records"], d["is_complete"]) for d in value["databases"]) == ("all.zip", 1002, True)
    assert [(m["path"], m["format"], m["requirements"]) for m in value["manifests"]] == [
        ("requirements.txt", "requirements", 4)
    ]
    shop, other, asked, bare = value["requirements"]
    assert (shop["package"], shop["shown"], shop["version"], shop["outcome"], shop["fixed_by"]) == (
        "shop",
        "Shop",
        "1.0",
        "vulnerable",
        "1.2",
    )
    assert shop["advisories"] == [
        {
            "id": "PYSEC-2024-1",
            "aliases": ["CVE-2024-1"],
            "summary": "It gives everything away",
            "fix_versions": ["1.2"],
            "fixed_above": ["1.2"],
            "severity": None,
            "cvss": None,
            "score": None,
            "cwe": [],
            "known_in": ["all.zip"],
        }
    ]
    assert [hit["rule"] for hit in shop["hits"]] == ["PYSEC-2024-1"]
    assert (other["outcome"], other["databases"], other["advisories"]) == ("clean", ["all.zip of 2024-05-01"], [])
    assert (asked["outcome"], [hit["question"] for hit in asked["hits"]]) == ("not_checked", [True])
    assert (bare["reason"], bare["hits"]) == ("installed version unknown", [])


def test_the_answer_agrees_with_pip_audit(cli: Run, tmp_path: Path) -> None:
    answer = json.loads(samples("pip-audit", "pip-audit-2.10.1-osv-local.json").read_text(encoding="utf-8"))
    wanted = {package["name"]: package for package in answer["dependencies"]}
    text = "".join(f"{name}=={package['version']}\n" for name, package in wanted.items())
    repo = GitRepo.create(tmp_path / "audited", {"requirements.txt": text})
    # Without our own facts, which know more than that database did.
    done = cli("deps", "--format", "json", repo.root, "--advisories", samples("osv", "pypa"))
    found = {entry["package"]: entry for entry in json.loads(done.out)["requirements"]}
    assert found.keys() == wanted.keys()
    total = 0
    for name, package in wanted.items():
        ours = {
            (a["id"], tuple(a["fix_versions"]), frozenset(a["aliases"]))
            for a in found[name]["advisories"]
            if "pypa" in a["known_in"]
        }
        assert ours == {(v["id"], tuple(v["fix_versions"]), frozenset(v["aliases"])) for v in package["vulns"]}
        total += len(ours)
    assert total == 41


def test_a_hostile_manifest_and_database_draw_nothing(cli: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07"
    path = archive(tmp_path / "all.zip", record(introduced("0"), name="shop", summary=f"Bad {evil} [red]x[/]\nline"))
    repo = GitRepo.create(tmp_path / "evil", {"requirements.txt": f"shop==1.0 ; {evil}\nshop==1.0\n"})
    done = cli("deps", repo.root, "--advisories", path)
    assert done.status == 0
    assert "\x1b" not in done.out + done.err
    assert "  MEDIUM PYSEC-2024-1: Bad " in done.out


@pytest.mark.parametrize("name", ["absent", "all.txt"])
def test_what_is_no_database_is_an_error_that_says_what_to_do(
    cli: Run, pinned: GitRepo, tmp_path: Path, name: str
) -> None:
    (tmp_path / "all.txt").write_text("x")
    done = cli("deps", pinned.root, "--advisories", tmp_path / name)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"reviewtui: {tmp_path / name} ")
    assert ": name a folder, a" in done.err
