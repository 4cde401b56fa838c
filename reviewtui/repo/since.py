"""What became of a repository's files between many commits and now, in a few calls of git.

Only committed and staged content is compared, so that no filter of the repository has a part in it.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run
from reviewtui.repo.objects import ID, SECONDS, look_up
from reviewtui.repo.renames import ONLY_RENAMES

MOST_STEPS: Final = 5_000
"""Commits that are looked through one by one for renames."""
_AT_A_TIME: Final = 50
_ENTRY: Final = re.compile(r":\d+ \d+ ([0-9a-f]+) [0-9a-f]+ ([A-Z])\d*")


@dataclass(frozen=True, slots=True)
class Since:
    """What is different in the last commit from what it was in an older one."""

    blobs: Mapping[RepoPath, str]
    """Every path of a difference, with the blob that stood there in the older one; empty for a path that is new."""
    gone: frozenset[RepoPath] = frozenset()
    """Those that are not there any more."""


def since(root: Path, commits: Iterable[str], should_stop: Callable[[], bool]) -> Mapping[str, Since]:
    """The differences from each of these commits to HEAD; a commit that git does not have is left out.

    Raises:
        GitError: there is no commit yet, git refused or took too long.
    """
    wanted = [commit for commit in dict.fromkeys(commits) if ID.fullmatch(commit)]
    if not wanted:
        return {}
    head = run(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode("ascii", "replace").strip()
    there = look_up(root, (f"{commit}^{{tree}}" for commit in (head, *wanted)))
    trees = {commit: there[name].id for commit in (head, *wanted) if (name := f"{commit}^{{tree}}") in there}
    olds = list(dict.fromkeys(trees[commit] for commit in wanted if commit in trees))
    found: dict[str, Since] = {}
    known: dict[str, RepoPath | None] = {}
    for start in range(0, len(olds) if head in trees else 0, _AT_A_TIME):
        if should_stop():
            break
        pairs = "".join(f"{tree} {trees[head]}\n" for tree in olds[start : start + _AT_A_TIME])
        answer = run(root, "diff-tree", "--stdin", *_ALL, stdin=pairs.encode(), timeout=SECONDS)
        found.update(_differences(answer, known))
    return {commit: found[trees[commit]] for commit in wanted if commit in trees and trees[commit] in found}


# Without renames: looking for them costs more than all the rest, and few of the differences are asked for them.
_ALL: Final = ("-r", "-z", "--no-renames", "--raw", "--no-abbrev")


def committed_blobs(root: Path) -> Mapping[RepoPath, str]:
    """The blob of every file of the last commit.

    Raises:
        GitError: there is no commit yet, git refused or took too long.
    """
    found = {}
    for line in os.fsdecode(run(root, "ls-tree", "-r", "-z", "HEAD", timeout=SECONDS)).split("\0")[:-1]:
        about, _, name = line.partition("\t")
        path = RepoPath.checked(name)
        if path is not None:
            found[path] = about.rpartition(" ")[2]
    return found


class Steps:
    """The renames of each commit, for files that have nothing in common any more with what they once were."""

    def __init__(self, root: Path) -> None:
        """Read the history.

        Raises:
            GitError: there is no commit yet, git refused or took too long.
        """
        limit = f"--max-count={MOST_STEPS}"
        listed = run(root, "log", "--topo-order", limit, "--format=%H %P", timeout=SECONDS).decode("ascii", "replace")
        self._parents = {words[0]: words[1:] for line in listed.split("\n") if (words := line.split())}
        log = run(root, "log", "--topo-order", limit, *ONLY_RENAMES, "--format=%x00%H", timeout=SECONDS)
        self._renames = [*_by_commit(log).items()][::-1]
        """The oldest first."""
        self._since: dict[str, Sequence[Mapping[RepoPath, RepoPath]]] = {}

    def knows(self, commit: str) -> bool:
        """Whether a commit is one of this history."""
        return commit in self._parents

    def follow(self, commit: str, path: RepoPath) -> RepoPath:
        """The path that a file of a commit has in the last one; the same where nobody renamed it."""
        if commit not in self._since:
            older = self._up_to(commit)
            # A commit that is no ancestor says nothing about what came after it.
            steps = [step for one, step in self._renames if one not in older] if older else []
            self._since[commit] = steps
        for step in self._since[commit]:
            path = step.get(path, path)
        return path

    def _up_to(self, commit: str) -> set[str]:
        found: set[str] = set()
        waiting = [commit] if commit in self._parents else []
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._parents.get(one, ())
        return found


def _by_commit(log: bytes) -> Mapping[str, Mapping[RepoPath, RepoPath]]:
    """The renames of each commit that has any, as git lists them: the newest first."""
    found: dict[str, dict[RepoPath, RepoPath]] = {}
    commit = ""
    fields = iter(os.fsdecode(log).split("\0"))
    for item in fields:
        word = item.strip("\n")
        if ID.fullmatch(word):
            commit = word
        elif word[:1] == "R" and word[1:].isdecimal():
            old, new = RepoPath.checked(next(fields, "")), RepoPath.checked(next(fields, ""))
            if old and new:
                found.setdefault(commit, {})[old] = new
    return found


def _differences(answer: bytes, known: dict[str, RepoPath | None]) -> Iterator[tuple[str, Since]]:
    """Each older tree with what is different from it; `known` are the names that were checked before."""
    tree = ""
    blobs: dict[RepoPath, str] = {}
    gone: set[RepoPath] = set()
    fields = iter(os.fsdecode(answer).split("\0"))
    for item in fields:
        # Two ids head each pair; a pair without a difference is its head alone.
        *heads, entry = item.split("\n")
        for head in heads:
            if tree:
                yield tree, Since(blobs, frozenset(gone))
            tree, blobs, gone = head.partition(" ")[0], {}, set()
        about = _ENTRY.fullmatch(entry)
        if not about:
            continue
        name = next(fields, "")
        if name not in known:
            known[name] = RepoPath.checked(name)
        path = known[name]
        if path is not None:
            blobs[path] = about[1] if about[1].strip("0") else ""
            if about[2] == "D":
                gone.add(path)
    if tree:
        yield tree, Since(blobs, frozenset(gone))
