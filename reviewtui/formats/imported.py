"""What a reader of another tool's report needs of the repository, and what it gives back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reviewtui.formats.paths import PathMap
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath


@dataclass(frozen=True, slots=True)
class Tree:
    """The repository as a reader sees it."""

    paths: PathMap
    lines: Callable[[RepoPath], Sequence[str]]
    """The lines of a file as they are now, without line ends; none where it cannot be read as text."""


@dataclass(frozen=True, slots=True)
class Imported:
    """All that could be read of one report."""

    format: str
    """E.g. `sarif`, `sonarqube`, `bandit`, `pip-audit`, `osv-scanner`."""
    tools: tuple[str, ...]
    """Each with its version where the report has it: `Semgrep OSS 1.69.0`."""
    hits: tuple[Hit, ...]
    """In reading order, with fingerprints; those without a place in the repository have the path NOWHERE, and a fact
    `file` with what the tool called it."""
    problems: tuple[str, ...] = ()
    """What could not be read, each with where in the report it stands: `runs[0].results[17]: …`."""
    notes: tuple[str, ...] = ()
    """What else has to be known to read it rightly: what was cut off, what was not looked at."""
    made: str = ""
    """When the tool ran, as the report says it; empty where it does not."""
    unplaced: dict[str, str] = field(default_factory=dict)
    """What the report calls a file and why that is none of the repository's, for those that are not."""
