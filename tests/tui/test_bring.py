"""Reports of other tools, taken in from the screen."""

from pathlib import Path

import pytest

from reviewtui.model.place import RepoPath
from tests.cli.test_import import result, sarif
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import opened

FILES = {"a.py": "import os\n\nos.system(input())\n", "b.py": "x = 1\n"}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    isolate(monkeypatch, tmp_path / "home")
    return GitRepo.create(tmp_path / "project", FILES)


async def test_a_report_is_imported_shown_and_decided(repo: GitRepo, tmp_path: Path) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "b.py", 1), result("Z9", "nowhere/else.py", 1)))
    async with opened(repo.root) as program:
        before = program.screen.desk.undecided
        await program.press("g", "I", f"={report}", "enter")
        await program.until(lambda: program.screen.desk.undecided == before + 2, "the imported hits")
        assert program.said == "2 hits of Zap 1.2, 1 without a place here"
        assert program.screen.desk.badge("b.py").hits == 1
        await program.press("]", "b", "]", "b", "]", "b", "]", "b")
        await program.press("ctrl+w", "b")
        assert "Z1" in program.text
        assert "Z9" in program.text
    async with opened(repo.root) as program:
        await program.until(lambda: len(program.screen.bringing.headers) == 1, "what was imported before")
        await program.press("g", "R", "enter")
        assert "nowhere/else.py" in program.text
        await program.press("f")
        await program.until(lambda: not program.screen.bringing.headers, "that it is forgotten")
        assert program.screen.desk.undecided == before


async def test_a_file_that_is_no_report_is_refused_with_a_word(repo: GitRepo) -> None:
    async with opened(repo.root) as program:
        await program.press("g", "I", f"={repo.root / 'a.py'}", "enter")
        await program.until(lambda: "JSON" in program.said or "read" in program.said, "why not")
        assert program.screen.bringing.headers == ()


async def test_imported_hits_follow_their_file_while_it_is_edited_and_no_other_matters(
    repo: GitRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "zap.sarif"
    report.write_text(sarif(result("Z1", "b.py", 1)))
    async with opened(repo.root) as program:
        bringing, desk = program.screen.bringing, program.screen.desk
        await program.press("g", "I", f"={report}", "enter")
        await program.until(lambda: len(bringing.headers) == 1, "the imported hit")
        looks: list[object] = []
        with monkeypatch.context() as patched:
            patched.setattr(program.screen, "ask", lambda *arguments: looks.append(arguments[-1]))
            bringing.look([RepoPath("a.py")])
            assert looks == []
            bringing.look([RepoPath("b.py")])
            assert looks == ["imports"]
        (repo.root / "b.py").write_text("# one\n# two\nx = 1\n")
        program.screen.watching.look(everything=True)
        await program.until(lambda: [hit.line for hit in desk.hits if hit.rule == "Z1"] == [3], "the hit on its line")
