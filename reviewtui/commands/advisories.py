"""`reviewtui advisories`: which databases there are, and a new one from the network or from a file."""

import sys
import time
from argparse import Namespace
from typing import Final

from reviewtui.auditing import advisories_folder, databases
from reviewtui.commands.deps import described, source_json
from reviewtui.commands.output import note, say, say_whole
from reviewtui.dependencies.database import Source
from reviewtui.errors import ReviewTuiError
from reviewtui.formats.json_format import Json, dumps
from reviewtui.updating import URL, update_from_file, update_from_url

SCHEMA: Final = "reviewtui-advisories"
SCHEMA_VERSION: Final = 1
_PAUSE: Final = 0.1
_ERASE: Final = "\r\x1b[K"


def run(arguments: Namespace) -> int:
    """List, or update and say what is there now."""
    if arguments.action == "update":
        return _update(arguments)
    if arguments.url or arguments.file:
        raise ReviewTuiError("--url and --from belong to `reviewtui advisories update`")
    found = databases(())
    assert found is not None  # noqa: S101 (nothing stops it)
    loaded, problems = found
    if arguments.format == "json":
        _say_json([one.source for one in loaded], problems)
        return 0
    for one in loaded:
        say(described(one.source))
        for problem in one.problems:
            say(f"  not read: {problem}")
    for problem in problems:
        say(f"not usable: {problem}")
    if len(loaded) == 1:
        note(f"No other database is in {advisories_folder()}: `reviewtui advisories update` fetches one.")
    return 0


def _update(arguments: Namespace) -> int:
    if arguments.file and arguments.url:
        raise ReviewTuiError("Give --url or --from, not both")
    if arguments.file:
        source = update_from_file(arguments.file)
    else:
        progress = _Fetching()
        try:
            source = update_from_url(arguments.url or URL, progress.moved)
        finally:
            progress.end()
    if arguments.format == "json":
        _say_json([source], [])
    else:
        say(described(source))
    return 0


def _say_json(sources: list[Source], problems: list[str]) -> None:
    head: dict[str, Json] = {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "folder": str(advisories_folder())}
    say_whole(dumps({**head, "databases": [source_json(source) for source in sources], "problems": problems}))


class _Fetching:
    """One line on standard error that is drawn over, and only where somebody watches."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._next = 0.0

    def moved(self, done: int, total: int) -> None:
        """So many bytes are here."""
        now = time.monotonic()
        if self._is_shown and now >= self._next:
            self._next = now + _PAUSE
            of = f" of {total / 1_000_000:.1f}" if total else ""
            sys.stderr.write(f"{_ERASE}Fetching advisories: {done / 1_000_000:.1f}{of} MB")
            sys.stderr.flush()

    def end(self) -> None:
        """Wipe the line away."""
        if self._is_shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
