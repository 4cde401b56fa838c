"""The registry of actions: every key leads to one thing, and everything has a name and words."""

from collections import Counter

import pytest

from reviewtui.tui.actions import ACTIONS, BY_NAME, LINES
from reviewtui.tui.key_names import read_keys, warning
from reviewtui.tui.keymap import Keymap, clash, counts, usual_keys
from reviewtui.tui.keys import parse_keys

CONTEXTS = ("global", *LINES)


def test_every_action_has_a_name_of_its_own_and_words() -> None:
    names = Counter(action.name for action in ACTIONS)
    assert [name for name, count in names.items() if count > 1] == []
    assert [a.name for a in ACTIONS if not (a.name.isidentifier() and a.keys and a.label and a.group)] == []
    assert set(BY_NAME) == set(names)


def test_every_context_is_a_pane_or_everywhere() -> None:
    assert {context for action in ACTIONS for context in action.contexts} <= set(CONTEXTS)


@pytest.mark.parametrize("context", ["", *LINES])
def test_no_key_of_a_pane_is_in_the_way_of_another(context: str) -> None:
    """Of what counts in the pane, and everywhere: neither the same keys, nor one that begins with another."""
    bound = [(keys, action.name) for action in ACTIONS if counts(action, context) for keys in usual_keys(action)]
    pairs = [(a, b) for at, a in enumerate(bound) for b in bound[:at]]
    assert [(a, b) for a, b in pairs if clash(a[0], b[0])] == []


def test_every_key_is_written_as_a_user_may_write_it_and_arrives_on_every_terminal() -> None:
    texts = [keys for action in ACTIONS for keys in action.keys]
    assert [keys for keys in texts if parse_keys(keys) != read_keys(keys)] == []
    assert [keys for keys in texts if warning(read_keys(keys))] == []


def test_no_sequence_begins_with_a_digit_that_is_a_count() -> None:
    assert [action.name for action in ACTIONS for keys in action.keys if parse_keys(keys)[0] in "123456789"] == []


def test_a_single_d_deletes_nothing() -> None:
    assert all(("d",) not in Keymap().table(context) for context in ("", *LINES))


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
    assert [Keymap().key_of(name) for name in ("find_file", "next_hit", "half_down")] == ["f", "]b", "Ctrl-d"]
