"""Hands that do not know vim: arrows, paging keys, Home and End, Enter, Delete, Shift, the mouse, in every pane."""

from pathlib import Path

import pytest

from reviewtui.tui.keymap import CONTEXTS, Keymap
from reviewtui.tui.widgets.line_view import LineView
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

TEXT = "".join(f"word_{number} = eval(other)\n" for number in range(1, 301))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files enough to scroll the tree, hits enough to scroll their list, and one long file."""
    isolate(monkeypatch, tmp_path / "home")
    folder = tmp_path / "project"
    GitRepo.create(folder, {"a_long.py": TEXT, **{f"name_{number:02}.txt": "x\n" for number in range(80)}})
    return folder


@pytest.mark.parametrize("context", CONTEXTS[1:])
def test_every_pane_has_the_usual_keys(context: str) -> None:
    usual = {"up", "down", "pageup", "pagedown", "home", "end", "enter", "escape", "tab", "shift+tab", "f1"}
    assert usual - {keys[0] for keys in Keymap().table(context)} == set()


async def test_arrows_and_paging_keys_move_in_every_pane(root: Path) -> None:
    async with opened(root) as program:
        await program.press("enter")
        for name in ("tree", "hits", "checklist", "source"):
            program.screen.run_action_named(f"pane_{name}")
            view = program.screen.focused
            assert isinstance(view, LineView)
            moved = []
            for keys in (("ctrl+home",), ("down", "down"), ("pagedown",), ("pageup",), ("up",), ("ctrl+end",)):
                await program.press(*keys)
                moved.append(view.cursor)
            assert moved[:2] == [0, 2], name
            assert moved[2] > 12, name
            assert moved[3] in range(5), name
            assert moved[4:] == [moved[3] - 1, view.row_count - 1], name
            if name != "source":
                await program.press("home")
                assert view.cursor == 0, name
                await program.press("end")
                assert view.cursor == view.row_count - 1, name


async def test_home_end_and_words_in_a_line(root: Path) -> None:
    async with opened(root) as program:
        await program.press("enter")
        source = program.screen.source
        columns = []
        for key in ("end", "home", "ctrl+right", "ctrl+right", "right", "ctrl+left", "left"):
            await program.press(key)
            columns.append(source.cursor_column)
        assert columns == [19, 0, 7, 9, 10, 9, 8]


async def test_shift_and_arrows_select_lines(root: Path) -> None:
    async with opened(root) as program:
        await program.press("enter", "down", "shift+down", "shift+down")
        assert str(program.screen.source.selection) == "2-4"
        await program.press("shift+up")
        assert str(program.screen.source.selection) == "2-3"
        assert "SELECT 2 lines" in program.text
        await program.press("escape")
        assert program.screen.source.selection is None


async def test_back_and_next_hit_as_in_other_programs(root: Path) -> None:
    async with opened(root) as program:
        await program.press("f8")
        first = program.place
        await program.press("f8", "f8")
        assert (first, program.place) == (("a_long.py", 1), ("a_long.py", 3))
        await program.press("alt+left", "alt+left")
        assert program.place == first
        await program.press("alt+right", "shift+f8")
        assert program.place == first


@pytest.mark.parametrize(
    ("typed", "line"),
    [("12", 12), ("$", 300), ("+5", 6), ("-3", 1), ("0", 1), ("999999999999", 300), ("+999999999999", 300)],
)
async def test_a_line_number_goes_there(root: Path, typed: str, line: int) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("enter", "colon", f"={typed}", "enter")
        assert program.place == ("a_long.py", line)


async def test_without_a_file_there_is_no_line(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("colon", "=12", "enter")
        assert (program.said, program.screen.context) == ("Open a file to go to a line of it", "tree")


async def test_tab_completes_an_action(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("colon", "=next-h", "tab")
        assert program.screen.searching.field.value == "next-hit"
        await program.press("ctrl+c", "colon", "=pane-", "tab")
        assert {"pane-tree", "pane-hits"} <= set(program.said.split())
        await program.press("=zzz", "tab")
        assert program.said == "There is no action 'pane-zzz…'"
        await program.press("escape")
        assert not program.screen.searching.is_typing


# The mouse


async def drag(program: Opened, view: LineView, x: int, rows: tuple[int, ...]) -> None:
    """Down on the first row of the pane, over the others, up on the last."""
    left, top = view.content_region.x + x, view.content_region.y
    await program.pilot.mouse_down(offset=(left, top + rows[0]))
    for y in rows[1:]:
        await program.pilot.hover(offset=(left, top + y))
    await program.pilot.mouse_up(offset=(left, top + rows[-1]))
    await program.pilot.pause()


async def test_the_thumb_of_a_scroll_bar_can_be_dragged(root: Path) -> None:
    async with opened(root) as program:
        await program.press("enter")
        for view in (program.screen.source, program.screen.tree_pane):
            height, right = view.size.height, view.size.width - 1
            await drag(program, view, right, (0, height // 2, height - 1))
            assert view.cursor > view.row_count * 0.9
            assert program.screen.source.selection is None
            await drag(program, view, right, (height - 1, height, 0))
            assert view.cursor == 0
            assert (view.drags_bar, program.screen.app.mouse_captured) == (False, None)


async def test_dragging_selects_and_beyond_an_edge_scrolls(root: Path) -> None:
    async with opened(root) as program:
        await program.press("enter")
        source = program.screen.source
        await drag(program, source, 10, (2, 4))
        assert str(source.selection) == "3-5"
        bottom = source.size.height
        await drag(program, source, 10, (bottom - 2, bottom, bottom + 1, bottom + 1))
        assert source.selection is not None
        assert source.selection.count > 3


async def test_a_click_on_the_mark_of_a_folder_or_section_opens_it(root: Path) -> None:
    (root / "deep" / "er").mkdir(parents=True)
    (root / "deep" / "er" / "file.txt").write_text("x\n")
    async with opened(root, scanned=False) as program:
        tree = program.screen.tree_pane
        names = [row.path for row in tree.rows]
        for row, x, expected in ((names.index("deep/er"), 4, False), (names.index("deep/er"), 1, True)):
            await program.pilot.click(tree, offset=(x, row - tree.top))
            assert ("deep/er" in tree.opened) == expected
        assert program.screen.source.path is None
        program.screen.run_action_named("pane_checklist")
        await program.pilot.pause()
        section = program.screen.checklist_pane
        await program.pilot.click(section, offset=(1, 0))
        assert len(section.closed) == 1
