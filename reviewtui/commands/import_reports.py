"""`reviewtui import`: take the results of other tools, show what was taken, forget what was."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reviewtui.commands.output import note, say, say_whole
from reviewtui.commands.project import now
from reviewtui.commands.sonarqube import expect_sonarqube, fetched_sonarqube, name_of
from reviewtui.errors import ReviewTuiError
from reviewtui.formats.imported import Imported
from reviewtui.formats.json_format import dumps, import_json
from reviewtui.importing import imports_folder, keep, read_report_of, report_bytes, report_file
from reviewtui.model.imports import ImportHeader
from reviewtui.repo.repository import Repository
from reviewtui.store.imports import is_name, name_for
from reviewtui.text.counting import number_of

SCHEMA: Final = "reviewtui-imports"
SCHEMA_VERSION: Final = 1
_SHOWN: Final = 10
"""So many problems and files that were not found are printed; all of them are kept."""


def run(arguments: Namespace) -> int:
    """Import, list or forget."""
    repository = Repository.open(arguments.repository)
    expect_sonarqube(arguments)
    if arguments.forget:
        return _forget(repository, arguments.forget)
    if not arguments.files and not arguments.sonarqube:
        return _list(repository, arguments.format)
    if arguments.name and (len(arguments.files) > 1 or not is_name(arguments.name)):
        raise ReviewTuiError("--as gives one report a name of letters, digits and . + - _")
    taken = []
    for name, shown, data in _reports(arguments, repository):
        found = read_report_of(repository, data, shown, everything=arguments.everything)
        if found is None:
            return 130
        taken.append(keep(repository, found, data, shown, arguments.name or name_for(name), now(), repository.head()))
        if arguments.format == "text":
            _print(taken[-1], found)
    if arguments.format == "json":
        _say_headers(taken)
    return 0


def _reports(arguments: Namespace, repository: Repository) -> Iterator[tuple[str, str, bytes]]:
    """What each is called after, where it comes from, and its bytes."""
    if arguments.sonarqube:
        yield name_of(arguments), arguments.sonarqube, fetched_sonarqube(arguments, repository.root)
    for file in arguments.files:
        is_input = file == "-"
        yield "stdin" if is_input else file, "standard input" if is_input else file, _bytes(file)


def _bytes(file: str) -> bytes:
    """The report.

    Raises:
        ReviewTuiError: it cannot be read, or is too large.
    """
    return report_bytes(sys.stdin.buffer, "standard input") if file == "-" else report_file(Path(file))


def _print(header: ImportHeader, found: Imported) -> None:
    tools = ", ".join(header.tools) or header.format
    silenced = sum(bool(hit.suppressed) for hit in found.hits)
    questions = sum(hit.is_question for hit in found.hits)
    nowhere = sum(not hit.path for hit in found.hits)
    counts = (
        (silenced, "settled there"),
        (questions, "to be looked at"),
        (nowhere, "without a place in this repository"),
    )
    said = "".join(f", {number} {what}" for number, what in counts if number)
    say(f"{header.name}: {number_of(header.count, 'hit')} of {tools}{said}")
    for text in header.notes:
        say(f"  note: {text}")
    for file, why in header.unplaced[:_SHOWN]:
        say(f"  not placed: {file}: {why}")
    _say_rest(len(header.unplaced))
    for text in header.problems[:_SHOWN]:
        say(f"  not read: {text}")
    _say_rest(len(header.problems))


def _say_rest(count: int) -> None:
    if count > _SHOWN:
        say(f"  … and {count - _SHOWN} more")


def _list(repository: Repository, form: str) -> int:
    folder = imports_folder(repository)
    headers = []
    for name in folder.names():
        try:
            headers.append(folder.header(name))
        except ReviewTuiError as error:
            note(str(error))
    if form == "json":
        _say_headers(headers)
        return 0
    if not headers:
        note("Nothing was imported: `reviewtui import FILE` takes SARIF, SonarQube, Bandit, pip-audit and osv-scanner.")
    for header in headers:
        tools = ", ".join(header.tools) or header.format
        more = f", {number_of(len(header.problems), 'problem')}" if header.problems else ""
        when = f"imported {header.imported:%Y-%m-%d %H:%M} UTC"
        say(f"{header.name}: {number_of(header.count, 'hit')} of {tools}, {when}{more}")
    return 0


def _forget(repository: Repository, names: list[str]) -> int:
    folder = imports_folder(repository)
    there = folder.names()
    missing = [name for name in names if name not in there]
    if missing:
        have = ", ".join(there) or "nothing"
        raise ReviewTuiError(f"Nothing was imported as '{missing[0]}': there is {have}")
    for name in names:
        folder.remove(name)
        say(f"{name} is forgotten; what was decided on its hits stays in the findings file")
    return 0


def _say_headers(headers: list[ImportHeader]) -> None:
    say_whole(
        dumps(
            {"schema": SCHEMA, "schema_version": SCHEMA_VERSION, "imports": [import_json(header) for header in headers]}
        )
    )
