"""What makes a tool not count its own result as open: suppressions, and a baseline in which it is gone."""

from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record

ABSENT: Final = "absent"
_KINDS: Final = {"inSource": "in the source", "external": "outside the source"}
_STATUSES: Final = {"underReview": "under review", "rejected": "rejected"}
_LENGTH: Final = 1_000


def suppressed_by(result: Record) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What silences a result, empty where nothing does, and what else is to be said of its state.

    One accepted suppression is enough. One that was rejected or is under review silences nothing.
    """
    silent, facts = [], []
    for suppression in result.records("suppressions"):
        status = suppression.text("status") or "accepted"
        kind = suppression.text("kind")
        words = _KINDS.get(kind, kind[:60] or "somewhere")
        reason = " ".join(suppression.text("justification").split())
        said = shortened(f"{words}: {reason}" if reason else words, _LENGTH)
        if status == "accepted":
            silent.append(f"suppressed {said}")
        else:
            facts.append(f"{_STATUSES.get(status, status[:60])}, {said}")
    found = [("suppression", "; ".join(facts))] if facts else []
    baseline = result.text("baselineState")
    if baseline:
        found.append(("baseline", baseline[:60]))
    if baseline == ABSENT:
        silent.append("gone since the baseline that the tool compared with")
    return "; ".join(silent), tuple(found)
