"""The errors a user may see: each message says what happened and what can be done."""


class ReviewTuiError(Exception):
    """Base of every error that is shown as one sentence instead of a traceback."""


class BadPathError(ReviewTuiError):
    """A path that does not stay inside the reviewed repository."""


class NotAFolderError(ReviewTuiError):
    """What was to be opened does not exist, is no folder or cannot be read."""


class GitError(ReviewTuiError):
    """Git refused, failed or took too long; the message holds git's own first words."""


class SourceError(ReviewTuiError):
    """A file of the reviewed tree cannot be read: gone, no regular file, too large, no permission."""


class AdvisoryError(ReviewTuiError):
    """A database of advisories cannot be read, or is none."""


class FetchError(ReviewTuiError):
    """Something cannot be fetched from the network, or is not what was looked for."""


class WorkerError(ReviewTuiError):
    """A worker process cannot be started, or ended before it was ready."""


class SettingsError(ReviewTuiError):
    """What the reviewer named as a tool's configuration cannot be used."""


class StoreError(ReviewTuiError):
    """The findings file or a checklist cannot be read or written; what was on disk is as it was."""


class BrokenFileError(StoreError):
    """A TOML file of ours does not parse or does not hold what it should."""

    def __init__(self, name: str, problems: "tuple[Problem, ...]") -> None:
        self.name = name
        self.problems = problems
        """Every problem, in the order of the file."""
        lines = "\n".join(f"  line {p.line}: {p.text}" if p.line else f"  {p.text}" for p in problems)
        super().__init__(f"{name} cannot be used:\n{lines}")


class Problem:
    """One thing that is wrong in a file of ours."""

    def __init__(self, line: int, text: str) -> None:
        self.line = line
        """1-based line in the file; 0 where it concerns the file as a whole."""
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problem) and (self.line, self.text) == (other.line, other.text)

    def __hash__(self) -> int:
        return hash((self.line, self.text))

    def __repr__(self) -> str:
        return f"Problem({self.line}, {self.text!r})"


class ReportError(ReviewTuiError):
    """Another tool's report cannot be read at all: no JSON, too large, or of no format that is known."""


class InvalidReviewError(ReviewTuiError):
    """A change would leave the review in a state that its own rules forbid."""
