"""The mouse in the panes: clicks, drags, the wheel, and the scroll bar."""

from pathlib import Path

import pytest
from textual import events
from textual.widget import Widget

from reviewtui.model.place import LineSpan
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

APP = "import os\n\n\ndef run(x):\n    os.system(x)\n    return " + "'long' + " * 40 + "x\n\n\n"
CODE = APP + "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(60))
GUTTER = 8
"""Cells before the text, where no line has more than three digits."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a hit on line 5 of a long file."""
    isolate(monkeypatch, tmp_path / "home")
    return GitRepo.create(tmp_path / "project", {"app.py": CODE, **{f"f{n:02}.txt": "x" for n in range(80)}}).root


async def moved(program: Opened, widget: Widget, x: int, y: int) -> None:
    """Move the mouse to a place seen from the widget, also outside of it."""
    await program.pilot.hover(widget, offset=(x, y))


async def wheel(program: Opened, widget: Widget, kind: type[events.MouseEvent], *, shift: bool = False) -> None:
    """One notch."""
    widget.post_message(kind(widget, 20, 5, 0, 0, 0, shift, False, False))
    await program.pilot.pause()


async def test_a_click_puts_the_cursor_on_a_character_and_the_text_stays_where_it_is(root: Path) -> None:
    async with opened(root / "app.py", scanned=False) as program:
        view = program.screen.source
        await program.pilot.click(view, offset=(GUTTER + 4, 3))
        assert (view.cursor, view.column) == (3, 4)
        last = view.size.height - 1
        await program.pilot.click(view, offset=(GUTTER + 2, last))
        assert (view.cursor, view.top, view.selection) == (last, 0, None)


async def test_a_second_click_is_for_the_word_under_it(root: Path) -> None:
    async with opened(root / "app.py", scanned=False) as program:
        view = program.screen.source
        await program.pilot.click(view, offset=(GUTTER + 5, 3), times=2)
        assert program.screen.focused is view
        await program.until(lambda: view.word == "run", "the word")
        await program.press("*")
        assert program.place == ("app.py", 4)


async def test_a_drag_beyond_the_edge_scrolls_for_as_long_as_it_lasts(root: Path) -> None:
    async with opened(root / "app.py", scanned=False) as program:
        view = program.screen.source
        await program.pilot.mouse_down(view, offset=(GUTTER + 2, 9))
        await moved(program, view, GUTTER, view.size.height + 3)
        await program.until(lambda: view.cursor > 150, "the scrolling")
        assert view.selection is not None
        assert (view.selection.start, view.selection.end) == (10, view.cursor + 1)
        await moved(program, view, GUTTER, 5)
        there = view.cursor
        assert there == view.at(5)[0]
        await moved(program, view, GUTTER, -1)
        await program.until(lambda: view.cursor == 0, "the way back")
        assert view.selection == LineSpan(1, 10)
        await program.pilot.mouse_up(view, offset=(GUTTER, 0))
        await moved(program, view, GUTTER, 12)
        assert view.selection == LineSpan(1, 10)


async def test_a_line_number_selects_its_line_and_a_drag_from_there_more(root: Path) -> None:
    async with opened(root / "app.py", scanned=False) as program:
        view = program.screen.source
        await program.pilot.click(view, offset=(1, 3))
        assert view.selection == LineSpan(4, 4)
        await program.pilot.mouse_down(view, offset=(1, 5))
        await moved(program, view, 1, 7)
        await program.pilot.mouse_up(view, offset=(1, 7))
        assert view.selection == LineSpan(6, 8)
        await program.pilot.click(view, offset=(GUTTER + 4, 1))
        assert view.selection is None


async def test_a_mark_opens_what_it_stands_for(root: Path) -> None:
    async with opened(root / "app.py") as program:
        screen, view = program.screen, program.screen.source
        await program.pilot.click(view, offset=(GUTTER - 4, 5))
        assert (screen.focused, program.place) == (view, ("app.py", 6))
        await program.pilot.click(view, offset=(GUTTER - 4, 4))
        assert (screen.focused, program.place) == (screen.detail, ("app.py", 5))
        assert "B605" in program.text
        await program.press("q")
        assert screen.focused is view


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_mark_opens_what_it_stands_for_on_any_screen(root: Path, size: tuple[int, int]) -> None:
    async with opened(root / "app.py", size) as program:
        await program.pilot.click(program.screen.source, offset=(GUTTER - 4, 4))
        assert program.screen.focused is program.screen.detail
        assert "B605" in program.text


async def test_the_wheel_scrolls_down_and_sideways(root: Path) -> None:
    async with opened(root / "app.py", scanned=False) as program:
        view = program.screen.source
        await wheel(program, view, events.MouseScrollDown)
        assert (view.top, view.shift) == (3, 0)
        await wheel(program, view, events.MouseScrollUp)
        assert view.top == 0
        await wheel(program, view, events.MouseScrollRight)
        await wheel(program, view, events.MouseScrollDown, shift=True)
        assert (view.top, view.shift) == (0, 16)
        for _ in range(100):
            view._sideways(8)
        assert view.shift == len(CODE.splitlines()[5]) - view.room + 1
        await wheel(program, view, events.MouseScrollLeft)
        await wheel(program, view, events.MouseScrollUp, shift=True)
        assert (view.top, view.shift) == (0, len(CODE.splitlines()[5]) - view.room + 1 - 16)


async def test_the_scroll_bar_is_dragged_and_leads_to_its_marks(root: Path) -> None:
    async with opened(root / "app.py") as program:
        view, tree = program.screen.source, program.screen.tree_pane
        right = view.size.width - 1
        await program.pilot.mouse_down(view, offset=(right, view.size.height - 1))
        assert view.top == view.row_count - view.size.height
        await moved(program, view, right - 9, view.size.height // 2)
        assert abs(view.cursor - view.row_count // 2) < 10
        await moved(program, view, right, 0)
        assert program.place == ("app.py", 5), "the hit that is drawn there"
        assert view.selection is None
        await program.pilot.mouse_up(view, offset=(right, 0))
        await moved(program, view, right, 20)
        assert program.place == ("app.py", 5)
        await program.pilot.mouse_down(tree, offset=(tree.size.width - 1, tree.size.height - 1))
        await program.pilot.mouse_up(tree, offset=(tree.size.width - 1, tree.size.height - 1))
        assert tree.top == tree.row_count - tree.size.height


async def test_a_head_that_stays_leads_to_its_row(root: Path) -> None:
    async with opened(root / "app.py", scanned=False) as program:
        view = program.screen.source
        await program.press("1", "5", "G")
        view.scroll_top(4)
        assert view.sticky_rows() == [3]
        await program.pilot.click(view, offset=(GUTTER + 4, 0))
        assert view.cursor == 3
