"""The way from a repository and databases to hits, blind spots and counts."""

import json
from pathlib import Path

import pytest

from reviewtui.auditing import advisories_folder, audit, cache_folder, kept_databases
from reviewtui.dependencies.checking import Outcome
from reviewtui.errors import AdvisoryError
from reviewtui.repo.repository import Repository
from tests.architecture.sources import ROOT
from tests.dependencies.samples import NOW, fixed, introduced, record, samples
from tests.dependencies.test_database import archive
from tests.gitrepo import GitRepo

FILES = {
    "requirements.txt": "Flask==1.1.1\nshop>=1.0\nother\nhttps://x.example/s.zip\n-r absent.txt\n",
    "api/requirements.txt": "flask==1.1.1\n",
    "venv/lib/python3/site-packages/x/requirements.txt": "flask==1.1.1\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    return Repository.open(GitRepo.create(tmp_path / "shop", FILES).root)


def test_the_sample_shop_shows_its_old_pins_without_any_database() -> None:
    found = audit(Repository.open(ROOT / "sample_repo"), now=NOW)
    assert found is not None
    places = {hit.line: hit.name for hit in found.hits}
    assert places == {
        2: "flask",
        3: "jinja2",
        4: "werkzeug",
        5: "pyjwt",
        6: "pyyaml",
        7: "requests",
        8: "urllib3",
        9: "idna",
    }
    assert {hit.path.rpartition("/")[2] for hit in found.hits} == {"requirements.txt"}
    assert all("has nothing against it, and is not complete" in spot.reason for spot in found.blind)
    (spot,) = found.blind
    assert spot.reason.startswith(
        "certifi (line 12), click (line 13), gunicorn (line 14), itsdangerous (line 15), MarkupSafe (line 16): "
    )
    assert found.of(Outcome.CLEAN) == ()


def test_a_repository_is_looked_up_in_the_databases_that_are_named(shop: Repository) -> None:
    found = audit(shop, [samples("osv", "pypa"), samples("osv", "ghsa")], now=NOW)
    assert found is not None
    assert [(hit.path, hit.line, hit.rule) for hit in found.hits] == [
        ("api/requirements.txt", 1, "PYSEC-2023-62"),
        ("requirements.txt", 1, "PYSEC-2023-62"),
    ]
    assert found.distinct == {("flask", "PYSEC-2023-62")}
    assert [source.said for source in found.sources][:2] == ["pypa of 2024-10-08", "ghsa of 2024-05-06"]
    assert found.problems == ()
    assert [(spot.path, spot.reason) for spot in found.blind] == [
        ("requirements.txt", "line 5: absent.txt, which this line includes, is not there or cannot be read"),
        (
            "requirements.txt",
            "shop (line 2): installed version unknown (>=1.0); nothing is known against the lowest allowed, 1.0",
        ),
        ("requirements.txt", "other (line 3): installed version unknown"),
        (
            "requirements.txt",
            "https://x.example/s.zip (line 4): a direct reference, whose version nobody says, "
            "which has no name to look up",
        ),
    ]


def test_without_a_name_the_databases_in_the_users_folder_are_taken(shop: Repository) -> None:
    folder = advisories_folder()
    folder.mkdir(parents=True)
    archive(folder / "pypi.zip", record(introduced("0"), fixed("2.0"), named="PYSEC-2024-77", name="shop"))
    (folder / ".leftover").write_text("x")
    (folder / "broken.zip").write_bytes(b"PK\3\4")
    assert [path.name for path in kept_databases()] == ["broken.zip", "pypi.zip"]
    found = audit(shop, now=NOW)
    assert found is not None
    assert [hit.rule for hit in found.hits if hit.name == "shop"] == ["lowest-version"]
    assert len(found.problems) == 1
    assert found.problems[0].endswith("broken.zip is a broken archive: File is not a zip file; fetch it again")
    (kept,) = cache_folder().iterdir()
    assert json.loads(kept.read_bytes())["records"] == 1


def test_a_named_database_that_is_none_is_an_error(shop: Repository) -> None:
    with pytest.raises(AdvisoryError, match="does not exist"):
        audit(shop, [shop.root / "absent"])


def test_only_what_was_asked_for_is_looked_up(shop: Repository) -> None:
    found = audit(Repository.open(shop.root / "api"), now=NOW)
    assert found is not None
    assert [hit.path for hit in found.hits] == ["api/requirements.txt"]
    assert [manifest.path for manifest in found.manifests] == ["api/requirements.txt"]


def test_a_stopped_look_gives_nothing(shop: Repository) -> None:
    for last in range(1, 12):
        asked: list[int] = []

        def stop(asked: list[int] = asked, last: int = last) -> bool:
            asked.append(1)
            return len(asked) >= last

        found = audit(shop, [samples("osv", "pypi-subset-osv-json.zip")], should_stop=stop, now=NOW)
        assert found is None


def test_a_constraint_is_the_place_of_the_version_that_it_decides(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "-c constraints.txt\nflask\njinja2==2.10.1\n",
        "constraints.txt": "flask==1.1.1\njinja2==2.10.1\n",
    }
    found = audit(Repository.open(GitRepo.create(tmp_path / "shop", files).root), now=NOW)
    assert found is not None
    assert {(hit.path, hit.line, hit.name) for hit in found.hits} == {
        ("constraints.txt", 1, "flask"),
        ("constraints.txt", 2, "jinja2"),
        ("requirements.txt", 3, "jinja2"),
    }
    (elsewhere,) = (check for check in found.checks if check.pinned)
    assert elsewhere.reason == "constraints.txt says which version in line 1: 1.1.1"
    assert found.blind == ()


def test_of_many_that_were_not_checked_some_are_named(tmp_path: Path) -> None:
    files = {"requirements.txt": "".join(f"p{number}\n" for number in range(30))}
    found = audit(Repository.open(GitRepo.create(tmp_path / "many", files).root), now=NOW)
    assert found is not None
    (spot,) = found.blind
    assert spot.reason.startswith("p0 (line 1), p1 (line 2), ")
    assert spot.reason.endswith(", p11 (line 12), 18 more: installed version unknown")


def test_scanning_again_changes_nothing(shop: Repository) -> None:
    first, second = audit(shop, now=NOW), audit(shop, now=NOW)
    assert first is not None
    assert first == second
    assert len({hit.fingerprint for hit in first.hits}) == len(first.hits)
