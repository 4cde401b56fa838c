from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.checklist import Candidate
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.hit import Hit
from reviewtui.model.mark import Mark
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.scan.overlay import MARKED_LINES, LineMark, Overlay, overlay

_PATH: Final = RepoPath("a.py")
_AT: Final = datetime(2024, 1, 1, tzinfo=UTC)
_LINES: Final = tuple(f"line {number}" for number in range(1, 11))


def _hit(line: int, severity: Severity = Severity.LOW, *, span: LineSpan | None = None, path: str = "a.py") -> Hit:
    return Hit("bandit", "B101", "x", "y", severity, "high", (), RepoPath(path), span or LineSpan(line, line), line)


def _finding(name: str, span: LineSpan | None, severity: Severity | None = None, path: str = "a.py") -> Finding:
    place = make_place(RepoPath(path), span, _LINES, blob="old")
    return Finding(FindingId(name), "t", "Ada", _AT, _AT, severity=severity, places=(place,))


def _candidate(line: int, *, suspicious: bool = False) -> Candidate:
    return Candidate("X-01", _PATH, LineSpan(line, line + 1), "c", "", suspicious)


def _mark(*spans: LineSpan, blob: str = "new", topic: str = "all", by: str = "Ada", path: str = "a.py") -> Mark:
    return Mark(RepoPath(path), by, _AT, spans, 10, blob, topic)


def _review(findings: tuple[Finding, ...] = (), marks: tuple[Mark, ...] = ()) -> Review:
    return Review(findings={f.id: f for f in findings}, marks={m.key: m for m in marks})


def test_a_file_of_which_nothing_is_known_has_no_marks() -> None:
    assert overlay(_PATH, _LINES, "new", (), Review()) == Overlay(_PATH, {}, (), ())
    assert overlay(_PATH, (), "", (), Review()) == Overlay(_PATH, {}, (), ())


def test_every_line_holds_what_concerns_it_and_nothing_of_other_files() -> None:
    low, high = _hit(3), _hit(3, Severity.HIGH)
    finding = _finding("f1", LineSpan(2, 3))
    found = overlay(
        _PATH,
        _LINES,
        "new",
        [low, high, _hit(5, path="b.py")],
        _review((finding, _finding("f2", LineSpan(7, 7), path="b.py")), (_mark(LineSpan(3, 4)),)),
        [_candidate(9)],
    )
    assert found.marks == {
        2: LineMark(findings=(finding,)),
        3: LineMark(hits=(high, low), findings=(finding,), reviewed=True),
        4: LineMark(reviewed=True),
        9: LineMark(candidates=(_candidate(9),)),
    }


def test_the_worst_comes_first() -> None:
    findings = _finding("f1", LineSpan(1, 1)), _finding("f2", LineSpan(1, 1), Severity.CRITICAL)
    candidates = _candidate(1), _candidate(1, suspicious=True)
    mark = overlay(_PATH, _LINES, "new", [_hit(1), _hit(1, Severity.MEDIUM)], _review(findings), candidates).marks[1]
    assert [hit.severity for hit in mark.hits] == [Severity.MEDIUM, Severity.LOW]
    assert [finding.id for finding in mark.findings] == ["f2", "f1"]
    assert [candidate.suspicious for candidate in mark.candidates] == [True, False]


def test_findings_are_drawn_where_their_lines_are_now() -> None:
    moved, gone = _finding("f1", LineSpan(5, 6)), _finding("f2", LineSpan(10, 10))
    lines = ("new", *_LINES[:9])
    found = overlay(_PATH, lines, "new", (), _review((moved, gone)))
    assert set(found.marks) == {6, 7}
    assert found.located(moved) == (Located(LineSpan(6, 7), PlaceState.MOVED),)
    assert found.located(gone) == (Located(None, PlaceState.LOST),)
    assert found.lost == ((gone, gone.places[0]),)


def test_a_finding_on_a_whole_file_marks_no_line_and_is_not_lost() -> None:
    finding = _finding("f1", None)
    found = overlay(_PATH, _LINES, "new", (), _review((finding,)))
    assert (found.marks, found.lost) == ({}, ())
    assert found.places == ((finding, finding.places[0], Located(None, PlaceState.EXACT)),)


def test_two_places_of_one_finding_on_a_line_count_once() -> None:
    finding = _finding("f1", LineSpan(2, 3))
    finding = replace(finding, places=(*finding.places, make_place(_PATH, LineSpan(3, 4), _LINES)))
    found = overlay(_PATH, _LINES, "new", (), _review((finding,)))
    assert {line: mark.findings for line, mark in found.marks.items()} == dict.fromkeys((2, 3, 4), (finding,))


def test_lines_were_reviewed_only_as_the_bytes_were_then() -> None:
    marks = (_mark(LineSpan(1, 2), blob="old"), _mark(LineSpan(4, 4), topic="authentication", by="Bo"))
    assert overlay(_PATH, _LINES, "new", (), _review(marks=marks)).marks == {}
    assert set(overlay(_PATH, _LINES, "new", (), _review(marks=marks), topic="authentication").marks) == {4}
    assert set(overlay(_PATH, _LINES, "old", (), _review(marks=marks)).marks) == {1, 2}
    assert overlay(_PATH, _LINES, "", (), _review(marks=(_mark(LineSpan(1, 1), blob=""),))).marks == {}


def test_what_reaches_past_the_end_of_the_file_is_not_drawn_there() -> None:
    review = _review(marks=(_mark(LineSpan(9, 10_000_000_000)),))
    found = overlay(_PATH, _LINES, "new", [_hit(11), _hit(10)], review, [_candidate(10), _candidate(11)])
    assert set(found.marks) == {9, 10}
    assert found.hits == (_hit(10), _hit(11))


def test_a_hit_is_marked_on_the_line_it_names_and_found_on_all_of_its_own() -> None:
    outer, inner, other = _hit(4, span=LineSpan(2, 8)), _hit(6, span=LineSpan(6, 7)), _hit(9)
    found = overlay(_PATH, _LINES, "new", [other, inner, outer], Review())
    assert set(found.marks) == {4, 6, 9}
    assert found.hits_at(6) == (inner, outer)
    assert found.hits_at(4) == (outer,)
    assert found.hits_at(1) == ()


def test_a_finding_on_very_many_lines_is_marked_on_its_first_ones() -> None:
    lines = tuple(map(str, range(20_000)))
    place = make_place(_PATH, LineSpan(10, 20_000), lines, blob="new")
    finding = replace(_finding("f1", None), places=(place,))
    found = overlay(_PATH, lines, "new", (), _review((finding,)))
    assert set(found.marks) == set(range(10, 10 + MARKED_LINES))
    assert found.findings_at(15_000) == (finding,)
    assert found.findings_at(9) == ()


def test_a_place_that_went_to_another_file_is_drawn_there_and_nowhere_else() -> None:
    here, away = _finding("f1", LineSpan(7, 8), path="b.py"), _finding("f2", LineSpan(2, 2))
    there = Located(LineSpan(3, 4), PlaceState.MOVED, _PATH), Located(LineSpan(1, 1), PlaceState.EDITED, RepoPath("b"))
    known = {"f1": there[0], "f2": there[1]}
    found = overlay(
        _PATH, _LINES, "new", (), _review((here, away)), knows=lambda finding, index, path, blob: known[finding.id]
    )
    assert found.marks == dict.fromkeys((3, 4), LineMark(findings=(here,), state=PlaceState.MOVED))
    assert (found.places, found.lost) == (((here, here.places[0], there[0]),), ())


def test_what_nobody_knows_for_these_bytes_is_looked_for_in_this_file_alone() -> None:
    finding, other = _finding("f1", LineSpan(5, 6)), _finding("f2", LineSpan(1, 1), path="b.py")
    asked: list[tuple[str, int, str, str]] = []

    def knows(finding: Finding, index: int, path: RepoPath, blob: str) -> None:
        asked.append((finding.id, index, path, blob))

    found = overlay(_PATH, ("new", *_LINES), "bytes", (), _review((finding, other)), knows=knows)
    assert found.located(finding) == (Located(LineSpan(6, 7), PlaceState.MOVED),)
    assert found.located(other) == ()
    assert asked == [("f1", 0, "a.py", "bytes"), ("f2", 0, "a.py", "bytes")]
    assert {line: mark.state for line, mark in found.marks.items()} == dict.fromkeys((6, 7), PlaceState.MOVED)


def test_the_worst_that_happened_on_a_line_is_told() -> None:
    findings = [_finding(name, LineSpan(2, 2)) for name in ("f1", "f2")]
    states = {"f1": PlaceState.MOVED, "f2": PlaceState.EDITED}
    found = overlay(
        _PATH, _LINES, "new", (), _review((*findings,)), knows=lambda f, *_: Located(LineSpan(2, 2), states[f.id])
    )
    assert found.marks == {2: LineMark(findings=(*findings,), state=PlaceState.EDITED)}
