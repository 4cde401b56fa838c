"""The one-line choice: keys, letters, clicks, and what it looks like."""

import pytest
from textual.app import ComposeResult

from reviewtui.tui.widgets.choice import Choice, options_of
from tests.tui.host import Host, all_drawn

SEVERITIES = ("critical", "high", "medium", "low", "info")
HOSTILE = ("[/x]", "[@click=app.quit]q[/]", "\x1b]0;t\x07", "\u202e")


class Chooser(Host):
    """Shows one choice and keeps what it said."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice

    def compose(self) -> ComposeResult:
        """The choice alone."""
        yield self.choice

    def on_choice_changed(self, message: Choice.Changed) -> None:
        """Keep it."""
        assert message.control is self.choice
        self.answers.append(message.value)


async def chosen(choice: Choice, *keys: str) -> list[object]:
    app = Chooser(choice)
    async with app.run_test(size=(60, 3)) as pilot:
        choice.focus()
        await pilot.press(*keys)
        await pilot.pause()
    return app.answers


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["right"], ["low"]),
        (["right", "right", "right"], ["low", "info"]),
        (["left", "space", "end", "home"], ["high", "medium", "info", "critical"]),
        (["h", "h", "I", "z"], ["high", "info"]),
        (["delete", "backspace", "right"], ["", "critical"]),
        (["delete", "left"], ["", "info"]),
    ],
)
async def test_keys_choose(keys: list[str], expected: list[str]) -> None:
    assert await chosen(Choice(options_of(SEVERITIES), "medium"), *keys) == expected


async def test_a_choice_that_must_be_made_cannot_be_emptied() -> None:
    assert await chosen(Choice(options_of(SEVERITIES), "medium", may_be_empty=False), "delete") == []


async def test_the_same_letter_again_chooses_the_next_with_it() -> None:
    states = options_of(("open", "out_of_scope", "fixed"))
    assert await chosen(Choice(states, "open"), "o", "o", "f", "o") == ["out_of_scope", "open", "fixed", "open"]


async def test_a_value_that_is_no_option_is_none() -> None:
    choice = Choice(options_of(SEVERITIES), "terrible")
    choice.choose("worse")
    assert (choice.value, choice.is_chosen) == ("", False)


async def test_a_click_chooses_a_word() -> None:
    app = Chooser(Choice(options_of(SEVERITIES)))
    async with app.run_test(size=(60, 3)) as pilot:
        await pilot.click(Choice, offset=(13, 0))
        await pilot.click(Choice, offset=(55, 0))
    assert app.answers == ["high"]


async def test_the_chosen_word_is_told_without_colour() -> None:
    app = Chooser(Choice(options_of(SEVERITIES), "high"))
    async with app.run_test(size=(60, 3)) as pilot:
        await pilot.pause()
        assert " critical ▸high◂ medium  low  info" in all_drawn(app)


async def test_without_room_only_the_chosen_word_is_drawn() -> None:
    app = Chooser(Choice(options_of(SEVERITIES), "high"))
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        assert "‹▸high◂›" in all_drawn(app)
        await pilot.click(Choice, offset=(8, 0))
        await pilot.click(Choice, offset=(1, 0))
    assert app.answers == ["medium", "high"]


async def test_hostile_words_are_drawn_as_they_stand() -> None:
    app = Chooser(Choice(options_of(HOSTILE), HOSTILE[1]))
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.pause()
        assert " [/x] ▸[@click=app.quit]q[/]◂ ␛]0;t␇  <U+202E>" in all_drawn(app)
        await pilot.click(Choice, offset=(3, 0))
        assert app.is_running
    assert app.answers == ["[/x]"]
