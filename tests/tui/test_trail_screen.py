"""Following a value by keys: steps, their list, and the finding that is made of them."""

from pathlib import Path

import pytest

from reviewtui.model.anchor import PlaceState
from reviewtui.model.place import LineSpan
from reviewtui.model.trail import Trail
from reviewtui.tui.screens.finding_form import FindingForm
from reviewtui.tui.screens.place_list import PlaceRows
from reviewtui.tui.screens.trail_list import TrailList
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

VIEWS = """\
from shop import db


def search(request):
    name = request.args.get("q")
    name = name.strip()
    return db.find(name)
"""
DB = """\
def find(name):
    clean = name.replace(";", "")
    return connection.execute(
        "SELECT * FROM t WHERE n = " + clean
    )
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A value that goes from one file into another."""
    isolate(monkeypatch, tmp_path / "home")
    GitRepo.create(tmp_path / "shop", {"db.py": DB, "views.py": VIEWS, "odd [red].txt": "\x1b]0;x\x07 [/x]\n"})
    return tmp_path / "shop"


async def go(program: Opened, name: str, line: int) -> None:
    await program.press("f", f"={name}", "enter", *str(line), "G")
    assert program.place == (name, line)


async def follow(program: Opened) -> None:
    """Collect the whole way of the value."""
    await go(program, "views.py", 5)
    await program.press("s", "s", "j", "s", "p")
    await go(program, "db.py", 2)
    await program.press("s", "z", "j", "V", "2", "j", "s", "k")


def trail(program: Opened) -> Trail:
    found = program.screen.trailing.trail
    assert found is not None
    return found


def steps(program: Opened) -> list[str]:
    return [f"{step.role} {step.place}" for step in trail(program).steps]


WAY = ["source views.py:5", "passes through views.py:6", "sanitizer db.py:2", "sink db.py:3-5"]


async def test_a_value_is_followed_across_files_and_drawn_in_the_gutter(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await follow(program)
        assert steps(program) == WAY
        assert program.said.startswith("Step 4 of 'search': sink db.py:3-5 · sk again: a note, sf: the finding")
        assert program.screen.source.selection is None
        assert "  2≈ " in program.text
        assert "  3⇥ " in program.text
        await go(program, "views.py", 5)
        assert "  5↦ " in program.text
        assert "  6→ " in program.text
        assert "step 1 of 4 of the trail 'search'" in program.text


async def test_the_same_lines_again_change_the_role_or_take_a_note(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await go(program, "views.py", 5)
        await program.press("s", "p", "s", "s")
        assert steps(program) == ["source views.py:5"]
        await program.press("s", "s", "=from the [red]query\x1b", "enter")
        assert trail(program).steps[0].place.note.startswith("from the [red]query")
        await program.press("s", "s", "=!", "escape")
        assert trail(program).steps[0].place.note.startswith("from the [red]query")


async def test_the_trail_is_replayed_in_order(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("]", "s")
        assert "No trail yet: ss on a line is its source" in program.said
        await follow(program)
        await go(program, "odd [red].txt", 1)
        places = []
        for keys in ("[s", "[s", "[s", "[s", "[s", "]s", "2]s", "]s"):
            await program.press(*keys)
            places.append((program.place, program.said.partition(":")[0]))
        assert places == [
            (("db.py", 3), "4 of 4"),
            (("db.py", 2), "3 of 4"),
            (("views.py", 6), "2 of 4"),
            (("views.py", 5), "1 of 4"),
            (("views.py", 5), "That was the first of 4; sf writes the finding"),
            (("views.py", 6), "2 of 4"),
            (("db.py", 3), "4 of 4"),
            (("db.py", 3), "That was the last of 4; sf writes the finding"),
        ]
        await program.press("ctrl+o")
        assert program.place == ("views.py", 6)


async def test_a_step_is_dropped_and_comes_back(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await follow(program)
        await program.press("2", "G", "s", "d")
        assert steps(program) == [WAY[0], WAY[1], WAY[3]]
        await program.press("s", "d")
        assert program.said == "There is no step of the trail on this line"
        await program.press("s", "l", "u", "escape")
        assert steps(program) == WAY


async def test_the_list_shows_orders_and_changes_the_steps(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await follow(program)
        await program.press("s", "l")
        assert isinstance(program.screen.app.screen, TrailList)
        await program.press("g")
        assert program.place == ("views.py", 5)
        assert 'name = request.args.get("q")' in program.text
        await program.press("J")
        assert steps(program) == [WAY[1], WAY[0], *WAY[2:]]
        await program.press("K", "K", "r", "r", "n", "=once", "enter")
        assert steps(program) == ["sanitizer views.py:5", *WAY[1:]]
        assert trail(program).steps[0].place.note == "once"
        assert "once" in program.text
        await program.press("j", "d")
        assert len(steps(program)) == 3
        await program.press("u", "u", "u", "u")
        assert steps(program) == WAY
        await program.press("o")
        assert steps(program) == WAY[::-1]
        await program.press("N", "=!", "enter")
        assert trail(program).name == "search!"
        await program.press("g", "enter")
        assert program.place == ("db.py", 3)


async def test_leaving_the_list_leaves_the_source_as_it_was(root: Path) -> None:
    async with opened(root, size=(80, 24), scanned=False) as program:
        await follow(program)
        await go(program, "odd [red].txt", 1)
        await program.press("s", "l", "j", "j")
        assert program.place == ("db.py", 2)
        await program.press("escape")
        assert program.place == ("odd [red].txt", 1)
        assert isinstance(program.screen.focused, type(program.screen.source))


async def test_the_trail_becomes_one_finding_with_its_places_in_order(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        session = program.screen.session
        assert session is not None
        await follow(program)
        await program.press("s", "f")
        assert isinstance(program.screen.app.screen, FindingForm)
        await program.press("escape")
        assert (session.review.findings, steps(program)) == ({}, WAY)
        await program.press("s", "f", "ctrl+s")
        (finding,) = session.review.findings.values()
        assert finding.title == "request.args in search reaches connection.execute in find"
        assert [f"{place.role} {place}" for place in finding.places] == WAY
        assert finding.places[3].anchor.text == "\n".join(DB.split("\n")[2:5])
        assert trail(program).finding == finding.id
        await program.press("s", "f")
        assert len(program.screen.app.screen_stack) == 2, "no form: it is written already"
        await program.press("g", "g", "s", "s")
        assert steps(program) == ["source db.py:1"]
        assert len(program.screen.remembering.logbook.reading.trails) == 2


async def test_a_finding_that_is_taken_back_gives_the_trail_back(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await follow(program)
        await program.press("s", "f", "ctrl+s", "u", "g", "g", "s", "s")
        assert steps(program) == [*WAY, "source db.py:1"]


async def test_several_trails_are_named_changed_and_dropped(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await follow(program)
        await program.press("s", "l", "T", "escape", "g", "g", "s", "s", "s", "l")
        assert "Trail: find (2 of 2)" in program.text
        await program.press("t")
        assert "Trail: search (1 of 2)" in program.text
        await program.press("D")
        assert "Trail: find" in program.text
        await program.press("u", "escape")
        assert steps(program) == WAY


async def test_steps_follow_the_code_and_say_what_became_of_them(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await follow(program)
        await program.press("q")
    repo = GitRepo(root)
    repo.commit("moved", {"db.py": "import x\n\n\n" + DB.replace("name.replace", "name.translate")})
    (root / "views.py").unlink()
    async with opened(root, scanned=False) as program:
        where = program.screen.trailing._located(trail(program).steps)
        assert [(w.span, w.state) for w in where if w] == [
            (None, PlaceState.LOST),
            (None, PlaceState.LOST),
            (None, PlaceState.LOST),
            (LineSpan(6, 8), PlaceState.MOVED),
        ]
        await program.press("[", "s")
        assert program.place == ("db.py", 6)
        assert "moved since" in program.said
        await program.press("[", "s")
        assert "lost: the text that stood here is gone" in program.said
        await program.press("s", "l")
        assert program.text.count(" lost ") == 3
        await program.press("f", "ctrl+s")
        session = program.screen.session
        assert session is not None
        (finding,) = session.review.findings.values()
        assert [str(place) for place in finding.places] == ["views.py:5", "views.py:6", "db.py:2", "db.py:6-8"]


async def test_what_cannot_be_kept_is_said_and_quitting_asks(root: Path, state_home: Path) -> None:
    (state_home / "reviewtui").write_text("in the way")
    async with opened(root, scanned=False) as program:
        await go(program, "views.py", 5)
        await program.press("s", "s")
        assert "but only in memory" in program.said
        assert steps(program) == [WAY[0]]
        await program.press("q")
        assert "Quit and lose it?" in program.text
        (state_home / "reviewtui").unlink()
        await program.press("escape", "j", "s", "p")
        assert program.screen.remembering.logbook.is_kept
    async with opened(root, scanned=False) as program:
        assert steps(program) == WAY[:2]


async def test_hostile_text_is_drawn_as_text_in_the_lists(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await go(program, "odd [red].txt", 1)
        await program.press("s", "k", "m", "x", "s", "l")
        rows = program.screen.app.screen.query_one(PlaceRows)
        assert rows.row_count == 1
        assert "odd [red].txt:1" in program.text
        assert "[/x]" in program.text
        await program.press("escape", "g", "'")
        assert "x odd [red].txt:1" in program.text
        assert program.text.replace("\n", "").isprintable()
