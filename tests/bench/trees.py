"""Repositories of a given size, and the program on them."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import textual

BARE_APP: Final = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    n = 0
    def compose(self):
        yield Static("bare", id="label")
    def on_key(self):
        self.n += 1
        self.query_one("#label").update(f"bare {self.n}")
Bare().run()
"""
"""The smallest Textual program that answers a key: what no Textual program can beat."""

REVIEWTUI: Final = (sys.executable, "-m", "reviewtui")
BARE: Final = (sys.executable, "-c", BARE_APP)

_LINES: Final = (
    "import os",
    "",
    "def handler_{n}(request):",
    "    name = request.args['name']",
    "    os.system('ls ' + name)",
    "    return name",
    "",
)


@contextmanager
def repository(files: int, copies: int = 1) -> Iterator[Path]:
    """A repository of so many small files in folders of forty, one in three of them Python."""
    with tempfile.TemporaryDirectory(prefix="reviewtui-bench-") as folder:
        root = Path(folder) / "repository"
        for number in range(files):
            path = root / f"package_{number // 1600:03}" / f"part_{number // 40:04}"
            if number % 40 == 0:
                path.mkdir(parents=True, exist_ok=True)
            if number % 3 == 0:
                text = "\n".join(line.format(n=copy) for copy in range(copies) for line in _LINES)
                (path / f"module_{number}.py").write_text(text + "\n")
            else:
                (path / f"data_{number}.txt").write_text(f"{number}\n")
        git = ["git", "-C", str(root)]
        subprocess.run([*git[:1], "init", "-q", str(root)], check=True)
        subprocess.run([*git, "add", "."], check=True)
        who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"]
        subprocess.run([*git, *who, "commit", "-q", "-m", "all"], check=True)
        yield root


def packages(root: Path, copies: int) -> None:
    """A repository of so many copies of everything that is installed beside this program."""
    for copy in range(copies):
        shutil.copytree(
            Path(textual.__file__).parent.parent, root / f"copy_{copy}", ignore=shutil.ignore_patterns("__pycache__")
        )
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    subprocess.run(["git", "-C", str(root), "add", "-A", "-f", "."], check=True, capture_output=True)


def middle(figures: list[float]) -> float:
    """The median."""
    return sorted(figures)[len(figures) // 2]
