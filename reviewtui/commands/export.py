"""`reviewtui export`: the report on standard output or in a file that is written whole or not at all."""

import contextlib
import os
import secrets
from argparse import Namespace
from pathlib import Path
from typing import Final

from reviewtui.commands.gathering import facts
from reviewtui.commands.output import note, say_whole
from reviewtui.commands.project import Project, report_time
from reviewtui.errors import ReviewTuiError
from reviewtui.formats import json_format, markdown
from reviewtui.formats.markdown.report import BEGINNING as MARKDOWN_BEGINNING

_FORMATS: Final = {
    "markdown": (markdown.render, MARKDOWN_BEGINNING),
    "json": (json_format.render, json_format.BEGINNING),
}


def run(arguments: Namespace) -> int:
    """Gather, render, write."""
    project = Project.of(arguments)
    made_at = report_time()
    render, _ = _FORMATS[arguments.format]
    target = None if arguments.output == "-" else Path(arguments.output)
    if target is not None:
        _expect_writable(target, project.repository.root, force=arguments.force)
    if not project.file.exists():
        note(f"There is no {project.findings} yet: the report is of a review that nobody has begun.")
    found = None
    if arguments.scan:
        from reviewtui.commands.choosing import choices_of
        from reviewtui.commands.everything import everything

        found = everything(project.repository, choices=choices_of(arguments))
    text = render(facts(project, made_at, found))
    if target is None:
        say_whole(text)
    else:
        _write(target, text)
        note(f"Wrote {target}")
    return 0


def _expect_writable(target: Path, root: Path, *, force: bool) -> None:
    """Refuse to write through a link of the reviewed tree, or over something that is no earlier report.

    Raises:
        ReviewTuiError: and what to do instead.
    """
    if not target.parent.is_dir():
        raise ReviewTuiError(f"{target.parent} is no folder: make it first, or write somewhere else")
    folder = Path(os.path.abspath(target.parent))  # noqa: PTH100 (resolving would follow the links that are looked for)
    if folder.is_relative_to(root) and not folder.resolve().is_relative_to(root):
        raise ReviewTuiError(f"{target} leads out of the reviewed tree through a link: write somewhere else")
    if force or not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_file():
        raise ReviewTuiError(f"{target} is no ordinary file: write somewhere else, or replace it with --force")
    with target.open("rb") as file:
        beginning = file.read(max(len(begin) for _, begin in _FORMATS.values()))
    if not any(beginning.startswith(begin.encode()) for _, begin in _FORMATS.values()):
        raise ReviewTuiError(f"{target} is no earlier report: write somewhere else, or replace it with --force")


def _write(target: Path, text: str) -> None:
    """Put the whole text in the place of the file, or leave that as it is."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise ReviewTuiError(f"{target} cannot be written: {error.strerror or error}") from error
