"""What has been read of one manifest so far: packages, problems, and the files that it includes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from reviewtui.dependencies.manifests.specifiers import UnreadableError
from reviewtui.dependencies.manifests.wanted import Wanted, wanted
from reviewtui.dependencies.requirement import Manifest, Requirement
from reviewtui.model.place import LineSpan, RepoPath

MOST: Final = 100_000
"""Packages of one file that are read; nobody names more."""
MOST_PROBLEMS: Final = 1000


@dataclass(frozen=True, slots=True)
class Include:
    """A line that names another file of requirements."""

    target: str
    """As it is written: relative to the folder of the file."""
    line: int
    is_constraint: bool = False
    groups: tuple[str, ...] = ()
    """The group of the including file that it gives its packages to."""


@dataclass(slots=True)
class Entries:
    """Collects one manifest."""

    path: RepoPath
    format: str
    requirements: list[Requirement] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    includes: list[Include] = field(default_factory=list)
    is_full: bool = False
    """Whether more is in the file than is read."""

    def add(
        self,
        found: Wanted,
        line: int,
        span: LineSpan | None = None,
        *,
        groups: tuple[str, ...] = (),
        via: tuple[str, ...] = (),
        is_constraint: bool = False,
    ) -> None:
        """Take in a package; without `span` its line is all there is of it."""
        if len(self.requirements) >= MOST:
            if not self.is_full:
                self.is_full = True
                self.problems.append((line, f"more than {MOST:,} packages: the rest is not read"))
            return
        self.requirements.append(
            Requirement(
                name=found.name,
                shown=found.shown,
                pin=found.pin,
                version=found.version,
                specifier=found.specifier,
                path=self.path,
                span=span or LineSpan(line, line),
                line=line,
                lowest=found.lowest,
                marker=found.marker,
                extras=found.extras,
                url=found.url,
                groups=groups,
                via=via,
                is_constraint=is_constraint,
            )
        )

    def add_text(
        self,
        text: object,
        line: int,
        span: LineSpan | None = None,
        *,
        groups: tuple[str, ...] = (),
        is_constraint: bool = False,
    ) -> None:
        """Take in what a text in the form of PEP 508 asks for; what is none becomes a problem."""
        if not isinstance(text, str):
            self.problem(line, f"a requirement has to be a text, not {kind(text)}")
            return
        try:
            self.add(wanted(text), line, span, groups=groups, is_constraint=is_constraint)
        except UnreadableError as error:
            self.problem(line, str(error))

    def problem(self, line: int, text: str) -> None:
        """Say what cannot be read; of very many the first are kept."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((line, text))
        elif len(self.problems) == MOST_PROBLEMS:
            self.problems.append((0, f"more than {MOST_PROBLEMS:,} problems: the others are not listed"))

    def manifest(self) -> Manifest:
        """All of it, in the order of the lines."""
        return Manifest(
            self.path,
            self.format,
            tuple(sorted(self.requirements, key=lambda found: found.line)),
            tuple(sorted(set(self.problems))),
        )


def kind(value: object) -> str:
    """What a value of TOML or JSON is, in words."""
    if value is None:
        return "nothing"
    for types, word in (
        (bool, "true or false"),
        (str, "a text"),
        ((int, float), "a number"),
        (dict, "a table"),
        (list, "a list"),
    ):
        if isinstance(value, types):
            return word
    return "a date or time"


def texts(values: object) -> Iterable[str]:
    """The texts of a list; none of anything else."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
