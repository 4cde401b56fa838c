"""`reviewtui advisories`: what there is, and a new database that replaces the old one whole or not at all."""

import json
from pathlib import Path

import pytest

from reviewtui.auditing import advisories_folder
from tests.cli.conftest import Run
from tests.dependencies.samples import fixed, introduced, record
from tests.dependencies.test_database import archive
from tests.fetch.server import closed_port, content, redirect, serving
from tests.gitrepo import GitRepo


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return archive(
        tmp_path / "all.zip",
        *(record(introduced("0"), fixed("1.2"), named=f"X-{number}", name=f"p{number}") for number in range(20)),
    )


@pytest.fixture(autouse=True)
def with_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does not work: what is asked of this machine does not go by it."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")


def names() -> list[str]:
    return sorted(path.name for path in advisories_folder().iterdir())


def test_without_any_it_says_how_to_get_one(cli: Run) -> None:
    done = cli("advisories")
    assert done.status == 0
    assert done.out.startswith("built-in set: ")
    assert done.err == f"No other database is in {advisories_folder()}: `reviewtui advisories update` fetches one.\n"
    assert not advisories_folder().exists()


def test_it_is_fetched_listed_and_used(cli: Run, whole: Path, tmp_path: Path) -> None:
    with serving({"/PyPI/all.zip": content(whole.read_bytes())}) as url:
        done = cli("advisories", "update", "--url", f"{url}/PyPI/all.zip")
    place = advisories_folder() / "pypi.zip"
    size = f"{whole.stat().st_size / 1_000_000:.1f} MB"
    line = (
        f"pypi.zip: 20 records of 20 packages, newest record of 2024-05-01, archive, {size}, {place}; "
        "not complete: what it does not know is not checked\n"
    )
    assert (done.status, done.out, done.err) == (0, line, "")
    assert names() == ["pypi.zip"]
    assert place.read_bytes() == whole.read_bytes()
    listed = cli("advisories")
    assert (listed.out.splitlines(keepends=True)[0], listed.err) == (line, "")
    value = json.loads(cli("advisories", "--format", "json").out)
    assert next((d["name"], d["records"], d["packages"]) for d in value["databases"]) == ("pypi.zip", 20, 20)
    repo = GitRepo.create(tmp_path / "shop", {"requirements.txt": "p7==1.0\n"})
    assert "requirements.txt:1: p7 1.0: 1 advisory; 1.2 has none that is known\n" in cli("deps", repo.root).out


def test_it_is_taken_from_a_file(cli: Run, whole: Path) -> None:
    done = cli("advisories", "update", "--from", whole, "--format", "json")
    assert (done.status, json.loads(done.out)["databases"][0]["records"]) == (0, 20)
    assert names() == ["pypi.zip"]
    assert whole.exists()


def test_whatever_goes_wrong_the_old_one_stays(cli: Run, whole: Path, tmp_path: Path) -> None:
    cli("advisories", "update", "--from", whole)
    place = advisories_folder() / "pypi.zip"
    before = place.read_bytes()
    few = archive(tmp_path / "few.zip", record(introduced("0")))
    foreign = archive(tmp_path / "foreign.zip", **{"a.json": b'{"id": "X-1", "affected": []}'})
    bad = {
        "/html": (
            content(b"<html>Sign in</html>"),
            "What came is no zip archive; the database that was there is as it was",
        ),
        "/half": (content(before[:500], length=len(before)), "broke off after 500 of"),
        "/cut": (content(before[:500]), "What came is a broken archive: File is not a zip file"),
        "/few": (
            content(few.read_bytes()),
            "What came has 1 records, and the database that is there 20: it was not taken",
        ),
        "/foreign": (
            content(foreign.read_bytes()),
            "What came is no database: no advisory for a Python package is in it",
        ),
        "/file": (redirect("file:///etc/passwd"), "is not allowed"),
        "/error": (content(b"", status=503), "answered 503"),
    }
    with serving({path: answer for path, (answer, _) in bad.items()}) as url:
        for path, (_, told) in bad.items():
            done = cli("advisories", "update", "--url", url + path)
            assert (done.status, done.out) == (2, ""), path
            assert told in done.err, path
    done = cli("advisories", "update", "--url", f"http://127.0.0.1:{closed_port()}/x")
    assert "Connection refused" in done.err
    assert "is no file: name the archive" in cli("advisories", "update", "--from", tmp_path).err
    assert place.read_bytes() == before
    assert names() == ["pypi.zip"]


def test_a_smaller_one_is_taken_once_the_old_one_is_gone(cli: Run, whole: Path, tmp_path: Path) -> None:
    cli("advisories", "update", "--from", whole)
    few = archive(tmp_path / "few.zip", record(introduced("0")))
    assert cli("advisories", "update", "--from", few).status == 2
    (advisories_folder() / "pypi.zip").unlink()
    assert cli("advisories", "update", "--from", few).status == 0


def test_a_broken_old_one_is_replaced(cli: Run, whole: Path) -> None:
    advisories_folder().mkdir(parents=True)
    (advisories_folder() / "pypi.zip").write_bytes(b"PK\3\4")
    assert "not usable: " in cli("advisories").out
    assert cli("advisories", "update", "--from", whole).status == 0
    assert "not usable: " not in cli("advisories").out


def test_a_folder_that_cannot_be_written_is_said(cli: Run, whole: Path) -> None:
    advisories_folder().parent.mkdir(parents=True)
    advisories_folder().write_text("")
    done = cli("advisories", "update", "--from", whole)
    assert done.status == 2
    assert "cannot be written: " in done.err


@pytest.mark.parametrize(
    "arguments", [["--url", "https://example.com/x"], ["list", "--from", "x"], ["update", "--from", "x", "--url", "y"]]
)
def test_options_that_do_not_belong_together_are_refused(cli: Run, arguments: list[str]) -> None:
    assert cli("advisories", *arguments).status == 2
