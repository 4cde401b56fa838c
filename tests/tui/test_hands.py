"""What leaves the screen: places, links and texts, for the clipboard of the terminal."""

import base64
import re
from pathlib import Path

import pytest

from reviewtui.tui.clipboard import LIMIT, hand_to_tmux, sequences
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

APP = "import os\n\n\ndef run(x):\n    os.system(x)\n    return 'p\u0430ss\u202e'\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """A pushed repository with one hit."""
    isolate(monkeypatch, tmp_path / "home")
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    repo = GitRepo.create(
        tmp_path / "project", {"app/run.py": APP, "a[b]\x1b.txt": "x\n", "long.txt": "y" * LIMIT + "z"}
    )
    repo.git("config", "remote.origin.url", "https://me:secret@github.com/o/r.git")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    return repo


def sent(program: Opened, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to the terminal past the screen, filled as it happens."""
    written: list[str] = []
    monkeypatch.setattr(program.screen.app._driver, "write", written.append)
    return written


def taken(written: list[str]) -> str:
    """The text of the only one of them for the clipboard."""
    (sequence,) = [text for text in written if "52;" in text]
    written.clear()
    found = re.fullmatch("\x1b\\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found, ascii(sequence)
    return base64.b64decode(found[1]).decode()


async def test_a_place_is_copied_from_every_pane(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(repo.root / "app" / "run.py") as program:
        written = sent(program, monkeypatch)
        await program.press("5", "G", "y")
        assert taken(written) == "app/run.py:5"
        assert program.said == "Sent to the terminal's clipboard: app/run.py:5"
        await program.press("V", "j", "y", "escape")
        assert taken(written) == "app/run.py:5-6"
        await program.press("ctrl+w", "b", "y")
        assert taken(written) == "app/run.py:5"
        await program.press("ctrl+w", "x", "y")
        assert taken(written) == program.screen.desk.checklists[0].id
        await program.press("ctrl+w", "t", "y")
        assert taken(written) == "app/run.py"
        await program.press("g", "g", "G", "k", "y")
        assert taken(written) == "a[b]\u241b.txt"
        await program.press("ctrl+w", "n", "y")
        assert written == []


async def test_the_text_itself_is_copied_with_a_word_on_what_it_hides(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(repo.root / "app" / "run.py", scanned=False) as program:
        written = sent(program, monkeypatch)
        await program.press("4", "G", "Y")
        assert taken(written) == "def run(x):"
        assert program.said == "Sent to the terminal's clipboard: line 4"
        await program.press("2", "Y")
        assert taken(written) == "def run(x):\n    os.system(x)"
        await program.press("V", "9", "j", "Y")
        assert taken(written) == "\n".join(APP.splitlines()[3:])
        assert program.said == (
            "2 hidden or misleading characters (CYRILLIC SMALL LETTER A, among Latin letters on line 6) were sent to "
            "the terminal's clipboard: 3 lines, 4-6"
        )


async def test_what_is_said_is_read_whole_also_on_a_small_screen(repo: GitRepo) -> None:
    async with opened(repo.root / "app" / "run.py", (80, 24)) as program:
        assert "reviewed" in program.text.splitlines()[-2]
        await program.press("4", "G", "y")
        status = program.text.splitlines()[-2]
        assert "Sent to the terminal's clipboard: app/run.py:4 " in status
        assert status.rstrip().endswith("4:1  saved ✓")
        await program.press("k")
        assert "reviewed" in program.text.splitlines()[-2]


async def test_what_no_terminal_takes_is_not_sent(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(repo.root / "long.txt", scanned=False) as program:
        written = sent(program, monkeypatch)
        await program.press("Y")
        assert written == []
        assert program.said == f"Nothing was sent: {LIMIT + 1:,} bytes are more than any terminal's clipboard takes"


async def test_a_permanent_link_is_copied(repo: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(repo.root / "app" / "run.py", scanned=False) as program:
        written = sent(program, monkeypatch)
        await program.press("4", "G", "V", "j", "g", "y")
        await program.until(lambda: any("52;" in text for text in written), "the link")
        url = f"https://github.com/o/r/blob/{repo.head()}/app/run.py#L4-L5"
        assert taken(written) == url
        assert program.said == f"Sent to the terminal's clipboard: {url}"
        repo.write({"app/run.py": APP.replace("os.system(x)", "eval(x)")})
        await program.press("escape", "f", "=[b", "enter", "g", "y")
        await program.until(lambda: any("52;" in text for text in written), "the link")
        assert taken(written) == f"https://github.com/o/r/blob/{repo.head()}/a%5Bb%5D%1B.txt#L1"
        repo.git("config", "remote.origin.url", "/srv/secret")
        await program.press("g", "y")
        await program.until(lambda: "https" in program.said, "the refusal")
        assert program.said == "The remote is reached neither by https nor by ssh, so it has no page to link to"
        assert written == []


def test_each_multiplexer_gets_its_envelope() -> None:
    text = "é" * 600
    plain = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    assert sequences(text, {"TERM": "xterm-256color"}) == plain
    enveloped = f"\x1bPtmux;\x1b{plain}\x1b\\"
    assert sequences(text, {"TERM": "screen-256color", "TMUX": "/tmp/x,1,0"}) == plain + enveloped
    assert sequences(text, {"TERM": "tmux-256color"}) == plain + enveloped
    within_screen = sequences(text, {"TERM": "screen", "STY": "1.x"})
    pieces = re.fullmatch("(?:\x1bP(?:[^\x1b]|\x1b\\])*\x1b\\\\)+", within_screen)
    assert pieces
    assert max(map(len, within_screen.split("\x1b\\"))) < 768
    assert within_screen.replace("\x1b\\\x1bP", "")[2:-2] == plain
    assert sequences(text, {"TERM": "screen-256color"}) == plain + within_screen


def test_a_text_reaches_the_terminal_as_letters_and_digits_only() -> None:
    for environment in ({}, {"TMUX": "x"}, {"STY": "x"}):
        sequence = sequences("\x1b]0;owned\x07\x1b\\\u202e\udce9", environment)
        assert "owned" not in sequence
        assert set(sequence) <= set(map(chr, range(0x20, 0x7F))) | {"\x1b", "\x07"}


def test_tmux_itself_is_asked_first(tmp_path: Path) -> None:
    program = tmp_path / "tmux"
    program.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/args"\ncat > "{tmp_path}/text"\n')
    program.chmod(0o755)
    environment = {"TMUX": "x", "PATH": f".:{tmp_path}:/usr/bin:/bin"}
    assert hand_to_tmux("a\x1b\n\udce9", environment)
    assert (tmp_path / "args").read_text() == "load-buffer -w -\n"
    assert (tmp_path / "text").read_bytes() == b"a\x1b\n\xe9"
    program.write_text("#!/bin/sh\nexit 1\n")
    assert not hand_to_tmux("a", environment)
    assert not hand_to_tmux("a", {**environment, "PATH": "."})
    assert not hand_to_tmux("a", {**environment, "TMUX": ""})
