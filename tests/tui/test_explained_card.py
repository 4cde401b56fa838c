"""The explanation on the card of a hit, as it is read at every size."""

from pathlib import Path

import pytest

from reviewtui.explain.catalogue import EXPLANATIONS
from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

CODE = "import hashlib\n\n\ndef digest(text):\n    return hashlib.md5(text).hexdigest()\n"
RULE = EXPLANATIONS["B324"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    isolate(monkeypatch, tmp_path / "home")
    GitRepo.create(tmp_path / "project", {"a.py": CODE})
    return tmp_path / "project"


def words(program: Opened) -> str:
    """The card as one text, wherever its lines break."""
    pane = program.screen.detail
    rows = [pane.row_at(number) for number in range(pane.row_count)]
    return " ".join(" ".join(str(text) for text, _ in row.left).strip() for row in rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 48)])
async def test_the_card_has_the_whole_explanation_at_every_size(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, size) as program:
        await program.press("f", "=a.py", "enter", "]", "b")
        said = " ".join(words(program).split())
        for text in (RULE.title, RULE.means, RULE.real, RULE.false_alarm, RULE.look, "CWE-328 Use of Weak Hash"):
            assert " ".join(text.split()) in said


async def test_in_a_small_window_the_card_is_read_to_its_end(root: Path) -> None:
    async with opened(root, (80, 24)) as program:
        await program.press("f", "=a.py", "enter", "]", "b")
        assert "tc confirm" in program.text
        assert "CWE-328" not in program.text
        await program.press("tab")
        assert program.screen.context == "detail"
        await program.press("end")
        assert "CWE-328 Use of Weak Hash" in program.text
        await program.press("home")
        assert RULE.title in program.text
