"""Characters that hide, reorder, or are obeyed: where they stand, and how much that matters there."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import Final

from reviewtui.model.risk import Severity
from reviewtui.scan.text_rules.case import Case, names_of
from reviewtui.text.safe import MARKS_PER_CELL
from reviewtui.text.scripts import is_telling
from reviewtui.text.zones import Zone, Zones


class Kind(Enum):
    """Why a character is looked at."""

    BIDI = "bidi"
    DIRECTION = "direction"
    INVISIBLE = "invisible"
    SELECTOR = "selector"
    BLANK = "blank"
    TAG = "tag"
    CONTROL = "control"
    SEPARATOR = "separator"
    MARK = "mark"
    LETTER = "letter"
    """It may pass for another one."""


_BIDI: Final = "\u202a-\u202e\u2066-\u2069"
_DIRECTION: Final = "\u200e\u200f\u061c"
_INVISIBLE: Final = (
    "\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a"
)
_SELECTOR: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d"
_BLANK: Final = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_TAG: Final = "\U000e0000-\U000e007f"
_SEPARATOR: Final = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_CONTROL: Final = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_KINDS: Final = tuple(
    (re.compile(f"[{chars}]"), kind)
    for chars, kind in (
        (_BIDI, Kind.BIDI),
        (_DIRECTION, Kind.DIRECTION),
        (_INVISIBLE, Kind.INVISIBLE),
        (_SELECTOR, Kind.SELECTOR),
        (_BLANK, Kind.BLANK),
        (_TAG, Kind.TAG),
        (_SEPARATOR, Kind.SEPARATOR),
        (_CONTROL, Kind.CONTROL),
    )
)

_BIDI_TAIL: Final = re.compile(rf"[{_BIDI}][^\n]*+")
_OPENS_ISOLATE: Final = "\u2066\u2067\u2068"
_OPENS: Final = "\u202a\u202b\u202d\u202e"
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_HIDDEN_RUN: Final = re.compile(f"[{_INVISIBLE}{_SELECTOR}{_DIRECTION}\u3164\uffa0]{{6,}}")
_FLAG: Final = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Scripts whose letters are joined, or divided into words, by characters that are drawn as nothing.
_NEEDS_JOINERS: Final = re.compile(
    "[\u0590-\u109f\u1100-\u11ff\u1700-\u18af\u1900-\u1cff\ua800-\uabff\ufb00-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010cff\U00011000-\U00011fff\U0001e800-\U0001e95f]"
)
_PICTURE: Final = re.compile("[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff]")
_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*+[ -/]*+[@-~]?|[$(][A-Z@]|[ -~])?|[\x9b\x9d\x90\x98\x9e\x9f]")
_COLOUR: Final = re.compile(r"\x1b\[[0-9;:]*m")
_OTHER_CHARSET: Final = re.compile(r"\x1b[$(][A-Z@]")
_C1_SEQUENCE: Final = re.compile(r"\x9b[0-9;?]*[@-~]|[\x9d\x90][ -~]*\x9c")


@lru_cache(maxsize=16384)
def kind_of(char: str) -> Kind | None:
    """Why a character is looked at; None for an ordinary one."""
    if "\x20" <= char <= "\x7e" or char in "\t\n":
        return None
    for pattern, kind in _KINDS:
        if pattern.match(char):
            return kind
    if unicodedata.category(char) in ("Mn", "Me"):
        return Kind.MARK
    return Kind.LETTER if is_telling(char) else None


def bidi(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T001, T002: what is open beyond the string or comment in which it was opened, and what is not."""
    for run in _BIDI_TAIL.finditer(text):
        opened: list[tuple[int, str]] = []
        closed: list[int] = []
        for at in range(run.start(), run.end()):
            char = text[at]
            if char in _OPENS or char in _OPENS_ISOLATE:
                opened.append((at, char))
            elif char in "\u202c\u2069":
                wanted = _OPENS if char == "\u202c" else _OPENS_ISOLATE
                if opened and opened[-1][1] in wanted and _same_zone(zones, opened[-1][0], at):
                    closed.append(opened.pop()[0])
                elif not opened:
                    closed.append(at)
        has_letters = _RIGHT_TO_LEFT.search(_line_around(text, run.start())) is not None
        zone = zones.at((opened or [(closed[0], "")])[0][0])
        reads = zone in (Zone.TEXT, Zone.WORDS)
        if reads and (has_letters or zone is Zone.WORDS):
            # What such languages need; an override, which turns any letter around, is not among it.
            opened = [one for one in opened if one[1] in "\u202d\u202e"]
        if opened:
            says = f"{names_of(char for _, char in opened)} still open where the {_ENDS[zone]} ends"
            says += ": what follows is drawn in another order than it is read (CVE-2021-42574)"
            severity = Severity.LOW if reads else Severity.HIGH
            yield Case("T001", opened[0][0], 1, severity, "medium" if has_letters or reads else "high", says)
        elif closed and not has_letters and zone is not Zone.WORDS:
            says = f"{names_of(text[at] for at in closed)}: what is between is drawn in another order (CVE-2021-42574)"
            severity = Severity.LOW if reads else Severity.MEDIUM
            yield Case("T002", min(closed), 1, severity, "medium", says)


_ENDS: Final = {
    Zone.CODE: "line",
    Zone.STRING: "string",
    Zone.COMMENT: "comment",
    Zone.TEXT: "line",
    Zone.WORDS: "line",
}


def _same_zone(zones: Zones, first: int, second: int) -> bool:
    _, end, zone = zones.around(first)
    return second < end or (end < 0 and zones.at(second) is zone)


def directions(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T003."""
    for found in re.finditer(f"[{_DIRECTION}]", text):
        line = _line_around(text, found.start())
        if zones.at(found.start()) in (Zone.CODE, Zone.STRING) and not _RIGHT_TO_LEFT.search(line):
            says = f"{names_of(found.group())} is drawn as nothing, and no right-to-left letter is near"
            yield Case("T003", found.start(), 1, Severity.LOW, "medium", says)


def invisible(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T004, T006."""
    long = [found.span() for found in _HIDDEN_RUN.finditer(text)]
    for start, end in long:
        if zones.at(start) is not Zone.WORDS and not _NEEDS_JOINERS.search(text[max(0, start - 1) : start]):
            says = f"{end - start} characters that are drawn as nothing stand in a row: {names_of(text[start:end])}"
            severity = Severity.MEDIUM if zones.at(start) is Zone.TEXT else Severity.CRITICAL
            yield Case("T006", start, end - start, severity, "medium", says)
    for found in re.finditer(f"[{_INVISIBLE}]", text):
        at = found.start()
        zone = zones.at(at)
        if zone in (Zone.TEXT, Zone.WORDS) or _is_needed(text, at) or any(start <= at < end for start, end in long):
            continue
        before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        says = f"{names_of(found.group())} is drawn as nothing"
        splits = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if zone is Zone.CODE:
            in_name = (before.isalnum() or before == "_") and (after.isalnum() or after == "_")
            severity = Severity.HIGH if in_name else Severity.MEDIUM
            yield Case("T004", at, 1, severity, "high", f"{says}, {'within a name' if in_name else 'amid code'}")
        elif zone is Zone.STRING:
            severity = Severity.MEDIUM if splits else Severity.LOW
            yield Case("T004", at, 1, severity, "medium", f"{says}, in a string")
        elif splits and found.group() != "\u00ad":
            yield Case("T004", at, 1, Severity.LOW, "low", f"{says}, within a word of a comment")


def _is_needed(text: str, at: int) -> bool:
    """Whether scripts or emoji ask for the joiner or divider that stands here."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if _NEEDS_JOINERS.match(before) or _NEEDS_JOINERS.match(after):
        return True
    return text[at] == "\u200d" and bool(_PICTURE.match(before) or unicodedata.category(before or " ") == "Sk")


def selectors(text: str, zones: Zones, latin1: bool) -> Iterator[Case]:
    """T006, where nothing else is invisible, and T004 for a selector that selects nothing."""
    if not re.search(f"[{_INVISIBLE}]", text):
        yield from invisible(text, zones, latin1)
    for found in re.finditer(f"(?<=[A-Za-z_])[{_SELECTOR}]", text):
        if zones.at(found.start()) in (Zone.CODE, Zone.STRING):
            says = f"{names_of(found.group())} is drawn as nothing after an ASCII letter"
            yield Case("T004", found.start(), 1, Severity.MEDIUM, "high", says)


def blanks(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T005."""
    for found in re.finditer(f"[{_BLANK}]", text):
        at, zone = found.start(), zones.at(found.start())
        around = text[max(0, at - 2) : at] + text[at + 1 : at + 3]
        if zone in (Zone.TEXT, Zone.WORDS) or re.search(
            "[\u1100-\u11ff\u1780-\u17ff\ua960-\ua97f\ud7b0-\ud7ff]", around
        ):
            continue
        if found.group() == "\u2800" and re.search("[\u2801-\u28ff]", _line_around(text, at)):
            continue
        severity = {Zone.CODE: Severity.HIGH, Zone.STRING: Severity.MEDIUM}.get(zone, Severity.LOW)
        says = f"{names_of(found.group())} is a letter that is drawn as a blank, in {_A[zone]}"
        yield Case("T005", at, 1, severity, "high" if zone is Zone.CODE else "medium", says)


_A: Final = {Zone.CODE: "code", Zone.STRING: "a string", Zone.COMMENT: "a comment"}


def tags(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T007; what is spelled in tags is read out."""
    flags = {at for found in _FLAG.finditer(text) for at in range(*found.span())}
    for found in re.finditer(f"[{_TAG}]+", text):
        if found.start() in flags:
            continue
        hidden = "".join(chr(ord(char) - 0xE0000) for char in found.group())
        read = "".join(char if char.isprintable() else "." for char in hidden)
        says = f"{len(hidden)} tag characters are drawn as nothing; they spell: {read[:80]}"
        severity = Severity.MEDIUM if zones.at(found.start()) is Zone.WORDS else Severity.HIGH
        yield Case("T007", found.start(), found.end() - found.start(), severity, "high", says)


def is_data(characters: Iterable[str]) -> bool:
    """Whether so many different controls are among the characters of a file that it is hardly text."""
    return len({char for char in characters if _CONTROL_CHAR.match(char) and char not in "\x1b\x1a\b\0"}) >= _MANY


_CONTROL_CHAR: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_MANY: Final = 6


def data(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T009 for a file that is hardly text: one hit for all that is in it."""
    found = _CONTROL_CHAR.search(text)
    if found and zones.is_source:
        yield Case("T009", found.start(), 1, Severity.LOW, "low", "Many different control characters: hardly a text")


def controls(text: str, zones: Zones, latin1: bool) -> Iterator[Case]:
    """T008, T009."""
    sequences = list((_C1_SEQUENCE if latin1 and "\x1b" not in text else _SEQUENCE).finditer(text))
    taken = {found.start() for found in sequences}
    for found in sequences:
        yield _sequence(found, zones)
    for single in re.finditer(f"[{_CONTROL}]", text):
        at, char = single.start(), single.group()
        # Bytes of a text for Windows that was taken for Latin-1 are quotes and dashes, no controls; its old end is no
        # secret either.
        if at in taken or (latin1 and char >= "\x80") or (char == "\x1a" and not text[at + 1 :].strip("\x1a\n")):
            continue
        zone = zones.at(at)
        severity = Severity.MEDIUM if zone in (Zone.CODE, Zone.COMMENT) or char == "\b" else Severity.LOW
        if char == "\b" and zone in (Zone.CODE, Zone.COMMENT):
            severity = Severity.HIGH
        yield Case("T009", at, 1, severity, "medium", f"{names_of(char)} stands in {_IN[zone]}")


_IN: Final = {**_A, Zone.TEXT: "the text", Zone.WORDS: "the text"}


def _sequence(found: re.Match[str], zones: Zones) -> Case:
    shown = "".join(char if " " <= char <= "~" else f"<U+{ord(char):04X}>" for char in found.group())
    severity, does = Severity.HIGH, "moves, erases or talks to the terminal"
    if _COLOUR.fullmatch(found.group()):
        severity, does = Severity.LOW, "colours what follows"
    elif _OTHER_CHARSET.fullmatch(found.group()):
        severity, does = Severity.LOW, "selects another character set"
    elif found.group() == "\x1b":
        severity, does = Severity.MEDIUM, "begins a control sequence"
    elif zones.at(found.start()) in (Zone.TEXT, Zone.WORDS):
        severity = Severity.MEDIUM
    says = f"The terminal obeys {shown}: it {does}"
    return Case("T008", found.start(), found.end() - found.start(), severity, "medium", says)


def separators(text: str, zones: Zones, latin1: bool) -> Iterator[Case]:
    """T010, for what is no carriage return."""
    for found in re.finditer(f"[{_SEPARATOR}]", text):
        at, char = found.start(), found.group()
        start = text.rfind("\n", 0, at) + 1
        if (char == "\f" and not text[start:at].strip()) or (latin1 and char == "\x85"):
            continue
        zone = zones.at(at)
        # A form feed after other text, an old habit too, hides nothing that one line would not show.
        severity = Severity.MEDIUM if zone in (Zone.CODE, Zone.COMMENT) and char != "\f" else Severity.LOW
        if zone is Zone.COMMENT and char in "\u2028\u2029":
            severity = Severity.HIGH
        if zone is Zone.WORDS or (char == "\f" and zone is Zone.TEXT):
            continue
        says = f"{names_of(char)}: some programs begin a new line here, others do not"
        yield Case("T010", at, 1, severity, "medium", says)


def marks(text: str, zones: Zones, _latin1: bool) -> Iterator[Case]:
    """T015."""
    present = "".join(char for char in set(text) if kind_of(char) is Kind.MARK)
    if not present:
        return
    for found in re.finditer(f"[{present}]{{{MARKS_PER_CELL + 1},}}", text):
        in_code = zones.at(found.start()) is Zone.CODE
        says = f"{found.end() - found.start()} marks are piled on one letter: {names_of(found.group())}"
        yield Case(
            "T015",
            found.start(),
            found.end() - found.start(),
            Severity.MEDIUM if in_code else Severity.LOW,
            "low",
            says,
        )


def _line_around(text: str, at: int) -> str:
    """The line, or what of it is near."""
    start = max(text.rfind("\n", 0, at) + 1, at - 500)
    end = text.find("\n", at, at + 500)
    return text[start : end if end >= 0 else at + 500]


Looks = Callable[[str, Zones, bool], Iterator[Case]]
"""From a text, its zones, and whether it was only guessed to be Latin-1."""

BY_KIND: Final[tuple[tuple[frozenset[Kind], Looks], ...]] = (
    (frozenset({Kind.BIDI}), bidi),
    (frozenset({Kind.DIRECTION}), directions),
    (frozenset({Kind.INVISIBLE}), invisible),
    (frozenset({Kind.SELECTOR}), selectors),
    (frozenset({Kind.BLANK}), blanks),
    (frozenset({Kind.TAG}), tags),
    (frozenset({Kind.CONTROL}), controls),
    (frozenset({Kind.SEPARATOR}), separators),
    (frozenset({Kind.MARK}), marks),
)
