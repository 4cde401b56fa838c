import threading
from collections.abc import Callable, Iterator, Mapping

import pytest

from reviewtui.errors import SourceError, WorkerError
from reviewtui.model.place import RepoPath
from reviewtui.search.engine import MOST, Portion, Search, Workers, cannot_hold, matches_in
from reviewtui.search.result import WIDTH
from reviewtui.search.wanted import Wanted
from reviewtui.search.worker import MOST_LINES
from reviewtui.text.search import BadPatternError, Match

Files = Mapping[str, bytes | str]
SLOW = ("(x+x+)+y", "x" * 60 + "z\n")
"""An expression, and a text over which it would take years."""


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers(seconds=0.5)
    yield workers
    workers.stop()


def _read(files: Files) -> Callable[[RepoPath], bytes]:
    def read(path: RepoPath) -> bytes:
        content = files[path]
        if content == "gone":
            raise SourceError(f"{path} is gone")
        return content.encode() if isinstance(content, str) else content

    return read


def _run(workers: Workers, files: Files, wanted: Wanted, jobs: int = 1) -> Portion:
    """All portions of a search as one."""
    whole = Portion()
    for portion in Search(wanted, [RepoPath(path) for path in files], _read(files), workers, jobs=jobs):
        whole.results += portion.results
        whole.searched += portion.searched
        whole.unsearched += portion.unsearched
        whole.is_cut |= portion.is_cut
    return whole


def _lines(portion: Portion) -> list[tuple[str, int, tuple[tuple[int, int], ...]]]:
    return [(result.path, result.line, result.spans) for result in portion.results]


def test_lines_are_found_in_the_order_of_the_files_and_what_was_not_searched_is_said(workers: Workers) -> None:
    files: Files = {
        "z.py": "eval(eval)\nx\n",
        "a.py": "no\n" * 3 + "EVAL\n",
        "logo.png": b"\x89PNG\0\0\0eval\xff\xfe\0",
        "gone.py": "gone",
        "b.txt": "nothing\n",
    }
    found = _run(workers, files, Wanted("eval"))
    assert _lines(found) == [("z.py", 1, ((0, 4), (5, 9))), ("a.py", 4, ((0, 4),))]
    assert (found.searched, found.is_cut) == (3, False)
    assert sorted(found.unsearched) == [("gone.py", "gone.py is gone"), ("logo.png", "binary")]


def test_word_case_and_expression_count(workers: Workers) -> None:
    files: Files = {"a.py": "evaluate\nEval x\neval(1)\n"}
    assert _lines(_run(workers, files, Wanted("eval", word=True))) == [("a.py", 2, ((0, 4),)), ("a.py", 3, ((0, 4),))]
    assert _lines(_run(workers, files, Wanted("Eval"))) == [("a.py", 2, ((0, 4),))]
    assert _lines(_run(workers, files, Wanted("Eval", case=False))) == [("a.py", line, ((0, 4),)) for line in (1, 2, 3)]
    assert _lines(_run(workers, files, Wanted(r"eval\(\d", regex=True))) == [("a.py", 3, ((0, 6),))]
    with pytest.raises(BadPatternError):
        Wanted("eval(", regex=True).check()


def test_a_disguised_name_is_found_in_whatever_the_bytes_are(workers: Workers) -> None:
    files: Files = {
        "wide.py": "ｅｖａｌ(x)\n",
        "split.py": "ev\u200bal(x)\n",
        "dotted.py": "# ı\nmııd\n",
        "utf16.txt": "eval".encode("utf-16"),
        "bare16.txt": ("eval of a longer text\n" * 20).encode("utf-16-le"),
        "seven.py": b"# coding: utf-7\n+AGU-val(x)\n",
        "cover.py": b"# coding: utf-7 and not utf-8\n+AGU-val(x)\n",
        "crlf.py": b"x\r\neval\r\n",
        "latin.py": b"# coding: latin-1\n\xe9 = eval\n",
    }
    found = _run(workers, files, Wanted("eval"))
    first = {result.path: result.line for result in reversed(found.results)}
    assert first == {
        "wide.py": 1,
        "split.py": 1,
        "utf16.txt": 1,
        "bare16.txt": 1,
        "seven.py": 2,
        "cover.py": 2,
        "crlf.py": 2,
        "latin.py": 2,
    }
    assert [result.path for result in _run(workers, files, Wanted("mid")).results] == []
    assert [result.line for result in _run(workers, files, Wanted("mıı")).results] == [2]


def test_a_file_that_an_expression_never_gets_through_costs_that_file_alone(workers: Workers) -> None:
    expression, text = SLOW
    files: Files = {"a.txt": "xxy\n", "slow.txt": "xxy\n" + text, "b.txt": "xxxy\n", "c.txt": "xxy\n"}
    found = _run(workers, files, Wanted(expression, regex=True))
    assert _lines(found) == [("a.txt", 1, ((0, 3),)), ("b.txt", 1, ((0, 4),)), ("c.txt", 1, ((0, 3),))]
    assert (found.searched, found.unsearched) == (3, [("slow.txt", "took longer than 0.5 s")])


def test_what_the_globs_leave_out_is_counted_and_not_read(workers: Workers) -> None:
    files: Files = {"a.py": "eval\n", "tests/b.py": "gone", "c.html": "eval\n"}
    wanted = Wanted("eval", globs="*.py !tests")
    portions = list(Search(wanted, [RepoPath(path) for path in files], _read(files), workers))
    assert [(len(p.results), p.searched, p.left_out, p.unsearched) for p in portions] == [(1, 1, 0, []), (0, 0, 2, [])]


def test_several_threads_keep_the_order(workers: Workers) -> None:
    files: Files = {f"f{number:03}.py": "eval\n" * (number % 3) for number in range(300)}
    found = _run(workers, files, Wanted("eval"), jobs=3)
    assert [(r.path, r.line) for r in found.results] == [
        (f"f{number:03}.py", line + 1) for number in range(300) for line in range(number % 3)
    ]
    assert found.searched == 300


def test_too_much_is_cut_and_said(workers: Workers) -> None:
    files: Files = {f"{number}.txt": "x\n" * (MOST_LINES + 1) for number in range(12)}
    found = _run(workers, files, Wanted("x"))
    assert (len(found.results), found.is_cut) == (MOST, True)
    assert found.unsearched[0] == ("0.txt", "more than 1,000 lines match")
    assert found.unsearched[0][0] in {result.path for result in found.results}


def test_a_stopped_search_ends_at_once_and_leaves_no_process(workers: Workers) -> None:
    workers.seconds = 60
    expression, text = SLOW
    search = Search(
        Wanted(expression, regex=True),
        [RepoPath("first"), RepoPath("slow")],
        _read({"first": "xxy\n", "slow": text}),
        workers,
        jobs=1,
    )
    portions = iter(search)
    assert len(next(portions).results) == 1
    search.stop()
    assert list(portions) == []
    workers.stop()
    with pytest.raises(WorkerError):
        workers.take()


def test_a_very_long_line_is_kept_around_its_match(workers: Workers) -> None:
    (result,) = _run(workers, {"min.js": "a" * 100_000 + "eval" + "b" * 100_000}, Wanted("eval")).results
    assert (result.column, len(result.text), result.is_whole) == (100_000, WIDTH, False)
    assert [result.text[start:end] for start, end in result.shown_spans] == ["eval"]


def test_a_result_is_known_again_after_an_edit_above_it(workers: Workers) -> None:
    before = "def a():\n    eval(x)\n\ndef b():\n    eval(x)\n"
    after = "import os\n\n" + before
    old = _run(workers, {"a.py": before}, Wanted("eval")).results
    new = _run(workers, {"a.py": after}, Wanted("eval")).results
    assert [result.key for result in new] == [result.key for result in old]
    assert len({result.key for result in new}) == 2
    assert [result.row_in(after.split("\n")) for result in old] == [3, 6]
    assert [result.row_in(["nothing"]) for result in old] == [None, None]


def test_matches_in_lines_are_told_or_given_up(workers: Workers) -> None:
    expression, text = SLOW
    lines = ["xxy xxxy", "", "\ud800 xxy"]
    assert matches_in(Wanted(expression, regex=True), lines, workers) == (
        [Match(0, 0, 3), Match(0, 4, 8), Match(2, 2, 5)],
        False,
    )
    assert matches_in(Wanted(expression, regex=True), [text], workers) is None
    workers.seconds = 60
    threading.Timer(0.2, workers.drop_busy).start()
    assert matches_in(Wanted(expression, regex=True), [text], workers) is None


def test_only_plain_files_are_passed_over() -> None:
    assert cannot_hold(b"print(1)\n", [b"eval"])
    assert cannot_hold(b"# coding: utf-8\nprint(1)\n", [b"eval"])
    assert not cannot_hold(b"# coding: utf-7\nprint(1)\n", [b"eval"])
    assert not cannot_hold(b"EVAL", [b"eval"])
    assert not cannot_hold("é".encode(), [b"eval"])
