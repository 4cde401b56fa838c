"""Where the packages of a lock file in TOML stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.place import LineSpan
from reviewtui.text.toml_lines import value_lines

_LINE: Final = re.compile(
    r"^[ \t]*+(?:(\[\[?+)[ \t]*+([^\]\n]*+)|(name|version)[ \t]*+=[ \t]*+([^\n]*+))", re.MULTILINE
)
_FARTHEST: Final = 3
"""Lines between name and version that are marked as one piece."""


@dataclass(slots=True)
class PackagePlace:
    """Where one package stands."""

    header: int
    name: int = 0
    version: int = 0

    def move(self, lines: int) -> None:
        """Count from further above."""
        self.header += lines
        self.name += lines if self.name else 0
        self.version += lines if self.version else 0

    @property
    def line(self) -> int:
        """Of the version, or else of the name."""
        return self.version or self.name or self.header

    @property
    def span(self) -> LineSpan:
        """Name and version, which stay the same when only hashes and sources are written anew."""
        first, last = sorted((self.name or self.line, self.line))
        return LineSpan(first, last) if last - first <= _FARTHEST else LineSpan(self.line, self.line)


def package_places(text: str, key: str, packages: Sequence[object]) -> list[PackagePlace]:
    """The place of each element of the array of tables `key` of a text that is known to be TOML."""
    found = _by_headers(text, key)
    if len(found) == len(packages) and all(
        _says(text_lines, place, package)
        for text_lines in [text.split("\n")]
        for place, package in zip(found, packages, strict=True)
    ):
        return found
    lines = value_lines(text)
    top = lines.get((key,), 1)
    return [
        PackagePlace(
            lines.get((key, number), top), lines.get((key, number, "name"), 0), lines.get((key, number, "version"), 0)
        )
        for number in range(len(packages))
    ]


def _by_headers(text: str, key: str) -> list[PackagePlace]:
    """What the beginnings of lines look like, which texts of several lines could belie."""
    found: list[PackagePlace] = []
    line, position, is_inside = 1, 0, False
    for token in _LINE.finditer(text):
        if not token[1] and not is_inside:
            continue
        line += text.count("\n", position, token.start())
        position = token.start()
        if token[1]:
            is_inside = token[1] == "[[" and token[2].rstrip() == key
            if is_inside:
                found.append(PackagePlace(line))
        elif token[3] == "name":
            found[-1].name = found[-1].name or line
        else:
            found[-1].version = found[-1].version or line
    return found


def _says(lines: list[str], place: PackagePlace, package: object) -> bool:
    """Whether the lines hold what the values say, which is proof enough of the places."""
    if not isinstance(package, dict):
        return False
    for key, line in (("name", place.name), ("version", place.version)):
        value = package.get(key)
        if value is None and not line:
            continue
        if not isinstance(value, str) or not line or f'"{value}"' not in lines[line - 1]:
            return False
    return True
