"""A package as a manifest names it, and a manifest with all that it names."""

from dataclasses import dataclass
from enum import StrEnum

from reviewtui.model.place import LineSpan, RepoPath


class Pin(StrEnum):
    """How sure it is which version is meant."""

    EXACT = "exact"
    """One version: `==1.2`, or an entry of a lock file."""
    RANGE = "range"
    """Several versions would do, or any."""
    DIRECT = "direct"
    """A URL, a repository or a folder, whose version nobody says."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A line of another file that narrows which version is taken (`-c`)."""

    path: RepoPath
    line: int
    specifier: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One package that one line asks for."""

    name: str
    """Normalised as PEP 503 says; empty where a direct reference has no name."""
    shown: str
    """As it is written."""
    pin: Pin
    version: str
    """Of an exact pin, as it is written; else empty."""
    specifier: str
    """What is asked for, in PEP 440's words, alternatives joined by ` || `; empty for any version. An environment
    variable stands in it as it is written (`==${VERSION}`), so not every one can be parsed."""
    path: RepoPath
    """The manifest that it stands in; of an included one that one."""
    span: LineSpan
    """The lines of the entry."""
    line: int
    """The line of the name or version; inside `span`."""
    lowest: str = ""
    """The lowest version that a range allows, where it says so: the worst case."""
    marker: str = ""
    """The condition under which it is installed, as it is written."""
    extras: tuple[str, ...] = ()
    url: str = ""
    """Where a direct reference leads, without a password in it."""
    groups: tuple[str, ...] = ()
    """Extras, groups or sections of the manifest that it belongs to, e.g. `dev`; empty for the project itself."""
    via: tuple[str, ...] = ()
    """How it came in: names of the packages that ask for it in a lock file, nearest to the project first, or the
    manifests that include this one; empty where the project itself asks for it or nobody says. A very long chain has
    `…` in its middle."""
    is_constraint: bool = False
    """Whether the line only limits a version and asks for nothing (`-c`)."""
    limits: tuple[Limit, ...] = ()
    """Constraints that hold for it; `pin`, `version`, `specifier` and `lowest` are what they leave of what the line
    says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One file that names packages."""

    path: RepoPath
    format: str
    """`requirements`, `pyproject`, `poetry.lock`, `uv.lock`, `pdm.lock`, `Pipfile.lock`, `Pipfile`, `pylock`,
    `setup.cfg`, `setup.py` or `environment` (conda)."""
    requirements: tuple[Requirement, ...]
    problems: tuple[tuple[int, str], ...] = ()
    """Line (0: the file as a whole) and what of it could not be read, so that nobody takes it for clean."""
