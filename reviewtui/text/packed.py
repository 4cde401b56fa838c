"""Colours of many lines in a few bytes each: how they come from another process, and how they are kept."""

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, Self

from reviewtui.text.kinds import Spans, TokenKind

KEPT_ROWS: Final = 4000
"""Rows of windows that are remembered, some fifty screens."""

_KINDS: Final = tuple(TokenKind)
_CODES: Final = {kind: code for code, kind in enumerate(_KINDS)}
_COUNT: Final = struct.Struct("<I")


class PackedSpans:
    """The spans of successive rows: five bytes a span and four a row, unpacked for the rows that are asked for."""

    __slots__ = ("_ends", "_kinds", "_offsets", "_starts", "data")

    def __init__(self, data: bytes) -> None:
        """Read what `of` packed, also in another process of this machine."""
        self.data = data
        view = memoryview(data)
        (rows,) = _COUNT.unpack_from(data)
        begin = _COUNT.size + 4 * (rows + 1)
        self._offsets = view[_COUNT.size : begin].cast("I")
        spans = self._offsets[-1]
        self._starts = view[begin : begin + 2 * spans].cast("H")
        self._ends = view[begin + 2 * spans : begin + 4 * spans].cast("H")
        self._kinds = view[begin + 4 * spans :]

    @classmethod
    def of(cls, rows: Iterable[Spans]) -> Self:
        """Pack; no column is above LINE_LIMIT of text/tokens.py."""
        offsets, starts, ends, kinds = array("I", [0]), array("H"), array("H"), array("B")
        for row in rows:
            for start, end, kind in row:
                starts.append(start)
                ends.append(end)
                kinds.append(_CODES[kind])
            offsets.append(len(starts))
        count = _COUNT.pack(len(offsets) - 1)
        return cls(b"".join((count, offsets.tobytes(), starts.tobytes(), ends.tobytes(), kinds.tobytes())))

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, row: int) -> Spans:
        first, last = self._offsets[row], self._offsets[row + 1]
        return tuple((self._starts[i], self._ends[i], _KINDS[self._kinds[i]]) for i in range(first, last))


class SpanStore:
    """The colours of one file as far as they are known: windows that were looked at, or batches from its top on."""

    def __init__(self) -> None:
        self._window: dict[int, Spans] = {}
        self._first_rows: list[int] = []
        self._batches: list[PackedSpans] = []
        self._until = 0
        """Rows from the top that the batches hold."""

    def clear(self) -> None:
        """Another file."""
        self._window.clear()
        self._first_rows.clear()
        self._batches.clear()
        self._until = 0

    def put(self, first_row: int, rows: Sequence[Spans]) -> None:
        """Remember a window; the ones that came first are forgotten when there are too many."""
        window = self._window
        for row, spans in enumerate(rows, first_row):
            window.pop(row, None)
            window[row] = spans
        for row in list(window)[: max(0, len(window) - KEPT_ROWS)]:
            del window[row]

    def put_batch(self, first_row: int, batch: PackedSpans) -> None:
        """Keep the next batch of the whole file; one that does not follow the last is dropped."""
        if first_row == self._until and len(batch):
            self._first_rows.append(first_row)
            self._batches.append(batch)
            self._until += len(batch)

    def of(self, row: int) -> Spans:
        """The spans of a row; none while they are not known."""
        if 0 <= row < self._until:
            index = bisect_right(self._first_rows, row) - 1
            return self._batches[index][row - self._first_rows[index]]
        return self._window.get(row, ())

    def knows(self, row: int) -> bool:
        """Whether the spans of a row are known."""
        return row < self._until or row in self._window
