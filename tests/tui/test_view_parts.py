"""The pure parts of the source view: folds and wrapping."""

import random

from reviewtui.text.safe import drawn
from reviewtui.tui.widgets.source_view.folds import Folds
from reviewtui.tui.widgets.source_view.wrapping import part_of, part_starts


def test_folds_hide_what_they_hold_however_they_overlap() -> None:
    pick = random.Random(1)
    for _ in range(200):
        folds, closed = Folds(), {}
        for _ in range(pick.randint(0, 6)):
            head = pick.randint(0, 30)
            fold = (head, head + pick.randint(0, 8))
            folds.close([fold])
            if fold[1] > head:
                closed[head] = fold[1]
        gone = pick.sample(sorted(closed), min(len(closed), pick.randint(0, 1)))
        folds.open(gone)
        for head in gone:
            del closed[head]
        hidden = {row for head, last in closed.items() for row in range(head + 1, last + 1)}
        seen = [row for row in range(50) if row not in hidden]
        assert [row for row in range(50) if folds.hides(row)] == sorted(hidden)
        assert [folds.after(row) for row in seen[:-1]] == seen[1:]
        assert [folds.before(row) for row in seen[1:]] == seen[:-1]
        assert folds.before(0) == -1
        assert all(set(folds.hiding(row)) == {h for h, last in closed.items() if h < row <= last} for row in hidden)


def test_a_wrap_loses_nothing_and_no_part_is_too_wide() -> None:
    pick = random.Random(2)
    for _ in range(300):
        text = "".join(pick.choices("ab  \t日é\u202e\u0301\x1b", k=pick.randint(0, 60)))
        room = pick.randint(10, 30)
        line = drawn(text)
        starts = list(part_starts(text, line, room))
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        ends = [*starts[1:], len(text)]
        assert all(line.cell_of(end) - line.cell_of(start) <= room for start, end in zip(starts, ends, strict=True))
        for column in range(len(text)):
            part = part_of(starts, column)
            assert starts[part] <= column < ends[part]


def test_words_stay_whole_where_they_can() -> None:
    def parts(text: str, room: int) -> list[str]:
        starts = list(part_starts(text, drawn(text), room))
        return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]

    assert parts("the quick brown fox", 11) == ["the quick ", "brown fox"]
    assert parts("a " + "b" * 20, 10) == ["a bbbbbbbb", "bbbbbbbbbb", "bb"]
    assert len(parts("x" * 5_000_000, 100)) == 50_000
