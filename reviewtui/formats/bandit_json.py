"""Reads what `bandit -f json` wrote: the same hits, with the same fingerprints, as our own scan of the same code."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from reviewtui.formats.identity import identified
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.problems import Problems, shortened
from reviewtui.formats.record import Record
from reviewtui.formats.seen import Seen, seen, shift, squeezed, told
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.text.source import column_of_byte

_TOOL: Final = "bandit"
_SEVERITIES: Final = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_VERSION: Final = re.compile(r"/en/(\d[\w.]*)/")
_NAME_IN_URL: Final = re.compile(r"#b\d{3}(?:-b\d{3})*-([a-z0-9-]+)$")
_CODE_LINE: Final = re.compile(r"(\d+)[ \t]?(.*)")
_BIDI: Final = "B613"
_SPAN_LENGTH: Final = 10_000


def read_bandit(document: Record, name: str, tree: Tree) -> Imported:
    """All results; files that Bandit did not look at become notes."""
    hits: list[Hit] = []
    unplaced: dict[str, str] = {}
    versions: dict[str, None] = {}
    for result in document.records("results"):
        if version := _VERSION.search(result.text("more_info")):
            versions[version[1]] = None
        file = result.path("filename")
        path, reason = tree.paths.find(file)
        if path is None and file:
            unplaced[file] = reason
        hits.append(_hit(result, path, file, name, tree.lines))
    only = next(iter(versions), "") if len(versions) == 1 else ""
    return Imported(
        format="bandit",
        tools=(f"Bandit {only}".strip(),),
        hits=identified(hits, tree.lines),
        problems=document.problems.listed(),
        notes=tuple(_notes(document)),
        made=document.text("generated_at")[:40],
        unplaced=unplaced,
    )


def _hit(
    result: Record, path: RepoPath | None, file: str, origin: str, lines_of: Callable[[RepoPath], Sequence[str]]
) -> Hit:
    rule = result.text("test_id") or "no rule named"
    url = result.text("more_info")
    lines = lines_of(path) if path is not None else ()
    line, span, columns, facts = _place(result, rule, lines)
    if path is None:
        facts = (("file", shortened(file, 300)), ("line", str(line))) if file else ()
        line, span, columns = 1, LineSpan(1, 1), (0, 0)
    cwe = result.record("issue_cwe").integer("id") if "issue_cwe" in result else None
    return Hit(
        tool=_TOOL,
        rule=rule,
        name=_name(result.text("test_name"), url) or rule,
        message=result.text("issue_text"),
        severity=_SEVERITIES.get(result.text("issue_severity").upper(), Severity.INFO),
        confidence=result.text("issue_confidence").lower(),
        cwe=(cwe,) if cwe and cwe > 0 else (),
        path=path if path is not None else NOWHERE,
        span=span,
        line=line,
        column=columns[0],
        end_column=columns[1],
        url=url if url.startswith(("https://", "http://")) else "",
        facts=facts,
        origin=origin,
    )


def _name(test: str, url: str) -> str:
    """Bandit's own name; all entries of its lists of calls and imports have one test, whose page tells them apart."""
    found = _NAME_IN_URL.search(url) if test == "blacklist" else None
    return found[1].replace("-", "_") if found else test


def _place(
    result: Record, rule: str, lines: Sequence[str]
) -> tuple[int, LineSpan, tuple[int, int], tuple[tuple[str, str], ...]]:
    """Line, span and columns in the file as it is now, and what is to be said of them."""
    line = max(1, result.integer("line_number") or 1)
    column, end_column = result.integer("col_offset") or 0, result.integer("end_col_offset") or 0
    if rule == _BIDI:
        line, column = _place_of_bidi(lines, line, column)
        return line, LineSpan(line, line), (column, column + 1), ()
    spanned = [number for number in result.integers("line_range") if number > 0] or [line]
    first, last = min(line, *spanned), max(line, *spanned)
    last = min(last, first + _SPAN_LENGTH) if line <= first + _SPAN_LENGTH else line
    facts: tuple[tuple[str, str], ...] = ()
    if lines:
        own, around = _seen(result.text("code"), first, last)
        went = shift(own, around, squeezed(lines)) if own or around else None
        if went is not None:
            facts = told(went, line)
            line, first, last = line + went.by, first + went.by, last + went.by
        if last > len(lines):
            facts = (*facts, ("cut", f"line {line} in the report; the file has {len(lines)}"))
            line, first, last = min(line, len(lines)), min(first, len(lines)), len(lines)
    return line, LineSpan(first, last), _columns((line, first, last), column, end_column, lines), facts


def _columns(place: tuple[int, int, int], column: int, end_column: int, lines: Sequence[str]) -> tuple[int, int]:
    """In characters; 0 where Bandit's do not belong to the lines that it names, which is so on several lines."""
    line, first, last = place
    if line != first or not lines:
        return 0, 0
    text = lines[line - 1]
    start = column_of_byte(text, column)
    end = column_of_byte(text, end_column) if first == last else 0
    return start, end if end > start else 0


def _seen(code: str, first: int, last: int) -> tuple[Seen | None, Seen | None]:
    """What the report shows of the lines from `first` to `last`, and of those around them."""
    shown: dict[int, str] = {}
    for text in code.split("\n"):
        if found := _CODE_LINE.fullmatch(text):
            shown[int(found[1][:9])] = found[2]
    own = [number for number in sorted(shown) if first <= number <= last]
    if not own or own != list(range(own[0], own[-1] + 1)):
        return None, None
    start = min(shown)
    around = [shown.get(number, "") for number in range(start, start + len(shown))]
    return seen(own[0], "\n".join(shown[number] for number in own)), seen(start, "\n".join(around))


def _place_of_bidi(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """Line and column of the character that the rule names, which counts form feeds and the like as line ends."""
    chunks = "\n".join(lines).splitlines(keepends=True)[:line]
    before = "".join(chunks[:-1]) + (chunks[-1] if chunks else "")[: max(0, column - 1)]
    return before.count("\n") + 1, len(before) - before.rfind("\n") - 1


def _notes(document: Record) -> Iterator[str]:
    notes = Problems()
    for error in document.records("errors"):
        file, reason = error.text("filename"), error.text("reason")
        notes.add(f"Bandit did not look at {file or 'a file'}" + (f": {reason}" if reason else ""))
    yield from notes.listed()
    totals = document.record("metrics").record("_totals")
    hidden = [(totals.integer("nosec") or 0, "lines"), (totals.integer("skipped_tests") or 0, "tests of lines")]
    if any(count for count, _ in hidden):
        counts = " and ".join(f"{count:,} {what}" for count, what in hidden if count)
        yield f"`# nosec` kept Bandit from reporting on {counts}; what is there is not in this report"
    if "results" not in document:
        yield "Bandit wrote no list of results, not even an empty one"
