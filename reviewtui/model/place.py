"""Where in the code: checked paths, line spans, and places with what is needed to find them again."""

from dataclasses import dataclass, field, replace
from typing import Final, Self

from reviewtui.errors import BadPathError
from reviewtui.model.extra import Extra

ANCHOR_TEXT_LINES: Final = 40
"""So many lines of a place are kept in its anchor; a longer one is found by its first and last lines."""
CONTEXT_LINES: Final = 3


class RepoPath(str):
    """A path relative to the repository's root, with `/`, that cannot lead out of it.

    Bytes that are not UTF-8 are surrogate escapes, as in `os.fsdecode`.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checked path.

        Raises:
            BadPathError: it is empty, absolute, has a part `.`, `..`, `.git` or an empty one, a NUL, or a surrogate
                that is no escape of a byte.
        """
        parts = text.split("/")
        if (
            not text
            or "\0" in text
            or any(part in ("", ".", "..") or part.lower() == ".git" for part in parts)
            or not _names_bytes(text)
        ):
            raise BadPathError(
                f"{text!r} is not a path inside the repository: give one relative to its root, without '..'"
            )
        return cls(text)

    @classmethod
    def checked(cls, text: str | None) -> Self | None:
        """The path; None for a text that is none, and for no text."""
        try:
            return cls.parse(text) if text else None
        except BadPathError:
            return None

    def is_within(self, folder: "RepoPath | None") -> bool:
        """Whether it is this folder or file, or lies in it; None holds everything."""
        return folder is None or self == folder or self.startswith(f"{folder}/")

    @property
    def name(self) -> str:
        """The last part."""
        return self.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """All but the last part; empty in the root."""
        return self.rpartition("/")[0]


def _names_bytes(text: str) -> bool:
    """Whether `text` is what decoding a file name gives: no other spelling can stand for the same bytes."""
    if text.isascii():
        return True
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") == text
    except UnicodeEncodeError:
        return False


@dataclass(frozen=True, slots=True, order=True)
class LineSpan:
    """Lines `start` to `end`, 1-based, both included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 1 <= self.start <= self.end:
            raise ValueError(f"lines {self.start} to {self.end} are no span")

    def __contains__(self, line: int) -> bool:
        return self.start <= line <= self.end

    def __str__(self) -> str:
        return str(self.start) if self.start == self.end else f"{self.start}-{self.end}"

    @property
    def count(self) -> int:
        """How many lines it holds."""
        return self.end - self.start + 1

    def overlaps(self, other: "LineSpan") -> bool:
        """Whether they share a line."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Anchor:
    """What stood there when it was recorded: enough to find the lines again without git."""

    commit: str = ""
    """Full id of HEAD then; empty without git or commits."""
    blob: str = ""
    """Git's blob id of the file's bytes then (computed, committed or not)."""
    symbol: str = ""
    """Dotted name of the enclosing function or class, where it is known."""
    text: str = ""
    """The lines of the place joined by LF; see ANCHOR_TEXT_LINES."""
    before: str = ""
    """Up to CONTEXT_LINES lines above."""
    after: str = ""
    """Up to CONTEXT_LINES lines below."""
    occurrence: int = 0
    """Which of the equal texts in the file it was, from 0."""


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of a file, or a whole file, with a role and an anchor."""

    path: RepoPath
    span: LineSpan | None = None
    """None: the file as a whole."""
    role: str = ""
    """E.g. source, sanitizer, sink; empty where there is nothing to tell apart."""
    note: str = ""
    anchor: Anchor = field(default_factory=Anchor)
    extra: Extra = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.path}:{self.span}" if self.span else str(self.path)

    def at(self, span: LineSpan | None) -> "Place":
        """The same place on other lines of the same file, anchor untouched."""
        return replace(self, span=span)
