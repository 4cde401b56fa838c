"""The difference between two reviews, entry by entry: what undo takes back and what a second program keeps."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

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
        """What leads back."""
        return Change(tuple((table, key, after, before) for table, key, before, after in reversed(self.entries)))

    def apply(self, review: Review) -> Review:
        """`review` with these entries set as they are after the change; all others stay as they are."""
        for table, key, before, after in self.entries:
            if table == "":
                value = _set_union(getattr(review, str(key)), before, after) if key == "reviewers" else after
                review = _with(review, str(key), value)
                continue
            entries = dict(getattr(review, table))
            if after is None:
                entries.pop(key, None)
            else:
                entries[key] = after
            review = _with(review, table, entries)
        return review

    def conflicts(self, review: Review) -> tuple[tuple[str, Hashable], ...]:
        """The entries that are neither as before the change nor as after it in `review`."""
        return tuple(
            (table, key)
            for table, key, before, after in self.entries
            if table and getattr(review, table).get(key) not in (before, after)
        )


def _with(review: Review, name: str, value: object) -> Review:
    """`review` with one attribute set; the tables and fields above name them all."""
    return replace(review, **{name: value})  # type: ignore[arg-type]  # the value comes from the same attribute


def _differences(old: Mapping[K, V], new: Mapping[K, V]) -> list[tuple[K, V | None, V | None]]:
    if old is new:
        return []
    found: list[tuple[K, V | None, V | None]] = [
        (key, old.get(key), value) for key, value in new.items() if old.get(key) != value
    ]
    found += [(key, value, None) for key, value in old.items() if key not in new]
    return found


def _set_union(now: object, before: object, after: object) -> tuple[str, ...]:
    """The names now, with those that the change added and without those that it took away."""
    if not (isinstance(now, tuple) and isinstance(before, tuple) and isinstance(after, tuple)):
        raise TypeError("reviewers are tuples of names")
    kept = [name for name in now if name in after or name not in before]
    return (*kept, *(name for name in after if name not in kept))
