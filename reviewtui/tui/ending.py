"""How the program ends when it is told to from outside: the terminal goes away, or somebody sends SIGTERM."""

import asyncio
import os
import signal
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Final

from textual.app import App

from reviewtui.reading import state_home

_PATIENCE: Final = 5.0
"""Seconds that an orderly end may take."""
_SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM)
_NAME: Final = "unfinished"


def hear_of_the_end(app: App[None]) -> None:
    """Let the signals that end a program end this one as its own key does: no process stays, the terminal is as it was.

    One that was ignored when the program was started stays ignored: that is what `nohup` is for.
    """
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, _end, app, number)


def unfinished() -> Path | None:
    """The newest text that was being written when the program was ended; None where there is none."""
    try:
        return max((state_home() / "reviewtui" / _NAME).glob("*.md"), default=None)
    except OSError:
        return None


def _end(app: App[None], number: signal.Signals) -> None:
    if number is signal.SIGHUP:
        # Nobody reads any more: a write that failed would end the thread that writes, and then the others wait for it.
        nothing = os.open(os.devnull, os.O_WRONLY)
        for output in (1, 2):
            os.dup2(nothing, output)
        os.close(nothing)
    # All that was accepted is on the disk already; an end that does not come must not be waited for.
    timer = Timer(_PATIENCE, os._exit, (128 + number,))
    timer.daemon = True
    timer.start()
    _keep_unfinished(app)
    app.exit(return_code=128 + number)


def _keep_unfinished(app: App[None]) -> None:
    """Put what is half written where its writer finds it; that this fails must not hold up the end."""
    from reviewtui.tui.screens.fields import LineField, LongField
    from reviewtui.tui.screens.writing import WritingDialog

    parts = [
        f"{field.id or 'text'}:\n{field.text}\n"
        for screen in app.screen_stack
        if isinstance(screen, WritingDialog)
        for field in screen.query("LineField, LongField")
        if isinstance(field, LineField | LongField) and field.is_changed
    ]
    if not parts:
        return
    folder = state_home() / "reviewtui" / _NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}-{os.getpid()}.md"
        file.touch(mode=0o600)
        file.write_bytes("\n".join(parts).encode("utf-8", "replace"))
    except OSError:
        return
