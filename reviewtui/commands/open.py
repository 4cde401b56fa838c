"""`reviewtui [PATH]`: open the screen; the only command that loads it."""

import os
import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reviewtui.commands.choosing import choices_of
from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.opening import open_review
from reviewtui.repo.repository import Repository
from reviewtui.scan.choices import ScanChoices

if TYPE_CHECKING:
    from reviewtui.tui.key_check import UserKeys


def run(arguments: Namespace) -> int:
    """Open the screen on what the arguments name."""
    expect_terminal()
    return open_screen(arguments.path, arguments.findings, arguments.by, choices_of(arguments))


def open_screen(path: Path, findings: RepoPath, by: str, choices: ScanChoices) -> int:
    """Open the screen and wait until it is closed; its exit status."""
    repository = Repository.open(path)
    from reviewtui.tui.app import run as run_screen

    return run_screen(repository, findings, partial(open_review, repository, findings, by), _load_keys, choices)


def _load_keys() -> "UserKeys":
    """Called when the first frame stands."""
    from reviewtui.tui.key_check import user_keys

    return user_keys(os.environ)


def expect_terminal() -> None:
    """Raise ReviewTuiError where there is no terminal to draw on or to read keys from."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ReviewTuiError(
            "The screen needs a terminal: run it in one, or use scan, status, check or export (see reviewtui --help)"
        )
