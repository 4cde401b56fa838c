"""Where SonarQube's issues are: files from components, lines that went elsewhere, columns, and ways of the data."""

import pytest

from reviewtui.model.hit import NOWHERE, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from tests.formats.reports.sonar import (
    PROJECT,
    PROJECT_COMPONENT,
    component_of,
    facts_of,
    hotspot_of,
    hotspots_page,
    issue_of,
    issues_page,
    md5,
    one_hit,
    read,
    step,
)
from tests.formats.reports.world import FILES

_NOT_HERE = "no file of this repository is called so"


@pytest.mark.parametrize(
    ("component", "project", "described"),
    [
        ("com.acme:shop:app.py", "com.acme:shop", None),
        ("com.acme:shop:app.py", None, None),
        ("com.acme:shop:app.py:BRANCH:next", "com.acme:shop", None),
        ("com.acme:shop:app.py:PULL_REQUEST:12", "com.acme:shop", None),
        ("shop:app.py", "other", None),
        ("anything", "com.acme:shop", "app.py"),
        ("anything", "com.acme:shop", "./app.py"),
        ("com.acme:shop:com.acme.App", "com.acme:shop", "app.py"),
    ],
)
def test_the_file_comes_from_the_component(component: str, project: str | None, described: str | None) -> None:
    page = issues_page(issue_of(component=component, project=project))
    page["components"] = [component_of(described, component)] if described else []
    assert one_hit(page).path == "app.py"


def test_a_key_is_never_taken_for_a_path() -> None:
    files = {"com.acme:shop:app.py": "x\n", "app.py": "y\n", "com.acme/shop/app.py": "z\n"}
    page = issues_page(issue_of(line=1))
    page["components"] = []
    assert one_hit(page, files=files).path == "app.py"


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "a/../../x.py", "", "\0", "C:\\Windows\\win.ini", "http://x/app.py"]
)
def test_what_lies_outside_is_no_file_of_the_repository(path: str) -> None:
    page = issues_page(issue_of(component="k"))
    page["components"] = [component_of(path, "k")]
    hit = one_hit(page)
    assert (hit.path, hit.line, hit.span) == (NOWHERE, 1, LineSpan(1, 1))
    assert facts_of(hit)["file"] == (path or "k")
    assert facts_of(hit)["line"] == "5"


def test_what_is_no_file_has_no_place() -> None:
    whole = issue_of("", None)
    folder = issue_of(component=f"{PROJECT}:lib", line=None)
    page = issues_page(whole)
    assert facts_of(one_hit(page)) == {"place": "it concerns the project as a whole"}
    page = {**issues_page(folder), "components": [{**component_of("lib"), "qualifier": "DIR"}]}
    found = read(page)
    assert (found.hits[0].path, found.unplaced) == (NOWHERE, {"lib": "it is a folder"})
    assert facts_of(one_hit({**page, "issues": [issue_of(component="x")], "components": []})) == {
        "file": "x",
        "line": "5",
    }
    app = {**PROJECT_COMPONENT, "key": "app", "qualifier": "APP"}
    assert "place" in facts_of(one_hit({**page, "issues": [issue_of(component="app")], "components": [app]}))


def test_files_of_one_name_are_not_guessed_between() -> None:
    files = {"a/views.py": "x\n", "b/views.py": "x\n"}
    found = read(issues_page(issue_of("views.py")), files=files)
    assert found.hits[0].path == NOWHERE
    assert found.unplaced == {"views.py": "2 files end so: a/views.py, b/views.py"}


def test_issues_of_several_projects_are_told() -> None:
    other = issue_of(key="o", component="other:app.py", project="other")
    notes = read(issues_page(issue_of(), other)).notes
    assert "from 2 projects (com.acme:shop, other): their files are all looked for in this repository" in notes


def test_a_report_of_another_project_is_told() -> None:
    page = issues_page(issue_of("x.py"), issue_of("y.py", key="b"))
    assert read(page).notes[-1] == "not one of its files is in this repository: is it the report of this project?"


def test_an_issue_without_a_line_is_on_the_first_one() -> None:
    hit = one_hit(issues_page(issue_of(line=None)))
    assert (hit.path, hit.span, hit.column, hit.end_column) == ("app.py", LineSpan(1, 1), 0, 0)
    only_line = issue_of()
    del only_line["textRange"]
    assert (one_hit(issues_page(only_line)).line, one_hit(issues_page(only_line)).column) == (5, 0)


def test_a_line_is_found_again_by_its_hash() -> None:
    line = "    os.system(name)"
    moved = one_hit(issues_page(issue_of(line=2, hash=md5(line))))
    assert (moved.line, moved.span, moved.column, moved.end_column) == (5, LineSpan(5, 5), 4, 19)
    assert facts_of(moved) == {"moved": "line 2 in the report"}
    there = one_hit(issues_page(issue_of(hash=md5(line))))
    assert (there.line, facts_of(there)) == (5, {})
    assert moved.fingerprint == there.fingerprint
    indented = one_hit(issues_page(issue_of(hash=md5("\tos.system( name )"))))
    assert facts_of(indented) == {}


def test_lines_that_are_several_move_together() -> None:
    region = {"startLine": 1, "endLine": 3, "startOffset": 0, "endOffset": 5}
    files = {"app.py": "\n\ncommand = (\n    'ls ' +\n    name)\n"}
    hit = one_hit(issues_page(issue_of(line=1, textRange=region, hash=md5("command = ("))), files=files)
    assert (hit.span, hit.line, hit.column, hit.end_column) == (LineSpan(3, 5), 3, 0, 5)


def test_code_that_is_another_one_by_now_is_told() -> None:
    hit = one_hit(issues_page(issue_of(hash=md5("subprocess.call(name)"))))
    assert (hit.line, hit.column, hit.end_column) == (5, 0, 0)
    assert facts_of(hit) == {"code": "the lines here are not what the tool saw"}


def test_of_equal_lines_the_nearest_is_taken_and_it_is_said() -> None:
    files = {"app.py": "run(command)\n" + "x = 1\n" * 20 + "run(command)\nx = 2\n"}
    near = one_hit(issues_page(issue_of(line=20, hash=md5("run(command)"))), files=files)
    said = "line 20 in the report; the same line stands in 2 places, here the nearest"
    assert (near.line, facts_of(near)) == (22, {"moved": said})
    between = {"app.py": "run(command)\nx\nrun(command)\n"}
    tie = one_hit(issues_page(issue_of(line=2, hash=md5("run(command)"))), files=between)
    assert (tie.line, facts_of(tie)) == (
        2,
        {"code": "the lines here are not what the tool saw, which stands in 2 other places"},
    )


def test_a_line_that_says_too_little_is_not_looked_for() -> None:
    hit = one_hit(issues_page(issue_of(line=1, hash=md5("pass"))), files={"app.py": "x = 1\ny = 2\npass\n"})
    said = "the line here is not what the tool saw, which is too short to be told from others"
    assert (hit.line, facts_of(hit)) == (1, {"code": said})


@pytest.mark.parametrize("odd", ["", "zz", "0" * 31, 7, "\u0660" * 32])
def test_a_hash_that_is_none_says_nothing(odd: object) -> None:
    assert facts_of(one_hit(issues_page(issue_of(hash=odd)))) == {}


def test_lines_behind_the_end_of_the_file_are_brought_back() -> None:
    region = {"startLine": 6, "endLine": 9_999_999, "startOffset": 0, "endOffset": 3}
    hit = one_hit(issues_page(issue_of(textRange=region)))
    assert hit.span == LineSpan(6, 6)
    assert facts_of(hit) == {"cut": "lines 6 to 10006 in the report; the file has 6"}
    beyond = one_hit(issues_page(issue_of(line=70)))
    assert (beyond.span, beyond.column) == (LineSpan(6, 6), 0)
    assert facts_of(beyond) == {"cut": "line 70 in the report; the file has 6"}
    backwards = read(issues_page(issue_of(textRange={"startLine": 5, "endLine": 2})))
    assert backwards.hits[0].span == LineSpan(5, 5)
    assert backwards.problems == ("issues[0].textRange.endLine: the last line, 2, is before the first, 5",)
    negative = read(issues_page(issue_of(textRange={"startLine": -5, "endLine": -2})))
    assert (negative.hits[0].line, negative.problems) == (1, ("issues[0].textRange: no line has such a number",))


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        (1, 12, 19, (10, 17)),
        (1, 5, 7, (5, 6)),
        (1, 6, 8, (5, 6)),
        (2, 7, 14, (7, 14)),
        (2, 7, 999_999, (7, 14)),
        (2, 999, 1_000, (0, 14)),
        (2, 9, 9, (9, 0)),
        (2, -3, -1, (0, 0)),
    ],
)
def test_columns_are_counted_in_utf16(line: int, start: int, end: int, expected: tuple[int, int]) -> None:
    region = {"startLine": line, "endLine": line, "startOffset": start, "endOffset": end}
    hit = one_hit(issues_page(issue_of("lib/wide.py", line, textRange=region)))
    assert (hit.column, hit.end_column) == expected


def place(path: str, line: int, role: str, note: str = "") -> HitPlace:
    return HitPlace(RepoPath(path), LineSpan(line, line), role, note)


_SOURCE = "Source: a user can craft an HTTP request with malicious content"
_SINK = "Sink: this invocation is not safe; a malicious value can be used as argument"


def test_a_way_is_told_from_source_to_sink() -> None:
    way = [step("app.py", 5, _SINK), step("app.py", 4, "A malicious value is passed"), step("lib/wide.py", 2, _SOURCE)]
    hit = one_hit(issues_page(issue_of(flows=[{"locations": way}], rule="python:S1")))
    wanted = (
        place("lib/wide.py", 2, "source", _SOURCE),
        place("app.py", 4, "step", "A malicious value is passed"),
        place("app.py", 5, "sink", _SINK),
    )
    assert hit.places == wanted
    # A report that somebody has turned round already.
    assert one_hit(issues_page(issue_of(flows=[{"locations": way[::-1]}], rule="python:S1"))).places == wanted


@pytest.mark.parametrize(
    ("rule", "roles"),
    [
        ("pythonsecurity:S3649", ["source", "step", "sink"]),
        ("roslyn.sonaranalyzer.security.cs:S3649", ["source", "step", "sink"]),
        ("python:S2259", ["step", "step", "step"]),
    ],
)
def test_a_way_without_words_has_roles_where_the_rule_follows_data(rule: str, roles: list[str]) -> None:
    way = [step("app.py", line) for line in (5, 4, 1)]
    hit = one_hit(issues_page(issue_of(flows=[{"locations": way}], rule=rule)))
    assert [(p.span.start, p.role) for p in hit.places] == list(zip((1, 4, 5), roles, strict=True))


def test_a_flow_of_data_keeps_its_order_and_one_of_execution_is_turned_round() -> None:
    ways = [
        {"type": "EXECUTION", "description": "Way", "locations": [step("app.py", 5), step("app.py", 1)]},
        {"type": "DATA", "locations": [step("app.py", 2), step("app.py", 3)]},
    ]
    hit = one_hit(issues_page(issue_of(flows=ways)))
    assert [(p.span.start, p.role) for p in hit.places] == [(1, "source"), (5, "sink"), (2, "step"), (3, "step")]


def test_flows_of_one_place_each_are_what_is_related_in_reading_order() -> None:
    flows = [{"locations": [step("app.py", line, "seen")]} for line in (6, 1)]
    hit = one_hit(issues_page(issue_of(flows=[*flows, {"locations": []}])))
    assert hit.places == (place("app.py", 1, "related", "seen"), place("app.py", 6, "related", "seen"))


def test_the_same_way_twice_is_told_once() -> None:
    way = {"locations": [step("app.py", 5, _SINK), step("app.py", 1, _SOURCE)]}
    other = {"locations": [step("app.py", 5, _SINK), step("app.py", 4, _SOURCE)]}
    hit = one_hit(issues_page(issue_of(flows=[way, way, other])))
    assert [p.span.start for p in hit.places] == [1, 5, 4, 5]


def test_a_place_without_a_component_is_in_the_file_of_the_issue() -> None:
    here = step("app.py", 4)
    del here["component"]
    assert one_hit(issues_page(issue_of(flows=[{"locations": [here]}]))).places == (place("app.py", 4, "related"),)


def test_a_place_that_is_elsewhere_is_told_in_words() -> None:
    flows = [{"locations": [step("../../etc/passwd", 4, "read"), step("app.py", 1)]}]
    hit = one_hit(issues_page(issue_of(flows=flows)))
    assert hit.places == (place("app.py", 1, "source"),)
    assert facts_of(hit) == {"elsewhere": "../../etc/passwd:4 (read)"}


def test_a_way_of_thousands_of_places_is_cut_and_it_is_said() -> None:
    flows = [{"locations": [step("app.py", 5 - n % 5, f"m{n}" * 1_000) for n in range(5_000)]} for _ in range(3)]
    hit = one_hit(issues_page(issue_of(flows=flows)))
    assert len(hit.places) == 1_000
    assert max(len(p.note) for p in hit.places) == 500
    assert facts_of(hit) == {"places": "the first 1000 of 1001"}


def test_the_place_of_the_issue_itself_goes_with_it_when_lines_moved() -> None:
    way = {"locations": [step("app.py", 2, _SINK), step("app.py", 1, _SOURCE)]}
    hit = one_hit(issues_page(issue_of(line=2, hash=md5("os.system(name)"), flows=[way])))
    assert [p.span.start for p in hit.places] == [1, 5]
    assert facts_of(hit) == {"moved": "line 2 in the report", "further places": "on the lines of the report"}


def test_a_hotspot_has_flows_and_the_hash_of_its_line_too() -> None:
    listed = hotspot_of(line=2, flows=[{"locations": [step("app.py", 1, "from here")]}])
    shown = {
        "key": "HS-1",
        "component": component_of("app.py"),
        "project": PROJECT_COMPONENT,
        "rule": {"key": "python:S1523"},
        "hash": md5("return eval(name)"),
    }
    hit = one_hit(hotspots_page(listed), shown)
    assert (hit.line, hit.column, hit.places) == (6, 11, (place("app.py", 1, "related", "from here"),))


def test_files_that_cannot_be_read_keep_the_lines_of_the_report() -> None:
    hit = one_hit(issues_page(issue_of("empty.py", 12, hash="0" * 32)), files=FILES)
    assert (hit.path, hit.line, hit.column, hit.end_column, facts_of(hit)) == ("empty.py", 12, 4, 19, {})
