"""One pane alone in sight: whatever the focus does, what has it can be seen."""

from pathlib import Path

import pytest
from textual.widget import Widget

from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import Opened, opened

SIZES = [(80, 24), (120, 40), (160, 48)]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a hit."""
    isolate(monkeypatch, tmp_path / "home")
    return GitRepo.create(tmp_path / "project", {"app.py": "import os\nos.system(input())\n" * 30}).root


def in_sight(program: Opened) -> set[str]:
    """The panes that are in sight."""
    screen = program.screen
    panes = {"side": screen.query_one("#side"), "detail": screen.detail}
    panes |= {"source": screen.views[0], "source-2": screen.views[1]}
    return {name for name, pane in panes.items() if is_displayed(pane)}


def is_displayed(widget: Widget) -> bool:
    """Whether a widget and all around it are displayed."""
    return all(around.display for around in widget.ancestors_with_self if isinstance(around, Widget))


def alone(program: Opened) -> str:
    """The name of the pane with the focus, which must be the only one in sight, and large."""
    focused = program.screen.focused
    assert focused is not None
    name = focused.id or ""
    assert in_sight(program) == {name if name in ("source", "source-2", "detail") else "side"}
    width, height = program.screen.size
    assert focused.size.width >= width - 1
    assert focused.size.height >= height - 4
    return name


@pytest.mark.parametrize("size", SIZES)
async def test_the_zoom_goes_with_the_focus_from_pane_to_pane(root: Path, size: tuple[int, int]) -> None:
    async with opened(root / "app.py", size, scanned=False) as program:
        before = in_sight(program)
        await program.press("z", ".")
        found = [alone(program)]
        for _ in range(3):
            await program.press("tab")
            found.append(alone(program))
        assert found == ["source", "detail", "tree", "source"]
        await program.press("z", ".")
        assert in_sight(program) == before


@pytest.mark.parametrize("size", SIZES)
async def test_of_a_split_source_one_view_is_zoomed(root: Path, size: tuple[int, int]) -> None:
    async with opened(root / "app.py", size, scanned=False) as program:
        await program.press("ctrl+w", "v", "z", ".")
        assert alone(program) == "source-2"
        await program.press("ctrl+w", "w")
        assert alone(program) == "source"
        await program.press("tab", "tab")
        assert alone(program) == "detail"
        await program.press("escape")
        assert {"source", "source-2"} & in_sight(program) == {"source", "source-2"}


@pytest.mark.parametrize("size", SIZES)
async def test_another_pane_that_is_asked_for_is_seen(root: Path, size: tuple[int, int]) -> None:
    async with opened(root / "app.py", size) as program:
        await program.press("z", ".", "ctrl+w", "b")
        assert program.screen.context == "hits"
        assert "side" in in_sight(program)
        await program.press("z", ".")
        assert alone(program) == "hits"
        await program.press("enter")
        assert program.screen.context == "source"
        assert "source" in in_sight(program)
