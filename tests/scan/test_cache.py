import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from reviewtui.errors import WorkerError
from reviewtui.model.checklist import Checklist, Item, Pattern
from reviewtui.model.place import RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan import cache as cache_module
from reviewtui.scan.answer import A_DAY, Answer, answer_bytes, answer_of
from reviewtui.scan.cache import NAME, UNUSED_DAYS, ScanCache, user_cache
from reviewtui.scan.frames import Setup
from reviewtui.scan.identity import identity_of, key_of
from reviewtui.scan.pool import FileScanned, Scan
from reviewtui.scan.settings import BanditSettings

_DAY: Final = 24 * 3600
_ROOT: Final = Path("/nowhere")
_FILES: Final = {
    "a.py": b"import os\neval(x)\n",
    "b.py": b"eval(x)  # nosec\npassword = 'x'\n",
    "broken.py": b"def (:\n",
    "page.html": "<b>\u202e</b>\n".encode(),
    "\udcff.py": "x = '\u200b'\n".encode(),
    "picture.png": b"\x89PNG\x00\x01",
}
_ANSWER: Final = Answer(3, "0" * 40, (), (), "because")
_KEY: Final = b"k" * 32
_PATH: Final = RepoPath("a.py")


def _scan(files: Mapping[str, bytes], cache: ScanCache | None, **options: object) -> dict[str, FileScanned]:
    paths = [RepoPath(name) for name in files]
    scan = Scan(_ROOT, paths, lambda path: files[path], jobs=1, cache=cache, **options)  # type: ignore[arg-type]  # by name
    return {result.path: result for result in scan}


@pytest.fixture
def no_workers(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, no worker can be started."""
    return lambda: monkeypatch.setattr(sys, "executable", "")


def test_a_second_scan_says_the_same_without_a_worker(tmp_path: Path, no_workers: Callable[[], None]) -> None:
    first = _scan(_FILES, ScanCache(tmp_path))
    assert [hit.rule for hit in first["a.py"].hits] == ["B307"]
    assert [hit.suppressed for hit in first["b.py"].hits] == ["# nosec", ""]
    assert first["broken.py"].blind
    no_workers()
    assert _scan(_FILES, ScanCache(tmp_path)) == first


def test_an_edit_rescans_one_file(tmp_path: Path, no_workers: Callable[[], None]) -> None:
    first = _scan(_FILES, ScanCache(tmp_path))
    edited = _FILES | {"a.py": b"\n" + _FILES["a.py"]}
    second = _scan(edited, ScanCache(tmp_path))
    assert second["a.py"].hits[0].line == first["a.py"].hits[0].line + 1
    assert {name: one for name, one in second.items() if name != "a.py"} == {
        name: one for name, one in first.items() if name != "a.py"
    }
    no_workers()
    assert _scan(edited, ScanCache(tmp_path)) == second
    with pytest.raises(WorkerError):
        _scan({"c.py": _FILES["a.py"]}, ScanCache(tmp_path))


def test_what_decides_a_result_is_in_its_key() -> None:
    def item(regex: str) -> Checklist:
        return Checklist(
            "x", "", "", (Item("X-1", "", "", "", "", "", Severity.LOW, patterns=(Pattern(regex=regex),)),)
        )

    def identity(**changed: object) -> bytes | None:
        patterns = tuple((one.id, p) for one in item(str(changed.get("regex", "a"))).items for p in one.patterns)
        bandit = changed.get("bandit")
        assert bandit is None or isinstance(bandit, BanditSettings)
        return identity_of(Setup(30.0, 2**30, patterns, bandit))

    same = identity()
    assert same is not None
    assert identity() == same
    others = {
        identity(regex="b"),
        identity(bandit=BanditSettings("bandit.yaml", b"skips: [B101]\n")),
        identity(bandit=BanditSettings("bandit.yaml", b"skips: [B102]\n")),
        identity(bandit=BanditSettings("bandit.toml", b"skips: [B101]\n")),
    }
    assert len(others - {None, same}) == 4
    keys = {
        key_of(same, RepoPath("a.py"), b"x"),
        key_of(same, RepoPath("a.py"), b"y"),
        key_of(same, RepoPath("a.pyx"), b""),
        key_of(same, RepoPath("b.py"), b"x"),
        key_of(b"other", RepoPath("a.py"), b"x"),
    }
    assert len(keys) == 5


def test_other_versions_and_changed_rules_are_other_identities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup = Setup(30.0, 2**30, ())
    before = identity_of(setup)
    monkeypatch.setattr(sys, "version", "3.99")
    assert identity_of(setup) not in (before, None)
    monkeypatch.undo()
    (tmp_path / "bandit-9.9.9.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    newer = identity_of(setup)
    assert newer not in (before, None)
    (tmp_path / "evil-1.dist-info").mkdir()
    (tmp_path / "evil-1.dist-info" / "entry_points.txt").write_text("[bandit.plugins]\nx = y:z\n")
    assert identity_of(setup) is None


def test_results_of_foreign_plugins_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evil.egg-info").mkdir()
    (tmp_path / "evil.egg-info" / "entry_points.txt").write_text("[bandit.blacklists]\nx = y:z\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert len(_scan(_FILES, ScanCache(tmp_path / "cache"))) == len(_FILES)
    assert not (tmp_path / "cache").exists()


def test_an_answer_is_the_same_after_it_was_kept(tmp_path: Path) -> None:
    for path, result in _scan(_FILES, None).items():
        answer = Answer(result.lines, result.blob, result.candidates, result.hits, result.blind)
        assert answer_of(answer_bytes(answer), RepoPath(path)) == answer


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"[1,2,3,4,5]", b'["a","b",[],[],""]', b"[" * 9_000, b"\xff"])
def test_a_record_that_is_none_is_not_believed(tmp_path: Path, data: bytes) -> None:
    cache = ScanCache(tmp_path)
    cache.put(_KEY, _ANSWER)
    cache.close()
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("UPDATE results SET record = ?", (data,))
    database.close()
    assert cache.get(_KEY, _PATH) is None
    cache.put(_KEY, _ANSWER)
    cache.close()
    assert ScanCache(tmp_path).get(_KEY, _PATH) == _ANSWER


def test_the_folder_and_the_database_are_the_users_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        cache = user_cache({"XDG_CACHE_HOME": str(tmp_path / "new")})
        cache.put(_KEY, _ANSWER)
        cache.close()
    finally:
        os.umask(old)
    folder = tmp_path / "new" / "reviewtui"
    assert (folder.stat().st_mode & 0o777, (folder / NAME).stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_relative_cache_home_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    cache = user_cache({"XDG_CACHE_HOME": "here"})
    cache.put(_KEY, _ANSWER)
    cache.close()
    assert (tmp_path / "home" / ".cache" / "reviewtui" / NAME).exists()
    assert not (tmp_path / "here").exists()


def test_what_others_can_write_is_neither_believed_nor_touched(tmp_path: Path) -> None:
    cache = ScanCache(tmp_path / "mine")
    cache.put(_KEY, _ANSWER)
    cache.close()
    before = (tmp_path / "mine" / NAME).read_bytes()
    for path, mode in ((tmp_path / "mine", 0o770), (tmp_path / "mine" / NAME, 0o602)):
        was = path.stat().st_mode
        path.chmod(mode)
        other = ScanCache(tmp_path / "mine")
        assert other.get(_KEY, _PATH) is None
        other.put(b"x" * 32, _ANSWER)
        other.close()
        path.chmod(was)
    (tmp_path / "linked").mkdir(mode=0o700)
    (tmp_path / "linked" / NAME).symlink_to(tmp_path / "mine" / NAME)
    assert ScanCache(tmp_path / "linked").get(_KEY, _PATH) is None
    assert (tmp_path / "mine" / NAME).read_bytes() == before
    assert ScanCache(tmp_path / "mine").get(_KEY, _PATH) == _ANSWER


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 5_000, b"x"])
def test_a_broken_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    (tmp_path / NAME).chmod(0o600)
    tmp_path.chmod(0o700)
    first = _scan(_FILES, ScanCache(tmp_path))
    assert len(first) == len(_FILES)
    for _ in range(2):  # what is noticed late is replaced by the next one
        assert _scan(_FILES, ScanCache(tmp_path)) == first
    assert ScanCache(tmp_path).get(_any_key(tmp_path), _PATH) is not None


def test_a_database_that_breaks_in_the_middle_costs_only_time(tmp_path: Path) -> None:
    cache = ScanCache(tmp_path)
    for number in range(2_000):
        cache.put(number.to_bytes(32, "big"), _ANSWER)
    cache.close()
    data = bytearray((tmp_path / NAME).read_bytes())
    data[8_192:] = b"\xaa" * (len(data) - 8_192)
    (tmp_path / NAME).write_bytes(data)
    broken = ScanCache(tmp_path)
    assert [broken.get(number.to_bytes(32, "big"), _PATH) for number in range(0, 2_000, 50)] == [None] * 40
    broken.close()
    again = ScanCache(tmp_path)
    again.put(_KEY, _ANSWER)
    again.close()
    assert ScanCache(tmp_path).get(_KEY, _PATH) == _ANSWER


def test_the_database_of_another_program_is_not_mistaken_for_ours(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as database:
        database.execute("CREATE TABLE results (key, used, until, record)")
        database.execute('INSERT INTO results VALUES (?, 1, NULL, \'[1,"",[],[],""]\')', (_KEY,))
    database.close()
    (tmp_path / NAME).chmod(0o600)
    cache = ScanCache(tmp_path)
    assert cache.get(_KEY, _PATH) is None
    cache.put(_KEY, _ANSWER)
    cache.close()
    assert ScanCache(tmp_path).get(_KEY, _PATH) == _ANSWER


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_is_still_read(tmp_path: Path) -> None:
    first = _scan(_FILES, ScanCache(tmp_path))
    (tmp_path / NAME).chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        assert _scan(_FILES, ScanCache(tmp_path)) == first
        assert len(_scan({"new.py": b"eval(x)\n"}, ScanCache(tmp_path))["new.py"].hits) == 1
    finally:
        tmp_path.chmod(0o700)


def test_where_no_folder_can_be_made_files_are_scanned(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert len(_scan(_FILES, ScanCache(tmp_path / "file" / "cache"))) == len(_FILES)


def test_two_programs_at_once_lose_nothing_but_time(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from reviewtui.scan.answer import Answer
from reviewtui.scan.cache import ScanCache
cache = ScanCache(Path({str(tmp_path)!r}))
sys.stdin.readline()
for number in range(1_500):
    cache.put(bytes([int(sys.argv[1])]) + number.to_bytes(31, "big"), Answer(number, "", (), (), ""))
cache.close()
"""
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(n)], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for n in range(3)
    ]
    ends = []
    threads = [threading.Thread(target=lambda one=one: ends.append(one.communicate(b"\n", 60)[1])) for one in started]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends == [b""] * 3
    cache = ScanCache(tmp_path)
    known = [cache.get(bytes([n]) + number.to_bytes(31, "big"), _PATH) for n in range(3) for number in range(1_500)]
    assert {answer.lines for answer in known if answer} == set(range(1_500))
    assert sum(answer is None for answer in known) < 1_500


def test_what_nobody_wants_for_long_goes(tmp_path: Path) -> None:
    now = 20_000.0 * _DAY
    cache = ScanCache(tmp_path, now=lambda: now)
    cache.put(b"wanted" + bytes(26), _ANSWER)
    cache.put(b"unwanted" + bytes(24), _ANSWER)
    cache.close()
    for _ in range(3):
        now += UNUSED_DAYS / 2 * _DAY
        assert cache.get(b"wanted" + bytes(26), _PATH) == _ANSWER
        cache.close()
    assert cache.get(b"unwanted" + bytes(24), _PATH) is None


def test_the_size_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "SIZE_LIMIT", 200_000)
    cache = ScanCache(tmp_path)
    long = Answer(1, "", (), (), "x" * 1_000)
    for number in range(3_000):
        cache.put(number.to_bytes(32, "big"), long)
    cache.close()
    assert (tmp_path / NAME).stat().st_size < 800_000


def test_a_file_that_took_too_long_is_tried_again_after_a_day_or_when_asked(tmp_path: Path) -> None:
    now = 20_000.0 * _DAY
    cache = ScanCache(tmp_path, now=lambda: now)
    cache.put(_KEY, Answer(1, "", (), (), "it took longer than 30 s", holds_for=A_DAY))
    cache.put(b"x" * 32, Answer(1, "", (), (), "the scanner crashed over it", holds_for=0))
    cache.close()
    assert cache.get(b"x" * 32, _PATH) is None
    known = cache.get(_KEY, _PATH)
    assert known is not None
    assert known.blind == "it took longer than 30 s"
    assert cache.get(_KEY, _PATH, only_lasting=True) is None
    now += A_DAY + 1
    assert cache.get(_KEY, _PATH) is None
    now -= 3 * _DAY  # the clock was set back
    assert cache.get(_KEY, _PATH) is None


def test_a_time_out_is_kept_as_one(tmp_path: Path, no_workers: Callable[[], None]) -> None:
    slow = b"f({[]})\nx = [\n" + b"    'some text',\n" * 40_000 + b"]\n"
    first = _scan({"slow.py": slow}, ScanCache(tmp_path), time_limit=0.7)
    assert first["slow.py"].blind == "it took longer than 0.7 s"
    no_workers()
    assert _scan({"slow.py": slow}, ScanCache(tmp_path), time_limit=0.7) == first
    with pytest.raises(WorkerError):
        _scan({"slow.py": slow}, ScanCache(tmp_path), time_limit=0.7, tries_again=True)
    with pytest.raises(WorkerError):
        _scan({"slow.py": slow}, ScanCache(tmp_path), time_limit=0.8)


def _any_key(folder: Path) -> bytes:
    database = sqlite3.connect(folder / NAME)
    try:
        key: bytes = database.execute("SELECT key FROM results").fetchone()[0]
    finally:
        database.close()
    return key
