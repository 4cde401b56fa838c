"""What differs between two texts, by lines and within a line by words: pure, and bounded on any input.

Lines that stand once on both sides are the anchors (patience diff, Bram Cohen); between them Myers' greedy algorithm
(An O(ND) Difference Algorithm, 1986) finds the rest, as far as few enough lines differ. What is left is a change of
the whole piece. A block that could stand in several places begins where a reader would say that it does.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MOST_EDITS: Final = 250
"""Lines that differ between two anchors, at most, for them to be told apart one by one."""
_LONGEST: Final = 2_000
"""In a longer line (characters) words are not compared."""
_FARTHEST: Final = 100
"""Lines that a block is moved by, at most."""
_ALIKE: Final = 0.3
"""The share of equal text that two lines need for their words to be compared."""
_WORD: Final = re.compile(r"\w+|\s+|.", re.DOTALL)

Columns = tuple[tuple[int, int], ...]
"""Start and end (exclusive) of parts of a line, in order."""
_Window = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows (0-based, ends exclusive) of the old text whose place those of the new one took; either may be none."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changed_blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """The blocks that differ, in order; putting the new rows in place of the old ones makes `new` of `old`."""
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(line, len(numbers)) for line in old]
    b = [numbers.setdefault(line, len(numbers)) for line in new]
    blocks = []
    i = j = 0
    for x, y in [*sorted(_matches(a, b)), (len(a), len(b))]:
        if x > i or y > j:
            blocks.append(Block(i, x, j, y))
        i, j = x + 1, y + 1
    return _settled(blocks, old, new)


def changed_words(old: str, new: str) -> tuple[Columns, Columns]:
    """The parts of each line that are not in the other; nothing where they have next to nothing in common."""
    if max(len(old), len(new)) > _LONGEST:
        return (), ()
    words = [_WORD.findall(line) for line in (old, new)]
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(word, len(numbers)) for word in line] for line in words)
    matches = sorted(_matches(a, b))
    common = sum(len(words[0][x]) for x, _ in matches if not words[0][x].isspace())
    if common < _ALIKE * max(len(old.strip()), len(new.strip())):
        return (), ()
    return _outside(words[0], {x for x, _ in matches}), _outside(words[1], {y for _, y in matches})


def _outside(words: Sequence[str], common: set[int]) -> Columns:
    found: list[tuple[int, int]] = []
    column = 0
    for index, word in enumerate(words):
        end = column + len(word)
        if index not in common:
            if found and found[-1][1] == column:
                found[-1] = (found[-1][0], end)
            else:
                found.append((column, end))
        column = end
    return tuple(found)


def _matches(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of equal items, in the same order on both sides."""
    found: list[tuple[int, int]] = []
    windows: list[_Window] = [(0, len(a), 0, len(b))]
    while windows:
        i, i_end, j, j_end = windows.pop()
        while i < i_end and j < j_end and a[i] == b[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and a[i_end - 1] == b[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        anchors = _anchors(a, b, (i, i_end, j, j_end))
        if not anchors:
            found += _myers(a, b, (i, i_end, j, j_end))
            continue
        for x, y in [*anchors, (i_end, j_end)]:
            windows.append((i, x, j, y))
            i, j = x, y
            if (x, y) != (i_end, j_end):
                found.append((x, y))
                i, j = x + 1, y + 1
    return found


def _anchors(a: Sequence[int], b: Sequence[int], window: _Window) -> list[tuple[int, int]]:
    """Items that stand once in each half of the window, as many as keep their order."""
    i, i_end, j, j_end = window
    count_a, count_b = Counter(a[i:i_end]), Counter(b[j:j_end])
    at = {item: y for y, item in enumerate(b[j:j_end], j) if count_b[item] == 1}
    pairs = [(x, at[item]) for x, item in enumerate(a[i:i_end], i) if count_a[item] == 1 and item in at]
    # The longest increasing run of `y`, by patience.
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, y) in enumerate(pairs):
        pile = bisect_left(tops, y)
        before.append(last[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(y)
            last.append(index)
        else:
            tops[pile], last[pile] = y, index
    found = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _myers(a: Sequence[int], b: Sequence[int], window: _Window) -> list[tuple[int, int]]:
    """Matches of the shortest way from one half of a window to the other; none where that is too long."""
    i, i_end, j, j_end = window
    n, m = i_end - i, j_end - j
    reach = {1: 0}
    steps: list[dict[int, int]] = []
    for edits in range(min(n + m, _MOST_EDITS) + 1):
        steps.append(dict(reach))
        for k in range(-edits, edits + 1, 2):
            x = (
                reach[k + 1]
                if k == -edits or (k != edits and reach.get(k - 1, -1) < reach.get(k + 1, -1))
                else reach[k - 1] + 1
            )
            y = x - k
            while x < n and y < m and a[i + x] == b[j + y]:
                x, y = x + 1, y + 1
            reach[k] = x
            if x >= n and y >= m:
                return [(i + x, j + y) for x, y in _way_back(steps, n, m)]
    return []


def _way_back(steps: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    found = []
    for edits in range(len(steps) - 1, -1, -1):
        reach, k = steps[edits], x - y
        down = k == -edits or (k != edits and reach.get(k - 1, -1) < reach.get(k + 1, -1))
        previous = k + 1 if down else k - 1
        before_x = reach[previous] if edits else 0
        before_y = before_x - previous if edits else 0
        while x > before_x and y > before_y:
            x, y = x - 1, y - 1
            found.append((x, y))
        x, y = before_x, before_y
    return found


def _settled(blocks: Sequence[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Blocks that only add or only remove, moved to the place where they read best."""
    settled: list[Block] = []
    for index, block in enumerate(blocks):
        adds = block.old_start == block.old_end
        if adds == (block.new_start == block.new_end):
            settled.append(block)
            continue
        lines, start, end = (new, block.new_start, block.new_end) if adds else (old, block.old_start, block.old_end)
        above = settled[-1] if settled else Block(0, 0, 0, 0)
        floor = above.new_end if adds else above.old_end
        following = blocks[index + 1] if index + 1 < len(blocks) else Block(len(old), 0, len(new), 0)
        ceiling = following.new_start if adds else following.old_start
        up = 0
        while start - up > floor and up < _FARTHEST and lines[start - up - 1] == lines[end - up - 1]:
            up += 1
        down = 0
        while end + down < ceiling and down < _FARTHEST and lines[start + down] == lines[end + down]:
            down += 1
        by = min(range(-up, down + 1), key=lambda step: (_awkwardness(lines, start + step, end + step), abs(step)))
        settled.append(Block(*(row + by for row in (block.old_start, block.old_end, block.new_start, block.new_end))))
    return settled


def _awkwardness(lines: Sequence[str], start: int, end: int) -> tuple[bool, int, bool]:
    """How little a block looks like one: it should begin with code, little indented, and end before a blank line."""
    first = lines[start]
    code = first.lstrip()
    return not code, len(first) - len(code), bool(lines[end - 1].strip()) and end < len(lines)
