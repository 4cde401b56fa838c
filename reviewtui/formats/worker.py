"""The process beside the screen that reads a report of another tool: bytes come in, hits go out.

It knows the names of the repository's files and nothing else of it; the lines of a file it asks for. A report that
holds it up or wants more memory than there is ends this process, and nothing else.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.paths import PathMap
from reviewtui.formats.reading import read_report
from reviewtui.model.hit_record import hit_record
from reviewtui.model.place import RepoPath
from reviewtui.workers import inside
from reviewtui.workers.frames import read_frame, write_frame

PORTION: Final = 200
"""Hits in one answer, so that the screen can draw between two."""


@dataclass
class _AskedLines:
    """The lines of files, asked for once each."""

    requests: IO[bytes]
    answers: IO[bytes]
    known: dict[RepoPath, Sequence[str]] = field(default_factory=dict)

    def of(self, path: RepoPath) -> Sequence[str]:
        if path not in self.known:
            write_frame(self.answers, {"want": path})
            frame = read_frame(self.requests)
            if frame is None:
                raise SystemExit
            header, body = frame
            text = body.decode("utf-8", "surrogatepass")
            self.known[path] = text.split("\n") if header["is_text"] else ()
        return self.known[path]


def main() -> None:
    """Read one report."""
    inside.take_signals()
    requests, answers = inside.taken_pipes()
    inside.step_back()
    request = read_frame(requests)
    if request is None:
        return
    header, data = request
    inside.limit_memory(header["memory_limit"])
    inside.limit_time(header["time_limit"])
    tree = Tree(
        PathMap((RepoPath(path) for path in header["paths"]), header["root"]), _AskedLines(requests, answers).of
    )
    try:
        found = read_report(data, header["name"], tree, everything=header["everything"])
        del data
        _answer(answers, found)
    except ReviewTuiError as error:
        write_frame(answers, {"error": str(error)})
    except (MemoryError, RecursionError):
        os._exit(inside.OUT_OF_MEMORY)


def _answer(answers: IO[bytes], found: Imported) -> None:
    for start in range(0, len(found.hits), PORTION):
        hits = found.hits[start : start + PORTION]
        write_frame(answers, {"hits": [[hit.path, hit_record(hit)] for hit in hits]})
    write_frame(
        answers,
        {
            "format": found.format,
            "tools": found.tools,
            "problems": found.problems,
            "notes": found.notes,
            "made": found.made,
            "unplaced": found.unplaced,
        },
    )


if __name__ == "__main__":
    main()
