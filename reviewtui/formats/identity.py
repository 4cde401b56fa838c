"""Gives the hits of a report their fingerprints: by the code they are on, or by what is said where there is none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reviewtui.model.hit import NOWHERE, Hit, fingerprinted
from reviewtui.model.place import LineSpan, RepoPath


def identified(hits: Iterable[Hit], lines: Callable[[RepoPath], Sequence[str]]) -> tuple[Hit, ...]:
    """All hits with fingerprints, in reading order; those without a place come last."""
    groups: dict[tuple[RepoPath, str], list[Hit]] = {}
    for hit in hits:
        groups.setdefault((hit.path, hit.tool), []).append(hit)
    found: list[Hit] = []
    for path, tool in sorted(groups, key=lambda group: (group[0] == NOWHERE, *group)):
        code = lines(path) if path != NOWHERE else ()
        group = groups[path, tool]
        found += fingerprinted(group, code) if code else _by_words(group)
    return tuple(sorted(found, key=lambda hit: (hit.path == NOWHERE, *hit.order)))


def _by_words(hits: Sequence[Hit]) -> list[Hit]:
    """Fingerprints from what the tool says of each, as if that were its line."""
    words = [_words(hit) for hit in hits]
    rows = {text: row for row, text in enumerate(dict.fromkeys(words), 1)}
    posing = {}
    stand_ins = []
    for number, (hit, text) in enumerate(zip(hits, words, strict=True)):
        posing[number] = hit
        row = rows[text]
        stand_ins.append(replace(hit, span=LineSpan(row, row), line=row, column=number))
    return [replace(posing[found.column], fingerprint=found.fingerprint) for found in fingerprinted(stand_ins, [*rows])]


def _words(hit: Hit) -> str:
    """What tells it from others of its rule: the file that the tool names, the package, the message."""
    told = [text for name, text in hit.facts if name in ("file", "package", "version")]
    return "\x1f".join((*told, hit.message)) or "-"
