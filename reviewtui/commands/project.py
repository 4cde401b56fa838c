"""What most commands begin with: the repository, its findings file, the time."""

import os
from argparse import Namespace
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.repo.repository import Repository
from reviewtui.store.file import FindingsFile

EPOCH: Final = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Project:
    """A repository with its review as it is on disk."""

    repository: Repository
    findings: RepoPath
    file: FindingsFile
    review: Review

    @classmethod
    def of(cls, arguments: Namespace) -> "Project":
        """The project that the arguments name.

        Raises:
            ReviewTuiError: there is no such folder, or the findings file cannot be used.
        """
        repository = Repository.open(arguments.path)
        findings: RepoPath = arguments.findings
        file = FindingsFile(repository.root / findings, repository.root)
        return cls(repository, findings, file, file.load())


def now() -> datetime:
    """The present time, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def report_time() -> datetime:
    """The time that a report carries: the present, unless the environment fixes it.

    Raises:
        ReviewTuiError: the environment holds no number.
    """
    fixed = os.environ.get(EPOCH)
    if fixed is None:
        return now()
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ReviewTuiError(f"{EPOCH} is {fixed!r}: set it to seconds since 1970, or not at all") from error
