"""What jobs report to the review screen, passed on to the part that it is for."""

from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from reviewtui.tui import colour_jobs, jobs, reading_jobs
from reviewtui.tui.places_jobs import PlacesFound

if TYPE_CHECKING:
    from reviewtui.tui.screens.review_files import Files
    from reviewtui.tui.screens.review_keep import Keeping
    from reviewtui.tui.screens.review_lost import Lost
    from reviewtui.tui.screens.review_outline import Outlining
    from reviewtui.tui.screens.review_remember import Remembering
    from reviewtui.tui.screens.review_scan import Scanning


class JobMessages(Screen[None]):
    """The messages of files, colours, scans, and what was kept of the last reading."""

    files: "Files"
    scanning: "Scanning"
    keeping: "Keeping"
    lost: "Lost"
    remembering: "Remembering"
    outlining: "Outlining"

    @on(jobs.FileLoaded)
    def _file_loaded(self, message: jobs.FileLoaded) -> None:
        self.files.loaded(message)

    @on(colour_jobs.Outlined)
    def _outlined(self, message: colour_jobs.Outlined) -> None:
        self.files.outlined(message)

    @on(colour_jobs.HiddenCounted)
    def _hidden_counted(self, message: colour_jobs.HiddenCounted) -> None:
        self.files.hidden_counted(message)

    @on(colour_jobs.LexerReady)
    def _lexer_ready(self, message: colour_jobs.LexerReady) -> None:
        self.files.lexer_ready(message)

    @on(colour_jobs.LexerPrepared)
    def _lexer_prepared(self, message: colour_jobs.LexerPrepared) -> None:
        self.files.lexer_prepared(message)

    @on(colour_jobs.Coloured)
    def _coloured(self, message: colour_jobs.Coloured) -> None:
        self.files.coloured(message)

    @on(jobs.Listed)
    def _listed(self, message: jobs.Listed) -> None:
        self.files.listed(message)

    @on(jobs.OpenFailed)
    def _open_failed(self, message: jobs.OpenFailed) -> None:
        self.keeping.cannot_open(message.error)

    @on(PlacesFound)
    def _places_found(self, message: PlacesFound) -> None:
        self.lost.found(message)

    @on(jobs.Scanned)
    def _scanned(self, message: jobs.Scanned) -> None:
        self.scanning.took(message)

    @on(jobs.ScanEnded)
    def _scan_ended(self, message: jobs.ScanEnded) -> None:
        self.scanning.ended(message)

    @on(reading_jobs.LogbookRead)
    def _logbook_read(self) -> None:
        self.remembering.read()

    @on(reading_jobs.HeadsFound)
    def _heads_found(self, message: reading_jobs.HeadsFound) -> None:
        self.outlining.found(message)

    @on(jobs.Answered)
    def _answered(self, message: jobs.Answered) -> None:
        message.then()
