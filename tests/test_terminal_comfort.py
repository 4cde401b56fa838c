"""What concerns the terminal itself, through a real one: the editor, the clipboard, the shell, and the end."""

import base64
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.gitrepo import GitRepo
from tests.terminal import Terminal

REVIEWTUI = (sys.executable, "-m", "reviewtui")
APP = "".join(f"def f{n}(x):\n    return x + {n}\n\n\n" for n in range(60))
LEAVES = b"\x1b[?1049l"
ENTERS = b"\x1b[?1049h"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user with a name and an editor that is a script."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Rita Reviewer\n\temail = rita@example.com\n")
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1]), "EDITOR": ""}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a file whose name is a command of an editor."""
    return GitRepo.create(tmp_path / "project", {"app.py": APP, "+!touch x": "x\n", "zz.py": "a = '\u202e'\n"}).root


def editor(tmp_path: Path, *lines: str) -> str:
    """An editor that is a shell script called nano."""
    path = tmp_path / "nano"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(stat.S_IRWXU)
    return str(path)


def started(root: Path, environment: dict[str, str], path: str = "app.py", **more: str) -> Terminal:
    """The program with a file open."""
    terminal = Terminal(
        [*REVIEWTUI, str(root / path)], environment={**environment, **more}, cwd=Path("/"), keep_raw=True
    )
    terminal.wait_for("saved")
    terminal.wait_until(lambda screen: "scan ━" not in screen and "scan ╌" not in screen, "the end of the scan")
    return terminal


def test_an_editor_opens_at_the_line_and_the_reader_comes_back_to_it(
    tmp_path: Path, root: Path, environment: dict[str, str]
) -> None:
    seen = tmp_path / "seen"
    script = editor(
        tmp_path,
        f'printf "%s\\n" "$PWD" "$@" > "{seen}"',
        "echo EDITOR IS OPEN",
        "read answer",
        'sed -i "1i # $answer" "$2"',
    )
    with started(root, environment, EDITOR=script) as terminal:
        terminal.press("102Ge")
        terminal.wait_for("is up to it")
        begun = len(terminal.raw)
        terminal.press("<enter>")
        terminal.wait_for("EDITOR IS OPEN")
        assert LEAVES in terminal.raw[begun:]
        begun = len(terminal.raw)
        terminal.press("first<enter>")
        terminal.wait_for("103:")
        assert ENTERS in terminal.raw[begun:]
        assert seen.read_text().splitlines() == [environment["HOME"], "+102", str(root / "app.py")]
        assert (root / "app.py").read_text() == "# first\n" + APP
        assert " 103     " in terminal.text
        # The second time nothing is asked.
        terminal.press("e")
        terminal.wait_for("EDITOR IS OPEN")
        terminal.press("second<enter>")
        terminal.wait_for("104:")


def test_a_name_that_is_a_command_of_the_editor_is_only_a_name(
    tmp_path: Path, root: Path, environment: dict[str, str]
) -> None:
    seen = tmp_path / "seen"
    with started(
        root, environment, "+!touch x", EDITOR=editor(tmp_path, f'printf "%s\\n" "$@" > "{seen}"')
    ) as terminal:
        terminal.press("e")
        terminal.wait_for("is up to it")
        terminal.press("<enter>")
        terminal.wait_until(lambda _: seen.exists(), "the editor")
        terminal.wait_for("saved")
    assert seen.read_text().splitlines() == ["+1", str(root / "+!touch x")]


def test_without_an_editor_or_with_one_that_fails_that_is_told_on_the_screen(
    tmp_path: Path, root: Path, environment: dict[str, str]
) -> None:
    with started(root, environment) as terminal:
        terminal.press("e")
        terminal.wait_for("EDITOR=nano")
    with started(root, environment, EDITOR="no-such-editor") as terminal:
        terminal.press("e<enter>")
        terminal.wait_for("not installed")
    with started(root, environment, EDITOR=editor(tmp_path, "exit 3")) as terminal:
        terminal.press("e<enter>")
        terminal.wait_for("ended with status 3")


@pytest.mark.parametrize(
    ("more", "envelope"),
    [
        ({}, "%s"),
        ({"TERM": "tmux-256color"}, "%s\x1bPtmux;\x1b%s\x1b\\"),
        ({"STY": "1.x"}, "\x1bP%s\x1b\\"),
    ],
)
def test_a_text_goes_to_the_clipboard_as_base64_and_nothing_else_of_it(
    root: Path, environment: dict[str, str], more: dict[str, str], envelope: str
) -> None:
    with started(root, environment, "zz.py", **more) as terminal:
        begun = len(terminal.raw)
        terminal.press("Y")
        terminal.wait_for("A hidden or misleading character (RIGHT-TO-LEFT OVERRIDE on line 1) was sent")
        encoded = base64.b64encode("a = '\u202e'".encode()).decode()
        plain = f"\x1b]52;c;{encoded}\x07"
        expected = envelope.replace("%s", plain).encode()
        written = bytes(terminal.raw[begun:])
        assert expected in written
        assert "\u202e".encode() not in written
        assert b"]52" not in written.replace(expected, b"", 1)


def test_to_the_shell_and_back_the_screen_has_the_size_of_the_window(root: Path, environment: dict[str, str]) -> None:
    shell = ["bash", "--norc", "--noprofile", "-i"]
    with Terminal(shell, environment={**environment, "PS1": "SHELL> "}, cwd=Path("/"), keep_raw=True) as terminal:
        terminal.wait_for("SHELL>")
        terminal.type(f"{sys.executable} -m reviewtui {root / 'app.py'}\n")
        terminal.wait_for("saved")
        terminal.press("30G<ctrl+z>")
        terminal.wait_for("Stopped")
        assert terminal.raw.rindex(LEAVES) > terminal.raw.rindex(ENTERS)
        terminal.resize(24, 80)
        terminal.type("clear; fg\n")
        terminal.wait_for("30:")
        terminal.wait_until(lambda screen: "saved" in screen.splitlines()[22], "the status in the last but one line")
        assert all(len(line) <= 80 for line in terminal.text.splitlines())
        terminal.press("j")
        terminal.wait_for("31:")


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def is_gone(pid: int) -> bool:
    """Whether a process has ended within some seconds."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_a_terminal_that_goes_away_ends_the_program_and_what_was_being_written_is_kept(
    root: Path, environment: dict[str, str], state_home: Path
) -> None:
    terminal = started(root, environment)
    terminal.press("5Gc")
    terminal.wait_for("Note")
    terminal.type("accepted")
    terminal.press("<enter>")
    terminal.wait_for("saved")
    terminal.press("6Ga")
    terminal.wait_for("Finding")
    terminal.type("half written")
    helpers = children(terminal.pid)
    os.close(terminal.fd)
    assert os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]) == 128 + signal.SIGHUP
    assert all(is_gone(pid) for pid in helpers)
    assert "accepted" in (root / ".reviewtui" / "findings.toml").read_text()
    (kept,) = (state_home / "reviewtui" / "unfinished").iterdir()
    assert kept.read_text() == "title:\nhalf written\n"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with started(root, environment) as again:
        again.wait_for("A text was left unfinished")


def test_a_program_that_is_told_to_end_leaves_the_terminal_as_it_was(root: Path, environment: dict[str, str]) -> None:
    with started(root, environment) as terminal:
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
        assert terminal.raw.rindex(LEAVES) > terminal.raw.rindex(ENTERS)
        modes = re.findall(rb"\x1b\[\?(1000|1003|1006|2004)([hl])", bytes(terminal.raw))
        assert dict(modes) == {mode: b"l" for mode, _ in modes}
