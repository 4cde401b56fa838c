"""The line diff against the standard library's, on a real module with edits of every kind."""

import difflib
import inspect
import random
import time
import typing
from collections.abc import Callable, Sequence

from reviewtui.text.line_diff import changed_blocks

SIZES = (2_000, 20_000)


def main() -> None:
    """Print seconds and lines shown as changed, ours and difflib's, and their ratio."""
    source = inspect.getsource(typing).splitlines()
    heads = (
        f"{'lines':>8} {'edits':>6} {'ours s':>9} {'difflib s':>10} {'ratio':>7}",
        f"{'ours lines':>11} {'difflib lines':>14}",
    )
    print(*heads)
    for size in SIZES:
        old = [f"{line}  # {n // 400}" if line.strip() and n % 3 else line for n, line in enumerate(source * 9)][:size]
        new = _edited(old, size // 100)
        ours, blocks = _timed(_of_ours, old, new)
        theirs, changes = _timed(_of_difflib, old, new)
        print(
            f"{size:>8} {size // 100:>6} {ours:>9.3f} {theirs:>10.3f} {theirs / ours:>6.0f}x"
            f" {sum(blocks):>11} {sum(changes):>14}"
        )


def _edited(lines: Sequence[str], edits: int) -> list[str]:
    pick = random.Random(1)
    new = list(lines)
    for _ in range(edits):
        at = pick.randrange(len(new))
        match pick.randrange(4):
            case 0:
                del new[at : at + pick.randint(1, 9)]
            case 1:
                new[at:at] = pick.sample(new, pick.randint(1, 9))
            case 2:
                new[at] = new[at].replace("e", "E")
            case _:
                moved = new[at : at + 20]
                del new[at : at + 20]
                to = pick.randrange(len(new))
                new[to:to] = moved
    return new


def _of_ours(old: Sequence[str], new: Sequence[str]) -> list[int]:
    return [(b.old_end - b.old_start) + (b.new_end - b.new_start) for b in changed_blocks(old, new)]


def _of_difflib(old: Sequence[str], new: Sequence[str]) -> list[int]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(b - a) + (d - c) for kind, a, b, c, d in codes if kind != "equal"]


def _timed(
    diff: Callable[[Sequence[str], Sequence[str]], list[int]], old: Sequence[str], new: Sequence[str]
) -> tuple[float, list[int]]:
    began = time.perf_counter()
    result = diff(old, new)
    return time.perf_counter() - began, result
