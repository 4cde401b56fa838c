"""The states of findings and verdicts, and what each of them asks for."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a finding or a decided hit stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    FIXED = "fixed"
    """So says the author of the code."""
    VERIFIED = "verified"
    """The fix was seen by a reviewer."""
    FALSE_POSITIVE = "false_positive"
    ACCEPTED_RISK = "accepted_risk"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        """For people: `false positive`."""
        return self.value.replace("_", " ")

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self not in UNSETTLED


UNSETTLED: Final = frozenset({State.OPEN, State.CONFIRMED})
