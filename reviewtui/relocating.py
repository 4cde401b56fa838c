"""Where the places of findings are now: reads the files that they name, and asks git for what these once were.

A git that cannot help, or does not have what is asked for, costs what it could have told: then the anchors alone count.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from reviewtui.errors import GitError, ReviewTuiError, SourceError
from reviewtui.model.anchor import Located, PlaceState
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.place import Place, RepoPath
from reviewtui.relocate.relocation import Relocator
from reviewtui.repo.objects import GitObject, contents, look_up
from reviewtui.repo.renames import renames, staged_renames
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.repo.since import Since, Steps, committed_blobs, since
from reviewtui.text.source import blob_id, decode

Known = TypeVar("Known")

_LARGEST: Final = 4_000_000
"""Bytes of an older version of a file up to which it is compared."""
_KEPT: Final = 60_000_000
"""Bytes of files whose lines are kept at a time."""
_MOST_COMPARED: Final = 20
"""Commits of other branches whose renames git is asked for."""
_AT_ONCE: Final = 16_000_000
"""Bytes that are asked of git in one call."""


@dataclass(frozen=True, slots=True)
class PlaceNow:
    """A place of a finding, and where it is."""

    finding: FindingId
    index: int
    """Which of the finding's places it is, from 0."""
    place: Place
    now: Located
    problem: str = ""
    """Why its file cannot be read, where that is why it is lost."""
    blob: str = ""
    """Git's id of the bytes of the file that it was found in, or looked for."""

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to look after it."""
        return self.now.state in (PlaceState.EXACT, PlaceState.MOVED)

    @property
    def there(self) -> Place:
        """The place where it is now, or was recorded if it is lost."""
        return self.now.of(self.place)


def places_now(
    repository: Repository,
    findings: Iterable[Finding],
    own: Collection[RepoPath] = (),
    should_stop: Callable[[], bool] = lambda: False,
) -> Iterator[PlaceNow]:
    """Every place of every finding, file by file.

    Args:
        repository: where the code is.
        findings: whose places.
        own: files of ours, which quote the code and are none: the findings file.
        should_stop: once it says so, no more places come.
    """
    asked = [(finding.id, index, place) for finding in findings for index, place in enumerate(finding.places)]
    # Places of the same version of the same file share nearly all the work.
    asked.sort(key=lambda one: (one[2].path, one[2].anchor.blob, one[0], one[1]))
    code = CodeVersions(repository, [place for _, _, place in asked], own, should_stop)
    relocator = Relocator(code, should_stop)
    for finding, index, place in asked:
        if should_stop():
            return
        now = relocator.find(place)
        if should_stop():
            return
        problem = code.problem(place.path) if now.is_lost else ""
        yield PlaceNow(finding, index, place, now, problem, code.blob(now.of(place).path))


def located(
    repository: Repository, findings: Collection[Finding], own: Collection[RepoPath] = ()
) -> Mapping[FindingId, tuple[Located, ...]]:
    """Where the places of each finding are, in its own order."""
    found: dict[FindingId, dict[int, Located]] = {finding.id: {} for finding in findings}
    for entry in places_now(repository, findings, own):
        found[entry.finding][entry.index] = entry.now
    return {finding: tuple(now for _, now in sorted(places.items())) for finding, places in found.items()}


class CodeVersions:
    """The files on disk, and what git has of their past; each is read when it is first asked for."""

    def __init__(
        self,
        repository: Repository,
        places: Sequence[Place],
        own: Collection[RepoPath] = (),
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """`places`: those that will be looked for."""
        self._repository = repository
        self._places = places
        self._own = frozenset(own)
        self._should_stop = should_stop
        self._present: dict[RepoPath, _Present] = {}
        self._texts = _Texts()
        self._past: _Past | None = None
        self._recorded: dict[RepoPath, set[str]] = {}
        for place in places:
            self._recorded.setdefault(place.path, set()).add(place.anchor.blob)
        self._files: frozenset[RepoPath] | None = None

    def problem(self, path: RepoPath) -> str:
        """Why a file cannot be read; empty for one that can."""
        return self._look(path).problem

    # Now

    def blob(self, path: RepoPath) -> str:
        """Git's id of a file's bytes; empty where it cannot be read."""
        return self._look(path).blob

    def reaches(self, path: RepoPath, line: int) -> bool:
        """Whether the file has that line."""
        if line <= self._look(path).line_ends:
            return True
        return line <= len(self.new(path) or ())

    def new(self, path: RepoPath) -> Sequence[str] | None:
        """Its lines; None for a binary and for what cannot be read."""
        key = f"now:{path}"
        if key not in self._texts and not self._look(path).problem:
            self._read(path)
        return self._texts.get(key)

    def _look(self, path: RepoPath) -> "_Present":
        if path not in self._present:
            self._read(path)
        return self._present[path]

    def _read(self, path: RepoPath) -> None:
        try:
            data = self._repository.read(path)
        except SourceError as error:
            self._present[path] = _Present("", 0, str(error))
            return
        blob = blob_id(data)
        is_known = path in self._present
        self._present[path] = _Present(blob, 0 if b"\0" in data else data.count(b"\n"))
        # Most files are the same, and nobody will ask for their lines.
        if is_known or self._recorded.get(path) != {blob}:
            self._texts.put(f"now:{path}", data, path)

    # Then

    def old(self, commit: str, path: RepoPath, blob: str) -> Sequence[str] | None:
        """The lines of a file as they were recorded, by blob, or as they were committed."""
        past = self._history()
        key = past.known(blob) or past.blob_at(commit, path)
        return self._version(key, path) if key else None

    def renamed(self, commit: str, path: RepoPath) -> RepoPath | None:
        """What the file is called now, if it was renamed and is there."""
        name = self._history().renamed(commit, path)
        return name if name is not None and name != path and name in self._all() else None

    def changed(self, commit: str) -> Collection[RepoPath]:
        """The files that may hold what was somewhere else at a commit."""
        changed = self._history().changed(commit)
        return self._all() if changed is None else self._all() & changed

    def expect(self, commit: str, paths: Collection[RepoPath]) -> None:
        """Ask for many old versions in one call."""
        past = self._history()
        self._fetch((blob, path) for path in sorted(paths) if (blob := past.blob_at(commit, path)))

    def _version(self, blob: str, path: RepoPath) -> Sequence[str] | None:
        found = self._history().look_up([blob]).get(blob)
        if found is None or found.size > _LARGEST:
            return None
        if f"then:{blob}" not in self._texts:
            # Others will be asked for after it.
            self._fetch([(blob, path), *self._history().recorded(after=path)])
        return self._texts.get(f"then:{blob}")

    def _fetch(self, wanted: Iterable[tuple[str, RepoPath]]) -> None:
        past = self._history()
        missing = {blob: path for blob, path in wanted if f"then:{blob}" not in self._texts}
        batch: list[str] = []
        size = 0
        for blob, found in past.look_up(missing).items():
            if found.kind == "blob" and found.size <= _LARGEST and size + found.size <= _AT_ONCE:
                batch.append(blob)
                size += found.size
        for blob, data in past.contents(batch).items():
            self._texts.put(f"then:{blob}", data, missing[blob])

    def _history(self) -> "_Past":
        if self._past is None:
            stale = [place for place in self._places if self.blob(place.path) != place.anchor.blob]
            self._past = _Past(self._repository, stale, self._should_stop)
        return self._past

    def _all(self) -> frozenset[RepoPath]:
        if self._files is None:
            try:
                entries = self._repository.files(self._should_stop)
            except ReviewTuiError:
                entries = ()
            self._files = frozenset(e.path for e in entries if e.kind is EntryKind.FILE and e.path not in self._own)
        return self._files


class _Past:
    """What git knows of these places; nothing where there is no git, or it refuses."""

    def __init__(self, repository: Repository, places: Sequence[Place], should_stop: Callable[[], bool]) -> None:
        self._repository = repository
        self._should_stop = should_stop
        self._is_there = repository.is_git
        self._places = places
        self._objects: dict[str, GitObject | None] = {}
        self._since: Mapping[str, Since] | None = None
        self._committed: Mapping[RepoPath, str] | None = None
        self._staged: Mapping[RepoPath, RepoPath] = {}
        self._steps: Steps | None = None
        self._dirty: frozenset[RepoPath] | None = None
        self._asked_steps = False
        self._compared: dict[str, Mapping[RepoPath, RepoPath]] = {}
        self.look_up({place.anchor.blob for place in places})

    def known(self, blob: str) -> str:
        """The id, if git has a file of it."""
        found = self.look_up([blob]).get(blob) if blob else None
        return blob if found and found.kind == "blob" else ""

    def look_up(self, blobs: Iterable[str]) -> Mapping[str, GitObject]:
        """What git has of these."""
        asked = list(blobs)
        unknown = [blob for blob in asked if blob not in self._objects]
        if unknown:
            self._objects.update(dict.fromkeys(unknown))
            nothing: Mapping[str, GitObject] = {}
            self._objects.update(self._ask(lambda: look_up(self._repository.root, unknown), nothing))
        return {blob: found for blob in asked if (found := self._objects[blob])}

    def contents(self, blobs: Sequence[str]) -> Mapping[str, bytes]:
        """Their bytes."""
        nothing: Mapping[str, bytes] = {}
        return self._ask(lambda: contents(self._repository.root, blobs), nothing) if blobs else nothing

    def recorded(self, after: RepoPath) -> Iterator[tuple[str, RepoPath]]:
        """The versions that the places behind this path, in their order, were recorded from."""
        for place in self._places:
            if place.path >= after and self.known(place.anchor.blob):
                yield place.anchor.blob, place.path

    def blob_at(self, commit: str, path: RepoPath) -> str:
        """The blob of a file at a commit; empty where it was not there, or nobody knows."""
        known = self._differences().get(commit)
        if known is None:
            return ""
        if path in known.blobs:
            return known.blobs[path]
        if self._committed is None:
            none: Mapping[RepoPath, str] = {}
            self._committed = self._ask(lambda: committed_blobs(self._repository.root), none)
        return self._committed.get(path, "")

    def renamed(self, commit: str, path: RepoPath) -> RepoPath | None:
        """Step by step; a commit that is not in this history any more is compared as a whole."""
        known = self._differences().get(commit)
        if known is None or path not in known.gone:
            return self._staged.get(path)
        if not self._asked_steps:
            self._asked_steps = True
            self._steps = self._ask(self._read_steps, None)
        if self._steps and self._steps.knows(commit):
            name = self._steps.follow(commit, path)
        else:
            name = self._ends(commit).get(path, path)
        return self._staged.get(name, name)

    def _ends(self, commit: str) -> Mapping[RepoPath, RepoPath]:
        if commit not in self._compared:
            gone = self._differences()[commit].gone if len(self._compared) < _MOST_COMPARED else frozenset()
            nothing: Mapping[RepoPath, RepoPath] = {}
            self._compared[commit] = self._ask(lambda: renames(self._repository.root, commit, gone), nothing)
        return self._compared[commit]

    def changed(self, commit: str) -> frozenset[RepoPath] | None:
        """The paths that are not what they were; None where git does not know the commit."""
        known = self._differences().get(commit)
        if known is None:
            return None
        if self._dirty is None:
            clean: frozenset[RepoPath] = frozenset()
            self._dirty = self._ask(self._repository.changed_paths, clean)
        return self._dirty.union(known.blobs)

    def _differences(self) -> Mapping[str, Since]:
        if self._since is None:
            commits = [place.anchor.commit for place in self._places]
            nothing: Mapping[str, Since] = {}
            none: Mapping[RepoPath, RepoPath] = {}
            self._since = self._ask(lambda: since(self._repository.root, commits, self._should_stop), nothing)
            self._staged = self._ask(lambda: staged_renames(self._repository.root), none)
        return self._since

    def _read_steps(self) -> Steps | None:
        return Steps(self._repository.root)

    def _ask(self, question: Callable[[], Known], otherwise: Known) -> Known:
        if not self._is_there or self._should_stop():
            return otherwise
        try:
            return question()
        except GitError:
            return otherwise


@dataclass(frozen=True, slots=True)
class _Present:
    blob: str
    line_ends: int
    """So many lines at least; 0 where that is not known."""
    problem: str = ""


class _Texts:
    """Lines of files; those that nobody asked for the longest are dropped when there are too many."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, tuple[Sequence[str] | None, int]] = OrderedDict()
        self._size = 0

    def __contains__(self, key: str) -> bool:
        return key in self._lines

    def put(self, key: str, data: bytes, path: RepoPath) -> None:
        """Keep the lines of a file; those of a binary are none."""
        self._size -= self._lines.pop(key, (None, 0))[1]
        source = decode(data, path)
        self._lines[key] = (None if source.is_binary else source.lines, len(data))
        self._size += len(data)
        while self._size > _KEPT and len(self._lines) > 1:
            _, (_, size) = self._lines.popitem(last=False)
            self._size -= size

    def get(self, key: str) -> Sequence[str] | None:
        """The lines that are kept under this name."""
        if key not in self._lines:
            return None
        self._lines.move_to_end(key)
        return self._lines[key][0]
