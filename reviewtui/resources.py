"""Where things are: the data that is shipped with the program, and the user's own folders."""

import os
from collections.abc import Mapping
from pathlib import Path


def shipped(name: str) -> Path:
    """The folder `checklists` or `sample_repo`, wherever this copy of the program keeps it."""
    package = Path(__file__).resolve().parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name


def user_folder(variable: str, otherwise: str, environment: Mapping[str, str] = os.environ) -> Path:
    """One of the user's folders as the XDG base directories name them: `XDG_STATE_HOME`, else `~/.local/state`.

    Args:
        variable: what names the folder; a relative one does not count.
        otherwise: where it is in the home folder without that.
        environment: where the variable is looked for.
    """
    given = environment.get(variable, "")
    if given.startswith("/"):
        return Path(given)
    return Path(os.path.expanduser("~")) / otherwise  # noqa: PTH111 (pathlib raises without a home)
