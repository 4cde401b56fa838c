"""The real program on a real repository, without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from reviewtui.opening import FINDINGS, open_review
from reviewtui.repo.repository import Repository
from reviewtui.store.key_file import parse_key_file
from reviewtui.tui.app import ReviewApp
from reviewtui.tui.key_check import checked
from reviewtui.tui.screens.review import ReviewScreen
from tests.tui.host import drawn


@dataclass
class Opened:
    """The program while it runs."""

    pilot: Pilot[None]
    screen: ReviewScreen

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names; a text that begins with `=` is typed."""
        for key in keys:
            await self.pilot.press(*(key[1:] if key.startswith("=") else [key]))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait, at most some seconds, for what a job brings."""
        for _ in range(500):
            if condition():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"{what} did not come; the screen shows:\n{self.text}")

    @property
    def text(self) -> str:
        """What is drawn."""
        return "\n".join(drawn(self.screen.app))

    @property
    def said(self) -> str:
        """The message in the status line."""
        return self.screen.cards.message[0] if self.screen.cards.message else ""

    @property
    def place(self) -> tuple[str, int] | None:
        """File and line of the cursor."""
        return self.screen.here


@asynccontextmanager
async def opened(
    path: Path, size: tuple[int, int] = (120, 40), *, scanned: bool = True, keys: str = ""
) -> AsyncIterator[Opened]:
    """The program on `path`, when its files are listed and, unless said otherwise, its scan is over.

    `keys` is what stands in the user's key file.
    """
    repository = Repository.open(path)
    user_keys = checked(parse_key_file(keys, "keys.toml"), "keys.toml")
    app = ReviewApp(repository, FINDINGS, lambda: open_review(repository, by="Rita"), lambda: user_keys)
    async with app.run_test(size=size, notifications=True) as pilot:
        for _ in range(500):
            if app.review_screen is not None and app.review_screen.desk.paths and app.review_screen.session:
                break
            await pilot.pause(0.02)
        assert app.review_screen is not None
        found = Opened(pilot, app.review_screen)
        if scanned:
            await found.until(lambda: found.screen.scanning.state == "done", "the end of the scan")
        await pilot.pause()
        yield found
