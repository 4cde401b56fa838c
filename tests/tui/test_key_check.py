"""What of a key file is taken, and what is said of the rest: the program can always be used, and left."""

from pathlib import Path

import pytest

from reviewtui.store.key_file import parse_key_file
from reviewtui.tui.actions import ACTIONS, BY_NAME
from reviewtui.tui.key_check import UserKeys, checked, keys_from, user_keys, usual
from reviewtui.tui.keymap import CONTEXTS, Keymap
from reviewtui.tui.keys import parse_keys


def keys_of(text: str) -> UserKeys:
    return checked(parse_key_file(text, "keys.toml"), "keys.toml")


def said(keys: UserKeys) -> list[str]:
    return [f"{problem.line} {problem.text}" for problem in keys.problems]


def shown(keys: UserKeys, *names: str) -> list[str]:
    return [keys.keymap.shown_keys(name) for name in names]


def test_two_actions_can_change_their_keys() -> None:
    keys = keys_of('[keys]\nnext_hit = ["]n"]\nnext-finding = "]b"\n')
    assert (said(keys), shown(keys, "next_hit", "next_finding")) == ([], ["]n", "]b"])


def test_a_key_is_free_once_its_action_has_another() -> None:
    keys = keys_of('[keys]\nnext_hit = "n"\nsearch_next = "<f3>"\n')
    assert (said(keys), shown(keys, "next_hit", "search_next")) == ([], ["n", "F3"])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            'next_hit = "n"',
            "next_hit: n is search_next (Next match) already in source, tree, detail; choose another key, or give "
            "search_next another one in this file too. Until then it has ]b",
        ),
        (
            'undo = "]"',
            "undo: after ] nobody could type ]b, which is next_hit (Next hit); choose another key, or give "
            "next_hit another one in this file too. Until then it has u",
        ),
        (
            'undo = "qu"',
            "undo: qu could never be typed: q is quit (Close; then quit: all is saved); choose another key, or give "
            "quit another one in this file too. Until then it has u",
        ),
        ('undo = "<foo>"', "undo: '<foo>': no key is called <foo>"),
        ('undo = "1u"', "undo: '1u': a sequence cannot begin with 1: digits are the count"),
        ('undo = "U<letter>"', "undo: 'U<letter>': it takes no <letter>"),
        ("next_hits = false", "next_hits: there is no such action; the nearest are next_hit, "),
        ('qqqqqqq = "Q"', "qqqqqqq: there is no such action; `reviewtui keys` lists them"),
        (
            '[keys.trees]\nundo = "U"',
            "trees: there is no such pane; panes are source, tree, hits, findings, checklist, ",
        ),
        ('[keys.tree]\nadd_note = "U"', "tree, add_note: it does nothing there, only in source"),
        (
            '[keys.tree]\nundo = "f"',
            "tree, undo: f is find_file (Open a file by any part of its name) already in tree; choose another key, or "
            "give find_file another one in this file too. Until then it has u",
        ),
    ],
)
def test_what_is_refused_is_explained_and_the_usual_keys_stay(line: str, problem: str) -> None:
    keys = keys_of(f'[keys]\nscan = "<f9>"\n{line}\n')
    assert [found.text[: len(problem)] for found in keys.problems] == [problem]
    assert keys.problems[0].line == 2 + line.count("\n") + 1
    assert shown(keys, "undo", "next_hit", "scan") == ["u", "]b", "F9"]


def test_what_is_refused_takes_with_it_who_counted_on_it() -> None:
    keys = keys_of('[keys]\nnext_hit = "]n"\nnext_finding = "]o"\n')
    assert [line.partition(";")[0] for line in said(keys)] == [
        "2 next_hit: ]n is next_finding (Next finding or note) already",
        "3 next_finding: ]o is next_open (Next undecided hit) already",
    ]
    assert shown(keys, "next_hit", "next_finding", "next_open") == ["]b", "]n", "]o  F8"]


def test_of_two_that_want_the_same_key_the_first_gets_it() -> None:
    keys = keys_of('[keys]\nundo = "U"\nredo = "U"\nscan = "<f9>"\n"next-hit" = "<f11>"\nnext_hit = "<f12>"\n')
    assert shown(keys, "undo", "redo", "scan", "next_hit") == ["U", "Ctrl-r", "F9", "F11"]
    assert [line.partition(";")[0] for line in said(keys)] == [
        "3 redo: U is undo (Undo) already",
        "6 next_hit: it stands on line 5 already",
    ]


@pytest.mark.parametrize("table", ["[keys]", "[keys.tree]", "[keys.source]"])
def test_a_way_out_stays(table: str) -> None:
    keys = keys_of(f"{table}\nquit = false\ncommand_line = false\nhelp = false\npalette = false\n")
    assert keys.keymap.table("tree") == usual().keymap.table("tree")
    assert len(keys.problems) == 4
    assert "no key would lead out of the program" in keys.problems[0].text


def test_one_way_out_is_enough() -> None:
    keys = keys_of("[keys]\nquit = false\ncommand_line = false\nhelp = false\n")
    assert (said(keys), shown(keys, "quit", "palette")) == ([], ["", "Ctrl-p"])


def test_keys_that_some_terminals_do_not_send_are_taken_with_a_warning() -> None:
    keys = keys_of('[keys]\njump_forward = "<C-i>"\n')
    assert (said(keys), shown(keys, "jump_forward")) == ([], ["Ctrl-i"])
    assert [(found.line, found.text.partition(" for ")[0]) for found in keys.warnings] == [
        (2, "jump_forward: most terminals send <tab>")
    ]


def test_every_action_can_have_another_key_in_every_pane() -> None:
    lines = [f'{action.name} = "{chr(0x4E00 + at)}"' for at, action in enumerate(ACTIONS) if not action.takes_letter]
    keys = keys_of("\n".join(["[keys]", *lines]))
    assert said(keys) == []
    assert keys.keymap.table("source")[("一",)] == ACTIONS[0].name


@pytest.mark.parametrize("key", ["x", "]", "0", "<escape>", "ga"])
def test_however_much_is_refused_every_key_does_one_thing(key: str) -> None:
    keys = keys_of("\n".join(["[keys]", *(f'{action.name} = "{key}"' for action in ACTIONS)]))
    assert len(keys.problems) == 51
    for context in CONTEXTS:
        table = keys.keymap.table(context)
        assert _prefixes(list(table)) == []
        assert {"quit", "help"} <= set(table.values())


def _prefixes(sequences: list[tuple[str, ...]]) -> list[object]:
    return [(a, b) for a in sequences for b in sequences if a != b and b[: len(a)] == a]


def test_hostile_names_and_very_many_lines_end_soon() -> None:
    keys = keys_of('[keys]\n"\\u001b[31m" = "x"\n' + "".join(f'a{number} = "x"\n' for number in range(5000)))
    assert keys.problems[0].text == "\x1b[31m: there is no such action; `reviewtui keys` lists them"
    assert keys.problems[-1].text == "and 4951 more"
    assert len(keys.problems) == 51


def test_the_file_of_the_user_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "reviewtui"
    folder.mkdir()
    (folder / "keys.toml").write_text('[keys]\nscan = "<f9>"\n')
    keys = user_keys({"XDG_CONFIG_HOME": str(tmp_path)})
    assert (shown(keys, "scan"), keys.path) == (["F9"], str(folder / "keys.toml"))
    assert user_keys({}).keymap.table("tree") == Keymap().table("tree")


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    keys = keys_from(tmp_path)
    assert (said(keys), keys.keymap.table("tree")) == (["0 it is no file"], Keymap().table("tree"))


def test_an_action_that_takes_a_letter_keeps_one() -> None:
    taking = [action for action in ACTIONS if action.takes_letter]
    for action in taking:
        keys = keys_of(f'[keys]\n{action.name} = "U"\n')
        assert "it takes a letter" in keys.problems[0].text
        keys = keys_of(f'[keys]\n{action.name} = "U<letter>"\n')
        assert (said(keys), keys.keymap.keys(BY_NAME[action.name])) == ([], (parse_keys("U<letter>"),))
