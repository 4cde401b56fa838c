"""Our scan beside `bandit -r` on Django's source: time, memory, and every hit of the one against those of the other."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import EntryKind, Repository
from reviewtui.scan.exclusion import excluded
from reviewtui.scan.pool import Scan

TREE: Final = "REVIEWTUI_BENCH_TREE"
"""Names a folder to measure on instead of Django."""
DJANGO: Final = "django==5.2.9"
ENDS: Final = (".py", ".pyw")
WANTED: Final = 12
"""Files that are opened while a scan runs."""


@dataclass(frozen=True)
class Ran:
    """What a program took."""

    out: bytes
    wall: float
    cpu: float
    """Of it and all that it started and waited for."""
    memory: float
    """MB of the largest process among them."""


def main() -> None:
    """Print time and memory of Bandit and of our first and second scan, and how their hits compare."""
    with tempfile.TemporaryDirectory(prefix="reviewtui-bench-") as name:
        folder = Path(name)
        given = os.environ.get(TREE)
        tree = Path(given) if given else _django(folder)
        if tree is None:
            print(f"\nBandit: {DJANGO} cannot be had; set {TREE} to a folder to measure on")
            return
        python = folder / "python"
        count = _copied(tree, python)
        print(f"\nBandit on the {count:,} Python files of {tree.name}")
        print(f"  {'':34} {'wall s':>8} {'CPU s':>8} {'x Bandit':>9} {'MB':>6}")
        ini = folder / "empty.ini"
        ini.write_text("[bandit]\n")
        theirs = _run([*_PYTHON, "bandit", "-q", "-r", "-f", "json", "--ini", str(ini), "."], python, folder)
        _row("bandit -r", theirs, theirs)
        cold = _ours(python, folder, "cache")
        _row("our scan", cold, theirs)
        warm = _ours(python, folder, "cache")
        _row("our scan again", warm, theirs)
        (python / "reviewtui_bench.py").write_text("eval(x)\n")
        _row("our scan, one file is new", _ours(python, folder, "cache"), theirs)
        (python / "reviewtui_bench.py").unlink()
        _row("our scan without what is kept", _ours(python, folder, ""), theirs)
        _row("our scan of all files", whole := _ours(tree, folder, "whole"), theirs)
        _row("our scan of all files again", _ours(tree, folder, "whole"), theirs)
        print(f"  {json.loads(whole.out)['files']:,} files are looked at in the last two, for text that misleads too")
        _compare(json.loads(theirs.out), json.loads(cold.out), json.loads(warm.out))
        _open_amid(tree)


_PYTHON: Final = (sys.executable, "-P", "-m")


def _ours(tree: Path, folder: Path, cache: str) -> Ran:
    option = [] if cache else ["--no-cache"]
    return _run([*_PYTHON, "reviewtui", "scan", "--format", "json", *option, str(tree)], folder, folder / cache)


def _run(command: Sequence[str], place: Path, cache: Path) -> Ran:
    environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(Path(__file__).parents[2])}
    with tempfile.TemporaryFile() as out:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=place, stdout=out, stderr=subprocess.DEVNULL, env=environment)
        _, _, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = 0
        out.seek(0)
        return Ran(out.read(), wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _row(name: str, ran: Ran, theirs: Ran) -> None:
    print(f"  {name:34} {ran.wall:>8.2f} {ran.cpu:>8.2f} {ran.wall / theirs.wall:>9.3f} {ran.memory:>6.0f}")


def _compare(theirs: dict[str, Any], *ours: dict[str, Any]) -> None:
    expected = Counter(
        (
            *(r["filename"].removeprefix("./"), r["test_id"], r["line_number"], r["issue_severity"].lower()),
            *(r["issue_confidence"].lower(), r["issue_text"]),
        )
        for r in theirs["results"]
    )
    skipped = {error["filename"].removeprefix("./") for error in theirs["errors"]}
    for name, report in zip(("first", "second"), ours, strict=True):
        found = Counter(
            (hit["path"], hit["rule"], hit["line"], hit["severity"], hit["confidence"], hit["message"])
            for hit in report["hits"]
            if hit["tool"] == "bandit" and not hit["suppressed"]
        )
        blind = {spot["path"] for spot in report["blind_spots"]}
        print(
            f"  {name} scan: {(found & expected).total():,} of {expected.total():,} hits equal, "
            f"{(expected - found).total()} missing, {(found - expected).total()} more; "
            f"{len(blind & skipped)} of {len(skipped)} skipped files equal, {len(blind ^ skipped)} others"
        )


def _open_amid(tree: Path) -> None:
    """How long the hits of a file take that is opened while the rest is scanned."""
    repository = Repository.open(tree)
    paths = [one.path for one in repository.files() if one.kind is EntryKind.FILE and not excluded(one.path)]
    scan = Scan(repository.root, paths, repository.read, with_front=True)
    python = [path for path in paths if path.endswith(ENDS) and (tree / path).stat().st_size < 100_000]
    waiting = python[-1 :: -max(1, len(python) // (WANTED * 4))]
    taken: list[float] = []
    asked: tuple[RepoPath, float] | None = None
    done: set[RepoPath] = set()
    for number, result in enumerate(scan):
        now = time.perf_counter()
        done.add(result.path)
        if asked and result.path == asked[0]:
            taken.append(now - asked[1])
            asked = None
        if number > 400 and number % 40 == 0 and asked is None and len(taken) < WANTED:
            path = next((path for path in waiting if path not in done), None)
            if path:
                asked = (path, time.perf_counter())
                scan.prefer(path)
    milliseconds = sorted(1000 * seconds for seconds in taken) or [0.0]
    print(
        f"  a file that is opened amid the scan has its hits after {milliseconds[len(milliseconds) // 2]:.0f} ms "
        f"(median of {len(taken)}; longest {milliseconds[-1]:.0f} ms)"
    )


def _copied(tree: Path, target: Path) -> int:
    """Copy what both look at: Python files outside of what our rule or Bandit's own leaves out."""
    count = 0
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        if path.suffix in ENDS and path.is_file() and not path.is_symlink() and not excluded(RepoPath(name)):
            copy = target / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            count += 1
    return count


def _django(folder: Path) -> Path | None:
    command = [*_PYTHON, "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", str(folder), DJANGO]
    subprocess.run(command, capture_output=True, check=False)
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        return folder / archive.name.removesuffix(".tar.gz")
    return None
