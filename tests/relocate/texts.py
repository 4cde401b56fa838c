"""Two states of some files, as a relocation is told of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from reviewtui.model.anchor import make_place
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.text.source import blob_id

COMMIT = "c" * 40


@dataclass
class Texts:
    """All files then and now, in memory; `has_past` is False where git has nothing of then."""

    then: Mapping[str, str]
    now: Mapping[str, str]
    renames: Mapping[str, str] = field(default_factory=dict)
    has_past: bool = True
    asked: list[str] = field(default_factory=list)
    """The files whose present text was asked for."""

    def old(self, commit: str, path: RepoPath, blob: str) -> Sequence[str] | None:
        del commit, blob
        return self.then[path].splitlines() if self.has_past and path in self.then else None

    def new(self, path: RepoPath) -> Sequence[str] | None:
        self.asked.append(path)
        return self.now[path].splitlines() if path in self.now else None

    def blob(self, path: RepoPath) -> str:
        return blob_id(self.now[path].encode()) if path in self.now else ""

    def reaches(self, path: RepoPath, line: int) -> bool:
        return line <= len(self.now.get(path, "").splitlines())

    def renamed(self, commit: str, path: RepoPath) -> RepoPath | None:
        del commit
        return RepoPath(self.renames[path]) if self.has_past and path in self.renames else None

    def changed(self, commit: str) -> Collection[RepoPath]:
        del commit
        return [RepoPath(path) for path in self.now if not self.has_past or self.now[path] != self.then.get(path)]

    def expect(self, commit: str, paths: Collection[RepoPath]) -> None:
        """Everything is at hand."""

    def place(self, path: str, start: int, end: int) -> Place:
        """Lines of a file as somebody recorded them then."""
        text = self.then[path]
        return make_place(
            RepoPath(path), LineSpan(start, end), text.splitlines(), commit=COMMIT, blob=blob_id(text.encode())
        )
