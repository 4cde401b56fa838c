"""The user's key file and the real program on a real terminal: started, told, typed, clicked and left."""

import sys
from pathlib import Path
from typing import Final

import pytest

from tests.gitrepo import GitRepo, isolate
from tests.terminal import Terminal

REVIEWTUI: Final = (sys.executable, "-P", "-m", "reviewtui")
MINE: Final = """\
[keys]
next_hit = "<f4>"
find_file = "<alt+o>"
undo = "]"
"\\u001b]0;PWNED\\u0007" = "x"
[keys.tree]
down = ["<ctrl+n>", "<down>"]
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that brings a key file, and a user who has another one."""
    isolate(monkeypatch, tmp_path / "home")
    theirs = '[keys]\nhelp = "q"\nquit = false\n'
    files = {"a.py": "x = 1\n", "b.py": "eval(input())\n"}
    files |= dict.fromkeys((".config/reviewtui/keys.toml", "reviewtui/keys.toml", "keys.toml"), theirs)
    GitRepo.create(tmp_path / "project", files)
    mine = tmp_path / "config" / "reviewtui" / "keys.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text(MINE)
    return tmp_path / "project"


def test_a_users_keys_work_on_a_terminal_and_a_repositorys_do_not(root: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(root.parent / "config"), "HOME": str(root)}
    with Terminal([*REVIEWTUI, str(root)], cwd=root, environment=environment, keep_raw=True) as terminal:
        terminal.wait_for("line 4: undo: after ] nobody could type")
        terminal.wait_for("␛]0;PWNED␇: there is no such action")
        terminal.press("<escape>")
        terminal.wait_gone("Your key file")
        terminal.wait_for("1 undecided")
        terminal.press("<f4>")
        terminal.wait_for("1 of 1")
        terminal.type("\x1bo")
        terminal.wait_for("Open a file")
        terminal.press("<escape>")
        terminal.wait_gone("any part of its path")
        terminal.press("]")
        terminal.wait_for("any other key ends it")
        assert "Next hit" not in terminal.text
        terminal.press("<escape>")
        terminal.wait_gone("any other key ends it")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert b"PWNED\x07" not in bytes(terminal.raw)
    assert b"\x1b]0;" not in bytes(terminal.raw)


def test_the_palette_shows_the_users_keys_beside_their_actions(root: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(root.parent / "config")}
    with Terminal([*REVIEWTUI, str(root)], environment=environment) as terminal:
        terminal.wait_for("Your key file")
        terminal.press("<enter>")
        terminal.wait_gone("Your key file")
        terminal.press("<ctrl+p>")
        terminal.wait_for("any part of an action")
        terminal.type("next hit")
        terminal.wait_for("next-hit  F4")
        terminal.press("<escape>")
        terminal.settle()
        terminal.press("<ctrl+q>")
        assert terminal.wait_exit() == 0
