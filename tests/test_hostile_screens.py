"""No text of a repository reaches the terminal as anything but text, on any screen; read off the raw bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import HostileRepository, Markers, check_raw, hostile_repository, seen
from tests.terminal import Terminal

REVIEWTUI = (sys.executable, "-P", "-m", "reviewtui")

ON_THE_SCREEN = {
    "project", "file", "folder", "file in folder", "broken file", "template", "link",
    "comment", "class", "function", "literal that Bandit repeats", "nosec", "what Python cannot read", "markup",
    "title", "author", "topic", "description", "exploit", "recommendation", "owner",
    "reason of an answer", "answered by",
}  # fmt: skip
"""Where a walk through every pane and dialog must have shown a hostile text, or it proves nothing."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user with a name and nothing else."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Rita Reviewer\n\temail = rita@example.com\n")
    return {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "EDITOR": "cat"}


@pytest.fixture
def hostile(tmp_path: Path) -> HostileRepository:
    """Everything in it tries to draw."""
    return hostile_repository(tmp_path)


def at_once(terminal: Terminal, keys: str) -> None:
    """Type keys in one go, and let the program draw."""
    terminal.press(keys, together=True)
    terminal.settle(0.04)


def closed(terminal: Terminal, words: str) -> None:
    """Leave the dialog that shows these words; what comes then must not be typed into it."""
    terminal.settle()
    terminal.press("<escape>")
    terminal.wait_gone(words)
    terminal.settle(0.12)


def test_a_walk_through_every_screen_draws_only_text(hostile: HostileRepository, environment: dict[str, str]) -> None:
    command = [*REVIEWTUI, str(hostile.root)]
    with Terminal(command, environment=environment, keep_raw=True, rows=32) as terminal:
        terminal.wait_for("undecided")
        terminal.wait_gone("scan ")
        walk_the_files(terminal)
        walk_the_lists(terminal)
        open_the_dialogs(terminal)
        write_and_commit(terminal)
        terminal.press("q")
        assert terminal.wait_exit() == 0, terminal.text
    check_raw(bytes(terminal.raw), hostile.markers)
    missing = ON_THE_SCREEN - seen(bytes(terminal.raw), hostile.markers)
    assert not missing, f"the walk did not show {missing}"


def walk_the_files(terminal: Terminal) -> None:
    """The tree row by row, each file open with its lines walked to the end of the longest one."""
    at_once(terminal, "gglG")
    for _ in range(9):
        at_once(terminal, "]f")
        at_once(terminal, "jjjj$")
        at_once(terminal, "0jjy")
    at_once(terminal, "/qmk<enter>")
    at_once(terminal, "nN*<ctrl+o><ctrl+o>g;")


def walk_the_lists(terminal: Terminal) -> None:
    """Hits, files that were not scanned, findings and checklist items, with the detail of each."""
    for pane in ("b", "n", "x"):
        at_once(terminal, f"<ctrl+w>{pane}gg")
        for _ in range(6):
            at_once(terminal, "jj")
        at_once(terminal, "z.")
        at_once(terminal, "z.y<ctrl+w>d<ctrl+d>")
        for _ in range(8):
            at_once(terminal, "<ctrl+d>")
        at_once(terminal, "<ctrl+w>s")
    terminal.press("gs")
    terminal.wait_for("Search in the repository")
    terminal.type("qmk")
    terminal.press("<enter>")
    terminal.wait_for("looked at")
    for keys in ("ggVjjj", "GHjjj", "]r]r[r", "z.", "z.gg", "y<escape>"):
        at_once(terminal, keys)
    at_once(terminal, "<ctrl+w>xggj")
    terminal.press("<enter>]x]x.")
    terminal.settle()


def open_the_dialogs(terminal: Terminal) -> None:
    """Everything that opens over the screen, on a hostile file, hit and finding."""
    terminal.press("<ctrl+w>ngg")
    terminal.press("ge")
    terminal.wait_for("Edit hostile")
    for _ in range(14):
        terminal.press("<tab>")
        terminal.settle()
    closed(terminal, "Edit hostile")
    terminal.press("<ctrl+w>bgg")
    for keys, words in (("ta", "Owner"), ("tc", "Confirm ")):
        terminal.press(keys)
        terminal.wait_for(words)
        closed(terminal, words)
    terminal.press("<ctrl+w>s]b")
    for keys, words in (("a", "Finding on"), ("c", "one line"), ("ga", "any part of a title")):
        terminal.press(keys)
        terminal.wait_for(words)
        closed(terminal, words)
    terminal.press("ggmxss")
    for keys, words in (
        ("g'", "Marks"),
        ("sl", "Trail:"),
        ("sf", "Finding from the trail"),
        ("go", "any part of a name"),
        ("gh", "Files that you read"),
    ):
        terminal.press(keys)
        terminal.wait_for(words)
        closed(terminal, words)
    terminal.press("<ctrl+w>xggjx")
    terminal.wait_for("Passes")
    closed(terminal, "Passes")
    terminal.press("X")
    terminal.wait_for(" fails")
    closed(terminal, " fails")
    for keys, words in (("f", "Open a file"), ("?", "Help"), ("<ctrl+p>", "any part of an action")):
        terminal.press(keys)
        terminal.wait_for(words)
        terminal.type("qmk")
        closed(terminal, words)
    terminal.press(":")
    terminal.type("no-such-thing\n")
    terminal.press("zlzl")


def write_and_commit(terminal: Terminal) -> None:
    """What a paste brings, a deletion that names the title, and the commit that lists everything."""
    pasted = "\x1b[200~qmk0q\x1b]0;qmk0q\x07\x9b77077mqmk0q\u202e[/x]\x1b[201~"
    terminal.press("<ctrl+w>s")
    for keys in ("/", ":"):
        terminal.press(keys)
        terminal.type(pasted)
        terminal.press("<escape>")
        terminal.settle(0.2)
    terminal.press("gg]bc")
    terminal.wait_for("one line")
    terminal.type(pasted)
    terminal.press("<enter>")
    terminal.wait_for("note is saved")
    terminal.press("<ctrl+w>nggdd")
    terminal.wait_for("Deleted")
    terminal.press("u")
    terminal.wait_for("Took back")
    terminal.press("<ctrl+w>t<space>")
    terminal.settle()
    terminal.press("<escape>")
    terminal.settle(0.2)
    terminal.press("gC")
    terminal.wait_for("Security review")
    terminal.press("<ctrl+s>")
    terminal.wait_for("Committed")


IN_HISTORY_AND_SEARCH = {
    "comment", "signature", "docstring", "argument of a call", "last line", "old line",
    "author_name first", "author_name of it", "committer_name of it", "mail", "message", "subject", "file",
}  # fmt: skip


def test_history_search_and_following_draw_only_text(hostile: HostileRepository, environment: dict[str, str]) -> None:
    command = [*REVIEWTUI, str(hostile.root / "plain.py")]
    with Terminal(command, environment=environment, keep_raw=True, rows=40, columns=150) as terminal:
        terminal.wait_for("undecided")
        terminal.wait_gone("scan ")
        terminal.press("<ctrl+w>s")
        look_into_the_history(terminal)
        search_the_repository(terminal)
        follow_names(terminal)
        terminal.press("q")
        assert terminal.wait_exit() == 0, terminal.text
    check_raw(bytes(terminal.raw), hostile.markers)
    missing = IN_HISTORY_AND_SEARCH - seen(bytes(terminal.raw), hostile.markers)
    assert not missing, f"the walk did not show {missing}"


def look_into_the_history(terminal: Terminal) -> None:
    """Blame, the commits of lines, old versions, and what changed, with the old lines in place."""
    terminal.press("gggb")
    terminal.wait_for("not committed ")
    for line in ("3G", "G"):
        terminal.press(f"{line}gl")
        terminal.wait_for("Commit ")
        closed(terminal, "Commit ")
    terminal.press("gbgD")
    terminal.wait_for("What changed since")
    terminal.press("<down><enter>")
    terminal.wait_for("changes since")
    at_once(terminal, "]d]d$")
    terminal.press("gv")
    terminal.wait_for("as it was at")
    terminal.press("<enter>")
    terminal.wait_for("read only")
    at_once(terminal, "G$")
    terminal.press("q")
    terminal.wait_gone("read only")


def search_the_repository(terminal: Terminal) -> None:
    """The form, the list of what was found, and the way through it."""
    terminal.press("gs")
    terminal.wait_for("Search in the repository")
    terminal.press("<ctrl+u>")
    terminal.type("qmk")
    terminal.press("<enter>")
    terminal.wait_for("looked at")
    for _ in range(8):
        at_once(terminal, "jj")
    terminal.press("]r]r")
    terminal.settle()


def follow_names(terminal: Terminal) -> None:
    """Definition, references, hover, and the finder of symbols."""
    terminal.press("<ctrl+w>sf")
    terminal.wait_for("Open a file")
    terminal.type("plain.py")
    terminal.press("<enter>")
    terminal.wait_gone("Open a file")
    terminal.press("12G^K")
    terminal.wait_for("go to the definition")
    closed(terminal, "go to the definition")
    terminal.press("gr")
    terminal.wait_for("References to")
    terminal.settle()
    terminal.press("jk")
    closed(terminal, "References to")
    terminal.press("gd")
    terminal.settle()
    terminal.press("gO")
    terminal.wait_for("symbol")
    terminal.type("follow")
    terminal.settle(0.3)
    terminal.press("<escape>")
    terminal.settle(0.2)


def test_a_findings_file_that_is_broken_is_quoted_as_text(tmp_path: Path, environment: dict[str, str]) -> None:
    markers = Markers()
    (tmp_path / "tree" / ".reviewtui").mkdir(parents=True)
    (tmp_path / "tree" / "a.py").write_text("1\n")
    key = "\\u001B]0;{0}\\u0007{0}\\u009B77077m{0}".format(markers.marker("key"))
    (tmp_path / "tree" / ".reviewtui" / "findings.toml").write_text(
        f'format = 1\n[[finding]]\nid = "{key}"\nstate = "{key}"\n"{key}" = 1\n'
        f'[[mark]]\npath = "../{key}"\n[[answer]]\nitem = ["{key}"]\n'
    )
    with Terminal([*REVIEWTUI, str(tmp_path / "tree")], environment=environment, keep_raw=True) as terminal:
        terminal.wait_for("cannot be")
        terminal.press("<pagedown><pagedown>o")
        terminal.wait_gone("look at the code only")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    check_raw(bytes(terminal.raw), markers.made)
    assert seen(bytes(terminal.raw), markers.made) == {"key"}


COMMANDS = (
    ("status",),
    ("check",),
    ("scan", "--all"),
    ("export", "markdown", "--scan"),
    ("export", "json"),
    ("commit",),
)


def test_no_command_prints_anything_but_text(hostile: HostileRepository, environment: dict[str, str]) -> None:
    for command in COMMANDS:
        done = subprocess.run(
            [*REVIEWTUI, *command, str(hostile.root)], capture_output=True, env=os.environ | environment, check=False
        )
        assert b"Traceback" not in done.stderr, command
        for output in (done.stdout, done.stderr):
            check_raw(output, hostile.markers)
        assert seen(done.stdout + done.stderr, hostile.markers) or command == ("commit",)


def test_a_commit_message_holds_only_text(hostile: HostileRepository, environment: dict[str, str]) -> None:
    subprocess.run(
        [*REVIEWTUI, "commit", str(hostile.root)], capture_output=True, env=os.environ | environment, check=True
    )
    message = subprocess.run(
        ["git", "log", "-1", "--format=%B"], cwd=hostile.root, capture_output=True, check=True
    ).stdout
    check_raw(message, hostile.markers)
    assert "title" in seen(message, hostile.markers)
    assert message.count(b"\n") == 6, "a subject, a blank line, a line for each finding, and the end that git adds"
