"""A hit with the same code as a decided one never silently gets its decision, and nobody decides on the wrong one."""

from pathlib import Path

from reviewtui.model.state import State
from tests.standing.conftest import SHOP, TWINS
from tests.standing.world import World


def test_a_twin_that_is_written_above_does_not_get_the_decision(pair: World) -> None:
    pair.write(
        {"a.py": f"def zero(x):\n    print_it_first(x)\n    eval(order.text)\n    print_it_last(x)\n\n\n{TWINS}"}
    )
    pair.scan()
    assert pair.table == [
        ("a.py", 3, "B307", "none", ""),
        ("a.py", 9, "B307", "moved", "the first"),
        ("a.py", 15, "B307", "none", ""),
    ]


def test_a_twin_that_is_written_above_the_only_one_does_not_get_the_decision(shop: World) -> None:
    shop.edit("a.py", "def orders", "def new(name):\n    found = eval(name)\n    return found\n\n\ndef orders")
    shop.scan()
    assert shop.table == [
        ("a.py", 6, "B307", "none", ""),
        ("a.py", 13, "B307", "exact", "on a.py:8"),
        ("a.py", 19, "B105", "exact", "on a.py:14"),
        ("a.py", 20, "B307", "moved", "on a.py:15"),
    ]


def test_a_twin_does_not_inherit_from_the_one_that_was_deleted(pair: World) -> None:
    pair.write({"a.py": TWINS.split("\n\n\n")[1]})
    pair.scan()
    assert pair.table == [("a.py", 3, "B307", "stale", "the first")]
    assert pair.known.is_open(pair.hits[0])


def test_a_decided_twin_stays_decided_when_the_other_is_deleted(tmp_path: Path) -> None:
    world = World.of(tmp_path / "x", {"a.py": TWINS})
    world.decide("a.py", 9, "the second")
    world.write({"a.py": TWINS.split("\n\n\n")[1]})
    world.scan()
    assert world.table == [("a.py", 3, "B307", "moved", "the second")]


def test_twins_that_change_places_take_their_decisions_along(pair: World) -> None:
    first, second = TWINS.split("\n\n\n")
    pair.write({"a.py": f"{second}\n\n{first}\n"})
    pair.scan()
    assert pair.table == [("a.py", 3, "B307", "none", ""), ("a.py", 9, "B307", "moved", "the first")]
    pair.decide("a.py", 3, "the second")
    pair.scan()
    assert pair.table == [("a.py", 3, "B307", "exact", "the second"), ("a.py", 9, "B307", "exact", "the first")]


def test_of_a_doubled_line_one_is_open(shop: World) -> None:
    line = "    total = eval(user.formula)\n"
    shop.edit("a.py", line, line + line)
    shop.scan()
    assert shop.table == [
        ("a.py", 8, "B307", "exact", "on a.py:8"),
        ("a.py", 9, "B307", "none", ""),
        ("a.py", 15, "B105", "exact", "on a.py:14"),
        ("a.py", 16, "B307", "exact", "on a.py:15"),
    ]


def test_a_block_that_stands_twice_now_is_asked_for_again(tmp_path: Path) -> None:
    block = "check_before_use(x)\neval(x)\ncheck_after_use(x)\n"
    world = World.of(tmp_path / "x", {"a.py": block})
    world.decide("a.py", 2, "fine")
    world.write({"a.py": block + "\n" * 9 + block})
    world.scan()
    assert world.table == [("a.py", 2, "B307", "stale", "fine"), ("a.py", 14, "B307", "none", "")]


def test_a_function_that_is_copied_within_its_file_leaves_the_decision_where_it_was(shop: World) -> None:
    copied = SHOP.split("\n\n\n")[2].replace("def users", "def people")
    for content, where in (
        (f"{SHOP}\n\n{copied}", (15, 22)),
        (SHOP.replace("def users", f"{copied}\n\ndef users"), (22, 15)),
    ):
        shop.write({"a.py": content})
        shop.scan()
        there = {row[1]: row[3:] for row in shop.table if row[2] == "B307"}
        assert there[where[0]] in (("exact", "on a.py:15"), ("moved", "on a.py:15"))
        assert there[where[1]] == ("none", "")


def test_twins_that_were_all_decided_alike_stay_decided_when_one_goes(tmp_path: Path) -> None:
    text = "def f(x):\n" + "    assert x\n" * 5
    world = World.of(tmp_path / "x", {"a.py": text})
    for line in range(2, 7):
        world.decide("a.py", line, "a test")
    world.write({"a.py": text.removesuffix("    assert x\n")})
    world.scan()
    assert ([world.known.is_open(hit) for hit in world.hits], world.gone) == ([False] * 4, ["a test"])
    world.write({"a.py": f"{text}    assert x\n"})
    world.scan()
    assert sum(world.known.is_open(hit) for hit in world.hits) >= 1


# Deciding again


def test_confirming_a_stale_decision_keeps_its_history_and_leaves_one_entry(shop: World) -> None:
    (old,) = [v for v in shop.review.verdicts.values() if v.reason == "on a.py:8"]
    shop.edit("a.py", "eval(user.formula)", "eval(user.formula, {})")
    shop.scan()
    shop.decide("a.py", 8, "on a.py:8", by="Joe")
    assert old.fingerprint not in shop.review.verdicts
    assert len(shop.review.verdicts) == 3
    new = shop.review.verdicts[shop.hit("a.py", 8).fingerprint]
    assert (new.by, new.state, new.reason) == ("Joe", State.FALSE_POSITIVE, "on a.py:8")
    assert [(e.by, e.field, e.old, e.new, e.reason) for e in new.history] == [
        ("Rita", "state", "", "false_positive", "on a.py:8"),
        ("Joe", "place", "a.py:8", "a.py:8", "confirmed on changed code"),
    ]
    shop.scan()
    assert {row[3] for row in shop.table} == {"exact"}


def test_reopening_a_stale_decision_leaves_an_open_hit_with_its_history(shop: World) -> None:
    shop.edit("a.py", "eval(user.formula)", "eval(user.formula, {})")
    shop.scan()
    shop.decide("a.py", 8, "", State.OPEN, by="Joe")
    shop.scan()
    assert [shop.known.is_open(hit) for hit in shop.hits] == [True, False, False]
    (new,) = [v for v in shop.review.verdicts.values() if v.state is State.OPEN]
    assert [(e.by, e.field, e.new, e.reason) for e in new.history] == [
        ("Rita", "state", "false_positive", "on a.py:8"),
        ("Joe", "place", "a.py:8", "decided again on changed code"),
    ]
    assert len(shop.review.verdicts) == 3


def test_deciding_on_a_twin_above_moves_the_decision_that_stood_under_its_fingerprint(pair: World) -> None:
    pair.write(
        {"a.py": f"def zero(x):\n    print_it_first(x)\n    eval(order.text)\n    print_it_last(x)\n\n\n{TWINS}"}
    )
    pair.scan()
    pair.decide("a.py", 3, "the new one", by="Joe")
    pair.scan()
    assert pair.table == [
        ("a.py", 3, "B307", "exact", "the new one"),
        ("a.py", 9, "B307", "exact", "the first"),
        ("a.py", 15, "B307", "none", ""),
    ]
    assert len(pair.review.verdicts) == 2
    moved = pair.review.verdicts[pair.hit("a.py", 9).fingerprint]
    assert (moved.by, str(moved.place)) == ("Rita", "a.py:9")
    assert pair.review.verdicts[pair.hit("a.py", 3).fingerprint].history == ()
