"""A place is found again where its lines are now, and lost rather than put on the wrong ones."""

from dataclasses import replace

import pytest

from reviewtui.model.anchor import Located, PlaceState, anchor_text, locate, make_place
from reviewtui.model.place import ANCHOR_TEXT_LINES, Anchor, LineSpan, Place, RepoPath

PATH = RepoPath("shop/orders.py")
LINES = (
    "import db",
    "",
    "def lookup(number):",
    "    cursor = db.cursor()",
    "    cursor.execute(query + number)",
    "    return cursor.fetchone()",
    "",
    "def remove(number):",
    "    cursor = db.cursor()",
    "    cursor.execute(removal)",
    "    return None",
)
LOST = Located(None, PlaceState.LOST)


def place(start: int, end: int, lines: tuple[str, ...] = LINES) -> Place:
    return make_place(PATH, LineSpan(start, end), lines, commit="c" * 40, blob="b" * 40)


def exact(start: int, end: int) -> Located:
    return Located(LineSpan(start, end), PlaceState.EXACT)


def moved(start: int, end: int) -> Located:
    return Located(LineSpan(start, end), PlaceState.MOVED)


def test_a_place_holds_what_is_needed_to_find_it_again() -> None:
    made = make_place(
        PATH, LineSpan(4, 5), LINES, commit="c" * 40, blob="b" * 40, symbol="lookup", role="sink", note="n"
    )
    assert made == Place(
        PATH,
        LineSpan(4, 5),
        "sink",
        "n",
        Anchor(
            "c" * 40,
            "b" * 40,
            "lookup",
            "    cursor = db.cursor()\n    cursor.execute(query + number)",
            "import db\n\ndef lookup(number):",
            "    return cursor.fetchone()\n\ndef remove(number):",
        ),
    )


def test_of_equal_lines_the_place_knows_which_it_was() -> None:
    assert (place(4, 4).anchor.occurrence, place(9, 9).anchor.occurrence) == (0, 1)


@pytest.mark.parametrize(("start", "end", "expected"), [(10, 99, (10, 11)), (50, 60, (11, 11)), (11, 11, (11, 11))])
def test_lines_past_the_end_are_cut_to_the_file(start: int, end: int, expected: tuple[int, int]) -> None:
    assert place(start, end).span == LineSpan(*expected)


def test_a_place_in_an_empty_file_is_the_file() -> None:
    assert place(1, 3, ()) == Place(PATH, anchor=Anchor("c" * 40, "b" * 40))


def test_a_whole_file_is_where_it_was() -> None:
    assert locate(make_place(PATH, None, LINES), ("else",)) == Located(None, PlaceState.EXACT)


def test_an_unchanged_file_needs_no_look_at_its_text() -> None:
    assert locate(place(4, 4), LINES, "b" * 40) == exact(4, 4)
    assert locate(replace(place(4, 4), anchor=Anchor(blob="b" * 40)), LINES, "b" * 40) == exact(4, 4)


def test_a_lying_blob_does_not_lead_past_the_end() -> None:
    assert locate(place(10, 11), LINES[:5], "b" * 40) == LOST


def test_the_same_text_on_the_same_lines_is_exact() -> None:
    assert locate(place(5, 6), (*LINES, "", "# more")) == exact(5, 6)


def test_lines_above_move_a_place() -> None:
    assert locate(place(5, 5), ("# one", "# two", *LINES)) == moved(7, 7)
    assert locate(place(4, 6), ("# one", *LINES)) == moved(5, 7)


def test_a_block_that_moved_away_from_its_surroundings_is_found() -> None:
    lines = ("def other():", "    pass", *LINES[7:], "", "def lookup_again(number):", *LINES[3:6])
    assert locate(place(4, 6), lines) == moved(9, 11)


def test_of_equal_lines_the_one_in_the_same_surroundings_is_taken() -> None:
    assert locate(place(4, 4), ("# one", *LINES)) == moved(5, 5)
    assert locate(place(9, 9), ("# one", *LINES)) == moved(10, 10)


def test_of_equal_blocks_in_equal_surroundings_none_is_taken() -> None:
    lines = ("a = 1", "danger()", "b = 2") * 3
    assert locate(make_place(PATH, LineSpan(5, 5), lines), (*lines[:3], "# new", *lines[3:])) == LOST


def test_the_twin_of_a_deleted_line_is_not_taken_for_it() -> None:
    kept = ("def remove(number):", "    return None")
    lines = (
        "def lookup(number):",
        "    if number < 0:",
        "        raise ValueError",
        "    return None",
        "",
        "",
        "",
        *kept,
    )
    recorded = make_place(PATH, LineSpan(4, 4), lines)
    assert locate(recorded, ("class Orders:", *("    # kept",) * 9, *kept)) == LOST


def test_a_single_line_is_found_beside_one_of_its_old_neighbours() -> None:
    lines = ("# new", "# new", "    cursor.execute(query + number)", "# new", "    return cursor.fetchone()")
    assert locate(place(5, 5), lines) == moved(3, 3)


def test_a_single_line_far_from_its_old_neighbours_is_lost() -> None:
    lines = ("def other():", "    log(number)", "    cursor.execute(query + number)", "    commit()")
    assert locate(place(5, 5), lines) == LOST


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("",),
        LINES[:4],
        tuple(line.replace("query", "statement") for line in LINES),
        tuple(f" {line}" for line in LINES),
    ],
)
def test_edited_and_deleted_lines_are_lost(lines: tuple[str, ...]) -> None:
    assert locate(place(5, 5), lines) == LOST


def test_blank_lines_are_no_evidence() -> None:
    assert locate(place(7, 7), ("# one", *LINES)) == LOST


def test_a_place_that_was_written_by_hand_is_shown_to_be_looked_at() -> None:
    by_hand = Place(PATH, LineSpan(5, 6))
    assert locate(by_hand, LINES) == Located(LineSpan(5, 6), PlaceState.EDITED)
    assert locate(by_hand, LINES[:3]) == LOST


def test_of_a_long_place_the_first_and_last_lines_are_kept() -> None:
    lines = tuple(f"line {number}" for number in range(1, 201))
    long = place(11, 110, lines)
    half = ANCHOR_TEXT_LINES // 2
    assert long.anchor.text.split("\n") == [*lines[10 : 10 + half], *lines[110 - half : 110]]
    assert anchor_text(lines, LineSpan(1, ANCHOR_TEXT_LINES)).split("\n") == list(lines[:ANCHOR_TEXT_LINES])
    changed = (*lines[:60], "changed in the middle", *lines[61:])
    assert locate(long, ("# one", *changed)) == moved(12, 111)
    assert locate(long, ("# one", *lines[:60], *lines[61:])) == LOST


def test_a_hostile_place_of_a_billion_lines_is_lost_at_once() -> None:
    anchor = Anchor(text="import db")
    assert locate(Place(PATH, LineSpan(1, 1_000_000_000), anchor=anchor), LINES) == LOST
    assert locate(Place(PATH, LineSpan(1_000_000_000, 1_000_000_000), anchor=anchor), LINES) == moved(1, 1)
