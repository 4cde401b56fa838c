"""Following code on the screen: gd, gr, gc, K and gO on real files."""

from pathlib import Path

import pytest

from reviewtui.follow.frames import Symbols
from reviewtui.tui.screens.hover import HoverCard
from reviewtui.tui.screens.places import Places
from reviewtui.tui.screens.symbol_finder import SymbolFinder
from tests.gitrepo import GitRepo, isolate
from tests.tui.host import all_drawn
from tests.tui.opened import Opened, opened

VIEWS = """\
import flask
from shop.db import Store, query


def show(store: Store, unknown):
    rows = query("x")
    store.close()
    unknown.close()
    return flask.escape(rows)


def again():
    return show(Store(), None)
"""
DB = '''\
class Store:
    def close(self):
        """Shut [red]it[/red] \x1b]0;title\x07 down.

        All of it.
        """


if DEBUG:
    def query(text): ...
else:
    def query(text): ...
'''


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    isolate(monkeypatch, tmp_path / "home")
    return GitRepo.create(
        tmp_path / "project",
        {
            "shop/__init__.py": "",
            "shop/db.py": DB,
            "shop/views.py": VIEWS,
            "shop/[a].js": "function close() {}\nclose()\n",
        },
    )


async def at(program: Opened, line: int, column: int) -> None:
    """Put the cursor there."""
    program.screen.panes.focus_source()
    program.screen.source.go_to(line - 1, column)
    await program.pilot.pause()


async def dialog(program: Opened, kind: type[object]) -> None:
    app = program.screen.app

    def is_laid_out() -> bool:
        return isinstance(app.screen, kind) and len(app.screen._compositor.render_strips(app.size)) == app.size.height

    await program.until(is_laid_out, kind.__name__)
    await program.pilot.pause()


def text(program: Opened) -> str:
    return all_drawn(program.screen.app)


async def test_a_sure_definition_is_gone_to_at_once_and_ctrl_o_comes_back(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 7, 10)
        await program.press("g", "d")
        await program.until(lambda: program.place == ("shop/db.py", 2), "the definition")
        assert program.screen.source.cursor_column == 8
        await program.press("g", "d")
        await program.until(lambda: "This is the definition of close" in program.said, "a word about it")
        await program.press("ctrl+o")
        assert program.place == ("shop/views.py", 7)


async def test_a_line_may_be_asked_at_its_keyword(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 13, 4)
        await program.press("g", "d")
        await program.until(lambda: program.place == ("shop/views.py", 5), "the definition")


async def test_several_definitions_are_shown_before_the_jump(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 6, 12)
        await program.press("g", "d")
        await dialog(program, Places)
        await program.until(lambda: "class Store" in text(program), "the excerpt")
        assert "shop/db.py:10  function" in text(program)
        await program.press("escape")
        assert program.place == ("shop/views.py", 6)
        await program.press("g", "d")
        await dialog(program, Places)
        await program.press("j", "enter")
        assert program.place == ("shop/db.py", 12)


async def test_what_is_not_known_or_not_here_is_said(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 8, 14)
        await program.press("g", "d")
        await program.until(lambda: "Where close is defined is not known" in program.said, "the word")
        await at(program, 9, 18)
        await program.press("g", "d")
        await program.until(lambda: "flask.escape" in program.said, "the word")
        assert program.said == "flask.escape: of package flask, which is not in this repository"
        assert program.place == ("shop/views.py", 9)


async def test_references_stay_open_as_a_place_to_work_through(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 7, 10)
        await program.press("g", "r")
        await dialog(program, Places)
        await program.until(lambda: "3, 1 of them only by name" in text(program), "all of them")
        assert "? shop/views.py:8  show  unknown.close()" in text(program)
        await program.press("j", "enter")
        assert program.place == ("shop/views.py", 8)
        await program.press("g", "r")
        await dialog(program, Places)
        shown = program.screen.app.screen
        assert isinstance(shown, Places)
        await program.pilot.pause()
        assert (shown.rows.cursor, shown.rows.row_count) == (1, 3)


async def test_callers_of_the_function_around(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 6, 0)
        await program.press("g", "c")
        await dialog(program, Places)
        await program.until(lambda: "again" in text(program), "the caller")
        assert "Callers of show" in text(program)
        await program.press("enter")
        assert program.place == ("shop/views.py", 13)
        await at(program, 12, 5)
        await program.press("g", "c")
        await program.until(lambda: program.said == "Nothing in this repository calls again", "the word")


async def test_a_hostile_docstring_is_drawn_as_it_is(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "views.py", scanned=False) as program:
        await at(program, 7, 10)
        await program.press("K")
        await dialog(program, HoverCard)
        assert "def close(self)" in text(program)
        assert "method shop.db.Store.close  ·  shop/db.py:2" in text(program)
        assert "Shut [red]it[/red] \u241b]0;title\u2407 down." in text(program)
        await program.press("enter")
        await program.until(lambda: program.place == ("shop/db.py", 2), "the definition")


async def test_another_language_is_followed_by_name(repo: GitRepo) -> None:
    async with opened(repo.root / "shop" / "[a].js", scanned=False) as program:
        await at(program, 2, 1)
        await program.press("g", "d")
        await dialog(program, Places)
        assert "Of the name close" in text(program)
        assert "by name only" in text(program)
        assert "? shop/[a].js:1  function" in text(program)


async def test_what_is_found_before_the_finder_is_there_is_shown_in_it(repo: GitRepo) -> None:
    async with opened(repo.root, scanned=False) as program:
        finder = SymbolFinder(lambda query: None)
        finder.show(Symbols("", (), 7, is_complete=True))
        await program.screen.app.push_screen(finder)
        await program.until(lambda: "7 symbols" in text(program), "what was found")


async def test_a_symbol_is_found_by_any_part_of_its_name(repo: GitRepo) -> None:
    async with opened(repo.root, scanned=False) as program:
        await program.press("g", "O")
        await dialog(program, SymbolFinder)
        await program.until(lambda: "7 symbols" in text(program), "the index")
        await program.press("=clo")
        await program.until(lambda: "2 of 7 symbols" in text(program), "what was found")
        assert "method    Store.close" in text(program)
        await program.press("=se py")
        await program.until(lambda: "1 of 7 symbols" in text(program), "what was found")
        await program.press("enter")
        assert program.place == ("shop/db.py", 2)
