"""Colours of windows at random positions in real files, beside those of lexing the whole file by plain means."""

import random
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class

from reviewtui.colour.process import Colourer
from reviewtui.text.kinds import KINDS, Spans, TokenKind
from reviewtui.text.packed import SpanStore
from reviewtui.text.source import SourceText, decode
from reviewtui.text.tokens import is_python, is_too_large, language, spans
from reviewtui.text.windows import WindowLexer

FILES: Final = 200
WINDOWS: Final = 25
HEIGHT: Final = 45
_OTHERS: Final = (
    ".js",
    ".css",
    ".html",
    ".json",
    ".toml",
    ".rst",
    ".md",
    ".c",
    ".h",
    ".sh",
    ".yml",
    ".yaml",
    ".xml",
    ".txt",
)


def main() -> None:
    """Print what share is equal, and how long a window takes."""
    chosen = sample(FILES)
    counts = {"Python": [0, 0, 0], "other languages": [0, 0, 0]}
    names: set[str] = set()
    times: list[float] = []
    colourer = Colourer()
    try:
        for path in chosen:
            source = decode(path.read_bytes(), path.name)
            if source.is_binary or not source.lines:
                continue
            names.add(language(path.name, source.lines[0]))
            count = counts["Python" if is_python(path.name, source.lines[0]) else "other languages"]
            for seconds, shown, expected in compared(path.name, source, colourer, WINDOWS):
                count[0] += 1
                count[1] += shown is None
                count[2] += shown == expected
                if count is counts["Python"]:
                    times.append(seconds)
                if shown is not None and shown != expected:
                    print(f"  differs: {path}", file=sys.stderr)
    finally:
        colourer.stop()
    languages = len(names - {""})
    print(f"\nColours of {WINDOWS} windows of {HEIGHT} lines in each of {len(chosen)} files, {languages} languages")
    for name, (windows, refused, equal) in counts.items():
        share = 100 * equal / max(1, windows - refused)
        print(f"  {name:16} {windows:6,} windows, {share:6.2f} % equal, {refused} left to lexing the whole file")
    times.sort()
    middle, slow = times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000
    print(f"  a window of Python: median {middle:.1f} ms, p99 {slow:.1f} ms")


def sample(count: int, seed: int = 7) -> list[Path]:
    """Real files: of the standard library and of installed packages, half of them Python."""
    roots = [
        Path(sysconfig.get_path("stdlib")),
        Path(sysconfig.get_path("purelib")),
        Path(sysconfig.get_path("include")),
    ]
    found = sorted({path for root in roots for path in root.rglob("*.*") if path.is_file() and _is_of_use(path)})
    dice = random.Random(seed)
    python = [path for path in found if path.suffix == ".py"]
    others = [path for path in found if path.suffix != ".py"]
    by_ending = {ending: [path for path in others if path.suffix == ending] for ending in _OTHERS}
    shuffled = [dice.sample(paths, len(paths)) for paths in by_ending.values()]
    # Of each language in turn: there are more headers of C than of all else.
    chosen = [path for turn in zip_longest(*shuffled) for path in turn if path is not None][: count // 2]
    return chosen + dice.sample(python, min(count - len(chosen), len(python)))


def _is_of_use(path: Path) -> bool:
    return path.suffix in (".py", *_OTHERS) and 2_000 < path.stat().st_size < 400_000


def compared(
    name: str, source: SourceText, colourer: Colourer, windows: int
) -> Iterator[tuple[float, list[Spans] | None, list[Spans]]]:
    """Seconds, the spans that the screen would show (None: they come later), and those of plain lexing, by window."""
    lines = source.lines
    expected = whole(name, lines)
    if expected is None:
        return
    store = SpanStore()
    lexer = WindowLexer(lines) if is_python(name, lines[0]) else None
    if lexer:
        lexer.prepare(lambda: False)
    else:
        for first_row, batch in colourer.batches(name, lines, lambda: False):
            store.put_batch(first_row, batch)
    dice = random.Random(name)
    for _ in range(windows):
        first = dice.randrange(len(lines))
        last = min(first + HEIGHT, len(lines)) - 1
        begun = time.perf_counter()
        shown = lexer.spans(first, last) if lexer else [store.of(row) for row in range(first, last + 1)]
        yield time.perf_counter() - begun, shown, expected[first : last + 1]


def whole(name: str, lines: Sequence[str]) -> list[Spans] | None:
    """The colours of every line, a character at a time, from one pass of the lexer; None where there are none."""
    if is_too_large(lines):
        return None
    chosen = lexer_of(name, lines)
    if chosen is None:
        return None
    text = "\n".join(lines) + "\n"
    kinds: list[TokenKind | None] = [None] * len(text)
    for start, token, value in chosen.get_tokens_unprocessed(text):
        above = tuple(token)
        while above not in KINDS:
            above = above[:-1]
        kinds[start : start + len(value)] = [KINDS[above]] * len(value)
    rows, begin = [], 0
    for line in lines:
        rows.append(_runs(kinds[begin : begin + len(line)]))
        begin += len(line) + 1
    return rows


def lexer_of(name: str, lines: Sequence[str]) -> Lexer | None:
    """The lexer for a file's language."""
    found = find_lexer_class(language(name, lines[0]))
    if found is None or not any(True for _ in spans(name, lines, lambda: False)):
        return None
    if found.name in ("HTML", "XML") and any("{{" in line or "{%" in line for line in lines):
        found = find_lexer_class(f"{found.name}+Django/Jinja") or found
    return found(handlecodeblocks=False)


def _runs(kinds: Sequence[TokenKind | None]) -> Spans:
    runs: list[tuple[int, int, TokenKind]] = []
    for column, kind in enumerate(kinds):
        if kind is None:
            continue
        if runs and runs[-1][1] == column and runs[-1][2] is kind:
            runs[-1] = (runs[-1][0], column + 1, kind)
        else:
            runs.append((column, column + 1, kind))
    return tuple(runs)
