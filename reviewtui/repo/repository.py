"""The repository under review: where it is, what it holds, and what its git says about it."""

import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from reviewtui.errors import BadPathError, GitError, NotAFolderError, SourceError
from reviewtui.model.place import RepoPath
from reviewtui.repo.git import run
from reviewtui.repo.listing import Entry, EntryKind, Listing, from_folder, from_git
from reviewtui.text.reading import check_file, read_file
from reviewtui.text.source import SourceText, decode

__all__ = ["Entry", "EntryKind", "Listing", "Repository"]

SIZE_LIMIT: Final = 50_000_000
"""Bytes; a larger file is not opened."""

_AUTHOR_TIME_LIMIT: Final = 3.0


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder under review, usually the work tree of a git repository; nothing in it is trusted."""

    root: Path
    """Absolute, without symbolic links."""
    is_git: bool
    """False for a plain folder: then there is no commit, no branch and no change to ask for."""
    focus: RepoPath | None = None
    """What was asked for below the root, a file or a folder; None for all of it."""

    @classmethod
    def open(cls, path: Path) -> Self:
        """The repository that holds `path`, found without starting git.

        Raises:
            NotAFolderError: there is no such file or folder, or it cannot be read.
        """
        target = _existing(path)
        folder = target if target.is_dir() else target.parent
        holder = next((parent for parent in (folder, *folder.parents) if _has_git(parent)), None)
        root = holder or folder
        if not os.access(root, os.R_OK | os.X_OK):
            raise NotAFolderError(f"{root} may not be read: its permissions do not allow it")
        try:
            focus = None if target == root else RepoPath.parse(target.relative_to(root).as_posix())
        except BadPathError as error:
            raise NotAFolderError(f"{target} belongs to git itself: open {root} instead") from error
        return cls(root, holder is not None, focus)

    def files(self, should_stop: Callable[[], bool] | None = None) -> tuple[Entry, ...]:
        """Every file that can be opened safely, tracked or not, without those that git ignores; sorted by path.

        Raises:
            GitError: git failed.
        """
        return self.listing(should_stop).entries

    def listing(self, should_stop: Callable[[], bool] | None = None) -> Listing:
        """As `files`, with how many names had to be left out.

        Raises:
            GitError: git failed.
        """
        return from_git(self.root) if self.is_git else from_folder(self.root, should_stop or _never)

    def read(self, path: RepoPath, limit: int = SIZE_LIMIT) -> bytes:
        """The bytes of a regular file of the work tree; links are not followed anywhere on the way.

        Raises:
            SourceError: it is gone, no regular file, too large, or not readable.
        """
        return read_file(self.root, path, limit)

    def source(self, path: RepoPath) -> SourceText | None:
        """The file as text, binaries as such; None where `read` refuses it."""
        try:
            return decode(self.read(path), path)
        except SourceError:
            return None

    def file(self, path: RepoPath) -> Path:
        """The absolute path of a regular file of the work tree, for a program of the user's; as `read`, but for size.

        Raises:
            SourceError: it is gone, no regular file, or behind a link.
        """
        check_file(self.root, path)
        return self.root / path

    def head(self) -> str:
        """The full id of the last commit; empty before the first one and without git."""
        return self._line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    def branch(self) -> str:
        """The name of the branch, also before its first commit; empty on a detached HEAD and without git."""
        return self._line("symbolic-ref", "--quiet", "--short", "HEAD")

    def author(self) -> str:
        """The user's name: from the user's own git configuration, else the repository's, else the login name."""
        login = os.environ.get("USER") or os.environ.get("LOGNAME") or "unknown"
        if name := os.environ.get("GIT_AUTHOR_NAME", "").strip():
            return name
        # Outside a repository the user's configuration is all there is.
        place = self.root if self.is_git else Path("/")
        try:
            found = run(
                place,
                *("config", "-z", "--show-scope", "--get-all", "user.name"),
                ok=(0, 1),
                timeout=_AUTHOR_TIME_LIMIT,
            )
        except GitError:
            return login
        fields = os.fsdecode(found).split("\0")
        names = {scope: name.strip() for scope, name in zip(fields[::2], fields[1::2], strict=False) if name.strip()}
        # In this order, because the repository's own configuration came with what is reviewed.
        return next((names[scope] for scope in ("global", "system", "worktree", "local") if scope in names), login)

    def project_name(self) -> str:
        """The name of the root folder."""
        return self.root.name or "/"

    def remote_url(self) -> str:
        """Where `origin`, else the first remote, comes from, without user, password and token; empty without one."""
        if not self.is_git:
            return ""
        found = os.fsdecode(run(self.root, "config", "-z", "--get-regexp", r"^remote\..*\.url$", ok=(0, 1)))
        urls: dict[str, str] = {}
        for item in found.split("\0")[:-1]:
            key, _, url = item.partition("\n")
            urls.setdefault(key, url)
        return _without_user(urls.get("remote.origin.url") or next(iter(urls.values()), ""))

    def changed_paths(self) -> frozenset[RepoPath]:
        """Every path whose content, in the work tree or staged, is not that of the last commit; new files too.

        Raises:
            GitError: git failed.
        """
        if not self.is_git:
            return frozenset()
        found = run(self.root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
        names = (item[3:].removesuffix("/") for item in os.fsdecode(found).split("\0")[:-1])
        return frozenset(path for name in names if (path := RepoPath.checked(name)))

    def _line(self, *args: str) -> str:
        if not self.is_git:
            return ""
        return os.fsdecode(run(self.root, *args, ok=(0, 1))).strip()


def _existing(path: Path) -> Path:
    """The path without links, except that a file which is a link itself stays one."""
    try:
        whole = path.resolve(strict=True)
        if whole.is_dir():
            return whole
        return path.parent.resolve(strict=True) / path.name
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotAFolderError(f"{path} does not exist: give a folder or a file to review") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise NotAFolderError(f"{path} cannot be opened: {error}") from error


def _has_git(folder: Path) -> bool:
    """Whether git would call this the root of a work tree; a broken `.git` is none, as for git itself."""
    store = folder / ".git"
    try:
        mode = store.stat().st_mode
    except (OSError, ValueError):
        return False
    if stat.S_ISREG(mode):
        return True
    return stat.S_ISDIR(mode) and all(os.path.lexists(store / part) for part in ("HEAD", "objects", "refs"))


def _without_user(url: str) -> str:
    """A URL that can be printed: what could let somebody in is taken off."""
    if "://" in url:
        return re.split(r"[?#]", re.sub(r"//[^/?#]*@", "//", url), maxsplit=1)[0]
    host, slash, rest = url.partition("/")
    return host.rpartition("@")[2] + slash + rest


def _never() -> bool:
    return False
