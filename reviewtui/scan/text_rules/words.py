"""Words that are not what they seem: of two scripts, in folded letters, or the image of another name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from reviewtui.model.risk import Severity
from reviewtui.scan.text_rules.case import Case, names_of, spelled
from reviewtui.text.scripts import disguise, impostor, looks_like, posing_punctuation, sign_like
from reviewtui.text.zones import Zone, Zones

# Each start is tried once: a word of a million characters must not take a million steps from each of them.
_WORD: Final = re.compile(r"(?<!\w)[0-9A-Za-z_]*+[^\W\x00-\x7f]\w*+")
_NAME: Final = re.compile(r"(?<!\w)[A-Za-z_][0-9A-Za-z_]*+(?!\w)")
_ESCAPE: Final = re.compile("x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{1,3}|.")
_PYTHON_ENDS: Final = (".py", ".pyw", ".pyi")
_LATIN_ENOUGH: Final = 3
_BUNDLED: Final = 2_000
"""Characters of a line that nobody wrote: in such code what is a name and what is a string cannot be told."""
_OF_LANGUAGES: Final = frozenset("\u0131\u0192\u028b\u0269\u0261\u0251")
"""Latin letters that languages, or phonetic alphabets, write."""


def words(text: str, zones: Zones, path: str) -> Iterator[Case]:
    """T011, T012, T013, T016."""
    known: frozenset[str] | None = None
    for found in _WORD.finditer(text):
        word, at = found.group(), found.start()
        if text[at - 1 : at] == "\\" and (escape := _ESCAPE.match(word)):
            at, word = at + escape.end(), word[escape.end() :]
        facts = _facts(word)
        if not facts.is_odd:
            continue
        zone = zones.at(at)
        if zone is Zone.CODE and _is_bundled(text, at):
            zone = Zone.STRING
        if facts.mixed and (case := _mixed(word, at, zone)):
            yield case
        if zone is not Zone.CODE:
            continue
        if facts.folded:
            yield _folded(word, at, facts.folded, path)
        if facts.signs:
            says = f"`{spelled(word)}` holds {names_of(word[c] for c in facts.signs)}, which looks like `"
            yield Case("T016", at, len(word), Severity.HIGH, "high", f"{says}{sign_like(word[facts.signs[0]])}`")
        if not facts.mixed and not facts.folded:
            known = _names(text, zones) if known is None else known
            if other := impostor(word, known):
                says = f"`{spelled(word)}` looks like `{other}`, which is another name in this file (CVE-2021-42694)"
                severity = Severity.HIGH if len(word) > 1 else Severity.MEDIUM
                yield Case("T012", at, len(word), severity, "high", says)


class _Facts:
    """What is wrong with a word wherever it stands."""

    __slots__ = ("folded", "is_odd", "mixed", "signs")

    def __init__(self, word: str) -> None:
        self.mixed = disguise(word) is not None
        self.folded = _plain_form(word)
        self.signs = posing_punctuation(word)
        foreign = not self.mixed and impostor_shape(word)
        self.is_odd = bool(self.mixed or self.folded or self.signs or foreign)


@lru_cache(maxsize=16384)
def _facts(word: str) -> _Facts:
    return _Facts(word)


def impostor_shape(word: str) -> bool:
    """Whether a word without a Latin letter would be taken for one in ASCII."""
    return not word.isascii() and looks_like(word).isascii() and not _plain_form(word)


def _plain_form(word: str) -> str:
    """What a language that folds names makes of a word, where that is ASCII."""
    folded = unicodedata.normalize("NFKC", word[:256])
    if not folded.isascii() or not folded.isidentifier():
        return ""
    odd = {unicodedata.category(char) for char in word if not char.isascii()}
    return folded if odd <= {"Lu", "Ll", "Nd"} else ""


def _mixed(word: str, at: int, zone: Zone) -> Case | None:
    """T011, where that is worth a look."""
    found = disguise(word)
    if found is None or zone is Zone.WORDS:
        return None
    if zone is not Zone.CODE and {word[c] for c in found.columns} <= _OF_LANGUAGES:
        return None
    says = f"`{spelled(word)}` mixes {' and '.join(found.scripts)}: {names_of(word[c] for c in found.columns)}"
    if len(found.scripts) == 1:
        says = f"`{spelled(word)}` holds {names_of(word[c] for c in found.columns)}"
    if found.looks_like:
        says += f" in what looks like `{found.looks_like[:60]}` (CVE-2021-42694)"
    latin = sum(char.isascii() and char.isalpha() for char in word)
    passes = bool(found.looks_like) and found.mostly_latin
    if zone is Zone.CODE:
        severity = Severity.HIGH if found.looks_like else Severity.LOW
    elif zone is Zone.STRING:
        if not found.looks_like:
            return None
        severity = Severity.MEDIUM if passes and latin >= _LATIN_ENOUGH else Severity.LOW
    else:
        if not passes or latin < _LATIN_ENOUGH:
            return None
        severity = Severity.LOW
    return Case("T011", at, len(word), severity, "high" if passes else "medium", says)


def _folded(word: str, at: int, plain: str, path: str) -> Case:
    is_python = path.lower().endswith(_PYTHON_ENDS)
    says = (
        f"`{spelled(word)}` is read as `{plain[:60]}`" if is_python else f"`{spelled(word)}` looks like `{plain[:60]}`"
    )
    return Case("T013", at, len(word), Severity.HIGH if is_python else Severity.MEDIUM, "high", says)


def _is_bundled(text: str, at: int) -> bool:
    return (
        text.find("\n", at, at + _BUNDLED) < 0
        and text.rfind("\n", max(0, at - _BUNDLED), at) < 0
        and (len(text) > _BUNDLED)
    )


def _names(text: str, zones: Zones) -> frozenset[str]:
    """The names in ASCII that stand in code."""
    return frozenset(found.group() for found in _NAME.finditer(text) if zones.at(found.start()) is Zone.CODE)
