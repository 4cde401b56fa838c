"""Named marks, the outline, the last files, and coming back to where one was."""

from pathlib import Path

import pytest

from reviewtui.model.place import RepoPath
from reviewtui.tui.screens.mark_list import MarkList
from reviewtui.tui.screens.picker import PickedRows
from reviewtui.tui.screens.side_picker import SidePicker
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import opened

CODE = """\
class Shop:
    def buy(self):
        return 1

    def sell(self):
        return 2


def close():
    return 3
"""
SCRIPT = "export class Cart {\n  add(item) {\n    return 1;\n  }\n}\n" + "x = 1;\n" * 40 + "function pay() {}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files in two folders."""
    isolate(monkeypatch, tmp_path / "home")
    files = {"app/shop.py": CODE, "app/cart.js": SCRIPT, "lib/long.txt": "".join(f"line {n}\n" for n in range(1, 301))}
    GitRepo.create(tmp_path / "project", files)
    return tmp_path / "project"


async def test_a_mark_is_set_and_gone_to_across_files(root: Path) -> None:
    async with opened(root / "app/shop.py", scanned=False) as program:
        await program.press("6", "G", "m", "a")
        assert program.said == "Mark a is on app/shop.py:6"
        assert "  6a " in program.text
        await program.press("f", "=long", "enter", "5", "0", "G", "m", "b", "g", "g", "'", "a")
        assert (program.place, program.said) == (("app/shop.py", 6), "Mark a · app/shop.py:6")
        await program.press("ctrl+o")
        assert program.place == ("lib/long.txt", 1)
        await program.press("'", "x")
        assert program.said == "There is no mark x: there are a b"
        places = []
        for keys in ("]m", "]m", "]m", "[m"):
            await program.press(*keys)
            places.append(program.place)
        assert places == [("lib/long.txt", 50), ("app/shop.py", 6), ("lib/long.txt", 50), ("app/shop.py", 6)]


async def test_the_list_of_marks_previews_drops_and_brings_back(root: Path) -> None:
    async with opened(root / "lib/long.txt", scanned=False) as program:
        await program.press("g", "'")
        assert program.said == "No marks yet: m a–z sets one"
        await program.press("5", "G", "m", "a", "2", "0", "0", "G", "m", "z", "g", "g", "g", "'", "j")
        assert isinstance(program.screen.app.screen, MarkList)
        assert program.place == ("lib/long.txt", 200)
        await program.press("d")
        assert list(program.screen.remembering.logbook.reading.marks) == ["a"]
        await program.press("u", "j", "escape")
        assert list(program.screen.remembering.logbook.reading.marks) == ["a", "z"]
        assert program.place == ("lib/long.txt", 1)
        await program.press("g", "'", "j", "enter")
        assert program.place == ("lib/long.txt", 200)


async def test_a_mark_moves_with_its_line_and_a_lost_one_says_so(root: Path) -> None:
    async with opened(root / "app/shop.py", scanned=False) as program:
        await program.press("6", "G", "m", "a", "9", "G", "m", "b")
    text = CODE.replace("def close", "def shut")
    (root / "app/shop.py").write_text("import os\n\n" + text)
    async with opened(root / "app/shop.py", scanned=False) as program:
        await program.press("'", "a")
        assert (program.place, program.said) == (("app/shop.py", 8), "Mark a · app/shop.py:6 · moved since")
        assert "  8a " in program.text
        await program.press("'", "b")
        assert program.place == ("app/shop.py", 9)
        assert "lost" in program.said
        assert "b " not in "".join(line[34:42] for line in program.text.split("\n"))


async def test_the_outline_previews_and_goes(root: Path) -> None:
    async with opened(root / "app/shop.py", scanned=False) as program:
        await program.press("6", "G", "g", "o")
        assert isinstance(program.screen.app.screen, SidePicker)
        rows = program.screen.app.screen.query_one(PickedRows)
        assert [rows.row_at(n).left[-1][0] for n in range(rows.row_count)] == ["Shop", "buy", "sell", "close"]
        assert rows.cursor == 2
        await program.press("down")
        assert program.place == ("app/shop.py", 9)
        await program.press("escape")
        assert program.place == ("app/shop.py", 6)
        await program.press("g", "o", "=buy", "enter")
        assert program.place == ("app/shop.py", 2)
        await program.press("ctrl+o")
        assert program.place == ("app/shop.py", 6)


async def test_the_outline_of_another_language_and_of_none(root: Path) -> None:
    async with opened(root / "app/cart.js", scanned=False) as program:
        await program.press("g", "o")
        assert "class 1" in program.text
        assert "    add  " in program.text
        await program.press("end", "=pay", "enter")
        assert program.place == ("app/cart.js", 46)
        await program.press("f", "=long", "enter", "g", "o")
        assert program.said == "Nothing in this file looks like a head"


async def test_a_large_file_is_outlined_in_the_background(root: Path) -> None:
    (root / "big.js").write_text("x = 1;\n" * 6000 + "function last() {}\n")
    async with opened(root / "big.js", scanned=False) as program:
        await program.press("g", "o")
        await program.until(lambda: isinstance(program.screen.app.screen, SidePicker), "the outline")
        await program.press("enter")
        assert program.place == ("big.js", 6001)


async def test_the_last_files_come_first_and_where_they_were_left(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("g", "h")
        assert program.said == "No other file was read yet"
        await program.press(
            "f", "=shop.py", "enter", "6", "G", "f", "=long", "enter", "9", "0", "G", "f", "=cart", "enter"
        )
        await program.press("g", "h")
        rows = program.screen.app.screen.query_one(PickedRows)
        assert [rows._rows[n].text for n in range(2)] == ["lib/long.txt", "app/shop.py"]
        await program.press("enter")
        assert program.place == ("lib/long.txt", 90)
        await program.press("g", "h", "down", "enter")
        assert program.place == ("app/shop.py", 6)
    async with opened(root, scanned=False) as program:
        await program.press("g", "h", "=cart", "enter")
        assert program.place == ("app/cart.js", 1)


async def test_a_file_that_is_only_passed_in_a_list_was_not_read(root: Path) -> None:
    (root / "app/hits.py").write_text("eval(input())\neval(input())\n")
    async with opened(root) as program:
        await program.press("f", "=long", "enter", "ctrl+w", "b")
        await program.press("j")
        assert program.place == ("app/hits.py", 2)
        assert list(program.screen.remembering._visits) == [RepoPath("lib/long.txt")]


async def test_the_program_opens_where_it_was_closed(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("f", "=shop.py", "enter", "6", "G", "f", "=long", "enter", "1", "5", "0", "G", "3", "l")
        await program.press("z", "t", "ctrl+w", "x", "j", "enter", "ctrl+w", "t", "G", "k", "k")
        await program.press("f", "=long", "enter", "1", "5", "0", "G", "3", "l", "z", "t", "ctrl+w", "x", "tab", "q")
        left = program.screen
        kept = (left.source.top, left.source.cursor, left.source.column, left.tree_pane.opened, left.walking.item)
    async with opened(root, scanned=False) as program:
        screen = program.screen
        await program.until(lambda: screen.walking.item is not None, "the item")
        await program.pilot.pause()
        found = (screen.source.top, screen.source.cursor, screen.source.column, screen.tree_pane.opened)
        assert (*found, screen.walking.item) == kept
        assert (program.place, screen.panes.open_name) == (("lib/long.txt", 150), "checklist")
        assert screen.focused is screen.source
        await program.press("ctrl+o")
        assert program.place is not None
        assert program.place != ("lib/long.txt", 150)


async def test_a_path_that_was_asked_for_wins_over_the_last_place(root: Path) -> None:
    async with opened(root / "lib/long.txt", scanned=False) as program:
        await program.press("9", "0", "G")
    async with opened(root / "app/shop.py", scanned=False) as program:
        assert program.place == ("app/shop.py", 1)
        await program.press("g", "h", "enter")
        assert program.place == ("lib/long.txt", 90)


async def test_a_last_place_that_is_gone_is_no_place(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("f", "=long", "enter", "9", "0", "G")
    (root / "lib/long.txt").unlink()
    async with opened(root, scanned=False) as program:
        assert program.place is None
        await program.press("ctrl+o")
        assert program.said == "No further place in the jump list"
    (root / "lib").rmdir()
    (root / "lib").symlink_to("/etc")
    async with opened(root, scanned=False) as program:
        assert program.place is None
