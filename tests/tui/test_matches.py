from reviewtui.text.search import Match, Query
from reviewtui.tui.matches import MOST, Matches

LINES = ["one two", "", "two"] * 1000


def test_matches_are_counted_by_and_by() -> None:
    matches = Matches(LINES, Query.compile("two"))
    assert (matches.go_on(0), matches.position(0, 4)) == (False, "1 of 171…")
    while not matches.go_on(0):
        pass
    assert matches.position(2, 0) == "2 of 2,000"
    assert matches.next(2, 0, True) == (Match(3, 4, 7), False)
    assert matches.next(0, 4, False) == (Match(2999, 0, 3), True)


def test_of_too_many_it_is_said_that_there_are_more() -> None:
    matches = Matches(["a" * (MOST + 1)], Query.compile("a"))
    assert matches.go_on(60)
    assert matches.position(0, 0) == f"1 of more than {MOST:,}"


def test_given_matches_are_known_by_the_text_of_their_line() -> None:
    matches = Matches(LINES[:6])
    matches.give([Match(0, 4, 7), Match(3, 4, 7), Match(5, 0, 3)], has_more=False)
    assert [list(matches.spans(line)) for line in ("one two", "two", "three")] == [[(4, 7)], [(0, 3)], []]
    assert Matches([], Query.compile("two")).next(0, 0, True) is None
