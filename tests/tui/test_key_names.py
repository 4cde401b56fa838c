"""How keys are written: any usual spelling is read, one is written, and what is none is explained."""

from random import Random

import pytest
from textual.keys import _character_to_key

from reviewtui.tui.key_names import MAX_KEYS, KeySpellingError, read_keys, spelled, warning
from reviewtui.tui.keys import SIGNS, Keys, key_typed, parse_keys, shown, sign_name


@pytest.mark.parametrize(
    ("text", "keys", "written", "people"),
    [
        ("]b", ("]", "b"), "]b", "]b"),
        ("<ctrl+w>t", ("ctrl+w", "t"), "<ctrl+w>t", "Ctrl-w t"),
        ("<C-w>t", ("ctrl+w", "t"), "<ctrl+w>t", "Ctrl-w t"),
        ("<Ctrl-W>T", ("ctrl+w", "T"), "<ctrl+w>T", "Ctrl-w T"),
        ("<c-]>", ("ctrl+right_square_bracket",), "<ctrl+]>", "Ctrl-]"),
        ("<ctrl+right_square_bracket>", ("ctrl+right_square_bracket",), "<ctrl+]>", "Ctrl-]"),
        ("<S-Tab>", ("shift+tab",), "<shift+tab>", "S-Tab"),
        ("<S-a>", ("A",), "A", "A"),
        ("<A-X>", ("alt+shift+x",), "<alt+shift+x>", "Alt-S-x"),
        ("<m-x>", ("alt+x",), "<alt+x>", "Alt-x"),
        ("<CR>", ("enter",), "<enter>", "Enter"),
        ("<Esc>", ("escape",), "<escape>", "Esc"),
        ("<PgDn>", ("pagedown",), "<pagedown>", "PgDn"),
        ("<shift+F3>", ("shift+f3",), "<shift+f3>", "S-F3"),
        ("<C-S-Up>", ("ctrl+shift+up",), "<ctrl+shift+up>", "Ctrl-S-↑"),
        ("<ctrl++>", ("ctrl+plus",), "<ctrl++>", "Ctrl-+"),
        ("<C-->", ("ctrl+minus",), "<ctrl+->", "Ctrl--"),
        ("<C-@>", ("ctrl+space",), "<ctrl+space>", "Ctrl-Space"),
        ("<alt+lt>", ("alt+less_than_sign",), "<alt+lt>", "Alt-<"),
        (" x", ("space", "x"), "<space>x", "Space x"),
        ("<", ("<",), "<lt>", "<"),
        ("<lt>x>", ("<", "x", ">"), "<lt>x>", "<x>"),
        ("é", ("é",), "é", "é"),
        ("'<letter>", ("'", "letter"), "'<letter>", "' a–z"),
    ],
)
def test_every_usual_spelling_is_read_and_one_is_written(text: str, keys: Keys, written: str, people: str) -> None:
    assert (read_keys(text), spelled(keys), shown(keys)) == (keys, written, people)
    assert read_keys(written) == keys


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "an empty text is no key"),
        ("<f25>", "no key is called <f25>; do you mean <f5>?"),
        ("<\x1b[31mred>", "no key is called <\x1b[31mred>"),
        ("<hyperspace-x>", "<hyperspace-x> begins with no modifier: ctrl, alt, shift or super"),
        (f"<{'x' * 1000}>", f"no key is called <{'x' * 20}…>"),
        ("<S-1>", "<S-1>: write the character that it types"),
        ("\t", "the character U+0009 is no key; write a name such as <tab>"),
        ("x\u202e", "the character U+202E is no key; write a name such as <tab>"),
        ("5j", "a sequence cannot begin with 5: digits are the count"),
        ("j" * (MAX_KEYS + 1), "more than 8 keys in one sequence"),
        ("<letter>", "<letter> alone would take every letter: put a key before it"),
        ("m<letter>x", "<letter> can only be the last of several keys"),
        ("g<esc>", "<escape> ends a sequence that was begun, so it can only stand alone"),
    ],
)
def test_what_is_no_key_is_explained(text: str, problem: str) -> None:
    with pytest.raises(KeySpellingError) as caught:
        read_keys(text)
    assert str(caught.value) == problem


@pytest.mark.parametrize("seed", range(20))
def test_any_text_is_a_sequence_that_can_be_written_again_or_is_explained(seed: int) -> None:
    random = Random(seed)
    parts = ["<", ">", "ctrl", "C-", "+", "-", "shift+", "letter", "esc", "f1", "up", *"<>ab]19é \t\x1b", "alt"]
    for _ in range(200):
        text = "".join(random.choices(parts, k=random.randrange(8)))
        try:
            keys = read_keys(text)
        except KeySpellingError:
            continue
        assert read_keys(spelled(keys)) == keys, text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("<ctrl+i>", "most terminals send <tab> for <ctrl+i>"),
        ("g<C-m>", "most terminals send <enter> for <ctrl+m>"),
        ("<C-h>", "most terminals send <backspace> for <ctrl+h>"),
        ("<C-[>", "most terminals send <escape> for <ctrl+[>"),
        ("<ctrl+1>", "most terminals cannot send <ctrl+1>"),
        ("<C-S-a>", "most terminals cannot send <ctrl+shift+a>"),
        ("<super+a>", "<super+a> hardly ever reaches"),
        ("<alt+x>", "some keyboards type another character"),
    ],
)
def test_keys_that_may_not_arrive_are_warned_of(text: str, part: str) -> None:
    assert part in warning(read_keys(text))


@pytest.mark.parametrize("text", ["]b", "<ctrl+o>", "<shift+tab>", "<f12>", "<ctrl+home>", "m<letter>"])
def test_keys_that_arrive_everywhere_are_not(text: str) -> None:
    assert warning(read_keys(text)) == ""


def test_signs_have_the_names_that_the_terminal_library_gives_them() -> None:
    assert {sign: sign_name(sign) for sign in SIGNS.values()} == {
        sign: _character_to_key(sign) for sign in SIGNS.values()
    }


@pytest.mark.parametrize(
    ("key", "character", "token"),
    [
        ("right_square_bracket", "]", "]"),
        ("space", " ", "space"),
        ("enter", "\r", "enter"),
        ("up", None, "up"),
        ("G", "G", "G"),
        ("plus", "+", "+"),
        ("alt+d", "d", "alt+d"),
        ("ctrl+@", "\x00", "ctrl+space"),
    ],
)
def test_a_key_that_arrives_is_the_token_that_is_bound(key: str, character: str | None, token: str) -> None:
    assert key_typed(key, character) == token


def test_the_registry_is_written_as_a_person_would_read_it() -> None:
    assert parse_keys("g<ctrl+o>") == read_keys("g<ctrl+o>")
