"""environment.yml of conda: what it gives to pip; the packages of conda are others, and told as not looked at."""

from collections.abc import Iterator
from typing import Final

import yaml

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.pip_lines import PipLine, decoded
from reviewtui.dependencies.manifests.requirements_file import add_line
from reviewtui.model.place import LineSpan

LARGEST: Final = 2 << 20
"""Bytes that are parsed."""
# The parser in C where there is one: the other takes ten times as long.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Characters that end a line for YAML and for no editor.
_NO_LINE_ENDS: Final = {0x85: " ", 0x2028: " ", 0x2029: " "}
_DEEPEST: Final = 8
_CONDA: Final = ("dependencies",)
_PIP: Final = ("dependencies", "pip")


def read_environment(data: bytes, entries: Entries) -> None:
    """Every line for pip; how many packages of conda there are is told."""
    if len(data) > LARGEST:
        entries.problem(0, f"{len(data):,} bytes: more than {LARGEST:,} are not parsed")
        return
    of_conda: list[int] = []
    try:
        for keys, text, line in _scalars(decoded(data)[0].translate(_NO_LINE_ENDS)):
            if keys == _PIP:
                _add(text, line, entries)
            elif keys == _CONDA and text != "pip":
                of_conda.append(line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = data.count(b"\n") + data.count(b"\r") + 1
        entries.problem(min(mark.line + 1, last) if mark else 0, f"not YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError) as error:
        entries.problem(0, f"not YAML: {str(error).partition(chr(10))[0][:200]}")
    if of_conda:
        entries.problem(of_conda[0], f"packages of conda, {len(of_conda)} from here: not from PyPI, so not looked at")


def _add(text: str, line: int, entries: Entries) -> None:
    if text.strip() and not text.lstrip().startswith("#"):
        add_line(PipLine(" ".join(text.split("\n")).strip(), LineSpan(line, line)), entries)


def _scalars(text: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
    """Every element of a list with the keys of the tables around it and its line; no alias is followed."""
    keys: list[str | None] = []
    tables: list[bool] = []
    awaited: list[bool] = []
    for event in yaml.parse(text, Loader=_LOADER):
        is_start = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        if is_start or isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            word = str(event.value) if isinstance(event, yaml.ScalarEvent) else None
            if tables and tables[-1]:
                if awaited[-1]:
                    keys[-1] = word
                awaited[-1] = not awaited[-1]
            elif word is not None and len(keys) < _DEEPEST:
                mark = event.start_mark
                yield tuple(key for key in keys if key), word, mark.line + 1 if mark else 1
        if is_start:
            keys.append(None)
            tables.append(isinstance(event, yaml.MappingStartEvent))
            awaited.append(True)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            keys.pop()
            tables.pop()
            awaited.pop()
