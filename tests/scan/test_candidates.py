from pathlib import Path
from typing import Final

import tomli

from reviewtui.model.checklist import Candidate, Item, Pattern
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.candidates import CANDIDATE_LIMIT, LINE_LIMIT, PatternSet, find_candidates

_LISTS: Final = Path(__file__).parents[2] / "checklists"


def _item(*patterns: Pattern, name: str = "X-01") -> Item:
    return Item(name, "x", "", "", "", "", Severity.HIGH, patterns=patterns)


def _lines_of(pattern: Pattern, source: str, path: str = "a.py") -> list[int]:
    found = find_candidates([_item(pattern)], RepoPath(path), source.split("\n"))
    return [candidate.span.start for candidate in found]


def test_a_line_that_matches_a_regex_is_a_candidate() -> None:
    item = _item(Pattern(regex=r"shell\s*=\s*True", suspicious=True, note="A shell"))
    assert find_candidates([item], RepoPath("app/run.py"), ["import os", "    run(x, shell = True)", ""]) == (
        Candidate("X-01", RepoPath("app/run.py"), LineSpan(2, 2), "run(x, shell = True)", "A shell", True),
    )


def test_a_call_is_known_by_whatever_name_it_was_imported() -> None:
    pattern = Pattern(call=("flask.request.args.get", "hashlib.md5", "subprocess.run"))
    source = """\
from flask import request as rq
import hashlib as h, subprocess
from subprocess import run as go
import flask
rq.args.get("x")
h.md5(b"")
go(x)
flask.request.args.get("x")
subprocess.run(x)
def f():
    from hashlib import md5
    md5(b"")
other.run(x)
run(x)
rq.args.get
"""
    assert _lines_of(pattern, source) == [5, 6, 7, 8, 9, 12]


def test_a_name_of_ones_own_is_no_library_call() -> None:
    pattern = Pattern(call=("subprocess.run", "eval"))
    assert _lines_of(pattern, "from .subprocess import run\nrun(x)\n") == []
    assert _lines_of(pattern, "from pandas import eval\neval(x)\n") == []
    assert _lines_of(pattern, "from subprocess import *\ndef run(x): pass\nrun(x)\n") == []


def test_a_star_import_may_be_where_a_name_comes_from() -> None:
    assert _lines_of(Pattern(call=("subprocess.run",)), "from subprocess import *\nrun(x)\n") == [2]


def test_a_builtin_is_known_with_and_without_its_module() -> None:
    source = "import builtins as b\neval(x)\nb.eval(x)\nself.eval(x)\n"
    assert _lines_of(Pattern(call=("eval",)), source) == [2, 3]
    assert _lines_of(Pattern(call=("builtins.eval",)), source) == [2, 3]


def test_letters_that_python_takes_for_plain_ones_hide_no_call() -> None:
    assert _lines_of(Pattern(call=("eval",)), "\uff45\uff56\uff41\uff4c(x)\n") == [1]


def test_a_star_is_any_object_that_has_the_attribute() -> None:
    source = (
        "a.b.execute(q)\nf(x)[0].execute(q)\nexecute(q)\nfrom m import execute as e\ne(q)\na.executes(q)\na.execute\n"
    )
    assert _lines_of(Pattern(call=("*.execute",)), source) == [1, 2, 5]


def test_a_decorator_is_called_with_and_without_brackets() -> None:
    source = (
        "from d import csrf_exempt\n@csrf_exempt\ndef f(): pass\n@csrf_exempt()  # x\nclass C: pass\n@csrf_exempt # x\n"
    )
    assert _lines_of(Pattern(call=("d.csrf_exempt",)), source + "async def g(): pass\n") == [2, 4, 6]


def test_a_name_in_brackets_or_before_a_comment_is_called_too() -> None:
    source = "import os\n(os.system)(x)\n(os.system # c\n)(x)\n(os.popen\\\n(x))\n"
    assert _lines_of(Pattern(call=("os.system", "os.popen")), source) == [2, 3, 5]


def test_a_call_counts_only_where_a_keyword_is_missing() -> None:
    pattern = Pattern(call=("*.set_cookie",), without=("secure", "httponly"))
    source = """\
r.set_cookie("a", "b")
r.set_cookie("a", "b", secure=True)
r.set_cookie("a", "b", secure=True, httponly=True)
r.set_cookie("a", "b", **options)
r.set_cookie("a", "b", httponly=True, **options)
"""
    assert _lines_of(pattern, source) == [1, 2]


def test_a_call_over_several_lines_begins_at_the_name_that_is_called() -> None:
    source = ["x = (db", "     .session", "     .execute(", "         q,", "     ))"]
    (found,) = find_candidates([_item(Pattern(call=("*.execute",)))], RepoPath("a.py"), source)
    assert (found.span, found.code) == (LineSpan(3, 5), ".execute(")


def test_a_file_that_does_not_parse_is_searched_by_regex_alone() -> None:
    patterns = Pattern(call=("eval",)), Pattern(regex=r"print 'x'")
    found = find_candidates([_item(*patterns)], RepoPath("a.py"), ["eval(x)", "print 'x'"])
    assert [candidate.span.start for candidate in found] == [2]
    deep = "(" * 5_000 + "eval(x)" + ")" * 5_000
    assert _lines_of(Pattern(call=("eval",)), deep) == []
    assert _lines_of(Pattern(call=("eval",)), "eval(x)\nx = a" + ".b" * 20_000) in ([], [1])
    assert _lines_of(Pattern(call=("eval",)), "eval(x)\n\0") == []


def test_one_item_has_one_candidate_on_a_line_and_it_is_the_suspicious_one() -> None:
    plain, suspicious = Pattern(regex=r"eval", note="look"), Pattern(call=("eval",), suspicious=True, note="bad")
    other = _item(plain, name="Y-01")
    for patterns in ((plain, suspicious), (suspicious, plain)):
        found = find_candidates([_item(*patterns), other], RepoPath("a.py"), ["eval(x)"])
        assert [(c.item, c.note, c.suspicious) for c in found] == [("X-01", "bad", True), ("Y-01", "look", False)]


def test_too_many_candidates_are_cut_and_the_last_one_says_so() -> None:
    patterns = Pattern(regex="a", note="An a"), Pattern(regex="b", suspicious=True)
    found = find_candidates([_item(*patterns)], RepoPath("a.py"), ["a"] * 500 + ["b"])
    assert len(found) == CANDIDATE_LIMIT
    assert found[-1].suspicious
    assert found[-2].note == f"An a ({501 - CANDIDATE_LIMIT} more in this file)"


def test_globs_fit_names_and_ends_of_paths() -> None:
    def applies(glob: str, path: str) -> bool:
        return PatternSet([("X-01", Pattern(regex="x", where=(glob,)))]).applies(RepoPath(path))

    assert applies("*.py", "a/b/c.py")
    assert applies("Dockerfile*", "deploy/Dockerfile.prod")
    assert applies("templates/*.html", "shop/templates/a/b.html")
    assert applies(".env*", ".env")
    assert applies("*", "a\nb")
    assert not applies("*.py", "a.pyc")
    assert not applies("Dockerfile*", "Dockerfile/x")
    assert not applies("templates/*.html", "mytemplates/a.html")


def test_calls_are_looked_for_only_in_python() -> None:
    pattern = Pattern(call=("eval",), where=("*",))
    assert _lines_of(pattern, "eval(x)", "a.js") == []
    assert _lines_of(pattern, "eval(x)", "a.pyw") == [1]


def test_the_end_of_a_very_long_line_is_not_searched() -> None:
    pattern = Pattern(regex="needle")
    assert _lines_of(pattern, "x" * (LINE_LIMIT - 6) + "needle") == [1]
    assert _lines_of(pattern, "x" * LINE_LIMIT + "needle") == []


def test_no_lines_have_no_candidates() -> None:
    assert find_candidates([_item(Pattern(regex=""))], RepoPath("a.py"), ()) == ()


def test_every_example_of_the_shipped_lists_is_found_and_every_look_alike_is_not() -> None:
    wrong = []
    for path in sorted(_LISTS.glob("*.toml")):
        for item in tomli.loads(path.read_text("utf-8"))["item"]:
            for raw in item.get("pattern", ()):
                pattern = Pattern(regex=raw.get("regex", ""), where=("*",))
                if not pattern.regex:
                    continue
                wrong += [(item["id"], line) for line in raw.get("match", ()) if not _lines_of(pattern, line)]
                wrong += [(item["id"], line) for line in raw.get("miss", ()) if _lines_of(pattern, line)]
    assert wrong == []
