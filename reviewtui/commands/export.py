"""`reviewtui export`: the report on standard output or in a file that is written whole or not at all."""

from argparse import Namespace
from pathlib import Path
from typing import Final

from reviewtui.commands.filtering import filter_of, filtered
from reviewtui.commands.gathering import facts
from reviewtui.commands.output import note, say_whole
from reviewtui.commands.project import Project, report_time
from reviewtui.commands.writing import expect_writable, write_whole
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
    chosen = filter_of(arguments)
    render, _ = _FORMATS[arguments.format]
    target = None if arguments.output == "-" else Path(arguments.output)
    if target is not None:
        beginnings = [begin for _, begin in _FORMATS.values()]
        expect_writable(target, project.repository.root, beginnings, what="report", force=arguments.force)
    if not project.file.exists():
        note(f"There is no {project.findings} yet: the report is of a review that nobody has begun.")
    found = None
    if arguments.scan:
        from reviewtui.commands.choosing import choices_of
        from reviewtui.commands.everything import everything

        found = everything(project.repository, choices=choices_of(arguments))
    text = render(filtered(facts(project, made_at, found), chosen))
    if target is None:
        say_whole(text)
    else:
        write_whole(target, text.encode("utf-8"))
        note(f"Wrote {target}")
    return 0
