"""What a command really loads, seen from a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.gitrepo import GitRepo

HEAVY: Final = {"textual", "rich", "bandit", "stevedore", "pygments", "yaml"}
_REPORT: Final = """
import sys
from reviewtui.cli import run
status = run(sys.argv[1:])
sys.stdout.flush()
print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(status)
"""
_MODEL: Final = """
import sys, pkgutil, importlib, reviewtui.model
for module in pkgutil.iter_modules(reviewtui.model.__path__):
    importlib.import_module(f"reviewtui.model.{module.name}")
print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
print(*sorted(name for name in sys.modules if name.startswith("reviewtui.")))
"""


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["--version"],
        ["export", "--help"],
        ["status", "."],
        ["status", "--format", "json", "."],
        ["check", "."],
        ["export", "markdown", "."],
        ["export", "json", "."],
        ["commit", "."],
        ["keys"],
        ["keys", "--format", "toml"],
        ["explain", "B608", "CWE-89"],
        ["explain", "--list"],
    ],
    ids=" ".join,
)
def test_a_command_without_a_screen_loads_neither_screen_nor_scanner(command: list[str], tmp_path: Path) -> None:
    GitRepo.create(tmp_path, {"shop.py": "x = 1\n", ".reviewtui/findings.toml": "format = 1\n"})
    assert _loaded(_REPORT, command, tmp_path) & HEAVY == set()


@pytest.mark.parametrize("command", [["--help"], ["--version"]], ids=" ".join)
def test_help_does_not_even_load_git(command: list[str], tmp_path: Path) -> None:
    assert _loaded(_REPORT, command, tmp_path) & {"git", "tomli", "tomli_w"} == set()


def test_a_scan_loads_bandit_in_its_workers_only(tmp_path: Path) -> None:
    GitRepo.create(tmp_path, {"shop.py": "eval(input())\n"})
    assert _loaded(_REPORT, ["scan", "."], tmp_path) & HEAVY == set()


def test_the_screen_is_there_before_git_and_the_scanner_are_loaded(tmp_path: Path) -> None:
    program = "import sys, reviewtui.tui.app\nprint('LOADED', *sys.modules, file=sys.stderr)"
    assert _loaded(program, [], tmp_path) & {"git", "bandit", "stevedore"} == set()


def test_the_model_loads_only_itself_and_the_standard_library(tmp_path: Path) -> None:
    loaded = _loaded(_MODEL, [], tmp_path)
    assert {name for name in loaded if not name.startswith("_")} - sys.stdlib_module_names - _START == {"reviewtui"}


def _loaded(program: str, arguments: list[str], folder: Path) -> set[str]:
    """The outermost names of all modules that a process has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, *arguments],
        cwd=folder,
        env=os.environ | {"HOME": str(folder / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (line,) = (line for line in done.stderr.splitlines() if line.startswith("LOADED "))
    return set(line.split()[1:])


def _at_start() -> set[str]:
    program = "import sys, pkgutil, importlib; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


_START: Final = _at_start()
"""What the interpreter loads for itself, with hooks of this environment."""
