"""Hits that are brought from elsewhere: the reports of other tools, taken in from the screen or kept from before."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.imports import ImportHeader
from reviewtui.model.place import RepoPath
from reviewtui.store.imports import name_for
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui import jobs
from reviewtui.tui.screens.layers import take_layer

if TYPE_CHECKING:
    from reviewtui.importing import Imports
    from reviewtui.tui.screens.review import ReviewScreen

LAYER: Final = "imports"


class Bringing:
    """The imported reports and their hits."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.headers: tuple[ImportHeader, ...] = ()
        self._paths: frozenset[RepoPath] = frozenset()
        """The files that they have hits on."""
        self._said = ""

    def look(self, changed: Iterable[RepoPath] | None = None) -> None:
        """Lay the hits of all imported reports over the code as it is now, in the background.

        `changed`: what is another on the disk, where only that is why; nothing is done for files without such hits.
        """
        if changed is not None and self._paths.isdisjoint(changed):
            return
        repository = self.screen.repository

        def job() -> "Imports":
            # Loaded beside the screen, which is there before anything imported is.
            from reviewtui.importing import imports_of

            return imports_of(repository, jobs.stopped)

        self.screen.ask(job, self._took, "imports")

    def _took(self, imports: "Imports") -> None:
        screen = self.screen
        if imports.headers or self.headers:
            self.headers, self._paths = imports.headers, imports.paths
            tools = [name for header in imports.headers for name in header.tool_names]
            take_layer(screen, LAYER, imports.hits, tools)
        if imports.problems:
            screen.say(imports.problems[0], error=True)
        elif self._said:
            screen.say(self._said)
        self._said = ""

    def do_import_report(self, _count: int | None) -> None:
        """Action `import_report`: ask for a file, and read it beside the screen."""
        from reviewtui.tui.screens.line_prompt import LinePrompt

        def given(text: str | None) -> None:
            if text and text.strip():
                self._read(text.strip())

        about = safe("SARIF of any tool, SonarQube, Bandit, pip-audit or osv-scanner JSON; nothing leaves this machine")
        self.screen.app.push_screen(LinePrompt("Import a report", about, "", "the path of a file"), given)

    def _read(self, text: str) -> None:
        screen, repository, session = self.screen, self.screen.repository, self.screen.session
        file = Path(os.path.expanduser(text))  # noqa: PTH111 (pathlib raises without a home)
        at, commit = (session.now() if session else None), screen.commit
        if at is None:
            screen.say("The findings file is not open yet", error=True)
            return

        def job() -> tuple[ImportHeader, str] | None:
            from reviewtui.importing import keep, read_report_of, report_file

            data = report_file(file)
            found = read_report_of(repository, data, str(file), jobs.stopper())
            if found is None:
                return None
            header = keep(repository, found, data, str(file), name_for(file.name), at, commit)
            nowhere = sum(not hit.path for hit in found.hits)
            return header, f", {nowhere} without a place here" if nowhere else ""

        def read(answer: tuple[ImportHeader, str] | None) -> None:
            if answer is None:
                return
            header, more = answer
            troubles = f"; {len(header.problems)} parts could not be read" if header.problems else ""
            self._said = f"{header.count} hits of {', '.join(header.tools) or header.format}{more}{troubles}"
            self.look()

        screen.say(f"Reading {safe(file.name)}…")
        screen.ask(job, read, "import")

    def do_list_imports(self, _count: int | None) -> None:
        """Action `list_imports`: what was imported; the picked one is told of, and may be forgotten."""
        from reviewtui.tui.screens.picker import Picker, PickRow

        screen = self.screen
        if not self.headers:
            screen.say(f"Nothing was imported: {screen.key('import_report')} takes a report of another tool")
            return
        rows = [
            PickRow(
                safe(header.name),
                safe(f"{header.count} hits  {', '.join(header.tools)}  {header.imported:%Y-%m-%d}"),
            )
            for header in self.headers
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._tell(self.headers[index])

        screen.app.push_screen(Picker("Imported reports", rows, "any part of a name", empty="No such report"), chosen)

    def _tell(self, header: ImportHeader) -> None:
        from reviewtui.tui.screens.message import MessageScreen

        lines = [
            f"{header.count} hits of {', '.join(header.tools) or header.format}",
            f"from {header.file}, imported {header.imported:%Y-%m-%d %H:%M} UTC at {header.commit[:10] or 'no commit'}",
            *(f"note: {text}" for text in header.notes),
            *(f"not placed: {file}: {why}" for file, why in header.unplaced),
            *(f"not read: {text}" for text in header.problems),
        ]

        def answered(key: str | None) -> None:
            if key == "f":
                from reviewtui.importing import imports_folder

                try:
                    imports_folder(self.screen.repository).remove(header.name)
                except ReviewTuiError as error:
                    self.screen.say(str(error), error=True)
                    return
                self._said = f"{header.name} is forgotten; what was decided on its hits stays"
                self.look()

        shown: list[SafeText] = [safe(line) for line in lines]
        choices = [("k", "keep it"), ("f", "forget it; decisions on its hits stay")]
        self.screen.app.push_screen(MessageScreen(header.name, shown, choices), answered)
