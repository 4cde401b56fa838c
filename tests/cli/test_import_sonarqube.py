"""`reviewtui import --sonarqube`: from a server into the repository, and the token nowhere but there."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewtui.importing import imports_of
from reviewtui.repo.repository import Repository
from tests.cli.conftest import Run
from tests.fetch.sonar_server import TOKEN, Odd, SonarServer, running
from tests.formats.reports.sonar import PROJECT, hotspot_of, issue_of, md5
from tests.gitrepo import GitRepo
from tests.terminal import Terminal


@pytest.fixture
def sonar(monkeypatch: pytest.MonkeyPatch) -> Iterator[SonarServer]:
    monkeypatch.setenv("SONAR_TOKEN", TOKEN)
    line = md5("subprocess.call('ls ' + name, shell=True)")
    server = SonarServer(
        issues=[issue_of("shop/db.py", 3, hash=line), issue_of("gone.py", 3, key="g", type="BUG")],
        hotspots=[hotspot_of("shop/quiet.py", 1)],
    )
    with running(server):
        yield server


def holds_the_token(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]


def test_a_project_is_taken_from_its_server(
    cli: Run, shop: GitRepo, sonar: SonarServer, tmp_path: Path, state_home: Path
) -> None:
    done = cli("import", "--repository", shop.root, "--sonarqube", sonar.address, "--project", PROJECT)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == (
        "sonarqube-com.acme-shop: 3 hits of SonarQube 10.4.1.88267, 1 to be looked at,"
        " 1 without a place in this repository"
    )
    assert "  note: SonarQube has 2 open issues: 1 BUG, 1 VULNERABILITY" in lines
    assert "  not placed: gone.py: no file of this repository is called so" in lines
    hits = imports_of(Repository.open(shop.root)).hits
    assert [(hit.path, hit.line, hit.is_question) for hit in hits] == [
        ("shop/db.py", 5, False),
        ("shop/quiet.py", 1, True),
        ("", 1, False),
    ]
    assert "SONAR_TOKEN" not in os.environ
    assert holds_the_token(tmp_path) == holds_the_token(state_home) == []
    assert shop.git("status", "--porcelain") == ""
    (known,) = json.loads(cli("import", "--repository", shop.root, "--format", "json").out)["imports"]
    assert (known["file"], known["format"]) == (sonar.address, "sonarqube")


def test_what_was_fetched_can_be_kept_and_taken_again(
    cli: Run, shop: GitRepo, sonar: SonarServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "answers.json"
    command = (
        "import",
        "--repository",
        shop.root,
        "--sonarqube",
        sonar.address,
        "--project",
        PROJECT,
        "--branch",
        "next",
    )
    done = cli(*command, "--save", kept)
    assert (done.status, done.err) == (0, f"Wrote {kept}\n")
    assert done.out.startswith("sonarqube-com.acme-shop-next: 3 hits")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    before = {hit.fingerprint for hit in imports_of(Repository.open(shop.root)).hits}
    assert cli("import", "--repository", shop.root, "--forget", "sonarqube-com.acme-shop-next").status == 0
    assert cli("import", "--repository", shop.root, kept).out.startswith("answers.json: 3 hits of SonarQube 10.4")
    assert {hit.fingerprint for hit in imports_of(Repository.open(shop.root)).hits} == before
    monkeypatch.setenv("SONAR_TOKEN", TOKEN)
    assert cli(*command, "--save", kept).status == 0
    kept.write_text("mine")
    monkeypatch.setenv("SONAR_TOKEN", TOKEN)
    done = cli(*command, "--save", kept)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"reviewtui: {kept} is no earlier answer of SonarQube: write somewhere else\n"
    assert kept.read_text() == "mine"


def test_whatever_goes_wrong_is_one_sentence_without_the_token(
    cli: Run, shop: GitRepo, sonar: SonarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def err(*arguments: object, token: str = TOKEN) -> str:
        monkeypatch.setenv("SONAR_TOKEN", token)
        done = cli("import", "--repository", shop.root, *arguments)
        assert (done.status, done.out) == (2, "")
        assert TOKEN not in done.err
        assert done.err.count("\n") == 1
        return done.err

    server = ("--sonarqube", sonar.address, "--project", PROJECT)
    assert "does not accept the token (401)" in err(*server, token=f"{TOKEN}x")
    odd = err("--sonarqube", sonar.address, "--project", "x\x1by\u202e")
    assert "shows no project 'x\u241by<U+202E>' to this user" in odd
    assert "https://HOST" in err("--sonarqube", "sonar", "--project", "x")
    assert "without user and password" in err("--sonarqube", "https://u:p@x", "--project", "x")
    assert "needs --project KEY" in err("--sonarqube", sonar.address)
    assert "--branch belongs to --sonarqube URL" in err("--branch", "x")
    assert "--save belongs to --sonarqube URL" in err("--save", "x", "report.json")
    assert "not both" in err("report.json", *server)
    assert "not both" in err(*server, "--branch", "a", "--pull-request", "1")
    echo = json.dumps({"errors": [{"msg": f"{TOKEN}\x1b[31m"}]}).encode()
    sonar.odd["/api/issues/search"] = [Odd(400, echo), Odd(400, echo)]
    assert "answered 400" in err(*server)
    assert imports_of(Repository.open(shop.root)).headers == ()


def test_without_a_token_and_a_terminal_it_asks_as_nobody(
    cli: Run, shop: GitRepo, sonar: SonarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SONAR_TOKEN")
    done = cli("import", "--repository", shop.root, "--sonarqube", sonar.address, "--project", PROJECT)
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith("wants to know who asks (401): put a token of yours into SONAR_TOKEN\n")


def test_the_token_is_asked_for_and_not_shown(
    shop: GitRepo, sonar: SonarServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SONAR_TOKEN")
    command = [sys.executable, "-P", "-m", "reviewtui", "import", "--repository", str(shop.root)]
    with Terminal(
        [*command, "--sonarqube", sonar.address, "--project", PROJECT], cwd=Path("/"), keep_raw=True
    ) as terminal:
        terminal.wait_for("Token for ")
        terminal.type(f"{TOKEN}\n")
        assert terminal.wait_exit() == 0
        terminal.settle()
        assert TOKEN.encode() not in terminal.raw
        assert b"3 hits of SonarQube" in terminal.raw
    assert f"Bearer {TOKEN}" in {asked.authorization for asked in sonar.asked}
