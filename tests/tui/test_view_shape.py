"""The source view where lines are wrapped, folded away, or stand below lines that are no longer there."""

import random
from typing import Final

import pytest

from reviewtui.tui.widgets.source_view.changes import Changes, OldLine
from tests.tui.alone import Alone

CODE = """\
import os


class Shop:
    limit = 3

    def buy(self, what):
        if what:
            return os.getenv(what)
        return None

    def sell(self):
        pass


def main():
    Shop().buy("x")
"""
ACTIONS: Final = (
    *("down", "up", "half_down", "half_up", "page_down", "page_up", "top", "bottom", "toggle_wrap", "toggle_fold"),
    *("close_folds", "open_folds", "line_end", "centre", "cursor_to_top", "screen_bottom"),
)


async def test_a_wrapped_line_goes_on_below_with_a_mark() -> None:
    app = Alone()
    async with app.run_test(size=(29, 6)):
        view = app.show("x = 'abcdefghijklmnopqrstuvwxyz'\nlast\n")
        view.do_toggle_wrap(None)
        assert app.shown == [
            "  1     x = 'abcdefghijklmno",
            "  ↪     pqrstuvwxyz'",
            "  2     last",
            "",
            "",
            "",
        ]
        view.do_line_end(None)
        assert (view.cursor, view.cursor_part(), view.shift) == (0, 1, 0)
        view.do_down(None)
        assert view.cursor == 1
        view.do_toggle_wrap(None)
        assert app.shown[:2] == ["  1     x = 'abcdefghijklmno", "  2     last"]


async def test_wide_and_spelled_out_characters_are_not_taken_apart_by_a_wrap() -> None:
    app = Alone()
    async with app.run_test(size=(17, 8)):
        app.show("日本語日本語x\u202ey\n", path="a.txt").do_toggle_wrap(None)
        assert app.shown[:4] == ["  1     日本語日", "  ↪     本語x", "  ↪     <U+202E>", "  ↪     y"]


async def test_a_line_of_two_megabytes_is_scrolled_inside_of_itself() -> None:
    app = Alone()
    async with app.run_test(size=(69, 10)):
        view = app.show("ab" * 1_000_000 + "END\nlast\n", path="a.txt")
        view.do_toggle_wrap(None)
        view.do_page_down(None)
        assert (view.top, view.top_part) == (0, 8)
        assert app.shown[0] == "  ↪     " + "ab" * 30
        view.do_bottom(None)
        assert app.shown[-1] == "  2     last"
        assert app.shown[-2].endswith("END")
        view.do_page_up(None)
        assert app.shown[0] == "  ↪     " + "ab" * 30


async def test_a_fold_says_what_it_hides_and_the_cursor_steps_over_it() -> None:
    app = Alone()
    async with app.run_test(size=(60, 24)):
        view = app.show(CODE)
        view.go(8)
        view.do_toggle_fold(None)
        assert view.cursor == 6
        assert app.shown[6:9] == ["  7         def buy(self, what): ⋯ 3 lines", " 11", " 12         def sell(self):"]
        view.do_down(None)
        assert view.cursor == 10
        view.do_up(None)
        view.do_toggle_fold(None)
        assert app.shown[7] == "  8             if what:"


async def test_closing_again_closes_what_is_around() -> None:
    app = Alone()
    async with app.run_test(size=(60, 24)):
        view = app.show(CODE)
        view.go(8)
        view.do_close_fold(None)
        view.do_close_fold(None)
        assert app.shown[2:6] == ["  3", "  4     class Shop: ⋯ 9 lines", " 14", " 15"]


async def test_all_folds_close_and_what_is_gone_to_opens() -> None:
    app = Alone()
    async with app.run_test(size=(60, 24)):
        view = app.show(CODE)
        view.do_close_folds(None)
        assert [line for line in app.shown if "⋯" in line] == [
            "  4     class Shop: ⋯ 9 lines",
            " 16     def main(): ⋯ 1 lines",
        ]
        view.go(8)
        assert "  9                 return os.getenv(what)" in app.shown
        view.do_open_folds(None)
        assert not any("⋯" in line for line in app.shown)


async def test_blocks_of_any_language_fold_by_indentation() -> None:
    app = Alone()
    async with app.run_test(size=(40, 6)):
        view = app.show("one:\n  a: 1\n  b:\n\n    c\ntwo: 2\n", path="a.yml")
        view.go(1)
        view.do_close_fold(None)
        assert app.shown[:2] == ["  1     one: ⋯ 4 lines", "  6     two: 2"]


async def test_old_lines_stand_in_their_place_and_are_stepped_over() -> None:
    app = Alone()
    async with app.run_test(size=(40, 8)):
        view = app.show("a\nb\nc\n", path="a.txt")
        old = {1: (OldLine(2, "x\x1b]0;t\x07"), OldLine(3, "y")), 3: (OldLine(7, "z"),)}
        view.set_changes(Changes(old, {2: ((0, 1),)}))
        assert app.shown[:6] == [
            "  1     a",
            "  2 -   x␛]0;t␇",
            "  3 -   y",
            "  2     b",
            "  3   + c",
            "  7 -   z",
        ]
        view.do_down(None)
        assert view.cursor == 1
        assert list(view.lines_of(1)) == [1, 2, 3]


async def test_the_heads_of_what_is_read_stay_at_the_top() -> None:
    app = Alone()
    async with app.run_test(size=(60, 14)):
        body = "".join(f"        line_{n}\n" for n in range(50))
        view = app.show(f"class Shop:\n    def buy(self):\n{body}\n\nx = 1\n")
        view.do_half_down(3)
        assert app.shown[:2] == ["  1     class Shop:", "  2         def buy(self):"]
        view.do_bottom(None)
        view.scroll_top(51)
        assert app.shown[-2:] == [" 54", " 55     x = 1"]


async def test_the_other_places_of_the_word_at_rest_stand_out_and_a_keyword_does_not() -> None:
    app = Alone()
    async with app.run_test(size=(60, 6)) as pilot:
        view = app.show("name = 1\nnames = name\nreturn\n")
        view.go_to(1, 8)
        await pilot.pause(0.5)
        assert (view.word, list(view.places_of_word("names, name = my_name, name"))) == ("name", [(7, 11), (23, 27)])
        view.go_to(2, 0)
        await pilot.pause(0.5)
        assert view.word == ""


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_the_shape_the_pane_shows_the_lines_in_order_and_the_cursor_among_them(seed: int) -> None:
    pick = random.Random(seed)
    rows = [
        " " * pick.choice((0, 4, 8)) + pick.choice(("def f():", "x", "", "日本" * 9, "y\t" * 20)) for _ in range(60)
    ]
    app = Alone()
    async with app.run_test(size=(36, pick.choice((3, 9, 17)))):
        view = app.show("\n".join(rows) + "\n")
        view.set_changes(
            Changes({row: (OldLine(row, "old"),) * pick.randint(1, 4) for row in pick.sample(range(61), 9)})
        )
        for _ in range(60):
            action = pick.choice(ACTIONS)
            getattr(view, f"do_{action}")(pick.choice((None, None, 2)))
            everything = list(view._down((view.row_after(-1), 0)))
            shown = [line for y in range(view.size.height) if (line := view.at(y))[0] < view.row_count]
            start = everything.index(shown[0])
            assert shown == everything[start : start + view.size.height], action
            assert len(shown) == min(view.size.height, len(everything)), action
            assert (view.cursor, view.cursor_part()) in shown, action
            assert len(app.shown) == view.size.height
