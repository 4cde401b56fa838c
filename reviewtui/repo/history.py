"""What git remembers: who wrote a line and when, the commits of a file, a file as it once was.

Nothing here takes a name or a message for anything but text, and no work-tree file is given to git by its name: what is
on disk is read by us and handed over, so that no filter of the repository has a part in it.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run
from reviewtui.repo.objects import ID
from reviewtui.repo.repository import SIZE_LIMIT
from reviewtui.text.source import decode

MOST_COMMITS: Final = 2000
"""Commits of a file that are listed."""
BLAME_SECONDS: Final = 120.0

_HEADER: Final = re.compile(rb"([0-9a-f]{40}(?:[0-9a-f]{24})?) \d+ (\d+)(?: \d+)?")
_ESCAPE: Final = re.compile(rb"\\([abtnvfr\"\\]|[0-7]{3})")
_LETTERS: Final[Mapping[bytes, bytes]] = {
    name.encode(): value.encode() for name, value in zip('abtnvfr"\\', '\a\b\t\n\v\f\r"\\', strict=True)
}
_STATUS: Final = re.compile(r"[A-Z]\d{0,3}")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as it was written; author and texts are whatever their writer wanted."""

    id: str
    """All hexadecimal digits."""
    author: str
    at: datetime
    """When the author wrote it, in UTC."""
    subject: str
    path: RepoPath | None = None
    """Where the file stood then, if the commit was found through a file and this is a path of ours."""

    @property
    def short(self) -> str:
        """The first digits of its id."""
        return self.id[:8]


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that a commit changed."""

    path: str
    added: int | None
    """Lines; None for a binary."""
    removed: int | None


@dataclass(frozen=True, slots=True)
class CommitDetails:
    """All that a commit says."""

    commit: Commit
    email: str
    committer: str
    committed_at: datetime
    parents: tuple[str, ...]
    message: str
    files: tuple[Changed, ...]
    """Against its first parent."""


@dataclass(frozen=True, slots=True)
class Blame:
    """The commit of each line."""

    rows: tuple[str, ...]
    """Commit ids by row (0-based, rows as `SourceText` counts them); empty for a line that is not committed yet."""
    commits: Mapping[str, Commit]
    previous: Mapping[str, tuple[str, RepoPath]]
    """The version of the file before a commit: the id of another, and where the file stood there."""

    def of(self, row: int) -> Commit | None:
        """The commit of a row; None where it is not committed, or not there."""
        return self.commits.get(self.rows[row]) if 0 <= row < len(self.rows) else None


def blame(root: Path, path: RepoPath, data: bytes, revision: str = "") -> Blame:
    """Who wrote the lines of `data`: the file as it is on disk, or at a revision.

    Raises:
        GitError: git does not know the file, tells its lines apart in another way, refused, or took longer than
            BLAME_SECONDS.
    """
    source = decode(data, path)
    if source.is_binary:
        raise GitError("A binary has no lines that somebody wrote")
    counts = _rows_of(data)
    if sum(counts) != len(source.lines):
        raise GitError(f"Git does not count the lines of this text as they are shown ({source.encoding}): no blame")
    rest = (revision, "--", path) if revision else ("--contents", "-", "--", path)
    output = run(root, "blame", "--porcelain", "--root", *rest, stdin=None if revision else data, timeout=BLAME_SECONDS)
    by_line: dict[int, str] = {}
    commits: dict[str, Commit] = {}
    previous: dict[str, tuple[str, RepoPath]] = {}
    for commit, line, fields in _blamed(output):
        if fields:
            at = _time(fields.get("author-time", ""))
            there = RepoPath.checked(_unquoted(fields.get("filename", "")))
            commits[commit] = Commit(commit, fields.get("author", ""), at, fields.get("summary", ""), there)
            before, _, name = fields.get("previous", "").partition(" ")
            if before_path := RepoPath.checked(_unquoted(name)):
                previous[commit] = (before, before_path)
        by_line[line] = commit if commit.strip("0") else ""
    rows: list[str] = []
    for number, count in enumerate(counts, 1):
        rows += [by_line.get(number, "")] * count
    return Blame(tuple(rows), {key: value for key, value in commits.items() if key.strip("0")}, previous)


def is_shallow(root: Path) -> bool:
    """Whether the history was cut off, so that its oldest commit passes for the writer of all that is older.

    Raises:
        GitError: git refused or took too long.
    """
    return run(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def file_log(root: Path, path: RepoPath) -> list[Commit]:
    """The commits that changed a file, the newest first, over its renames; the last MOST_COMMITS.

    Raises:
        GitError: there is no commit yet, git refused or took too long.
    """
    output = run(
        root,
        "log",
        "--follow",
        "-z",
        "--name-status",
        f"--max-count={MOST_COMMITS}",
        "--format=%H%x00%an%x00%at%x00%s",
        "--",
        path,
        timeout=BLAME_SECONDS,
    )
    found = []
    fields = os.fsdecode(output).split("\0")
    at = 0
    while at + 3 < len(fields) and ID.fullmatch(fields[at]):
        commit, author, when, subject = fields[at : at + 4]
        at += 4
        there: str | None = None
        # No id is as short as a status, so where the files of a commit end is certain.
        while at < len(fields) and (status := fields[at].lstrip("\n")) and _STATUS.fullmatch(status):
            names = 2 if status[0] in "RC" else 1
            there = fields[at + names] if at + names < len(fields) else None
            at += names + 1
        while at < len(fields) and not fields[at].strip("\n"):
            at += 1
        found.append(Commit(commit, _text(author), _time(when), _text(subject), RepoPath.checked(there)))
    return found


def details(root: Path, commit: str) -> CommitDetails:
    """All that a commit says, and what it changed.

    Raises:
        GitError: there is no such commit, git refused or took too long.
    """
    commit = commit_id(root, commit)
    shown = run(root, "show", "-s", "--format=%an%x00%ae%x00%at%x00%cn%x00%ct%x00%P%x00%s%x00%B", commit, "--")
    author, email, at, committer, committed, parents, subject, message = os.fsdecode(shown).split("\0", 7)
    before = (parents.split()[0], commit) if parents else ("--root", commit)
    stat = run(root, "diff-tree", "-r", "-z", "-M", "--numstat", "--no-commit-id", *before, "--")
    return CommitDetails(
        Commit(commit, _text(author), _time(at), _text(subject)),
        _text(email),
        _text(committer),
        _time(committed),
        tuple(parents.split()),
        _text(message).strip("\n"),
        tuple(_changed(os.fsdecode(stat).split("\0"))),
    )


def commit_id(root: Path, revision: str) -> str:
    """The id of the commit that a revision means: a branch, a tag, `HEAD~3`, the first digits of an id.

    Raises:
        GitError: there is none.
    """
    if not revision or "\0" in revision or "\n" in revision:
        raise GitError("Name a branch, a tag or a commit")
    try:
        found = run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError as error:
        raise GitError(f"There is no commit {revision!r}: name a branch, a tag or a commit") from error
    commit = found.decode("ascii", "replace").strip()
    if not ID.fullmatch(commit):
        # `^HEAD` means all that is not in HEAD.
        raise GitError(f"{revision!r} is no single commit: name a branch, a tag or a commit")
    return commit


def read_at(root: Path, commit: str, path: RepoPath) -> bytes:
    """The bytes of a file as they were committed.

    Raises:
        GitError: it was not there then, was no file, or is larger than a file that is opened.
    """
    name = f"{commit_id(root, commit)}:{path}"
    try:
        size = int(run(root, "cat-file", "-s", name))
        # A kilobyte in a repository can unpack to a gigabyte.
        if size <= SIZE_LIMIT:
            return run(root, "cat-file", "blob", name)
    except GitError as error:
        raise GitError(f"{path} is not in {commit[:12]}") from error
    raise GitError(f"{path} in {commit[:12]} is too large to be shown: {size:,} bytes")


def version(root: Path, commit: str, path: RepoPath) -> tuple[RepoPath, bytes]:
    """Path and bytes of a file as they were committed, also where it has been renamed since.

    Raises:
        GitError: it was not there then, was no file, or is larger than a file that is opened.
    """
    commit = commit_id(root, commit)
    there = path
    if not _is_there(root, commit, path):
        names = dict.fromkeys(listed.path for listed in file_log(root, path) if listed.path)
        there = next((name for name in names if _is_there(root, commit, name)), path)
    return there, read_at(root, commit, there)


def revisions(root: Path) -> list[tuple[str, Commit]]:
    """Branches and tags with the commits they stand on, the newest first.

    Raises:
        GitError: git refused or took too long.
    """
    form = "%00".join(
        f"%({field})" for field in ("refname:short", "objectname", "*objectname", "authorname", "creatordate:unix")
    )
    refs = ("refs/heads", "refs/remotes", "refs/tags")
    output = run(root, "for-each-ref", "--sort=-creatordate", f"--format={form}%00%(contents:subject)", *refs)
    found = []
    for line in os.fsdecode(output).split("\n"):
        fields = line.split("\0")
        if len(fields) == 6:
            name, plain, peeled, author, at, subject = fields
            found.append((_text(name), Commit(peeled or plain, _text(author), _time(at), _text(subject))))
    return found


def _is_there(root: Path, commit: str, path: RepoPath) -> bool:
    return run(root, "cat-file", "-t", f"{commit}:{path}", ok=(0, 128)).strip() == b"blob"


def _blamed(output: bytes) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    """Commit, line number of the text that was asked about, and what is said of the commit at its first line."""
    commit, line = "", 0
    fields: dict[str, str] = {}
    for row in output.split(b"\n"):
        if row.startswith(b"\t"):
            yield commit, line, fields
            fields = {}
        elif found := _HEADER.fullmatch(row):
            commit, line, fields = found[1].decode("ascii"), int(found[2]), {}
        else:
            key, _, value = row.partition(b" ")
            # A name has to find its file again, byte for byte; all else is only shown.
            named = key in (b"filename", b"previous")
            fields[key.decode("ascii", "replace")] = os.fsdecode(value) if named else value.decode("utf-8", "replace")


def _rows_of(data: bytes) -> list[int]:
    """How many rows each line of git's is; git knows one end of line, CPython three."""
    *ended, last = data.split(b"\n")
    counts = [line.removesuffix(b"\r").count(b"\r") + 1 for line in ended]
    return [*counts, last.count(b"\r") + (not last.endswith(b"\r"))] if last else counts


def _unquoted(name: str) -> str:
    """A path as it is, of one that git may have put in quotes."""
    if not (len(name) > 1 and name[0] == name[-1] == '"'):
        return name
    plain = _ESCAPE.sub(lambda e: _LETTERS.get(e[1]) or bytes([int(e[1], 8) & 255]), os.fsencode(name[1:-1]))
    return os.fsdecode(plain)


def _changed(fields: Sequence[str]) -> Iterator[Changed]:
    at = 0
    while at < len(fields) and fields[at]:
        added, removed, path = (*fields[at].split("\t", 2), "", "")[:3]
        at += 1
        if not path and at + 1 < len(fields):
            path = fields[at + 1]
            at += 2
        yield Changed(path, int(added) if added.isdecimal() else None, int(removed) if removed.isdecimal() else None)


def _text(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _time(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
