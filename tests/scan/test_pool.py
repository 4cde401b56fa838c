import gc
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from reviewtui.errors import SourceError, WorkerError
from reviewtui.model.checklist import Candidate, Checklist, Item, Pattern
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.pool import FileScanned, Scan
from reviewtui.text.source import blob_id

_SLOW: Final = b"f({[]})\nx = [\n" + b"    'some text',\n" * 40_000 + b"]\n"
"""Takes minutes: a test of Bandit's fails on its first line, and its own way looks at all lines for each string."""
_HIT: Final = b"import os\neval(x)\n"
_ROOT: Final = Path("/nowhere")
_LISTS: Final = (
    Checklist(
        "x",
        "",
        "",
        (
            Item(
                "X-01",
                "x",
                "",
                "",
                "",
                "",
                Severity.HIGH,
                patterns=(Pattern(regex=r"eval\(", where=("*.py", "*.html")),),
            ),
        ),
    ),
)


def _reader(files: Mapping[str, bytes]) -> Callable[[RepoPath], bytes]:
    def read(path: RepoPath) -> bytes:
        if path not in files:
            raise SourceError(f"{path} is gone")
        return files[path]

    return read


def _scan(
    files: Mapping[str, bytes], *more: str, jobs: int = 2, time_limit: float = 30.0, memory_limit: int = 2 * 2**30
) -> Scan:
    paths = [RepoPath(name) for name in (*files, *more)]
    return Scan(_ROOT, paths, _reader(files), _LISTS, jobs=jobs, time_limit=time_limit, memory_limit=memory_limit)


def _results(scan: Scan) -> dict[str, FileScanned]:
    found = list(scan)
    assert len({result.path for result in found}) == len(found) == scan.total
    return {result.path: result for result in found}


def _pids(scan: Scan) -> list[int]:
    return [worker._process.pid for worker in scan._workers]


def _assert_nothing_is_left(pids: list[int]) -> None:
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("scan-")] == []


@pytest.fixture
def started() -> Iterator[Callable[[Scan], Iterator[FileScanned]]]:
    """Iterate a scan that ends with the test, whatever becomes of it."""
    scans: list[Scan] = []

    def start(scan: Scan) -> Iterator[FileScanned]:
        scans.append(scan)
        return iter(scan)

    yield start
    for scan in scans:
        scan.stop()


def test_every_file_gives_one_result() -> None:
    files = {
        "a.py": _HIT,
        "page.html": b"<b>\n<script>eval(x)</script>\n",
        "notes.txt": b"eval(x)\n",
        "picture.png": b"\x89PNG\x00\x00\x00\x00" * 20,
        "broken.py": b"eval(x)\nprint 'x'\n",
        "empty.py": b"",
        "node_modules/a.py": _HIT,
    }
    found = _results(_scan(files, "gone.py"))
    assert [(hit.rule, hit.line, hit.fingerprint) for hit in found["a.py"].hits] == [
        ("B307", 2, found["a.py"].hits[0].fingerprint)
    ]
    assert len(found["a.py"].hits[0].fingerprint) == 32
    assert found["a.py"].candidates == (Candidate("X-01", RepoPath("a.py"), LineSpan(2, 2), "eval(x)", "", False),)
    assert (found["a.py"].lines, found["a.py"].blob, found["a.py"].blind) == (2, blob_id(_HIT), "")
    assert [candidate.span.start for candidate in found["page.html"].candidates] == [2]
    assert found["notes.txt"] == FileScanned(RepoPath("notes.txt"), (), (), "", 1, blob_id(b"eval(x)\n"))
    assert found["picture.png"] == FileScanned(RepoPath("picture.png"), (), (), "", 0, blob_id(files["picture.png"]))
    assert "cannot parse it (line 2" in found["broken.py"].blind
    assert len(found["broken.py"].candidates) == 1
    assert found["empty.py"] == FileScanned(RepoPath("empty.py"), (), (), "", 0, blob_id(b""))
    blind = {name: one.blind for name, one in found.items() if one.lines == 0 and one.blind}
    assert blind == {
        "gone.py": "gone.py is gone",
        "node_modules/a.py": "in 'node_modules', which holds installed packages",
    }


def test_no_files_are_no_results() -> None:
    assert list(Scan(_ROOT, (), _reader({}))) == []


def test_names_of_any_bytes_come_back_as_they_are() -> None:
    name = RepoPath(os.fsdecode(b"a\xff\n\x1b[31m;[@click=app.quit] \xe2\x80\xae.py"))
    found = _results(_scan({name: _HIT}))
    assert [(hit.path, hit.rule) for hit in found[name].hits] == [(name, "T101"), (name, "B307")]


def test_the_preferred_file_comes_next() -> None:
    taken: list[str] = []

    def read(path: RepoPath) -> bytes:
        taken.append(path)
        if path == "f9.py":
            scan.prefer(RepoPath("f5.py"))
            scan.prefer(RepoPath("f9.py"))
        return _HIT

    scan = Scan(_ROOT, [RepoPath(f"f{number}.py") for number in range(10)], read, jobs=1)
    scan.prefer(RepoPath("f9.py"))
    scan.prefer(RepoPath("unknown.py"))
    assert [result.path for result in scan] == taken
    assert taken == [f"f{number}.py" for number in (9, 5, 0, 1, 2, 3, 4, 6, 7, 8)]


def test_a_file_that_is_wanted_waits_for_no_other_one() -> None:
    files = {f"slow{number}.py": _SLOW for number in range(4)} | {"open.py": _HIT, "last.py": _HIT}
    scan = Scan(_ROOT, [RepoPath(name) for name in files], _reader(files), jobs=1, time_limit=20.0, with_front=True)
    scan.prefer(RepoPath("open.py"))
    results = iter(scan)
    try:
        assert next(results).path == "open.py"
        # The only other worker is at the first slow file for seconds.
        scan.prefer(RepoPath("last.py"))
        assert next(results).path == "last.py"
    finally:
        scan.stop()


def test_the_worker_in_front_ends_with_the_others_whatever_is_wanted() -> None:
    for wanted in (None, "f3.py", "unknown.py"):
        files = {f"f{number}.py": _HIT for number in range(9)} | {"slow.py": _SLOW}
        scan = Scan(
            *(_ROOT, [RepoPath(name) for name in files], _reader(files)), jobs=2, time_limit=0.7, with_front=True
        )
        if wanted:
            scan.prefer(RepoPath(wanted))
        assert len(_results(scan)) == 10
        assert not scan._workers


def test_a_worker_that_ends_costs_none_of_the_files_that_it_was_sent_ahead() -> None:
    files = {f"a{number}.py": _HIT for number in range(3)} | {"slow.py": _SLOW}
    files |= {f"b{number}.py": _HIT for number in range(9)}
    found = _results(_scan(files, jobs=1, time_limit=0.7))
    assert {name for name, one in found.items() if one.blind} == {"slow.py"}
    assert {len(one.hits) for name, one in found.items() if name != "slow.py"} == {1}


def test_long_answers_and_long_files_do_not_wait_for_each_other() -> None:
    long = b"eval(x)\n" * 4_000
    files = {f"{number}.py": long if number % 2 else _HIT * 700 for number in range(12)}
    found = _results(_scan(files, jobs=1))
    assert {len(one.hits) for one in found.values()} == {4_000, 700}


def test_a_file_that_takes_too_long_costs_itself_alone() -> None:
    found = _results(_scan({"a.py": _HIT, "slow.py": b"eval(x)\n" + _SLOW, "z.py": _HIT}, jobs=1, time_limit=1.5))
    assert {name: one.blind for name, one in found.items()} == {
        "a.py": "",
        "slow.py": "it took longer than 1.5 s",
        "z.py": "",
    }
    assert [candidate.span.start for candidate in found["slow.py"].candidates] == [1]
    assert (found["slow.py"].lines, found["slow.py"].hits) == (40_004, ())
    assert len(found["z.py"].hits) == 1


def test_a_file_that_takes_too_much_memory_costs_itself_alone() -> None:
    greedy = b"x = [" + b"f(1), " * 50_000 + b"]\n"
    found = _results(_scan({"a.py": _HIT, "greedy.py": greedy, "z.py": _HIT}, jobs=1, memory_limit=120 * 2**20))
    assert found["greedy.py"].blind == "it is nested too deeply, or takes more than 0.12 GB of memory"
    assert (len(found["a.py"].hits), len(found["z.py"].hits)) == (1, 1)


def test_files_that_are_too_large_are_not_tried() -> None:
    files = {
        "large.py": b"x = 1\n" * 1_000_000,
        "line.py": b"x = '" + b"a" * 1_000_001 + b"'\neval(x)\n",
        "large.html": b"<b>\n" * 300_000,
        "large.csv": b"1,2\n" * 300_000,
        "large.bin": b"\x00" * 2_000_000,
    }
    found = _results(_scan(files))
    assert {name: (one.blind, one.lines) for name, one in found.items()} == {
        "large.py": ("it is larger than 5 MB (6.0 MB)", 1_000_000),
        "line.py": ("a line is longer than 1 MB", 2),
        "large.html": ("it is larger than 1 MB (1.2 MB)", 300_000),
        "large.csv": ("", 300_000),
        "large.bin": ("", 0),
    }


def test_a_worker_that_is_killed_costs_one_file(started: Callable[[Scan], Iterator[FileScanned]]) -> None:
    scan = _scan({"a.py": _HIT, "slow.py": _SLOW, "z.py": _HIT}, jobs=1)
    results = started(scan)
    assert next(results).path == "a.py"
    (pid,) = _pids(scan)
    os.kill(pid, signal.SIGKILL)
    second, third = results
    assert (second.path, second.blind) == ("slow.py", "the scanner crashed over it (SIGKILL)")
    assert (third.path, third.blind, len(third.hits)) == ("z.py", "", 1)
    _assert_nothing_is_left([pid])


def test_stopping_ends_the_iteration_and_leaves_nothing(started: Callable[[Scan], Iterator[FileScanned]]) -> None:
    scan = _scan({"a.py": _HIT, "b.py": _HIT} | {f"slow{number}.py": _SLOW for number in range(9)})
    results = started(scan)
    assert {next(results).path, next(results).path} == {"a.py", "b.py"}
    pids = _pids(scan)
    assert len(pids) == 2
    threading.Timer(0.05, scan.stop).start()
    assert list(results) == []
    _assert_nothing_is_left(pids)
    scan.stop()
    scan.prefer(RepoPath("slow8.py"))


def test_a_scan_that_is_stopped_first_gives_nothing() -> None:
    scan = _scan({"a.py": _HIT})
    scan.stop()
    assert list(scan) == []
    _assert_nothing_is_left([])


def test_leaving_the_iteration_leaves_nothing() -> None:
    scan = _scan({"a.py": _HIT, "slow.py": _SLOW, "slow2.py": _SLOW})
    pids = []
    for _ in scan:
        pids = _pids(scan)
        break
    gc.collect()
    assert pids
    _assert_nothing_is_left(pids)


def test_a_scan_runs_once() -> None:
    scan = _scan({"a.py": _HIT})
    assert len(list(scan)) == 1
    with pytest.raises(RuntimeError):
        list(scan)


def test_a_worker_that_cannot_start_is_said_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(WorkerError, match="The scan cannot start: it ended with status 1"):
        list(_scan({"a.py": _HIT, "b.py": _HIT}))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(WorkerError, match="The scan cannot start a process: No such file"):
        list(_scan({"a.py": _HIT}))
    _assert_nothing_is_left([])


def test_what_goes_wrong_while_reading_comes_out_of_the_iteration() -> None:
    def read(path: RepoPath) -> bytes:
        raise ZeroDivisionError(path)

    with pytest.raises(ZeroDivisionError):
        list(Scan(_ROOT, [RepoPath("a.py")], read))
    _assert_nothing_is_left([])


def test_nothing_of_the_reviewed_tree_is_imported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    tree = tmp_path / "tree"
    payload = f"open({str(canary)!r}, 'a').write(__name__)\n".encode()
    names = ("bandit", "yaml", "rich", "json", "ast", "reviewtui", "sitecustomize", "usercustomize", "stevedore")
    files = {f"{name}.py": payload for name in names}
    files |= {f"{name}/__init__.py": payload for name in ("reviewtui", "bandit", "tomli")}
    entry_points = b"[bandit.plugins]\nevil = bandit:x\n"
    files |= {"evil.egg-info/entry_points.txt": entry_points, "evil.egg-info/PKG-INFO": b"Name: evil\nVersion: 1\n"}
    for name, data in files.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(data)
    monkeypatch.chdir(tree)
    for name in ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONUSERBASE"):
        monkeypatch.setenv(name, str(tree))
    monkeypatch.setenv("PYTHONINSPECT", "1")
    found = _results(Scan(tree, [RepoPath(name) for name in files], _reader(files)))
    assert not canary.exists()
    assert {name: one.blind for name, one in found.items() if one.blind} == {
        "evil.egg-info/entry_points.txt": "in 'evil.egg-info', an installed package",
        "evil.egg-info/PKG-INFO": "in 'evil.egg-info', an installed package",
    }


def test_the_same_files_are_too_deep_as_on_the_command_line() -> None:
    # One more is too deep for `bandit`; measured on Python 3.11, where calls of the interpreter's own count too.
    found = _results(_scan({f"{n}.py": b"eval(x)\nx = a" + b".b" * n for n in (500, 980, 1_100)}))
    assert [len(found[f"{n}.py"].hits) for n in (500, 980, 1_100)] == [1, 1, 0]
    assert found["1100.py"].blind == "Bandit cannot scan it: the code is nested too deeply"


def test_a_program_that_ends_amid_a_scan_neither_waits_nor_leaves_workers(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_bytes(_SLOW)
    program = f"""
import pathlib, sys, threading
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from reviewtui.scan.pool import Scan
from reviewtui.model.place import RepoPath
root = pathlib.Path({str(tmp_path)!r})
files = {{"a.py": b"", "slow.py": (root / "slow.py").read_bytes()}}
scan = Scan(root, [RepoPath(name) for name in files], files.__getitem__, jobs=1)
first = threading.Event()
def run():
    for result in scan:
        print([worker._process.pid for worker in scan._workers][0], flush=True)
        first.set()
threading.Thread(target=run, daemon=True).start()
first.wait(20)
"""
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, timeout=20, check=True)
    assert done.stderr == b""
    pid = int(done.stdout)
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    with os.fdopen(process, closefd=True):
        assert select.select([process], [], [], 10)[0] == [process], "the worker lives on"
