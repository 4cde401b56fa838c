"""History in the source view: who wrote a line, the file as it was, and what changed with the old lines in place."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reviewtui.errors import GitError
from reviewtui.model.place import RepoPath
from reviewtui.repo import history
from reviewtui.repo.history import Blame, Commit, CommitDetails
from reviewtui.text.safe import SafeText, safe
from reviewtui.text.source import decode
from reviewtui.text.tokens import is_python
from reviewtui.text.windows import WindowLexer
from reviewtui.tui import jobs
from reviewtui.tui.widgets.source_view.blame import BlameColumn, line_of
from reviewtui.tui.widgets.source_view.changes import NO_CHANGES, Changes, Colours, changes_between
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

MOST_FILES: Final = 200
"""Files of a commit that are listed."""
MOST_LINES: Final = 300
"""Lines of its message."""
LONGEST_LINE: Final = 2_000
"""Characters of one of them."""
Version = tuple[str, RepoPath]
"""A commit, and where the file stood in it."""
Take = Callable[[RepoPath, str], None]
"""What is done with a version: the path that the file had then, and the commit."""


class History:
    """What git remembers of the open file."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._came_from: dict[SourceView, RepoPath] = {}
        """The file of today whose older version a view shows; it may have had another name then."""

    @property
    def _root(self) -> Path:
        return self.screen.repository.root

    def _asked(self) -> tuple[SourceView, RepoPath] | None:
        """The view and the file that a question is about; where there can be no answer, that is said."""
        view = self.screen.source
        if not self.screen.repository.is_git:
            self.screen.say("No git repository here: there is no history")
        elif view.path is None or view.notice:
            self.screen.say("Open a file first")
        else:
            return view, view.path
        return None

    # Blame

    def do_blame(self, _count: int | None) -> None:
        """Action `blame`: the column, or none."""
        asked = self._asked()
        if asked is None:
            return
        view, path = asked
        if view.side is not None:
            view.set_side(None)
            return
        self.screen.say("Asking git who wrote these lines…")
        self._show_blame(view, path)

    def _show_blame(self, view: SourceView, path: RepoPath) -> None:
        shown = view.source

        def look() -> tuple[Blame, bool]:
            return self._blame(path, view.revision), history.is_shallow(self._root)

        def done(found: tuple[Blame, bool]) -> None:
            blame, is_shallow = found
            if view.source is shown:
                view.set_side(BlameColumn(blame, datetime.now(UTC)))
                cut = "A shallow clone: its oldest commit stands for all that is older"
                self.screen.say(cut if is_shallow else "")

        self.screen.ask(look, done, "blame")

    def _blame(self, path: RepoPath, revision: str) -> Blame:
        data = history.read_at(self._root, revision, path) if revision else self.screen.repository.read(path)
        return history.blame(self._root, path, data, revision)

    def do_line_commit(self, _count: int | None) -> None:
        """Action `line_commit`."""
        asked = self._asked()
        if asked is None:
            return
        view, path = asked
        row, revision = view.cursor, view.revision
        side = view.side

        def look() -> tuple[CommitDetails, Version, Version | None]:
            blame = side.blame if isinstance(side, BlameColumn) else self._blame(path, revision)
            commit = blame.of(row)
            if commit is None:
                raise GitError(f"Line {row + 1} is not committed yet")
            then = (commit.id, commit.path or path)
            return history.details(self._root, commit.id), then, blame.previous.get(commit.id)

        self.screen.say("Asking git…")
        self.screen.ask(look, lambda found: self._show_commit(*found), "history")

    def _show_commit(self, found: CommitDetails, then: Version, before: Version | None) -> None:
        from reviewtui.tui.screens.message import MessageScreen

        self.screen.say("")
        commit = found.commit
        lines = [
            safe(f"{commit.author} <{found.email}>"),
            SafeText(f"{commit.at:%Y-%m-%d %H:%M} UTC"),
            *([safe(f"committed by {found.committer}")] if found.committer != commit.author else []),
            SafeText(""),
            *_message_lines(found.message),
            SafeText(""),
            *(
                safe(f"{_count_of(f.added, '+')} {_count_of(f.removed, '-')}  {f.path}")
                for f in found.files[:MOST_FILES]
            ),
        ]
        if len(found.files) > MOST_FILES:
            lines.append(SafeText(f"and {len(found.files) - MOST_FILES} more files"))
        choices = [("v", "The file as it was then"), ("d", "What changed since then")]
        if before:
            choices.append(("b", "The file before it"))

        def taken(key: str | None) -> None:
            if key == "v":
                self._show_version(then[1], then[0])
            elif key == "d":
                self._compare(then[1], then[0])
            elif key == "b" and before:
                self._show_version(before[1], before[0])

        self.screen.app.push_screen(MessageScreen(f"Commit {commit.short}", lines, choices), taken)

    # Versions

    def do_file_version(self, _count: int | None) -> None:
        """Action `file_version`."""
        asked = self._asked()
        if asked:
            self._choose(asked[1], "The file as it was at", self._show_version)

    def do_show_changes(self, _count: int | None) -> None:
        """Action `show_changes`."""
        asked = self._asked()
        if asked:
            self._choose(asked[1], "What changed since", self._compare)

    def _choose(self, path: RepoPath, heading: str, then: Take) -> None:
        from reviewtui.tui.screens.picker import Picker, PickRow

        def show(versions: Sequence[tuple[str, Commit, RepoPath]]) -> None:
            self.screen.say("")
            rows = [
                PickRow(
                    safe(f"{name}  {commit.subject}") if name else line_of(commit),
                    safe(f"{commit.author}  {commit.at:%Y-%m-%d}"),
                )
                for name, commit, _ in versions
            ]
            rows.append(PickRow(SafeText("Another revision…"), SafeText("HEAD~3, v1.0^, the first digits of an id")))

            def chosen(index: int | None) -> None:
                if index == len(versions):
                    self._name_revision(path, heading, then)
                elif index is not None:
                    then(versions[index][2], versions[index][1].id)

            empty = "No version of that name; the last row of the whole list takes any revision"
            self.screen.app.push_screen(
                Picker(heading, rows, "branch, tag, commit, author, words", empty=empty), chosen
            )

        self.screen.say("Reading the history of the file…")
        self.screen.ask(lambda: self._versions(path), show, "history")

    def _name_revision(self, path: RepoPath, heading: str, then: Take) -> None:
        """Let the reader write what git calls a revision."""
        from reviewtui.tui.screens.line_prompt import LinePrompt

        def written(revision: str | None) -> None:
            if revision:
                self.screen.ask(
                    lambda: history.commit_id(self._root, revision.strip()),
                    lambda commit: then(path, commit),
                    "history",
                )

        about = SafeText("A branch, a tag, a commit, or a way from one")
        self.screen.app.push_screen(LinePrompt(heading, about, placeholder="HEAD~3"), written)

    def _versions(self, path: RepoPath) -> list[tuple[str, Commit, RepoPath]]:
        """HEAD, the commits of the file under the name that it had then, and branches and tags."""
        log = history.file_log(self._root, path)
        head = history.details(self._root, "HEAD").commit
        named = [(name, commit, path) for name, commit in history.revisions(self._root)]
        return [("HEAD", head, path), *(("", commit, commit.path or path) for commit in log), *named]

    def _show_version(self, path: RepoPath, commit: str) -> None:
        self.screen.going.remember()
        view = self.screen.source
        if not view.revision and view.path:
            self._came_from[view] = view.path

        def show(found: tuple[RepoPath, bytes]) -> None:
            self.screen.files.show_version(found[0], commit, found[1])
            self.screen.panes.focus_source()
            self.screen.cards.refresh()

        self.screen.ask(lambda: history.version(self._root, commit, path), show, "history")

    def renew(self, view: SourceView, compared: str, *, is_blamed: bool) -> None:
        """The text of a view has become another: ask again for what was laid over it."""
        if view.path and compared:
            self._find_changes(view, view.path, compared, lambda _: None)
        if view.path and is_blamed:
            self._show_blame(view, view.path)

    def _compare(self, path: RepoPath, commit: str) -> None:
        view = self.screen.source
        if view.source.is_binary:
            self.screen.say("A binary: only its versions can be looked at")
            return

        def show(changes: Changes) -> None:
            places = len(_starts(changes, view.row_count))
            self.screen.say(f"{places} changes since {commit[:8]}" if places else f"Nothing changed since {commit[:8]}")
            self.screen.panes.focus_source()
            if places and view.cursor not in view.changes.added:
                self.do_next_change(None)

        self._find_changes(view, path, commit, show)

    def _find_changes(self, view: SourceView, path: RepoPath, commit: str, then: Callable[[Changes], None]) -> None:
        """Lay what changed since a commit over a view."""
        shown = view.source

        def look() -> Changes:
            there, data = history.version(self._root, commit, path)
            old = decode(data, there)
            if old.is_binary:
                raise GitError("That version is a binary")
            return changes_between(old.lines, shown.lines, _colours_of(path, old.lines))

        def show(changes: Changes) -> None:
            if view.source is not shown:
                return
            view.compared = commit
            view.set_changes(changes)
            then(changes)
            self.screen.cards.refresh()

        self.screen.ask(look, show, "history")

    def leave(self) -> bool:
        """Go back from changes or an old version to the file as it is; whether there was one to leave."""
        view = self.screen.source
        if view.compared:
            view.compared = ""
            view.set_changes(NO_CHANGES)
        elif view.revision and view.path:
            path = self._came_from.get(view, view.path)
            if self.screen.desk.rank(path) >= len(self.screen.desk.paths):
                self.screen.files.close(view)
            else:
                self.screen.files.open(path, view.cursor, view.column)
        else:
            return False
        self.screen.cards.refresh()
        return True

    # From change to change

    def do_next_change(self, count: int | None) -> None:
        """Action `next_change`."""
        self._to_change(count or 1)

    def do_previous_change(self, count: int | None) -> None:
        """Action `previous_change`."""
        self._to_change(-(count or 1))

    def do_first_change(self, count: int | None) -> None:
        """Action `first_change`."""
        self._to_change(count or 1, from_end=True)

    def do_last_change(self, count: int | None) -> None:
        """Action `last_change`."""
        self._to_change(-(count or 1), from_end=True)

    def _to_change(self, by: int, *, from_end: bool = False) -> None:
        view = self.screen.source
        starts = _starts(view.changes, view.row_count)
        if not starts:
            self.screen.say("No changes are shown: choose since when first")
            return
        if from_end:
            here = -1 if by > 0 else len(starts)
            by = max(-len(starts), min(by, len(starts)))
        else:
            here = bisect_right(starts, view.cursor) - 1 if by > 0 else bisect_left(starts, view.cursor)
        index = (here + by) % len(starts)
        view.go_to(starts[index], 0, centre=True)
        self.screen.say(f"Change {index + 1} of {len(starts)}")


def _colours_of(path: RepoPath, lines: Sequence[str]) -> Colours | None:
    """What colours the lines of a Python text, wherever they stand; other languages would have to be lexed whole."""
    if not is_python(path, lines[0] if lines else ""):
        return None
    lexer = WindowLexer(lines)
    return lexer.spans if lexer.prepare(jobs.stopped) else None


def _starts(changes: Changes, rows: int) -> list[int]:
    """The rows at which changes begin; for lines that were removed at the end, the last row."""
    added = {row for row in changes.added if row - 1 not in changes.added}
    return sorted({min(row, rows - 1) for row in added | set(changes.old) if rows})


def _message_lines(message: str) -> list[SafeText]:
    """A message, as far as a screen can hold what somebody may have put into it."""
    lines = message.split("\n")
    shown = [
        safe(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}… {len(line) - LONGEST_LINE:,} more")
        for line in lines[:MOST_LINES]
    ]
    return [*shown, *([SafeText(f"and {len(lines) - MOST_LINES:,} more lines")] if len(lines) > MOST_LINES else [])]


def _count_of(lines: int | None, sign: str) -> str:
    return f"{sign}{lines}" if lines is not None else f"{sign}?"
