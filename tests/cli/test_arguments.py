"""The arguments, the help that is the manual, and the errors of both."""

import re

import pytest

from reviewtui import __version__
from reviewtui.commands import arguments
from reviewtui.opening import FINDINGS
from reviewtui.store.file import DEFAULT_NAME
from tests.cli.conftest import Run

COMMANDS = ("open", "demo", "scan", "status", "check", "export", "commit")


def test_the_help_names_every_command_and_every_exit_status(cli: Run) -> None:
    done = cli("--help")
    assert (done.status, done.err) == (0, "")
    for command in COMMANDS[1:]:
        assert f"\n  reviewtui {command}" in done.out
    assert [int(number) for number in re.findall(r"^  (\d+) ", done.out, re.MULTILINE)] == [0, 1, 2, 130, 141]
    assert "SOURCE_DATE_EPOCH" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_on_a_usual_screen(cli: Run, command: str) -> None:
    done = cli(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("usage: reviewtui ")
    assert max(map(len, done.out.splitlines())) <= 120


def test_the_version_is_the_package_s(cli: Run) -> None:
    assert cli("--version").out == f"reviewtui {__version__}\n"


@pytest.mark.parametrize(
    "wrong",
    [
        ("status", "--unknown"),
        ("export",),
        ("export", "pdf"),
        ("check", "--fail-on", "huge"),
        ("scan", "--jobs", "0"),
        ("status", "--findings", "../elsewhere.toml"),
        ("status", "--findings", "/etc/passwd"),
        ("status", "--findings", ".git/config"),
        ("status", "one", "two"),
        ("--unknown",),
    ],
    ids=" ".join,
)
def test_wrong_arguments_are_said_on_standard_error(cli: Run, wrong: tuple[str, ...]) -> None:
    done = cli(*wrong)
    assert (done.status, done.out) == (2, "")
    assert "error:" in done.err
    assert "Traceback" not in done.err


def test_a_path_may_be_called_like_a_command() -> None:
    parsed = arguments.parse(["./scan"])
    assert not isinstance(parsed, int)
    assert (parsed.command, str(parsed.path)) == ("open", "scan")


def test_no_arguments_open_the_current_folder() -> None:
    parsed = arguments.parse([])
    assert not isinstance(parsed, int)
    assert (parsed.command, str(parsed.path), parsed.findings) == ("open", ".", FINDINGS)


def test_all_rooms_agree_where_a_review_is_kept() -> None:
    assert arguments.FINDINGS == FINDINGS == DEFAULT_NAME
