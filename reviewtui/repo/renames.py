"""What became of files that are gone: the renames that git sees between a commit and now.

Only committed and staged content is compared, so that no file of the work tree is handed to git and no filter has a
part in it.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run
from reviewtui.repo.objects import ID, SECONDS

MOST_COMMITS: Final = 5_000
MOST_COMPARED: Final = 2_000
"""Among so many deleted and added files git looks for similar ones."""

_RENAMED: Final = re.compile(r"R\d{0,3}")


def renames(root: Path, commit: str, gone: Collection[RepoPath]) -> Mapping[RepoPath, RepoPath]:
    """Where the files that stood at these paths in `commit` are now, as far as git can tell.

    First the two ends are compared, then for what that leaves open the renames are followed one commit after another.

    Raises:
        GitError: there is no such commit, git refused or took too long.
    """
    if not gone:
        return {}
    if not ID.fullmatch(commit):
        raise GitError(f"{commit[:80]!r} is no id of a commit")
    ends = dict(renamed_in(run(root, "diff", "--cached", *ONLY_RENAMES, commit, "--", timeout=SECONDS)))
    found = {path: ends[path] for path in gone if path in ends}
    left = {path: path for path in gone if path not in found}
    if left:
        steps = run(
            root,
            "log",
            *ONLY_RENAMES,
            "--reverse",
            "--format=",
            f"--max-count={MOST_COMMITS}",
            f"{commit}..HEAD",
            "--",
            timeout=SECONDS,
        )
        for old, new in renamed_in(steps):
            for path in [path for path, now in left.items() if now == old]:
                left[path] = new
        staged = staged_renames(root)
        found |= {path: staged.get(now, now) for path, now in left.items() if now != path}
    return found


def staged_renames(root: Path) -> Mapping[RepoPath, RepoPath]:
    """The renames that are staged and not committed.

    Raises:
        GitError: there is no commit yet, git refused or took too long.
    """
    return dict(renamed_in(run(root, "diff", "--cached", *ONLY_RENAMES, "HEAD", "--", timeout=SECONDS)))


ONLY_RENAMES: Final = ("-z", "-M", f"-l{MOST_COMPARED}", "--name-status", "--diff-filter=R")


def renamed_in(output: bytes) -> Iterator[tuple[RepoPath, RepoPath]]:
    """Old and new path of each rename; a path that is none of ours is left out."""
    fields = iter(os.fsdecode(output).split("\0"))
    for status in fields:
        if not _RENAMED.fullmatch(status.strip("\n")):
            continue
        old, new = next(fields, ""), next(fields, "")
        here, there = RepoPath.checked(old), RepoPath.checked(new)
        if here and there:
            yield here, there
