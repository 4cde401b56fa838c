"""Text from outside as Markdown that says just this text: no markup, no HTML, no link, no image, no second line.

Written for renderers that follow CommonMark and GitHub's extensions; what others treat as HTML is an entity here,
because not all of them know a backslash before `<`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from reviewtui.text.safe import drawn, safe

LONGEST_LINE: Final = 400
"""So many characters of a source line are printed."""

_SPECIAL: Final = re.compile(r"[\\`*{}\[\]|~$&<>^]|(?<![^\W_])_|_(?![^\W_])")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_LINE_START: Final = re.compile(r"\d+(?=[.)])|(?=[-+#=:])")
_BULLET: Final = re.compile(r"\s*(?:[-*+]|(\d{1,3})[.)])\s+(?=\S)")
_FENCE: Final = re.compile(r"\s*(`{3,}|~{3,})[^`]*$")
_CODE: Final = re.compile(r"(?<!`)`([^`]+)`(?!`)")


def inline(text: str) -> str:
    """`text` within a line: a heading, a table cell, a sentence. Backquoted words become code."""
    parts = _CODE.split(text.replace("\t", " ").strip())
    return "".join(code(part) if index % 2 else _plain(part) for index, part in enumerate(parts))


def code(text: str) -> str:
    """`text` as code within a line, whatever backquotes it holds; a bar would end a table's cell, so it has no code."""
    if "|" in text:
        return _plain(text)
    shown = str(safe(text.replace("\t", " ")))
    ticks = "`" * (_longest_run(shown) + 1)
    pad = " " if shown[:1] in ("`", " ") or shown[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}" if shown else "–"


def cell(text: str) -> str:
    """`text` in a table; a dash where there is none."""
    return inline(text) or "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are escaped already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """A list of lines that are escaped already."""
    return "\n".join(f"- {line}" for line in lines)


def fence(lines: Sequence[str]) -> str:
    """Lines that are drawable already, as a block of code that none of them can end."""
    ticks = "`" * max(3, 1 + max((_longest_run(line) for line in lines), default=0))
    return "\n".join([f"{ticks}text", *lines, ticks])


def source_line(line: str) -> str:
    """One line of source: tabs expanded, nothing invisible, and not endless."""
    shown = str(drawn(line[:LONGEST_LINE]).text)
    hidden = len(line) - LONGEST_LINE
    return shown.rstrip() if hidden <= 0 else f"{shown} … ({hidden} more characters)"


def prose(text: str) -> str:
    """Paragraphs, lists and blocks of code that a person wrote; everything else in it is text."""
    blocks = _blocks(iter(_LINE_BREAK.split(text)))
    return "\n\n".join(
        "\n".join(lines) for _, group in groupby(blocks, itemgetter(0)) if any(lines := [g[1] for g in group])
    )


def _blocks(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Each line with the number of the block it belongs to; blank ones stand alone."""
    block, in_list = 0, False
    for line in lines:
        opening, bullet = _FENCE.match(line), _BULLET.match(line)
        content = _line(line)
        if opening:
            block, in_list = block + 1, False
            yield block, fence(list(_until(opening[1], lines)))
            block += 1
        elif bullet:
            block, in_list = block + (not in_list), True
            yield block, (f"{bullet[1]}. " if bullet[1] else "- ") + _line(line[bullet.end() :])
        elif not content:
            block, in_list = block + 1, False
        elif in_list and line[:1].isspace():
            yield block, f"  {content}"
        else:
            block, in_list = block + in_list, False
            yield block, content


def _until(mark: str, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.strip().startswith(mark):
            return
        yield source_line(line)


def _line(text: str) -> str:
    """A line of a paragraph: what would begin a heading, a list or a rule does not."""
    content = inline(text)
    start = _LINE_START.match(content)
    return f"{start[0]}\\{content[start.end() :]}" if start else content


def _plain(text: str) -> str:
    return _SPECIAL.sub(lambda m: _ENTITIES.get(m[0], f"\\{m[0]}"), str(safe(text)))


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
