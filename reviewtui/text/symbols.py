"""The shape of source text without parsing it: functions and classes, blocks, brackets that belong together."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from time import perf_counter
from typing import Final, Literal

from reviewtui.text.python_strings import PythonStrings

_HEAD_LIMIT: Final = 400
"""So many characters of a line are looked at for what it begins with."""
_PYTHON_HEAD: Final = re.compile(r"(?:async\s+)?(def)\s+(\w+)\s*[(\[]|(class)\s+(\w+)\s*[(:\[]")
_OTHER_HEAD: Final = re.compile(
    r"(?:(?:export|default|public|private|protected|static|abstract|final|async|pub|open)\s+)*"
    r"(?:function\b|func\s+[\w(]|fn\s+\w|(?:class|interface|trait|struct|enum|impl)\b[^;:=]*\{\s*$)"
)
_PARTS: Final = re.compile(
    r"[()\[\]{}]|\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|(?:^|(?<=\s))#(?=[\s!:#]|$).*|^\s*//.*"
)
_BARE: Final = re.compile(r"[()\[\]{}]")
_STRING_SECONDS: Final = 0.2
"""How long strings that span lines are looked for; real files take less than half of that for 200,000 lines."""
_CLOSERS: Final = {"(": ")", "[": "]", "{": "}"}
_OPENERS: Final = {closer: opener for opener, closer in _CLOSERS.items()}
_LONG_LINE: Final = 20_000
"""In longer lines (characters) strings are not told from code."""

_Bracket = tuple[int, str]
"""Its column and itself."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A function or class of a Python text; lines are 1-based."""

    name: str
    qualified: str
    """With the names around it, dotted."""
    kind: Literal["class", "function", "method"]
    line: int
    level: int
    """How many functions and classes are around it."""
    start: int
    """The line of its first decorator, or of itself."""
    end: int
    """Its last line that is neither blank nor a comment."""


class Outline:
    """The functions and classes of a Python text, told by indentation; strings are not mistaken for code."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._heads = _heads(lines)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """In the order of their lines; made anew each time, since a large file has tens of thousands."""
        return tuple(map(self._symbol, range(len(self._heads.names))))

    def enclosing(self, line: int) -> Symbol | None:
        """The innermost function or class that holds a line (1-based), its decorators included."""
        index = self._index(line)
        return self._symbol(index) if index >= 0 else None

    def around(self, line: int) -> list[Symbol]:
        """All functions and classes that hold a line, the outermost first."""
        return [self._symbol(index) for index in self._chain(self._index(line))]

    def _index(self, line: int) -> int:
        index = bisect_right(self._heads.first_rows, line - 1) - 1
        while index >= 0 and self._heads.last_rows[index] < line - 1:
            index = self._heads.parents[index]
        return index

    def _chain(self, index: int) -> list[int]:
        """A head and those around it, the outermost first."""
        found = []
        while index >= 0:
            found.append(index)
            index = self._heads.parents[index]
        return found[::-1]

    def _symbol(self, index: int) -> Symbol:
        heads, chain = self._heads, self._chain(index)
        in_class = len(chain) > 1 and heads.are_classes[chain[-2]]
        return Symbol(
            heads.names[index],
            ".".join(heads.names[around] for around in chain),
            "class" if heads.are_classes[index] else "method" if in_class else "function",
            heads.rows[index] + 1,
            len(chain) - 1,
            heads.first_rows[index] + 1,
            heads.last_rows[index] + 1,
        )


def outline(lines: Sequence[str]) -> list[Symbol]:
    """The functions and classes of a Python text, in the order of their lines."""
    return list(Outline(lines).symbols)


def enclosing(lines: Sequence[str], line: int) -> str:
    """Dotted name of the function or class around a line (1-based) of a Python text; empty where there is none."""
    symbol = Outline(lines).enclosing(line)
    return symbol.qualified if symbol else ""


def function_start(lines: Sequence[str], row: int, forward: bool) -> int | None:
    """The row of the next (or previous) head of a function or class, of Python or a language with braces.

    By the look of the line alone, so that any file can be stepped through; `Outline` knows Python better.
    """
    for here in range(max(-1, row) + 1, len(lines)) if forward else range(min(row, len(lines)) - 1, -1, -1):
        if is_head(lines[here]):
            return here
    return None


def is_head(line: str) -> bool:
    """Whether a line looks like the head of a function or class, of Python or a language with braces."""
    line = line[:_HEAD_LIMIT].lstrip()
    return bool(_PYTHON_HEAD.match(line) or _OTHER_HEAD.match(line))


def block_starts(lines: Sequence[str], row: int, forward: bool) -> int:
    """The row to which vim's `}` (or `{`) goes: the blank one after (before) the present block, or the last (first)."""
    if not lines:
        return 0
    step, edge = (1, len(lines) - 1) if forward else (-1, 0)
    row = max(0, min(row, len(lines) - 1))
    while row != edge and _is_blank(lines[row]):
        row += step
    while row != edge and not _is_blank(lines[row]):
        row += step
    return row


def bracket_match(lines: Sequence[str], row: int, column: int) -> tuple[int, int] | None:
    """Row and column of the bracket that belongs to the one at or after the cursor on its line.

    Brackets in comments and in strings of one line are left out, unless the cursor is on one: then its partner is
    looked for on that line alone. Roughly, for any language.
    """
    if not 0 <= row < len(lines):
        return None
    line, column = lines[row], max(0, column)
    bare = _BARE.search(line, column)
    if bare is None:
        return None
    code = [bracket for bracket in _brackets(line) if bracket[0] >= column]
    if not code or (bare.start() == column < code[0][0]):
        found, _ = _count(_bare_brackets(line), bare.group(), 0, bare.start())
        return None if found is None else (row, found)
    start, bracket = code[0]
    depth = 0
    for here in range(row, len(lines)) if bracket in _CLOSERS else range(row, -1, -1):
        found, depth = _count(_brackets(lines[here]), bracket, depth, start if here == row else None)
        if found is not None:
            return here, found
    return None


def _count(brackets: Sequence[_Bracket], wanted: str, depth: int, start: int | None) -> tuple[int | None, int]:
    """Column of the bracket that closes what is open, if it is among these; else how much is open after them.

    On the line of the bracket itself, `start` is its column, and what is on the other side of it does not count.
    """
    opens = wanted in _CLOSERS
    partner = _CLOSERS[wanted] if opens else _OPENERS[wanted]
    for column, bracket in brackets if opens else reversed(brackets):
        if start is not None and (column < start if opens else column > start):
            continue
        depth += (bracket == wanted) - (bracket == partner)
        if not depth and bracket == partner:
            return column, 0
    return None, depth


def _brackets(line: str) -> list[_Bracket]:
    """The brackets of a line that stand in code."""
    if len(line) > _LONG_LINE:
        return _bare_brackets(line)
    return [
        (part.start(), part.group()) for part in _PARTS.finditer(line) if len(part.group()) == 1 and part.group() != "#"
    ]


def _bare_brackets(line: str) -> list[_Bracket]:
    return [(bracket.start(), bracket.group()) for bracket in _BARE.finditer(line)]


def _is_blank(line: str) -> bool:
    return not line or line.isspace()


class _Heads:
    """The heads of functions and classes, and how far each is known to reach; in columns, which take little room."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.are_classes = bytearray()
        self.indents = array("I")
        self.rows = array("I")
        self.first_rows = array("I")
        self.last_rows = array("I")
        self.parents = array("l")
        """Index of the one around it; -1 without."""


def _heads(lines: Sequence[str]) -> _Heads:
    heads = _Heads()
    around: list[int] = []  # those that hold the present row, the innermost last
    last_row = 0
    decorator: tuple[int, int] | None = None  # row and indentation of the first one
    for row, indent, code in _code_rows(lines):
        if indent is None:
            last_row = row
            continue
        while around and heads.indents[around[-1]] >= indent:
            heads.last_rows[around.pop()] = last_row
        last_row = row
        head = _PYTHON_HEAD.match(code)
        if decorator and (indent < decorator[1] or (indent == decorator[1] and not head and code[0] != "@")):
            decorator = None
        if code[0] == "@":
            decorator = decorator or (row, indent)
        elif head:
            first_row = decorator[0] if decorator and decorator[1] == indent else row
            decorator = None
            heads.parents.append(around[-1] if around else -1)
            around.append(len(heads.names))
            heads.names.append(head[2] or head[4])
            heads.are_classes.append(bool(head[3]))
            heads.indents.append(indent)
            heads.rows.append(row)
            heads.first_rows.append(first_row)
            heads.last_rows.append(row)
    for index in around:
        heads.last_rows[index] = last_row
    return heads


def _code_rows(lines: Sequence[str]) -> Iterator[tuple[int, int | None, str]]:
    """Row, indentation and the rest of each line that is neither blank nor a comment.

    The indentation of one that only goes on with a statement is None.
    """
    in_string = _rows_in_strings(lines)
    goes_on = False
    for row, line in enumerate(lines):
        code = line[:_HEAD_LIMIT].lstrip()
        if not code or (code[0] == "#" and not in_string[row]):
            continue
        if in_string[row] or goes_on or code[0] in ")]}":
            yield row, None, code
        else:
            indentation = line[: min(len(line), _HEAD_LIMIT) - len(code)].rpartition("\f")[2]
            yield row, len(indentation.expandtabs(8)), code
        goes_on = line.endswith("\\")


def _rows_in_strings(lines: Sequence[str]) -> bytearray:
    """1 for each row that begins inside of a string."""
    inside = bytearray(len(lines))
    starts = array("L", accumulate((len(line) + 1 for line in lines), initial=0))
    strings = PythonStrings("\n".join(lines) + "\n")
    deadline = perf_counter() + _STRING_SECONDS
    strings.scan(lambda: perf_counter() > deadline)
    for start, end in strings.every():
        first, last = bisect_right(starts, start), min(bisect_left(starts, end), len(lines))
        inside[first:last] = b"\1" * (last - first)
    return inside
