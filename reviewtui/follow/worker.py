"""The process beside the screen that follows code: it reads files of the repository through one door, and runs none.

It is told the root and the list of files once. What it reads are regular files of that list, reached through no link;
the modules it looks at are syntax trees, and never imported.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import IO, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.follow.define import Definition, define, define_mention, mention_at
from reviewtui.follow.frames import MODULE, Defined, Hovered, Record, Symbols, Uses, record
from reviewtui.follow.hover import hover
from reviewtui.follow.mentions import mentions
from reviewtui.follow.modules import Module, World, word_at
from reviewtui.follow.names import GaveUpError
from reviewtui.follow.references import MOST, Reference, in_order, references
from reviewtui.follow.stubs import standard_library
from reviewtui.follow.symbols import Index, is_indexed
from reviewtui.model.place import RepoPath
from reviewtui.text.reading import read_file
from reviewtui.text.source import decode
from reviewtui.workers import inside
from reviewtui.workers.frames import read_frame, write_frame

__all__ = ["MODULE"]

SIZE_LIMIT: Final = 2_000_000
"""Bytes of a file that is read."""
_NOT_PYTHON: Final = "this language is not understood: places of the same name"
_UNPARSED: Final = "it is no Python that can be parsed: places of the same name"
_BATCH_SECONDS: Final = 0.1
_BY_NAME_SECONDS: Final = 5.0
_TURN_SECONDS: Final = 0.1
"""So long the index is built before other questions get their turn."""


class Follower:
    """Answers questions about one repository."""

    def __init__(self, root: str, paths: list[str]) -> None:
        self._root = Path(root)
        self._paths = {str(RepoPath.parse(path)) for path in paths}
        self._world: World | None = None
        self._index = Index()
        self._is_complete = False
        self._waiting: list[str] = []
        """Files that are still to be looked at, the next one last."""

    @property
    def world(self) -> World:
        """Its modules."""
        if self._world is None:
            self._world = World(self._paths, self.read, standard_library(), signature=self._signature)
        return self._world

    def read(self, path: str) -> bytes | None:
        """A file of the list; None where it may not be read."""
        if path not in self._paths:
            return None
        try:
            return read_file(self._root, RepoPath.parse(path), SIZE_LIMIT)
        except (ReviewTuiError, OSError):
            return None

    def _signature(self, path: str) -> object:
        try:
            found = (self._root / path).lstat()
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    # Definitions

    def define(self, path: str, line: int, column: int) -> Defined:
        """Where the name at a place is defined."""
        found, name, problem = self._definition(path, line, column)
        if found is None:
            return self._by_name(name, problem) if problem else Defined(name)
        if found.gave_up:
            return Defined(found.name, problem="it takes too many steps to tell")
        here = any(
            t.path == path and t.line == line and t.column <= column < t.column + len(name) for t in found.targets
        )
        return Defined(found.name, found.targets, found.is_sure, is_here=here and len(found.targets) == 1)

    def _definition(self, path: str, line: int, column: int) -> tuple[Definition | None, str, str]:
        """The definition, the word at the place, and why there can be none."""
        self.world.look_again()
        word = self._word(path, line, column)
        if path not in self.world.paths:
            return None, word, _NOT_PYTHON
        module = self.world.module(path)
        if module is None:
            return None, word, _UNPARSED
        return define(self.world, module, line, column), word, ""

    def _word(self, path: str, line: int, column: int) -> str:
        data = self.read(path)
        lines = decode(data, path).lines if data is not None else ()
        return word_at(lines[line - 1], column)[0] if 0 < line <= len(lines) else ""

    def _by_name(self, name: str, problem: str) -> Defined:
        from reviewtui.follow.define import Target

        if not name:
            return Defined("")
        # A question ends after some seconds, whatever the size of the repository; the next one reads on.
        if self.look_through(_BY_NAME_SECONDS, begins=not self._waiting):
            problem = "not all files are read yet, ask again"
        found = [Target(s.qualified, s.kind, s.path, s.line, 0) for s in self._index.named(name)[:200]]
        return Defined(name, tuple(found), by_name=True, problem="" if found else problem)

    def hover(self, path: str, line: int, column: int) -> Hovered:
        """What is known of the name at a place."""
        self.world.look_again()
        module = self.world.module(path) if path in self.world.paths else None
        mention = mention_at(module, line, column) if module else None
        if module is None or mention is None:
            problem = "" if module else _NOT_PYTHON if path not in self.world.paths else _UNPARSED
            return Hovered(self._word(path, line, column), None, problem.partition(":")[0])
        return Hovered(mention.name, hover(self.world, module, mention))

    # References

    def uses(self, path: str, line: int, column: int, *, calls_only: bool) -> Iterator[Uses]:
        """The uses of the name at a place, batch after batch; of a line without one, those of the function around."""
        found, name, problem = self._definition(path, line, column)
        module = self.world.module(path) if not problem else None
        if found is None and module is not None and calls_only:
            found = self._around(module, line)
        if problem:
            yield from self._uses_by_name(name, path)
            return
        if found is None or not found.targets:
            why = (
                "" if not name else "where it is defined is not known" if found else "it stands in a string or comment"
            )
            yield Uses(found.name if found else name, is_last=True, problem=why)
            return
        batch: list[Reference] = []
        done = files = 0
        last = monotonic()
        for done, files, references_found in references(self.world, found, path, self.read, calls_only=calls_only):
            batch += references_found
            if monotonic() - last > _BATCH_SECONDS:
                yield Uses(found.name, tuple(batch), done, files)
                batch, last = [], monotonic()
        yield Uses(found.name, tuple(batch), done, files, is_last=True)

    def _around(self, module: Module, line: int) -> Definition | None:
        """The definition of the function that a line stands in."""
        best = None
        for (start, _), mention in sorted(mentions(module).items(), key=lambda item: item[0]):
            end = getattr(mention.node, "end_lineno", 0)
            if mention.role == "definition" and start <= line <= end:
                best = mention
        return define_mention(self.world, module, best) if best else None

    def _uses_by_name(self, name: str, origin: str) -> Iterator[Uses]:
        """Every line with the word in files of the same kind."""
        if not name:
            yield Uses("", is_last=True)
            return
        end = origin.rpartition(".")[2].lower()
        paths = in_order((path for path in self._paths if path.rpartition(".")[2].lower() == end), origin)
        word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
        count = 0
        for number, path in enumerate(paths, 1):
            data = self.read(path)
            found = []
            if data is not None and name.encode("utf-8", "surrogatepass") in data:
                for line, text in enumerate(decode(data, path).lines, 1):
                    for match in word.finditer(text):
                        found.append(Reference(path, line, match.start(), name, "", text.strip()[:240], False, False))
                        break
            count += len(found)
            is_last = number == len(paths) or count > MOST
            if found or is_last:
                yield Uses(name, tuple(found), number, len(paths), is_last=is_last, by_name=True)
            if is_last:
                return
        yield Uses(name, is_last=True, by_name=True)

    # Symbols

    def look_through(self, seconds: float, *, begins: bool = True) -> bool:
        """Read files that may have changed into the index, for so long; whether there are more."""
        if begins:
            self._index.keep_only(self._paths)
            self._waiting = sorted((path for path in self._paths if is_indexed(path)), reverse=True)
        end = monotonic() + seconds
        while self._waiting and monotonic() < end:
            path = self._waiting.pop()
            self._index.put(path, self.read(path))
        self._is_complete = self._is_complete or not self._waiting
        return bool(self._waiting)

    def symbols(self, query: str) -> Symbols:
        """The symbols that a query finds."""
        found = self._index.find(query)
        return Symbols(query, tuple(found), len(self._index), self._is_complete)


def main() -> None:
    """Answer until the input ends."""
    inside.take_signals()
    requests, answers = inside.taken_pipes()
    started = read_frame(requests)
    if started is None:
        return
    header = started[0]
    inside.step_back()
    inside.limit_memory(header["memory"])
    follower = Follower(header["root"], header["paths"])
    while (request := read_frame(requests)) is not None:
        asked = request[0]
        inside.limit_time(asked["seconds"])
        try:
            _answer(follower, asked, answers)
        except MemoryError:
            os._exit(inside.OUT_OF_MEMORY)
        inside.limit_time(0)


def _answer(follower: Follower, asked: Record, answers: IO[bytes]) -> None:
    kind = asked["ask"]
    if kind == "index":
        write_frame(answers, {"more": follower.look_through(_TURN_SECONDS, begins=asked["begins"])})
    elif kind == "symbols":
        write_frame(answers, record(follower.symbols(asked["query"])))
    else:
        place = asked["path"], asked["line"], asked["column"]
        try:
            if kind == "define":
                write_frame(answers, record(follower.define(*place)))
            elif kind == "hover":
                write_frame(answers, record(follower.hover(*place)))
            else:
                for found in follower.uses(*place, calls_only=kind == "callers"):
                    write_frame(answers, record(found))
        except (GaveUpError, RecursionError):
            empty: Defined | Hovered | Uses = Uses("", is_last=True, problem="it is nested too deeply")
            if kind in ("define", "hover"):
                empty = Defined("", problem="it is nested too deeply") if kind == "define" else Hovered("")
            write_frame(answers, record(empty))


if __name__ == "__main__":
    main()
