"""The screen as a reader uses it: keys, mouse, lists, undo, on real files with a real scan."""

import os
from pathlib import Path

import pytest

from reviewtui.model.finding import Kind
from reviewtui.model.place import LineSpan
from reviewtui.model.state import State
from reviewtui.store.file import FindingsFile
from reviewtui.tui.actions import ACTIONS
from reviewtui.tui.widgets.line_view import LineView
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import opened

LOGIN = """\
import os
import sqlite3


def login(db, name):
    db.execute("SELECT * FROM users WHERE name = '" + name + "'")
    return os.system("id " + name)


class Session:
    def token(self):
        return (1, [2, {3: 4}])
"""
HELPER = """\
import pickle


def load(data):
    return pickle.loads(data)
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with four hits in two files, and a file that Bandit cannot parse."""
    isolate(monkeypatch, tmp_path / "home")
    folder = tmp_path / "project"
    GitRepo.create(
        folder,
        {
            "app/login.py": LOGIN,
            "app/helper.py": HELPER,
            "broken.py": "def (:\n",
            "notes.txt": "one\ntwo\nthree\n" * 40,
        },
    )
    return folder


async def test_every_action_has_a_handler_in_its_panes(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        missing = []
        for action in ACTIONS:
            for context in action.contexts:
                view = (
                    program.screen.query_one(f"#{context}", LineView) if context != "global" else program.screen.source
                )
                program.screen.set_focus(view)
                if program.screen.handler(action.name) is None:
                    missing.append((action.name, context))
        assert missing == []


async def test_hits_are_walked_across_files_and_wrap(root: Path) -> None:
    async with opened(root) as program:
        places = []
        for _ in range(5):
            await program.press("]", "b")
            places.append(program.place)
        assert places == [
            ("app/helper.py", 1),
            ("app/helper.py", 5),
            ("app/login.py", 6),
            ("app/login.py", 7),
            ("app/helper.py", 1),
        ]
        assert "from the top again" in program.said
        await program.press("[", "b")
        assert program.place == ("app/login.py", 7)


async def test_counts_and_motions(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.until(lambda: program.place == ("notes.txt", 1), "the file")
        visited = []
        for keys in (("5", "j"), ("2", "k"), ("G",), ("3", "0", "G"), ("g", "g"), (":", "1", "2", "enter"), ("H",)):
            await program.press(*keys)
            visited.append(program.screen.source.cursor + 1)
        assert visited == [6, 4, 120, 30, 1, 12, 1]
        await program.press("1", "0", "0", "0", "0", "0", "0", "0", "j")
        assert program.place == ("notes.txt", 120)


async def test_a_key_that_breaks_a_sequence_does_nothing_else(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.press("g", "j")
        assert program.place == ("notes.txt", 1)
        await program.press("j")
        assert program.place == ("notes.txt", 2)


async def test_brackets_functions_and_words(root: Path) -> None:
    async with opened(root / "app/login.py", scanned=False) as program:
        source = program.screen.source
        await program.press(")", ")")
        assert program.place == ("app/login.py", 10)
        await program.press("G", "$", "%")
        assert source.line_text[source.cursor_column] == "("
        await program.press("%")
        assert source.cursor_column == len(source.line_text) - 1
        await program.press("g", "g", "0", "w")
        assert (source.cursor, source.cursor_column) == (0, 7)


async def test_search_as_you_type_and_back(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.press("/", "=thr")
        assert program.place == ("notes.txt", 3)
        await program.press("escape")
        assert program.place == ("notes.txt", 1)
        await program.press("/", "=two", "enter", "n")
        assert (program.place, program.said) == (("notes.txt", 5), "Match 2 of 40")
        await program.press("N", "N")
        assert program.place == ("notes.txt", 119)
        await program.press("/", "=[(nothing", "enter")
        assert program.said


async def test_back_to_where_you_were(root: Path) -> None:
    async with opened(root) as program:
        await program.press("]", "b", "]", "b", "]", "b")
        assert program.place == ("app/login.py", 6)
        await program.press("ctrl+o")
        assert program.place == ("app/helper.py", 5)
        await program.press("ctrl+o")
        assert program.place == ("app/helper.py", 1)
        await program.press("g", ";")
        assert program.place == ("app/helper.py", 5)


async def test_a_verdict_leads_to_the_next_hit_and_can_be_taken_back(root: Path) -> None:
    async with opened(root) as program:
        session = program.screen.session
        assert session is not None
        await program.press("]", "o", "t", "f")
        await program.press("2")
        assert program.place == ("app/helper.py", 5)
        assert [(v.rule, v.state, v.by) for v in session.review.verdicts.values()] == [
            ("B403", State.FALSE_POSITIVE, "Rita")
        ]
        await program.press("t", ".")
        assert program.place == ("app/login.py", 6)
        assert program.screen.desk.undecided == 2
        await program.press("u", "u")
        assert session.review.verdicts == {}
        assert program.screen.desk.undecided == 4
        await program.press("ctrl+r")
        assert program.screen.desk.undecided == 3


async def test_an_accepted_risk_carries_owner_and_date(root: Path) -> None:
    async with opened(root) as program:
        session = program.screen.session
        assert session is not None
        await program.press("]", "o", "t", "a", "=known to the platform team", "enter", "enter", "enter")
        verdict = next(iter(session.review.verdicts.values()))
        assert (verdict.state, verdict.reason, verdict.owner) == (
            State.ACCEPTED_RISK,
            "known to the platform team",
            "Rita",
        )
        assert verdict.review_by is not None


async def test_selected_lines_become_a_finding_with_that_place(root: Path) -> None:
    async with opened(root / "app/login.py", scanned=False) as program:
        session = program.screen.session
        assert session is not None
        await program.press("5", "G", "V", "2", "j", "a", "=Everything in one function", "ctrl+s")
        finding = next(iter(session.review.findings.values()))
        assert finding.place is not None
        assert (finding.title, finding.place.span, finding.place.anchor.symbol) == (
            "Everything in one function",
            LineSpan(5, 7),
            "login",
        )
        assert program.screen.source.selection is None
        await program.press("d", "d")
        assert session.review.findings == {}
        await program.press("u")
        assert list(session.review.findings.values()) == [finding]


async def test_a_note_is_one_key_and_one_line(root: Path) -> None:
    async with opened(root / "app/login.py", scanned=False) as program:
        session = program.screen.session
        assert session is not None
        await program.press("c", "=ask the author [/x] [red]", "enter")
        assert [(f.kind, f.title) for f in session.review.findings.values()] == [
            (Kind.NOTE, "ask the author [/x] [red]")
        ]
        await program.press("@")
        assert "ask the author [/x] [red]" in program.text


async def test_a_file_that_was_not_scanned_is_in_the_list(root: Path) -> None:
    async with opened(root) as program:
        await program.press("ctrl+w", "b", "G")
        assert "broken.py" in program.text
        assert "1 not scanned" in program.text
        assert program.place == ("broken.py", 1)


async def test_a_file_is_reviewed_and_no_longer(root: Path) -> None:
    async with opened(root / "app/helper.py") as program:
        await program.press("space")
        assert program.screen.desk.reviewed == {"app/helper.py"}
        await program.press("space")
        assert program.screen.desk.reviewed == frozenset()
        await program.press("V", "j", "space")
        session = program.screen.session
        assert session is not None
        assert [mark.ranges for mark in session.review.marks.values()] == [(LineSpan(1, 2),)]
        assert program.screen.desk.reviewed == frozenset()


async def test_a_plain_folder_works_and_says_what_is_switched_off(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("eval(input())\n")
    async with opened(tmp_path) as program:
        await program.press("]", "b")
        assert program.place == ("a.py", 1)
        await program.press("c", "=hm", "enter", "g", "C")
        assert "no git repository" in program.said
        assert (tmp_path / ".reviewtui" / "findings.toml").exists()


def write(folder: Path, names: list[bytes]) -> None:
    """Files of these names that hold what a terminal, a markup parser or a reader may fall for."""
    for name in names:
        path = Path(os.fsdecode(bytes(folder) + b"/" + name))
        path.write_bytes(b"# \x1b[2J \xe2\x80\xae [/z] \x9b2J\nexec(input())\n")


async def test_hostile_names_and_texts_are_shown_and_break_nothing(tmp_path: Path) -> None:
    names = [
        b"[red]x[.py",
        b"[@click=app.quit]y.py",
        b"\x1b]0;owned\x07.py",
        b"a\nb.py",
        b"\xff\xfe.py",
        "\u202egpj.py".encode(),
    ]
    write(tmp_path, names)
    async with opened(tmp_path) as program:
        assert len(program.screen.desk.paths) == len(names)
        for _ in names:
            await program.press("]", "f", "j", "?", "escape", "ctrl+w", "b", "j", "ctrl+w", "t")
            drawn = program.text.replace("\n", "")
            assert drawn.isprintable(), [c for c in drawn if not c.isprintable()]
        assert "␛" in program.text


async def test_a_binary_file_is_shown_as_one(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)) * 4)
    async with opened(tmp_path / "x.bin") as program:
        assert "binary" in program.text
        assert "00000000" in program.text


async def test_a_link_out_of_the_repository_is_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the crown jewels\n")
    (root / "link.txt").symlink_to(secret)
    async with opened(root) as program:
        await program.press("f", "=link.txt", "enter")
        assert "crown" not in program.text
        assert "link" in program.text


async def test_the_mouse_opens_scrolls_and_selects(root: Path) -> None:
    async with opened(root) as program:
        screen = program.screen
        await program.pilot.click(screen.tabs, offset=(9, 0))
        assert screen.focused is screen.hits_pane
        await program.pilot.click(screen.hits_pane, offset=(5, 2))
        assert program.place == ("app/login.py", 6)
        await program.pilot.mouse_down(screen.source, offset=(20, 1))
        await program.pilot.hover(screen.source, offset=(20, 4))
        await program.pilot.mouse_up(screen.source, offset=(20, 4))
        assert screen.source.selection == LineSpan(2, 5)
        await program.press("escape")
        assert screen.source.selection is None


async def test_a_small_screen_shows_one_side_at_a_time(root: Path) -> None:
    async with opened(root, size=(80, 24)) as program:
        side, main = program.screen.query_one("#side"), program.screen.query_one("#main")
        assert (side.display, main.display) == (True, False)
        await program.press("]", "b")
        assert (side.display, main.display) == (False, True)
        await program.press("ctrl+w", "x")
        assert (side.display, main.display) == (True, False)
        await program.press("tab")
        assert (side.display, main.display) == (False, True)


async def test_a_scan_is_cancelled_and_begun_again(root: Path) -> None:
    async with opened(root, scanned=False) as program:
        await program.press("ctrl+c")
        scanning = program.screen.scanning
        if scanning.state == "cancelled":
            assert "cancelled" in program.text
        await program.press("R")
        await program.until(lambda: scanning.state == "done", "the second scan")
        assert program.screen.desk.hit_count == 4


async def test_keys_typed_before_the_panes_are_there_are_kept(root: Path) -> None:
    async with opened(root / "notes.txt", scanned=False) as program:
        await program.press("5", "j")
        assert program.place == ("notes.txt", 6)


async def test_what_cannot_be_saved_is_not_called_saved_and_is_kept(root: Path) -> None:
    async with opened(root / "app/login.py", scanned=False) as program:
        (root / ".reviewtui").write_text("in the way")
        await program.press("c", "=important", "enter")
        assert "NOT SAVED" in program.text
        assert "The note is saved" not in program.text
        (root / ".reviewtui").unlink()
        await program.press("c", "=second", "enter")
        assert "saved ✓" in program.text
        review = FindingsFile(root / ".reviewtui" / "findings.toml").load()
        assert sorted(f.title for f in review.findings.values()) == ["important", "second"]


async def test_another_program_writes_the_findings_file_and_nothing_is_lost(root: Path) -> None:
    from reviewtui.model.drafts import from_lines
    from reviewtui.model.place import Place, RepoPath
    from reviewtui.opening import FINDINGS, open_review
    from reviewtui.repo.repository import Repository

    async with opened(root / "app/login.py", scanned=False) as program:
        await program.press("c", "=mine", "enter")
        other = open_review(Repository.open(root), FINDINGS, "Otto").session
        note = from_lines(Place(RepoPath("notes.txt")), "Otto", other.now(), Kind.NOTE, "theirs")
        other.apply("note", lambda review: review.with_finding(note))
        await program.press("j", "c", "=mine too", "enter")
        assert program.screen.session is not None
        titles = sorted(f.title for f in program.screen.session.review.findings.values())
        assert titles == ["mine", "mine too", "theirs"]
