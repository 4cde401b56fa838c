"""Places that follow their code through what happens to it, and get lost rather than go astray."""

import time
from dataclasses import replace
from typing import Final

import pytest

from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.place import Anchor, LineSpan, Place, RepoPath
from reviewtui.relocate.relocation import LONGEST_SOUGHT, Relocator
from tests.relocate.texts import COMMIT, Texts

ORDERS: Final = """\
import sqlite3

from shop.money import total


def find_order(connection, number):
    query = f"SELECT * FROM orders WHERE number = '{number}'"
    rows = connection.execute(query).fetchall()
    if not rows:
        return None
    return rows[0]


def cancel_order(connection, number):
    order = find_order(connection, number)
    if order is None:
        raise LookupError(number)
    connection.execute("DELETE FROM orders WHERE number = ?", (number,))
    return total(order)


def list_orders(connection, customer):
    statement = "SELECT number FROM orders WHERE customer = ?"
    return [row[0] for row in connection.execute(statement, (customer,))]
"""
QUERY: Final = ORDERS[ORDERS.index("    query") : ORDERS.index("    if not rows")]
FUNCTION: Final = ORDERS[ORDERS.index("def find_order") : ORDERS.index("\n\ndef cancel")]
OTHER: Final = "".join(f"SETTING_{number} = os.environ['SHOP_{number}']\n" for number in range(30))


def find(texts: Texts, place: Place) -> Located:
    return Relocator(texts).find(place)


def now(text: str, **others: str) -> dict[str, str]:
    return {"orders.py": text} | {f"{name}.py": other for name, other in others.items()}


@pytest.fixture(params=[True, False], ids=["with the old text", "from the anchor alone"])
def has_past(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def seven(text: str, has_past: bool, **others: str) -> Located:
    """Where the lines 7 and 8 are, the query and its execution."""
    texts = Texts(now(ORDERS, settings=OTHER), now(text, settings=OTHER, **others), has_past=has_past)
    return find(texts, texts.place("orders.py", 7, 8))


def test_nothing_is_read_where_the_file_is_the_same(has_past: bool) -> None:
    texts = Texts(now(ORDERS), now(ORDERS), has_past=has_past)
    found = find(texts, texts.place("orders.py", 7, 8))
    assert found == Located(LineSpan(7, 8), PlaceState.EXACT, reason="the file is the same")
    assert texts.asked == []


def test_a_span_past_the_end_is_lost_even_in_the_same_file() -> None:
    texts = Texts(now(ORDERS), now(ORDERS))
    far = texts.place("orders.py", 7, 8).at(LineSpan(7, 1_000_000_000))
    assert find(texts, far) == Located(None, PlaceState.LOST, reason="the file never had these lines")


def test_lines_that_stayed_are_exact(has_past: bool) -> None:
    assert seven(ORDERS + "# The end.\n", has_past).state is PlaceState.EXACT
    assert seven(ORDERS + "# The end.\n", has_past).span == LineSpan(7, 8)


def test_lines_above_shift_a_place(has_past: bool) -> None:
    found = seven("# Orders of the shop.\n# Read by everybody.\n" + ORDERS, has_past)
    assert (found.span, found.state, found.path) == (LineSpan(9, 10), PlaceState.MOVED, None)
    if has_past:
        assert found == Located(LineSpan(9, 10), PlaceState.MOVED, None, 1.0, "by the lines around it")


def test_a_block_that_was_indented_is_followed(has_past: bool) -> None:
    indented = "".join(f"    {line}\n" if line else "\n" for line in FUNCTION.splitlines())
    found = seven(ORDERS.replace(FUNCTION, f"class Orders:\n{indented}"), has_past)
    assert (found.span, found.state) == (LineSpan(8, 9), PlaceState.MOVED)
    assert found.reason.endswith("indented otherwise")


def test_a_line_that_left_its_block_was_edited(has_past: bool) -> None:
    """It is the same text, and other code: what only ran in a branch runs always."""
    found = seven(ORDERS.replace("    rows = conn", "rows = conn"), has_past)
    assert (found.span, found.state) == (LineSpan(7, 8), PlaceState.EDITED)


def test_an_edit_inside_is_edited(has_past: bool) -> None:
    found = seven("# New.\n" + ORDERS.replace("connection.execute(query)", "connection.run(query, {})"), has_past)
    assert (found.span, found.state) == (LineSpan(8, 9), PlaceState.EDITED)
    assert 0.4 < found.confidence < 1.0


def test_a_line_that_came_in_between_belongs_to_the_place(has_past: bool) -> None:
    found = seven(ORDERS.replace(QUERY, QUERY.replace("    rows", "    log(query)\n    rows")), has_past)
    assert (found.span, found.state) == (LineSpan(7, 9), PlaceState.EDITED)


def test_a_block_that_moved_within_its_file_is_found(has_past: bool) -> None:
    text = ORDERS.replace(FUNCTION + "\n\n", "") + "\n\n" + FUNCTION
    found = seven(text, has_past)
    start = text[: text.index(QUERY)].count("\n") + 1
    assert (found.span, found.state, found.path) == (LineSpan(start, start + 1), PlaceState.MOVED, None)
    assert found.reason == "the block was moved"


def test_a_block_that_went_to_another_file_is_found_there(has_past: bool) -> None:
    found = seven(ORDERS.replace(FUNCTION, ""), has_past, queries="import sqlite3\n\n\n" + FUNCTION)
    assert (found.span, found.state, found.path) == (LineSpan(5, 6), PlaceState.MOVED, RepoPath("queries.py"))
    assert found.reason == "the block went to another file"


def test_a_file_that_was_split_is_found_in_its_part(has_past: bool) -> None:
    """The old path is still there, with next to nothing in it."""
    found = seven("from shop.queries import *\n", has_past, queries=ORDERS, tail=OTHER)
    assert (found.span, found.state, found.path) == (LineSpan(7, 8), PlaceState.MOVED, RepoPath("queries.py"))


def test_a_renamed_file_takes_its_places_along() -> None:
    texts = Texts(now(ORDERS), {"shop/orders.py": "# Shop.\n" + ORDERS}, {"orders.py": "shop/orders.py"})
    place = texts.place("orders.py", 7, 8)
    reason = "with the file, which was renamed"
    path = RepoPath("shop/orders.py")
    assert find(texts, place) == Located(LineSpan(8, 9), PlaceState.MOVED, path, 1.0, reason)
    assert find(texts, place).of(place) == replace(place, path=path, span=LineSpan(8, 9))
    whole = replace(place, span=None)
    assert find(texts, whole) == Located(None, PlaceState.MOVED, path, 0.9, "the file was renamed")
    assert find(texts, whole).of(whole) == replace(whole, path=path)


def test_without_git_a_renamed_file_is_found_by_its_lines() -> None:
    texts = Texts(now(ORDERS), {"shop/orders.py": "# Shop.\n" + ORDERS}, has_past=False)
    found = find(texts, texts.place("orders.py", 7, 8))
    assert (found.span, found.state, found.path) == (LineSpan(8, 9), PlaceState.MOVED, RepoPath("shop/orders.py"))


def test_deleted_lines_are_lost(has_past: bool) -> None:
    found = seven(ORDERS.replace(FUNCTION, ""), has_past)
    assert found == Located(None, PlaceState.LOST, None, 0.9, "its lines are nowhere any more")


def test_a_deleted_file_is_lost(has_past: bool) -> None:
    texts = Texts(now(ORDERS), {"settings.py": OTHER}, has_past=has_past)
    place = texts.place("orders.py", 7, 8)
    gone = "the file is gone, and its lines are nowhere else"
    assert find(texts, place) == Located(None, PlaceState.LOST, None, 0.9, gone)
    assert find(texts, place).of(place) == place
    assert find(texts, replace(place, span=None)) == Located(None, PlaceState.LOST, None, 1.0, "the file is gone")


def test_a_whole_file_is_where_it_was() -> None:
    texts = Texts(now(ORDERS), now(OTHER))
    place = replace(texts.place("orders.py", 7, 8), span=None)
    assert find(texts, place) == Located(None, PlaceState.EXACT, reason="the file is there")


def check(name: str) -> str:
    return f"""
def check_{name}(request):
    if not request.user.is_admin:
        raise PermissionError("only for administrators")
    return delete_{name}(request.args["id"])
"""


CHECKS: Final = "".join(check(name) for name in ("order", "customer", "invoice", "parcel"))


def test_of_blocks_that_look_alike_the_right_one_is_followed(has_past: bool) -> None:
    texts = Texts({"a.py": CHECKS}, {"a.py": check("voucher") + CHECKS}, has_past=has_past)
    found = find(texts, texts.place("a.py", 8, 9))
    assert (found.span, found.state) == (LineSpan(13, 14), PlaceState.MOVED)


def test_the_place_of_a_deleted_block_does_not_go_to_its_twin(has_past: bool) -> None:
    without = CHECKS.replace(check("customer"), "")
    texts = Texts({"a.py": CHECKS}, {"a.py": without}, has_past=has_past)
    found = find(texts, texts.place("a.py", 8, 9))
    assert (found.span, found.state) == (None, PlaceState.LOST)


def test_a_block_that_stands_twice_elsewhere_is_lost_and_one_of_them_named(has_past: bool) -> None:
    found = seven(ORDERS.replace(FUNCTION, ""), has_past, one=FUNCTION, two=FUNCTION)
    other = (RepoPath("one.py"), LineSpan(2, 3))
    assert found == Located(None, PlaceState.LOST, None, 0.5, "two places look like it", other)


def test_a_short_line_is_no_proof(has_past: bool) -> None:
    texts = Texts(now(ORDERS), now("", other="import sqlite3\n\nx = 1\n    return None\n"), has_past=has_past)
    found = find(texts, texts.place("orders.py", 10, 10))
    assert (found.span, found.state) == (None, PlaceState.LOST)


def test_lines_that_another_file_had_before_are_not_taken_for_moved_ones() -> None:
    texts = Texts(now(ORDERS, copy=FUNCTION), now(ORDERS.replace(FUNCTION, ""), copy=FUNCTION + "# changed\n"))
    found = find(texts, texts.place("orders.py", 7, 8))
    assert (found.span, found.state) == (None, PlaceState.LOST)


def test_what_was_recorded_from_uncommitted_lines_is_found_in_the_committed_ones_first() -> None:
    """The anchor is of a text that git never had; the commit has the lines elsewhere."""
    texts = Texts(now(ORDERS), now(ORDERS.replace("def find_order", "# Finds.\n\n\ndef find_order")))
    edited = Texts(now("# Not committed.\n" * 5 + ORDERS), {})
    found = find(texts, edited.place("orders.py", 12, 13))
    assert (found.span, found.state) == (LineSpan(10, 11), PlaceState.MOVED)


def test_numbers_that_do_not_fit_the_recorded_text_do_not_count() -> None:
    texts = Texts(now(ORDERS), now("# New.\n" + ORDERS))
    place = texts.place("orders.py", 7, 8).at(LineSpan(16, 17))
    found = find(texts, place)
    assert (found.span, found.state) == (LineSpan(8, 9), PlaceState.MOVED)


def test_a_place_written_by_hand_is_shown_on_its_lines_as_edited() -> None:
    texts = Texts({}, now(ORDERS))
    by_hand = Place(RepoPath("orders.py"), LineSpan(7, 8), anchor=Anchor(commit=COMMIT))
    reason = "it was recorded without its text"
    assert find(texts, by_hand) == Located(LineSpan(7, 8), PlaceState.EDITED, None, 0.0, reason)
    assert find(texts, by_hand.at(LineSpan(70, 80))).state is PlaceState.LOST
    elsewhere = replace(by_hand, path=RepoPath("none.py"))
    reason = "it was recorded without its text, and the file is another one now"
    texts = Texts({}, {})
    assert find(texts, elsewhere) == Located(None, PlaceState.LOST, reason=reason)


def test_a_commit_alone_is_enough_where_git_has_it() -> None:
    texts = Texts(now(ORDERS), now("# New.\n" + ORDERS))
    by_hand = Place(RepoPath("orders.py"), LineSpan(7, 8), anchor=Anchor(commit=COMMIT))
    assert find(texts, by_hand) == Located(LineSpan(8, 9), PlaceState.MOVED, None, 1.0, "by the lines around it")


def test_a_long_place_is_found_by_its_first_and_last_lines() -> None:
    texts = Texts({"a.py": OTHER * 2}, {"a.py": "# New.\n" + OTHER * 2}, has_past=False)
    found = find(texts, texts.place("a.py", 5, 50))
    assert found == Located(LineSpan(6, 51), PlaceState.MOVED, None, 0.8, "its first and last lines")
    texts = Texts({"a.py": OTHER * 2}, {"a.py": "# New.\n" + OTHER}, has_past=False)
    reason = "its first and last lines are nowhere any more"
    assert find(texts, texts.place("a.py", 5, 50)) == Located(None, PlaceState.LOST, None, 0.9, reason)


# Sizes that somebody chose to make this slow. The limits are wide: each takes a small part of them.

PATIENCE: Final = 20.0


def within_patience(began: float) -> bool:
    return time.perf_counter() - began < PATIENCE


def test_a_hundred_thousand_equal_lines(has_past: bool) -> None:
    many = "    pass  # nothing at all to see here\n" * 100_000
    texts = Texts({"a.py": many + QUERY}, {"a.py": "# New.\n" + many[40:] + QUERY + many}, has_past=has_past)
    began = time.perf_counter()
    found = find(texts, texts.place("a.py", 50_000, 50_002))
    assert found.state is PlaceState.LOST or found.span in (LineSpan(50_000, 50_002), LineSpan(50_001, 50_003))
    assert find(texts, texts.place("a.py", 100_001, 100_002)).span == LineSpan(100_001, 100_002)
    assert within_patience(began)


def test_a_line_of_ten_megabytes(has_past: bool) -> None:
    long = "x = '" + "ab" * 5_000_000 + "'\n"
    texts = Texts(
        {"a.py": ORDERS + long}, {"a.py": "# New.\n" + ORDERS + long.replace("ba", "b", 1)}, has_past=has_past
    )
    began = time.perf_counter()
    found = find(texts, texts.place("a.py", 25, 25))
    assert (found.span, found.state) in (((LineSpan(26, 26)), PlaceState.EDITED), (None, PlaceState.LOST))
    assert within_patience(began)


def test_lines_made_to_be_compared_slowly() -> None:
    old = "".join("ab" * 150 + f" {'ba' * number}\n" for number in range(75))
    new = "".join("ba" * 150 + f" {'ab' * number}\n" for number in range(75))
    texts = Texts({"a.py": old}, {"a.py": new})
    began = time.perf_counter()
    find(texts, texts.place("a.py", 1, 75))
    assert within_patience(began)


def test_ten_thousand_places_in_one_file(has_past: bool) -> None:
    old = "".join(f"    value_{number} = compute({number})\n" for number in range(20_000))
    texts = Texts({"a.py": old}, {"a.py": "# New.\n" + old}, has_past=has_past)
    lines = old.splitlines()
    template = texts.place("a.py", 1, 1)
    began = time.perf_counter()
    relocator = Relocator(OnceSplit(texts))
    for start in range(1, 20_001, 2):
        around = Anchor(
            COMMIT,
            template.anchor.blob,
            text=lines[start - 1],
            before="\n".join(lines[max(0, start - 4) : start - 1]),
            after="\n".join(lines[start : start + 3]),
        )
        found = relocator.find(replace(template, span=LineSpan(start, start), anchor=around))
        assert found.span == LineSpan(start + 1, start + 1)
    assert within_patience(began)


def test_a_place_on_a_whole_large_file_is_not_looked_for_elsewhere() -> None:
    old = "".join(f"    value_{number} = compute({number})\n" for number in range(LONGEST_SOUGHT + 1))
    texts = Texts({"a.py": old}, {"b.py": old})
    found = find(texts, texts.place("a.py", 1, LONGEST_SOUGHT + 1))
    assert found.state is PlaceState.LOST
    assert find(texts, texts.place("a.py", 1, LONGEST_SOUGHT)).path == "b.py"


def test_who_is_told_to_stop_reads_no_more() -> None:
    texts = Texts(now(ORDERS), now("", queries=FUNCTION))
    assert Relocator(texts).find(texts.place("orders.py", 7, 8)).path == "queries.py"
    assert "queries.py" in texts.asked
    texts.asked.clear()
    assert Relocator(texts, lambda: True).find(texts.place("orders.py", 7, 8)).state is PlaceState.LOST
    assert "queries.py" not in texts.asked


class OnceSplit(Texts):
    """The same, each text taken apart once."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts.then, texts.now, texts.renames, texts.has_past)
        self._olds = {path: text.splitlines() for path, text in texts.then.items()}
        self._news = {path: text.splitlines() for path, text in texts.now.items()}
        self._blobs = {RepoPath(path): texts.blob(RepoPath(path)) for path in texts.now}

    def old(self, commit: str, path: RepoPath, blob: str) -> list[str] | None:
        del commit, blob
        return self._olds.get(path) if self.has_past else None

    def new(self, path: RepoPath) -> list[str] | None:
        return self._news.get(path)

    def blob(self, path: RepoPath) -> str:
        return self._blobs.get(path, "")
