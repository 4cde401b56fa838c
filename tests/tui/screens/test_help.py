"""The help: every action is in it, those of the pane come first, and Enter runs one."""

import pytest
from textual.pilot import Pilot

from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.actions import ACTIONS, LINES
from reviewtui.tui.key_check import usual
from reviewtui.tui.keymap import Keymap
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.screens.help import About, HelpRows, HelpScreen, help_rows
from tests.tui.host import Host, all_drawn, answers

SYMBOLS = ((SafeText("◆"), SafeText("a finding")), (safe("\x1b"), safe("[/x] hostile hit")))


@pytest.mark.parametrize("context", ["global", *LINES])
def test_every_action_is_there_once_with_its_keys(context: str) -> None:
    rows = help_rows(About(context, SYMBOLS, usual()), "")
    shown = sorted((row.action, row.keys, row.text) for row in rows if row.action)
    assert shown == sorted((action.name, Keymap().shown_keys(action.name), action.label) for action in ACTIONS)


def test_the_actions_of_the_pane_come_first() -> None:
    rows = [row.action for row in help_rows(About("tree", (), usual()), "") if row.action]
    here = [action.name for action in ACTIONS if "tree" in action.contexts]
    assert sorted(rows[: len(here)]) == sorted(here)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("false", ["false_positive", "false_positive_rule"]),
        ("]b", ["next_hit", "last_hit"]),
        ("]B", ["last_hit"]),
        ("half-down", ["half_down"]),
        ("reopen hit", ["reopen_hit", "reopen_rule"]),
        ("gC", ["commit"]),
        ("[/x", []),
    ],
)
def test_words_and_keys_find_actions(query: str, expected: list[str]) -> None:
    assert [row.action for row in help_rows(About("source", SYMBOLS, usual()), query) if row.action] == expected


def test_headings_stand_only_over_what_is_left() -> None:
    rows = help_rows(About("source", SYMBOLS, usual()), "hostile")
    assert [(row.keys, row.text) for row in rows] == [("", "Marks in the gutter"), ("␛", "[/x] hostile hit")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["enter"], "down"),
        (["down", "down", "up", "enter"], "up"),
        (["up", "enter"], "down"),
        ([*"false", "enter"], "false_positive"),
        ([*"hit", "enter"], "next_hit"),
        (["escape"], None),
        (["f1"], None),
    ],
)
async def test_keys_run_an_action(keys: list[str], expected: str | None) -> None:
    assert await answers(HelpScreen("source", SYMBOLS), *keys) == [expected]


async def test_a_remark_and_an_empty_result_cannot_be_run() -> None:
    asked = HelpScreen("source", SYMBOLS)

    def hostile(_pilot: Pilot[None]) -> None:
        asked.query_one(LineField).value = "hostile"

    assert await answers(asked, "enter", before=hostile) == []
    assert await answers(HelpScreen("source"), "~", "~", "enter", "down", "up", "pagedown", "enter") == []


async def test_a_click_runs_an_action() -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click(HelpRows, offset=(20, 2))

    assert await answers(HelpScreen("source"), before=click) == ["up"]


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_the_end_can_be_reached_by_keys_and_the_hints_stay(size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        asked = HelpScreen("source", SYMBOLS)
        await app.push_screen(asked)
        await pilot.pause()
        assert "Enter run" in all_drawn(app)
        rows = asked.query_one(HelpRows)
        for _ in range(40):
            asked.action_page(1)
        await pilot.pause()
        assert rows.cursor == rows.row_count - 1
        for _ in range(200):
            asked.action_walk(-1)
        await pilot.pause()
        assert (rows.cursor, rows.top) == (1, 0)


async def test_hostile_marks_are_drawn_as_they_stand() -> None:
    app = Host()
    async with app.run_test() as pilot:
        asked = HelpScreen("source", SYMBOLS)
        await app.push_screen(asked)
        asked.query_one(LineField).value = "hostile"
        await pilot.pause()
        assert "␛                 [/x] hostile" in all_drawn(app)
