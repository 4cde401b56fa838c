"""The sample shop as a real git repository, made anew from its shipped history."""

import os
import shutil
from pathlib import Path
from typing import Final

from reviewtui.errors import GitError, ReviewTuiError
from reviewtui.repo.git import run
from reviewtui.resources import shipped

_COMMITTER: Final = ("committer.name=Sample Shop", "committer.email=shop@example.com")
# Who makes a commit in the copy; only lent to a user whose git knows nobody.
_REVIEWER: Final = (("user.name", "Demo Reviewer"), ("user.email", "reviewer@example.com"))


def make_demo(target: Path, history: Path | None = None) -> Path:
    """A fresh copy of the sample shop with all of its commits, the same ids everywhere; gives its absolute path.

    Args:
        target: a folder that does not exist yet or is empty.
        history: the folder with the patches, when not the shipped one.

    Raises:
        ReviewTuiError: the target is taken or cannot be made.
        GitError: git failed, or this copy of the program has no sample shop.
    """
    patches = sorted((history or shipped("sample_repo") / ".history").glob("*.patch"))
    if not patches:
        raise GitError("the sample shop is not in this copy of the program: install it again")
    folder = _empty_folder(target)
    try:
        run(folder, "init", "--quiet", "--initial-branch=main", "--object-format=sha1", "--template=", alone=True)
        run(
            folder,
            *("am", "--quiet", "--committer-date-is-author-date", "--keep-cr", "--whitespace=nowarn", "--no-gpg-sign"),
            *(str(patch.resolve()) for patch in patches),
            settings=_COMMITTER,
            alone=True,
        )
        _lend_identity(folder)
    except BaseException:
        for part in folder.iterdir():
            shutil.rmtree(part) if part.is_dir() and not part.is_symlink() else part.unlink()
        raise
    return folder


def _empty_folder(target: Path) -> Path:
    try:
        target.mkdir(parents=True, exist_ok=True)
        folder = target.resolve()
        with os.scandir(folder) as entries:
            is_taken = next(entries, None) is not None
    except FileExistsError as error:
        raise ReviewTuiError(f"{target} is a file: choose a new folder for the sample shop") from error
    except OSError as error:
        raise ReviewTuiError(f"{target} cannot be made: {error.strerror or error}") from error
    if is_taken:
        raise ReviewTuiError(f"{target} is not empty: choose a new folder for the sample shop")
    return folder


def _lend_identity(folder: Path) -> None:
    """Let a user whose git knows nobody commit in the sample shop all the same."""
    for key, value in _REVIEWER:
        if not os.environ.get("GIT_AUTHOR_NAME") and not run(folder, "config", "--get", key, ok=(0, 1)):
            run(folder, "config", key, value, alone=True)
