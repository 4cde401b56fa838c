"""Names of files and folders that mislead, as hits on the first line of the file."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from reviewtui.model.hit import Hit, fingerprinted
from reviewtui.model.place import RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.text_rules.case import Case, names_of, spelled
from reviewtui.scan.text_rules.hits import hit_of
from reviewtui.text.scripts import disguise, looks_like

_TURNS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2028\u2029\u2066-\u2069\U000e0000-\U000e007f]"
)
_HIDES: Final = re.compile(
    "[\u00a0\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200b\u202f\u205f-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0]"
)
_WORD: Final = re.compile(r"\w+")


def path_hits(paths: Iterable[RepoPath]) -> Mapping[RepoPath, tuple[Hit, ...]]:
    """The hits on names among all paths of a repository, with fingerprints; of a folder, at the first file in it."""
    ordered = sorted(paths)
    plain = all(path.isascii() for path in ordered)
    known: dict[str, str] = {} if plain else _first_of_look(ordered)
    said: set[str] = set()
    found: dict[RepoPath, tuple[Hit, ...]] = {}
    for path in ordered:
        if path.isascii() and path.isprintable() and " /" not in path and path[-1] not in " .":
            continue
        cases = []
        names = path.split("/")
        for depth, name in enumerate(names, 1):
            here = "/".join(names[:depth])
            if here in said:
                continue
            said.add(here)
            cases += _cases(name, here, known)
        if cases:
            hits = (hit_of(path, case, 1, 0, 0) for case in cases)
            found[path] = fingerprinted(hits, ())
    return found


def _cases(name: str, path: str, known: Mapping[str, str]) -> list[Case]:
    cases = []
    shown = spelled(name)
    if turns := _TURNS.findall(name):
        says = f"The name `{shown}` holds {names_of(turns)}"
        cases.append(Case("T101", 0, 0, Severity.HIGH, "high", says))
    if hides := _HIDES.findall(name):
        says = f"The name `{shown}` holds {names_of(hides)}, drawn as nothing or as a blank"
        cases.append(Case("T102", 0, 0, Severity.MEDIUM, "high", says))
    elif name != name.strip(" ") or (name.endswith(".") and name.strip(".")):
        says = f"The name `{shown}` begins or ends with what is not seen or gets lost"
        cases.append(Case("T102", 0, 0, Severity.LOW, "medium", says))
    if name.isascii():
        return cases
    other = known.get(_look(path), path)
    if other != path:
        same = unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", path)
        severity = Severity.MEDIUM if same else Severity.HIGH
        cases.append(Case("T103", 0, 0, severity, "high", f"The path `{spelled(path)}` looks like `{spelled(other)}`"))
        return cases
    for word in _WORD.findall(name):
        mixed = disguise(word)
        if mixed and mixed.looks_like and mixed.mostly_latin:
            says = f"The name `{shown}` holds {names_of(word[c] for c in mixed.columns)}, and looks like other letters"
            cases.append(Case("T103", 0, 0, Severity.MEDIUM, "high", says))
            break
    return cases


def _first_of_look(paths: Iterable[RepoPath]) -> dict[str, str]:
    """By what it looks like, the path that has the most of ASCII: the one that others pass for."""
    known: dict[str, str] = {}
    seen: set[str] = set()
    for path in paths:
        names = path.split("/")
        for depth in range(1, len(names) + 1):
            here = "/".join(names[:depth])
            if here in seen:
                continue
            seen.add(here)
            look = _look(here)
            if look not in known or _plainness(here) > _plainness(known[look]):
                known[look] = here
    return known


def _plainness(path: str) -> tuple[bool, bool]:
    return path.isascii(), unicodedata.is_normalized("NFC", path)


def _look(path: str) -> str:
    """What a path seems to be: without what is not seen, in the letters that it shows."""
    if path.isascii() and path.isprintable():
        return path
    return looks_like(_HIDES.sub("", _TURNS.sub("", path)))
