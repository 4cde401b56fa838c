"""What is searched for, and in which files: as it was asked, as it crosses to a worker, and what it needs to match."""

from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Self

from reviewtui.model.globs import Globs
from reviewtui.text.literals import Alternatives, needed_literals
from reviewtui.text.search import Query
from reviewtui.workers.frames import Header


@dataclass(frozen=True)
class Wanted:
    """A search as it was asked for."""

    text: str
    regex: bool = False
    word: bool = False
    case: bool | None = None
    """None: case matters when the text has an upper-case letter."""
    globs: str = ""

    def check(self) -> None:
        """Look whether it can be searched for.

        Raises:
            ReviewTuiError: the expression or a glob cannot be understood.
        """
        self.query()
        Globs.parse(self.globs)

    def query(self) -> Query:
        """What finds it in a line.

        Raises:
            BadPatternError: it is no regular expression.
        """
        return Query.compile(self.text, regex=self.regex, case=self.case, word=self.word)

    @cached_property
    def needed(self) -> Alternatives | None:
        """Texts in lower case of which a plain ASCII file that matches holds one; None where nothing can be said."""
        if self.regex:
            return needed_literals(self.text)
        # Letters beyond ASCII can stand for ones within it where case does not matter.
        return frozenset({self.text.lower()}) if self.text and self.text.isascii() else None

    @property
    def header(self) -> Header:
        """As it is sent to a worker."""
        return asdict(self)

    @classmethod
    def of(cls, header: Header) -> Self:
        """As a worker was sent it."""
        return cls(**header)

    @property
    def switches(self) -> str:
        """What is not usual about it, in words."""
        words = ["regex"] * self.regex + ["word"] * self.word
        if self.case is not None:
            words.append("case matters" if self.case else "any case")
        return " · ".join(words)

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.text, self.switches, self.globs)))
