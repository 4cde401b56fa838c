"""What Bandit found, before it is a hit: its own issue, the code that it is about, and the comment that hides it."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_ADDRESS: Final = re.compile(r"(?<=object) at 0x[0-9A-Fa-f]+(?=>)")


@dataclass(frozen=True, slots=True)
class Found:
    """An issue of Bandit's with what it was found on."""

    issue: Any  # Bandit has no types
    node: ast.AST | None
    """None: the file as a whole."""
    span: tuple[int, int]
    """First and last line of what Bandit reports."""
    lines: range
    """Those on which Bandit looks for a comment that hides the issue."""
    suppressed: str = ""

    @property
    def message(self) -> str:
        """What the test says, the same at every run: one of them prints where in memory a node is."""
        text = str(self.issue.text)
        return _ADDRESS.sub("", text) if self.issue.test_id == "B202" else text

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for what two runs over the same file found."""
        issue = self.issue
        place = (issue.lineno, self.span, issue.col_offset, issue.end_col_offset)
        return (issue.test_id, issue.test, self.message, issue.severity, issue.confidence, issue.cwe.id, *place)


def ends(lines: Sequence[int]) -> tuple[int, int]:
    """First and last of consecutive line numbers."""
    return (lines[0], lines[-1]) if lines else (0, 0)
