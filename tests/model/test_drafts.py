"""Findings filled in from a hit, an item or lines."""

from datetime import UTC, datetime

from reviewtui.model.checklist import Item
from reviewtui.model.drafts import from_hit, from_item, from_lines
from reviewtui.model.finding import Kind
from reviewtui.model.hit import Fingerprint, Hit
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.model.state import State

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
PLACE = Place(RepoPath("a.py"), LineSpan(3, 3))
HIT = Hit(
    tool="bandit",
    rule="B608",
    name="hardcoded_sql_expressions",
    message="Possible SQL injection vector through string-based query construction. More words.\nSecond line",
    severity=Severity.MEDIUM,
    confidence="low",
    cwe=(89,),
    path=RepoPath("a.py"),
    span=LineSpan(3, 3),
    line=3,
    fingerprint=Fingerprint("f" * 32),
)
ITEM = Item(
    id="INP-01",
    checklist="input-handling",
    title="SQL injection",
    question="?",
    why="w",
    good="g",
    severity=Severity.HIGH,
    cwe=(89, 564),
    finding="SQL statement is built from user-controlled data",
    recommendation="Bind every value.",
)


def test_a_hit_takes_the_texts_of_an_item_of_the_same_weakness() -> None:
    finding = from_hit(HIT, (PLACE,), ITEM, "me", AT)
    assert (finding.title, finding.recommendation) == (ITEM.finding, ITEM.recommendation)
    assert (finding.severity, finding.cwe, finding.state) == (Severity.MEDIUM, (89,), State.CONFIRMED)
    assert (finding.hit, finding.items, finding.topic, finding.places) == (
        HIT.fingerprint,
        ("INP-01",),
        "input-handling",
        (PLACE,),
    )


def test_a_hit_of_another_weakness_keeps_the_words_of_its_tool() -> None:
    item = Item("ERR-08", "error-handling", "t", "?", "w", "g", Severity.LOW, cwe=(617,), finding="An assert guards")
    finding = from_hit(HIT, (PLACE,), item, "me", AT)
    assert finding.title == "Possible SQL injection vector through string-based query construction"
    assert (finding.recommendation, finding.items) == ("", ("ERR-08",))


def test_a_hit_without_a_message_is_called_by_its_rule() -> None:
    from dataclasses import replace

    assert from_hit(replace(HIT, message=" \n"), (PLACE,), None, "me", AT).title == "B608"


def test_a_failed_item_brings_its_weakness_and_severity() -> None:
    finding = from_item(ITEM, (PLACE,), "me", AT, "seen")
    assert (finding.title, finding.severity, finding.cwe, finding.description) == (
        ITEM.finding,
        Severity.HIGH,
        (89,),
        "seen",
    )


def test_lines_make_an_open_remark_of_any_kind() -> None:
    note = from_lines(PLACE, "me", AT, Kind.NOTE, "why?")
    assert (note.kind, note.title, note.state, note.severity) == (Kind.NOTE, "why?", State.OPEN, None)
    assert from_lines(PLACE, "me", AT).id != from_lines(PLACE, "me", AT).id
