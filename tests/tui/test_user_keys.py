"""The program with a user's own keys: they do it, every text says them, and what is wrong with the file is said."""

from pathlib import Path

import pytest

from reviewtui.tui.actions import ACTIONS
from reviewtui.tui.screens.help import HelpRows, HelpScreen
from reviewtui.tui.screens.message import MessageScreen
from reviewtui.tui.widgets.which_key import WhichKey
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

HITS = "import os\n\n\ndef run(name):\n    os.system('ls ' + name)\n    eval(name)\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with hits, and one without."""
    isolate(monkeypatch, tmp_path / "home")
    folder = tmp_path / "project"
    GitRepo.create(folder, {"shop.py": HITS, "notes.txt": "one\ntwo\n"})
    return folder


async def test_keys_of_the_user_do_it_and_the_usual_ones_do_not(root: Path) -> None:
    async with opened(root, keys='[keys]\nnext_hit = "<f4>"\n[keys.source]\ndown = "<f7>"\n') as program:
        await program.press("right_square_bracket", "b")
        assert program.place is None
        await program.press("f4", "f4")
        first = program.place
        await program.press("j")
        assert program.place == first
        await program.press("g", "g", "f7")
        assert program.place == ("shop.py", 2)


async def test_every_text_says_the_keys_of_the_user(root: Path) -> None:
    """With every key another one, none of the usual ones is to be seen on any screen."""
    keys = ["[keys]"]
    keys += [f'{a.name} = "{chr(0x4E00 + at)}"' for at, a in enumerate(ACTIONS) if not a.takes_letter]
    by_name = {action.name: chr(0x4E00 + at) for at, action in enumerate(ACTIONS)}
    texts = []
    async with opened(root, keys="\n".join(keys)) as program:
        texts.append(program.text)
        for name in (
            *("confirm_hit", "edit_finding", "repeat_verdict", "search_next", "answer_pass", "next_hit", "confirm_hit"),
            *("pane_findings", "pane_hits", "repeat_verdict", "pane_checklist", "bottom", "activate", "add_evidence"),
            *("next_candidate", "cancel", "delete_finding", "scan"),
        ):
            await program.press(by_name[name])
            texts.append(program.text)
            await program.press("escape")
        texts.append(program.text)
        await program.press(by_name["palette"])
        texts.append(program.text)
    usual = (
        " ]b",
        " ]o",
        " tc ",
        " tf ",
        " Ctrl-p",
        " Ctrl-w",
        " ]c ",
        " gg ",
        "x pass",
        "X fail",
        " u brings",
        "R scans",
    )
    assert [(word, text) for text in texts for word in usual if word in text] == []


async def test_what_is_wrong_with_the_file_is_said_at_the_start_and_in_the_help(root: Path) -> None:
    async with opened(root, keys='[keys]\nundo = "q"\n"\\u001b]0;x" = 1\nredo = "<f9>"\n') as program:
        assert isinstance(program.screen.app.screen, MessageScreen)
        assert "line 2: undo: q is quit (Close" in program.text
        assert "␛]0;x: expected a list of texts" in program.text
        await program.press("escape", "f1")
        assert "Your key file: keys.toml" in program.text
        assert "line 2" in program.text
        await program.press("escape", "u")
        assert program.said == "Nothing to undo"


async def test_a_warning_is_one_line(root: Path) -> None:
    async with opened(root, keys='[keys]\nundo = "<ctrl+m>"\n', scanned=False) as program:
        assert program.screen.app.screen is program.screen
        await program.press("f1")
        assert "most terminals send <enter> for <ctrl+m>" in program.text


async def test_help_marks_what_the_user_changed_and_finds_it(root: Path) -> None:
    async with opened(root, keys='[keys]\nundo = "<f9>"\nscan = false\n', scanned=False) as program:
        await program.press("f1", "=usually")
        screen = program.screen.app.screen
        assert isinstance(screen, HelpScreen)
        assert "* F9                Undo   usually u" in program.text
        assert "* –                 Scan again   usually R" in program.text
        assert screen.query_one(HelpRows).row_count == 5, program.text


# The panel


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The panel does not let the test wait."""
    monkeypatch.setattr("reviewtui.tui.screens.review_keys.PAUSE", 0.01)


async def panel(program: Opened, *keys: str) -> str:
    await program.press(*keys)
    await program.until(lambda: program.screen.query_one(WhichKey).display, "the panel")
    await program.pilot.pause()
    return program.text


@pytest.mark.usefixtures("soon")
async def test_after_a_prefix_the_keys_that_may_follow_are_listed(root: Path) -> None:
    async with opened(root, size=(80, 24)) as program:
        text = await panel(program, "3", "t")
        assert " 3t " in text
        for line in ("c Confirm: opens a finding", "f False positive", ". The last verdict again"):
            assert line in text
        await program.press("escape")
        assert not program.screen.query_one(WhichKey).display
        assert program.screen.typing.sequences.pending == ""


@pytest.mark.usefixtures("soon")
async def test_the_panel_goes_with_the_next_key_and_does_not_come_while_one_types(root: Path) -> None:
    async with opened(root) as program:
        await panel(program, "right_square_bracket")
        await program.press("b")
        assert (program.place, program.screen.query_one(WhichKey).display) == (("shop.py", 5), False)
        await program.press("g", "g")
        assert (program.screen.typing.is_waiting, program.screen.query_one(WhichKey).display) == (False, False)


async def test_a_count_alone_brings_no_panel(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("1", "2")
        assert (program.screen.typing.sequences.pending, program.screen.typing.is_waiting) == ("12", False)


@pytest.mark.usefixtures("soon")
async def test_a_key_of_the_panel_can_be_clicked(root: Path) -> None:
    async with opened(root) as program:
        text = await panel(program, "right_square_bracket")
        row = next(y for y, line in enumerate(text.split("\n")) if "b Next hit" in line)
        column = text.split("\n")[row].index("Next hit")
        await program.pilot.click(offset=(column, row))
        await program.pilot.pause()
        assert (program.place, program.screen.query_one(WhichKey).display) == (("shop.py", 5), False)


@pytest.mark.usefixtures("soon")
async def test_the_panel_fits_however_small_the_screen(root: Path) -> None:
    async with opened(root, size=(30, 12)) as program:
        text = await panel(program, "right_square_bracket")
        assert "more in the help" in text
        assert all(len(line) <= 30 for line in text.split("\n"))
        await program.pilot.resize_terminal(120, 40)
        await program.pilot.pause()
        assert "more in the help" not in program.text


@pytest.mark.usefixtures("soon")
async def test_what_has_its_own_keys_in_a_pane_is_listed_there(root: Path) -> None:
    async with opened(root, keys='[keys.tree]\nscan = "g<f11>"\n', scanned=False) as program:
        assert "F11 Scan again" in await panel(program, "g")
        await program.press("escape", "tab")
        assert "F11 Scan again" not in await panel(program, "g")


# The hints


async def test_hints_are_clicked_and_those_that_matter_stay_on_a_narrow_screen(root: Path) -> None:
    async with opened(root, size=(60, 24)) as program:
        await program.press("right_square_bracket", "b")
        line = program.text.split("\n")[-1]
        assert line.rstrip().endswith("? help")
        await program.pilot.click(offset=(line.index("confirm"), 23))
        await program.pilot.pause()
        assert "Confirm B" in program.text


async def test_alt_is_another_key(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("alt+q", "alt+d", "alt+d")
        assert (program.said, program.screen.typing.sequences.pending) == ("", "")
