"""The small questions: yes or no, one line, a message, the message of a commit."""

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.screens.commit import CommitDialog
from reviewtui.tui.screens.confirm import Confirm
from reviewtui.tui.screens.fields import LongField
from reviewtui.tui.screens.line_prompt import LinePrompt
from reviewtui.tui.screens.message import MessageScreen
from reviewtui.tui.screens.reason import ReasonDialog
from tests.tui.host import Host, all_drawn, answers

HOSTILE = "[/x] [@click=app.quit]q[/] \x1b]0;t\x07 \u202e\x9b31m"
SHOWN = "[/x] [@click=app.quit]q[/] ␛]0;t␇ <U+202E><U+009B>31m"


def commit(message: str = "Review") -> CommitDialog:
    return CommitDialog([SafeText("2 findings added")], message, SafeText("findings.toml"))


def message() -> MessageScreen:
    choices = [("o", "Open read-only"), ("q", "Quit")]
    return MessageScreen("Broken", [SafeText(f"line {n}") for n in range(100)], choices)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["y"], True),
        (["Y"], True),
        (["n"], False),
        (["enter"], True),
        (["right", "enter"], False),
        (["tab", "tab", "enter"], True),
        (["escape"], None),
        (["ctrl+c"], None),
    ],
)
async def test_yes_or_no(keys: list[str], expected: bool | None) -> None:
    assert await answers(Confirm(SafeText("Delete it?")), *keys) == [expected]


async def test_a_dangerous_yes_is_not_what_enter_takes() -> None:
    assert await answers(Confirm(SafeText("Discard?"), "Discard", "Keep", default=False), "enter") == [False]


async def test_an_answer_can_be_clicked() -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("Answers", offset=(14, 0))

    assert await answers(Confirm(SafeText("Delete it?"), "Yes", "No"), before=click) == [False]


async def test_the_hints_can_be_clicked() -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("HintLine", offset=(3, 0))

    assert await answers(LinePrompt("Note", SafeText("a.py:1"), "kept"), before=click) == ["kept"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(["o"], "o"), (["q"], "q"), (["enter"], "o"), (["pagedown", "down", "enter"], "q"), (["escape"], None)],
)
async def test_a_message_gives_the_key_of_its_answer(keys: list[str], expected: str | None) -> None:
    assert await answers(message(), *keys, size=(80, 24)) == [expected]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["h", "i", "enter"], "old texthi"),
        (["enter"], "old text"),
        (["ctrl+u", "enter"], ""),
        (["ctrl+a", "ctrl+k", "space", "x", "enter"], " x"),
        (["escape"], None),
    ],
)
async def test_a_line_is_given_back_as_written(keys: list[str], expected: str | None) -> None:
    assert await answers(LinePrompt("Note", SafeText("a.py:1"), "old text"), *keys) == [expected]


async def test_an_untouched_line_comes_back_as_it_was_and_not_as_it_was_drawn() -> None:
    assert await answers(LinePrompt("Note", SafeText(""), HOSTILE), "enter") == [HOSTILE]


async def test_a_commit_message_may_have_several_lines() -> None:
    keys = ["ctrl+end", "enter", "m", "o", "r", "e", "ctrl+s"]
    dialog = commit()

    def to_the_end(_pilot: Pilot[None]) -> None:
        dialog.query_one(LongField).move_cursor((0, 6))

    assert await answers(dialog, *keys, before=to_the_end) == ["Review\nmore"]


async def test_an_empty_commit_message_is_refused_and_nothing_closes() -> None:
    dialog = commit("x")

    def told() -> None:
        assert dialog.query_one(LongField).has_class("-wrong")

    assert await answers(dialog, "delete", "ctrl+s", after=told) == []


async def test_a_changed_commit_message_is_not_lost_by_escape() -> None:
    assert await answers(commit(), "escape") == [None]
    assert await answers(commit(), "x", "escape") == []
    assert await answers(commit(), "x", "escape", "enter", "ctrl+s") == ["xReview"]
    assert await answers(commit(), "x", "escape", "escape", "ctrl+s") == ["xReview"]
    assert await answers(commit(), "x", "escape", "y") == [None]


@pytest.mark.parametrize(
    "screen",
    [
        lambda: Confirm(safe(HOSTILE), HOSTILE, HOSTILE),
        lambda: MessageScreen(HOSTILE, [safe(HOSTILE)], [("q", HOSTILE)]),
        lambda: LinePrompt(HOSTILE, safe(HOSTILE), HOSTILE, HOSTILE),
        lambda: CommitDialog([safe(HOSTILE)] * 9, HOSTILE, safe(HOSTILE)),
        lambda: ReasonDialog(safe(HOSTILE), safe(HOSTILE), [HOSTILE], text=HOSTILE, asks_owner=True, owner=HOSTILE),
    ],
)
async def test_hostile_text_is_drawn_as_it_stands(screen: "type[Screen[object]]") -> None:
    app = Host()
    async with app.run_test(size=(200, 40)) as pilot:
        await app.push_screen(screen())
        await pilot.pause()
        assert SHOWN in all_drawn(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 14)])
@pytest.mark.parametrize("make", [commit, message])
async def test_the_hints_stay_in_sight(make: "type[Screen[object]]", size: tuple[int, int]) -> None:
    app = Host()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(make())
        await pilot.pause()
        assert "Esc cancel" in all_drawn(app)
