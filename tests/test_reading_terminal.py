"""What was collected outlives the program, however it ends: on a real terminal, with real signals."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewtui.model.reading import Reading
from reviewtui.reading import open_logbook
from tests.gitrepo import GitRepo, isolate
from tests.terminal import Terminal

REVIEWTUI = (sys.executable, "-P", "-m", "reviewtui")
CODE = "".join(f"value_{n} = step({n})\n" for n in range(1, 101))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of a hundred lines, and a user with a home of their own."""
    isolate(monkeypatch, tmp_path / "home")
    GitRepo.create(tmp_path / "project", {"way.py": CODE, "other.py": "x = 1\n"})
    return tmp_path / "project"


def started(root: Path) -> Terminal:
    return Terminal([*REVIEWTUI, str(root)], cwd=Path("/"))


def kept(root: Path) -> Reading:
    return open_logbook(root).read()


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.02)


def collect(terminal: Terminal) -> None:
    """Three steps, a mark and a note, and then on to another line."""
    terminal.wait_for("way.py")
    terminal.press("f")
    terminal.wait_for("Open a file")
    terminal.type("way")
    terminal.press("<enter>")
    terminal.wait_for("value_1 = step(1)")
    terminal.press("5Gss10Gspma")
    terminal.wait_for("Mark a is on")
    terminal.press("20Gsk")
    terminal.wait_for("Step 3 of")
    terminal.press("sk")
    terminal.wait_for("Note on the step")
    terminal.type("unchecked")
    terminal.press("<enter>")
    terminal.wait_for("Noted at")
    terminal.press("77G")


STEPS = [("source", "way.py:5", ""), ("passes through", "way.py:10", ""), ("sink", "way.py:20", "unchecked")]


def steps(reading: Reading) -> list[tuple[str, str, str]]:
    trail = reading.current
    return [(s.role, str(s.place), s.place.note) for s in trail.steps] if trail else []


def line(reading: Reading) -> int:
    return reading.scene.spot.line if reading.scene.spot else 0


def test_a_kill_in_the_middle_loses_nothing_that_was_collected(root: Path) -> None:
    with started(root) as terminal:
        collect(terminal)
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.wait_exit() == -signal.SIGKILL
    assert steps(kept(root)) == STEPS
    assert str(kept(root).marks["a"]) == "way.py:10"
    with started(root) as terminal:
        terminal.wait_for("way.py")
        terminal.press("'a")
        terminal.wait_for("Mark a · way.py:10")
        terminal.wait_for("20⇥")
        terminal.press("sl")
        terminal.wait_for("unchecked")
        terminal.press("<escape>")


def test_even_the_cursor_survives_a_kill_after_a_rest(root: Path) -> None:
    with started(root) as terminal:
        collect(terminal)
        until(lambda: line(kept(root)) == 77, "the place on disk")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.wait_exit()
    with started(root) as terminal:
        terminal.wait_for("Where you were: way.py:77")
        terminal.wait_for("77:1")


def test_a_termination_ends_in_order_and_keeps_the_place(root: Path) -> None:
    with started(root) as terminal:
        collect(terminal)
        terminal.wait_for("77:1")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_exit() == 128 + signal.SIGTERM
    assert (steps(kept(root)), line(kept(root))) == (STEPS, 77)


def test_a_terminal_that_goes_away_takes_the_program_and_nothing_else(root: Path) -> None:
    terminal = started(root)
    collect(terminal)
    terminal.wait_for("77:1")
    os.close(terminal.fd)
    until(lambda: os.waitpid(terminal.pid, os.WNOHANG)[0] == terminal.pid, "the end of the program")
    assert (steps(kept(root)), line(kept(root))) == (STEPS, 77)


def test_a_suspended_program_has_kept_the_place_and_goes_on(root: Path) -> None:
    with started(root) as terminal:
        collect(terminal)
        terminal.wait_for("77:1")
        terminal.press("<ctrl+z>")
        until(lambda: line(kept(root)) == 77, "the place on disk")
        until(lambda: os.waitpid(terminal.pid, os.WUNTRACED | os.WNOHANG)[0] == terminal.pid, "the stop")
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.press("k")
        terminal.wait_for("76:1")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert (steps(kept(root)), line(kept(root))) == (STEPS, 76)


def test_nothing_of_it_is_in_the_repository(root: Path) -> None:
    with started(root) as terminal:
        collect(terminal)
        terminal.press("q")
        assert terminal.wait_exit() == 0
    status = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True)
    assert status.stdout == ""
