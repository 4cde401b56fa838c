"""Commit one file and nothing else: whatever is staged or half done stays exactly as it is, and no hook runs.

The commit is made beside the user's index, from the tree of HEAD; only then is the index told of that one path.
"""

import hashlib
import os
import shlex
import time
from pathlib import Path
from typing import Final

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run
from reviewtui.repo.repository import SIZE_LIMIT, Repository

_UNFINISHED: Final = {
    "MERGE_HEAD": ("a merge", "git merge --continue", "git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue", "git rebase --abort"),
    "rebase-apply": ("a rebase or git am", "--continue", "--abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue", "git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue", "git revert --abort"),
    "BISECT_LOG": ("a bisect", "git bisect reset", ""),
}
"""What lies in the git folder while an operation waits for its end: its name, how to end it, how to give it up."""
_MODES: Final = ("100644", "100755")
"""Of an ordinary file; a new one gets the first."""
_FOLDER: Final = "040000"
_PATIENCE: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts while another git program holds the index."""


def pending(repository: Repository, path: RepoPath) -> bool:
    """Whether the file on disk is not what the last commit has; False without git or without the file.

    Raises:
        GitError: git failed.
        SourceError: there is something that cannot be read.
    """
    if not repository.is_git or not os.path.lexists(repository.root / path):
        return False
    return not _is_blob(repository.read(path), _committed_blob(repository, path))


def committed(repository: Repository, path: RepoPath) -> bytes | None:
    """The file's bytes in the last commit; None where that has none, and without git.

    Raises:
        GitError: git failed, or what was committed is no file or too large for one that is opened.
    """
    blob = _committed_blob(repository, path) if repository.is_git else ""
    if not blob:
        return None
    if int(run(repository.root, "cat-file", "-s", blob)) > SIZE_LIMIT:
        raise GitError(f"{path} as it was committed has more than {SIZE_LIMIT:,} bytes and is not opened")
    return run(repository.root, "cat-file", "blob", blob)


def commit_file(repository: Repository, path: RepoPath, message: str) -> str:
    """Commit exactly this file as it is on disk, and give the new commit's id.

    Raises:
        GitError: there is no git repository, an operation is unfinished, the file is ignored or already committed, git
            does not know the user, or git refused.
        SourceError: the file cannot be read.
    """
    root = repository.root
    if not repository.is_git:
        raise GitError(f"{root} is no git repository: run git init there first, or keep the file without a commit")
    text = _message(message)
    data = repository.read(path)
    _expect_quiet(root)
    if _is_blob(data, _committed_blob(repository, path)):
        raise GitError(f"there is nothing to commit: {path} is as in the last commit")
    _expect_not_ignored(root, path)
    parent = repository.head()
    blob = _line(run(root, "hash-object", "-w", "--stdin", stdin=data))
    tree = _tree_with(root, parent, path, blob)
    commit = _line(run(root, "commit-tree", tree, *(("-p", parent) if parent else ()), stdin=text))
    # The old value is given, so that a commit made by somebody else in this moment is not lost.
    subject = text.decode().partition("\n")[0]
    run(root, "update-ref", "-m", f"commit: {subject}", "HEAD", commit, parent or "0" * len(commit))
    _bring_index_along(root, path, blob, commit)
    return commit


def _tree_with(root: Path, parent: str, path: RepoPath, blob: str) -> str:
    """The tree of `parent` with this one file put in; only the folders on its way are read and written."""
    parts = path.split("/")
    tree = f"{parent}^{{tree}}" if parent else ""
    levels = []
    for depth, part in enumerate(parts, 1):
        rows = _rows(root, tree)
        levels.append(rows)
        mode, tree = rows.get(part, ("", ""))
        wanted = _MODES if depth == len(parts) else (_FOLDER,)
        if mode and mode not in wanted:
            raise GitError(
                f"{path} cannot be committed: in the last commit {'/'.join(parts[:depth])} is something else "
                "(a file, folder, link or submodule of that name); move that away and commit it first"
            )
    entry = (_MODES[0], blob)
    for part, rows in zip(reversed(parts), reversed(levels), strict=True):
        entry = (_FOLDER, _written(root, rows | {part: entry}))
    if parent:
        # A tree written by hand (a name twice, a wrong order) comes out mended, and so with more than one change.
        changed = run(root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", parent, entry[1])
        if os.fsdecode(changed) != f"{path}\0":
            raise GitError(f"the last commit's file list is damaged: {path} cannot be committed alone; run git fsck")
    return entry[1]


def _rows(root: Path, tree: str) -> dict[str, tuple[str, str]]:
    """Name to mode and id of what is right in this folder; nothing for one that is new."""
    lines = os.fsdecode(run(root, "ls-tree", "-z", tree)).split("\0")[:-1] if tree else []
    split = (line.partition("\t") for line in lines)
    return {name: (facts[:6], facts[facts.rindex(" ") + 1 :]) for facts, _, name in split}


def _written(root: Path, rows: dict[str, tuple[str, str]]) -> str:
    """The id of the folder with these rows, written to the repository."""
    kinds = {_FOLDER: "tree", "160000": "commit"}
    lines = (f"{mode} {kinds.get(mode, 'blob')} {object_id}\t{name}\0" for name, (mode, object_id) in rows.items())
    return _line(run(root, "mktree", "-z", "--missing", stdin=os.fsencode("".join(lines))))


def _bring_index_along(root: Path, path: RepoPath, blob: str, commit: str) -> None:
    """Let the user's index have the file as committed, or `git status` would call it deleted or changed."""
    for pause in (*_PATIENCE, None):
        try:
            run(root, "update-index", "--add", "--cacheinfo", f"{_MODES[0]},{blob},{path}")
        except GitError as error:
            if pause is None or "another git program" not in str(error):
                raise GitError(
                    f"{path} is committed as {commit[:12]}, but the index does not know it yet; run "
                    f"git reset -q -- {shlex.quote(path)} there. The reason: {error}"
                ) from error
            time.sleep(pause)
        else:
            return


def _expect_quiet(root: Path) -> None:
    """No operation waits for its end, and no other git program is writing just now."""
    folder = Path(os.fsdecode(run(root, "rev-parse", "--absolute-git-dir").removesuffix(b"\n")))
    for name, (what, finish, give_up) in _UNFINISHED.items():
        if os.path.lexists(folder / name):
            how = f"finish it ({finish}) or give it up ({give_up})" if give_up else f"end it ({finish})"
            raise GitError(f"{what} is not finished in this repository: {how}, then commit again")
    if os.path.lexists(folder / "index.lock"):
        raise GitError(
            f"another git program is at work in {root}: commit again when it has ended. "
            f"If there is none, one has crashed: delete {folder / 'index.lock'}"
        )


def _expect_not_ignored(root: Path, path: RepoPath) -> None:
    """A path that is tracked already is not ignored, whatever the rules say; git sees it so too."""
    answer = run(root, "check-ignore", "-z", "-v", "--stdin", stdin=os.fsencode(f"./{path}\0"), ok=(0, 1))
    if not answer:
        return
    source, line, pattern, _ = os.fsdecode(answer).split("\0")[:4]
    if pattern.startswith("!"):
        return
    raise GitError(
        f"{path} is ignored by git, so it was not committed: the rule {pattern!r} in {source}, line {line}. "
        f"Take the rule out, or add the file once by hand: git add --force {shlex.quote(path)}"
    )


def _committed_blob(repository: Repository, path: RepoPath) -> str:
    """The id of the file in HEAD; empty where HEAD has none."""
    return _line(run(repository.root, "rev-parse", "--verify", "--quiet", f"HEAD:{path}", ok=(0, 1)))


def _is_blob(data: bytes, blob: str) -> bool:
    """Whether the bytes have this id, in a repository of either kind of ids."""
    if not blob:
        return False
    digest = hashlib.new("sha1" if len(blob) == 40 else "sha256", b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest() == blob


def _message(message: str) -> bytes:
    """The message as git stores it: something that is text, ended by one line end."""
    lines = message.replace("\0", "").replace("\r\n", "\n").split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip()
    if not text:
        raise GitError("the commit needs a message")
    return f"{text}\n".encode(errors="replace")


def _line(output: bytes) -> str:
    return output.decode("ascii").strip()
