import random
import shutil
import sysconfig
from pathlib import Path
from typing import Final

import pytest

from reviewtui.model.hit import Hit, fingerprinted
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.bandit.runner import BanditRunner
from reviewtui.text.source import decode
from tests.scan.command_line import columns_of_report, report_of, said_by_hits, said_by_report, skipped_by_report

_CHECKOUT: Final = Path(__file__).parents[2]
_EDGE: Final = _CHECKOUT.parent / "shared/samples/bandit/edge"
_SEED: Final = 20_240_101

_AWKWARD: Final = {
    "crlf.py": b"import os\r\n\r\nos.system(x)\r\neval(y)\r\n",
    "lone_cr.py": b"# a comment\ros.system(x)\rimport os\r",
    "mixed.py": b"import os\r\neval(x)\neval(y)\reval(z)\n",
    "form_feed.py": b"import os\n\x0c\ndef f():\n    pass\n\x0c\neval(x)\n",
    "separators.py": "a = 'b\u2028c\x85d\x1ce'\neval(a)\n".encode(),
    "latin1.py": b"# -*- coding: latin-1 -*-\nx = '\xe9\xe8'; eval(x)\n",
    "latin1_without_cookie.py": b"# \xe9\neval(x)\n",
    "utf7.py": b"# coding: utf-7\n+AGU-val(x)\n",
    "rot13.py": b"# coding: rot13\nriny(k)\n",
    "bom.py": b"\xef\xbb\xbfpassword = 'hunter2'; eval(x)\n",
    "utf16.py": "eval(x)\n".encode("utf-16"),
    "null.py": b"eval(x)\n# \x00\n",
    "no_newline.py": b"eval(x)",
    "empty.py": b"",
    "python2.py": b"print 'x'\n",
    "newer.py": b"eval(x)\nif x:\npass\n",
    "brackets.py": b"eval(x)\ny = " + b"(" * 5_000 + b"1" + b")" * 5_000 + b"\n",
    "bidi.py": "x = 1  # \u202e\n".encode(),
    "tabs.pyw": b"def f():\n\teval(x)\n",
    "nosec.py": b"eval(x)  # nosec\neval(y)  # nosec B307\neval(z)  # nosec B101\nos.popen(x)  # nosec: x\n",
    "nosec_inside.py": b"import subprocess\nsubprocess.call(\n    x,\n    shell=True,  # nosec B602\n)\n",
    "wide.py": "gr\u00fc\u00df = '\u00e9\u00e9'; eval(gr\u00fc\u00df)\n\uff45\uff56\uff41\uff4c(x)\n".encode(),
    "not scanned.txt": b"eval(x)\n",
}


@pytest.fixture(scope="module")
def runner() -> BanditRunner:
    return BanditRunner()


def _scanned(runner: BanditRunner, folder: Path) -> tuple[list[Hit], set[str]]:
    """Hits, and files that could not be scanned."""
    hits: list[Hit] = []
    blind = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".pyw") and path.is_file():
            name = str(path.relative_to(folder))
            found, problem = runner.scan(name, path.read_bytes())
            hits += found
            if problem:
                blind.add(name)
    return hits, blind


def _assert_equal(runner: BanditRunner, folder: Path) -> list[Hit]:
    report = report_of(folder)
    hits, blind = _scanned(runner, folder)
    assert said_by_hits(hits) == said_by_report(report)
    assert blind == skipped_by_report(report)
    assert len(hits) == len(report_of(folder, "--ignore-nosec")["results"])
    plain = {str(path.relative_to(folder)) for path in folder.rglob("*.py") if path.read_bytes().isascii()}
    theirs = {columns for columns in columns_of_report(report) if columns[0] in plain}
    # Where the line that is named is not the one on which the code begins, their columns belong to neither.
    ours = {(h.path, h.rule, h.line, h.column, h.end_column) for h in hits if h.span.count == 1 and not h.suppressed}
    assert {columns for columns in ours if columns[0] in plain} <= theirs
    return hits


def _written(tmp_path: Path, files: dict[str, bytes]) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def _one(runner: BanditRunner, data: bytes, name: str = "a.py") -> Hit:
    hits, problem = runner.scan(name, data)
    assert not problem
    (hit,) = hits
    return hit


def test_awkward_files_give_the_hits_of_the_command_line(runner: BanditRunner, tmp_path: Path) -> None:
    hits = _assert_equal(runner, _written(tmp_path, _AWKWARD))
    assert {hit.path for hit in hits} >= {"crlf.py", "lone_cr.py", "utf7.py", "tabs.pyw", "wide.py"}


@pytest.mark.skipif(not _EDGE.is_dir(), reason="the folder ../shared with Bandit's sample files is not here")
def test_the_edge_samples_give_the_hits_of_the_command_line(runner: BanditRunner, tmp_path: Path) -> None:
    folder = tmp_path / "edge"
    shutil.copytree(_EDGE, folder)
    hits = _assert_equal(runner, folder)
    assert [(hit.line, hit.suppressed) for hit in hits if hit.suppressed] == [
        (23, "# nosec"),
        (24, "# nosec B307"),
        (26, "# nosec: B307 -- reviewed 2026-01-01"),
    ]
    places = {(h.rule, h.line): (h.span, h.column, h.end_column) for h in hits}
    assert places["B608", 9] == (LineSpan(9, 10), 13, 26)
    assert places["B307", 30] == (LineSpan(30, 30), 16, 23)
    assert places["B602", 18] == (LineSpan(16, 19), 0, 0)


def test_files_of_the_standard_library_give_the_hits_of_the_command_line(runner: BanditRunner, tmp_path: Path) -> None:
    library = Path(sysconfig.get_path("stdlib"))
    small = [p for p in sorted(library.rglob("*.py")) if "site-packages" not in p.parts and p.stat().st_size < 25_000]
    folder = tmp_path / "library"
    for path in random.Random(_SEED).sample(small, 60):
        copy = folder / path.relative_to(library)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert len(_assert_equal(runner, folder)) > 50


@pytest.mark.skipif(not (_CHECKOUT / "sample_repo/shop").is_dir(), reason="the sample shop is not here")
def test_the_sample_shop_gives_the_hits_of_the_command_line(runner: BanditRunner, tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(_CHECKOUT / "sample_repo", folder, ignore=shutil.ignore_patterns("__pycache__"))
    _assert_equal(runner, folder)


def test_a_hit_says_all_that_bandit_says(runner: BanditRunner) -> None:
    hits, problem = runner.scan("shop/db.py", "import pickle\n\n\u00e4 = pickle.loads(x)\n".encode())
    assert problem == ""
    assert hits[1] == Hit(
        tool="bandit",
        rule="B301",
        name="pickle",
        message="Pickle and modules that wrap it can be unsafe when used to deserialize untrusted data, "
        "possible security issue.",
        severity=Severity.MEDIUM,
        confidence="high",
        cwe=(502,),
        path=RepoPath("shop/db.py"),
        span=LineSpan(3, 3),
        line=3,
        column=4,
        end_column=19,
        url="https://bandit.readthedocs.io/en/1.9.4/blacklists/blacklist_calls.html#b301-pickle",
    )


def test_columns_are_characters_and_not_bytes(runner: BanditRunner) -> None:
    hit = _one(runner, "x = '\u00e9\U0001f40d'; eval(\u00e4)\n".encode())
    assert (hit.column, hit.end_column) == (10, 17)
    hit = _one(runner, b"# coding: latin-1\nx = '\xe9\xe8'; eval(\xe4)\n")
    assert (hit.line, hit.column, hit.end_column) == (2, 10, 17)


def test_the_end_column_is_on_the_last_line_of_a_call(runner: BanditRunner) -> None:
    hit = _one(runner, "eval(\n    '\u00e9\u00e9',\n  \u00e4)\n".encode())
    assert (hit.span, hit.column, hit.end_column) == (LineSpan(1, 3), 0, 4)


def test_a_bidi_character_is_shown_where_python_counts_its_line(runner: BanditRunner) -> None:
    hit = _one(runner, "a = 1\n\x0c\x0c\nb = 'x\u2028'  # \u202e\n".encode())
    assert (hit.rule, hit.line, hit.span, hit.column, hit.end_column) == ("B613", 3, LineSpan(3, 3), 12, 13)


def test_a_comment_that_hides_a_hit_is_reported_with_it(runner: BanditRunner) -> None:
    source = b"import subprocess  # nosec\nsubprocess.call(\n    x,\n    shell=True,  # nosec B602, B603: fixed x\n)\n"
    hits, _ = runner.scan("a.py", source)
    assert [(hit.rule, hit.line, hit.suppressed) for hit in hits] == [
        ("B404", 1, "# nosec"),
        ("B602", 4, "# nosec B602, B603: fixed x"),
    ]


def test_a_comment_hides_only_the_tests_that_it_names(runner: BanditRunner) -> None:
    assert _one(runner, b"eval(x)  # nosec B101\n").suppressed == ""
    assert _one(runner, b"eval(x)  # nothing to see\n").suppressed == ""
    assert _one(runner, b"eval(x)  #nosec\n").suppressed == "#nosec"
    assert _one(runner, b"x = '# nosec'; eval(x)\n").suppressed == ""


def test_what_is_hidden_counts_once_among_equal_hits(runner: BanditRunner) -> None:
    hits, _ = runner.scan("a.py", b"eval(x); eval(x)\neval(x)  # nosec\neval(x)\n")
    assert [(hit.line, hit.suppressed) for hit in hits] == [(1, ""), (1, ""), (3, ""), (2, "# nosec")]


def test_a_file_that_does_not_parse_is_blind_and_says_why(runner: BanditRunner) -> None:
    hits, problem = runner.scan("a.py", b"eval(x)\nprint 'x'\n")
    assert hits == ()
    assert problem.startswith("Python 3.")
    assert "cannot parse it (line 2: Missing parentheses in call to 'print'" in problem
    assert "nested too deeply" in runner.scan("a.py", b"x = a" + b".b" * 3_000)[1]
    assert runner.scan("a.py", b"# coding: rot13\neval(x)\n")[1].startswith("Bandit failed on it: LookupError: 'rot13'")


def test_one_file_leaves_nothing_behind_for_the_next(runner: BanditRunner) -> None:
    data = b"from subprocess import call as c\nc(x, shell=True)\n"
    first = runner.scan("a.py", data)
    runner.scan("b.py", b"import yaml as c\nprint 'x'\n")
    runner.scan("c.py", b"import pickle as c  # nosec\n")
    assert runner.scan("a.py", data) == first
    assert [hit.rule for hit in runner.scan("d.py", b"c(x, shell=True)\n")[0]] == ["B604"]


def test_a_list_of_many_strings_does_not_take_memory_for_every_line_of_every_hit(runner: BanditRunner) -> None:
    source = b"password = [\n" + b"    dict(password='x'),\n" * 300 + b"]\n"
    hits, _ = runner.scan("a.py", source)
    assert len(hits) == 300
    assert len(fingerprinted(hits, decode(source, "a.py").lines)) == 300
