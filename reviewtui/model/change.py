"""The difference between two reviews, entry by entry: what undo takes back and what a second program keeps."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from reviewtui.model.overlap import brought_together, with_extra, with_members
from reviewtui.model.review import Review

_TABLES: Final = ("findings", "verdicts", "answers", "marks")
_FIELDS: Final = ("title", "scope", "commit", "reviewers", "extra", "review_extra")

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Change:
    """Entries before and after; None where there was or is none."""

    entries: tuple[tuple[str, Hashable, object, object], ...]
    """Table (or `""` for a field of the review itself), key, before, after."""
    yields: bool = False
    """Whether what somebody else made of an entry in the meantime stays: so it is when a change is taken back."""

    def __bool__(self) -> bool:
        return bool(self.entries)

    @classmethod
    def between(cls, old: Review, new: Review) -> "Change":
        """What leads from `old` to `new`."""
        entries: list[tuple[str, Hashable, object, object]] = [
            ("", name, getattr(old, name), getattr(new, name))
            for name in _FIELDS
            if getattr(old, name) != getattr(new, name)
        ]
        for table in _TABLES:
            entries += [(table, *change) for change in _differences(getattr(old, table), getattr(new, table))]
        return cls(tuple(entries))

    def inverse(self) -> "Change":
        """What leads back, and leaves alone what others changed since."""
        return Change(
            tuple((table, key, after, before) for table, key, before, after in reversed(self.entries)), not self.yields
        )

    def apply(self, review: Review) -> Review:
        """`review` with these entries changed in the same way; all others stay as they are.

        An entry that somebody else changed in the meantime keeps that change too, field by field. Where both changed
        the same field this change wins, unless it yields, and the other's word goes into the entry's history. An entry
        that one changed and the other deleted stays.
        """
        tables: dict[str, dict[Hashable, object]] = {}
        for table, key, before, after in self.entries:
            if table == "":
                review = _with(review, str(key), _field(getattr(review, str(key)), before, after, yields=self.yields))
                continue
            if table not in tables:
                tables[table] = dict(getattr(review, table))
            entries = tables[table]
            entry = self._applied(entries.get(key), before, after)
            if entry is None:
                entries.pop(key, None)
            else:
                entries[key] = entry
        for table, changed in tables.items():
            review = _with(review, table, changed)
        return review

    def conflicts(self, review: Review) -> tuple[tuple[str, Hashable], ...]:
        """The entries that are neither as before the change nor as after it in `review`."""
        return tuple(
            (table, key)
            for table, key, before, after in self.entries
            if table and getattr(review, table).get(key) not in (before, after)
        )

    def _applied(self, now: object, before: object, after: object) -> object:
        """The entry that this change makes of what is there now."""
        if now in (before, after):
            return after
        if after is None:
            return now
        if now is None:
            return None if self.yields else after
        return brought_together(before, after, now, yields=self.yields)


def _with(review: Review, name: str, value: object) -> Review:
    """`review` with one attribute set; the tables and fields above name them all."""
    return replace(review, **{name: value})  # type: ignore[arg-type]  # the value comes from the same attribute


def _differences(old: Mapping[K, V], new: Mapping[K, V]) -> list[tuple[K, V | None, V | None]]:
    if old is new:
        return []
    found: list[tuple[K, V | None, V | None]] = []
    for key, value in new.items():
        there = old.get(key)
        if there is not value and there != value:
            found.append((key, there, value))
    found += [(key, value, None) for key, value in old.items() if key not in new]
    return found


def _field(now: object, before: object, after: object, *, yields: bool) -> object:
    """A field of the review itself after a change from `before` to `after`."""
    if isinstance(now, tuple) and isinstance(before, tuple) and isinstance(after, tuple):
        return with_members(now, before, after)
    if isinstance(now, Mapping) and isinstance(before, Mapping) and isinstance(after, Mapping):
        return with_extra(now, before, after)
    return now if yields and now != before else after
