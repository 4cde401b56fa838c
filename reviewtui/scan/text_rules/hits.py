"""What in a file misleads its reader, as hits of our own; no comment in the source silences them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.text_rules.case import Case
from reviewtui.scan.text_rules.catalogue import RULES, TOOL
from reviewtui.scan.text_rules.characters import BY_KIND, Kind, is_data, kind_of
from reviewtui.scan.text_rules.characters import data as one_case
from reviewtui.scan.text_rules.words import words
from reviewtui.text.source import SourceText, leaves_ascii_alone
from reviewtui.text.zones import Zone, Zones, line_starts

HIT_LIMIT: Final = 50
"""Lines of one file that one rule reports; the last one says how many more there are."""

_ODD_BYTES: Final = bytes(set(range(32)) - set(b"\t\n\r") | {0x7F})
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_WIDE: Final = ("utf-16", "utf-32")


def is_plain(data: bytes) -> bool:
    """Whether no rule can apply to these bytes, told at once: ASCII without controls or a cookie."""
    return (
        data.isascii()
        and len(data.translate(None, _ODD_BYTES)) == len(data)
        and (b"\r" not in data or data.count(b"\r") == data.count(b"\r\n"))
        and b"coding" not in data[:400]
    )


def text_hits(path: RepoPath, source: SourceText, data: bytes) -> tuple[Hit, ...]:
    """What misleads in one file, without fingerprints, in the order of its lines; one hit a rule and line.

    Args:
        path: its end tells the language, and folders of translations what is ordinary there.
        source: the file as `decode` gives it.
        data: the same as bytes.
    """
    if source.is_binary or is_plain(data):
        return ()
    text = "\n".join(source.lines)
    characters = set(text)
    kinds = {kind for char in characters if (kind := kind_of(char))}
    has_returns = source.newline == "CR" or (source.newline == "mixed" and data.count(b"\r") != data.count(b"\r\n"))
    if not kinds and not has_returns and leaves_ascii_alone(source.encoding or "ascii"):
        return ()
    zones, starts = Zones(path, text), line_starts(text)
    cases = list(_codec(source))
    guessed = source.encoding == "latin-1" and bool(source.codec_note)
    if is_data(characters):
        cases += one_case(text, zones, guessed)
        kinds -= {Kind.CONTROL, Kind.SEPARATOR}
        has_returns = False
        if guessed:
            kinds.clear()
    if has_returns:
        cases += _returns(source, data, starts, zones)
    for wanted, look in BY_KIND:
        if wanted & kinds:
            cases += look(text, zones, guessed)
    if Kind.LETTER in kinds and not zones.is_of_words:
        cases += words(text, zones, path)
    return tuple(_hits(path, cases, starts))


def beside_bandit(ours: Iterable[Hit], bandits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Our hits, those turned down that Bandit's B613 reports aloud on the same line: one place shouts once.

    Where a comment silences Bandit, ours stay as they are.
    """
    loud = {hit.line for hit in bandits if hit.rule == "B613" and not hit.suppressed}
    return tuple(
        replace(hit, severity=Severity.LOW, message=f"{hit.message}; Bandit reports it as B613")
        if hit.rule in ("T001", "T002") and hit.line in loud
        else hit
        for hit in ours
    )


def hit_of(path: RepoPath, case: Case, line: int, column: int, end_column: int) -> Hit:
    """A case on its line."""
    rule = RULES[case.rule]
    return Hit(
        tool=TOOL,
        rule=rule.id,
        name=rule.name,
        message=case.says,
        severity=case.severity,
        confidence=case.confidence,
        cwe=rule.cwe,
        path=path,
        span=LineSpan(line, line),
        line=line,
        column=column,
        end_column=end_column,
    )


def _hits(path: RepoPath, cases: Iterable[Case], starts: Sequence[int]) -> Iterator[Hit]:
    """One hit for each rule and line: the worst case, and how many more there are."""
    on_line: dict[tuple[str, int], list[Case]] = {}
    for case in sorted(cases, key=lambda case: case.offset):
        on_line.setdefault((case.rule, bisect_right(starts, case.offset)), []).append(case)
    lines_of: dict[str, list[Hit]] = {}
    for (rule, line), found in on_line.items():
        worst = min(found, key=lambda case: case.severity.rank)
        column = worst.offset - starts[line - 1]
        hit = hit_of(path, worst, line, column, column + worst.length)
        more = f" ({len(found)} of the kind on this line)" if len(found) > 1 else ""
        lines_of.setdefault(rule, []).append(replace(hit, message=hit.message + more))
    for hits in lines_of.values():
        left_out = len(hits) - HIT_LIMIT
        if left_out > 0:
            # The worst ones stay, wherever they stand.
            hits = sorted(sorted(hits, key=lambda hit: hit.severity.rank)[:HIT_LIMIT], key=lambda hit: hit.line)
            hits[-1] = replace(hits[-1], message=f"{hits[-1].message} (and on {left_out} more lines of this file)")
        yield from hits


def _codec(source: SourceText) -> Iterator[Case]:
    codec = source.encoding
    if codec and not codec.startswith(_WIDE) and not leaves_ascii_alone(codec):
        is_national = codec.startswith(("iso2022", "hz", "shift", "cp932"))
        says = f"The cookie names the codec {codec}, in which plain bytes mean other characters"
        yield Case("T014", 0, 0, Severity.MEDIUM if is_national else Severity.HIGH, "high", says)


def _returns(source: SourceText, data: bytes, starts: Sequence[int], zones: Zones) -> Iterator[Case]:
    """T010 for carriage returns that end a line alone."""
    if source.newline == "CR":
        if len(starts) > 2:
            says = "Every line ends with a lone carriage return: many programs see one line"
            yield Case("T010", 0, 0, Severity.LOW, "high", says)
        return
    if source.encoding.startswith(_WIDE) or not leaves_ascii_alone(source.encoding):
        return
    for line, found in enumerate(_LINE_END.finditer(data), 1):
        if found.group() != b"\r" or line >= len(starts):
            continue
        start, end = starts[line - 1], starts[line] - 1
        last = max(start, end - 1)
        severity = Severity.MEDIUM if zones.at(last) is Zone.CODE else Severity.LOW
        if zones.at(last) is Zone.COMMENT:
            severity = Severity.HIGH
        if not source.lines[line].strip():  # nothing stands on the line that others do not see
            severity = Severity.LOW
        says = "A lone carriage return ends this line for Python; others show what follows as a part of it"
        yield Case("T010", last, 1, severity, "high", says)
