"""Which lines somebody has reviewed, for one topic or for all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from reviewtui.model.extra import Extra
from reviewtui.model.place import LineSpan, RepoPath

ALL_TOPICS: Final = "all"


@dataclass(frozen=True, slots=True)
class Mark:
    """Lines of one file that one reviewer has read for one topic, as the file was then."""

    path: RepoPath
    by: str
    at: datetime
    ranges: tuple[LineSpan, ...]
    """Sorted, neither overlapping nor touching."""
    lines: int
    """How many lines the file had."""
    blob: str
    """Git's blob id of the bytes that were read; with another one the mark says nothing of the new lines."""
    topic: str = ALL_TOPICS
    commit: str = ""
    extra: Extra = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """One mark stands for one path, reviewer and topic."""
        return (self.path, self.by, self.topic)

    @property
    def covers_file(self) -> bool:
        """Whether every line was read."""
        return sum(span.count for span in self.ranges) >= self.lines


def joined(spans: Iterable[LineSpan]) -> tuple[LineSpan, ...]:
    """The same lines as few, sorted spans."""
    result: list[LineSpan] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end + 1:
            result[-1] = LineSpan(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def without(spans: Iterable[LineSpan], taken: Iterable[LineSpan]) -> tuple[LineSpan, ...]:
    """The lines of `spans` that are not in `taken`, as few, sorted spans."""
    left = list(joined(spans))
    for hole in taken:
        parts = []
        for span in left:
            if not span.overlaps(hole):
                parts.append(span)
                continue
            if span.start < hole.start:
                parts.append(LineSpan(span.start, hole.start - 1))
            if hole.end < span.end:
                parts.append(LineSpan(hole.end + 1, span.end))
        left = parts
    return tuple(left)
