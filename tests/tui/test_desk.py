"""The desk: orders, counts and badges, without a screen."""

from dataclasses import replace
from datetime import UTC, datetime

from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.hit import BlindSpot, Fingerprint, Hit
from reviewtui.model.mark import Mark
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.tui.desk import Badge, Desk, FileFacts
from reviewtui.tui.file_tree import FileTree
from reviewtui.tui.spots import neighbour

AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
A, B, TOP = RepoPath("pkg/a.py"), RepoPath("pkg/sub/b.py"), RepoPath("top.py")


def hit(path: RepoPath, line: int, severity: Severity = Severity.MEDIUM, mark: str = "") -> Hit:
    """A hit with a fingerprint of its own."""
    return Hit(
        tool="bandit",
        rule="B608",
        name="sql",
        message="SQL",
        severity=severity,
        confidence="high",
        cwe=(89,),
        path=path,
        span=LineSpan(line, line),
        line=line,
        fingerprint=Fingerprint(f"{path}:{line}{mark}"),
    )


def desk_with(*hits: Hit, blind: RepoPath | None = None) -> Desk:
    """A desk with three files and these hits."""
    desk = Desk()
    desk.set_tree(FileTree.of([TOP, B, A]))
    facts = {
        path: FileFacts(tuple(h for h in hits if h.path == path), (), "", 10, f"blob-{path}") for path in (A, B, TOP)
    }
    if blind:
        facts[blind] = replace(facts[blind], blind="syntax error")
    desk.take(facts)
    return desk


def decided(found: Hit) -> Verdict:
    """A false positive."""
    return Verdict(
        found.fingerprint, "bandit", "B608", State.FALSE_POSITIVE, "no", "me", AT, Place(found.path, found.span)
    )


def test_hits_stand_in_the_order_of_the_tree() -> None:
    hits = [hit(TOP, 1), hit(A, 9), hit(A, 2), hit(B, 5)]
    assert [(h.path, h.line) for h in desk_with(*hits).hits] == [(B, 5), (A, 2), (A, 9), (TOP, 1)]


def test_a_badge_counts_what_is_undecided_with_the_worst_severity() -> None:
    low, high = hit(A, 1, Severity.LOW), hit(A, 2, Severity.HIGH)
    desk = desk_with(low, high)
    assert desk.badge(A) == Badge(hits=2, worst=Severity.HIGH, worst_hits=1)
    desk.set_review(Review().with_verdict(decided(high)))
    assert desk.badge(A) == Badge(hits=1, worst=Severity.LOW, worst_hits=1)
    assert desk.badge("pkg") == Badge(hits=1, worst=Severity.LOW, worst_hits=1)


def test_a_file_that_was_not_scanned_marks_its_folders() -> None:
    desk = desk_with(blind=B)
    assert desk.badge("pkg/sub") == Badge(blind=True)
    assert desk.blind_spots == (BlindSpot("bandit", B, "syntax error"),)


def test_a_mark_of_other_bytes_does_not_count() -> None:
    desk = desk_with()
    good = Mark(A, "me", AT, (LineSpan(1, 10),), 10, "blob-pkg/a.py")
    old = Mark(TOP, "me", AT, (LineSpan(1, 10),), 10, "another blob")
    part = Mark(B, "me", AT, (LineSpan(1, 3),), 10, f"blob-{B}")
    desk.set_review(Review().with_mark(good).with_mark(old).with_mark(part))
    assert desk.reviewed == {A}
    assert desk.badge("pkg").reviewed is False


def test_a_folder_is_reviewed_when_every_file_in_it_is() -> None:
    desk = desk_with()
    review = Review()
    for path in (A, B):
        review = review.with_mark(Mark(path, "me", AT, (LineSpan(1, 10),), 10, f"blob-{path}"))
    desk.set_review(review)
    assert desk.badge("pkg").reviewed is True


def test_findings_stand_in_the_order_of_the_tree_and_one_on_a_lost_file_comes_last() -> None:
    def finding(name: str, path: str) -> Finding:
        return Finding(FindingId(name), name, "me", AT, AT, places=(Place(RepoPath(path), LineSpan(1, 1)),))

    desk = desk_with()
    review = Review()
    for name, path in (("one", "gone.py"), ("two", "top.py"), ("three", "pkg/a.py")):
        review = review.with_finding(finding(name, path))
    desk.set_review(review)
    assert [f.id for f, _ in desk.findings()] == ["three", "two", "one"]


def test_the_neighbour_wraps_round() -> None:
    spots = [(0, 3), (0, 9), (2, 1)]
    assert neighbour(spots, (0, 3), True) == (1, False)
    assert neighbour(spots, (2, 1), True) == (0, True)
    assert neighbour(spots, (0, 3), False) == (2, True)
    assert neighbour(spots, (1, 0), False) == (1, False)
    assert neighbour([], (0, 0), True) is None


def test_our_own_file_is_not_to_be_reviewed() -> None:
    desk = Desk()
    desk.own_file = RepoPath(".reviewtui/findings.toml")
    desk.set_tree(FileTree.of([RepoPath("a.py"), RepoPath("b.py")], {}))
    assert desk.to_review == 2
    desk.set_tree(FileTree.of([RepoPath(".reviewtui/findings.toml"), RepoPath("a.py"), RepoPath("b.py")], {}))
    assert desk.to_review == 2
