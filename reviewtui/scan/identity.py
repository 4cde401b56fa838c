"""Everything but the file itself that decides what a scan says of it, as one digest."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import reviewtui
from reviewtui.model.place import RepoPath
from reviewtui.scan.frames import Setup, setup_header

_FORMAT: Final = 1
"""Of the records that are kept under these keys."""
_OUR_ROOMS: Final = ("scan", "text", "model", "workers")
"""What the workers are made of."""
_SCANNERS: Final = ("bandit-", "stevedore-")
_ENTRY_POINTS: Final = (b"bandit.plugins", b"bandit.blacklists")


def identity_of(setup: Setup) -> bytes | None:
    """A digest of versions, rules and settings; None where a result may depend on more than them and the file.

    A plugin for Bandit that somebody else wrote may remember one file when it looks at the next.
    """
    installed = sorted(_installed())
    if any(is_foreign for _, is_foreign in installed):
        return None
    header = dict(setup_header(setup))
    digest = hashlib.sha256()
    for part in (_FORMAT, sys.version, sys.implementation.cache_tag, [name for name, _ in installed], header):
        digest.update(json.dumps(part, sort_keys=True).encode("ascii") + b"\n")
    for data in _our_code():
        digest.update(hashlib.sha256(data).digest())
    return digest.digest()


def key_of(identity: bytes, path: RepoPath, data: bytes) -> bytes:
    """The key of one file's result.

    The whole path is in it: its end tells the language, its folders tell what is ordinary, a checklist names files, and
    the identities of hits hold it.
    """
    digest = hashlib.sha256(identity)
    name = path.encode("utf-8", "surrogatepass")
    digest.update(len(name).to_bytes(8, "big") + name)
    digest.update(data)
    return digest.digest()


def _our_code() -> Iterator[bytes]:
    """The bytes of every module of ours that a worker may run, so that no change is forgotten."""
    root = Path(reviewtui.__file__).parent
    for room in _OUR_ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            yield path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
            yield path.read_bytes()


def _installed() -> Iterator[tuple[str, bool]]:
    """The distributions that scan, by name and version, and whether each is a plugin that is not Bandit's own.

    Asking the standard library for entry points takes as long as all the rest of a scan that finds everything kept.
    """
    for folder in dict.fromkeys(sys.path):
        if not folder:
            continue
        for path in (*Path(folder).glob("*.dist-info"), *Path(folder).glob("*.egg-info")):
            if path.name.startswith(_SCANNERS):
                yield path.name, False
            elif _offers_plugins(path):
                yield path.name, True


def _offers_plugins(path: Path) -> bool:
    try:
        data = (path / "entry_points.txt").read_bytes()
    except OSError:
        return False
    return any(group in data for group in _ENTRY_POINTS)
