import random
from collections.abc import Sequence

import pytest

from reviewtui.text.long_lines import LONG, LongLine, drawn_lazily
from reviewtui.text.safe import DrawnLine, drawn

_HOSTILE = "ab \t\té日本\u0301\u0301\u202e\x1b\udce9👍\u3164\U000e0100\U0001e000\x7f\U0010ffff\u1160"


def _sampled(seed: int) -> str:
    dice = random.Random(seed)
    letters = dice.sample(_HOSTILE, dice.randrange(1, 12))
    return "".join(dice.choices(letters, k=LONG + dice.randrange(3 * LONG)))


@pytest.mark.parametrize("seed", range(24))
def test_a_long_line_is_drawn_as_a_short_one_would_be(seed: int) -> None:
    line = _sampled(seed)
    whole, lazy = drawn(line, 4), LongLine(line, 4)
    dice = random.Random(seed)
    for column in [0, len(line), *(dice.randrange(len(line) + 5) for _ in range(60))]:
        assert lazy.cell_of(column) == whole.cell_of(column)
        assert lazy.index_of(column) == whole.index_of(column)
    for cell in [0, whole.width - 1, whole.width, *(dice.randrange(whole.width + 5) for _ in range(60))]:
        assert lazy.column_of(cell) == whole.column_of(cell)
    assert (lazy.width, lazy.length) == (whole.width, whole.length)
    for _ in range(30):
        first = dice.randrange(len(whole.text))
        last = first + dice.randrange(300)
        assert lazy.cut(first, last) == whole.cut(first, last) == whole.text[first:last]
        inside = set(range(first, last))
        assert _marked(lazy.marks_between(first, last)) & inside == _marked(whole.marks) & inside
    assert lazy.cut(0, len(whole.text)) == whole.text


def _marked(marks: Sequence[tuple[int, int]]) -> set[int]:
    """Every index that is marked: a stretch of marks may be told in parts."""
    return {index for start, end in marks for index in range(start, end)}


@pytest.mark.parametrize(
    "piled", ["e" + "\u0301" * 9, "\u0301" * 3, "\t\u0301", "e" + "\U0001e000" * 20, "a" * 2047 + "\u0301" * 10]
)
def test_marks_are_cut_at_the_same_places_across_pieces(piled: str) -> None:
    line = (piled * LONG)[: 2 * LONG]
    assert LongLine(line, 4).cut(0, 10**9) == drawn(line, 4).text


def test_only_long_and_odd_lines_are_drawn_by_pieces() -> None:
    assert isinstance(drawn_lazily("x" * 10 * LONG), DrawnLine)
    assert isinstance(drawn_lazily("\t" * 100), DrawnLine)
    assert isinstance(drawn_lazily("\t" * LONG), LongLine)
    assert isinstance(drawn_lazily("日" * LONG), LongLine)


def test_the_start_of_an_endless_line_does_not_cost_the_whole_line(monkeypatch: pytest.MonkeyPatch) -> None:
    line = drawn_lazily("e\u0301\u202e日\t" * 1_000_000)
    pieces = []
    measure = LongLine._measure

    def counted(self: LongLine) -> None:
        pieces.append(self)
        measure(self)

    monkeypatch.setattr(LongLine, "_measure", counted)
    assert line.cut(line.index_of(line.column_of(0)), line.index_of(line.column_of(120))).startswith(
        "e\u0301<U+202E>日"
    )
    assert 1 <= len(pieces) <= 2
