"""A change is what one did: it can be done to another review, and taken back, without touching what others did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reviewtui.model.change import Change
from reviewtui.model.checklist import Answer, Evidence, Result
from reviewtui.model.finding import Finding, FindingId, HistoryEntry
from reviewtui.model.hit import Fingerprint
from reviewtui.model.mark import Mark
from reviewtui.model.overlap import with_extra, with_members
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
ONE = FindingId("one")
PLACE = Place(RepoPath("a.py"), LineSpan(1, 2))
OTHER = Place(RepoPath("b.py"), LineSpan(3, 3))
BASE = Review().with_finding(Finding(ONE, "Title", "mira", AT, AT, places=(PLACE,)))


def mark(*ranges: tuple[int, int], blob: str = "b" * 40) -> Mark:
    return Mark(RepoPath("a.py"), "mira", AT, tuple(LineSpan(*span) for span in ranges), 90, blob)


def both(base: Review, mine: Review, theirs: Review) -> Review:
    """What is there after they changed and saved, and then I."""
    return Change.between(base, mine).apply(theirs)


def edited(review: Review, by: str, at: datetime, new: Finding) -> Review:
    return review.with_finding(review.findings[ONE].edited(new, by, at))


def test_a_change_leads_there_and_its_inverse_back() -> None:
    new = replace(
        BASE.without_finding(ONE)
        .with_finding(Finding(FindingId("two"), "Two", "mira", AT, AT))
        .with_mark(mark((1, 9))),
        title="Shop",
        reviewers=("mira",),
        extra={"a": 1},
    )
    change = Change.between(BASE, new)
    assert change.apply(BASE) == new
    assert change.inverse().apply(new) == BASE
    assert change.inverse().inverse() == change
    assert change.conflicts(BASE) == ()


def test_between_equal_reviews_there_is_no_change() -> None:
    assert not Change.between(BASE, replace(BASE, findings={ONE: replace(BASE.findings[ONE])}))


def test_applying_a_change_twice_changes_nothing_more() -> None:
    change = Change.between(Review(), BASE)
    assert change.apply(change.apply(Review())) == BASE


def test_entries_of_others_stay() -> None:
    theirs = BASE.with_finding(Finding(FindingId("two"), "Two", "joe", AT, AT))
    mine = BASE.with_mark(mark((1, 9)))
    assert both(BASE, mine, theirs) == theirs.with_mark(mark((1, 9)))


def test_different_fields_of_one_finding_come_together() -> None:
    old = BASE.findings[ONE]
    mine = edited(BASE, "mira", AT, replace(old, severity=Severity.HIGH, tags=("sql",), places=(PLACE, OTHER)))
    theirs = edited(BASE, "joe", LATER, replace(old, description="By joe", tags=("login",)))
    finding = both(BASE, mine, theirs).findings[ONE]
    assert (finding.severity, finding.description) == (Severity.HIGH, "By joe")
    assert (finding.tags, finding.places) == (("login", "sql"), (PLACE, OTHER))
    assert [(entry.by, entry.field) for entry in finding.history] == [
        ("mira", "severity"),
        ("mira", "tags"),
        ("mira", "places"),
        ("joe", "description"),
        ("joe", "tags"),
    ]


def test_of_two_texts_in_one_field_the_later_wins_and_the_other_is_in_the_history() -> None:
    old, long = BASE.findings[ONE], "what joe wrote " * 100
    theirs = edited(BASE, "joe", AT, replace(old, description=long))
    mine = edited(BASE, "mira", LATER, replace(old, description="mine"))
    finding = both(BASE, mine, theirs).findings[ONE]
    assert finding.description == "mine"
    assert finding.updated == LATER
    assert finding.history[-1] == HistoryEntry(
        LATER, "mira", "description", long, "mine", "changed by two at the same time"
    )


def test_an_edit_wins_over_a_deletion_whoever_deleted() -> None:
    changed = edited(BASE, "joe", AT, replace(BASE.findings[ONE], title="New"))
    gone = BASE.without_finding(ONE)
    assert both(BASE, gone, changed) == changed
    assert both(BASE, changed, gone) == changed


def test_two_deletions_are_one() -> None:
    gone = BASE.without_finding(ONE)
    assert both(BASE, gone, gone) == gone


def test_two_verdicts_on_one_hit_keep_both_reasons() -> None:
    theirs = Verdict(Fingerprint("f"), "bandit", "B608", State.ACCEPTED_RISK, "by joe", "joe", AT, PLACE, "Carla")
    mine = Verdict(Fingerprint("f"), "bandit", "B608", State.FALSE_POSITIVE, "by mira", "mira", LATER, PLACE)
    verdict = both(
        Review(), Review(verdicts={mine.fingerprint: mine}), Review(verdicts={theirs.fingerprint: theirs})
    ).verdicts[mine.fingerprint]
    assert replace(verdict, history=()) == replace(mine, owner="Carla")
    assert [(entry.field, entry.old, entry.new, entry.by) for entry in verdict.history] == [
        ("state", "accepted_risk", "false_positive", "mira"),
        ("reason", "by joe", "by mira", "mira"),
        ("by", "joe", "mira", "mira"),
    ]


def test_evidence_of_two_answers_comes_together() -> None:
    def answer(by: str, place: Place) -> Answer:
        return Answer("AUTH-01", "authentication", Result.PASS, "read", by, AT, evidence=(Evidence(place),))

    mine, theirs = answer("mira", PLACE), answer("mira", OTHER)
    together = both(Review(), Review().with_answer(mine), Review().with_answer(theirs)).answers["AUTH-01"]
    assert together == replace(mine, evidence=(Evidence(OTHER), Evidence(PLACE)))


def test_lines_that_two_programs_marked_come_together() -> None:
    base = Review().with_mark(mark((1, 10), (80, 90)))
    mine = Review().with_mark(mark((1, 20), (80, 90)))
    theirs = Review().with_mark(mark((1, 10), (15, 40)))
    assert both(base, mine, theirs) == Review().with_mark(mark((1, 40)))


def test_lines_of_different_versions_of_a_file_do_not_mix() -> None:
    mine = Review().with_mark(mark((1, 20), blob="c" * 40))
    theirs = Review().with_mark(mark((1, 10), (15, 40)))
    assert both(Review().with_mark(mark((1, 10))), mine, theirs) == mine


def test_taking_back_leaves_what_others_made_of_it() -> None:
    old = BASE.findings[ONE]
    mine = edited(BASE, "mira", AT, replace(old, severity=Severity.LOW, title="Mine"))
    change = Change.between(BASE, mine)
    theirs = edited(mine, "joe", LATER, replace(mine.findings[ONE], severity=Severity.CRITICAL, owner="Carla"))
    finding = change.inverse().apply(theirs).findings[ONE]
    assert (finding.title, finding.severity, finding.owner) == ("Title", Severity.CRITICAL, "Carla")
    assert [entry.by for entry in finding.history] == ["joe", "joe"]
    assert change.inverse().inverse().apply(change.inverse().apply(mine)) == mine


def test_taking_back_a_mark_leaves_the_lines_of_others() -> None:
    base, mine = Review().with_mark(mark((1, 10))), Review().with_mark(mark((1, 20)))
    theirs = Review().with_mark(mark((1, 30)))
    assert Change.between(base, mine).inverse().apply(theirs) == Review().with_mark(mark((1, 10), (21, 30)))


def test_taking_back_an_addition_or_an_edit_of_what_is_changed_or_gone_changes_nothing() -> None:
    added = Change.between(Review(), BASE)
    changed = edited(BASE, "joe", LATER, replace(BASE.findings[ONE], title="New"))
    assert added.inverse().apply(changed) == changed
    assert Change.between(BASE, changed).inverse().apply(Review()) == Review()
    assert Change.between(BASE, Review()).inverse().apply(Review()) == BASE


def test_conflicts_are_the_entries_that_are_neither_old_nor_new() -> None:
    mine = edited(BASE, "mira", AT, replace(BASE.findings[ONE], title="Mine"))
    theirs = edited(BASE, "joe", AT, replace(BASE.findings[ONE], title="Theirs"))
    assert Change.between(BASE, mine).conflicts(theirs) == (("findings", ONE),)
    assert Change.between(BASE, mine).conflicts(mine) == ()


def test_reviewers_who_join_at_once_both_join() -> None:
    assert both(Review(), Review(reviewers=("mira",)), Review(reviewers=("joe",))).reviewers == ("joe", "mira")
    assert Change.between(Review(reviewers=("joe",)), Review(reviewers=("joe", "mira"))).inverse().apply(
        Review(reviewers=("joe", "mira", "ann"))
    ).reviewers == ("joe", "ann")


@pytest.mark.parametrize(
    ("now", "before", "after", "expected"),
    [
        ("", "", "x", "x"),
        ("y", "", "x", "yx"),
        ("ab", "ab", "axb", "axb"),
        ("abc", "ab", "xb", "xbc"),
        ("abc", "ab", "ax", "axc"),
        ("bc", "ab", "ax", "cx"),
        ("abc", "abc", "b", "b"),
        ("abcd", "abc", "", "d"),
    ],
)
def test_members_keep_their_order(now: str, before: str, after: str, expected: str) -> None:
    assert "".join(with_members(tuple(now), tuple(before), tuple(after))) == expected


def test_unknown_keys_of_both_stay() -> None:
    assert with_extra({"a": 1, "b": 9, "d": 4}, {"a": 1, "b": 2}, {"b": 2, "c": 3}) == {"b": 9, "c": 3, "d": 4}
