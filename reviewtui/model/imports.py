"""A report of another tool as it is kept: whose it is, what it said, and what of it could not be used."""

from dataclasses import dataclass, field
from datetime import datetime

from reviewtui.model.hit import Hit
from reviewtui.model.place import Anchor

MAX_PROBLEMS = 200
"""More than that nobody reads of one report."""


@dataclass(frozen=True, slots=True)
class ImportedHit:
    """A hit with what stood on its lines when it was imported, so that it can be found again."""

    hit: Hit
    anchor: Anchor = field(default_factory=Anchor)
    """Without text for a hit that has no lines in the repository."""


@dataclass(frozen=True, slots=True)
class ImportHeader:
    """One report, without its hits."""

    name: str
    """What it is called here; a second import of this name takes its place."""
    file: str
    """The name of the file that it came from, or the address of the server."""
    format: str
    tools: tuple[str, ...]
    imported: datetime
    count: int
    """How many hits it has."""
    digest: str
    """SHA-256 of the report, to know it again."""
    commit: str = ""
    """Where HEAD was when it was imported; empty without git."""
    made: str = ""
    """When the tool ran, as it says; empty where it does not."""
    problems: tuple[str, ...] = ()
    """What of the report could not be read."""
    notes: tuple[str, ...] = ()
    """What else has to be known: what was cut off, what was not looked at."""
    unplaced: tuple[tuple[str, str], ...] = ()
    """What the report calls a file, and why that is none of the repository's."""

    @property
    def tool_names(self) -> frozenset[str]:
        """What `Hit.tool` may be in it: `semgrep-oss` of `Semgrep OSS 1.69.0`, whose last word may be no version."""
        whole = [tool.lower() for tool in self.tools]
        return frozenset(name.replace(" ", "-") for tool in whole for name in (tool, tool.rpartition(" ")[0]) if name)
