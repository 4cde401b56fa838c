"""The sample shop: its history gives its files, and its weaknesses are where the manifest says.

To change the shop: apply the patches in an empty repository (`git am --committer-date-is-author-date`), commit the
change there with a fixed date and one of the authors, copy the files over, and write the patches again with
`git format-patch --root --binary -M --zero-commit --no-signature`. Then move the lines in sample_manifest.toml.
"""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parent.parent / "sample_repo"
MANIFEST = Path(__file__).with_name("sample_manifest.toml")
HISTORY = ".history"
TOPICS = {
    "authentication",
    "session",
    "access-control",
    "input-handling",
    "error-handling",
    "secrets",
    "configuration",
    "dependencies",
}


@dataclass(frozen=True, slots=True)
class Planted:
    """A weakness or a good place of the manifest."""

    name: str
    file: str
    start: int
    end: int
    contains: str
    cwe: int = 0
    topic: str = ""
    item: str = ""
    bandit: tuple[str, ...] = ()
    nosec: bool = False
    beside: tuple[str, ...] = ()

    def covers(self, path: str, line: int) -> bool:
        return self.file == path and self.start <= line <= self.end

    def text(self) -> str:
        lines = (SAMPLE / self.file).read_text(encoding="utf-8").split("\n")
        return "\n".join(lines[self.start - 1 : self.end])


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the shop, as git tells it."""

    author: str
    date: str
    subject: str


class Shop:
    """The shop's history in a repository of its own, out of reach of the settings of whoever runs the tests."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "shop"
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LC_ALL": "C",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_COMMITTER_NAME": "reviewtui demo",
            "GIT_COMMITTER_EMAIL": "demo@reviewtui.example",
        }
        self.path.mkdir()
        self.git("init", "--quiet", "--template=", "--initial-branch=main")
        patches = sorted(str(patch) for patch in (SAMPLE / HISTORY).iterdir())
        self.git("am", "--quiet", "--committer-date-is-author-date", *patches)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.path, env=self._environment, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commits(self, *arguments: str) -> list[Commit]:
        told = self.git("log", "--reverse", "--format=%an <%ae>%x00%aI%x00%s", *arguments)
        return [Commit(*line.split("\0")) for line in told.splitlines()]

    def subjects_that_change(self, words: str) -> list[str]:
        return [commit.subject for commit in self.commits("-S" + words)]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, set[tuple[str, int, str]]]:
    """What Bandit itself reports, by whether it heeds nosec: path, line, rule."""
    folder = tmp_path_factory.mktemp("bandit")
    ini = folder / "empty.ini"
    ini.write_text("[bandit]\n", encoding="utf-8")
    command = [sys.executable, "-m", "bandit", "-q", "-f", "json", "--ini", str(ini), "-r", str(SAMPLE)]
    running = {
        heeds: subprocess.Popen(
            command if heeds else [*command, "--ignore-nosec"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for heeds in (True, False)
    }
    return {heeds: set(_hits(process.communicate()[0])) for heeds, process in running.items()}


def test_the_patches_give_exactly_the_files_of_the_sample(shop: Shop) -> None:
    assert _files(shop.path, without=".git") == _files(SAMPLE, without=HISTORY)
    assert shop.git("status", "--porcelain", "--ignored") == ""


def test_the_same_patches_give_the_same_commits(shop: Shop, tmp_path: Path) -> None:
    assert Shop(tmp_path).git("rev-parse", "HEAD") == shop.git("rev-parse", "HEAD")


def test_the_authors_are_made_up_and_their_dates_go_forward(shop: Shop) -> None:
    commits = shop.commits()
    assert 8 <= len(commits) <= 12
    assert [commit.date for commit in commits] == sorted(commit.date for commit in commits)
    assert commits[0].date.startswith("2019-")
    assert commits[-1].date.startswith("2024-")
    authors = {commit.author for commit in commits}
    assert len(authors) == 4
    assert [author for author in authors if not author.endswith((".example>", "example.com>"))] == []


def test_files_are_renamed_both_untouched_and_edited(shop: Shop) -> None:
    told = shop.git("log", "-M", "--format=", "--name-status", "--diff-filter=R")
    renames = {(old, new): int(score[1:]) for score, old, new in (line.split("\t") for line in told.splitlines())}
    assert renames["shop/csrf.py", "shop/util/csrf.py"] == 100
    assert 50 <= renames["shop/payment.py", "shop/orders/payments.py"] < 100
    assert 50 <= renames["config.py", "shop/settings.py"] < 100


def test_code_moves_between_files(shop: Shop) -> None:
    first = shop.git("rev-list", "--max-parents=0", "HEAD").strip()
    assert "def legacy_hash(password):" in shop.git("show", f"{first}:app.py")
    assert not (shop.path / "app.py").exists()
    blame = shop.git("blame", "-C", "-C", "--show-name", "-s", "shop/accounts/passwords.py")
    (definition,) = (line for line in blame.splitlines() if line.endswith(" def legacy_hash(password):"))
    assert definition.split()[1] == "app.py"


def test_the_history_tells_where_the_weaknesses_came_from(shop: Shop) -> None:
    assert shop.subjects_that_change('@admin_required\n@bp.route("/orders.csv")') == [
        "Move the order export to the office"
    ]
    assert shop.subjects_that_change("# nosec") == ["Run Bandit, and make it quieter"]
    assert shop.subjects_that_change("except Exception:") == ["Tidy up: helpers to util/, payment to orders/"]
    assert shop.subjects_that_change("Flask==1.1.1") == ["Pin all versions, add a Dockerfile"]
    assert shop.subjects_that_change("LIKE '%\" + term")[-1] == "Fix the search for names with a quote (SHOP-98)"


def test_each_place_holds_its_telling_word() -> None:
    planted = [*_planted("weakness"), *_planted("good")]
    assert [place.name for place in planted if place.contains not in place.text()] == []
    assert [
        place.name for place in planted if place.start < 1 or place.text().count("\n") != place.end - place.start
    ] == []


def test_good_places_are_not_weaknesses() -> None:
    weak = list(_planted("weakness"))
    mixed = [
        (good.name, weakness.name)
        for good in _planted("good")
        for weakness in weak
        if good.file == weakness.file and good.start <= weakness.end and weakness.start <= good.end
    ]
    assert mixed == []


def test_each_topic_has_a_weakness() -> None:
    assert {weakness.topic for weakness in _planted("weakness")} == TOPICS


def test_names_are_unique_and_references_lead_somewhere() -> None:
    names = [weakness.name for weakness in _planted("weakness")]
    assert len(names) == len(set(names))
    assert {name for good in _planted("good") for name in good.beside} <= set(names)
    sections = {"AUTH", "SESS", "ACC", "INP", "ERR", "SEC", "CFG", "DEP"}
    assert [w.name for w in _planted("weakness") if w.cwe < 1 or w.item.split("-")[0] not in sections] == []


def test_bandit_reports_what_the_manifest_says(scans: dict[bool, set[tuple[str, int, str]]]) -> None:
    for weakness in _planted("weakness"):
        found = {rule for path, line, rule in scans[not weakness.nosec] if weakness.covers(path, line)}
        assert (weakness.name, found) == (weakness.name, set(weakness.bandit))


def test_bandit_says_nothing_where_a_nosec_hides_the_weakness(scans: dict[bool, set[tuple[str, int, str]]]) -> None:
    hidden = [weakness for weakness in _planted("weakness") if weakness.nosec]
    assert [weakness.item for weakness in hidden] == ["INP-04"]
    assert [hit for hit in scans[True] for weakness in hidden if weakness.covers(hit[0], hit[1])] == []
    assert scans[True] < scans[False]


def _planted(kind: str) -> Iterator[Planted]:
    for entry in tomllib.loads(MANIFEST.read_text(encoding="utf-8"))[kind]:
        yield Planted(
            name=entry.get("id", entry["title"]),
            file=entry["file"],
            start=entry["start"],
            end=entry["end"],
            contains=entry["contains"],
            cwe=entry.get("cwe", 0),
            topic=entry.get("topic", ""),
            item=entry.get("item", ""),
            bandit=tuple(entry.get("bandit", ())),
            nosec=entry.get("nosec", False),
            beside=tuple(entry.get("beside", ())),
        )


def _hits(report: str) -> Iterator[tuple[str, int, str]]:
    told = json.loads(report)
    assert told["errors"] == []
    for hit in told["results"]:
        yield Path(hit["filename"]).relative_to(SAMPLE).as_posix(), hit["line_number"], hit["test_id"]


def _files(top: Path, *, without: str) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file() and path.relative_to(top).parts[0] != without and "__pycache__" not in path.parts
    }
