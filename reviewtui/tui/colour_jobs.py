"""What is read in an open file beside the screen: the colours of its lines, its functions and classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.message import Message

from reviewtui.colour.process import Colourer
from reviewtui.errors import WorkerError
from reviewtui.model.place import RepoPath
from reviewtui.text.packed import PackedSpans
from reviewtui.text.safe import hidden_count
from reviewtui.text.symbols import Outline
from reviewtui.text.tokens import is_python, spans
from reviewtui.tui.jobs import Post, stopped

if TYPE_CHECKING:
    from reviewtui.text.windows import WindowLexer


_COUNTED_AT_ONCE: Final = 2_000


@dataclass
class LexerReady(Message):
    """The top of a Python file can be coloured at once."""

    generation: int
    lexer: "WindowLexer"


@dataclass
class LexerPrepared(Message):
    """All that can be known of a Python file without lexing it is: any window can be coloured now, or never."""

    generation: int


@dataclass
class Coloured(Message):
    """The colours of some rows are known."""

    generation: int
    first_row: int
    batch: PackedSpans


@dataclass
class Outlined(Message):
    """The functions and classes of a Python file are known."""

    generation: int
    outline: Outline


@dataclass
class HiddenCounted(Message):
    """It is known how many characters of a file hide, reorder or pass for others."""

    generation: int
    count: int


def read_through(
    path: RepoPath, lines: Sequence[str], lexer: "WindowLexer | None", generation: int, post: Post, colourer: Colourer
) -> None:
    """Make ready what colours any window; where that is not possible, have the whole file lexed."""
    from reviewtui.text.windows import WindowLexer

    if not is_python(path, lines[0] if lines else ""):
        count_hidden(lines, generation, post)
        lex_whole(path, lines, generation, post, colourer)
        return
    if lexer is None:
        lexer = WindowLexer(lines)
        post(LexerReady(generation, lexer))
    lexer.prepare(stopped)
    post(LexerPrepared(generation))
    if not stopped():
        post(Outlined(generation, Outline(lines)))
        count_hidden(lines, generation, post)


def count_hidden(lines: Sequence[str], generation: int, post: Post) -> None:
    """Count what a reader would not see, or would take for something else, if it were not drawn otherwise."""
    count = 0
    for first in range(0, len(lines), _COUNTED_AT_ONCE):
        if stopped():
            return
        count += hidden_count(lines[first : first + _COUNTED_AT_ONCE])
    if count:
        post(HiddenCounted(generation, count))


def lex_whole(path: RepoPath, lines: Sequence[str], generation: int, post: Post, colourer: Colourer) -> None:
    """Have the whole file lexed in a process beside; without one, here."""
    try:
        for first_row, batch in colourer.batches(path, lines, stopped):
            post(Coloured(generation, first_row, batch))
    except WorkerError:
        for first_row, rows in spans(path, lines, stopped):
            post(Coloured(generation, first_row, PackedSpans.of(rows)))
