"""A session saves what it applies, takes back its own, and loses nothing that others wrote."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewtui.errors import BrokenFileError, InvalidReviewError
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.hit import Fingerprint
from reviewtui.model.place import Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.session import Session
from reviewtui.store.file import FindingsFile

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def finding(name: str) -> Finding:
    return Finding(FindingId(name), f"Title {name}", "mira", AT, AT)


def adding(name: str) -> Callable[[Review], Review]:
    return lambda review: review.with_finding(finding(name))


def changing(name: str, **fields: str) -> Callable[[Review], Review]:
    def transition(review: Review) -> Review:
        old = review.findings[FindingId(name)]
        new = replace(old, **fields)  # type: ignore[arg-type]  # the tests name text fields only
        return review.with_finding(old.edited(new, "mira", AT))

    return transition


def deciding(state: State, by: str) -> Callable[[Review], Review]:
    verdict = Verdict(Fingerprint("f" * 32), "bandit", "B608", state, f"says {by}", by, AT, Place(RepoPath("a.py")))
    return lambda review: review.with_verdict(verdict)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".reviewtui" / "findings.toml"


def on_disk(path: Path) -> Review:
    return FindingsFile(path).load()


def session(path: Path, by: str = "mira") -> Session:
    return Session(FindingsFile(path, lock_timeout=0.5), by, lambda: AT)


def test_what_is_applied_is_on_disk_at_once(path: Path) -> None:
    mine = session(path)
    assert mine.review == Review()
    assert mine.is_saved
    assert mine.apply("new finding", adding("one"))
    assert mine.is_saved
    assert mine.problem == ""
    assert mine.now() == AT
    assert mine.review == Review(reviewers=("mira",)).with_finding(finding("one"))
    assert on_disk(path) == mine.review


def test_a_transition_that_changes_nothing_is_neither_saved_nor_taken_back(path: Path) -> None:
    mine = session(path)
    assert not mine.apply("nothing", lambda review: replace(review))
    assert mine.can_undo == ""
    assert not path.exists()


def test_a_transition_that_refuses_changes_nothing(path: Path) -> None:
    mine = session(path)
    mine.apply("new finding", adding("one"))
    before = mine.review
    with pytest.raises(InvalidReviewError):
        mine.apply("delete", lambda review: review.without_finding(FindingId("two")))
    assert mine.review is before
    assert mine.can_undo == "new finding"


def test_changes_are_taken_back_and_done_again_on_disk_too(path: Path) -> None:
    mine = session(path)
    states = [mine.review]
    for name in ("one", "two", "three"):
        mine.apply(f"add {name}", adding(name))
        states.append(mine.review)
    assert [mine.undo(), mine.undo()] == ["add three", "add two"]
    assert mine.review == on_disk(path) == states[1]
    assert (mine.can_undo, mine.can_redo) == ("add one", "add two")
    assert [mine.redo(), mine.redo(), mine.redo()] == ["add two", "add three", None]
    assert mine.review == on_disk(path) == states[3]
    assert [mine.undo(), mine.undo(), mine.undo(), mine.undo()] == ["add three", "add two", "add one", None]
    assert mine.review == on_disk(path) == states[0]


def test_a_new_change_ends_what_could_be_done_again(path: Path) -> None:
    mine = session(path)
    mine.apply("add one", adding("one"))
    mine.undo()
    mine.apply("add two", adding("two"))
    assert mine.can_redo == ""
    assert mine.redo() is None


def test_a_deletion_is_taken_back_with_all_that_it_took(path: Path) -> None:
    mine = session(path)
    mine.apply("add", adding("one"))
    mine.apply("decide", lambda r: deciding(State.CONFIRMED, "mira")(r))
    verdict = replace(mine.review.verdicts[Fingerprint("f" * 32)], finding="one")
    mine.apply("link", lambda review: replace(review, verdicts={verdict.fingerprint: verdict}))
    before = mine.review
    mine.apply("delete", lambda review: review.without_finding(FindingId("one")))
    assert mine.review.verdicts[verdict.fingerprint].finding == ""
    mine.undo()
    assert mine.review == on_disk(path) == before


def test_two_sessions_that_add_in_turn_lose_nothing(path: Path) -> None:
    mira, joe = session(path), session(path, "joe")
    for number in range(10):
        mira.apply("add", adding(f"mira{number}"))
        joe.apply("add", adding(f"joe{number}"))
    mira.refresh()
    assert sorted(on_disk(path).findings) == sorted(f"{who}{number}" for who in ("mira", "joe") for number in range(10))
    assert mira.review == joe.review == on_disk(path)
    assert mira.review.reviewers == ("mira", "joe")


def test_undo_takes_back_only_ones_own(path: Path) -> None:
    mira = session(path)
    mira.apply("add", adding("one"))
    mira.apply("rate", lambda r: r.with_finding(replace(r.findings[FindingId("one")], severity=Severity.HIGH)))
    joe = session(path, "joe")
    joe.apply("describe", changing("one", description="By joe"))
    joe.apply("add", adding("two"))
    assert mira.undo() == "rate"
    one = on_disk(path).findings[FindingId("one")]
    assert (one.severity, one.description, len(one.history)) == (None, "By joe", 1)
    assert FindingId("two") in mira.review.findings


def test_undo_leaves_what_another_has_changed_since(path: Path) -> None:
    mira = session(path)
    mira.apply("add", adding("one"))
    joe = session(path, "joe")
    joe.apply("retitle", changing("one", title="By joe"))
    mira.refresh()
    assert mira.undo() == "add"
    assert on_disk(path).findings[FindingId("one")].title == "By joe"
    assert mira.can_redo == "add"


def test_undo_of_what_is_gone_says_so(path: Path) -> None:
    mira = session(path)
    mira.apply("add", adding("one"))
    mira.apply("retitle", changing("one", title="New"))
    joe = session(path, "joe")
    joe.apply("delete", lambda review: review.without_finding(FindingId("one")))
    mira.refresh()
    assert mira.undo() == "retitle (nothing left of it to change: another program did)"
    assert FindingId("one") not in on_disk(path).findings
    assert mira.can_redo == ""


def test_two_decisions_on_one_hit_are_both_kept(path: Path) -> None:
    mira, joe = session(path), session(path, "joe")
    mira.apply("decide", deciding(State.FALSE_POSITIVE, "mira"))
    joe.apply("decide", deciding(State.CONFIRMED, "joe"))
    verdict = on_disk(path).verdicts[Fingerprint("f" * 32)]
    assert (verdict.state, verdict.reason, verdict.by) == (State.CONFIRMED, "says joe", "joe")
    assert {(entry.field, entry.old) for entry in verdict.history} == {
        ("state", "false_positive"),
        ("reason", "says mira"),
        ("by", "mira"),
    }


def test_what_cannot_be_saved_stays_in_memory_until_it_can(path: Path) -> None:
    mine = session(path)
    mine.apply("add one", adding("one"))
    path.unlink()
    path.mkdir()
    assert mine.apply("add two", adding("two"))
    assert mine.apply("add three", adding("three"))
    assert not mine.is_saved
    assert mine.problem == ".reviewtui/findings.toml cannot be read: it is no regular file"
    assert sorted(mine.review.findings) == ["one", "three", "two"]
    assert not mine.retry()
    path.rmdir()
    assert mine.retry()
    assert (mine.is_saved, mine.problem) == (True, "")
    assert on_disk(path) == mine.review
    assert sorted(mine.review.findings) == ["one", "three", "two"]


def test_the_next_change_saves_what_could_not_be_saved(path: Path) -> None:
    mine = session(path)
    path.parent.symlink_to(path.parent.parent)
    mine.apply("add one", adding("one"))
    assert "symbolic link" in mine.problem
    path.parent.unlink()
    mine.apply("add two", adding("two"))
    assert mine.is_saved
    assert sorted(on_disk(path).findings) == ["one", "two"]


def test_what_could_not_be_saved_is_taken_back_as_well(path: Path) -> None:
    mine = session(path)
    path.mkdir(parents=True)
    mine.apply("add one", adding("one"))
    assert mine.undo() == "add one"
    assert mine.review == Review()
    path.rmdir()
    assert mine.retry()
    assert on_disk(path) == Review()


def test_a_broken_file_is_left_alone_and_memory_kept(path: Path) -> None:
    mine = session(path)
    mine.apply("add one", adding("one"))
    good = path.read_text()
    path.write_text(good.replace("[[finding]]", "<<<<<<< HEAD\n[[finding]]") + ">>>>>>> theirs\n")
    broken = path.read_text()
    assert not mine.refresh()
    assert "merge conflict" in mine.problem
    assert not mine.is_saved
    mine.apply("add two", adding("two"))
    assert path.read_text() == broken
    assert sorted(mine.review.findings) == ["one", "two"]
    path.write_text(good)
    assert mine.retry()
    assert sorted(on_disk(path).findings) == ["one", "two"]


def test_a_broken_file_is_not_opened(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("format = ?")
    with pytest.raises(BrokenFileError, match="line 1: not TOML"):
        session(path)
    assert path.read_text() == "format = ?"


def test_refresh_takes_over_what_others_wrote(path: Path) -> None:
    mira, joe = session(path), session(path, "joe")
    assert not mira.refresh()
    joe.apply("add", adding("two"))
    assert mira.refresh()
    assert mira.review == joe.review
    assert not mira.refresh()


def test_refresh_keeps_and_saves_what_is_unsaved(path: Path) -> None:
    mira = session(path)
    path.mkdir(parents=True)
    mira.apply("add", adding("one"))
    path.rmdir()
    session(path, "joe").apply("add", adding("two"))
    assert mira.refresh()
    assert mira.is_saved
    assert sorted(on_disk(path).findings) == ["one", "two"]


def test_a_file_that_is_gone_is_reported_and_written_again(path: Path) -> None:
    mine = session(path)
    mine.apply("add", adding("one"))
    path.unlink()
    assert not mine.refresh()
    assert mine.problem == "The findings file is gone; the review is still here, and the next change writes it again"
    assert not mine.is_saved
    assert mine.retry()
    assert on_disk(path) == mine.review


def test_observers_are_told_after_every_change_until_they_leave(path: Path) -> None:
    mine = session(path)
    seen: list[tuple[int, bool]] = []
    leave = mine.subscribe(lambda: seen.append((len(mine.review.findings), mine.is_saved)))
    mine.apply("add", adding("one"))
    mine.undo()
    mine.redo()
    session(path, "joe").apply("add", adding("two"))
    mine.refresh()
    mine.refresh()
    path.unlink()
    mine.refresh()
    mine.retry()
    assert seen == [(1, True), (0, True), (1, True), (2, True), (2, False), (2, True)]
    leave()
    leave()
    mine.undo()
    assert len(seen) == 6


def test_many_random_steps_of_two_sessions_end_in_one_review(path: Path) -> None:
    import random

    chance = random.Random(5)
    sessions = [session(path), session(path, "joe")]
    expected: set[str] = set()
    for number in range(120):
        who = chance.choice(sessions)
        step = chance.random()
        if step < 0.6:
            who.apply(f"add f{number}", adding(f"f{number}"))
            expected.add(f"f{number}")
        elif step < 0.8 and (label := who.undo()):
            expected.discard(label.split()[1])
        elif label := who.redo():
            expected.add(label.split()[1])
        assert set(on_disk(path).findings) == expected
    for one in sessions:
        one.refresh()
        assert one.review == on_disk(path)
