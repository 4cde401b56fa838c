"""Make the README's pictures from a real run on the sample shop: `make pictures`.

Textual's export gives an SVG; what would differ from run to run (an id, the font's address) is taken out, so that a
picture changes only when the program does.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reviewtui.repo.demo import make_demo
from tests.tui.opened import opened

PICTURES: Final = Path(__file__).resolve().parent.parent / "docs" / "pictures"

SHOTS: Final[Sequence[tuple[str, tuple[int, int], bool, Sequence[str]]]] = (
    ("source", (120, 40), False, ("]", "o", "]", "o", "]", "o")),
    ("decide", (120, 40), False, ("ctrl+w", "b", "j", "j", "t", "f")),
    ("finding", (120, 40), False, ("]", "o", "]", "o", "]", "o", "t", "c")),
    ("checklist", (120, 40), True, ("ctrl+w", "x", "j", "enter")),
    ("wide", (160, 48), False, ("ctrl+w", "b", "G", "k")),
    ("small", (80, 24), False, ("]", "o", "]", "o", "]", "o")),
)
"""Name, size, light or dark, keys."""

_FONT_FACES: Final = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_FONT: Final = "'Fira Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


async def shoot(shop: Path, name: str, size: tuple[int, int], is_light: bool, keys: Sequence[str]) -> None:
    """Press the keys and keep what is on the screen."""
    async with opened(shop, size) as program:
        app = program.screen.app
        if is_light:
            app.theme = "reviewtui-light"
        await program.press(*keys)
        svg = app.export_screenshot(title="reviewtui")
    (PICTURES / f"{name}.svg").write_text(still(svg))


def still(svg: str) -> str:
    """The same picture without what chance or a network would bring into it."""
    svg = re.sub(r"font-family:\s*Fira Code[^;]*", f"font-family: {_FONT}", _FONT_FACES.sub("", svg))
    for unique in sorted(set(re.findall(r"terminal-\d+", svg))):
        svg = svg.replace(unique, "terminal")
    # The day, and the id of a new finding.
    svg = re.sub(r"20\d\d-\d\d-\d\d", "2024-09-02", svg)
    return re.sub(r"[0-9a-hjkmnp-tv-z]{8}(?=(?:&#160;| )·(?:&#160;| )Rita)", "7k3m9q2x", svg)


def main() -> int:
    """Make all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for variable in ("NO_COLOR", "TEXTUAL_THEME"):
        os.environ.pop(variable, None)
    with tempfile.TemporaryDirectory() as folder:
        shop = make_demo(Path(folder) / "shop")
        for name, size, is_light, keys in SHOTS:
            asyncio.run(shoot(shop, name, size, is_light, keys))
            print(f"docs/pictures/{name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
