"""Make the README's pictures from a real run on the sample shop: `make pictures`.

One review is played by its keys, and photographed on the way. What would differ from run to run (the clock, new ids) is
fixed, and nothing in a picture comes from a network, so a picture changes only when the program does.
"""

import asyncio
import io
import itertools
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest import mock

from rich.console import Console
from textual.app import App

from reviewtui.model import drafts
from reviewtui.repo.demo import make_demo
from tests.tui.opened import Opened, opened

PICTURES: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"

REVIEWER: Final = "Rita Reviewer"
NOW: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
IDS: Final = ("4h8wq2mc", "9tz3kd7p", "m2x6r0ve", "c5n1y8gj", "w7b4f9sa")

USUAL: Final = (120, 40)

# The hashes and tokens are looked over, the tests put aside; then the login.
REVIEW: Final = (
    *("]o", "tc", "<ctrl+s>"),
    *("tc", "<ctrl+s>"),
    *("<ctrl+w>t", "<space>", "k", "<space>", "k", "k", "<space>", "<ctrl+w>s"),
    *("<ctrl+w>b", "13G", "ts", "1", *["t."] * 6),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the keys that lead to it from a fresh start."""

    name: str
    keys: Sequence[str]
    size: tuple[int, int] = USUAL
    theme: str = "reviewtui-dark"


SHOTS: Final = (
    Shot("source", ("]o",)),
    Shot("decide", ("<ctrl+w>b", "2G", "j", "j", "j", "tf")),
    Shot("finding", ("]o", "tc")),
    Shot("checklist", ("<ctrl+w>x", "12G", "<enter>"), theme="reviewtui-light"),
    Shot("wide", ("<ctrl+w>n", "<enter>"), (160, 48)),
    Shot("follow", ("f", *"db.py", "<enter>", "18G", "w", "gr")),
    Shot(
        "trail",
        ("f", *"accounts/views", "<enter>", "28G", "ss", "31G", "sp", "30G", "sk", "sl"),
    ),
    Shot("changes", ("f", *"catalogue.py", "<enter>", "gD", *["<down>"] * 4, "<enter>", "]d")),
    Shot("search", ("gs", *"query", "<enter>", "jj", "<space>", "j", "<space>", "j"), theme="reviewtui-light"),
    Shot("small", ("]o",), (80, 24)),
)

_TOKEN: Final = re.compile(r"<([a-z0-9+]+)>|(.)")
_FONT: Final = "'DejaVu Sans Mono', Menlo, 'Cascadia Mono', Consolas, 'Liberation Mono', monospace"
_CELL: Final = (12.6, 24.4)
"""Width and height of a cell: what a font of 21 pixels needs for lines to meet above and beside each other."""
_MARGIN: Final = 8
_CLIPPED: Final = re.compile(r' clip-path="url\(#t-line-\d+\)"')


async def play(shop: Path, shot: Shot) -> str:
    """Press the keys, and draw what is on the screen then."""
    async with opened(shop, shot.size) as program:
        session = program.screen.session
        assert session is not None
        session.by, session._now = REVIEWER, lambda: NOW
        program.screen.app.theme = shot.theme
        for key in key_names(shot.keys):
            await program.press(key)
            await program.until(lambda: is_settled(program), "an end of the work")
        # What a process answers comes after the threads are done.
        await program.pilot.pause(0.5)
        return drawn(program.screen.app)


def is_settled(program: Opened) -> bool:
    """Whether nothing runs any more that would still change the picture."""
    return all(worker.is_finished for worker in program.screen.workers)


def key_names(keys: Sequence[str]) -> Iterator[str]:
    """Textual's names of the keys in `"<ctrl+w>b"`."""
    return (m[1] or m[2] for text in keys for m in _TOKEN.finditer(text))


def drawn(app: App[Any]) -> str:
    """The screen as an SVG that needs no font of ours and nothing from elsewhere."""
    columns, rows = app.size
    console = Console(
        width=columns, height=rows, file=io.StringIO(), force_terminal=True, color_system="truecolor", record=True
    )
    stack = app._background_screens
    console.print(app.screen._compositor.render_update(full=True, screen_stack=stack, simplify=True))
    width, height = columns * _CELL[0] + 2 * _MARGIN, rows * _CELL[1] + 2 * _MARGIN
    background = app.current_theme.background
    template = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">
<style>
.t-matrix {{{{ font-family: {_FONT}; font-size: 21px; }}}}
{{styles}}
</style>
<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" rx="9" fill="{background}" stroke="#8884"/>
<g transform="translate({_MARGIN}, {_MARGIN - 1})">
{{backgrounds}}
<g class="t-matrix">
{{matrix}}
</g>
</g>
</svg>
"""
    svg = console.export_svg(code_format=template, unique_id="t", font_aspect_ratio=_CELL[0] / 20)
    return _CLIPPED.sub("", svg).replace("/><", "/>\n<").replace("</text><", "</text>\n<")


def main() -> int:
    """Make all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for variable in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(variable, None)
    with tempfile.TemporaryDirectory() as folder:
        shop = make_demo(Path(folder) / "shop")
        ids = itertools.cycle(IDS)
        with mock.patch.object(drafts, "new_id", lambda: next(ids)):
            os.environ["XDG_STATE_HOME"] = str(Path(folder) / "review")
            asyncio.run(play(shop, Shot("review", REVIEW)))
            for shot in SHOTS:
                # Each begins where nobody has been.
                os.environ["XDG_STATE_HOME"] = str(Path(folder) / shot.name)
                (PICTURES / f"{shot.name}.svg").write_text(asyncio.run(play(shop, shot)), encoding="utf-8")
                print(f"docs/pictures/{shot.name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
