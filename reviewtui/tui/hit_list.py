"""The hits as a list to work through: which are shown, in which groups and order, what is folded; pure.

It stands still while its hits are decided: what was shown stays where it is until the list is filled anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from reviewtui.model.doubles import Doubles
from reviewtui.model.filter import EVERYTHING, Filter, Known
from reviewtui.model.grouping import RANKS, Grouping, groups, worst_first
from reviewtui.model.hit import NOWHERE, BlindSpot, Fingerprint, Hit
from reviewtui.model.risk import Severity

BLIND: Final = "\0blind"
"""Key of the head above the files that were not looked at."""
PLACELESS: Final = "\0nowhere"
"""Key of the head above the hits that concern no file."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a group."""

    key: str
    title: str
    note: str = ""
    lines: Sequence[Doubles] = ()
    blind: Sequence[BlindSpot] = ()

    @property
    def hits(self) -> list[Hit]:
        """Every hit of the group."""
        return [hit for line in self.lines for hit in line]

    @property
    def worst(self) -> Severity | None:
        """Its worst hit's severity."""
        return min((line[0].severity for line in self.lines), key=RANKS.__getitem__, default=None)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the hits that several tools share, below the line that stands for them all."""

    hit: Hit


Entry: TypeAlias = Head | Doubles | Member | BlindSpot
"""What a row shows: the head of a group, a hit with its doubles, one of these, or a file that was not looked at."""


@dataclass
class HitList:
    """What is shown, and how."""

    chosen: Filter = EVERYTHING
    grouping: Grouping = Grouping.PLACE
    folded: set[str] = field(default_factory=set)
    """Keys of heads."""
    opened: set[Fingerprint] = field(default_factory=set)
    """First hits of the lines whose doubles are shown."""
    entries: list[Entry] = field(default_factory=list)
    total: int = 0
    """All hits."""
    shown: int = 0
    """Those that the filter lets through, or that are kept."""
    has_tools: bool = False
    """Whether more than one tool reported them."""
    has_doubles: bool = False
    _lines: list[Doubles] = field(default_factory=list)
    _blind: list[BlindSpot] = field(default_factory=list)
    _heads: list[Head] = field(default_factory=list)
    _rows: dict[object, int] = field(default_factory=dict)
    _kept: set[Fingerprint] = field(default_factory=set)

    # What is in it

    def fill(self, lines: Sequence[Doubles], blind: Iterable[BlindSpot], known: Known, *, keep: bool) -> None:
        """Take other hits, or the same ones as they are decided now; with `keep`, all that is shown stays."""
        self._kept = {hit.fingerprint for line in self._lines for hit in line} if keep and self.chosen else set()
        self.total = sum(map(len, lines))
        self.has_tools = len({hit.tool for line in lines for hit in line}) > 1
        chosen, kept = self.chosen, self._kept
        if chosen:
            self._lines = [
                line
                for line in lines
                if any(hit.fingerprint in kept or chosen.hit(hit, known) for hit in line)
            ]  # fmt: skip
            self._blind = [spot for spot in blind if chosen.blind(spot)]
        else:
            self._lines, self._blind = list(lines), list(blind)
        self.shown = sum(map(len, self._lines))
        self.has_doubles = self.shown > len(self._lines)

    def arrange(self, known: Known, titles: Mapping[str, str] | None = None) -> None:
        """Put them into their groups; `titles` as `groups` takes them."""
        there, nowhere = _parted(self._lines)
        self._heads = self._groups(there, known, titles)
        if nowhere:
            self._heads.append(Head(PLACELESS, "Without a place in the code", lines=worst_first(nowhere)))
        if self._blind:
            self._heads.append(Head(BLIND, "Not looked at", blind=self._blind))
        self.lay_out()

    def lay_out(self) -> None:
        """The rows, without what is folded."""
        entries: list[Entry] = []
        for head in self._heads:
            if head.key:
                entries.append(head)
                if head.key in self.folded:
                    continue
            if not self.opened:
                entries += head.lines
            else:
                for line in head.lines:
                    entries.append(line)
                    if len(line) > 1 and line[0].fingerprint in self.opened:
                        entries += map(Member, line)
            entries += head.blind
        self.entries = entries
        self._rows = {}

    def _groups(self, lines: Sequence[Doubles], known: Known, titles: Mapping[str, str] | None) -> list[Head]:
        if self.grouping is Grouping.PLACE:
            return [Head("", "", lines=lines)] if lines else []
        return [
            Head(f"{self.grouping}\0{title}\0{note}", title, note, found)
            for title, note, found in groups(lines, self.grouping, known, titles)
        ]

    # Asking

    def hits_of(self, entry: Entry) -> list[Hit]:
        """The hits that a row stands for."""
        if isinstance(entry, Head):
            return entry.hits
        if isinstance(entry, Member):
            return [entry.hit]
        return [] if isinstance(entry, BlindSpot) else list(entry)

    def lines_in(self, first: int, last: int) -> list[Doubles]:
        """The same as lines, each with its doubles; one of the doubles alone is a line of its own."""
        found: dict[int, Doubles] = {}
        for entry in self.entries[first : last + 1]:
            if isinstance(entry, Head):
                found.update({id(line[0]): line for line in entry.lines})
            elif isinstance(entry, Member):
                found.setdefault(id(entry.hit), (entry.hit,))
            elif not isinstance(entry, BlindSpot):
                found[id(entry[0])] = entry
        return list(found.values())

    @property
    def all_lines(self) -> list[Doubles]:
        """All that are shown, folded or not."""
        return self._lines

    def head_of(self, row: int) -> int | None:
        """The row of the head above a row."""
        rows = range(min(row, len(self.entries) - 1), -1, -1)
        return next((at for at in rows if isinstance(self.entries[at], Head)), None)

    def row_of(self, entry: Entry | Hit) -> int | None:
        """The row of this entry or hit, or of the same one after the list was filled anew."""
        if not self._rows:
            for row, shown in enumerate(self.entries):
                for key in _keys(shown):
                    self._rows.setdefault(key, row)
        return next((self._rows[key] for key in _keys(entry) if key in self._rows), None)

    def fold_all(self, *, folded: bool) -> None:
        """Fold every group, or open all."""
        self.folded = {head.key for head in self._heads if head.key} if folded else set()
        self.lay_out()

    def next_open(self, row: int, is_open: Callable[[Hit], bool]) -> int | None:
        """The next row below with a hit that is still to be decided."""
        for at in range(row + 1, len(self.entries)):
            entry = self.entries[at]
            is_shut = isinstance(entry, Head) and entry.key in self.folded
            if (is_shut or isinstance(entry, tuple)) and any(map(is_open, self.hits_of(entry))):
                return at
        return None


def _keys(entry: Entry | Hit) -> tuple[object, ...]:
    """What an entry is known by."""
    if isinstance(entry, Head):
        return (entry.key,)
    if isinstance(entry, Member):
        return ("member", entry.hit.fingerprint), ("hit", entry.hit.fingerprint)
    if isinstance(entry, BlindSpot):
        return (("blind", entry.tool, entry.path),)
    if isinstance(entry, Hit):
        return (("hit", entry.fingerprint),)
    return tuple(("hit", hit.fingerprint) for hit in entry)


def _parted(lines: Sequence[Doubles]) -> tuple[Sequence[Doubles], list[Doubles]]:
    """Those that have a place, and those that have none."""
    nowhere = [line for line in lines if line[0].path == NOWHERE]
    return ([line for line in lines if line[0].path != NOWHERE], nowhere) if nowhere else (lines, nowhere)
