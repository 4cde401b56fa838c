"""Bandit's JSON: the very hits of our own scan, found again where the code went, and what was not looked at."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from reviewtui.formats.bandit_json import read_bandit
from reviewtui.formats.imported import Imported
from reviewtui.model.hit import NOWHERE, Hit, fingerprinted
from reviewtui.model.place import LineSpan
from reviewtui.model.risk import Severity
from reviewtui.scan.bandit.runner import BanditRunner
from reviewtui.text.source import decode
from tests.formats.reports.world import Json, record_of, tree_of

_SAMPLES: Final = Path(__file__).parents[3].parent / "shared/samples/bandit"

SOURCES: Final = {
    "app.py": "import subprocess\n\n\ndef run(name):\n    subprocess.call(\n        name,\n        shell=True,\n    )\n"
    "    eval(name)\n    eval(name)\n\n\ndef query(db, name):\n    sql = ('SELECT * FROM u '\n"
    '           "WHERE a = \'" + name +\n           "\'")\n    db.execute(sql)\n',
    "sub/wide.py": "gr\u00fc\u00df = '\u00e9\u00e9'; eval(gr\u00fc\u00df)\npassword = 'a  b'\n",
    "sub/bidi.py": "a = 1\n\x0cx = 1  # \u202e\n",
    "nosec.py": "eval(x)\neval(x)  # nosec\neval(x)\neval(y)  # nosec B307\n",
    "crlf.py": "import os\r\n\r\nos.system(x)\r\n",
}


@pytest.fixture(scope="module")
def runner() -> BanditRunner:
    return BanditRunner()


def _report_of(folder: Path) -> Json:
    """What the command line writes."""
    command = [sys.executable, "-I", "-m", "bandit", "-q", "-r", ".", "-f", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": ""})
    report: Json = json.loads(done.stdout)
    return report


def _scanned(runner: BanditRunner, folder: Path) -> dict[str, Hit]:
    hits: dict[str, Hit] = {}
    for path in sorted(folder.rglob("*.py")):
        name = str(path.relative_to(folder))
        found, _ = runner.scan(name, path.read_bytes())
        hits |= {hit.fingerprint: hit for hit in fingerprinted(found, decode(path.read_bytes(), name).lines)}
    return hits


def _tree_of(folder: Path) -> Any:
    texts = {str(p.relative_to(folder)): decode(p.read_bytes(), p.name).lines for p in folder.rglob("*.py")}
    return tree_of({name: "\n".join(lines) + "\n" for name, lines in texts.items()}, str(folder))


def test_a_report_of_this_code_gives_the_hits_of_our_own_scan(runner: BanditRunner, tmp_path: Path) -> None:
    for name, text in SOURCES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    found = read_bandit(record_of(_report_of(tmp_path)), "b.json", _tree_of(tmp_path))
    scanned = _scanned(runner, tmp_path)
    assert (found.problems, found.unplaced) == ((), {})
    open_ones = [hit for hit in scanned.values() if not hit.suppressed]
    assert {hit.fingerprint for hit in found.hits} == {hit.fingerprint for hit in open_ones}
    for hit in found.hits:
        ours = scanned[hit.fingerprint]
        assert _identity(hit) == _identity(ours)
        assert hit.column in (0, ours.column)
        assert hit.facts == ()
    wide = next(hit for hit in found.hits if hit.path == "sub/wide.py" and hit.rule == "B307")
    assert (wide.column, wide.end_column) == (13, 23)


def _identity(hit: Hit) -> tuple[object, ...]:
    return (
        hit.tool,
        hit.rule,
        hit.path,
        hit.span,
        hit.line,
        hit.message,
        hit.severity,
        hit.confidence,
        hit.cwe,
        hit.code,
    )


def test_the_samples_of_awkward_code_give_the_hits_of_our_own_scan(runner: BanditRunner) -> None:
    if not _SAMPLES.exists():
        pytest.skip("../shared/samples is not there")
    tree = _tree_of(_SAMPLES / "edge")
    scanned = _scanned(runner, _SAMPLES / "edge")
    read = {
        name: read_bandit(record_of(json.loads((_SAMPLES / name).read_bytes())), name, tree)
        for name in ("bandit-1.9.4-edge.json", "bandit-1.9.4-edge-ignore-nosec.json")
    }
    plain, everything = (found.hits for found in read.values())
    assert {hit.fingerprint for hit in plain} == {h.fingerprint for h in scanned.values() if not h.suppressed}
    assert {hit.fingerprint for hit in everything} == set(scanned)
    assert [(hit.line, hit.span) for hit in plain if hit.rule in ("B602", "B608")] == [
        (7, LineSpan(7, 8)),
        (9, LineSpan(9, 10)),
        (18, LineSpan(16, 19)),
    ]
    assert [hit.column for hit in plain if hit.line == 30] == [16]
    assert read["bandit-1.9.4-edge.json"].notes == (
        "Bandit did not look at ./not_python3.py: syntax error while parsing AST from file",
        "`# nosec` kept Bandit from reporting on 1 lines and 2 tests of lines; what is there is not in this report",
    )


def result(**more: Any) -> Json:
    return {
        "code": "8     )\n9     eval(name)\n10     eval(name)\n",
        "col_offset": 4,
        "end_col_offset": 14,
        "filename": "./app.py",
        "issue_confidence": "HIGH",
        "issue_cwe": {"id": 78, "link": "https://cwe.mitre.org/data/definitions/78.html"},
        "issue_severity": "MEDIUM",
        "issue_text": "Use of eval.",
        "line_number": 9,
        "line_range": [9],
        "more_info": "https://bandit.readthedocs.io/en/1.9.4/blacklists/blacklist_calls.html#b307-eval",
        "test_id": "B307",
        "test_name": "blacklist",
        **more,
    }


def read(*results: Json, files: dict[str, str] | None = None, **more: Any) -> Imported:
    document = {"errors": [], "results": list(results), "generated_at": "2026-11-23T19:46:47Z", **more}
    return read_bandit(record_of(document), "b.json", tree_of(SOURCES if files is None else files, "/home/me/shop"))


def test_a_result_is_a_hit_with_all_that_bandit_says() -> None:
    found = read(result())
    assert (found.format, found.tools, found.made) == ("bandit", ("Bandit 1.9.4",), "2026-11-23T19:46:47Z")
    (hit,) = found.hits
    assert (hit.name, hit.severity, hit.confidence, hit.cwe) == ("eval", Severity.MEDIUM, "high", (78,))
    assert (hit.path, hit.line, hit.span, hit.column, hit.end_column) == ("app.py", 9, LineSpan(9, 9), 4, 14)
    assert (hit.origin, hit.url[-9:], hit.facts) == ("b.json", "b307-eval", ())


@pytest.mark.parametrize(
    ("change", "line", "facts"),
    [
        ({"line_number": 3, "line_range": [3], "code": "2 )\n3     eval(name)\n4     eval(name)\n"}, 9, "moved"),
        ({"line_number": 3, "line_range": [3], "code": "3     gone_from_here(1)\n"}, 3, "code"),
        ({"line_number": 900, "line_range": [900], "code": ""}, 17, "cut"),
        ({"line_number": 0, "line_range": None, "code": None}, 1, ""),
        ({"line_range": [9, 10**12]}, 9, "cut"),
        ({"line_range": "x", "code": 5}, 9, ""),
    ],
)
def test_a_result_is_put_where_its_code_is_now(change: Json, line: int, facts: str) -> None:
    (hit,) = read(result(**change)).hits
    assert (hit.line, hit.line in hit.span, "".join(name for name, _ in hit.facts)) == (line, True, facts)


@pytest.mark.parametrize("name", ["/elsewhere/other.py", "../app.py", "", "https://x/app.py"])
def test_a_result_of_another_file_is_kept_without_a_place(name: str) -> None:
    found = read(result(filename=name))
    assert (found.hits[0].path, found.hits[0].line) == (NOWHERE, 1)
    assert found.hits[0].facts == ((("file", name), ("line", "9")) if name else ())
    assert list(found.unplaced) == ([name] if name else [])


def test_a_path_of_another_machine_is_found() -> None:
    assert [
        hit.path for hit in read(result(filename="/home/me/shop/app.py"), result(filename="C:\\w\\sub\\wide.py")).hits
    ] == [
        "app.py",
        "sub/wide.py",
    ]


def test_what_has_the_wrong_type_costs_only_itself() -> None:
    broken: Json = {name: {"x": []} for name in result()}
    found = read(result(), broken, 5, None)  # type: ignore[arg-type]
    assert [hit.rule for hit in found.hits] == ["B307", "no rule named"]
    assert "results[1].test_id: expected a text, found a record" in found.problems
    assert "results[2]: expected a record, found a number" in found.problems


def test_a_report_without_a_list_of_results_is_not_clean_without_a_word() -> None:
    assert read_bandit(record_of({"metrics": {}}), "b.json", tree_of({})).notes == (
        "Bandit wrote no list of results, not even an empty one",
    )
