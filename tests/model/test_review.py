"""Every transition leaves a review whole, and what was said before stays said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from reviewtui.errors import InvalidReviewError
from reviewtui.model.checklist import Answer, Result
from reviewtui.model.finding import Finding, FindingId, HistoryEntry
from reviewtui.model.hit import Fingerprint
from reviewtui.model.mark import Mark
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Level, Severity, severity_of
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
ONE = FindingId("one")
FINDING = Finding(ONE, "SQL injection", "mira", AT, AT)
PRINT = Fingerprint("f" * 32)
PLACE = Place(RepoPath("a.py"), LineSpan(1, 2))


def verdict(state: State, reason: str = "seen", by: str = "mira", at: datetime = AT) -> Verdict:
    return Verdict(PRINT, "bandit", "B608", state, reason, by, at, PLACE)


def answer(result: Result, reason: str = "read", by: str = "mira", at: datetime = AT) -> Answer:
    return Answer("AUTH-01", "authentication", result, reason, by, at)


def test_an_edit_is_in_the_history_field_by_field() -> None:
    new = replace(FINDING, title="Injection", severity=Severity.HIGH, cwe=(89, 564), description="x" * 500)
    edited = FINDING.edited(new, "joe", LATER, "tried it")
    assert edited == replace(
        new,
        updated=LATER,
        history=(
            HistoryEntry(LATER, "joe", "title", "SQL injection", "Injection", "tried it"),
            HistoryEntry(LATER, "joe", "severity", "", "high", "tried it"),
            HistoryEntry(LATER, "joe", "cwe", "", "89, 564", "tried it"),
            HistoryEntry(LATER, "joe", "description", "", "", "tried it"),
        ),
    )


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    assert FINDING.edited(replace(FINDING, updated=LATER), "joe", LATER) is FINDING


def test_an_edit_cannot_rewrite_the_history() -> None:
    old = FINDING.edited(replace(FINDING, title="Second"), "mira", AT)
    new = old.edited(replace(old, title="Third", history=()), "mira", LATER)
    assert [entry.new for entry in new.history] == ["Second", "Third"]


@pytest.mark.parametrize("state", [state for state in State if state not in (State.OPEN, State.CONFIRMED)])
def test_a_state_needs_a_reason_of_its_own(state: State) -> None:
    rest = replace(FINDING, owner="Carla", review_by=date(2026, 9, 1), duplicate_of="two")
    confirmed = rest.edited(replace(rest, state=State.CONFIRMED), "mira", AT, "tried it")
    with pytest.raises(InvalidReviewError, match=f"The state '{state.label}' needs a reason"):
        confirmed.edited(replace(confirmed, state=state), "mira", LATER)
    settled = confirmed.edited(replace(confirmed, state=state), "mira", LATER, "because")
    assert Review().with_finding(settled).findings[ONE].state is state
    retitled = settled.edited(replace(settled, title="New"), "mira", LATER)
    assert Review().with_finding(retitled).findings[ONE].title == "New"


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (replace(FINDING, title=" \n"), "A finding needs a title"),
        (replace(FINDING, state=State.FIXED), "The state 'fixed' needs a reason"),
        (
            replace(FINDING, state=State.ACCEPTED_RISK, history=(HistoryEntry(AT, "m", "state", reason="r"),)),
            "An accepted risk needs an owner and a date for the next look",
        ),
        (
            replace(FINDING, state=State.DUPLICATE, history=(HistoryEntry(AT, "m", "state", reason="r"),)),
            "A duplicate needs the id of the other finding",
        ),
    ],
)
def test_a_finding_that_breaks_a_rule_is_not_taken(broken: Finding, message: str) -> None:
    with pytest.raises(InvalidReviewError, match=message):
        Review().with_finding(broken)


def test_a_finding_is_added_replaced_and_removed() -> None:
    review = Review().with_finding(FINDING)
    assert review.with_finding(replace(FINDING, title="New")).findings == {ONE: replace(FINDING, title="New")}
    assert review.without_finding(ONE) == Review()
    with pytest.raises(InvalidReviewError, match="There is no finding two"):
        review.without_finding(FindingId("two"))


def test_what_named_a_removed_finding_keeps_its_words() -> None:
    said = replace(verdict(State.CONFIRMED), finding="one")
    failed = replace(answer(Result.FAIL), findings=("one", "two"))
    review = Review().with_finding(FINDING).with_verdict(said).with_answer(failed).without_finding(ONE)
    assert review.verdicts[PRINT] == replace(said, finding="")
    assert review.answers["AUTH-01"] == replace(failed, findings=("two",))


def test_every_decision_on_a_hit_stays_with_who_when_and_why() -> None:
    risk = replace(verdict(State.ACCEPTED_RISK, "only a demo", "joe", LATER), owner="Carla", review_by=date(2026, 9, 1))
    review = Review().with_verdict(verdict(State.FALSE_POSITIVE, "a constant")).with_verdict(risk)
    review = review.with_verdict(verdict(State.OPEN, "", "mira", LATER))
    assert review.state_of(PRINT) is State.OPEN
    assert review.verdicts[PRINT].history == (
        HistoryEntry(AT, "mira", "state", "", "false_positive", "a constant"),
        HistoryEntry(
            LATER, "joe", "state", "false_positive", "accepted_risk", "only a demo (by Carla until 2026-09-01)"
        ),
    )


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (verdict(State.FALSE_POSITIVE, " "), "The verdict 'false positive' needs a reason"),
        (verdict(State.ACCEPTED_RISK), "An accepted risk needs an owner and a date for the next look"),
    ],
)
def test_a_verdict_that_breaks_a_rule_is_not_taken(broken: Verdict, message: str) -> None:
    with pytest.raises(InvalidReviewError, match=message):
        Review().with_verdict(broken)


def test_every_answer_to_an_item_stays_with_who_when_and_why() -> None:
    review = (
        Review().with_answer(answer(Result.PASS, "read it all")).with_answer(answer(Result.FAIL, "no", "joe", LATER))
    )
    assert review.answers["AUTH-01"] == replace(
        answer(Result.FAIL, "no", "joe", LATER),
        history=(HistoryEntry(AT, "mira", "result", "", "pass", "read it all"),),
    )
    with pytest.raises(InvalidReviewError, match="An answer needs a reason"):
        review.with_answer(answer(Result.NOT_APPLICABLE, ""))


def test_unknown_keys_of_an_entry_outlive_a_new_decision() -> None:
    old = replace(verdict(State.CONFIRMED), extra={"later": 1})
    assert Review().with_verdict(old).with_verdict(verdict(State.OPEN, "")).verdicts[PRINT].extra == {"later": 1}


def test_a_mark_stands_for_its_path_reviewer_and_topic() -> None:
    mark = Mark(RepoPath("a.py"), "mira", AT, (LineSpan(1, 9),), 9, "b" * 40)
    other = replace(mark, by="joe")
    review = Review().with_mark(mark).with_mark(other).with_mark(replace(mark, lines=10))
    assert review.marks == {("a.py", "mira", "all"): replace(mark, lines=10), ("a.py", "joe", "all"): other}
    assert review.without_mark(mark.key).without_mark(mark.key).marks == {other.key: other}


def test_an_empty_review_has_no_first_entry() -> None:
    assert (Review().is_empty, Review().first_at()) == (True, None)
    review = Review().with_finding(replace(FINDING, created=LATER)).with_verdict(verdict(State.CONFIRMED))
    assert (review.is_empty, review.first_at()) == (False, AT)


def test_a_reviewer_joins_once() -> None:
    assert Review().with_reviewer("mira").with_reviewer("joe").with_reviewer("mira").reviewers == ("mira", "joe")


def test_the_matrix_knows_every_pair() -> None:
    assert {(likelihood, impact) for likelihood in Level for impact in Level if severity_of(likelihood, impact)} == {
        (likelihood, impact) for likelihood in Level for impact in Level
    }
    assert severity_of(Level.HIGH, Level.HIGH) is Severity.CRITICAL
    assert severity_of(Level.LOW, Level.LOW) is Severity.INFO


def test_many_decisions_at_once_are_the_same_as_one_after_the_other() -> None:
    first, second = verdict(State.FALSE_POSITIVE), verdict(State.CONFIRMED, at=LATER)
    other = replace(first, fingerprint=Fingerprint("e" * 32))
    together = Review().with_verdicts([first, other, second])
    assert together == Review().with_verdict(first).with_verdict(other).with_verdict(second)
    assert [entry.old for entry in together.verdicts[PRINT].history] == [""]
    with pytest.raises(InvalidReviewError, match="needs a reason"):
        Review().with_verdicts([first, replace(other, reason=" ")])
