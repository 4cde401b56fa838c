"""Open a review: its findings file, its checklists, and where the code stands; the same for screen and command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.checklist import Checklist
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Repository
from reviewtui.resources import shipped
from reviewtui.session import Session
from reviewtui.store.checklists import load_checklists
from reviewtui.store.file import FindingsFile

FINDINGS: Final = RepoPath(".reviewtui/findings.toml")
"""Where a review is kept unless an option says otherwise."""


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Everything that is needed to go on with a review."""

    session: Session
    checklists: Sequence[Checklist]
    commit: str
    """Full id of HEAD; empty where there is none."""


def open_review(repository: Repository, findings: RepoPath = FINDINGS, by: str = "") -> OpenReview:
    """The review of a repository, begun by nobody yet where there is no findings file.

    Args:
        repository: where it belongs.
        findings: the findings file.
        by: the reviewer's name; empty: the one that git commits with.

    Raises:
        ReviewTuiError: the findings file or a checklist cannot be used; nothing on disk was touched.
    """
    session = Session(FindingsFile(repository.root / findings, repository.root), by or repository.author())
    return OpenReview(session, load_checklists(shipped("checklists")), repository.head())
