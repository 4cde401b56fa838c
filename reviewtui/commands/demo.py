"""`reviewtui demo`: a fresh copy of the sample shop, and the screen on it."""

import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Final

from reviewtui.commands.arguments import FINDINGS
from reviewtui.commands.output import note, say
from reviewtui.model.place import RepoPath
from reviewtui.repo.demo import make_demo
from reviewtui.scan.choices import ScanChoices

_NAME: Final = "shop"


def run(arguments: Namespace) -> int:
    """Make the copy, say where it is, open it."""
    if not arguments.no_open:
        # Inside the function, as everywhere: only opening the screen loads it.
        from reviewtui.commands import open as screen

        screen.expect_terminal()
    target = arguments.to or Path(tempfile.mkdtemp(prefix="reviewtui-demo-")) / _NAME
    folder = make_demo(target)
    if arguments.no_open:
        say(str(folder))
        return 0
    status = screen.open_screen(folder, RepoPath(FINDINGS), arguments.by, ScanChoices())
    note(f"The copy of the shop stays in {folder} until you delete it.")
    return status
