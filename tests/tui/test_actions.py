"""The registry of actions: every key leads to one thing, and everything has a name and words."""

from collections import Counter

import pytest

from reviewtui.tui.actions import ACTIONS, BY_NAME, LINES, key_of, table
from reviewtui.tui.keys import parse_keys

CONTEXTS = ("global", *LINES)


def test_every_action_has_a_name_of_its_own_and_words() -> None:
    names = Counter(action.name for action in ACTIONS)
    assert [name for name, count in names.items() if count > 1] == []
    assert [a.name for a in ACTIONS if not (a.name.isidentifier() and a.keys and a.label and a.group)] == []
    assert set(BY_NAME) == set(names)


def test_every_context_is_a_pane_or_everywhere() -> None:
    assert {context for action in ACTIONS for context in action.contexts} <= set(CONTEXTS)


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_key_means_two_things_in_one_context(context: str) -> None:
    keys = Counter(parse_keys(k) for action in ACTIONS if context in action.contexts for k in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert set(table(context)) == set(keys)


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_sequence_begins_with_another(context: str) -> None:
    sequences = {*table(context), *table("global")}
    assert [(a, b) for a in sequences for b in sequences if a != b and b[: len(a)] == a] == []


def test_no_sequence_begins_with_a_digit_that_is_a_count() -> None:
    assert [action.name for action in ACTIONS for keys in action.keys if parse_keys(keys)[0] in "123456789"] == []


def test_a_single_d_deletes_nothing() -> None:
    assert all(("d",) not in table(context) for context in CONTEXTS)


def test_hands_that_do_not_know_vim_find_their_keys() -> None:
    usual = (
        "<up>",
        "<down>",
        "<pageup>",
        "<pagedown>",
        "<home>",
        "<end>",
        "<enter>",
        "<escape>",
        "<tab>",
        "<f1>",
        "<f3>",
    )
    known = {keys for action in ACTIONS for keys in action.keys}
    assert [key for key in usual if key not in known] == []


def test_hints_show_the_first_key() -> None:
    assert [key_of(name) for name in ("find_file", "next_hit", "half_down")] == ["f", "]b", "Ctrl-d"]
