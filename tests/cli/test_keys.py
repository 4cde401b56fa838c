"""`reviewtui keys`: what is printed is what counts, and can be given back."""

from pathlib import Path

import pytest

from reviewtui.store.key_file import parse_key_file
from reviewtui.tui.actions import ACTIONS, LINES
from reviewtui.tui.key_check import checked, keys_from
from reviewtui.tui.keymap import CONTEXTS
from tests.cli.conftest import Run

MINE = """\
[keys]
next_hit = ["<f4>", "g<ctrl+]>"]
suspend = false
[keys.tree]
undo = "<"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's key file is."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "reviewtui" / "keys.toml"
    path.parent.mkdir(parents=True)
    return path


def test_every_action_is_listed_with_its_name_and_keys(cli: Run, file: Path) -> None:
    done = cli("keys")
    assert (done.status, done.err) == (0, "")
    assert [action.name for action in ACTIONS if f" {action.name} " not in done.out] == []
    assert "  ]b                   next_hit               Next hit\n" in done.out
    assert "*" not in done.out.replace("  *  ", "")
    assert done.out.endswith("\nThese are the usual keys\n"), file


def test_what_the_user_changed_is_marked(cli: Run, file: Path) -> None:
    file.write_text(MINE)
    done = cli("keys")
    assert (done.status, done.err) == (0, "")
    starred = [" ".join(line.split()) for line in done.out.splitlines() if line.startswith("*")]
    assert starred == [
        "* F4 g Ctrl-] next_hit Next hit",
        "* u undo Undo",
        "* < in tree",
        "* – suspend To the shell (fg comes back)",
        f"* as {file} says",
    ]


@pytest.mark.parametrize("mine", ["", MINE])
def test_the_whole_key_file_means_what_it_was_made_from(cli: Run, file: Path, mine: str) -> None:
    file.write_text(mine)
    printed = cli("keys", "--format", "toml").out
    before, after = keys_from(file), checked(parse_key_file(printed, "printed"), "printed")
    assert (after.problems, after.warnings) == ((), ())
    for context in CONTEXTS:
        assert after.keymap.table(context) == before.keymap.table(context)


def test_without_its_comment_signs_the_key_file_is_the_registry(cli: Run, file: Path) -> None:
    names = {action.name for action in ACTIONS}
    printed = cli("keys", "--format", "toml").out.splitlines()
    lines = [line[1:] if line[1:].partition(" = ")[0] in names else line for line in printed]
    keys = parse_key_file("\n".join(lines), str(file))
    assert [entry.action for entry in keys.entries] == sorted(names, key=[entry.action for entry in keys.entries].index)
    assert checked(keys, "").problems == ()


def test_check_says_what_is_wrong_and_fails(cli: Run, file: Path) -> None:
    file.write_text('[keys]\nundo = "q"\nredo = "<C-m>"\n')
    done = cli("keys", "--check")
    assert (done.status, done.err) == (2, "")
    assert [line.partition(";")[0] for line in done.out.splitlines()] == [
        f"{file}:2: undo: q is quit (Close",
        f"{file}:3: redo: most terminals send <enter> for <ctrl+m>",
    ]


@pytest.mark.parametrize("text", ["", '[keys]\nredo = "<C-m>"\n', MINE])
def test_check_passes_what_can_be_taken(cli: Run, file: Path, text: str) -> None:
    file.write_text(text)
    assert cli("keys", "--check").status == 0


def test_problems_go_to_standard_error_and_stay_on_their_lines(cli: Run, file: Path) -> None:
    file.write_text('[keys]\n"\\u001b]0;x\\u0007\\n" = "q"\n')
    done = cli("keys")
    assert done.status == 0
    assert done.err == f"{file}:1: ␛]0;x␇␊: there is no such action; `reviewtui keys` lists them\n"


def test_another_file_can_be_checked(cli: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[keys]\nundo = "q"\n')
    assert (cli("keys", "--check", other).status, cli("keys", "--check").status) == (2, 0)
    done = cli("keys", tmp_path / "none.toml")
    assert (done.status, done.err) == (2, f"reviewtui: There is no key file {tmp_path / 'none.toml'}\n"), file


def test_a_file_in_the_current_folder_is_never_read(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".config/reviewtui", "reviewtui"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "keys.toml").write_text("[keys]\nquit = 7\n")
    monkeypatch.chdir(tmp_path)
    for variable, value in (("XDG_CONFIG_HOME", "."), ("HOME", ".")):
        monkeypatch.setenv(variable, value)
        assert cli("keys", "--check").status == 0


def test_panes_are_named_where_a_key_counts_in_some_only(cli: Run, file: Path) -> None:
    out = cli("keys").out
    assert "Start of the line  (source)\n" in out, file
    assert ", ".join(LINES) not in out
