"""Places of findings in real repositories: what git knows is used, and what it does not know is done without."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.relocating import PlaceNow, located, places_now
from reviewtui.repo.repository import Repository
from reviewtui.text.source import blob_id
from tests.gitrepo import GitRepo, isolate
from tests.relocate.test_relocation import FUNCTION, ORDERS, OTHER, QUERY

NOW: Final = datetime(2024, 1, 1, tzinfo=UTC)
ORDERS_PY: Final = RepoPath("orders.py")


@pytest.fixture(autouse=True)
def user_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of their own."""
    return isolate(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture
def repo(tmp_path: Path) -> GitRepo:
    """A shop with one commit."""
    return GitRepo.create(tmp_path / "shop", {"orders.py": ORDERS, "settings.py": OTHER})


def query(commit: str, text: str = ORDERS, path: str = "orders.py") -> Place:
    """The query and its execution, as recorded from a text."""
    start = text[: text.index(QUERY)].count("\n") + 1
    span = LineSpan(start, start + 1)
    return make_place(RepoPath(path), span, text.splitlines(), commit=commit, blob=blob_id(text.encode()))


def finding(*places: Place, name: str = "a2b3c4d5") -> Finding:
    return Finding(FindingId(name), "T", places=places, author="Ada", created=NOW, updated=NOW)


def found(root: Path, place: Place, own: tuple[RepoPath, ...] = ()) -> Located:
    ((now,),) = located(Repository.open(root), [finding(place)], own).values()
    return now


def where(root: Path, place: Place) -> str:
    now = found(root, place)
    return f"{now.state.value} {now.of(place)}"


def test_nothing_is_asked_of_git_where_the_file_is_the_same(repo: GitRepo) -> None:
    place = query(repo.head())
    shutil.rmtree(repo.root / ".git" / "objects")
    assert found(repo.root, place) == Located(LineSpan(7, 8), PlaceState.EXACT, reason="the file is the same")


def test_what_was_edited_is_followed_by_the_old_version(repo: GitRepo) -> None:
    place = query(repo.head())
    # Neither text nor company of the lines is left, only what stands between them.
    edited = ORDERS.replace("query", "statement").replace("FROM orders", "FROM all_orders").replace("rows", "found")
    repo.commit("Edit", {"orders.py": "# New.\n" + edited})
    assert where(repo.root, place) == "edited orders.py:8-9"
    repo.write({"orders.py": "# Not committed.\n# New.\n" + edited})
    assert where(repo.root, place) == "edited orders.py:9-10"


def test_committed_staged_and_mere_renames_are_followed(repo: GitRepo) -> None:
    place = query(repo.head())
    whole = replace(place, span=None)
    (repo.root / "shop").mkdir()
    repo.git("mv", "orders.py", "shop/sales.py")
    assert where(repo.root, place) == "moved shop/sales.py:7-8"
    repo.commit("Move")
    assert where(repo.root, whole) == "moved shop/sales.py"
    repo.commit("Rewrite", {"shop/sales.py": OTHER + FUNCTION})
    assert where(repo.root, place) == "moved shop/sales.py:32-33"
    repo.git("mv", "shop/sales.py", "sales.py")
    assert where(repo.root, whole) == "moved sales.py"
    (repo.root / "sales.py").rename(repo.root / "sold.py")
    assert where(repo.root, place) == "moved sold.py:32-33"
    assert where(repo.root, whole) == "lost orders.py"


def test_a_function_that_went_to_a_file_that_git_has_not_seen_is_found_there(repo: GitRepo) -> None:
    place = query(repo.head())
    repo.write({"orders.py": ORDERS.replace(FUNCTION, ""), "queries.py": "import sqlite3\n\n\n" + FUNCTION})
    assert where(repo.root, place) == "moved queries.py:5-6"


def test_what_quotes_the_code_is_no_place_for_it(repo: GitRepo) -> None:
    place = query(repo.head())
    quoted = {"report.md": f"```\n{FUNCTION}```\n", "state/own.py": FUNCTION}
    repo.commit("Delete", {"orders.py": ORDERS.replace(FUNCTION, ""), **quoted})
    assert found(repo.root, place, (RepoPath("state/own.py"),)).state is PlaceState.LOST
    assert where(repo.root, place) == "moved state/own.py:2-3"


def test_uncommitted_lines_are_found_by_the_commit_that_they_were_based_on(repo: GitRepo) -> None:
    recorded = query(repo.head(), "# Not committed.\n" + ORDERS)
    assert recorded.span == LineSpan(8, 9)
    edited = ORDERS.replace("query", "statement").replace("FROM orders", "FROM all_orders").replace("rows", "found")
    repo.commit("Edit", {"orders.py": "# One.\n# Two.\n# Three.\n" + edited})
    assert where(repo.root, recorded) == "edited orders.py:10-11"


def test_a_shallow_clone_does_with_the_anchor_alone(repo: GitRepo, tmp_path: Path) -> None:
    place = query(repo.head())
    repo.commit("Shift", {"orders.py": "# New.\n" + ORDERS})
    repo.commit("Again", {"orders.py": "# New.\n# And more.\n" + ORDERS})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "clone"))
    assert where(tmp_path / "clone", place) == "moved orders.py:9-10"


@pytest.mark.parametrize("commit", ["", "f" * 40, "--output=x", "HEAD\0", "\u20ac\n"])
def test_a_commit_that_is_none_is_done_without(repo: GitRepo, commit: str) -> None:
    place = query(commit)
    anchor = replace(place.anchor, blob="e" * 40)
    repo.commit("Move", {"orders.py": ORDERS.replace(FUNCTION, ""), "queries.py": FUNCTION})
    assert where(repo.root, replace(place, anchor=anchor)) == "moved queries.py:2-3"


def test_an_anchor_that_names_something_else_in_git_is_not_believed(repo: GitRepo) -> None:
    place = query(repo.head())
    repo.commit("Shift", {"orders.py": "# New.\n" + ORDERS})
    for other in (blob_id(OTHER.encode()), repo.git("rev-parse", "HEAD^{tree}").strip(), repo.head()):
        mixed = replace(place, anchor=replace(place.anchor, blob=other))
        assert where(repo.root, mixed) == "moved orders.py:8-9"


def test_another_branch_is_compared_as_a_whole(repo: GitRepo) -> None:
    repo.git("checkout", "-q", "-b", "side")
    place = query(repo.commit("On a branch", {"orders.py": "# Side.\n" + ORDERS}), "# Side.\n" + ORDERS)
    repo.git("checkout", "-q", "main")
    repo.git("mv", "orders.py", "sales.py")
    repo.commit("Move")
    assert where(repo.root, place) == "moved sales.py:7-8"
    assert where(repo.root, replace(place, span=None)) == "moved sales.py"


def test_a_plain_folder_is_enough(tmp_path: Path) -> None:
    (tmp_path / "queries.py").write_text(FUNCTION, encoding="utf-8")
    (tmp_path / "orders.py").write_text(ORDERS.replace(FUNCTION, ""), encoding="utf-8")
    assert where(tmp_path, query("")) == "moved queries.py:2-3"


def test_a_git_that_refuses_costs_only_what_it_knew(repo: GitRepo) -> None:
    place = query(repo.head())
    repo.write({"orders.py": "# New.\n" + ORDERS})
    (repo.root / ".git" / "config").write_text("[broken", encoding="utf-8")
    assert where(repo.root, place) == "moved orders.py:8-9"


def test_a_file_that_cannot_be_read_is_said(repo: GitRepo) -> None:
    place = query(repo.head())
    (repo.root / "orders.py").unlink()
    (repo.root / "orders.py").symlink_to("settings.py")
    (entry,) = places_now(Repository.open(repo.root), [finding(place)])
    assert (entry.now.state, entry.is_sure, entry.there) == (PlaceState.LOST, False, place)
    assert "link" in entry.problem
    (whole,) = places_now(Repository.open(repo.root), [finding(replace(place, span=None))])
    assert (whole.now.state, whole.problem) == (PlaceState.LOST, entry.problem)


def test_every_place_of_every_finding_comes_with_its_number(repo: GitRepo) -> None:
    first = query(repo.head())
    second = Place(RepoPath("settings.py"), None)
    third = make_place(RepoPath("settings.py"), LineSpan(3, 3), OTHER.splitlines(), blob=blob_id(OTHER.encode()))
    findings = [finding(second, first), finding(third, name="e6f7g8h9"), finding(name="i2j3k4m5")]
    same = "the file is the same"
    orders, settings = blob_id(ORDERS.encode()), blob_id(OTHER.encode())
    assert list(places_now(Repository.open(repo.root), findings)) == [
        PlaceNow(findings[0].id, 1, first, Located(LineSpan(7, 8), PlaceState.EXACT, reason=same), "", orders),
        PlaceNow(findings[0].id, 0, second, Located(None, PlaceState.EXACT, reason="the file is there"), "", settings),
        PlaceNow(findings[1].id, 0, third, Located(LineSpan(3, 3), PlaceState.EXACT, reason=same), "", settings),
    ]
    states = located(Repository.open(repo.root), findings)
    assert {key: [now.span for now in places] for key, places in states.items()} == {
        findings[0].id: [None, LineSpan(7, 8)],
        findings[1].id: [LineSpan(3, 3)],
        findings[2].id: [],
    }


def test_who_is_told_to_stop_gets_no_more(repo: GitRepo) -> None:
    place = query(repo.head())
    asked: list[None] = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) > 3

    repo.write({"orders.py": "# New.\n" + ORDERS})
    many = finding(*(replace(place, note=str(number)) for number in range(50)))
    assert len(list(places_now(Repository.open(repo.root), [many], (), stop))) < 3


def test_a_binary_and_an_old_version_that_is_too_large_are_no_texts(repo: GitRepo) -> None:
    large = ORDERS + "# filler that is long enough to be too much\n" * 100_000
    place = query(repo.commit("Large", {"orders.py": large}), large)
    repo.commit("Small", {"orders.py": "# New.\n" + ORDERS})
    assert where(repo.root, place) == "moved orders.py:8-9"
    repo.write({"orders.py": b"\0\1\2" * 500})
    assert where(repo.root, place) == "lost orders.py:7-8"
