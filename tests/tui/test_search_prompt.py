"""The prompt: search as you type in the open file."""

from pathlib import Path

import pytest

from reviewtui.search.wanted import Wanted
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import opened


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a text that is long, and one that holds an expression up for years."""
    isolate(monkeypatch, tmp_path / "home")
    folder = tmp_path / "project"
    GitRepo.create(
        folder,
        {
            "notes.txt": "one\nTwo\nthree threefold\n" * 40,
            "slow.txt": "xxy\n" + "x" * 60 + "z\nxxy\n",
            "other.txt": "none\nthree\n",
        },
    )
    return folder


async def test_the_prompt_counts_while_one_types_and_its_switches_count_at_once(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.until(lambda: program.place == ("notes.txt", 1), "the file")

        def last_line() -> str:
            return program.text.splitlines()[-1]

        await program.press("/", "=thr")
        assert "1 of 80" in last_line()
        await program.press("=ee")
        await program.press("alt+w")
        assert "1 of 40" in last_line()
        await program.press("alt+w", "alt+c", "backspace", "backspace", "backspace", "backspace", "backspace", "=two")
        assert "none" in last_line()
        await program.press("alt+c")
        assert "1 of 40" in last_line()
        assert "any case" in last_line()
        await program.press("enter", "n")
        assert (program.place, program.said) == (("notes.txt", 5), "Match 2 of 40")
        await program.press("N", "N")
        assert (program.place, program.said) == (("notes.txt", 119), "Match 40 of 40")


async def test_an_expression_is_searched_for_beside_the_screen(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.until(lambda: program.place == ("notes.txt", 1), "the file")
        await program.press("/", "alt+r", "=th[re]+f")
        await program.until(lambda: program.place == ("notes.txt", 3), "the first match")
        await program.until(lambda: "1 of 40" in program.text.splitlines()[-1], "the count")
        await program.press("=[")
        assert "not an expression yet" in program.text
        await program.press("backspace", "enter")
        await program.until(lambda: program.said == "Match 1 of 40", "the count")
        await program.press("2", "n")
        assert (program.place, program.said) == (("notes.txt", 9), "Match 3 of 40")
        program.screen.going.to(program.screen.desk.paths[1], 1)
        await program.press("n")
        await program.until(lambda: program.said == "Not found", "the answer for the other file")


async def test_an_expression_that_never_ends_is_given_up_and_the_screen_goes_on(root: Path) -> None:
    async with opened(root / "slow.txt", scanned=False) as program:
        await program.until(lambda: program.place == ("slow.txt", 1), "the file")
        workers = program.screen.searching.workers
        workers.seconds = 60
        await program.press("/", "alt+r", "=(x+x+)+y", "enter")
        assert program.said == "Searching…"
        await program.press("j")
        assert program.place == ("slow.txt", 2)
        workers.seconds = 0.3
        await program.press("/", "up", "enter")
        await program.until(lambda: "took longer than 0.3 s" in program.said, "the end")
        await program.press("n")
        assert program.said == "took longer than 0.3 s"
        await program.press("/", "=xxy", "enter")
        assert program.said == "Match 2 of 2"


async def test_what_was_entered_comes_back_with_its_switches(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.until(lambda: program.place == ("notes.txt", 1), "the file")
        await program.press("/", "=one", "enter", "/", "alt+w", "=three", "enter")
        await program.press("/", "=dra", "up")
        assert program.screen.searching.field.value == "three"
        assert program.screen.searching.wanted == Wanted("three", word=True)
        await program.press("up", "up")
        assert program.screen.searching.field.value == "one"
        await program.press("down", "down")
        assert program.screen.searching.field.value == "dra"
        await program.press("escape", ":", "=12", "enter", ":", "up")
        assert program.screen.searching.field.value == "12"


async def test_the_word_under_the_cursor_is_searched_forwards_and_backwards(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.until(lambda: program.place == ("notes.txt", 1), "the file")
        await program.press("*")
        assert (program.place, program.said) == (("notes.txt", 4), "Match 2 of 40")
        await program.press("l", "#", "#")
        assert (program.place, program.said) == (("notes.txt", 118), "Match 40 of 40")


async def test_enter_twice_in_the_prompt_is_enter_once(tmp_path: Path) -> None:
    GitRepo.create(tmp_path / "p", {"a.py": "one = 1\ntwo = one\n"})
    async with opened(tmp_path / "p", scanned=False) as program:
        await program.press("f", "=a.py", "enter", "/", "=two")
        field = program.screen.searching.field
        for _ in range(2):
            field.post_message(field.Submitted(field, "two"))
        await program.pilot.pause()
        assert not program.screen.searching.is_typing
        assert program.place == ("a.py", 2)
