"""What a terminal receives while every pane and dialog shows a hostile repository: looked at byte by byte."""

import os
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from reviewtui.model.drafts import from_lines
from reviewtui.model.finding import Kind
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.store.file import FindingsFile
from tests.gitrepo import GitRepo, isolate
from tests.terminal import Terminal

MARK: Final = "PWNED"
ATTACKS: Final = (
    f"\x1b]0;{MARK}\x07",
    f"\x1b]52;c;{MARK}\x07",
    f"\x1b[2J{MARK}",
    f"\x1bP{MARK}\x1b\\",
    f"\x9b31m{MARK}",
    f"\x9d0;{MARK}\x9c",
    f"\u202e{MARK}\u2066",
    f"[/x]{MARK}[@click=app.quit]y[/]",
)
"""A title, the clipboard, a cleared screen, a device string, their one-byte forms, bidi, markup."""

INTERPRETED: Final = re.compile(rb"\x1b[\]PX^_][^\x07\x1b]*PWNED|\x1b\[[0-9;?]*[@-~]?PWNED(?=[^ ]*\x1b\\)|\x1b\[2J")
"""What the repository's own sequences would look like on the wire; Textual itself never clears by `2J` on the way."""
FORBIDDEN: Final = tuple(character.encode() for character in "\x9b\x9d\x9c\x90\u202e\u2066")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose names, sources, findings and reviewers are all attacks."""
    isolate(monkeypatch, tmp_path / "home", name="Eve " + ATTACKS[0].replace("\x1b", "").replace("\x07", ""))
    folder = tmp_path / "project"
    attack = "".join(ATTACKS)
    files: dict[str, str | bytes] = {
        f"{number}{text.replace('/', '_')}.py": f"# {attack}\npassword = '{attack}'\nexec(input())  # nosec {attack}\n"
        for number, text in enumerate(ATTACKS)
    }
    files["broken.py"] = f"def (: {attack}\n"
    GitRepo.create(folder, files)
    review = Review()
    at = datetime(2024, 1, 1, tzinfo=UTC)
    first = RepoPath(sorted(os.listdir(folder))[1])  # noqa: PTH208 (a name with an escape in it)
    for kind in Kind:
        finding = from_lines(Place(first, LineSpan(1, 1), role=attack, note=attack), attack, at, kind, attack)
        review = review.with_finding(
            replace(finding, severity=Severity.HIGH, description=attack, exploit=attack, owner=attack, topic=attack)
        )
    FindingsFile(folder / ".reviewtui" / "findings.toml").save(review)
    return folder


def test_no_sequence_of_the_repository_reaches_the_terminal(root: Path) -> None:
    with Terminal([sys.executable, "-m", "reviewtui", str(root)], keep_raw=True) as terminal:
        terminal.wait_for("undecided")
        terminal.wait_gone("scan ")
        started = len(terminal.raw)
        for _ in ATTACKS:
            terminal.press("]fjj")
        terminal.press("]b]o")
        for pane in "tbnxds":
            terminal.press(f"<ctrl+w>{pane}jj")
        terminal.press("f<escape>?<escape><ctrl+p><escape>")
        terminal.press("<ctrl+w>bggtf<escape>tc<escape>")
        terminal.press("<ctrl+w>ngg<enter>ge<escape>")
        terminal.press("<ctrl+w>n")
        terminal.press("gey<escape>y")
        terminal.press("<ctrl+w>sVja<escape>c<escape>gaj<escape><escape>y/PWNED<enter>nn")
        terminal.press("gC<escape>:no such thing<enter>")
        terminal.settle()
        alive = terminal.exit_status is None
        raw = bytes(terminal.raw[started:])
    assert alive, (terminal.exit_status, terminal.text)
    assert raw.count(MARK.encode()) > 50
    without_ours = re.sub(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07", b"", raw)
    assert INTERPRETED.search(without_ours) is None
    assert [character for character in FORBIDDEN if character in raw] == []
