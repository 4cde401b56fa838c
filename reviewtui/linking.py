"""A permanent link to lines of a file: to the commit that others can see, and to the lines as they stand in it."""

from dataclasses import dataclass

from reviewtui.errors import GitError
from reviewtui.model.anchor import locate, make_place
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.repo import published
from reviewtui.repo.permalink import PermalinkError, permalink
from reviewtui.repo.repository import SIZE_LIMIT, Repository
from reviewtui.text.source import SourceText, decode


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and what a reader should know before sending it to somebody."""

    url: str
    notes: tuple[str, ...] = ()
    """Half sentences; empty when the address shows what the screen does."""


@dataclass(frozen=True, slots=True)
class _There:
    """The lines in a commit."""

    commit: str
    span: LineSpan | None
    note: str = ""
    differs: bool = False


def link(
    repository: Repository, path: RepoPath, span: LineSpan | None, source: SourceText, *, revision: str = ""
) -> Link:
    """The address of lines, as `source` has them, on the site that hosts the repository.

    `source` is the file on disk, or that of the commit `revision`.

    Raises:
        ReviewTuiError: there is none, and why.
    """
    root = repository.root
    if not repository.is_git:
        raise GitError("This folder is no git repository, so there is nothing to link to")
    head = revision or repository.head()
    if not head:
        raise PermalinkError("Nothing is committed yet, so there is nothing to link to")
    found = published.remotes(root)
    if not found.urls:
        raise PermalinkError("This repository has no remote, so there is nothing to link to")
    branches = published.branches_with(root, head)
    there, notes = _there(repository, head, path, span, source), []
    if not branches:
        older = published.newest_published(root, head)
        before = _there(repository, older, path, span, source) if older else None
        if before and not before.differs:
            there, branches = before, published.branches_with(root, older)
            notes.append(f"to {older[:10]}, as {head[:10]} is on no branch of a remote")
        else:
            notes.append(f"{head[:10]} is on no remote branch that is known here: it works once that is pushed")
    if there is None:
        raise PermalinkError(f"{path} is not in the commit {head[:10]}: there is nothing to link to")
    if there.note:
        notes.append(there.note)
    return Link(_address(found, branches, there, path), tuple(notes))


def _there(
    repository: Repository, commit: str, path: RepoPath, span: LineSpan | None, source: SourceText
) -> _There | None:
    blob = published.blob_in(repository.root, commit, path)
    if blob is None:
        return None
    if blob.id == source.blob:
        return _There(commit, span)
    note = "the file differs from that commit"
    if span is None or blob.size > SIZE_LIMIT or source.is_binary:
        return _There(commit, span, note, differs=True)
    old = decode(published.content_of(repository.root, blob), path)
    if old.lines == source.lines:
        # Git changed the line ends, or another filter of its own was at work.
        return _There(commit, span)
    same = locate(make_place(path, span, source.lines), old.lines).span
    if same == span:
        return _There(commit, span)
    if same:
        return _There(commit, same, f"there on line{'s' if same.count > 1 else ''} {same}")
    return _There(commit, span, "these lines differ from that commit", differs=True)


def _address(found: published.Remotes, branches: tuple[str, ...], there: _There, path: RepoPath) -> str:
    """Made from the first remote that has the commit and a page."""
    names = sorted(found.urls, key=lambda name: not any(branch.startswith(f"{name}/") for branch in branches))
    problems = []
    for name in names:
        try:
            return permalink(found.urls[name], there.commit, path, there.span, found.sites)
        except PermalinkError as error:
            problems.append(error)
    raise problems[0]
