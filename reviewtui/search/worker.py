"""The process beside the screen that searches: bytes or lines come in on its input, the lines that match go out.

It knows neither the reviewed tree nor a name in it that it could open. An expression that a text holds up is ended by
the timer, and with it this process; what was answered before stands.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final

from reviewtui.search.result import digest_of, window_of
from reviewtui.search.wanted import Wanted
from reviewtui.text.literals import Alternatives
from reviewtui.text.search import Match, Query, find, is_as_read
from reviewtui.text.source import decode
from reviewtui.workers import inside
from reviewtui.workers.frames import Header, read_frame, write_frame

MODULE: Final = "reviewtui.search.worker"
"""What the interpreter is told to run."""

MOST_LINES: Final = 1000
"""Lines of one file that are answered."""
MOST_SPANS: Final = 50
"""Matches of one line that are answered."""
MOST_MATCHES: Final = 10_000
"""Matches in lines that are answered."""

# Where case does not matter they match an i, and no other form of a letter is made of them.
_FOLDING: Final = re.compile("[\u0130\u0131]")
_MEMORY: Final = 1 << 30


def main() -> None:
    """Answer until the input ends."""
    inside.take_signals()
    requests, answers = inside.taken_pipes()
    inside.limit_memory(_MEMORY)
    inside.step_back()
    while (request := read_frame(requests)) is not None:
        header, body = request
        wanted = Wanted.of(header["wanted"])
        query = wanted.query()
        try:
            if "files" in header:
                for path, data in _files(header, body):
                    inside.limit_time(header["seconds"])
                    answer = _of_file(query, wanted.needed, path, data)
                    inside.limit_time(0)
                    write_frame(answers, answer)
            else:
                inside.limit_time(header["seconds"])
                _of_lines(answers, query, body.decode("utf-8", "surrogatepass").split("\n"))
                inside.limit_time(0)
        except (MemoryError, RecursionError):
            os._exit(inside.OUT_OF_MEMORY)


def _files(header: Header, body: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that one request holds, one after the other."""
    at = 0
    for path, size in header["files"]:
        yield path, body[at : at + size]
        at += size


def _of_file(
    query: Query, needed: Alternatives | None, path: str, data: bytes
) -> dict[str, Any]:  # Any: whatever JSON holds
    """The lines that match, and why the file was not searched, or not to its end."""
    source = decode(data, path)
    if source.is_binary:
        return {"lines": [], "unsearched": "binary"}
    rows: dict[int, list[tuple[int, int]]] = {}
    more = False
    for match in _matches(query, needed, source.lines):
        if match.row not in rows:
            if len(rows) == MOST_LINES:
                more = True
                break
            rows[match.row] = []
        if len(rows[match.row]) < MOST_SPANS:
            rows[match.row].append((match.start, match.end))
    seen: Counter[str] = Counter()
    lines = []
    for row, spans in rows.items():
        line = source.lines[row]
        digest = digest_of(line)
        lines.append([row + 1, spans, *window_of(line, spans[0][0]), len(line), digest, seen[digest]])
        seen[digest] += 1
    return {"lines": lines, "unsearched": f"more than {MOST_LINES:,} lines match" if more else ""}


def _matches(query: Query, needed: Alternatives | None, lines: Sequence[str]) -> Iterator[Match]:
    """Every match; where none of the needed texts is in the file as it stands, only disguised ones are looked for."""
    text = "" if needed is None else "".join(lines)
    lowered = text.lower()
    if needed is None or any(literal in lowered for literal in needed):
        yield from find(lines, query)
    elif not text.isascii() and not (is_as_read(text) and not _FOLDING.search(text)):
        for row, line in enumerate(lines):
            if not line.isascii() and not (is_as_read(line) and not _FOLDING.search(line)):
                for start, end in query.spans(line):
                    yield Match(row, start, end)


def _of_lines(answers: IO[bytes], query: Query, lines: list[str]) -> None:
    """The matches in lines, in order."""
    found: list[tuple[int, int, int]] = []
    for match in find(lines, query):
        if len(found) == MOST_MATCHES:
            write_frame(answers, {"matches": found, "more": True})
            return
        found.append((match.row, match.start, match.end))
    write_frame(answers, {"matches": found, "more": False})


if __name__ == "__main__":
    main()
