"""`reviewtui import --sonarqube`: what a server knows of a project; the token is asked for and kept nowhere."""

import getpass
import json
import os
import sys
import warnings
from argparse import Namespace
from pathlib import Path
from typing import Final

from reviewtui.commands.output import Doing, note
from reviewtui.commands.writing import PRIVATE, expect_writable, write_whole
from reviewtui.errors import ReviewTuiError

_TOKEN: Final = "SONAR_TOKEN"  # noqa: S105 (the name of the variable)
_BEGINNING: Final = '{"sonarqube": {'
"""What every kept answer begins with."""
_OPTIONS: Final = {
    "project": "--project",
    "branch": "--branch",
    "pull_request": "--pull-request",
    "organization": "--organization",
    "save": "--save",
}


def expect_sonarqube(arguments: Namespace) -> None:
    """Refuse options that do not belong together.

    Raises:
        ReviewTuiError: and which.
    """
    if not arguments.sonarqube:
        named = [option for name, option in _OPTIONS.items() if getattr(arguments, name)]
        if named:
            raise ReviewTuiError(f"{named[0]} belongs to --sonarqube URL")
        return
    if arguments.files or arguments.forget:
        raise ReviewTuiError("Give files or --sonarqube URL, not both")
    if not arguments.project:
        raise ReviewTuiError("--sonarqube needs --project KEY: what the server calls the project's key")


def fetched_sonarqube(arguments: Namespace, root: Path) -> bytes:
    """All that the server says of the project, kept in the file of `--save` too.

    Raises:
        ReviewTuiError: it cannot be had, or not be written.
    """
    # What speaks to the network is loaded only for that.
    from reviewtui.fetch.sonarqube import Wanted, fetch_sonarqube

    if arguments.save:
        expect_writable(arguments.save, root, [_BEGINNING], what="answer of SonarQube", force=None)
    wanted = Wanted(
        project=arguments.project,
        branch=arguments.branch,
        pull_request=arguments.pull_request,
        organization=arguments.organization,
        everything=arguments.everything,
    )
    token = _token(arguments.sonarqube)
    doing = Doing("SonarQube")
    try:
        found = fetch_sonarqube(arguments.sonarqube, token, wanted, warn=note, progress=doing.now)
    finally:
        doing.end()
    data = json.dumps(found).encode("ascii")
    if arguments.save:
        write_whole(arguments.save, data, PRIVATE)
        note(f"Wrote {arguments.save}")
    return data


def name_of(arguments: Namespace) -> str:
    """What the report is called after."""
    of = arguments.branch or arguments.pull_request
    return "-".join(part for part in ("sonarqube", arguments.project, of) if part).replace("/", "-")


def _token(address: str) -> str:
    """From the environment, out of which it is taken so that no process of ours inherits it; else typed."""
    token = os.environ.pop(_TOKEN, "")
    if token or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return token
    try:
        with warnings.catch_warnings():
            # Without a way to hide what is typed it would be shown.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(f"Token for {address.encode('ascii', 'replace').decode()[:100]!r} (none: Enter): ")
    except getpass.GetPassWarning:
        raise ReviewTuiError(f"This terminal cannot hide what is typed: put the token into {_TOKEN}") from None
    except EOFError:
        return ""
