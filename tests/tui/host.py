"""A small app to ask a dialog in, as the real one is: no bindings of its own, no palette."""

from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from reviewtui.tui.theme import DARK, LIGHT, VARIABLES


class Host(App[None], inherit_bindings=False):
    """Shows one screen and keeps its answers."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, theme: str = DARK.name) -> None:
        super().__init__()
        self.answers: list[object] = []
        self._first_theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours that our panes name."""
        return dict(VARIABLES)

    def on_mount(self) -> None:
        """Wear the theme."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = self._first_theme


async def answers(
    screen: Screen[Any],
    *keys: str,
    size: tuple[int, int] = (120, 40),
    before: Callable[[Pilot[None]], Awaitable[None] | None] | None = None,
    after: Callable[[], None] | None = None,
) -> list[object]:
    """What `screen` answered to the keys; empty while it has not."""
    app = Host()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(screen, app.answers.append)
        await pilot.pause()
        if before and (waiting := before(pilot)):
            await waiting
        await pilot.press(*keys)
        await pilot.pause()
        if after:
            after()
    return app.answers


def drawn(app: App[Any]) -> list[str]:
    """The lines that are on the screen."""
    width, height = app.size
    lines = app.screen._compositor.render_strips(app.size)
    assert len(lines) == height, width
    return [line.text for line in lines]


def all_drawn(app: App[Any]) -> str:
    """The whole screen, checked to hold nothing that a terminal would obey or that would be invisible."""
    text = "\n".join(drawn(app))
    assert all(character == "\n" or character.isprintable() for character in text), ascii(text)
    return text
