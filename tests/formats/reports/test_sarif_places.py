"""Where a result is: its file by every kind of URI, its lines and columns, and its further places."""

from typing import Any

import pytest

from reviewtui.formats.sarif.line_hash import LineHashes
from reviewtui.model.hit import NOWHERE, Hit, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from tests.formats.reports.world import FILES, Json, one_hit, read_runs, result_of, run_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("app.py", "app.py"),
        ("./app.py", "app.py"),
        ("lib/a%20b.py", "lib/a b.py"),
        ("lib/a b.py", "lib/a b.py"),
        ("lib\\a b.py", "lib/a b.py"),
        ("file:///home/me/shop/lib/a%20b.py", "lib/a b.py"),
        ("file:///builds/1/lib/a%20b.py", "lib/a b.py"),
        ("file:///C:/code/shop/lib/a%20b.py", "lib/a b.py"),
        ("a%20b.py", "lib/a b.py"),
    ],
)
def test_a_file_is_found_by_every_kind_of_uri(uri: str, path: str) -> None:
    assert one_hit(run_of(result_of(uri)), root="/home/me/shop").path == path


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("../app.py", "it leads out of the repository"),
        ("file:///../etc/passwd", "it leads out of the repository"),
        ("%2e%2e/%2e%2e/etc/passwd", "it leads out of the repository"),
        ("https://example.org/app.py", "it is no path of a file"),
        ("alpine:3.12", "it is no path of a file"),
        ("library/python", "no file of this repository is called so"),
    ],
)
def test_a_result_of_something_else_is_kept_without_a_place(uri: str, reason: str) -> None:
    found = read_runs(run_of(result_of(uri, {"startLine": 3})))
    (hit,) = found.hits
    (shown,) = found.unplaced
    assert (hit.path, hit.span, hit.line) == (NOWHERE, LineSpan(1, 1), 1)
    assert hit.facts == (("file", shown), ("line", "3"))
    assert found.unplaced == {shown: reason}
    assert len(hit.fingerprint) == 32


def test_a_result_without_any_location_is_kept() -> None:
    found = read_runs(run_of({"ruleId": "R1", "message": {"text": "Bad."}}, {"message": {"text": "Worse."}}))
    assert [(hit.path, hit.message, hit.facts) for hit in found.hits] == [
        (NOWHERE, "Bad.", ()),
        (NOWHERE, "Worse.", ()),
    ]
    assert len({hit.fingerprint for hit in found.hits}) == 2
    assert found.unplaced == {}


def _based(uri: str, base: str, bases: Json, **more: Any) -> Json:
    result = result_of(uri)
    result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = base
    return run_of(result, originalUriBaseIds=bases, **more)


TWO = {"setup.py": "x\n", "sub/setup.py": "y\n", "sub/deep/other.py": "z\n"}


@pytest.mark.parametrize(
    ("bases", "path"),
    [
        ({}, "setup.py"),
        ({"ROOT": {}}, "setup.py"),
        ({"ROOT": {"uri": "file:///repo/sub/"}}, "sub/setup.py"),
        ({"ROOT": {"uri": "sub/", "uriBaseId": "TOP"}, "TOP": {"uri": "file:///repo/"}}, "sub/setup.py"),
        ({"ROOT": {"uri": "sub/", "uriBaseId": "ROOT"}}, "setup.py"),
        ({"ROOT": {"uri": "file:///elsewhere/"}}, "setup.py"),
        ({"ROOT": 5}, "setup.py"),
    ],
)
def test_the_base_of_a_uri_counts_where_it_says_more(bases: Json, path: str) -> None:
    found = read_runs(_based("setup.py", "ROOT", bases), files=TWO, root="/repo")
    assert [hit.path for hit in found.hits] == [path]


def test_a_file_may_be_named_by_its_number_in_the_list_of_artifacts() -> None:
    artifacts = [{"location": {"uri": "x"}}, {"location": {"uri": "app.py", "uriBaseId": "%SRCROOT%"}}]
    result = result_of()
    result["locations"][0]["physicalLocation"] = {"artifactLocation": {"index": 1}, "region": {"startLine": 4}}
    hit = one_hit(run_of(result, artifacts=artifacts))
    assert (hit.path, hit.line) == ("app.py", 4)


@pytest.mark.parametrize("index", [-1, 7, "x", None, 10**30])
def test_a_number_of_no_artifact_names_no_file(index: object) -> None:
    result = result_of()
    result["locations"][0]["physicalLocation"] = {"artifactLocation": {"index": index}}
    assert read_runs(run_of(result)).hits[0].path == NOWHERE


@pytest.mark.parametrize(
    ("region", "span", "columns", "facts"),
    [
        (None, (1, 1), (0, 0), ()),
        ({}, (1, 1), (0, 0), ()),
        ({"startLine": 0}, (1, 1), (0, 0), ()),
        ({"startLine": 5}, (5, 5), (0, 0), ()),
        ({"startLine": 5, "startColumn": 5, "endColumn": 20}, (5, 5), (4, 19), ()),
        ({"startLine": 5, "startColumn": 5, "endColumn": 5}, (5, 5), (4, 0), ()),
        ({"startLine": 4, "endLine": 6, "startColumn": 1, "endColumn": 11}, (4, 6), (0, 10), ()),
        ({"startLine": 5, "startColumn": 500, "endColumn": 600}, (5, 5), (0, 0), ()),
        ({"startLine": 5, "endLine": 99}, (5, 6), (0, 0), (("cut", "lines 5 to 99 in the report; the file has 6"),)),
        ({"startLine": 400}, (6, 6), (0, 0), (("cut", "line 400 in the report; the file has 6"),)),
        ({"startLine": "5"}, (5, 5), (0, 0), ()),
        ({"charOffset": 12}, (4, 4), (0, 0), (("place", "counted from character 12 of the file"),)),
        (
            {"charOffset": 31, "charLength": 20},
            (5, 6),
            (0, 0),
            (("place", "counted from character 31 of the file"),),
        ),
        ({"byteOffset": 0, "byteLength": 3}, (1, 1), (0, 0), (("place", "counted from byte 0 of the file"),)),
        ({"charOffset": 9_999}, (6, 6), (0, 0), (("place", "counted from character 9999 of the file"),)),
    ],
)
def test_a_region_gives_lines_and_columns(
    region: Json | None, span: tuple[int, int], columns: tuple[int, int], facts: tuple[tuple[str, str], ...]
) -> None:
    hit = one_hit(run_of(result_of(region=region)))
    assert (hit.span, hit.line) == (LineSpan(*span), span[0])
    assert ((hit.column, hit.end_column), hit.facts) == (columns, facts)


@pytest.mark.parametrize(
    ("region", "problem"),
    [
        ({"startLine": 5, "endLine": 2}, "endLine: the last line, 2, is before the first, 5"),
        ({"startLine": -4}, "startLine: no line has such a number"),
        ({"startLine": 1.5}, "startLine: expected a whole number of a sensible size"),
        ({"startLine": [5]}, "startLine: expected a number, found a list"),
    ],
)
def test_a_region_that_is_wrong_is_told(region: Json, problem: str) -> None:
    found = read_runs(run_of(result_of(region=region)))
    assert found.problems == (f"runs[0].results[0].locations[0].physicalLocation.region.{problem}",)
    assert found.hits[0].path == "app.py"


def test_columns_are_converted_from_what_the_tool_counts_in() -> None:
    region = {"startLine": 1, "startColumn": 13, "endColumn": 20}
    wide = result_of("lib/wide.py", region)
    utf16 = one_hit(run_of(wide, columnKind="utf16CodeUnits"))
    points = one_hit(run_of(result_of("lib/wide.py", {**region, "startColumn": 11, "endColumn": 18})))
    line = FILES["lib/wide.py"].split("\n")[0]
    assert (line[utf16.column : utf16.end_column], line[points.column : points.end_column]) == ("eval(s)", "eval(s)")
    run = run_of(result_of("lib/wide.py", {"startLine": 2, "startColumn": 10, "endColumn": 17}))
    run["tool"]["driver"]["name"] = "Bandit"
    assert FILES["lib/wide.py"].split("\n")[1][one_hit(run).column :] == "eval(s)"


def test_a_file_without_lines_keeps_what_the_report_says() -> None:
    hit = one_hit(run_of(result_of("empty.py", {"startLine": 7, "startColumn": 3})))
    assert (hit.path, hit.line, hit.facts) == ("empty.py", 7, ())


def shown(text: str, line: int, around: str = "", first: int = 0) -> Json:
    result = result_of(region={"startLine": line, "snippet": {"text": text}})
    if around:
        context = {"startLine": first, "snippet": {"text": around}}
        result["locations"][0]["physicalLocation"]["contextRegion"] = context
    return run_of(result)


CHANGED = {"app.py": "# new\n# new\nimport os\nx = compute(1)\ny = 2\nx = compute(1)\ny = 3\nprint(x)\nx += 1\n"}


@pytest.mark.parametrize(
    ("run", "line", "facts"),
    [
        (shown("import os\n", 3), 3, ()),
        (shown("import os\n", 1), 3, (("moved", "line 1 in the report"),)),
        (shown("  import   os", 1), 3, (("moved", "line 1 in the report"),)),
        (shown("print(x)\r\nx += 1\r\n", 2), 8, (("moved", "line 2 in the report"),)),
        (shown("compute(1)", 4), 4, ()),
        (shown("x = compute(1)", 2, "x = compute(1)\ny = 3\n", 2), 6, (("moved", "line 2 in the report"),)),
        (shown("", 2, "y = 3\nprint(x)\n", 1), 8, (("moved", "line 2 in the report"),)),
        (
            shown("x = compute(1)", 2),
            2,
            (("code", "the lines here are not what the tool saw, which stands in 2 other places"),),
        ),
        (shown("gone(away_for_good)", 2), 2, (("code", "the lines here are not what the tool saw"),)),
        (shown("x", 1), 1, (("code", "the lines here are not what the tool saw"),)),
        (shown("requires login", 2), 2, ()),
        (shown("key = REDACTED", 2), 2, ()),
        (shown(" \n", 2), 2, ()),
        (shown("import os", 900), 3, (("moved", "line 900 in the report"),)),
    ],
)
def test_lines_that_went_elsewhere_are_found_by_what_the_report_shows_of_them(
    run: Json, line: int, facts: tuple[tuple[str, str], ...]
) -> None:
    hit = one_hit(run, files=CHANGED)
    assert (hit.line, hit.span.start, hit.facts) == (line, line, facts)


def _hashed(line: int, value: str) -> Hit:
    result = result_of(region={"startLine": line}, partialFingerprints={"primaryLocationLineHash": value})
    return one_hit(run_of(result), files=CHANGED)


def test_lines_that_went_elsewhere_are_found_by_their_hash() -> None:
    value = LineHashes(CHANGED["app.py"].removesuffix("\n").split("\n")).of(8)
    assert (_hashed(8, value).line, _hashed(8, value).facts) == (8, ())
    assert (_hashed(2, value).line, _hashed(2, value).facts) == (8, (("moved", "line 2 in the report"),))
    assert _hashed(2, "0123456789abcdef:1").facts == (("code", "the lines here are not what the tool saw"),)


def _step(line: int, text: str = "", uri: str = "app.py", **more: Any) -> Json:
    location: Json = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
    if text:
        location["message"] = {"text": text}
    return {"location": location, **more}


def _place(line: int, role: str, note: str = "") -> HitPlace:
    return HitPlace(RepoPath("app.py"), LineSpan(line, line), role, note)


def flows(*ways: list[Json]) -> list[Json]:
    return [{"threadFlows": [{"locations": way}]} for way in ways]


def test_code_flows_and_related_places_come_in_order_with_their_roles() -> None:
    related = [{"id": 1, "message": {"text": "the value"}, **_step(1)["location"]}]
    way = [_step(4, "in"), _step(5, "on"), _step(6, "out")]
    hit = one_hit(run_of(result_of(codeFlows=flows(way, [_step(1), _step(6)], way), relatedLocations=related)))
    assert hit.places == (
        _place(4, "source", "in"),
        _place(5, "step", "on"),
        _place(6, "sink", "out"),
        _place(1, "source"),
        _place(6, "sink"),
        _place(1, "related", "the value"),
    )


def test_the_order_in_which_steps_are_run_counts_and_what_the_tool_calls_them() -> None:
    way = [
        _step(6, executionOrder=3),
        _step(4, executionOrder=1),
        _step(5, executionOrder=2, kinds=["taint", "source"]),
        _step(1, executionOrder=2, taxa=[{"properties": {"CodeQL/DataflowRole": "sink"}}]),
    ]
    hit = one_hit(run_of(result_of(codeFlows=flows(way))))
    assert hit.places == (_place(4, "source"), _place(5, "source"), _place(1, "sink"), _place(6, "sink"))
    assert one_hit(run_of(result_of(codeFlows=flows([_step(5)])))).places == (_place(5, "step"),)


def test_steps_may_stand_in_the_list_of_the_run() -> None:
    run = run_of(
        result_of(codeFlows=flows([{"index": 1}, {"index": 0}, {"index": 9}])), threadFlowLocations=[_step(5), _step(4)]
    )
    assert one_hit(run).places == (_place(4, "source"), _place(5, "step"))


def test_what_is_outside_of_the_repository_is_told_in_words() -> None:
    way = [_step(4), _step(7, "copied", uri="/usr/lib/python3/copy.py"), {"location": {"message": {"text": "then"}}}]
    hit = one_hit(run_of(result_of(codeFlows=flows(way))))
    assert hit.places == (_place(4, "source"),)
    assert hit.facts == (("elsewhere", "/usr/lib/python3/copy.py:7 (copied); then"),)


def test_the_first_location_in_the_repository_is_the_place_and_the_others_are_further_ones() -> None:
    result = result_of("/usr/lib/x.py", {"startLine": 9})
    result["locations"] += (
        result_of(region={"startLine": 5})["locations"] + result_of(region={"startLine": 6})["locations"]
    )
    hit = one_hit(run_of(result))
    assert (hit.path, hit.line, hit.places) == ("app.py", 5, (_place(6, ""),))
    assert hit.facts == (("elsewhere", "/usr/lib/x.py:9"),)


def test_ten_thousand_steps_are_cut_and_it_is_told() -> None:
    way = [_step(1 + number % 6) for number in range(10_000)]
    hit = one_hit(run_of(result_of(codeFlows=flows(way, way[::-1]))))
    assert len(hit.places) == 1_000
    assert hit.facts == (("places", "the first 1000 of 2002"),)
