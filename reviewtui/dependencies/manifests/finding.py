"""Which files of a repository are manifests, and of which format."""

import re
from collections.abc import Iterable
from typing import Final

from reviewtui.model.place import RepoPath

_NAMES: Final = {
    "pyproject.toml": "pyproject",
    "poetry.lock": "poetry.lock",
    "uv.lock": "uv.lock",
    "pdm.lock": "pdm.lock",
    "Pipfile.lock": "Pipfile.lock",
    "Pipfile": "Pipfile",
    "pylock.toml": "pylock",
    "setup.cfg": "setup.cfg",
    "setup.py": "setup.py",
}
_FORMATS: Final = (
    (re.compile(r"pylock\.[^.]+\.toml"), "pylock"),
    (
        re.compile(r"(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.(?:txt|in|pip|lock)|requirements\w*\.txt"),
        "requirements",
    ),
    (re.compile(r"(?:.*[-_.])?environment(?:[-_.].*)?\.ya?ml"), "environment"),
)
_FOLDER: Final = re.compile(r"(?:.*[-_.])?requirements(?:[-_.].*)?")
_CONSTRAINTS: Final = re.compile(r"(?:.*[-_.])?constraints(?:[-_.].*)?\.(?:txt|in|pip)")


def find(paths: Iterable[RepoPath]) -> list[RepoPath]:
    """Those of the files that name packages, sorted."""
    return sorted(path for path in paths if format_of(path))


def format_of(path: RepoPath) -> str:
    """The format that the name of a file promises; empty for one that is no manifest."""
    name = path.name
    if found := _NAMES.get(name):
        return found
    for pattern, found in _FORMATS:
        if pattern.fullmatch(name):
            return found
    is_in_folder = name.endswith((".txt", ".in")) and _FOLDER.fullmatch(path.folder.rpartition("/")[2])
    return "requirements" if is_in_folder else ""


def is_constraints(path: RepoPath) -> bool:
    """Whether the name says that the file limits versions and asks for nothing."""
    return bool(_CONSTRAINTS.fullmatch(path.name))
