"""What the README promises is there."""

import re
from collections.abc import Iterator
from typing import Final

from reviewtui.commands import arguments
from reviewtui.tui.actions import ACTIONS
from reviewtui.tui.keys import parse_keys, shown
from tests.architecture.sources import ROOT

README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
_NAMES: Final = {"space": "<space>", "tab": "<tab>", "esc": "<escape>"}


def test_every_key_in_the_readme_is_bound() -> None:
    bound = {shown(parse_keys(keys)) for action in ACTIONS for keys in action.keys}
    assert [keys for keys in _keys() if shown(parse_keys(keys)) not in bound] == []


def test_every_command_in_the_readme_is_one_and_all_are_there() -> None:
    named = re.findall(r"^\| `reviewtui (\w+) ", README, re.MULTILINE)
    assert sorted(named) == sorted(set(arguments.COMMANDS) - {"open"})


def test_every_option_in_the_readme_is_taken() -> None:
    for command, options in re.findall(r"^\| `reviewtui (\w+) ([^`]*)`", README, re.MULTILINE):
        help_text = arguments.parser(command).format_help()
        missing = [option for option in re.findall(r"-{1,2}[a-z][a-z-]*", options) if option not in help_text]
        assert missing == [], command


def test_every_picture_and_link_in_the_readme_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README)
    files = [first or second for first, second in targets if "://" not in (first or second)]
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_every_file_that_the_readme_names_is_there() -> None:
    names = re.findall(r"`(reviewtui/[\w/.]+|tests/[\w/.]+)`", README)
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []


def _keys() -> Iterator[str]:
    """The keys of the table as the registry writes them."""
    table = README.partition("| keys | what they do |\n| --- | --- |\n")[2].partition("\n\n")[0]
    assert table
    for row in table.splitlines():
        for keys in re.findall(r"`([^`]+)`", row.split(" | ")[0]):
            parts = keys.split(" ")
            yield "".join(_NAMES.get(part, f"<{part}>" if part.startswith("ctrl+") else part) for part in parts)
