"""Keys that come in one go, as over a slow line."""

from pathlib import Path

from textual import events

from tests.gitrepo import GitRepo
from tests.tui.opened import Opened, opened


def burst(program: Opened, *keys: str) -> None:
    """Let keys arrive before any of them is worked on; a text that begins with `=` is typed."""
    for key in keys:
        for name in key[1:] if key.startswith("=") else [key]:
            program.screen.app.post_message(events.Key(name, name if len(name) == 1 else None))


async def test_a_name_typed_ahead_into_the_file_finder_is_found(tmp_path: Path) -> None:
    GitRepo.create(tmp_path, {"a.py": "x\n", "deep/yes.py": "y\n", "deep/yet.py": "z\n"})
    async with opened(tmp_path) as program:
        burst(program, "f", "=yes.py", "enter")
        await program.until(lambda: program.place == ("deep/yes.py", 1), "the file")


async def test_a_decision_typed_ahead_is_made_once_and_nothing_else_is(tmp_path: Path) -> None:
    GitRepo.create(tmp_path, {"a.py": "eval(input())\n"})
    async with opened(tmp_path) as program:
        await program.press("]", "b")
        burst(program, "t", "f", "1", "enter")
        review = program.screen.desk
        await program.until(lambda: review.undecided == 0, "the decision")
        assert len(review.review.verdicts) == 1
        assert not review.review.findings
        assert not review.review.marks
