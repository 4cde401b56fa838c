"""Searching in many files, beside `git grep` on the same tree in the same run."""

import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.search.engine import Search, Workers
from reviewtui.search.wanted import Wanted
from tests.bench.trees import middle, packages

RUNS: Final = 3
COPIES: Final = 8
WANTED: Final = (
    Wanted("execute("),
    Wanted("mark_safe", word=True),
    Wanted(r"os\.(?:system|popen)\(", regex=True),
    Wanted("zz no such text zz"),
)


def main() -> None:
    """Print for each search the lines, the seconds to the first and to all, git's, and the ratio."""
    with tempfile.TemporaryDirectory(prefix="reviewtui-bench-") as folder:
        root = Path(folder) / "repository"
        packages(root, COPIES)
        repository = Repository.open(root)
        paths = [entry.path for entry in repository.files() if entry.kind is EntryKind.FILE]
        size = sum((root / path).stat().st_size for path in paths)
        workers = Workers()
        workers.warm()
        time.sleep(0.5)  # as long as it takes somebody to type
        print(f"\nSearch in {len(paths):,} files, {size / 1e6:,.0f} MB; median of {RUNS}")
        print(f"  {'':34} {'lines':>7} {'first s':>8} {'all s':>7} {'git grep s':>11} {'its lines':>10} {'x git':>6}")
        for wanted in WANTED:
            ours = [_ours(wanted, repository, paths, workers) for _ in range(RUNS)]
            theirs = [_git(wanted, root) for _ in range(RUNS)]
            lines, first, whole = ours[0][0], middle([run[1] for run in ours]), middle([run[2] for run in ours])
            git = middle([run[1] for run in theirs])
            print(f"  {wanted!s:34} {lines:>7,} {first:>8.3f} {whole:>7.2f} {git:>11.2f} {theirs[0][0]:>10,}", end="")
            print(f" {whole / git:>6.1f}")
        workers.stop()


def _ours(
    wanted: Wanted, repository: Repository, paths: Sequence[RepoPath], workers: Workers
) -> tuple[int, float, float]:
    began = time.perf_counter()
    first = lines = 0.0
    for portion in Search(wanted, paths, repository.read, workers):
        if portion.results and not lines:
            first = time.perf_counter() - began
        lines += len(portion.results)
    return int(lines), first, time.perf_counter() - began


def _git(wanted: Wanted, root: Path) -> tuple[int, float]:
    how = ["-P" if wanted.regex else "-F", *(["-w"] if wanted.word else []), "-i", "-n", "-I", "-e", wanted.text]
    began = time.perf_counter()
    done = subprocess.run(["git", "-C", str(root), "grep", *how], capture_output=True, check=False)
    return done.stdout.count(b"\n"), time.perf_counter() - began
