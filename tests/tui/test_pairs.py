"""The pairs and their ends: counts, capitals, and the places that lost their lines."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from reviewtui.model.anchor import make_place
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.opening import FINDINGS, open_review
from reviewtui.repo.repository import Repository
from reviewtui.text.source import decode
from tests.formats.example import review
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

FILES = {
    "a.py": "import pickle\n\n\ndef load(data):\n    return pickle.loads(data)\n",
    "b.py": "def run(name):\n    return eval(name)\n\n\ndef twice(name):\n    return eval(name)\n",
    "c.txt": "nothing\n",
    "d.py": "x = 1\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four hits in two of four files."""
    isolate(monkeypatch, tmp_path / "home")
    folder = tmp_path / "project"
    GitRepo.create(folder, FILES)
    return folder


async def places(program: Opened, *sequences: tuple[str, ...]) -> list[tuple[str, int] | None]:
    found = []
    for keys in sequences:
        await program.press(*keys)
        found.append(program.place)
    return found


LAST, FIRST = "right_square_bracket", "left_square_bracket"


async def test_capitals_lead_to_the_ends_and_counts_from_there(root: Path) -> None:
    async with opened(root) as program:
        assert await places(
            program, (LAST, "B"), (FIRST, "B"), ("2", LAST, "B"), ("2", FIRST, "B"), ("9", LAST, "B")
        ) == [
            ("b.py", 6),
            ("a.py", 1),
            ("b.py", 2),
            ("a.py", 5),
            ("a.py", 1),
        ]
        assert program.said == "1 of 4"
        assert await places(program, (LAST, "F"), (FIRST, "F"), ("2", FIRST, "F"), ("3", LAST, "f")) == [
            ("d.py", 1),
            ("a.py", 1),
            ("b.py", 1),
            ("d.py", 1),
        ]
        await program.press("space", LAST, "U")
        assert program.place == ("c.txt", 1)
        await program.press(FIRST, "U", "2", LAST, "u")
        assert program.place == ("c.txt", 1)
        await program.press("1", "0", "0", LAST, "u", LAST, "u")
        assert (program.place, program.said) == (("c.txt", 1), "No further unreviewed file")


async def test_our_own_findings_file_is_no_unreviewed_file(root: Path) -> None:
    async with opened(root) as program:
        await places(program, (LAST, "F"))
        await program.press("space")
        program.screen.watching.look(everything=True)
        await program.until(lambda: str(FINDINGS) in program.screen.desk.paths, "the findings file in the tree")
        assert await places(program, (FIRST, "U"), ("2", LAST, "u"), (FIRST, "F")) == [
            ("a.py", 1),
            ("c.txt", 1),
            (str(FINDINGS), 1),
        ]


async def test_an_end_of_nothing_is_said(root: Path) -> None:
    async with opened(root) as program:
        for key, said in (("N", "Nothing written yet"), ("X", "Choose an item of the checklist first: Ctrl-w x")):
            await program.press(LAST, key)
            assert program.said == said


async def test_items_are_walked_with_counts_and_to_their_last_candidate(root: Path) -> None:
    async with opened(root) as program:
        items = [item for checklist in program.screen.desk.checklists for item in checklist.items]
        await program.press("2", LAST, "c")
        assert program.screen.walking.item == items[1]
        item = next(item for item in items if len(program.screen.desk.candidates(item.id)) > 1)
        program.screen.walking.begin(item)
        last = program.screen.desk.candidates(item.id)[-1]
        await program.press(LAST, "X")
        assert program.place == (last.path, last.span.start)
        await program.press(FIRST, "X")
        assert program.screen.walking.at == 0


# Lost places


def with_finding(finding: Finding, review: Review) -> Review:
    return review.with_finding(finding)


def write(root: Path, *places: tuple[str, int]) -> list[Finding]:
    """Findings on lines as they are now."""
    session = open_review(Repository.open(root), FINDINGS, by="Rita").session
    example = review().findings[FindingId("k3v9x2ab")]
    written = []
    for number, (path, line) in enumerate(places):
        source = decode((root / path).read_bytes(), path)
        place = make_place(RepoPath(path), LineSpan(line, line), source.lines, blob=source.blob)
        finding = replace(example, id=FindingId(f"k3v9x2a{number}"), title=f"Finding {number}", places=(place,))
        session.apply("write", partial(with_finding, finding))
        written.append(finding)
    return written


async def test_findings_that_lost_their_lines_are_walked(root: Path) -> None:
    write(root, ("a.py", 5), ("b.py", 2), ("c.txt", 1), ("d.py", 1))
    (root / "a.py").write_text("# new\n" + FILES["a.py"])
    (root / "b.py").write_text("def other():\n    pass\n")
    (root / "c.txt").unlink()
    async with opened(root) as program:
        assert await places(program, (LAST, "exclamation_mark")) == [("b.py", 2)]
        assert program.said == (
            "1 of 2: the lines of 'Finding 1' are not there any more; ga on the right lines mends it"
        )
        assert "return eval(name)" in program.text
        await program.press(LAST, "exclamation_mark")
        assert (program.screen.context, program.said) == (
            "findings",
            "2 of 2, 'Finding 2': c.txt is gone from the work tree",
        )
        assert "lost c.txt:1" in program.text
        await program.press(LAST, "exclamation_mark")
        assert (program.place, program.said.partition(":")[0]) == (("b.py", 2), "1 of 2, from the other end")
        await program.press(FIRST, "exclamation_mark", FIRST, "exclamation_mark")
        assert program.place == ("b.py", 2)
        await program.press("2", LAST, "exclamation_mark")
        assert program.said.startswith("1 of 2, from the other end")


async def test_a_lost_place_is_mended_by_other_lines(root: Path) -> None:
    (finding,) = write(root, ("b.py", 2))
    (root / "b.py").write_text("def other():\n    return 1\n\n\ndef run(n):\n    return eval(n)\n")
    async with opened(root) as program:
        await program.press(LAST, "exclamation_mark", "G", "g", "a", "enter")
        assert program.screen.session is not None
        mended = program.screen.session.review.findings[finding.id]
        assert [str(place) for place in mended.places] == ["b.py:6"]
        await program.until(lambda: not program.screen.desk.placed.unsure, "that nothing is lost")
        await program.press(LAST, "exclamation_mark")
        assert program.said.startswith("No place is lost")


async def test_findings_are_walked_where_they_are_now(root: Path) -> None:
    write(root, ("a.py", 5))
    (root / "a.py").write_text("# new\n# lines\n" + FILES["a.py"])
    async with opened(root) as program:
        await program.until(lambda: bool(program.screen.lost._known), "the places")
        assert await places(program, (LAST, "n")) == [("a.py", 7)]


async def test_a_place_without_its_text_is_to_be_looked_after(root: Path) -> None:
    session = open_review(Repository.open(root), FINDINGS, by="Rita").session
    example = review().findings[FindingId("k3v9x2ab")]
    hostile = replace(example, title="\x1b[31m[red]", places=(Place(RepoPath("d.py"), LineSpan(1, 1)),))
    session.apply("write", partial(with_finding, hostile))
    async with opened(root) as program:
        await program.press(LAST, "exclamation_mark")
        assert program.place == ("d.py", 1)
        assert program.said.startswith("1 of 1: '␛[31m[red]' was noted without its text")


async def test_a_file_that_changes_on_the_disk_is_looked_at_again(root: Path) -> None:
    (finding,) = write(root, ("b.py", 2))
    async with opened(root) as program:
        await program.until(lambda: bool(program.screen.lost._known), "the places")
        assert program.screen.desk.placed.unsure == []
        (root / "b.py").unlink()
        program.screen.look_again()
        await program.until(
            lambda: [entry.finding for entry in program.screen.desk.placed.unsure] == [finding.id],
            "that the place is lost",
        )


async def test_a_place_that_went_to_another_file_is_shown_and_found_there(root: Path) -> None:
    (finding,) = write(root, ("a.py", 5))
    (root / "a.py").write_text("import pickle\n")
    (root / "z.py").write_text("# Moved.\n" + FILES["a.py"])
    async with opened(root) as program:
        screen = program.screen
        await program.until(lambda: screen.lost._known, "the places")
        assert screen.desk.placed.worst(finding) == "moved"
        assert await places(program, (LAST, "n")) == [("z.py", 6)]
        assert "6  ↕" in program.text.replace("H", " ").replace("M", " ")
        assert ": the block went to another file, was a.py:5" in " ".join(program.text.split())
        assert (screen.desk.badge("a.py").findings, screen.desk.badge("z.py").findings) == (0, 1)
        await program.press("at")
        assert "moved z.py:6" in program.text
        await program.press("enter")
        assert (screen.context, program.place) == ("source", ("z.py", 6))
        assert screen.session is not None
        assert screen.session.review.findings[finding.id] == finding


async def test_an_edited_place_is_told_as_edited(root: Path) -> None:
    write(root, ("a.py", 5))
    (root / "a.py").write_text(FILES["a.py"].replace("loads(data)", "loads(data, encoding='bytes')"))
    async with opened(root) as program:
        await program.until(lambda: program.screen.lost._known, "the places")
        await program.press(LAST, "exclamation_mark")
        assert program.place == ("a.py", 5)
        assert program.said.startswith("1 of 1: the lines of 'Finding 0' were edited")
        assert "±" in program.text
