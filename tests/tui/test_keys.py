"""Key sequences: what is typed becomes a count, a prefix, an action, or nothing."""

import pytest

from reviewtui.tui.keys import Fed, Keys, KeySequences, parse_keys, shown

TABLE: dict[Keys, str] = {
    ("j",): "down",
    ("g", "g"): "top",
    ("g", "ctrl+o"): "forward",
    ("]", "b"): "next_hit",
    ("0",): "line_start",
    ("escape",): "cancel",
}


def feed(*keys: str, tables: list[dict[Keys, str]] | None = None) -> list[Fed]:
    sequences = KeySequences()
    return [sequences.feed(key, tables or [TABLE]) for key in keys]


@pytest.mark.parametrize(
    ("text", "keys", "people"),
    [
        ("]b", ("]", "b"), "]b"),
        ("g<ctrl+o>", ("g", "ctrl+o"), "g Ctrl-o"),
        ("<ctrl+home>", ("ctrl+home",), "Ctrl-Home"),
        (" ", ("space",), "Space"),
        ("<space>", ("space",), "Space"),
        ("<f1>", ("f1",), "F1"),
        ("<down>", ("down",), "↓"),
        ("<", ("<",), "<"),
        ("ZZ", ("Z", "Z"), "ZZ"),
        ("m<letter>", ("m", "letter"), "m a–z"),
    ],
)
def test_sequences_are_read_and_shown(text: str, keys: Keys, people: str) -> None:
    assert (parse_keys(text), shown(keys)) == (keys, people)


def test_a_key_of_its_own_is_an_action_at_once() -> None:
    assert feed("j") == [Fed("down", None, swallowed=True)]


def test_a_prefix_waits_for_the_rest() -> None:
    assert feed("g", "g") == [Fed(pending=True, swallowed=True), Fed("top", None, swallowed=True)]


def test_a_count_is_given_to_the_action_and_forgotten() -> None:
    waiting = Fed(pending=True, swallowed=True)
    assert feed("1", "0", "g", "g", "j") == [
        waiting,
        waiting,
        waiting,
        Fed("top", 10, swallowed=True),
        Fed("down", None, swallowed=True),
    ]


def test_a_zero_without_a_digit_before_it_is_a_key() -> None:
    assert feed("0") == [Fed("line_start", None, swallowed=True)]


def test_a_count_does_not_grow_without_end() -> None:
    sequences = KeySequences()
    for _ in range(1000):
        sequences.feed("9", [TABLE])
    assert sequences.feed("j", [TABLE]) == Fed("down", 9999999, swallowed=True)


def test_a_key_that_continues_nothing_ends_the_sequence_and_does_nothing_else() -> None:
    assert feed("]", "j", "j") == [
        Fed(pending=True, swallowed=True),
        Fed(swallowed=True),
        Fed("down", None, swallowed=True),
    ]


def test_escape_ends_a_started_sequence_and_is_an_action_otherwise() -> None:
    assert feed("g", "escape", "escape") == [
        Fed(pending=True, swallowed=True),
        Fed(swallowed=True),
        Fed("cancel", None, swallowed=True),
    ]


def test_an_unknown_key_is_left_to_others() -> None:
    assert feed("ctrl+q", "\x1b", "") == [Fed(), Fed(), Fed()]


def test_earlier_tables_win() -> None:
    assert feed("j", tables=[{("j",): "mine"}, TABLE]) == [Fed("mine", None, swallowed=True)]


def test_what_was_typed_is_told_until_the_sequence_ends() -> None:
    sequences = KeySequences()
    told = []
    for key in ("2", "]", "b"):
        sequences.feed(key, [TABLE])
        told.append(sequences.pending)
    assert told == ["2", "2]", ""]


MARKS: dict[Keys, str] = {("m", "letter"): "set_mark", ("m", "m"): "list_marks", ("m", "up"): "shrink_mark"}


@pytest.mark.parametrize(
    ("key", "fed"),
    [
        ("a", Fed("set_mark", None, "a", swallowed=True)),
        ("z", Fed("set_mark", None, "z", swallowed=True)),
        ("m", Fed("list_marks", swallowed=True)),
        ("up", Fed("shrink_mark", swallowed=True)),
        ("A", Fed(swallowed=True)),
        ("é", Fed(swallowed=True)),
        ("1", Fed(swallowed=True)),
        ("", Fed(swallowed=True)),
    ],
)
def test_a_sequence_may_end_with_any_letter_which_is_handed_on(key: str, fed: Fed) -> None:
    assert feed("m", key, tables=[MARKS]) == [Fed(pending=True, swallowed=True), fed]


def test_a_letter_comes_with_a_count() -> None:
    assert feed("3", "m", "b", tables=[MARKS])[-1] == Fed("set_mark", 3, "b", swallowed=True)


def test_a_letter_in_an_earlier_table_wins_over_the_same_keys_in_a_later_one() -> None:
    tables: list[dict[Keys, str]] = [{("m", "letter"): "mine"}, {("m", "x"): "theirs"}]
    assert feed("m", "x", tables=tables)[-1] == Fed("mine", None, "x", swallowed=True)


def test_a_sequence_can_be_begun_for_an_action_that_was_chosen_by_name() -> None:
    sequences = KeySequences()
    sequences.begin(("m",))
    assert (sequences.pending, sequences.feed("q", [MARKS])) == ("m", Fed("set_mark", None, "q", swallowed=True))
