"""What is wrong in a report, in the order in which it was met: the first ones, and how many more."""

from typing import Final

LISTED: Final = 200
"""So many problems are told one by one."""
_LENGTH: Final = 300


class Problems:
    """A list that does not grow for ever, whatever it is given."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}
        self._more = 0

    def add(self, text: str) -> None:
        """One more; the same one twice is one."""
        text = shortened(text, _LENGTH)
        if len(self._texts) < LISTED:
            self._texts[text] = None
        elif text not in self._texts:
            self._more += 1

    def listed(self) -> tuple[str, ...]:
        """Those that are told, and at the end how many are not."""
        more = (f"… and {self._more:,} more",) if self._more else ()
        return (*self._texts, *more)


def shortened(text: str, length: int) -> str:
    """At most so many characters, the last one `…` where there were more."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
