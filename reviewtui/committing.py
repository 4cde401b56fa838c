"""What a commit of the findings file would hold, in words, and the commit itself; for screen and command line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reviewtui.errors import GitError, ReviewTuiError
from reviewtui.model.change import Change
from reviewtui.model.checklist import Answer
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.mark import Mark
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.verdict import Verdict
from reviewtui.repo.commit import commit_file, committed, pending
from reviewtui.repo.repository import Repository
from reviewtui.store.findings import parse
from reviewtui.text.safe import safe

_NAMES: Final = {
    "findings": ("finding", "findings"),
    "verdicts": ("verdict", "verdicts"),
    "answers": ("answer", "answers"),
    "marks": ("file reviewed", "files reviewed"),
}
_IN_MESSAGE: Final = 20
"""So many lines of the message's body name findings; more would be no message."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be committed."""

    changes: tuple[str, ...]
    """One line a change; `+` new, `~` changed, `-` gone."""
    message: str
    """Subject, and below it the findings."""


def what_to_commit(repository: Repository, path: RepoPath, review: Review) -> Proposal | None:
    """The changes since the last commit; None where the file on disk is as it was committed.

    Raises:
        GitError: there is no git repository, or git failed.
    """
    if not repository.is_git:
        raise GitError("This folder is no git repository: run git init in it, or keep the findings file as it is")
    if not pending(repository, path):
        return None
    change = Change.between(_last(repository, path), review)
    return Proposal(tuple(_lines(change)), _message(change))


def commit_review(repository: Repository, path: RepoPath, message: str) -> str:
    """Commit exactly the findings file, whatever else is staged or changed; the id of the new commit.

    Raises:
        GitError: git refused, and why.
    """
    return commit_file(repository, path, message)


def _last(repository: Repository, path: RepoPath) -> Review:
    """The review as it was committed; empty where it was not, or where that one cannot be read."""
    data = committed(repository, path)
    try:
        return parse(data.decode(), str(path)) if data is not None else Review()
    except (ReviewTuiError, UnicodeDecodeError):
        return Review()


def _lines(change: Change) -> Iterable[str]:
    for table, _, before, after in change.entries:
        if table:
            sign = "+" if before is None else "-" if after is None else "~"
            yield f"{sign} {safe(_said(after if after is not None else before))}"
    if any(not table for table, *_ in change.entries):
        yield "~ title, scope or reviewers"


def _said(entry: object) -> str:
    match entry:
        case Finding():
            severity = f"{entry.severity} " if entry.severity else ""
            where = f"  {entry.place}" if entry.place else ""
            kind = entry.kind if entry.kind is not Kind.FINDING else "finding"
            return f"{severity}{kind} ({entry.state.label}): {entry.title}{where}"
        case Verdict():
            return f"{entry.rule} {entry.state.label}: {entry.reason or 'no reason'}  {entry.place}"
        case Answer():
            return f"{entry.item} {entry.result.label}: {entry.reason}"
        case Mark():
            lines = "" if entry.covers_file else f", lines {', '.join(map(str, entry.ranges))}"
            return f"reviewed: {entry.path}{lines}"
        case _:
            return str(entry)


def _message(change: Change) -> str:
    counts = []
    for table, (one, many) in _NAMES.items():
        number = sum(entry[0] == table for entry in change.entries)
        if number:
            counts.append(f"{number} {one if number == 1 else many}")
    subject = f"Security review: {', '.join(counts) or 'settings'}"
    # One line each: a title must forge no trailer, and `git log` shows a message to whoever reads it as it stands.
    findings = [
        f"- {safe(_said(after))}" for table, _, _, after in change.entries if table == "findings" and after is not None
    ]
    if len(findings) > _IN_MESSAGE:
        findings = [*findings[:_IN_MESSAGE], f"- and {len(findings) - _IN_MESSAGE} more"]
    return "\n".join([subject, *([""] if findings else []), *findings])
