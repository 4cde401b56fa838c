"""The lines on which manifests name packages, for reports that name a package and no line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.formats.imported import Tree
from reviewtui.model.place import LineSpan, RepoPath

_NAME: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_REQUIREMENT: Final = re.compile(rf"\s*({_NAME})\s*(?:\[[^\]]*\])?\s*(.*)")
_QUOTED: Final = re.compile(rf"""["']({_NAME})\s*(?:\[[^\]"']*\])?\s*([=<>!~;@(,][^"']*)?["']""")
_KEY: Final = re.compile(rf"""\s*["']?({_NAME})["']?\s*[=:]\s*(["'{{\[].*)""")
_EXACT: Final = re.compile(r"""^\s*["']?\s*\(?\s*===?\s*([^\s;,#"'\\)]+)""")
_VERSION: Final = re.compile(r"""\s*["']?version["']?\s*[=:]\s*["'](?:===?)?([^"']+)["']""")
_LOCKED_NAME: Final = re.compile(rf"""\s*name\s*=\s*["']({_NAME})["']""")
_NEAR: Final = 12
"""The version of a package in a lock file stands so many lines below its name at most."""
_LINES: Final = 200_000
_REQUIREMENTS: Final = re.compile(
    r"(?:.*[/_.-])?(?:requirements?|constraints?)[^/]*(?:/[^/]+)?\.(?:txt|in|pip)", re.IGNORECASE
)
_LOCKS: Final = re.compile(r"(?:poetry|uv|pdm)\.lock|pylock(?:\.[^/]+)?\.toml")
_TABLES: Final = frozenset(("pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "Pipfile.lock"))


@dataclass(frozen=True, slots=True)
class PinLine:
    """A line that names a package."""

    path: RepoPath
    span: LineSpan
    """With the line of the version."""
    version: str
    """The only one that it allows; empty where it allows several."""


class PinLines:
    """What all manifests of a repository name, looked up by package; read once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._lines: dict[str, list[PinLine]] = {}
        for path in sorted(filter(_is_manifest, tree.paths), key=_weight):
            for name, pin in _pins(path, tree.lines(path)):
                self._lines.setdefault(name, []).append(pin)

    def find(self, name: str, version: str) -> tuple[PinLine, ...]:
        """The lines that name this package, those first that ask for just this version, then those that may."""
        found = self._lines.get(normalised(name), [])
        return tuple(sorted(found, key=lambda pin: (pin.version != version, bool(pin.version))))

    def find_in(self, path: RepoPath, name: str, version: str) -> PinLine | None:
        """The line of this file that names this package; None where none does."""
        known = [pin for pin in self.find(name, version) if pin.path == path]
        return known[0] if known else _mentioned(path, self._tree.lines(path), name, version)


def normalised(name: str) -> str:
    """The name as PEP 503 says."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_manifest(path: RepoPath) -> bool:
    return bool(_REQUIREMENTS.fullmatch(path) or _LOCKS.fullmatch(path.name)) or path.name in _TABLES


def _weight(path: RepoPath) -> tuple[int, int, str]:
    """What people write before what tools write, and what is nearer to the root first."""
    kind = 0 if _REQUIREMENTS.fullmatch(path) else 2 if path.name.endswith(".lock") or path.name in _LOCK_NAMES else 1
    return kind, path.count("/"), path


_LOCK_NAMES: Final = frozenset(("pylock.toml",))


def _pins(path: RepoPath, lines: Sequence[str]) -> Iterator[tuple[str, PinLine]]:
    lines = lines[:_LINES]
    if _REQUIREMENTS.fullmatch(path):
        yield from _of_requirements(path, lines)
    elif _LOCKS.fullmatch(path.name):
        yield from _of_lock(path, lines)
    else:
        yield from _of_table(path, lines)


def _of_requirements(path: RepoPath, lines: Sequence[str]) -> Iterator[tuple[str, PinLine]]:
    for number, line in enumerate(lines, 1):
        found = None if line.lstrip().startswith(("#", "-")) else _REQUIREMENT.match(line)
        if found and (number == 1 or not lines[number - 2].rstrip().endswith("\\")):
            yield normalised(found[1]), PinLine(path, LineSpan(number, number), _exact(found[2]))


def _of_lock(path: RepoPath, lines: Sequence[str]) -> Iterator[tuple[str, PinLine]]:
    in_package = False
    for number, line in enumerate(lines, 1):
        if line.startswith("["):
            in_package = line.strip() in ("[[package]]", "[[packages]]")
        elif in_package and (found := _LOCKED_NAME.match(line)):
            in_package = False
            yield normalised(found[1]), _with_version(path, lines, number)


def _of_table(path: RepoPath, lines: Sequence[str]) -> Iterator[tuple[str, PinLine]]:
    is_lock = path.name == "Pipfile.lock"
    for number, line in enumerate(lines, 1):
        key = _KEY.match(line)
        if is_lock:
            if key and key[2].strip() == "{":
                yield normalised(key[1]), _with_version(path, lines, number)
            continue
        if key:
            yield normalised(key[1]), PinLine(path, LineSpan(number, number), _exact(key[2]))
        elif path.name == "setup.cfg" and (plain := _REQUIREMENT.fullmatch(line)) and line[:1].isspace():
            yield normalised(plain[1]), PinLine(path, LineSpan(number, number), _exact(plain[2]))
        for found in _QUOTED.finditer(line):
            yield normalised(found[1]), PinLine(path, LineSpan(number, number), _exact(found[2] or ""))


def _with_version(path: RepoPath, lines: Sequence[str], number: int) -> PinLine:
    """The package whose name is on this line, with the version below it."""
    for row in range(number, min(number + _NEAR, len(lines))):
        text = lines[row].strip()
        if found := _VERSION.match(text):
            return PinLine(path, LineSpan(number, row + 1), found[1])
        if text.startswith("[[") or text in ("}", "},"):
            break
    return PinLine(path, LineSpan(number, number), "")


def _exact(specifier: str) -> str:
    found = _EXACT.match(specifier)
    return found[1] if found and "*" not in found[1] else ""


def _mentioned(path: RepoPath, lines: Sequence[str], name: str, version: str) -> PinLine | None:
    """The line of a file of any format that has the name as a word, one with the version on it or near it first."""
    word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
    numbers = [
        number for number, line in enumerate(lines[:_LINES], 1) if name.lower() in line.lower() and word.search(line)
    ]
    for number in numbers:
        near = range(number - 1, min(number + 2, len(lines)))
        row = next((row for row in near if version and version in lines[row]), -1)
        if row >= 0:
            return PinLine(path, LineSpan(number, row + 1), version)
    return PinLine(path, LineSpan(numbers[0], numbers[0]), "") if numbers else None
