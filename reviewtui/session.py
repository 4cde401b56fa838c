"""The review that is being worked on: changed by transitions, saved at once, taken back and done again."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from reviewtui.errors import StoreError
from reviewtui.model.change import Change
from reviewtui.model.review import Review


class Keeper(Protocol):
    """Where a review is kept; other programs may write there too."""

    def load(self) -> Review:
        """What is kept now; an empty review where nothing is. Raises StoreError."""
        ...

    def update(self, change: Change) -> Review:
        """Make a change to what is kept, and return what is kept then. Raises StoreError, and then nothing changed."""
        ...

    def is_stale(self) -> bool:
        """Whether something else is kept than was last loaded or updated. Raises StoreError."""
        ...

    def exists(self) -> bool:
        """Whether anything is kept. Raises StoreError."""
        ...


def _to_the_second() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


class Session:
    """One reviewer at work on one review.

    What was applied is on disk when `apply` returns, or `problem` says why not; then it stays in memory, and every
    later save takes it along.
    """

    def __init__(self, file: Keeper, by: str, now: Callable[[], datetime] = _to_the_second) -> None:
        """Load the review.

        Raises:
            BrokenFileError: the file is not usable; it is left alone.
            StoreError: it cannot be read.
        """
        self.by = by
        """The reviewer's name."""
        self.problem = ""
        """Why not all is on disk, or what is wrong with what is there; empty where all is well."""
        self._file = file
        self._now = now
        self._saved = file.load()
        self._review = self._saved
        self._done: list[tuple[str, Change]] = []
        self._undone: list[tuple[str, Change]] = []
        self._observers: list[Callable[[], None]] = []

    @property
    def review(self) -> Review:
        """The review as it is now, saved or not."""
        return self._review

    @property
    def is_saved(self) -> bool:
        """Whether all that is in memory is on disk."""
        return self._review is self._saved and not self.problem

    @property
    def can_undo(self) -> str:
        """What `undo` would take back; empty where there is nothing."""
        return self._done[-1][0] if self._done else ""

    @property
    def can_redo(self) -> str:
        """What `redo` would do again; empty where there is nothing."""
        return self._undone[-1][0] if self._undone else ""

    def now(self) -> datetime:
        """The time that entries made now bear: UTC, to the second."""
        return self._now()

    def apply(self, label: str, transition: Callable[[Review], Review]) -> bool:
        """Change the review and save it; False where the transition changes nothing.

        Whoever changes something becomes one of its reviewers.

        Raises:
            InvalidReviewError: the transition refused; nothing changed.
        """
        new = transition(self._review)
        if not Change.between(self._review, new):
            return False
        if self.by:
            new = new.with_reviewer(self.by)
        self._done.append((label, Change.between(self._review, new)))
        self._undone.clear()
        self._become(new)
        return True

    def undo(self) -> str | None:
        """Take back the last change of this session, nothing that others did; its label, None where there is none."""
        return self._move(self._done, self._undone)

    def redo(self) -> str | None:
        """Do again what was taken back last; its label, None where there is none."""
        return self._move(self._undone, self._done)

    def retry(self) -> bool:
        """Save what could not be saved; whether all is saved now."""
        if not self.is_saved:
            self._become(self._review)
        return self.is_saved

    def refresh(self) -> bool:
        """Take over what another program wrote; whether the review is another one now.

        A file that is broken or gone changes nothing in memory; `problem` says so.
        """
        before, problem = self._review, self.problem
        try:
            if self._file.is_stale():
                self._take_over()
            elif self._review is self._saved:
                self.problem = ""
        except StoreError as error:
            self.problem = str(error)
        if self._review is before and self.problem == problem:
            return False
        self._tell()
        return self._review is not before

    def subscribe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Have `observer` called after every change of the review or of how it is saved; the result ends that."""
        self._observers.append(observer)

        def end() -> None:
            if observer in self._observers:
                self._observers.remove(observer)

        return end

    def _move(self, source: list[tuple[str, Change]], target: list[tuple[str, Change]]) -> str | None:
        if not source:
            return None
        label, change = source.pop()
        back = change.inverse()
        new = back.apply(self._review)
        if not Change.between(self._review, new):
            return f"{label} (nothing left of it to change: another program did)"
        target.append((label, back))
        self._become(new)
        return label

    def _become(self, review: Review) -> None:
        self._review = review
        self._save()
        self._tell()

    def _save(self) -> None:
        """Bring to disk all that is not there; what others wrote there comes along."""
        try:
            self._saved = self._file.update(Change.between(self._saved, self._review))
        except StoreError as error:
            self.problem = str(error)
        else:
            self._review = self._saved
            self.problem = ""

    def _take_over(self) -> None:
        if not self._file.exists():
            self.problem = "The findings file is gone; the review is still here, and the next change writes it again"
            return
        unsaved = Change.between(self._saved, self._review)
        self._saved = self._file.load()
        self._review = unsaved.apply(self._saved) if unsaved else self._saved
        self.problem = ""
        if unsaved:
            self._save()

    def _tell(self) -> None:
        for observer in tuple(self._observers):
            observer()
