"""One entry that two people changed at the same time: both changes in it, and no word lost."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Final, TypeVar

from reviewtui.model.checklist import Answer
from reviewtui.model.finding import Finding, HistoryEntry
from reviewtui.model.mark import Mark, joined, without
from reviewtui.model.verdict import Verdict

_TIMES: Final = frozenset({"at", "updated"})
_LONG: Final = 200

T = TypeVar("T")


def brought_together(before: object, after: object, now: object, *, yields: bool) -> object:
    """`now` with what leads from `before` (None: it was not there) to `after`.

    Where `now` differs from `before` in the same field, `after` wins and the other value goes into the history, unless
    the change yields. Lists keep what either side added and lose what either side took away.
    """
    if isinstance(after, Mark) and isinstance(now, Mark):
        return _marks_together(before if isinstance(before, Mark) else None, after, now, yields=yields)
    if isinstance(after, Finding | Verdict | Answer) and isinstance(now, Finding | Verdict | Answer):
        return _entries_together(before, after, now, yields=yields)
    return now if yields else after


def with_members(now: tuple[T, ...], before: tuple[T, ...], after: tuple[T, ...]) -> tuple[T, ...]:
    """The members now, with those that the change added and without those that it took away.

    What was added stands behind its forerunner; without one, in the place of what it replaced, or at the end.
    """
    result = [member for member in now if member in after or member not in before]
    is_replaced = bool(before) and before[0] not in after
    for place, member in enumerate(after):
        if member in now or member in before:
            continue
        forerunners = [one for one in after[:place] if one in result]
        if forerunners:
            result.insert(result.index(forerunners[-1]) + 1, member)
        else:
            result.insert(0 if is_replaced else len(result), member)
    return tuple(result)


def with_extra(now: Mapping[str, object], before: Mapping[str, object], after: Mapping[str, object]) -> object:
    """The keys now, with those that the change set and without those that it took away."""
    result = {key: value for key, value in now.items() if key in after or key not in before}
    result.update({key: value for key, value in after.items() if key not in before or before[key] != value})
    return result


def _entries_together(
    before: object, after: Finding | Verdict | Answer, now: Finding | Verdict | Answer, *, yields: bool
) -> object:
    values: dict[str, object] = {}
    lost: list[HistoryEntry] = []
    for name in (field.name for field in fields(after)):
        mine: object = getattr(after, name)
        theirs: object = getattr(now, name)
        old: object = _nothing(mine) if before is None else getattr(before, name)
        if mine in (theirs, old):
            continue
        if isinstance(mine, tuple) and isinstance(theirs, tuple) and isinstance(old, tuple):
            values[name] = with_members(theirs, old, mine)
        elif isinstance(mine, Mapping) and isinstance(theirs, Mapping) and isinstance(old, Mapping):
            values[name] = with_extra(theirs, old, mine)
        elif theirs == old or (name in _TIMES and not yields):
            values[name] = mine
        elif not yields:
            values[name] = mine
            lost.append(_overruled(after, name, theirs, mine))
    if lost or "history" in values:
        history = values.get("history", now.history)
        if isinstance(history, tuple):
            values["history"] = (*sorted(history, key=_when), *lost)
    return replace(now, **values)  # type: ignore[arg-type]  # each value comes from the same field


def _overruled(after: Finding | Verdict | Answer, field: str, theirs: object, mine: object) -> HistoryEntry:
    """What the other one had said, whole, however long."""
    said = _said(mine)
    new = said if len(said) <= _LONG else ""
    reason = "changed by two at the same time"
    if isinstance(after, Finding):
        by = after.history[-1].by if after.history else after.author
        return HistoryEntry(after.updated, by, field, _said(theirs), new, reason)
    return HistoryEntry(after.at, after.by, field, _said(theirs), new, reason)


def _marks_together(before: Mark | None, after: Mark, now: Mark, *, yields: bool) -> Mark:
    """The lines that either has read; of a file that changed in between, only what was read of one of its versions."""
    if after.blob != now.blob:
        return now if yields else after
    old = before.ranges if before and before.blob == after.blob else ()
    kept = without(now.ranges, without(old, after.ranges))
    return replace(now if yields else after, ranges=joined((*kept, *without(after.ranges, old))))


def _nothing(value: object) -> object:
    """What a field of this kind holds where nobody said anything."""
    if isinstance(value, tuple):
        return ()
    if isinstance(value, Mapping):
        return {}
    return "" if type(value) is str else None


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _when(entry: HistoryEntry) -> datetime:
    return entry.at
