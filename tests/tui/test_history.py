"""History in the source view: blame, versions, changes with the old lines in place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from reviewtui.text.kinds import TokenKind
from reviewtui.tui.widgets.source_view.blame import age
from reviewtui.tui.widgets.source_view.changes import Changes, OldLine, changes_between
from tests.gitrepo import GitRepo
from tests.tui.opened import Opened, opened

OLD = "import os\n\n\ndef run(name):\n    os.system('ls ' + name)\n    return 1\n"
NEW = "import os\n\n\ndef run(name):\n    os.system('ls ' + quote(name))\n    return 1\n\n\ndef more():\n    pass\n"
EVIL = "Evil \x1b]0;owned\x07 [red]\u202e"


@asynccontextmanager
async def shop(path: Path, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Opened, list[str]]]:
    """The program on a file of two commits and a line that is not committed."""
    repo = GitRepo.create(path, {"shop.py": OLD})
    commits = [repo.head(), repo.commit(EVIL, {"shop.py": NEW})]
    repo.write({"shop.py": NEW + "x = 1\n"})
    async with opened(path, size) as program:
        await program.press("f", "=shop.py", "enter")
        yield program, commits


@pytest.mark.parametrize("size", [(160, 48), (120, 40), (80, 24)])
async def test_blame_stands_beside_the_lines_and_goes_again(tmp_path: Path, size: tuple[int, int]) -> None:
    async with shop(tmp_path, size) as (program, commits):
        view = program.screen.source
        await program.press("g", "b")
        await program.until(lambda: view.side is not None, "the blame")
        assert view.side is not None
        assert view.side.cell(0, on_cursor=False)[0].startswith(f"{commits[0][:8]} Ada Auditor")
        assert view.side.cell(1, on_cursor=False)[0] == "┆"
        assert view.side.cell(1, on_cursor=True)[0].startswith(commits[0][:8])
        assert view.side.cell(4, on_cursor=False)[0].startswith(commits[1][:8])
        assert view.side.cell(10, on_cursor=False)[0] == "not committed"
        await program.pilot.pause()
        assert f"{commits[0][:8]} Ada Auditor" in program.text
        await program.press("g", "b")
        assert view.side is None


async def test_the_commit_of_a_line_tells_all_and_leads_to_its_version(tmp_path: Path) -> None:
    async with shop(tmp_path) as (program, commits):
        await program.press("5", "G", "g", "l")
        await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the commit")
        await program.pilot.pause()
        assert "Evil ␛]0;owned␇ [red]<U+202E>" in program.text
        assert "+5 -1  shop.py" in program.text
        await program.press("b")
        view = program.screen.source
        await program.until(lambda: view.revision == commits[0], "the version")
        assert view.lines == tuple(OLD.splitlines())
        assert "as of" in program.text and "read only" in program.text


async def test_nothing_is_written_on_an_old_version_and_q_goes_back(tmp_path: Path) -> None:
    async with shop(tmp_path) as (program, commits):
        view = program.screen.source
        await program.press("5", "G", "g", "v")
        await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the versions")
        await program.press(f"={commits[0][:8]}", "enter")
        await program.until(lambda: view.revision == commits[0], "the version")
        assert program.place == ("shop.py", 5)
        await program.press("space")
        assert "nothing is written on it" in program.said
        assert not program.screen.desk.review.marks
        await program.press("a")
        assert len(program.screen.app.screen_stack) == 2
        await program.press("q")
        assert (view.revision, view.lines[-1], program.place) == ("", "x = 1", ("shop.py", 5))


async def test_changes_show_the_old_lines_in_place_and_are_walked(tmp_path: Path) -> None:
    async with shop(tmp_path) as (program, commits):
        view = program.screen.source
        await program.press("g", "D")
        await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the versions")
        await program.press(f"={commits[0][:8]}", "enter")
        await program.until(lambda: bool(view.compared), "the changes")
        (old,) = view.changes.old[4]
        assert (list(view.changes.old), old.number, old.text) == ([4], 5, "    os.system('ls ' + name)")
        assert (14, 19, TokenKind.STRING) in old.colours
        assert program.place == ("shop.py", 5)
        await program.press("]", "d")
        assert program.place == ("shop.py", 7)
        await program.press("]", "d")
        assert program.place == ("shop.py", 5)
        await program.press("[", "d")
        assert program.place == ("shop.py", 7)
        assert "-   " in program.text
        await program.press("escape")
        assert (view.compared, view.changes) == ("", Changes())


async def test_any_revision_can_be_written_and_what_is_none_is_refused(tmp_path: Path) -> None:
    async with shop(tmp_path) as (program, commits):
        view = program.screen.source
        for revision in ("--output=x", "HEAD~1"):
            await program.press("g", "v")
            await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the versions")
            await program.press("=another", "enter")
            await program.press(f"={revision}", "enter")
            if revision.startswith("-"):
                await program.until(lambda: "There is no commit '--output=x'" in program.said, "the refusal")
        await program.until(lambda: view.revision == commits[0], "the version")
        assert view.lines == tuple(OLD.splitlines())


async def test_a_file_that_git_does_not_know_and_a_folder_without_git_are_said(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.py").write_text("x\n")
    async with opened(tmp_path / "plain") as program:
        await program.press("f", "=a.py", "enter", "g", "b")
        assert program.said == "No git repository here: there is no history"
    repo = GitRepo.create(tmp_path / "git", {"b.py": "x\n"})
    repo.write({"a.py": "x\n"})
    async with opened(tmp_path / "git") as program:
        await program.press("f", "=a.py", "enter", "g", "b")
        await program.until(lambda: "git blame failed" in program.said, "the error")


async def test_a_line_from_before_a_rename_leads_to_the_old_name_and_back(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"old.py": OLD})
    first = repo.head()
    (tmp_path / "old.py").rename(tmp_path / "shop.py")
    repo.commit("Renamed")
    async with opened(tmp_path) as program:
        view = program.screen.source
        await program.press("f", "=shop.py", "enter", "5", "G", "g", "l")
        await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the commit")
        await program.press("v")
        await program.until(lambda: view.revision == first, "the version")
        assert program.place == ("old.py", 5)
        await program.press("q")
        assert (view.revision, program.place) == ("", ("shop.py", 5))
        await program.press("g", "l")
        await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the commit")
        await program.press("d")
        await program.until(lambda: view.compared == first, "the comparison")
        assert program.said == f"Nothing changed since {first[:8]}"


async def test_a_message_without_end_is_shown_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path, {"shop.py": OLD})
    endless = b"Long " + b"x" * 100_000 + b"\n\n" + b"again\n" * 50_000
    repo.git("commit", "-q", "--amend", "--no-verify", "--cleanup=verbatim", "-F", "-", stdin=endless)
    async with opened(tmp_path) as program:
        await program.press("f", "=shop.py", "enter", "g", "l")
        await program.until(lambda: len(program.screen.app.screen_stack) > 2, "the commit")
        await program.pilot.pause()
        texts = [str(line.render()) for line in program.screen.app.screen.query("#lines > *").results(Static)]
        assert len(texts) < 320
        assert "and 49,702 more lines" in texts
        assert max(map(len, texts)) < 2_100


async def test_blame_of_a_shallow_clone_says_that_it_is_cut_off(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "whole", {"shop.py": OLD})
    repo.commit("Second", {"shop.py": NEW})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "shallow"))
    async with opened(tmp_path / "shallow") as program:
        await program.press("f", "=shop.py", "enter", "g", "b")
        await program.until(lambda: program.screen.source.side is not None, "the blame")
        assert program.said == "A shallow clone: its oldest commit stands for all that is older"


def test_changes_pair_the_words_of_lines_that_took_each_others_place() -> None:
    assert changes_between(["a = f(x)", "b", "c"], ["a = f(y)", "b"]) == Changes(
        {0: (OldLine(1, "a = f(x)", ((6, 7),)),), 2: (OldLine(3, "c"),)}, {0: ((6, 7),)}
    )


def test_ages_are_short() -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    spans = (-5, 0, 59, 61, 7200, 86400 * 3, 86400 * 65, 86400 * 800)
    assert [age(now - timedelta(seconds=s), now) for s in spans] == ["now", "now", "now", "1m", "2h", "3d", "2mo", "2y"]
