"""The entries of a findings file, from their tables to the model."""

import re
from typing import Final

from reviewtui.model.checklist import Answer, Evidence, Result
from reviewtui.model.finding import Finding, FindingId, HistoryEntry, Kind
from reviewtui.model.hit import Fingerprint
from reviewtui.model.mark import ALL_TOPICS, Mark, joined
from reviewtui.model.place import Anchor, LineSpan, Place
from reviewtui.model.risk import Level, Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.store.table import MAX_NUMBER, Table

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ID_WORDS: Final = "an id of up to 64 letters, digits, '.', '_' or '-'"
_KEY: Final = re.compile(r"[!-~]{1,200}")
_KEY_WORDS: Final = "up to 200 visible ASCII characters without blanks"
_OBJECT: Final = re.compile(r"[0-9a-f]{4,64}")
_OBJECT_WORDS: Final = "an object id of git in small hexadecimal digits"
_RANGE: Final = re.compile(r"([1-9][0-9]{0,9})(?:-([1-9][0-9]{0,9}))?")


def object_id(table: Table, key: str) -> str:
    """The id of a commit or blob; it may end up in git's command line, so it is nothing but digits."""
    return table.name(key, _OBJECT, _OBJECT_WORDS)


def read_finding(table: Table) -> Finding:
    """A `[[finding]]`."""
    created = table.moment("created")
    return Finding(
        FindingId(table.name("id", _ID, _ID_WORDS, required=True)),
        table.text("title", required=True),
        table.text("author", required=True),
        created,
        table.moment("updated", created),
        table.choice("kind", Kind) or Kind.FINDING,
        table.choice("state", State) or State.OPEN,
        table.choice("severity", Severity),
        table.choice("likelihood", Level),
        table.choice("impact", Level),
        table.text("cvss"),
        table.numbers("cwe", 1),
        table.text("topic"),
        table.text("description"),
        table.text("exploit"),
        table.text("recommendation"),
        table.text("owner"),
        table.day("due"),
        table.day("review_by"),
        table.text("duplicate_of"),
        table.texts("tags"),
        table.text("hit"),
        table.texts("items"),
        tuple(read_place(place) for place in table.tables("place")),
        _history(table),
        table.extra(),
    )


def read_verdict(table: Table) -> Verdict:
    """A `[[verdict]]`."""
    return Verdict(
        Fingerprint(table.name("fingerprint", _KEY, _KEY_WORDS, required=True)),
        table.text("tool", required=True),
        table.text("rule", required=True),
        table.choice("state", State, required=True) or State.OPEN,
        table.text("reason"),
        table.text("by", required=True),
        table.moment("at"),
        read_place(table.table("place"), needs_path=False),
        table.text("owner"),
        table.day("review_by"),
        table.text("finding"),
        _history(table),
        table.number("twins", 0) or 0,
        table.extra(),
    )


def read_answer(table: Table) -> Answer:
    """An `[[answer]]`."""
    return Answer(
        table.name("item", _KEY, _KEY_WORDS, required=True),
        table.text("checklist", required=True),
        table.choice("result", Result, required=True) or Result.NOT_APPLICABLE,
        table.text("reason"),
        table.text("by", required=True),
        table.moment("at"),
        object_id(table, "commit"),
        table.texts("findings"),
        tuple(
            Evidence(read_place(evidence.table("place")), evidence.text("verdict"), evidence.extra())
            for evidence in table.tables("evidence")
        ),
        _history(table),
        table.extra(),
    )


def read_mark(table: Table) -> Mark:
    """A `[[mark]]`; ranges that a merge brought together are joined."""
    return Mark(
        table.path("path"),
        table.text("by", required=True),
        table.moment("at"),
        joined(_spans(table, "ranges")),
        table.number("lines", 0) or 0,
        object_id(table, "blob"),
        table.text("topic") or ALL_TOPICS,
        object_id(table, "commit"),
        table.extra(),
    )


def read_place(table: Table, *, needs_path: bool = True) -> Place:
    """A place with its anchor, whose keys stand side by side; a hit may concern no file at all."""
    return Place(
        table.path("path", required=needs_path),
        _span(table),
        table.text("role"),
        table.text("note"),
        Anchor(
            object_id(table, "commit"),
            object_id(table, "blob"),
            table.text("symbol"),
            table.text("text"),
            table.text("before"),
            table.text("after"),
            table.number("occurrence", 0) or 0,
        ),
        table.extra(),
    )


def _span(table: Table) -> LineSpan | None:
    start, end = table.number("start", 1), table.number("end", 1)
    if start is None:
        if end is not None:
            table.problem("end", "there is no start to it")
        return None
    if end is not None and end < start:
        table.problem("end", f"it lies before the start in line {start}")
        return None
    return LineSpan(start, end or start)


def _spans(table: Table, key: str) -> list[LineSpan]:
    spans = []
    for text in table.texts(key):
        found = _RANGE.fullmatch(text)
        start, end = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if 1 <= start <= end <= MAX_NUMBER:
            spans.append(LineSpan(start, end))
        else:
            table.problem(key, f"expected lines such as '1-40' or '52', not {text[:40]!r}")
    return spans


def _history(table: Table) -> tuple[HistoryEntry, ...]:
    return tuple(
        HistoryEntry(
            entry.moment("at"),
            entry.text("by", required=True),
            entry.text("field", required=True),
            entry.text("from"),
            entry.text("to"),
            entry.text("reason"),
            entry.extra(),
        )
        for entry in table.tables("history")
    )
