"""Trails: steps in order, and what becomes of them when two programs collect at the same time."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewtui.errors import InvalidReviewError
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.reading import Position, Reading, Scene, brought_together
from reviewtui.model.trail import MAX_STEPS, Role, Step, Trail, merged, to_finding
from reviewtui.text.titles import suggested_title

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def step(name: str, role: str = Role.PASSES, note: str = "") -> Step:
    return Step(name, Place(RepoPath(f"{name}.py"), LineSpan(1, 1), role, note))


def trail(*names: str) -> Trail:
    return Trail("t", "login", AT, tuple(step(name) for name in names))


def order(found: Trail) -> str:
    return "".join(s.id for s in found.steps)


def test_steps_are_added_changed_moved_and_dropped() -> None:
    found = trail("a", "b", "c")
    assert order(found.with_step(step("d"))) == "abcd"
    assert found.with_step(step("b", Role.SINK)).steps[1].role == "sink"
    assert [order(found.with_moved("c", by)) for by in (-1, -9, 1)] == ["acb", "cab", "abc"]
    assert order(found.with_moved("x", 1)) == "abc"
    assert order(found.without_step("b")) == "ac"
    assert order(found.reversed()) == "cba"


def test_a_step_too_many_is_refused_and_none_is_dropped() -> None:
    full = Trail("t", "long", AT, tuple(step(f"s{n}") for n in range(MAX_STEPS)))
    with pytest.raises(InvalidReviewError, match="at most 200"):
        full.with_step(step("more"))
    assert full.with_step(step("s0", Role.SINK)).steps[0].role == "sink"


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ("abcd", "abce", "abcde"),
        ("ab", "abce", "abe"),
        ("abc", "ac", "ac"),
        ("abc", "cab", "cab"),
        ("cba", "abc", "cba"),
        ("", "abcd", "d"),
    ],
)
def test_two_programs_collect_in_one_trail_and_nothing_new_is_lost(ours: str, theirs: str, both: str) -> None:
    assert order(merged(trail(*"abc"), trail(*ours), trail(*theirs))) == both


def test_a_step_that_one_dropped_and_the_other_changed_stays() -> None:
    base = trail("a", "b")
    changed = base.with_step(step("b", Role.SINK, "here"))
    for ours, theirs in ((base.without_step("b"), changed), (changed, base.without_step("b"))):
        assert merged(base, ours, theirs).step("b") == step("b", Role.SINK, "here")


def test_a_name_and_a_finding_of_the_other_program_are_taken_over() -> None:
    base = trail("a")
    theirs = replace(base, name="search", finding="k3v9x0ab")
    assert merged(base, base.with_step(step("b")), theirs) == replace(theirs, steps=(step("a"), step("b")))
    assert merged(base, replace(base, name="mine"), theirs).name == "mine"


def test_readings_are_brought_together_by_trail_and_by_letter() -> None:
    kept = Place(RepoPath("a.py"), LineSpan(1, 1))
    other = Place(RepoPath("b.py"), LineSpan(2, 2))
    base = Reading({"t": trail("a"), "old": replace(trail("x"), id="old")}, "t", {"a": kept, "b": kept, "c": kept})
    ours = replace(
        base.with_trail(replace(trail("m"), id="mine")).without_trail("old").without_mark("c").with_mark("a", other),
        scene=Scene(Position(RepoPath("a.py"), 7)),
    )
    theirs = base.with_trail(replace(trail("n"), id="theirs")).with_mark("b", other).with_mark("d", other)
    both = brought_together(base, ours, theirs)
    assert set(both.trails) == {"t", "mine", "theirs"}
    assert both.trail == "mine"
    assert both.marks == {"a": other, "b": other, "d": other}
    assert both.scene == ours.scene


def test_the_current_trail_is_the_one_begun_last_when_it_is_dropped() -> None:
    reading = Reading().with_trail(trail("a")).with_trail(replace(trail("b"), id="u"))
    assert (reading.without_trail("u").trail, reading.without_trail("t").trail) == ("t", "u")
    assert reading.without_trail("u").without_trail("t").current is None


def place(text: str, role: str, symbol: str = "", line: int = 3) -> Place:
    found = Place(RepoPath("shop/views.py"), LineSpan(line, line), role)
    return replace(found, anchor=replace(found.anchor, text=text, symbol=symbol))


@pytest.mark.parametrize(
    ("source", "sink", "title"),
    [
        (
            'name = request.args.get("q")',
            '    return db.execute("SELECT " + name)',
            "request.args in login reaches db.execute in find",
        ),
        ("def view(request, name):", "os.system(name)", "an argument in login reaches os.system in find"),
        ("x = input()", "if eval(x):", "input in login reaches eval in find"),
        ("", "}", "login reaches find"),
        ('x = request.form["q"]', "get_db().execute(x)", "request.form in login reaches execute in find"),
    ],
)
def test_a_title_names_the_ends_of_the_trail(source: str, sink: str, title: str) -> None:
    places = (place(source, Role.SOURCE, "login"), place("x", Role.PASSES), place(sink, Role.SINK, "find"))
    assert suggested_title(places).replace(":3", "") == title


def test_a_title_finds_the_call_that_the_lines_are_an_argument_of() -> None:
    sink = place('"SELECT " + name', Role.SINK, "find")
    sink = replace(sink, anchor=replace(sink.anchor, before="x = 1\nuser = get_db().execute("))
    assert suggested_title([sink]) == "Unchecked value reaches execute in find"


def test_a_title_of_half_a_trail_says_which_half_there_is() -> None:
    assert suggested_title([place("eval(x)", Role.SINK)]) == "Unchecked value reaches eval in views.py"
    assert suggested_title([place("request.args", Role.SOURCE)]) == "request.args in views.py: unchecked value"
    assert suggested_title([place("x", Role.PASSES)]) == ""


def test_a_line_without_end_costs_no_time() -> None:
    for text in ("a." * 1_000_000, "a" * 1_000_000, "(" * 1_000_000):
        assert len(suggested_title([place(text, Role.SINK)])) < 120


def test_a_finding_has_the_places_in_their_order() -> None:
    steps = trail("a", "b")
    finding = to_finding(steps, [s.place for s in steps.steps], "Title", "rita", AT)
    assert finding.places == (step("a").place, step("b").place)
    assert (finding.title, finding.history[0].reason) == ("Title", "from the trail 'login'")
