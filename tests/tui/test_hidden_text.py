"""What a file hides, as a reader meets it: hits like any other, their explanation, marked letters, and how many."""

from pathlib import Path

import pytest

from reviewtui.model.place import RepoPath
from reviewtui.model.state import State
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

TROJAN = 'level = "user"\nif level != "none\u202e\u2066":\n    p\u0430ssword = 1\n    x = "ad\u200bmin"\n# файл, Δx\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script that is no Python, one whose name poses as another, and a plain file."""
    isolate(monkeypatch, tmp_path / "home")
    GitRepo.create(tmp_path / "project", {"a.rb": TROJAN, "b\u0430se.txt": "x\n", "base.txt": "x\n"})
    return tmp_path / "project"


def columns_marked(program: Opened, row: int) -> set[int]:
    """The columns of a row that are drawn as hidden or misleading."""
    view = program.screen.source
    look = view.look("source-view--hidden")
    line = view.drawn_line(row)
    spans = [(s, e) for s, e, style in view._layers(row, line, 0, line.length) if style == look]
    return {column for column in range(line.length) for s, e in spans if s <= line.index_of(column) < e}


async def test_they_are_walked_decided_and_explained_like_any_hit(root: Path) -> None:
    async with opened(root, size=(160, 48)) as program:
        await program.press("f", "=a.rb", "enter", "g", "g")
        walked = []
        for _ in range(3):
            await program.press("]", "b")
            assert program.screen.current_hit is not None
            walked.append((program.screen.here, program.screen.current_hit.rule))
        assert walked == [(("a.rb", 2), "T001"), (("a.rb", 3), "T011"), (("a.rb", 4), "T004")]
        await program.press("[", "b")
        for words in ("mixed script word", "p<U+0430>ssword", "CWE-1007", "Means: ", "Real: ", "Look: "):
            assert words in program.text
        await program.press("t", "c", "ctrl+s")
        await program.until(lambda: program.screen.desk.undecided == 3, "the decision")
        assert [v.state for v in program.screen.desk.review.verdicts.values()] == [State.CONFIRMED]


async def test_what_hides_is_marked_and_counted(root: Path) -> None:
    async with opened(root) as program:
        await program.press("f", "=a.rb", "enter")
        await program.until(lambda: program.screen.source.hidden == 4, "the count")
        await program.pilot.pause()
        assert "4 hidden characters" in program.text
        assert columns_marked(program, 1) == {17, 18}
        assert columns_marked(program, 2) == {5}
        assert columns_marked(program, 4) == set()
        await program.press("f", "=base.txt", "enter")
        assert program.screen.source.hidden == 0


async def test_a_name_that_poses_shows_its_letter_and_is_a_hit(root: Path) -> None:
    async with opened(root) as program:
        assert "b<U+0430>se.txt" in program.text
        names = [(hit.rule, hit.path) for hit in program.screen.desk.hits if hit.rule.startswith("T1")]
        assert names == [("T103", "b\u0430se.txt")]
        program.screen.files.open(RepoPath("b\u0430se.txt"))
        await program.press("ctrl+w", "s", "y")
        assert program.said == (
            "Sent to the terminal's clipboard: b<U+0430>se.txt:1; what the name hides is spelled out in it"
        )
