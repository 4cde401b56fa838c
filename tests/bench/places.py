"""How often a recorded place is found again in later releases, against keeping the line numbers and a plain line diff.

The truth is followed release by release with means that the program does not use (difflib, one step at a time), and a
case is dropped wherever a step leaves room for doubt. The program then has to get there in one leap. Releases are the
source archives of any projects: a folder for each, with `NAME-VERSION.tar.gz` in it, all of these folders named in
REVIEWTUI_RELEASES with colons between. Nothing is downloaded.
"""

import os
import random
import re
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, TypeAlias

from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.relocate.likeness import weight
from reviewtui.relocate.pair import FilePair
from reviewtui.relocate.relocation import Relocator
from reviewtui.text.source import blob_id

Release: TypeAlias = Mapping[RepoPath, Sequence[str]]
Spot: TypeAlias = tuple[RepoPath, LineSpan] | None

RELEASES: Final = "REVIEWTUI_RELEASES"
PER_KIND: Final = 60
GAPS: Final = (3, 10, 30)
_LARGEST: Final = 400_000
_ALIKE: Final = 0.6
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    """A range of an old release, and where it is in a newer one."""

    kind: str
    gap: int
    old: int
    new: int
    path: RepoPath
    span: LineSpan
    truth: Spot
    """None: deleted."""


@dataclass
class History:
    """The releases of one project, and the way from each to the next."""

    name: str
    releases: Sequence[Release]
    blobs: list[dict[RepoPath, str]]
    _codes: dict[tuple[int, RepoPath, RepoPath], Sequence[tuple[str, int, int, int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> "History":
        """Read the archives, oldest version first."""
        archives = sorted(folder.glob("*.tar.gz"), key=_version)
        releases, blobs = [], []
        for archive in archives:
            files = dict(_files(archive))
            releases.append({path: data.decode("utf-8", "replace").splitlines() for path, data in files.items()})
            blobs.append({path: blob_id(data) for path, data in files.items()})
        return cls(folder.name, releases, blobs)

    def cases(self, choose: random.Random) -> Iterator[Case]:
        """Ranges whose way is known for certain, of all kinds alike."""
        wanted: Counter[tuple[str, int]] = Counter()
        for _ in range(60_000):
            gap = choose.choice(GAPS)
            if len(self.releases) <= gap:
                continue
            old = choose.randrange(len(self.releases) - gap)
            path = choose.choice([*self.releases[old]])
            lines = self.releases[old][path]
            if len(lines) < 5:
                continue
            start = choose.randrange(1, len(lines) + 1)
            span = LineSpan(start, min(len(lines), start + choose.choice((0, 0, 1, 2, 4, 8, 12))))
            if not any(weight(line) >= 6 for line in lines[span.start - 1 : span.end]):
                continue
            followed = self._follow(old, old + gap, path, span)
            if followed is None:
                continue
            kind, truth = followed
            if wanted[kind, gap] < PER_KIND:
                wanted[kind, gap] += 1
                yield Case(kind, gap, old, old + gap, path, span, truth)

    def _follow(self, old: int, new: int, path: RepoPath, span: LineSpan) -> tuple[str, Spot] | None:
        kinds: set[str] = set()
        spot = (path, span)
        for step in range(old, new):
            moved = self._step(step, *spot)
            if moved is None:
                return None
            kind, there = moved
            kinds.add(kind)
            if there is None:
                block = self.releases[old][path][span.start - 1 : span.end]
                return ("deleted", None) if self._is_gone(new, path, block) else None
            spot = there
        for kind in ("moved", "renamed", "edited", "shifted"):
            if kind in kinds:
                return kind, spot
        return "same", spot

    def _is_gone(self, new: int, path: RepoPath, block: Sequence[str]) -> bool:
        """Whether no line of a block is anywhere, nor anything like it in a file of the same name."""
        heavy = [line.strip() for line in block if weight(line) >= 6]
        everything = {line.strip() for lines in self.releases[new].values() for line in lines}
        if everything & set(heavy):
            return False
        words = [set(_WORD.findall(line)) for line in heavy]
        for other, lines in self.releases[new].items():
            if other.name == path.name:
                for line in lines:
                    theirs = set(_WORD.findall(line))
                    if any(2 * len(ours & theirs) > 0.9 * (len(ours) + len(theirs)) / 1.5 for ours in words):
                        return False
        return True

    def _step(self, step: int, path: RepoPath, span: LineSpan) -> tuple[str, Spot] | None:
        """One release on; None where it is not certain."""
        before, after = self.releases[step], self.releases[step + 1]
        target, kind = path, "same"
        if path not in after:
            renamed = self._renamed(before, after, path)
            if renamed is None:
                return self._elsewhere(before, after, path, span)
            target, kind = renamed, "renamed"
        key = (step, path, target)
        if key not in self._codes:
            a, b = ([line.strip() for line in lines] for lines in (before[path], after[target]))
            self._codes[key] = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        rows: list[int] = []
        edited = gone = 0
        for tag, i, i_end, j, j_end in self._codes[key]:
            inside = range(max(i, span.start - 1), min(i_end, span.end))
            if not inside:
                continue
            if tag == "equal":
                rows += [j + row - i for row in inside]
            elif tag == "replace" and i_end - i == j_end - j and i_end - i <= 3:
                for row in inside:
                    old, new = before[path][row].strip(), after[target][j + row - i].strip()
                    if SequenceMatcher(None, old, new).ratio() < _ALIKE:
                        return None
                    rows.append(j + row - i)
                    edited += 1
            else:
                gone += len(inside)
        if gone:
            return self._elsewhere(before, after, path, span) if not rows else None
        there = LineSpan(min(rows) + 1, max(rows) + 1)
        if there.count > span.count + 3:
            return None
        if kind == "same":
            kind = "edited" if edited else "same" if there == span else "shifted"
        return kind, (target, there)

    def _elsewhere(self, before: Release, after: Release, path: RepoPath, span: LineSpan) -> tuple[str, Spot] | None:
        """The whole block at one other place where it was not before, or nothing of it anywhere."""
        block = [line.strip() for line in before[path][span.start - 1 : span.end]]
        heavy = {line for line in block if weight(line) >= 6}
        found: list[tuple[RepoPath, LineSpan]] = []
        some = False
        for other, lines in after.items():
            stripped = [line.strip() for line in lines]
            if not heavy & set(stripped):
                continue
            some = True
            for start in range(len(stripped) - len(block) + 1):
                if stripped[start : start + len(block)] == block:
                    found += [(other, LineSpan(start + 1, start + len(block)))]
        if not some:
            return "deleted", None
        if len(found) != 1 or sum(weight(line) for line in block) < 30:
            return None
        known = sum(
            [line.strip() for line in lines[start : start + len(block)]] == block
            for lines in before.values()
            for start in range(len(lines) - len(block) + 1)
            if lines[start].strip() == block[0]
        )
        return ("moved", found[0]) if known == 1 else None

    @staticmethod
    def _renamed(before: Release, after: Release, path: RepoPath) -> RepoPath | None:
        lines = {line.strip() for line in before[path] if weight(line) >= 6}
        if len(lines) < 5:
            return None
        best = max(
            ((len(lines & {line.strip() for line in after[other]}), other) for other in after if other not in before),
            default=(0, path),
        )
        return best[1] if best[0] > 0.7 * len(lines) else None


class Leap:
    """What the program is given: two releases, and nothing between them."""

    def __init__(self, history: History, case: Case, *, has_past: bool = True) -> None:
        self._history, self._case = history, case
        self._old, self._new = history.releases[case.old], history.releases[case.new]
        self._old_blobs, self._blobs = history.blobs[case.old], history.blobs[case.new]
        self._has_past = has_past

    def old(self, commit: str, path: RepoPath, blob: str) -> Sequence[str] | None:
        del commit, blob
        return self._old.get(path) if self._has_past else None

    def new(self, path: RepoPath) -> Sequence[str] | None:
        return self._new.get(path)

    def blob(self, path: RepoPath) -> str:
        return self._blobs.get(path, "")

    def reaches(self, path: RepoPath, line: int) -> bool:
        return line <= len(self._new.get(path, ()))

    def expect(self, commit: str, paths: Collection[RepoPath]) -> None:
        pass

    def renamed(self, commit: str, path: RepoPath) -> RepoPath | None:
        """As git does it, commit by commit: half of the lines are the same, and the file was not there before."""
        del commit
        if not self._has_past or path in self._new or path not in self._old:
            return None
        name: RepoPath | None = path
        for step in range(self._case.old, self._case.new):
            before, after = self._history.releases[step], self._history.releases[step + 1]
            if name is not None and name not in after:
                name = _renamed_by_git(before, after, name)
        return name

    def changed(self, commit: str) -> list[RepoPath]:
        del commit
        if not self._has_past:
            return [*self._new]
        return [path for path in self._new if self._blobs[path] != self._old_blobs.get(path)]


def main() -> None:
    """Measure with the releases that are there."""
    named = os.environ.get(RELEASES, "")
    folders = [Path(name) for name in named.split(os.pathsep) if name and any(Path(name).glob("*.tar.gz"))]
    if not folders:
        print(
            f"places: no releases to measure with; name folders of source archives (NAME-VERSION.tar.gz) in {RELEASES}"
        )
        return
    run(folders)


def run(folders: Sequence[Path]) -> None:
    """Print right, wrong and lost per kind for the program and its peers."""
    choose = random.Random(7)
    results: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    seconds: Counter[str] = Counter()
    for folder in folders:
        history = History.of(folder)
        cases = list(history.cases(choose))
        print(f"{history.name}: {len(history.releases)} releases, {len(cases)} places")
        shared: dict[tuple[int, int, bool], Relocator] = {}
        for case in cases:
            lines = history.releases[case.old][case.path]
            place = make_place(case.path, case.span, lines, commit="c", blob=history.blobs[case.old][case.path])
            answers: dict[str, Spot] = {"line numbers": (case.path, case.span), "line diff": _plain(history, case)}
            for name, has_past in (("ours", True), ("ours, anchor alone", False)):
                key = (case.old, case.new, has_past)
                if key not in shared:
                    shared[key] = Relocator(Leap(history, case, has_past=has_past))
                began = time.perf_counter()
                answers[name] = _spot(shared[key].find(place), place)
                seconds[name] += int(1e6 * (time.perf_counter() - began))
            for name, answer in answers.items():
                grade = graded(case.truth, answer)
                results[name][case.kind][grade] += 1
                results[name]["all"][grade] += 1
    kinds = ("same", "shifted", "edited", "renamed", "moved", "deleted", "all")
    for name, by_kind in results.items():
        print(
            f"\n{name}"
            + (f"  ({seconds[name] / 1000 / by_kind['all'].total():.2f} ms a place)" if seconds[name] else "")
        )
        for kind in kinds:
            counts = by_kind[kind]
            if total := counts.total():
                said = ", ".join(
                    f"{grade} {100 * counts[grade] / total:5.1f} %" for grade in ("right", "wrong", "lost", "near")
                )
                print(f"  {kind:9} {total:5}  {said}")


def graded(truth: Spot, answer: Spot) -> str:
    """right; wrong: somewhere that has nothing to do with it; near: touches it; lost: it is there and was not found."""
    if truth is None:
        return "right" if answer is None else "wrong"
    if answer is None:
        return "lost"
    (path, span), (there, found) = truth, answer
    if path != there or not span.overlaps(found):
        return "wrong"
    common = min(span.end, found.end) - max(span.start, found.start) + 1
    return "right" if abs(span.start - found.start) <= 2 and 2 * common >= max(span.count, found.count) else "near"


def _renamed_by_git(before: Release, after: Release, path: RepoPath) -> RepoPath | None:
    ours = Counter(before[path])
    best, name = 0.5, None
    for other, lines in after.items():
        if other not in before and lines:
            share = (ours & Counter(lines)).total() / max(len(lines), ours.total())
            if share > best:
                best, name = share, other
    return name


def _spot(found: Located, place: Place) -> Spot:
    if found.state is PlaceState.LOST or found.span is None:
        return None
    return found.path or place.path, found.span


def _plain(history: History, case: Case) -> Spot:
    """What a single diff of the file says: the lines that it leaves alone."""
    new = history.releases[case.new].get(case.path)
    if new is None:
        return None
    pair = FilePair(history.releases[case.old][case.path], new)
    rows = [
        target[0]
        for row in range(case.span.start - 1, case.span.end)
        if (target := pair.target(row)) and target[1] == 1.0
    ]
    return (case.path, LineSpan(min(rows) + 1, max(rows) + 1)) if rows else None


def _files(archive: Path) -> Iterator[tuple[RepoPath, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.partition("/")[2]
            if member.isfile() and name.endswith(".py") and member.size <= _LARGEST:
                stream = tar.extractfile(member)
                if stream:
                    yield RepoPath(name), stream.read()


def _version(archive: Path) -> tuple[int, ...]:
    version = archive.name.removesuffix(".tar.gz").rpartition("-")[2]
    return tuple(int(part) for part in version.split(".") if part.isdigit())
