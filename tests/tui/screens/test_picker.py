"""Picking one of many: ranking, speed on many rows, and what is drawn."""

import time

import pytest
from textual.pilot import Pilot

from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.screens.picker import PickedRows, Picker, PickRow
from reviewtui.tui.screens.ranking import Ranking, fold, matched
from tests.tui.host import Host, all_drawn, answers

PATHS = (
    "shop/admin/views.py",
    "shop/db.py",
    "tests/test_db.py",
    "db/migrations/0001.py",
    "shop/templates/Login.html",
    "docs/db/readme.md",
    "dbx.py",
)
HOSTILE = ("[/x].py", "[@click=app.quit]q[/].py", "a\x1b]0;t\x07\nb.py", "\u202egnp.py", "\udce9.py")


def picker(paths: tuple[str, ...] = PATHS) -> Picker:
    return Picker("Open", [PickRow(safe(path)) for path in paths], "any part", empty="No such file")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", list(PATHS)),
        ("db", ["dbx.py", "shop/db.py", "tests/test_db.py", "docs/db/readme.md", "db/migrations/0001.py"]),
        ("py db", ["dbx.py", "shop/db.py", "tests/test_db.py", "db/migrations/0001.py"]),
        ("shop  py", ["shop/db.py", "shop/admin/views.py"]),
        ("login", ["shop/templates/Login.html"]),
        ("Login", ["shop/templates/Login.html"]),
        ("LOGIN", []),
        ("shop/d", ["shop/db.py"]),
        ("[/x]", []),
    ],
)
def test_all_words_must_be_found_and_the_best_comes_first(query: str, expected: list[str]) -> None:
    assert [PATHS[row] for row in Ranking(PATHS).ranked(query)] == expected


def test_each_key_finds_the_same_as_the_whole_query_at_once() -> None:
    for query in ("db py", "Login", "shop d", "d/d"):
        typed = Ranking(PATHS)
        for end in range(1, len(query) + 1):
            assert typed.ranked(query[:end]) == Ranking(PATHS).ranked(query[:end])
        for end in range(len(query), 0, -1):
            assert typed.ranked(query[:end]) == Ranking(PATHS).ranked(query[:end])


def test_words_are_also_found_beside_the_text_but_rank_last() -> None:
    ranking = Ranking(("Next hit", "Scan"), ("next-hit ]b", "scan-hit R"))
    assert [list(ranking.ranked(query)) for query in ("hit", "]b", "R", "nothing")] == [[0, 1], [0], [1], []]


def test_letters_that_grow_in_lower_case_shift_nothing() -> None:
    text = "İİ/login.py"
    assert (len(fold(text)), matched(text, "login py")) == (len(text), ((3, 8), (9, 11)))


def test_a_key_is_quick_on_50_000_rows() -> None:
    paths = [f"django/contrib/app_{n % 97}/module_{n % 13}/{n}_view.py" for n in range(50_000)]
    ranking = Ranking(paths)
    ranking.warm()
    slowest = 0.0
    for query in ("v", "vi", "vie", "view", "view m", "view mo", "view mod", "view mod 12"):
        begun = time.perf_counter()
        found = ranking.ranked(query)
        slowest = max(slowest, time.perf_counter() - begun)
        assert found
    assert slowest < 0.5, "a hundredth of this is usual"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["enter"], 0),
        (["down", "ctrl+n", "up", "enter"], 1),
        (["up", "enter"], 0),
        (["pagedown", "enter"], 6),
        (["pagedown", "ctrl+p", "enter"], 5),
        (["d", "b", "enter"], 6),
        (["d", "b", "down", "enter"], 1),
        (["d", "b", "down", "backspace", "space", "v", "enter"], 0),
        (["escape"], None),
    ],
)
async def test_keys_pick_a_row(keys: list[str], expected: int | None) -> None:
    assert await answers(picker(), *keys) == [expected]


async def test_enter_on_nothing_stays() -> None:
    asked = picker()
    assert await answers(asked, "!", "enter") == []
    assert await answers(picker(()), "enter") == []


async def test_a_click_picks_a_row() -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click(PickedRows, offset=(10, 3))

    assert await answers(picker(), before=click) == [3]


async def test_50_000_rows_open_and_filter_at_once() -> None:
    rows = tuple(f"folder_{n % 300}/module_{n}.py" for n in range(50_000))
    begun = time.perf_counter()
    assert await answers(picker(rows), "4", "9", "9", "9", "9", "enter") == [49_999]
    assert time.perf_counter() - begun < 6


async def test_hostile_names_are_drawn_as_they_stand_and_can_be_picked() -> None:
    app = Host()
    asked = picker(HOSTILE)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(asked, app.answers.append)
        await pilot.pause()
        shown = ("[/x].py", "[@click=app.quit]q[/].py", "a␛]0;t␇␊b.py", "<U+202E>gnp.py", "<\\xE9>.py")
        text = all_drawn(app)
        assert [name for name in shown if name not in text] == []
        asked.query_one(LineField).value = "[@click=app.quit]q[/"
        await pilot.press("enter")
    assert app.answers == [1]


async def test_a_long_path_keeps_its_end_and_its_detail() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        long = SafeText("very_long_folder/" * 9 + "日本/views.py")
        await app.push_screen(Picker("Open", [PickRow(long, SafeText("3 hits"), "]b")], empty="None"))
        await pilot.pause()
        row = next(line for line in all_drawn(app).split("\n") if "views.py" in line)
        assert row.split()[1].startswith("…")
        assert row.split()[2:-1] == ["3", "hits", "]b"]


async def test_it_says_how_many_are_left() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(picker())
        await pilot.press("d", "b")
        await pilot.pause()
        assert "5 of 7" in all_drawn(app)
        await pilot.press("!")
        assert "No such file" in all_drawn(app)
