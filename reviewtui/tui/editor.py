"""The user's own editor, while the screen is put away: for a long text, or for a file at a line."""

import os
import re
import shlex
import shutil
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

_PLUS_LINE: Final = frozenset(
    {"vi", "vim", "nvim", "view", "ex", "nvi", "vile", "gvim", "mvim", "nano", "pico", "emacs", "emacsclient", "micro"}
    | {"kak", "joe", "ne", "mg", "mcedit", "gedit", "geany"}
)
"""Editors that take `+N` before the file."""
_GOTO: Final = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron"})
"""Editors that take `--wait --goto FILE:N`."""
_COLON: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("hx", "helix"), ()),
    **dict.fromkeys(("subl", "sublime_text", "zed", "zeditor"), ("--wait",)),
}
"""Editors that take `FILE:N`, and what makes them wait."""
_LINE_OPTION: Final[Mapping[str, tuple[str, ...]]] = {
    "mate": ("--wait",),
    "kate": ("--block",),
    "kwrite": (),
    "idea": ("--wait",),
    "pycharm": ("--wait",),
}
"""Editors that take `--line N` before the file, and what makes them wait."""


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
    raise ReviewTuiError("No editor is set: start the program with EDITOR=nano, or another")


def open_file(app: App[object], file: Path, line: int) -> None:
    """Let the user edit a file, from a line (1-based) on, until the editor is closed.

    Raises:
        ReviewTuiError: there is no editor, it failed, or the screen cannot be put away.
    """
    command = at_line(editor_command(os.environ), file, line)
    problem: ReviewTuiError | None = None
    try:
        with app.suspend():
            # An error must not leave this block: the screen would stay away.
            try:
                _run(command, _outside(file))
            except ReviewTuiError as error:
                problem = error
    except SuspendNotSupported:
        raise ReviewTuiError("An editor cannot be opened here: this terminal cannot be handed over") from None
    if problem:
        raise problem


def at_line(command: Sequence[str], file: Path, line: int) -> list[str]:
    """The whole command line that opens a file, by its absolute path, at a line; an editor nobody knows gets the file.

    An absolute path begins with a slash, so that no name of a file can be an option or a command of the editor.
    """
    path = str(file)
    if not path.startswith(os.sep):
        raise ValueError(f"{path!r} is not absolute")
    name = _kind_of_editor(command[0])
    has_colon = ":" in path
    if name in _PLUS_LINE:
        return [*command, f"+{line}", path]
    if name in _GOTO:
        place = ["--goto", f"{path}:{line}"] if not has_colon else [path]
        return [*_waiting(command, ("--wait",)), *place]
    if name in _COLON:
        return [*_waiting(command, _COLON[name]), path if has_colon else f"{path}:{line}"]
    if name in _LINE_OPTION:
        return [*_waiting(command, _LINE_OPTION[name]), "--line", str(line), path]
    return [*command, path]


def _kind_of_editor(program: str) -> str:
    """The name by which an editor is known; `editor` of a system leads to it by links."""
    name = _plain_name(program)
    if name in _PLUS_LINE | _GOTO | _COLON.keys() | _LINE_OPTION.keys():
        return name
    found = shutil.which(program)
    return _plain_name(os.path.realpath(found)) if found else name


def _named(command: Sequence[str]) -> str:
    """What an editor is called in a message, which has little room."""
    return os.path.basename(command[0])  # noqa: PTH119 (a command, not a path)


def _plain_name(program: str) -> str:
    # vim.basic, vim.tiny and emacs-nox are the same editors in other sizes; a version may follow, as in emacs-29.1.
    name = os.path.basename(program).lower()  # noqa: PTH119 (a command, not a path)
    return re.split(r"[.]|-(?:\d|nox|gtk|lucid|x$|snapshot)", name, maxsplit=1)[0]


def _waiting(command: Sequence[str], switch: tuple[str, ...]) -> list[str]:
    """The command, told to end only when the file is closed."""
    return [*command, *(part for part in switch if part not in command and "-w" not in command)]


def _outside(file: Path) -> Path:
    """A folder in which the editor starts: it must not find settings of the reviewed tree (.exrc) where it is."""
    home = Path.home()
    return home if home.is_dir() and home not in file.parents else Path(os.sep)


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
        _run([*command, str(file)], Path(folder), "; the text is as it was")
        try:
            result = file.read_bytes().decode("utf-8", "surrogateescape")
        except OSError as error:
            raise ReviewTuiError(f"The editor left no text: {error.strerror}; the text is as it was") from None
    result = result.replace("\r\n", "\n")
    return result.removesuffix("\n") if ended or not text else result


def _run(command: Sequence[str], folder: Path, then: str = "") -> None:
    """Wait for the editor."""
    try:
        with _interrupts_are_the_editors():
            status = subprocess.run(command, cwd=folder, check=False).returncode
    except FileNotFoundError:
        raise ReviewTuiError(
            f"The editor {_named(command)!r} is not installed, or not on the PATH: set EDITOR to another{then}"
        ) from None
    except (OSError, ValueError) as error:
        raise ReviewTuiError(f"The editor {_named(command)!r} does not start: {error}") from None
    if status:
        raise ReviewTuiError(f"The editor {_named(command)!r} ended with status {status}{then}")


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
