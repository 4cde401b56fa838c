"""Lay styles over one line of text: tokens below, then hits, matches and the cursor."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style

Layer: TypeAlias = tuple[int, int, Style]
"""Start and end index into the drawn text, and the style to add there."""


def painted(text: str, base: Style, layers: Sequence[Layer]) -> list[Segment]:
    """`text` in segments; where layers overlap, later ones are added on top of earlier ones."""
    if not layers:
        return [Segment(text, base)] if text else []
    cuts = {0, len(text)}
    for start, end, _ in layers:
        if start < len(text) and end > 0:
            cuts.add(max(start, 0))
            cuts.add(min(end, len(text)))
    edges = sorted(cuts)
    segments = []
    for start, end in pairwise(edges):
        style = base
        for first, last, layer in layers:
            if first <= start and end <= last:
                style += layer
        segments.append(Segment(text[start:end], style))
    return segments
