"""What of a repository stands on its remotes, as far as the remote-tracking branches here know; nothing is fetched."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run
from reviewtui.repo.permalink import SITES, rewritten

_SETTINGS: Final = r"^(remote\..*\.url|url\..*\.insteadof|reviewtui\..*\.site)$"
_OF_THE_USER: Final = frozenset({"global", "system"})
_BRANCHES: Final = "refs/remotes/"


@dataclass(frozen=True, slots=True)
class Remotes:
    """Where the repository comes from, as its configuration says."""

    urls: dict[str, str] = field(default_factory=dict)
    """Name to URL, `origin` first; hostile."""
    sites: dict[str, str] = field(default_factory=dict)
    """Host to kind of site, as the user's own configuration says."""


class Blob(NamedTuple):
    """A file in a commit."""

    id: str
    size: int
    """In bytes."""


def remotes(root: Path) -> Remotes:
    """The remotes; of each the first URL, as git itself would use it.

    Raises:
        GitError: git failed.
    """
    answer = os.fsdecode(run(root, "config", "-z", "--show-scope", "--get-regexp", _SETTINGS, ok=(0, 1)))
    fields = answer.split("\0")
    urls: dict[str, str] = {}
    rules: list[tuple[str, str]] = []
    sites: dict[str, str] = {}
    for scope, setting in zip(fields[::2], fields[1::2], strict=False):
        key, _, value = setting.partition("\n")
        section, _, rest = key.partition(".")
        name, _, _ = rest.rpartition(".")
        if section == "remote":
            urls.setdefault(name, value)
        elif section == "url":
            rules.append((name, value))
        elif scope in _OF_THE_USER and value in SITES:
            sites[name.lower()] = value
    found = {name: rewritten(url, rules) for name, url in urls.items() if url}
    return Remotes(dict(sorted(found.items(), key=lambda item: item[0] != "origin")), sites)


def branches_with(root: Path, commit: str) -> tuple[str, ...]:
    """The remote-tracking branches that hold a commit, as `origin/main`.

    Raises:
        GitError: git failed.
    """
    answer = run(root, "for-each-ref", f"--contains={commit}", "--format=%(refname)", _BRANCHES)
    return tuple(name.removeprefix(_BRANCHES) for name in os.fsdecode(answer).splitlines())


def newest_published(root: Path, commit: str) -> str:
    """The nearest of its first parents that some remote-tracking branch holds; empty where none does.

    Raises:
        GitError: git failed.
    """
    if not run(root, "for-each-ref", "--count=1", "--format=%(refname)", _BRANCHES):
        return ""
    answer = run(root, "log", "--first-parent", "--boundary", "--format=%m%H", commit, "--not", "--remotes", "--")
    return next((line[1:] for line in answer.decode().splitlines() if line[0] == "-"), "")


def blob_in(root: Path, commit: str, path: RepoPath) -> Blob | None:
    """The file of that path in a commit; None where there is none.

    Raises:
        GitError: git failed.
    """
    answer = os.fsdecode(run(root, "ls-tree", "-z", "--long", commit, "--", path))
    for entry in answer.split("\0")[:-1]:
        fields, _, name = entry.partition("\t")
        _, kind, identity, size = fields.split()
        if kind == "blob" and name == path:
            return Blob(identity, int(size))
    return None


def content_of(root: Path, blob: Blob) -> bytes:
    """The bytes of a file in a commit.

    Raises:
        GitError: git failed.
    """
    return run(root, "cat-file", "blob", blob.id)
