"""Two views of the source at once."""

from pathlib import Path

import pytest

from tests.gitrepo import GitRepo
from tests.tui.opened import opened

FILES = {
    "a.py": "def first():\n    return second()\n" + "x = 1\n" * 60,
    "b.py": "import os\nos.system('ls ' + input())\n",
    "\u202eevil[red].py": "eval(input())\n",
}


@pytest.mark.parametrize("size", [(160, 48), (120, 40), (80, 24)])
async def test_two_files_are_read_beside_each_other(tmp_path: Path, size: tuple[int, int]) -> None:
    GitRepo.create(tmp_path, FILES)
    async with opened(tmp_path, size) as program:
        screen = program.screen
        await program.press("f", "=a.py", "enter", "5", "G", "ctrl+w", "v")
        first, second = screen.views
        assert screen.source is second
        assert (first.path, first.cursor) == (second.path, second.cursor) == ("a.py", 4)
        await program.press("f", "=b.py", "enter")
        assert (first.path, second.path) == ("a.py", "b.py")
        assert [bar.row_at(0).left[0][0] for bar in screen.source_bars] == [" a.py", " b.py"]
        assert first.size.width > 20 and second.size.width > 20
        assert first.size.height > 4 and second.size.height > 4
        assert "return second" in program.text and "os.system" in program.text
        await program.press("]", "b")
        assert program.place == ("b.py", 2)
        await program.press("ctrl+w", "w", "j")
        assert (screen.source, first.cursor, second.cursor) == (first, 5, 1)
        await program.press("ctrl+w", "o")
        assert (screen.source, screen.focused, second.path) == (first, first, None)
        assert not second.size.height


async def test_what_is_written_is_written_where_the_reader_is(tmp_path: Path) -> None:
    GitRepo.create(tmp_path, FILES)
    async with opened(tmp_path) as program:
        screen = program.screen
        await program.press("f", "=a.py", "enter", "ctrl+w", "v", "f", "=evil", "enter", "space")
        assert {mark.path for mark in screen.desk.review.marks.values()} == {"\u202eevil[red].py"}
        await program.press("ctrl+w", "w", "/", "=second", "enter")
        assert program.place == ("a.py", 2)
        await program.press("tab")
        assert screen.source is screen.views[1]
        await program.press("tab", "tab")
        assert program.screen.context == "tree"
