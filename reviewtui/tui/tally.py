"""Counts of undecided hits per file and folder, kept up to date file by file while a scan goes on."""

from collections import Counter

from reviewtui.model.risk import Severity
from reviewtui.tui.file_tree import folders_of


class Tally:
    """What each file adds to itself and to the folders around it."""

    def __init__(self) -> None:
        self.undecided = 0
        """All undecided hits."""
        self.blind = 0
        """All files that were not looked at."""
        self._files: dict[str, tuple[Counter[Severity], bool]] = {}
        self._open: dict[str, Counter[Severity]] = {}
        self._blind: Counter[str] = Counter()

    def put(self, path: str, undecided: Counter[Severity], is_blind: bool) -> None:
        """What is true of a file now, in place of what was said before."""
        old = self._files.pop(path, None)
        if old is not None:
            self._add(path, *old, -1)
        if undecided or is_blind:
            self._files[path] = (undecided, is_blind)
            self._add(path, undecided, is_blind, 1)

    def _add(self, path: str, undecided: Counter[Severity], is_blind: bool, sign: int) -> None:
        self.undecided += sign * undecided.total()
        self.blind += sign * is_blind
        for name in (path, *folders_of(path)):
            counts = self._open.setdefault(name, Counter())
            for severity, number in undecided.items():
                counts[severity] += sign * number
            self._blind[name] += sign * is_blind

    def worst(self, name: str) -> tuple[int, Severity | None, int]:
        """Undecided hits in a file or folder, the worst severity among them, and how many have it."""
        counts = +self._open.get(name, Counter())
        if not counts:
            return 0, None, 0
        severity = min(counts, key=lambda s: s.rank)
        return counts.total(), severity, counts[severity]

    def is_blind(self, name: str) -> bool:
        """Whether it, or something in it, was not looked at."""
        return self._blind[name] > 0
