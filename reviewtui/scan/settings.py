"""A configuration for Bandit that a reviewer names, and those in the repository that nobody named.

Nothing that lies in the reviewed repository is used because it lies there; what looks like a configuration is named.
"""

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath

OPTION: Final = "--bandit-config"
SIZE_LIMIT: Final = 1_000_000
"""Bytes of a configuration."""

_NAMES: Final = frozenset({".bandit", "bandit.yaml", "bandit.yml", ".bandit.yaml", ".bandit.yml", "bandit.toml"})
_PROJECT: Final = "pyproject.toml"
_TABLE: Final = b"tool.bandit"
_MOST_PROJECTS: Final = 50


@dataclass(frozen=True, slots=True)
class BanditSettings:
    """A configuration for Bandit that the reviewer has named."""

    name: str
    """As it was given; its end tells what it is."""
    data: bytes

    @classmethod
    def read(cls, path: Path) -> "BanditSettings":
        """Read the file.

        Raises:
            ReviewTuiError: it cannot be read.
        """
        try:
            # A pipe would be waited for.
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise ReviewTuiError(f"{path} is no file: {OPTION} takes a YAML, TOML or INI file")
                data = file.read(SIZE_LIMIT + 1)
        except OSError as error:
            raise ReviewTuiError(f"{path} cannot be read as Bandit's configuration: {error.strerror}") from error
        if len(data) > SIZE_LIMIT:
            raise ReviewTuiError(f"{path} is larger than {SIZE_LIMIT:,} bytes: {OPTION} takes a small file")
        return cls(str(path), data)


def unused_configurations(
    paths: Iterable[RepoPath], read: Callable[[RepoPath], bytes], settings: BanditSettings | None = None
) -> tuple[RepoPath, ...]:
    """The files of the repository that configure Bandit and are not used, the outermost first."""
    by_depth = sorted(paths, key=lambda path: (path.count("/"), path))
    found = [path for path in by_depth if path.rpartition("/")[2] in _NAMES]
    projects = [path for path in by_depth if path.rpartition("/")[2] == _PROJECT]
    for path in projects[:_MOST_PROJECTS]:
        try:
            if _TABLE in read(path).replace(b" ", b"").replace(b'"', b""):
                found.append(path)
        except ReviewTuiError:
            continue
    used = None if settings is None else settings.data
    return tuple(path for path in found if used is None or not _is_same(path, used, read))


def unused_sentence(paths: Iterable[RepoPath]) -> str:
    """What is to be said of them; empty where there are none."""
    first, *others = (*paths, "")
    if not first:
        return ""
    more = len(others) - 1
    names = f"{first} and {more} more" if more else first
    return f"{names} would configure Bandit and {'are' if more else 'is'} not used ({OPTION} FILE uses one)"


def _is_same(path: RepoPath, data: bytes, read: Callable[[RepoPath], bytes]) -> bool:
    try:
        return read(path) == data
    except ReviewTuiError:
        return False
