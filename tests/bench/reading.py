"""Reading a file beside other programs: from the key that opens it to its text in colour, keys, and memory."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.bench.peers import OURS, TEXT_AREA, Peer, installed
from tests.bench.trees import BARE
from tests.terminal import NotShownError, Terminal, key_bytes

PRESSES: Final = 30
OPENINGS: Final = 3
_QUIET: Final = 0.5
_PLAIN_COLOURS: Final = 2
_SEQUENCE: Final = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>])")
SLOW_ABOVE: Final = 3_000_000
"""Bytes from which on the widget of the toolkit is opened once, which takes it long enough."""


def main() -> None:
    """Print the table, one part a file."""
    with tempfile.TemporaryDirectory(prefix="reviewtui-reading-") as folder:
        files = [_generated(Path(folder), lines) for lines in (1_000, 20_000, 200_000)]
        django = _largest_of_django(Path(folder))
        if django is None:
            print("\nNo package index can be reached: without the largest file of Django")
        with Terminal(BARE) as terminal:
            terminal.wait_for("bare")
            figures = _latency(terminal, ("x",))
        print(f"\nReading, {PRESSES} presses each, ms: median, 99th of a hundred; to the last byte: median")
        print(f"  a bare Textual app, its label changed by a key        {figures}")
        for path in [*files, *([django] if django else [])]:
            _measure(path)


def _measure(path: Path) -> None:
    lines = path.read_bytes().count(b"\n")
    print(f"\n  {path.name}, {lines:,} lines, {path.stat().st_size / 1e6:.1f} MB")
    for peer in installed():
        try:
            openings: list[tuple[float, float]] = []
            times = 1 if peer is TEXT_AREA and path.stat().st_size > SLOW_ABOVE else OPENINGS
            while len(openings) < times:
                with _opened(peer, path) as (terminal, text, colour):
                    openings.append((text, colour))
                    if len(openings) == times:
                        _keys(peer, path, terminal, openings)
        except NotShownError as error:
            print(f"    {peer.name:18} {str(error).splitlines()[0]}")


def _keys(peer: Peer, path: Path, terminal: Terminal, openings: Sequence[tuple[float, float]]) -> None:
    text, colour = (sorted(values)[len(values) // 2] * 1000 for values in zip(*openings, strict=True))
    shown = (
        "no colours came"
        if not colour
        else f"in colour after {colour:7.1f} ms"
        if peer.has_colours
        else "(no colours)          "
    )
    print(f"    {peer.name:18} opened {text:7.1f} ms, {shown}")
    if peer is OURS:
        print(f"      {'j, from the first second':24} {_latency(terminal, (peer.down,))}")
    peer.at_rest(terminal)
    print(f"      {'j':24} {_latency(terminal, (peer.down,))}")
    print(f"      {'half a page':24} {_latency(terminal, (peer.page,))}")
    print(f"      {'to the end and back':24} {_latency(terminal, peer.ends)}")
    if peer.search is not None:
        words = _words(path)
        print(f"      {'search for a word':24} {_latency(terminal, [peer.search(word) for word in words])}")
    print(f"      {'memory':24} {terminal.memory():7.1f} MB")


@contextmanager
def _opened(peer: Peer, path: Path) -> Iterator[tuple[Terminal, float, float]]:
    """The program with the file open; seconds from the key to its text, and to its text in colour."""
    with Terminal(peer.command(path), timeout=120) as terminal:
        terminal.wait_for(peer.ready)
        peer.at_rest(terminal)
        named, key = peer.open_keys(path)
        if named:
            terminal.press(named)
            terminal.settle(0.4)
        wanted = next(line for line in path.read_text("utf-8", "replace").split("\n") if line.strip())[:40]
        text, colour = _shown(terminal, key, wanted)
        yield terminal, text, colour


def _shown(terminal: Terminal, key: str, wanted: str) -> tuple[float, float]:
    """Seconds until the text was on the screen, and until it stood there in colours.

    The emulation is slow: what came is drawn piece by piece afterwards, each with the time at which it came.
    """
    begun = time.perf_counter()
    os.write(terminal.fd, b"".join(key_bytes(key)))
    chunks: list[tuple[float, bytes]] = []
    is_shown = False
    while data := terminal.read(_QUIET if is_shown else terminal.timeout):
        chunks.append((time.perf_counter() - begun, data))
        is_shown = is_shown or wanted.encode() in _SEQUENCE.sub(b"", b"".join(data for _, data in chunks))
    text = colour = 0.0
    for when, data in chunks:
        terminal.feed(data)
        text = text or (when if wanted in terminal.text else 0.0)
        colour = colour or (when if text and _is_coloured(terminal, wanted) else 0.0)
    if not text:
        raise NotShownError(f"{wanted!r} did not come")
    return text, colour


def _is_coloured(terminal: Terminal, wanted: str) -> bool:
    """Whether the file's first lines have more colours than text and cursor."""
    rows = terminal.screen.display
    y = next((y for y, row in enumerate(rows) if wanted in row), -1)
    if y < 0:
        return False
    columns = range(rows[y].index(wanted), terminal.columns - 1)
    seen = {
        terminal.screen.buffer[row][column].fg
        for row in range(y, y + 10)
        for column in columns
        if terminal.screen.buffer[row][column].data.strip()
    }
    return len(seen) > _PLAIN_COLOURS


def _words(path: Path) -> list[str]:
    """Words that the file holds, far from each other."""
    lines = path.read_text("utf-8", "replace").split("\n")
    found = []
    for step in range(1, 9):
        line = lines[step * len(lines) // 10]
        words = [word for word in line.replace("(", " ").replace(",", " ").split() if word.isalnum() and len(word) > 2]
        found += words[:1]
    return found or ["def"]


def _latency(terminal: Terminal, keys: Sequence[str]) -> str:
    found = [times for n in range(PRESSES) if (times := terminal.latency(keys[n % len(keys)]))]
    if not found:
        return "nothing changed"
    first = sorted(times[0] * 1000 for times in found)
    last = sorted(times[1] * 1000 for times in found)
    p99 = first[min(len(first) - 1, round(len(first) * 0.99))]
    return f"{first[len(first) // 2]:7.1f} {p99:7.1f} {last[len(last) // 2]:7.1f}"


def _generated(folder: Path, lines: int) -> Path:
    home = folder / str(lines)
    home.mkdir()
    path = home / f"generated_{lines}.py"
    path.write_text(
        "".join(f"def f{n}(value):\n    return [value, {n}, 'text {n}']  # {n}\n\n" for n in range(lines // 3))
    )
    (home / "empty.txt").write_text("empty\n")
    return path


def _largest_of_django(folder: Path) -> Path | None:
    home = folder / "django"
    home.mkdir()
    got = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            "--no-binary",
            "django",
            "-d",
            str(folder),
            "django<6",
        ],
        capture_output=True,
        check=False,
    )
    archive = next(folder.glob("[dD]jango-*.tar.gz"), None)
    if got.returncode or archive is None:
        return None
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "unpacked", filter="data")
    largest = max((folder / "unpacked").rglob("*.py"), key=lambda path: path.stat().st_size)
    (home / "empty.txt").write_text("empty\n")
    return Path(shutil.copy(largest, home))
