"""A file that a command writes: whole or not at all, never through a link of the reviewed tree, over no other thing."""

import contextlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reviewtui.errors import ReviewTuiError

SHARED: Final = 0o666
PRIVATE: Final = 0o600


def expect_writable(target: Path, root: Path, beginnings: Sequence[str], *, what: str, force: bool | None) -> None:
    """Refuse to write through a link of the reviewed tree, or over something that is no earlier one.

    Args:
        beginnings: of what may be replaced.
        what: it is, for messages.
        force: whether anything may be replaced; None where there is no such option.

    Raises:
        ReviewTuiError: and what to do instead.
    """
    otherwise = "write somewhere else" + (", or replace it with --force" if force is not None else "")
    if not target.parent.is_dir():
        raise ReviewTuiError(f"{target.parent} is no folder: make it first, or write somewhere else")
    folder = Path(os.path.abspath(target.parent))  # noqa: PTH100 (resolving would follow the links that are looked for)
    if folder.is_relative_to(root) and not folder.resolve().is_relative_to(root):
        raise ReviewTuiError(f"{target} leads out of the reviewed tree through a link: write somewhere else")
    if force or not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_file():
        raise ReviewTuiError(f"{target} is no ordinary file: {otherwise}")
    with target.open("rb") as file:
        beginning = file.read(max(map(len, beginnings)))
    if not any(beginning.startswith(begin.encode()) for begin in beginnings):
        raise ReviewTuiError(f"{target} is no earlier {what}: {otherwise}")


def write_whole(target: Path, data: bytes, mode: int = SHARED) -> None:
    """Put all of it in the place of the file, or leave that as it is.

    Raises:
        ReviewTuiError: it cannot be written.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise ReviewTuiError(f"{target} cannot be written: {error.strerror or error}") from error
