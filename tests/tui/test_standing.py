"""Decisions on the screen whose code went elsewhere, was edited or is gone: shown, walked, confirmed, taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from tests.cli.conftest import save
from tests.gitrepo import isolate
from tests.standing.conftest import SHOP
from tests.standing.world import World
from tests.tui.opened import Opened, opened

EDITED = SHOP.replace("eval(name)", "eval(name, {})").replace('password = "hunter2"', "password = name")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Three decided hits; since then one line was edited, one hit has gone, and the file has another name."""
    isolate(monkeypatch, tmp_path / "home")
    world = World.of(tmp_path / "shop", {"a.py": SHOP}, git=True)
    assert world.git is not None
    world.decide_all("because it is [so]")
    save(world.git, world.review)
    world.write({"a.py": EDITED})
    world.git.git("mv", "a.py", "b.py")
    return world


@pytest.fixture
async def shop(world: World) -> AsyncIterator[Opened]:
    """The program on it, when all is made out."""
    async with opened(world.root, (120, 44)) as program:
        await program.until(lambda: len(program.screen.desk.stale) == 1, "what is stale")
        yield program


def _verdicts(program: Opened) -> dict[str, Verdict]:
    assert program.screen.session
    return {str(v.place): v for v in program.screen.session.review.verdicts.values()}


async def test_a_stale_decision_is_open_and_shows_then_and_now(shop: Opened) -> None:
    assert (shop.screen.desk.undecided, len(shop.screen.desk.standings.gone)) == (1, 1)
    await shop.press("]", "o")
    assert shop.place == ("b.py", 15)
    text = shop.text
    assert "1 undecided" in text
    assert "1 stale" in text
    assert "15 ≠" in text
    assert "8 ✓" in text
    assert "≠ was decided as false positive by Rita, 2024-05-01: because it is [so] a.py:15" in text
    assert "The code has changed since; it stood at a.py:15" in text
    assert "- found = eval(name)" in text
    assert "+ found = eval(name, {})" in text
    assert "tk still holds   to take it back" in text
    await shop.press("8", "G")
    assert "moved with its code from a.py:8" in shop.text


async def test_a_decision_is_confirmed_and_that_is_undone_as_one(shop: Opened) -> None:
    before = _verdicts(shop)
    await shop.press("]", "o", "t", "k")
    assert shop.said == "B307: still false positive · none left to be confirmed"
    assert (shop.screen.desk.undecided, shop.screen.desk.stale) == (0, ())
    after = _verdicts(shop)
    assert sorted(after) == ["a.py:14", "a.py:8", "b.py:15"]
    kept, old = after["b.py:15"], before["a.py:15"]
    assert (kept.state, kept.reason, kept.by, kept.place.anchor.text) == (
        State.FALSE_POSITIVE,
        old.reason,
        "Rita",
        "    found = eval(name, {})",
    )
    assert [(e.field, e.old, e.new, e.reason) for e in kept.history] == [
        ("state", "", "false_positive", old.reason),
        ("place", "a.py:15", "b.py:15", "confirmed on changed code"),
    ]
    await shop.press("u")
    assert _verdicts(shop) == before
    assert (shop.screen.desk.undecided, len(shop.screen.desk.stale)) == (1, 1)
    await shop.press("8", "G", "t", "k")
    assert shop.said == "No decision waits here to be confirmed"


async def test_all_stale_decisions_of_a_file_are_confirmed_at_once_after_a_question(shop: Opened, world: World) -> None:
    await shop.press("]", "o")
    world.write({"b.py": EDITED.replace("eval(user.formula)", "eval(user.formula, {})")})
    shop.screen.look_again()
    await shop.until(lambda: len(shop.screen.desk.stale) == 2, "the second stale decision")
    before = _verdicts(shop)
    await shop.press("t", "K")
    assert "Confirm 2 decisions made on other code in b.py: 2 × B307" in shop.text
    await shop.press("enter")
    assert (_verdicts(shop), len(shop.screen.desk.stale)) == (before, 2)
    await shop.press("t", "K", "y")
    assert shop.said == "2 decisions confirmed · none left to be confirmed"
    assert (sorted(_verdicts(shop)), shop.screen.desk.undecided) == (["a.py:14", "b.py:15", "b.py:8"], 0)
    await shop.press("u")
    assert (_verdicts(shop), len(shop.screen.desk.stale)) == (before, 2)


async def test_a_stale_decision_is_taken_back_or_made_anew(shop: Opened) -> None:
    await shop.press("]", "o", "t", "o")
    assert shop.said == "B307 is open again"
    assert (shop.screen.desk.undecided, shop.screen.desk.stale) == (1, ())
    assert {str(v.place): v.state for v in _verdicts(shop).values()} == {
        "a.py:8": State.FALSE_POSITIVE,
        "a.py:14": State.FALSE_POSITIVE,
        "b.py:15": State.OPEN,
    }
    await shop.press("t", "s", "enter")
    (new,) = [v for v in _verdicts(shop).values() if v.state is State.OUT_OF_SCOPE]
    assert [entry.new for entry in new.history] == ["false_positive", "b.py:15", "open"]


async def test_the_list_tells_stale_from_decided(shop: Opened) -> None:
    await shop.press("ctrl+w", "b")
    rows = [line.strip(" │▌") for line in shop.text.split("\n") if "B307" in line and "b.py" in line]
    assert any("b.py:15" in row and "≠ false positive?" in row for row in rows), rows
    assert any("b.py:8" in row and "✓ B307" in row for row in rows), rows


async def test_decisions_whose_hit_is_gone_are_listed(shop: Opened) -> None:
    await shop.press("t", "g")
    text = shop.text
    assert "Decisions without a hit: 1 gone, 0 not looked at" in text
    assert "a.py:14  B105  false positive" in text
    assert "gone · Rita, 2024-05-01: because it is [so] a.py:14" in text
    await shop.press("enter")
    assert shop.said == 'a.py is gone. There stood: password = "hunter2"'


async def test_an_edit_beside_the_program_makes_a_decision_stale_and_taking_it_back_makes_it_hold(
    shop: Opened, world: World
) -> None:
    await shop.press("]", "o", "t", "k")
    await shop.until(lambda: shop.screen.scanning.state == "done", "the end of the scan")
    world.write({"b.py": EDITED.replace("eval(user.formula)", "eval(user.formula, {})")})
    shop.screen.look_again()
    await shop.until(lambda: [c.hit.line for c in shop.screen.desk.stale] == [8], "the stale decision")
    assert shop.screen.desk.undecided == 1
    world.write({"b.py": EDITED})
    shop.screen.look_again()
    await shop.until(lambda: not shop.screen.desk.stale and not shop.screen.desk.undecided, "the decision that holds")


async def test_a_twin_above_is_open_and_deciding_it_leaves_the_other_decision(shop: Opened, world: World) -> None:
    await shop.press("]", "o")
    twin = "def new(user):\n    total = eval(user.formula)\n    return total\n\n\n"
    world.write({"b.py": EDITED.replace("def orders", twin + "def orders")})
    shop.screen.look_again()
    await shop.until(lambda: shop.screen.desk.undecided == 2, "the new hit")
    await shop.press("6", "G", "t", "s", "enter")
    assert {(v.place.path, v.place.span.start if v.place.span else 0): v.state for v in _verdicts(shop).values()} == {
        ("b.py", 6): State.OUT_OF_SCOPE,
        ("a.py", 8): State.FALSE_POSITIVE,
        ("a.py", 14): State.FALSE_POSITIVE,
        ("a.py", 15): State.FALSE_POSITIVE,
    }
    assert shop.screen.desk.undecided == 1
