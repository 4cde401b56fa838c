"""Searching through the repository on the screen: the form, the list that stays, and what comes of it."""

from pathlib import Path

import pytest

from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.search.wanted import Wanted
from reviewtui.tui.screens.find_form import FindForm
from tests.gitrepo import GitRepo, isolate
from tests.tui.host import all_drawn, answers
from tests.tui.opened import Opened, opened

DAO = """\
def first(db, name):
    db.execute("SELECT a " + name)


def second(db, name):
    db.execute("SELECT b " + name)
    db.execute("SELECT c")
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with `execute` in three files, one of which is binary."""
    isolate(monkeypatch, tmp_path / "home")
    folder = tmp_path / "project"
    GitRepo.create(
        folder,
        {
            "app/dao.py": DAO,
            "app/zeta.py": "cursor.execute(1)\n",
            "logo.png": b"\x89PNG\0\0execute\xff\0",
            "notes.txt": "nothing of it\n",
        },
    )
    return folder


async def _search(program: Opened, text: str, *keys: str) -> None:
    await program.press("g", "s", f"={text}", *keys, "enter")
    await program.until(
        lambda: program.screen.looking.found is not None and program.screen.looking.found.state != "running",
        "the end of the search",
    )
    await program.pilot.pause()


async def test_what_was_found_is_a_list_to_work_through(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await _search(program, "execute")
        text = program.text
        assert "Search 4" in text
        assert "0 of 4 looked at" in text
        assert "1 file with binary content, not searched" in text
        assert program.said == "Searched 3 files, 4 lines in 2 files · 1 not searched: 1 binary"
        assert program.place == ("app/dao.py", 2)
        visited = []
        for _ in range(3):
            await program.press("j")
            visited.append(program.place)
        assert visited == [("app/dao.py", 6), ("app/dao.py", 7), ("app/zeta.py", 1)]
        await program.press("k", "k", "space")
        assert "1 of 4 looked at" in program.text
        await program.press("enter")
        assert (program.screen.context, program.place) == ("source", ("app/dao.py", 7))


async def test_results_are_walked_from_anywhere_and_what_is_left_was_looked_at(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("]", "r")
        assert program.said.startswith("Nothing was searched for in the repository")
        await _search(program, "execute")
        await program.press("tab")
        said = []
        for _ in range(4):
            await program.press("]", "r")
            said.append((program.place, program.said))
        assert said == [
            (("app/dao.py", 6), "2 of 4"),
            (("app/dao.py", 7), "3 of 4"),
            (("app/zeta.py", 1), "4 of 4"),
            (("app/zeta.py", 1), "That was the last of 4: all looked at"),
        ]
        assert "4 of 4 looked at" in program.text
        await program.press("[", "R")
        assert (program.place, program.said) == (("app/dao.py", 2), "1 of 4")


async def test_what_was_looked_at_stays_so_when_the_code_moved_and_the_search_is_run_again(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await _search(program, "execute")
        await program.press("space")
        (root / "app/dao.py").write_text("import os\n\n" + DAO)
        await program.press("r")
        await program.until(
            lambda: program.screen.looking.found is not None and program.screen.looking.found.state == "done", "the end"
        )
        found = program.screen.looking.found
        assert found is not None
        assert [(result.line, result.key in found.looked) for result in found.results] == [
            (4, True),
            (8, False),
            (9, False),
            (1, False),
        ]


async def test_a_line_that_moved_since_is_shown_and_written_down_where_it_is(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await _search(program, "cursor")
        (root / "app/zeta.py").write_text("# one\n# two\ncursor.execute(1)\n")
        await program.press("]", "f", "[", "R")
        assert program.place == ("app/zeta.py", 3)
        (root / "app/zeta.py").write_text("gone\n")
        await program.press("f", "=dao", "enter", "[", "R")
        assert program.said.startswith(("app/zeta.py:1 has changed since the search", "1 of 1"))
        await program.press("ctrl+w", "r", "a")
        assert program.said.startswith("app/zeta.py:1 has changed since the search")


async def test_selected_results_become_one_finding_or_evidence(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await _search(program, "execute")
        await program.press("V", "j", "j", "a", "=Built by hand", "ctrl+s")
        (finding,) = program.screen.desk.review.findings.values()
        assert [(place.path, place.span, place.anchor.text.strip()) for place in finding.places] == [
            ("app/dao.py", LineSpan(2, 2), 'db.execute("SELECT a " + name)'),
            ("app/dao.py", LineSpan(6, 7), 'db.execute("SELECT b " + name)\n    db.execute("SELECT c")'),
        ]
        assert "3 of 4 looked at" in program.text
        await program.press("G", "home", "j", "j", "j", "j", "j", "g", "a", "enter")
        (finding,) = program.screen.desk.review.findings.values()
        assert [str(place) for place in finding.places] == ["app/dao.py:2", "app/dao.py:6-7", "app/zeta.py:1"]
        await program.press(".")
        assert program.said.startswith("Choose an item of the checklist first")
        await program.press("]", "c", "ctrl+w", "r", ".")
        assert "app/zeta.py:1 is kept as evidence for" in program.said


async def test_the_row_of_a_file_stands_for_its_lines(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await _search(program, "execute")
        await program.press("home", "space")
        assert "3 of 4 looked at" in program.text
        await program.press("space")
        assert "0 of 4 looked at" in program.text
        await program.press("end", "space")
        assert program.said == "Nothing here that could be looked at"


async def test_switches_and_globs_are_reached_by_keys_and_an_empty_result_says_what_was_searched(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await _search(program, r"SELECT \d \W", "alt+r", "tab", "=*.py", "tab", "tab", "tab", "space")
        found = program.screen.looking.found
        assert found is not None
        assert found.wanted == Wanted(r"SELECT \d \W", regex=True, case=True, globs="*.py")
        assert program.said == "Searched 2 files that fit *.py, nothing found"
        assert "nothing found" in program.text
        await program.press("g", "s", "up", "f6", "enter")
        assert program.screen.looking.lists[0].wanted == Wanted(r"SELECT \d \W", case=True, globs="*.py")
        await program.press("g", "/", "down", "enter")
        assert program.screen.looking.found is found


async def test_the_form_takes_the_word_under_the_cursor_and_refuses_what_is_no_pattern(root: Path) -> None:
    async with opened(root / "app/zeta.py", scanned=False) as program:
        await program.until(lambda: program.place == ("app/zeta.py", 1), "the file")
        await program.press("w", "w", "g", "s", "enter")
        await program.until(lambda: program.screen.looking.found is not None, "the list")
        assert program.screen.looking.lists[0].wanted.text == "execute"
    assert await answers(FindForm(Wanted(""), ()), "enter", "(", "alt+r", "enter") == []
    assert await answers(FindForm(Wanted(""), ()), "(", "tab", "[", "enter") == []
    assert await answers(FindForm(Wanted(""), ()), "(", "enter") == [Wanted("(")]


async def test_a_search_is_stopped_by_escape_and_by_the_next_one(root: Path) -> None:
    (root / "app/slow.py").write_text("x" * 60 + "z\n")
    async with opened(root, scanned=False) as program:
        program.screen.looking.workers.seconds = 60
        await program.press("R")
        await program.until(lambda: RepoPath("app/slow.py") in program.screen.desk.paths, "the new file")
        await program.press("g", "s", "=(x+x+)+y", "alt+r", "enter")
        assert program.screen.looking.lists[0].state == "running"
        await program.press("escape")
        assert program.said.startswith("Stopped: searched ")
        await program.press("g", "s", "up", "enter")
        assert program.screen.looking.lists[0].state == "running"
        await _search(program, "execute")
        assert [found.state for found in program.screen.looking.lists] == ["done", "stopped"]


async def test_hostile_lines_and_names_are_drawn_as_pictures(root: Path) -> None:
    name = "app/[red]\x1b]0;x\x07\u202e.py"
    (root / name).write_bytes(
        "execute\x1b[2J[/] \u202e \x9b1m\n".encode() + b"execute" + b"\t" * 3 + b"[@click=quit]\n"
    )
    async with opened(root, scanned=False) as program:
        await program.press("R")
        await program.until(lambda: RepoPath(name) in program.screen.desk.paths, "the new file")
        await _search(program, "execute")
        await program.press("home")
        for _ in range(8):
            await program.press("j")
            all_drawn(program.screen.app)
        text = program.text
        assert "execute␛[2J[/] <U+202E>" in text
        assert "[red]␛]0;x␇<U+202E>.py" in text
