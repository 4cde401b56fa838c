"""The command line: what `reviewtui` and `python -m reviewtui` run, and how every error becomes one sentence."""

# Nothing else may be imported here: until `forget_current_folder` ran, every name is looked for in the folder that the
# program was started in. The interpreter itself has loaded these two before.
import os
import sys

OK = 0
FOUND = 1
"""`check` found something."""
FAILED = 2
"""Wrong arguments, or an error that was explained."""
INTERRUPTED = 130
CLOSED = 141
"""Whoever read the output went away."""


def main() -> int:
    """Run with the process's own arguments."""
    forget_current_folder()
    return run(sys.argv[1:])


def run(arguments: list[str]) -> int:
    """Run with these arguments and give the exit status; nothing but a bug gets out as an exception."""
    from reviewtui.commands.output import complain
    from reviewtui.errors import ReviewTuiError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_output()
        return CLOSED
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except ReviewTuiError as error:
        complain(str(error))
        return FAILED
    except OSError as error:
        # What could not be written would be tried again when the interpreter ends, and change the status.
        _close_output()
        complain(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
        return FAILED
    return status


def forget_current_folder() -> None:
    """Let no later import look into the folder that the program was started in: it may be the one under review.

    `python -m` puts it first in the search path, where a `git.py` of the reviewed tree would be taken for the real one.
    Standing in a folder of installed packages is no reason to lose them.
    """
    try:
        here = os.path.realpath(os.curdir)
    except OSError:
        here = ""
    if sys.path and sys.path[0] in ("", here):
        del sys.path[0]
    is_ours = here.endswith(("/site-packages", "/dist-packages")) or os.__file__.startswith(f"{here}/os.py")
    sys.path[:] = [
        entry for entry in sys.path if entry.startswith("/") and (is_ours or os.path.realpath(entry) != here)
    ]


def _dispatch(arguments: list[str]) -> int:
    from importlib import import_module

    from reviewtui.commands.arguments import parse

    parsed = parse(arguments)
    if isinstance(parsed, int):
        return parsed
    status: int = import_module(f"reviewtui.commands.{parsed.module}").run(parsed)
    return status


def _close_output() -> None:
    """Let the interpreter flush into nothing when it ends, instead of complaining."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        return
