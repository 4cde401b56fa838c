"""The source view alone: what a line looks like when only a part of it fits."""

import pytest

from reviewtui.model.place import RepoPath
from reviewtui.text.source import decode
from reviewtui.tui.widgets.source_view.view import SourceView
from tests.tui.alone import Alone


async def shown(line: str, shift: int, width: int = 20) -> str:
    """The cells of a line's text when so many are scrolled out at the left."""
    app = Alone()
    async with app.run_test(size=(width + 9, 5)) as pilot:
        view = app.query_one(SourceView)
        view.show(RepoPath("a.py"), decode(f"{line}\n".encode()))
        view.shift = shift
        view.redraw()
        await pilot.pause()
        return view.render_line(0).text[view.gutter_width :]


@pytest.mark.parametrize(
    ("line", "shift", "expected"),
    [
        ("abcdefghijklmnopqrstuvwxyz", 0, "abcdefghijklmnopqrst "),
        ("abcdefghijklmnopqrstuvwxyz", 10, "klmnopqrstuvwxyz     "),
        ("\tif x:\t# y", 0, "    if x:   # y      "),
        ("\tif x:\t# y", 2, "  if x:   # y        "),
        ("日本語日本語日本語日本語", 0, "日本語日本語日本語日 "),
        ("日本語日本語日本語日本語", 3, " 語日本語日本語日本"),
        ("a\x1bb\u202ec", 0, "a␛b<U+202E>c         "),
        ("a\x1bb\u202ec", 5, "+202E>c              "),
        ("", 0, "                     "),
    ],
)
async def test_a_window_of_a_line(line: str, shift: int, expected: str) -> None:
    found = await shown(line, shift)
    assert found.rstrip() == expected.rstrip()


async def test_a_line_of_five_megabytes_is_drawn_in_its_window_alone() -> None:
    app = Alone()
    async with app.run_test(size=(80, 5)) as pilot:
        view = app.query_one(SourceView)
        view.show(RepoPath("a.txt"), decode(b"\tx\xe9" * 1_700_000))
        await pilot.pause()
        view.do_line_end(None)
        await pilot.pause()
        assert sum(len(segment.text) for segment in view.draw_part(0, 0, 79, view.rich_style)) <= 80
        assert view.shift > 5_000_000
