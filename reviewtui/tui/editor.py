"""A long text in the user's own editor, while the screen is put away."""

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from textual.app import App, SuspendNotSupported

from reviewtui.errors import ReviewTuiError

_VARIABLES: Final = ("VISUAL", "EDITOR")


def edit_text(app: App[object], text: str, suffix: str = ".md") -> str | None:
    """What the user made of `text` in $VISUAL or $EDITOR; None when it was left as it is.

    Raises:
        ReviewTuiError: there is no editor, it failed, or the screen cannot be put away. The text is as it was.
    """
    command = editor_command(os.environ)
    try:
        with app.suspend():
            # An error must not leave this block: the screen would stay away.
            result = _tried(command, text, suffix)
    except SuspendNotSupported:
        raise ReviewTuiError("An editor cannot be opened here: this terminal cannot be handed over") from None
    if isinstance(result, ReviewTuiError):
        raise result
    return None if result == text else result


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The editor's command from the environment, and from nowhere else.

    Raises:
        ReviewTuiError: it is not set, or cannot be taken apart.
    """
    for name in _VARIABLES:
        try:
            command = shlex.split(environment.get(name, ""))
        except ValueError as error:
            raise ReviewTuiError(f"${name} cannot be read as a command: {error}") from None
        if not command or not command[0]:
            continue
        if os.sep in command[0]:
            command[0] = os.path.abspath(command[0])  # noqa: PTH100 (a link must stay what it is)
        return command
    raise ReviewTuiError("No editor is set: say which one by the environment variable EDITOR, as in EDITOR=nano")


def run_editor(command: Sequence[str], text: str, suffix: str) -> str:
    """What `command` made of `text`, by a file that nobody else can read.

    Raises:
        ReviewTuiError: the editor does not start, ends with an error, or leaves no text.
    """
    # In a folder of its own: an editor must find no settings of the reviewed tree beside the file.
    with tempfile.TemporaryDirectory(prefix="reviewtui-") as folder:
        file = Path(folder) / f"text{suffix}"
        ended = "" if text.endswith("\n") or not text else "\n"
        file.touch(mode=0o600)
        try:
            file.write_bytes((text + ended).encode("utf-8", "surrogateescape"))
        except UnicodeEncodeError:
            raise ReviewTuiError("The text holds something that no file can hold, so no editor can open it") from None
        try:
            with _interrupts_are_the_editors():
                status = subprocess.run([*command, str(file)], cwd=folder, check=False).returncode
        except (OSError, ValueError) as error:
            raise ReviewTuiError(f"The editor {command[0]!r} does not start: {error}") from None
        if status:
            raise ReviewTuiError(f"The editor {command[0]!r} ended with status {status}; the text is as it was")
        try:
            result = file.read_bytes().decode("utf-8", "surrogateescape")
        except OSError as error:
            raise ReviewTuiError(f"The editor left no text: {error.strerror}; the text is as it was") from None
    result = result.replace("\r\n", "\n")
    return result.removesuffix("\n") if ended or not text else result


def _tried(command: Sequence[str], text: str, suffix: str) -> str | ReviewTuiError:
    try:
        return run_editor(command, text, suffix)
    except ReviewTuiError as error:
        return error
    except OSError as error:
        return ReviewTuiError(f"The text cannot be handed to an editor: {error}")


@contextmanager
def _interrupts_are_the_editors() -> Iterator[None]:
    """Ctrl-C in the editor reaches this program too, as both share the terminal; here it means nothing."""
    # A handler, not SIG_IGN: the editor would inherit that.
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGQUIT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
