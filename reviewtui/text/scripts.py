"""Which script a letter belongs to, which ASCII letter it passes for, and whether a word is in disguise."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PAIRS: Final = (
    # Cyrillic
    "аa АA ВB вb сc СC ԁd еe ЕE ҽe һh НH іi ІI ӏl ӀI јj ЈJ кk КK МM оo ОO рp РP ԛq ԚQ ѕs ЅS ТT уy УY ѵv хx ХX ԝw ԜW ЬB"
    " үy ҮY ԍG гr"
    # Greek
    " αa ΑA ΒB ϲc ϹC ΕE ιi ΙI ϳj ͿJ κk ΚK ΜM νv ΝN οo ΟO ρp ΡP τt ΤT υu ΥY χx ΧX γy ΖZ ΗH ηn σo ωw"
    # Armenian, Coptic, Cherokee, Lisu
    " օo ՕO սu ՍU ոn հh զq յj ցg ՏS ԼL աw լl"
    " ⲟo ⲞO ⲣp ⲢP ⲥc ⲤC ⲕk ⲔK ⲘM ⲚN ⲦT ⲬX ⲂB ⲈE ⲎH ⲒI ⲀA ⲆD ⲨY ⲌZ"
    " ᎠD ᎡR ᎢT ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᏀG ᏃZ ᏏB ᏒR ᏔW ᏕS ᏙV ᏚS ᏞL ᏟC ᏢP ᏦK ᎵP ᏴB ᎥI ᏂH"
    " ꓐB ꓑP ꓓD ꓔT ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU"
    # Latin that no language writes in place of these, and what NFKC does not fold
    " ɑa ɡg ɩi ıi ȷj ʋv ᴄc ᴏo ᴠv ᴡw ᴢz ᴜu ꜱs ɪi ꞓc Ɩl ǀl ƽs ƼS"
)
_ASCII_OF: Final = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_PUNCTUATION: Final = {
    ord(pair[0]): pair[1] for pair in ["ǃ!", "ꜝ!", "ꓽ:", "꞉:", "ː:", "ꓸ.", "ꓹ,", "ǀ|", "ⵑ!", "ⵗ:", "꘎.", "꞊=", "〳/"]
}
"""Letters that a compiler takes into a name, and a reader for what ends one."""
# A letter between Latin ones from any of these is a disguise or a mistake; from another script it is seen at once.
CONFUSING: Final = frozenset({"Cyrillic", "Greek", "Armenian", "Coptic", "Cherokee", "Lisu", "Deseret", "Glagolitic"})
# What mathematicians write although it resembles a Latin letter; the others have no use but to deceive.
_MATHS: Final = frozenset("αικνρτυχγησω")
_PARTS: Final = re.compile(r"[^\W\d_]+")
_FOREIGN_WORD: Final = re.compile(r"(?<!\w)[0-9A-Za-z_]*+[^\W\x00-\x7f]\w*+")
_LATIN_ENOUGH: Final = 3
_LONGEST: Final = 256
"""Characters of a word that are looked at."""


@dataclass(frozen=True, slots=True)
class Disguise:
    """What is wrong with a word."""

    columns: tuple[int, ...]
    """Of the letters that are not what they seem, from the start of the word."""
    looks_like: str
    """The word as a reader takes it; empty where it looks like none in ASCII."""
    scripts: tuple[str, ...]
    """The scripts of the word, Latin first."""
    mostly_latin: bool
    """Whether more of its letters are Latin than not."""


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The script of a letter, as its name begins: `Latin`, `Cyrillic`; empty for what belongs to none or to many."""
    if char.isascii():
        return "Latin" if char.isalpha() else ""
    if unicodedata.category(char)[0] != "L":
        return ""
    # Letters of mathematics and full-width ones are those that they stand for.
    plain = unicodedata.normalize("NFKC", char)[:1]
    word = unicodedata.name(plain, "").partition(" ")[0]
    return "" if word in ("", "MODIFIER") else word.capitalize()


def is_telling(char: str) -> bool:
    """Whether a character can be part of a disguise: of a script with look-alikes, or folded into ASCII."""
    if char.isascii():
        return False
    if ord(char) in _ASCII_OF or ord(char) in _PUNCTUATION or script_of(char) in CONFUSING:
        return True
    plain = unicodedata.normalize("NFKC", char)
    return plain.isascii() and plain.isalnum() and unicodedata.category(char) in ("Lu", "Ll", "Nd")


def looks_like(text: str) -> str:
    """The text with each letter replaced by the ASCII one that it passes for."""
    return unicodedata.normalize("NFKC", text).translate(_ASCII_OF)


def disguise(word: str) -> Disguise | None:
    """What is wrong with a word that mixes scripts; None for an honest one.

    Mathematics is honest: `Δx`, `α_max`, `ρ0`. So is a word that is wholly of one script, whatever it resembles.
    """
    word = word[:_LONGEST]
    if word.isascii():
        return None
    columns: list[int] = []
    for part in _PARTS.finditer(word):
        columns += (part.start() + at for at in _strangers(part.group()))
    if not columns:
        return None
    scripts = [script for script in map(script_of, word) if script]
    latin = scripts.count("Latin")
    others = sorted({script for script in scripts if script != "Latin"})
    seems = looks_like(word)
    return Disguise(tuple(columns), seems if seems.isascii() else "", ("Latin", *others), latin * 2 > len(scripts))


def _strangers(part: str) -> list[int]:
    """The columns of letters that do not belong to the Latin ones around them."""
    if part.isascii():
        return []
    latin = [char for char in part if script_of(char) == "Latin" and ord(char) not in _ASCII_OF]
    if not any(char.isascii() for char in latin):
        return []
    strange = [at for at, char in enumerate(part) if script_of(char) in CONFUSING or ord(char) in _ASCII_OF]
    letters = {part[at] for at in strange}
    if not letters or all(script_of(char) == "Greek" for char in letters):
        if all(ord(char) not in _ASCII_OF for char in letters):
            return []
        if letters <= _MATHS and len(latin) < _LATIN_ENOUGH:
            return []
    return strange


def posing_punctuation(word: str) -> tuple[int, ...]:
    """The columns of letters that a reader takes for an operator or another sign."""
    return tuple(at for at, char in enumerate(word[:_LONGEST]) if ord(char) in _PUNCTUATION)


def sign_like(char: str) -> str:
    """The sign that a letter of `posing_punctuation` passes for."""
    return _PUNCTUATION.get(ord(char), "")


def odd_letters(line: str) -> Iterator[tuple[int, str]]:
    """The columns of letters that pass for others, with what it passes for: folded ones, and those of `disguise`."""
    if line.isascii():
        return
    for found in _FOREIGN_WORD.finditer(line):
        start, word = found.start(), found.group()[:_LONGEST]
        mixed = disguise(word)
        columns = mixed.columns if mixed else ()
        folded = unicodedata.normalize("NFKC", word).isascii()
        for column, char in enumerate(word):
            if folded and not char.isascii() and unicodedata.category(char) in ("Lu", "Ll", "Nd"):
                yield start + column, f"read as {unicodedata.normalize('NFKC', char)}"
            elif column in columns:
                yield start + column, "among Latin letters"
            elif ord(char) in _PUNCTUATION and start + column and line[start + column - 1].isascii():
                yield start + column, f"looks like {sign_like(char)}"


def posing_letters(text: str) -> tuple[int, ...]:
    """The columns of letters by which a word that is mostly Latin passes for one in ASCII."""
    found: list[int] = []
    for word in _FOREIGN_WORD.finditer(text):
        mixed = disguise(word.group())
        if mixed and mixed.looks_like and mixed.mostly_latin:
            found += (word.start() + column for column in mixed.columns)
    return tuple(found)


def impostor(word: str, known: frozenset[str]) -> str:
    """The ASCII word among `known` for which a word of another script would be taken; empty where there is none."""
    word = word[:_LONGEST]
    if word.isascii() or (word in _MATHS):
        return ""
    seems = looks_like(word)
    return seems if seems in known and unicodedata.normalize("NFKC", word) != seems else ""
