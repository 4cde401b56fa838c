"""Commands tell decisions that hold from those that have to be confirmed, and from those whose hit is gone."""

import json
from pathlib import Path
from typing import Final

import pytest

from tests.cli.conftest import Run, save
from tests.standing.conftest import SHOP
from tests.standing.world import World

EDITED: Final = SHOP.replace("eval(name)", "eval(name, {})").replace('password = "hunter2"', "password = name")


@pytest.fixture
def edited(tmp_path: Path, cli: Run) -> World:
    """Three decided hits; since then one line was edited, one hit has gone, and the file has another name."""
    world = World.of(tmp_path / "shop", {"a.py": SHOP}, git=True)
    assert world.git is not None
    world.decide_all("because |it| *is*")
    save(world.git, world.review)
    world.write({"a.py": EDITED})
    world.git.git("mv", "a.py", "b.py")
    return world


def test_a_scan_says_what_has_to_be_confirmed_and_what_is_gone(cli: Run, edited: World) -> None:
    done = cli("scan", edited.root)
    assert done.out == (
        "b.py:15: MEDIUM B307 eval: Use of possibly insecure function - consider using safer ast.literal_eval. "
        "(false positive, to be confirmed)\n\n"
        "2 hits in 2 files: 2 medium\n"
        "Decisions: 1 undecided (1 of them decided earlier, to be confirmed), 1 false positive\n"
        "Decided earlier and not reported any more: 1\n"
    )
    report = json.loads(cli("scan", "--format", "json", edited.root).out)
    assert [(h["line"], h["decision"], h["decision_match"]) for h in report["hits"]] == [
        (8, "false_positive", "moved"),
        (15, "false_positive", "stale"),
    ]
    assert report["counts"] == {
        "undecided": 1,
        "suppressed_undecided": 0,
        "false_positive": 1,
        "to_be_confirmed": 1,
        "no_longer_reported": 1,
        "decided_and_not_looked_at": 0,
    }


def test_what_cannot_be_read_any_more_is_not_gone(cli: Run, edited: World) -> None:
    edited.write({"b.py": SHOP + "def (:\n"})
    assert cli("scan", edited.root).out.endswith("Decided earlier and not looked at now: 3\n")


def test_reports_say_it_beside_the_decision(cli: Run, edited: World) -> None:
    text = cli("export", "markdown", "--scan", edited.root).out
    assert "| of the undecided, decided earlier and to be confirmed | 1 |" in text
    assert "Rita, 2024-05-01 (**to be confirmed** at b.py:15)" in text
    assert "Rita, 2024-05-01 (not reported any more)" in text
    report = json.loads(cli("export", "json", "--scan", edited.root).out)
    assert (report["scan"]["counts"]["to_be_confirmed"], report["scan"]["counts"]["no_longer_reported"]) == (1, 1)
