"""Asking why: picked by a digit or written, with owner and date where a risk is accepted."""

from datetime import date

import pytest
from textual.pilot import Pilot

from reviewtui.text.safe import SafeText
from reviewtui.tui.screens.reason import Reason, ReasonDialog
from tests.tui.host import answers

TODAY = date(2026, 3, 1)
PICKS = ("The value is a constant", "Checked before [/x]\x1b", "Test code")


def dialog(text: str = "") -> ReasonDialog:
    return ReasonDialog(SafeText("False positive"), SafeText("B608 a.py:1"), PICKS, text=text)


def accept(owner: str = "", review_by: date | None = None) -> ReasonDialog:
    return ReasonDialog(
        SafeText("Accept the risk"),
        SafeText(""),
        PICKS,
        asks_owner=True,
        owner=owner,
        review_by=review_by,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["1"], Reason(PICKS[0])),
        (["enter"], Reason(PICKS[0])),
        (["3"], Reason(PICKS[2])),
        (["n", "o", "space", "1", "enter"], Reason("no 1")),
        (["down", "down", "down", "enter"], Reason(PICKS[2])),
        (["down", "!", "enter"], Reason("The value is a constant!")),
        (["space", "enter"], Reason(PICKS[0])),
        (["escape"], None),
    ],
)
async def test_a_reason_is_picked_or_written(keys: list[str], expected: Reason | None) -> None:
    assert await answers(dialog(), *keys) == [expected]


async def test_a_pick_is_given_as_it_is_and_not_as_it_is_drawn() -> None:
    assert await answers(dialog(), "2") == [Reason("Checked before [/x]\x1b")]
    assert await answers(dialog(), "down", "down", "enter") == [Reason("Checked before [/x]\x1b")]


async def test_a_digit_without_a_pick_is_text() -> None:
    assert await answers(dialog(), "9", "enter") == [Reason("9")]


async def test_what_was_written_comes_back_after_a_walk_through_the_picks() -> None:
    assert await answers(dialog(), "m", "e", "down", "down", "up", "up", "enter") == [Reason("me")]


async def test_a_digit_in_a_written_reason_is_text() -> None:
    assert await answers(dialog("CVE-"), "2", "enter") == [Reason("CVE-2")]


async def test_a_reason_without_picks_is_required() -> None:
    bare = ReasonDialog(SafeText("Why"), SafeText(""), ())
    assert await answers(bare, "enter", "1", "enter") == [Reason("1")]


async def test_a_pick_can_be_clicked() -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click("Picks", offset=(8, 2))

    assert await answers(dialog(), before=click) == [Reason(PICKS[2])]


async def test_an_accepted_risk_asks_for_owner_and_date() -> None:
    keys = ["1", "A", "d", "a", "enter", "+", "9", "0", "enter"]
    assert await answers(accept(), *keys) == [Reason(PICKS[0], "Ada", date(2026, 5, 30))]


async def test_owner_and_date_that_are_given_need_one_more_key() -> None:
    assert await answers(accept("Ada", date(2026, 8, 1)), "3", "enter") == [Reason(PICKS[2], "Ada", date(2026, 8, 1))]


@pytest.mark.parametrize("when", ["tomorrow", "2026-02-28", "2026-13-01", "+99999", ""])
async def test_a_date_that_is_none_or_past_is_refused(when: str) -> None:
    refused = accept("Ada")

    def fill(_pilot: Pilot[None]) -> None:
        refused._line("date").value = when

    def told() -> None:
        assert refused.query_one("#date-problem").has_class("-said")
        assert refused._line("text").text == PICKS[0]

    assert await answers(refused, "1", "enter", before=fill, after=told) == []
