"""The disk changes while the reader reads: an editor, a checkout, another reviewer."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reviewtui.tui.screens import review_watch
from reviewtui.tui.watching import Dates
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

APP = "".join(f"def f{n}(x):\n    y = x + {n}\n    return y\n\n\n" for n in range(40))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    """A repository whose watch looks often."""
    isolate(monkeypatch, tmp_path / "home")
    monkeypatch.setattr(review_watch, "EVERY", 0.05)
    monkeypatch.setattr("reviewtui.tui.watching.SETTLING", 0.02)
    monkeypatch.setattr("reviewtui.tui.screens.review.EVERY", 0.05)
    return GitRepo.create(tmp_path / "project", {"app.py": APP, "lib/b.py": "b = 1\n", "text.txt": "one\ntwo\n"})


@asynccontextmanager
async def reading(repo: GitRepo, path: str = "app.py", size: tuple[int, int] = (120, 40)) -> AsyncIterator[Opened]:
    """The program with a file open, when its scan is over and the watch has taken its first look."""
    async with opened(repo.root / path, size) as program:
        watch = program.screen.watching.watch
        await program.until(lambda: bool(watch._stamps) and path in watch._dates._known, "the first look")
        # What is young is looked at twice, since it may have been read before it was written.
        await program.until(lambda: not watch._dates._seen, "quiet")
        yield program


def replaced(path: Path, text: str) -> None:
    """Write as editors do: a new file in place of the old one."""
    new = path.with_name(".new")
    new.write_text(text)
    os.replace(new, path)  # noqa: PTH105 (says what editors do)


def test_what_changes_is_told_once_when_it_has_come_to_rest() -> None:
    dates = Dates()
    told = [dates.look("a", stamp).name for stamp in (1, 1, 2, 3, 3, 3, 0, 0, 0)]
    assert told == ["QUIET", "QUIET", "BUSY", "BUSY", "CHANGED", "QUIET", "BUSY", "CHANGED", "QUIET"]
    assert [dates.look("b", stamp).name for stamp in (1, 2, 1, 1)] == ["QUIET", "BUSY", "QUIET", "QUIET"]
    assert [dates.look("c", 1, doubtful=True).name for _ in range(3)] == ["BUSY", "CHANGED", "QUIET"]


async def test_the_reader_stays_on_the_line_and_the_line_on_its_place_of_the_screen(repo: GitRepo) -> None:
    async with reading(repo) as program:
        view = program.screen.source
        await program.press("1", "0", "2", "G", "V", "j")
        y = view.lines_of(view.cursor).start
        assert view.line_text == "    return y"
        replaced(repo.root / "app.py", "# new\n# lines\n" + APP.replace("f39", "last"))
        await program.until(lambda: view.lines[0] == "# new", "the new text")
        assert (view.cursor, view.lines_of(view.cursor).start, view.selected_from) == (104, y, 103)
        assert program.said == "app.py changed on the disk and was read again"


async def test_what_is_folded_wrapped_or_split_stays_so(repo: GitRepo) -> None:
    async with reading(repo) as program:
        await program.press("z", "w", "ctrl+w", "v", "5", "G", "z", "M", "1", "1", "G", "z", "o", "j")
        first, second = program.screen.views
        heads = second.folds.heads
        assert heads
        replaced(repo.root / "app.py", "\n" + APP)
        await program.until(lambda: first.lines[0] == second.lines[0] == "", "the new text")
        assert second.folds.heads == tuple(head + 1 for head in heads)
        assert (first.wraps, second.line_text) == (True, "    y = x + 2")


async def test_a_file_that_is_written_without_a_change_is_not_drawn_again(
    repo: GitRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(repo) as program:
        before, drawn = program.screen.source.source, []
        monkeypatch.setattr(program.screen.source, "redraw", lambda: drawn.append(1))
        replaced(repo.root / "app.py", APP)
        watch = program.screen.watching.watch
        known = watch._dates._known["app.py"]
        await program.until(lambda: watch._dates._known["app.py"] != known, "the look at it")
        await program.pilot.pause(0.1)
        assert program.screen.source.source is before
        assert drawn == []
        assert program.said == ""


async def test_blame_and_changes_are_asked_for_again(repo: GitRepo) -> None:
    head = repo.head()
    repo.commit("Other", {"app.py": APP.replace("f1(x)", "f1(y)")})
    async with reading(repo) as program:
        view = program.screen.source
        program.screen.history._compare(view.path, head)  # type: ignore[arg-type]
        await program.until(lambda: 5 in view.changes.added, "the changes")
        await program.press("g", "b")
        await program.until(lambda: view.side is not None, "the blame")
        replaced(repo.root / "app.py", "# new\n" + APP)
        await program.until(lambda: view.lines[0] == "# new", "the new text")
        await program.until(lambda: set(view.changes.added) == {0} and view.side is not None, "both again")
        assert view.compared == head


async def test_the_hits_of_a_file_follow_what_is_in_it(repo: GitRepo) -> None:
    async with reading(repo) as program:
        screen = program.screen
        assert screen.desk.hit_count == 0
        replaced(repo.root / "app.py", "import os\n\n\ndef f(x):\n    os.system(x)\n")
        await program.until(lambda: screen.desk.hit_count == 1, "the hit")
        await program.until(lambda: bool(screen.source.hits_at(5)), "its mark")
        replaced(repo.root / "app.py", APP)
        await program.until(lambda: screen.desk.hit_count == 0, "the end of the hit")


async def test_a_file_that_goes_away_is_told_and_its_text_stays(repo: GitRepo) -> None:
    async with reading(repo) as program:
        view = program.screen.source
        (repo.root / "app.py").unlink()
        await program.until(lambda: bool(view.stale), "the word on it")
        assert program.said == "app.py is gone from the work tree; what stands here was read before"
        assert "not on the disk" in program.text.splitlines()[0]
        assert view.lines[0] == "def f0(x):"
        replaced(repo.root / "app.py", APP)
        await program.until(lambda: not view.stale, "its return")
        (repo.root / "app.py").unlink()
        (repo.root / "app.py").symlink_to("/etc/hostname")
        await program.until(lambda: bool(view.stale), "the refusal of a link")
        assert "symbolic link" in program.said


async def test_new_and_removed_files_come_and_go_in_the_tree(repo: GitRepo) -> None:
    async with reading(repo) as program:
        screen = program.screen
        await program.press("ctrl+w", "t")
        repo.write({"lib/a.py": "import os\nos.system(input())\n", "zz/new.txt": "x"})
        await program.until(lambda: "lib/a.py" in screen.desk.paths, "the new file")
        await program.until(lambda: program.said == "Files on the disk: 2 new", "the word on it")
        await program.until(lambda: screen.desk.hit_count == 1, "the hit in the new file")
        assert (screen.tree_pane.current, screen.source.path) == ("app.py", "app.py")
        (repo.root / "lib" / "a.py").unlink()
        await program.until(lambda: "lib/a.py" not in screen.desk.paths, "the end of the file")
        assert screen.desk.hit_count == 0


async def test_the_program_s_own_file_is_no_news(repo: GitRepo) -> None:
    async with reading(repo) as program:
        await program.press("2", "G", "c", "=mine", "enter")
        await program.until(lambda: ".reviewtui/findings.toml" in program.screen.desk.paths, "the file in the tree")
        assert "Files on the disk" not in program.said


async def test_a_checkout_of_many_files_is_told_once(repo: GitRepo) -> None:
    first = repo.head()
    files = {f"many/f{n}.py": f"import os\nos.system({n!r})\n" for n in range(40)}
    repo.commit("Many", {**files, "app.py": "# other\n" + APP})
    async with reading(repo) as program:
        screen, said = program.screen, []
        say = screen.say

        def listen(text: str, *, error: bool = False) -> None:
            said.append(text)
            say(text, error=error)

        screen.say = listen  # type: ignore[method-assign]
        await program.press("7", "G")
        repo.git("checkout", "-q", first)
        await program.until(lambda: len(screen.desk.paths) == 3 and screen.source.lines[0] != "# other", "the first")
        assert (screen.source.cursor, screen.commit) == (5, first)
        news = {"Files on the disk: 40 gone", "app.py changed on the disk and was read again"}
        assert set(said) <= news
        assert len(said) == len(set(said))
        assert not [path for path in screen.desk.facts if path.startswith("many/")]


async def test_what_another_reviewer_saves_is_there_at_once(repo: GitRepo) -> None:
    async with reading(repo) as program:
        findings = repo.root / ".reviewtui" / "findings.toml"
        await program.press("2", "G", "c", "=mine", "enter")
        await program.until(findings.exists, "the findings file")
        replaced(findings, findings.read_text().replace("mine", "theirs"))
        notes = program.screen.desk.review.findings
        await program.until(lambda: "theirs" in program.screen.findings_pane.findings[0].title, f"{notes}")
