"""setup.cfg: what setuptools reads of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries, Include
from reviewtui.dependencies.manifests.pip_lines import decoded
from reviewtui.dependencies.manifests.pyproject import BUILD

_SECTION: Final = re.compile(r"\[([^\]]++)\]")
_KEY: Final = re.compile(r"([^=:\s][^=:]*+)[=:]")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_OPTIONS: Final = "options"
_EXTRAS: Final = "options.extras_require"
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "install_requires": (),
    "setup_requires": (BUILD,),
    "tests_require": ("tests",),
}


@dataclass(slots=True)
class _Value:
    """The value of one key: its lines, each with its number."""

    section: str
    key: str
    indent: int
    lines: list[tuple[str, int]] = field(default_factory=list)


def read_setup_cfg(data: bytes, entries: Entries) -> None:
    """Every package of `[options]` and of the extras."""
    text, trouble = decoded(data)
    if trouble:
        entries.problem(1, trouble)
    for value in _values(text):
        groups: tuple[str, ...] | None = None
        if value.section == _EXTRAS:
            groups = (value.key,)
        elif value.section == _OPTIONS:
            groups = _KEYS.get(value.key.lower().replace("-", "_"))
        if groups is not None:
            _add(value, groups, entries)


def _add(value: _Value, groups: tuple[str, ...], entries: Entries) -> None:
    lines = value.lines
    if lines and lines[0][0].startswith("file:"):
        for text, number in lines:
            for name in filter(None, map(str.strip, text.removeprefix("file:").split(","))):
                entries.includes.append(Include(name, number, groups=groups))
        return
    if len(lines) == 1:
        # setuptools takes the semicolons of a value on a single line for commas, even before a marker.
        lines = [(part, lines[0][1]) for part in lines[0][0].split(";")]
    for text, number in lines:
        if entries.is_full:
            return
        if text.strip():
            entries.add_text(text.strip(), number, groups=groups)


def _values(text: str) -> Iterator[_Value]:
    """The keys of all sections, as configparser reads them."""
    section = ""
    value: _Value | None = None
    for number, line in enumerate(_LINE_END.split(text), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith(("#", ";")):
            continue
        indent = len(line) - len(line.lstrip())
        if value is not None and indent > value.indent:
            value.lines.append((stripped, number))
            continue
        if value is not None:
            yield value
        value = None
        if found := _SECTION.match(stripped):
            section = found[1]
        elif found := _KEY.match(stripped):
            value = _Value(section, found[1].strip(), indent)
            if rest := stripped[found.end() :].strip():
                value.lines.append((rest, number))
    if value is not None:
        yield value
