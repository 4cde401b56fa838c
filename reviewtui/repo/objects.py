"""Many objects of git at a time: what they are, how large, and what they hold, in one call each."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reviewtui.repo.git import run

ID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
SECONDS: Final = 60.0
_ASKED: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?(?:\^\{tree\})?")
_FOUND: Final = re.compile(rb"([0-9a-f]{40}(?:[0-9a-f]{24})?) ([a-z]+) (\d+)")


@dataclass(frozen=True, slots=True)
class GitObject:
    """What git says of an object that it has."""

    id: str
    kind: str
    """`blob`, `tree`, `commit` or `tag`."""
    size: int
    """In bytes."""


def look_up(root: Path, names: Iterable[str]) -> Mapping[str, GitObject]:
    """The objects of these names, ids or `ID^{tree}`; what is none, or is not there, is left out.

    Raises:
        GitError: git refused or took too long.
    """
    asked = [name for name in dict.fromkeys(names) if _ASKED.fullmatch(name)]
    if not asked:
        return {}
    answer = run(root, "cat-file", "--batch-check", stdin=_lines(asked), timeout=SECONDS)
    found = {}
    for name, line in zip(asked, answer.split(b"\n"), strict=False):
        if is_there := _FOUND.fullmatch(line):
            found[name] = GitObject(is_there[1].decode(), is_there[2].decode(), int(is_there[3]))
    return found


def contents(root: Path, blobs: Sequence[str]) -> Mapping[str, bytes]:
    """The bytes of these blobs, as far as git has them; who asks has looked at their sizes.

    Raises:
        GitError: git refused or took too long.
    """
    asked = [blob for blob in dict.fromkeys(blobs) if ID.fullmatch(blob)]
    if not asked:
        return {}
    answer = run(root, "cat-file", "--batch", stdin=_lines(asked), timeout=SECONDS)
    found: dict[str, bytes] = {}
    at = 0
    for blob in asked:
        end = answer.find(b"\n", at)
        header = answer[at:end]
        at = end + 1
        if is_there := _FOUND.fullmatch(header):
            size = int(is_there[3])
            if is_there[2] == b"blob":
                found[blob] = answer[at : at + size]
            at += size + 1
    return found


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()
