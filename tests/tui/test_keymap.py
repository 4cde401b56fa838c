"""The keymap: what a change changes, where, and what every text then says of keys."""

import pytest

from reviewtui.tui.actions import ACTIONS, BY_NAME
from reviewtui.tui.keymap import CONTEXTS, Change, Continuation, Keymap, clash, counts, usual_keys
from reviewtui.tui.keys import LETTER, Keys, parse_keys


def change(action: str, *keys: str, pane: str = "") -> Change:
    return Change(action, pane, tuple(parse_keys(text) for text in keys))


@pytest.mark.parametrize("context", CONTEXTS)
def test_without_changes_it_is_the_registry(context: str) -> None:
    expected = {keys: action.name for action in ACTIONS if counts(action, context) for keys in usual_keys(action)}
    assert Keymap().table(context) == expected


def test_a_change_replaces_all_keys_of_its_action_in_every_pane() -> None:
    keymap = Keymap([change("next_hit", "<f4>", "gq")])
    for context in CONTEXTS:
        table = keymap.table(context)
        assert {keys for keys, name in table.items() if name == "next_hit"} == {("f4",), ("g", "q")}
        assert ("]", "b") not in table
    assert (keymap.key_of("next_hit"), keymap.shown_keys("next_hit")) == ("F4", "F4  gq")
    assert (keymap.is_changed("next_hit"), keymap.is_changed("previous_hit")) == (True, False)


def test_a_change_for_a_pane_counts_there_alone() -> None:
    keymap = Keymap([change("next_hit", "<f4>"), change("next_hit", "<f5>", pane="tree"), change("undo", pane="hits")])
    assert [keymap.key_of("next_hit", context) for context in ("", "source", "tree")] == ["F4", "F4", "F5"]
    assert keymap.table("tree").get(("f5",)) == "next_hit"
    assert ("f4",) not in keymap.table("tree")
    assert [("u",) in keymap.table(context) for context in ("tree", "hits")] == [True, False]


def test_what_counts_in_a_pane_wins_over_what_counts_everywhere() -> None:
    keymap = Keymap([change("answer_pass", "q")])
    assert [keymap.table(context)[("q",)] for context in ("tree", "checklist")] == ["quit", "answer_pass"]


def test_an_action_without_a_key_is_said_with_the_way_that_is_left() -> None:
    ways = [change(name) for name in ("undo", "command_line", "palette", "help")]
    shown = [Keymap(ways[:number]).key_of("undo") for number in range(1, 5)]
    assert shown == [":undo", "Ctrl-p", "?", "–"]
    assert (Keymap(ways).shown_keys("undo"), Keymap(ways).is_bound("undo")) == ("", False)


def test_continuations_are_those_of_the_pane_in_the_order_of_the_registry() -> None:
    keymap = Keymap([change("quit", "gq"), change("yank", "gxy"), change("scan", "gxs"), change("undo", "gxsu")])
    found = {entry.key: (entry.label, entry.is_prefix) for entry in keymap.continuations(("g",), "source")}
    assert found["q"] == (BY_NAME["quit"].label, False)
    assert found["g"] == (BY_NAME["top"].label, False)
    assert found["x"][1]
    names = [entry.key for entry in keymap.continuations(("g",), "tree")]
    assert "q" in names
    assert keymap.continuations((), "source") != []
    assert keymap.continuations(("nothing",), "source") == []


def test_any_letter_is_one_continuation() -> None:
    entry = Continuation(LETTER, "Set the mark")
    assert entry.shown == "a–z"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("]b", "]b", True),
        ("]b", "]c", False),
        ("g", "gg", True),
        ("gg", "g", True),
        ("ma", "m<letter>", True),
        ("m<letter>", "mab", True),
        ("m1", "m<letter>", False),
        ("m<up>", "m<letter>", False),
        ("'<letter>", "m<letter>", False),
    ],
)
def test_two_sequences_clash_where_one_could_not_be_typed(first: str, second: str, expected: bool) -> None:
    keys: tuple[Keys, Keys] = (parse_keys(first), parse_keys(second))
    assert clash(*keys) == expected
