import random

from reviewtui.text.kinds import Spans, TokenKind
from reviewtui.text.packed import KEPT_ROWS, PackedSpans, SpanStore
from reviewtui.text.tokens import LINE_LIMIT

K = TokenKind
_ROW: Spans = ((0, 3, K.KEYWORD), (5, LINE_LIMIT, K.ERROR))


def _random_rows(count: int) -> list[Spans]:
    dice = random.Random(count)
    rows = []
    for _ in range(count):
        edges = sorted(dice.sample(range(LINE_LIMIT), 2 * dice.randrange(9)))
        rows.append(tuple((a, b, dice.choice(list(K))) for a, b in zip(edges[::2], edges[1::2], strict=True)))
    return rows


def test_what_is_packed_is_read_again() -> None:
    rows = _random_rows(300)
    packed = PackedSpans(PackedSpans.of(rows).data)
    assert len(packed) == 300
    assert [packed[row] for row in range(300)] == rows
    assert len(PackedSpans.of([])) == 0


def test_a_span_takes_five_bytes_and_a_row_four() -> None:
    assert len(PackedSpans.of([_ROW] * 1000).data) == 1000 * (2 * 5 + 4) + 8


def test_windows_are_kept_and_the_oldest_forgotten() -> None:
    store = SpanStore()
    store.put(7, [_ROW, ()])
    assert [store.knows(row) for row in (6, 7, 8, 9)] == [False, True, True, False]
    assert (store.of(7), store.of(8), store.of(9), store.of(-1)) == (_ROW, (), (), ())
    store.put(100, [()] * (KEPT_ROWS - 1))
    assert (store.knows(7), store.knows(8), store.knows(100)) == (False, True, True)
    store.clear()
    assert not store.knows(100)


def test_batches_follow_each_other_or_are_dropped() -> None:
    store = SpanStore()
    store.put(1, [((1, 2, K.TAG),)])
    store.put_batch(5, PackedSpans.of([_ROW]))
    assert not store.knows(5)
    store.put_batch(0, PackedSpans.of([_ROW, ()]))
    store.put_batch(2, PackedSpans.of([_ROW]))
    assert [store.of(row) for row in range(4)] == [_ROW, (), _ROW, ()]
    assert [store.knows(row) for row in range(4)] == [True, True, True, False]
    store.put_batch(0, PackedSpans.of([()]))
    assert store.of(0) == _ROW
