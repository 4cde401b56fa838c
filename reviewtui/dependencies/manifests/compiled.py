"""Requirements files that pip-compile or uv has written: their comments say which package asks for which."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.graph import Graph
from reviewtui.dependencies.manifests.wanted import head_of, is_name

_LINE_END: Final = re.compile(r"\r\n?|\n")
_VIA: Final = "# via"


def add_ways(text: str, entries: Entries) -> None:
    """Tell of each package how it came in, where comments behind it do (`# via flask`)."""
    if _VIA not in text:
        return
    graph = Graph()
    direct: list[str] = []
    for place, asker in _askers(text, {found.span.end: n for n, found in enumerate(entries.requirements)}):
        name = entries.requirements[place].name
        if is_name(asker):
            graph.ask(head_of(asker)[0], name)
        elif asker.startswith("-r") or asker.endswith(")"):
            # `-r base.in` or `shop (pyproject.toml)`: the project itself.
            direct.append(name)
    chains = graph.chains((found.name for found in entries.requirements), direct)
    entries.requirements = [replace(found, via=chains.get(found.name, ())) for found in entries.requirements]


def _askers(text: str, ends: dict[int, int]) -> Iterator[tuple[int, str]]:
    """Each entry, by its number, with one that asks for it."""
    current, is_list = -1, False
    for number, line in enumerate(_LINE_END.split(text), 1):
        before, sign, comment = line.partition("#")
        if number in ends:
            current, is_list = ends[number], False
        elif before.strip() or not sign:
            current = -1
        if current < 0 or not sign:
            continue
        words = comment.strip()
        if words == "via":
            is_list = True
        elif words.startswith("via "):
            yield from ((current, asker.strip()) for asker in words[4:].split(","))
            is_list = False
        elif is_list:
            yield current, words
