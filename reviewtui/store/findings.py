"""The findings file as text: a review to TOML and back, the same bytes for the same review.

The file is made for people who read it in a diff and for git, which merges it line by line:

- entries are sorted by id, so that two people's additions mostly stand apart; places and histories keep their order;
- `[[mark]]` has `ranges = ["1-40", "52"]`: as the screen says it, half as many signs as pairs of numbers, one line to
  read; ranges that a merge left overlapping or unsorted are joined when they are read;
- a place's anchor stands flat in its table; a verdict's and an evidence's place is a table `place` of its own;
- every text comes back exactly as it was: what no TOML file can hold is escaped (see `surrogates`), the CR of a CR-LF
  is spelled out, and so is a blank at the end of a line and the first sign of a line that looks like the marker of a
  merge;
- keys that are not known are kept, comments and the layout of a hand-edited file are not, once something changes.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from reviewtui.errors import BrokenFileError, Problem, StoreError
from reviewtui.model.review import Review
from reviewtui.store import layout
from reviewtui.store.entries import object_id, read_answer, read_finding, read_mark, read_verdict
from reviewtui.store.table import Document, Table
from reviewtui.store.toml import decoded

FORMAT: Final = 1

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def parse(text: str, name: str) -> Review:
    """The review that a findings file holds; `name` is the file's, for messages.

    Raises:
        BrokenFileError: it is not TOML, is of a newer format, or does not hold what it should; with every problem.
    """
    document = Document(text, name, escaped=True)
    top = document.top
    if "format" not in top:
        top.problem("format", f"`format = {FORMAT}` is missing at the top")
    version = top.number("format", 1)
    if version is not None and version > FORMAT:
        raise BrokenFileError(
            name,
            (Problem(document.line("format"), f"format {version} is newer than this program knows; update reviewtui"),),
        )
    about = top.table("review")
    review = Review(
        about.text("title"),
        about.texts("scope"),
        object_id(about, "commit"),
        about.texts("reviewers"),
        _entries(document, "finding", read_finding, lambda finding: finding.id),
        _entries(document, "verdict", read_verdict, lambda verdict: verdict.fingerprint),
        _entries(document, "answer", read_answer, lambda answer: answer.item),
        _entries(document, "mark", read_mark, lambda mark: mark.key),
        top.extra(),
        about.extra(),
    )
    document.close()
    return review


def parse_bytes(data: bytes, name: str) -> Review:
    """`parse` for the bytes of a file, which may not even be text."""
    return parse(decoded(data, name), name)


def dumps(review: Review) -> str:
    """The text of the findings file that holds this review.

    Raises:
        StoreError: something in it could not be read back as it is.
    """
    return Writer().dumps(review)


class Writer:
    """Lays out one review after the other; an entry that was in the one before costs next to nothing.

    Every entry that is laid out is read back and compared, so that nothing can be written that would be lost.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[str, Hashable], tuple[object, str]] = {}

    def trust(self, review: Review) -> None:
        """Take the entries of `review` as read from a file just now: they need not be read back once more."""
        for name in ("finding", "verdict", "answer", "mark"):
            entries: Mapping[Hashable, object] = getattr(review, f"{name}s")
            for key, entry in entries.items():
                if self._written.get((name, key), (None,))[0] is not entry:
                    self._written[name, key] = (entry, "")

    def dumps(self, review: Review) -> str:
        """As the function of this name."""
        before, self._written = self._written, {}
        entries = [
            *self._entries("finding", review.findings, layout.finding_text, read_finding, before),
            *self._entries("verdict", review.verdicts, layout.verdict_text, read_verdict, before),
            *self._entries("answer", review.answers, layout.answer_text, read_answer, before),
            *self._entries("mark", review.marks, layout.mark_text, read_mark, before),
        ]
        return "\n".join(_frame(review, entries))

    def _entries(
        self,
        name: str,
        entries: Mapping[K, V],
        laid_out: Callable[[V], str],
        read: Callable[[Table], V],
        before: Mapping[tuple[str, Hashable], tuple[object, str]],
    ) -> Iterator[str]:
        for key in sorted(entries):  # type: ignore[type-var]  # keys are texts or tuples of texts
            entry = entries[key]
            known, text = before.get((name, key), (None, ""))
            if not text or known is not entry:
                text = _laid_out(laid_out, None if known is entry else read, name, entry)
            self._written[name, key] = (entry, text)
            yield text


def _frame(review: Review, entries: Iterable[str]) -> Iterator[str]:
    """The whole file in parts: what is said of the review as a whole, around the entries."""
    bare = Review(
        review.title,
        review.scope,
        review.commit,
        review.reviewers,
        extra=review.extra,
        review_extra=review.review_extra,
    )
    try:
        head, tail = layout.head_text(bare, FORMAT), layout.tail_text(bare)
        is_same = parse(f"{head}\n{tail}", "the findings file") == bare
    except (BrokenFileError, ValueError, TypeError) as error:
        raise StoreError(f"What the review says of itself cannot be saved: {error}") from error
    if not is_same:
        raise StoreError("What the review says of itself cannot be saved: it would be read back differently")
    yield head
    yield from entries
    if tail:
        yield tail


def _laid_out(laid_out: Callable[[V], str], read: Callable[[Table], V] | None, name: str, entry: V) -> str:
    """The text of an entry; with `read`, once it is sure that reading gives the same entry again."""
    try:
        text = laid_out(entry)
        if read is None:
            return text
        document = Document(text, "the entry", escaped=True)
        (row,) = document.top.tables(name)
        again = read(row)
        document.close()
    except (BrokenFileError, ValueError, TypeError) as error:
        raise StoreError(f"This {name} cannot be saved, because it could not be read again: {error}") from error
    if again != entry:
        raise StoreError(f"This {name} cannot be saved, because it would be read back differently: {entry}")
    return text


def _entries(document: Document, name: str, read: Callable[[Table], V], key_of: Callable[[V], K]) -> dict[K, V]:
    entries: dict[K, V] = {}
    for table in document.top.tables(name):
        problems = document.problem_count
        entry = read(table)
        key = key_of(entry)
        if key in entries and document.problem_count == problems:
            said = key if isinstance(key, str) else ", ".join(map(str, key)) if isinstance(key, tuple) else ""
            table.problem("", f"there is another {name} {said!r}; one of them has to go")
        entries[key] = entry
    return entries
