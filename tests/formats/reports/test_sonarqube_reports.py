"""SonarQube's answers as they come: real ones, broken ones, ones with wrong types, and how they are recognised."""

import json
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from reviewtui.errors import ReportError
from reviewtui.formats.reading import read_report
from reviewtui.model.hit import NOWHERE
from reviewtui.model.place import LineSpan
from reviewtui.model.risk import Severity
from tests.formats.reports.mutants import checked, mutants, tree
from tests.formats.reports.sonar import (
    NO_HOTSPOTS,
    NO_ISSUES,
    NO_VULNERABILITY,
    PROJECT,
    facts_of,
    hotspot_of,
    hotspots_page,
    issue_of,
    issues_page,
    one_hit,
    read,
)
from tests.formats.reports.world import FILES, tree_of

_SAMPLES: Final = Path(__file__).parents[3].parent / "shared/samples/sonarqube"


def sample(name: str) -> bytes:
    path = _SAMPLES / name
    if not path.is_file():
        pytest.skip("../shared/samples is not there")
    return path.read_bytes()


WRONG: Final[tuple[object, ...]] = (None, True, -1, 1.5, 10**30, "x", [], [1], [[]], {}, {"a": 1}, "\ud800", ["\udc80"])


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
@pytest.mark.parametrize("everything", [False, True])
def test_a_value_of_a_wrong_type_costs_itself_and_nothing_else(wrong: object, everything: bool) -> None:
    location = {"component": f"{PROJECT}:app.py", "textRange": {"startLine": 1, "endLine": 1}, "msg": "here"}
    whole = issue_of(
        hash="0" * 32,
        flows=[{"locations": [location, location]}],
        comments=[{"markdown": "x"}],
        tags=["cwe"],
        effort="1h",
        cleanCodeAttribute="CLEAR",
        scope="TEST",
        branch="b",
    )
    good = issue_of(key="good", line=6)
    for name in whole:
        found = read(issues_page({**whole, name: wrong}, good), everything=everything)
        assert any(hit.line == 6 and hit.severity is Severity.HIGH for hit in found.hits), name
    for name in hotspot_of():
        page = {**hotspots_page(hotspot_of()), "hotspots": [{**hotspot_of(), name: wrong}, hotspot_of(key="good")]}
        assert any(hit.line == 6 for hit in read(page).hits), name
    page = issues_page(good, rules=[{"key": "a", "name": "b"}])
    for name in page:
        if name != "issues":
            assert len(read({**page, name: wrong}).hits) == 1, name
    assert any("expected" in text for text in read(issues_page(issue_of(textRange=7))).problems)


def test_a_page_in_which_a_list_has_other_things_is_read_as_far_as_it_goes() -> None:
    page = {**issues_page(issue_of()), "issues": [7, issue_of(), "x", None, [issue_of()]]}
    found = read(page)
    assert len(found.hits) == 1
    assert found.problems == (
        "issues[0]: expected a record, found a number",
        "issues[2]: expected a record, found a text",
        "issues[4]: expected a record, found a list",
    )


def test_words_that_are_megabytes_long_or_hide_something_are_cut_and_kept_as_they_are() -> None:
    hit = one_hit(issues_page(issue_of(message="\u202egnp " * 1_000_000, effort="x" * 1_000_000)))
    assert len(hit.message) == 4_000
    assert hit.message.startswith("\u202egnp \u202egnp")
    assert len(facts_of(hit)["effort"]) == 80
    assert len(one_hit(issues_page(issue_of(rule="r" * 1_000_000))).rule) == 200


def test_the_real_answer_of_a_project_in_python() -> None:
    files = {
        "Dockerfile.app": "FROM python\n\n\nADD ./run.py /app\nADD  ./sqli /app/sqli\nADD ./config /app/config\n",
        "sqli/middlewares.py": "\n" * 60
        + "async def handle_40x(request, exc):\n    pass\n\n\nasync def handle_50x(request, exc):\n",
    }
    data = sample("issues-search-2025-python-dvpwa.json")
    found = read_report(data, "dvpwa.json", tree_of(files))
    assert found.notes == (
        "SonarQube has 74 issues: 12 BUG, 62 CODE_SMELL",
        NO_VULNERABILITY,
        "71 issues without an effect on security left out; `--everything` takes them too",
        NO_HOTSPOTS,
    )
    facts = {
        "type": "CODE_SMELL",
        "impacts": "MAINTAINABILITY MEDIUM, RELIABILITY MEDIUM, SECURITY LOW",
        "severity": "MAJOR",
        "clean code": "CONVENTIONAL",
        "effort": "5min",
        "status": "OPEN",
    }
    # The lines went up by fourteen since; what SonarQube knows them by does not count spaces.
    assert [(h.path, h.line, h.span, h.column, h.end_column, dict(h.facts)) for h in found.hits] == [
        ("Dockerfile.app", 4, LineSpan(4, 4), 0, 17, {**facts, "moved": "line 18 in the report"}),
        ("Dockerfile.app", 5, LineSpan(5, 5), 0, 20, {**facts, "moved": "line 19 in the report"}),
        ("Dockerfile.app", 6, LineSpan(6, 6), 0, 24, {**facts, "moved": "line 20 in the report"}),
    ]
    assert {(h.rule, h.message, h.severity, h.tool, h.suppressed, h.is_question) for h in found.hits} == {
        ("docker:S7029", "Replace this ADD instruction with a COPY instruction.", Severity.LOW, "sonarqube", "", False)
    }
    assert (found.problems, found.unplaced, found.tools) == ((), {}, ("SonarQube",))
    everything = read_report(data, "dvpwa.json", tree_of(files), everything=True)
    assert len(everything.hits) == 74
    python = [
        (h.line, h.message.split(".")[0], facts_of(h).get("moved")) for h in everything.hits if h.path.endswith("py")
    ]
    words = "Use asynchronous features in this function or remove the `async` keyword"
    assert python == [(61, words, None), (65, words, "line 68 in the report")]
    assert everything.unplaced == {"sqli/static/css/materialize.css": "no file of this repository is called so"}
    assert sum(hit.path == NOWHERE for hit in everything.hits) == 67


def test_the_real_list_of_hotspots() -> None:
    files = {"src/app/component.asdf": "x\n" * 46 + "  this.sanitizer.bypassSecurityTrustHtml(value);\n"}
    found = read_report(sample("hotspots-search-typescript.json"), "hs.json", tree_of(files))
    assert found.notes == ("4 hotspots: 4 TO_REVIEW", NO_ISSUES)
    assert [(h.path, h.line, h.rule, h.severity.value, h.cwe, h.is_question) for h in found.hits] == [
        ("src/app/component.asdf", 47, "typescript:7777", "high", (79,), True),
        ("", 1, "Web:1222", "low", (), True),
        ("", 1, "Web:12345", "low", (), True),
        ("", 1, "Web:9876", "low", (), True),
    ]
    assert found.unplaced == {
        "src/app/2389479284379021-footer.component.html": "no file of this repository is called so",
        "src/path/to//1231235/ccommp.html": "no file of this repository is called so",
    }
    assert (found.hits[0].column, found.hits[0].end_column) == (26, 48)
    double = read_report(
        sample("hotspots-search-typescript.json"), "hs.json", tree_of({"src/path/to/1231235/ccommp.html": "a\nb\nc\n"})
    )
    assert double.hits[0].path == "src/path/to/1231235/ccommp.html"


def test_what_was_taken_out_of_answers_is_read_too() -> None:
    for items, line in (([7, issue_of()], 5), ([hotspot_of()], 6)):
        assert [hit.line for hit in read_report(json.dumps(items).encode(), "any", tree_of(FILES)).hits] == [line]
    both = json.dumps({"issues": [], "hotspots": [hotspot_of()]}).encode()
    assert [hit.line for hit in read_report(both, "any", tree_of(FILES)).hits] == [6]
    with pytest.raises(ReportError, match="of no format that is known"):
        read_report(b'[{"component": "x", "message": "y"}]', "any", tree_of(FILES))


@pytest.mark.parametrize(
    "wrap", [lambda page: [page], lambda page: [{"x": 1}, page, 7], lambda page: {"pages": [page]}]
)
def test_the_content_tells_that_it_is_sonarqube(wrap: object) -> None:
    assert callable(wrap)
    data = json.dumps(wrap(issues_page(issue_of()))).encode()
    assert read_report(data, "any", tree_of(FILES)).format == "sonarqube"
    empty = json.dumps({"paging": {"total": 0}, "issues": [], "components": []}).encode()
    assert read_report(empty, "any", tree_of(FILES)).format == "sonarqube"
    other = json.dumps({"issues": [{"engineId": "x", "primaryLocation": {}}]}).encode()
    with pytest.raises(ReportError, match="of no format that is known"):
        read_report(other, "any", tree_of(FILES))


def test_a_report_that_breaks_off_gives_what_is_whole_of_it() -> None:
    text = json.dumps(issues_page(issue_of(key="a"), issue_of(key="b", line=6)))
    found = read_report(text[: text.index('"b"') + 20].encode(), "any", tree_of(FILES))
    assert [hit.line for hit in found.hits] == [5]
    assert "only what stands before it was read" in found.problems[0]


def test_answers_with_something_wrong_are_read_or_refused_with_a_word() -> None:
    sample("issues-search-2025-python-dvpwa.json")
    over, ends = tree(), Counter[str]()
    for name, data in mutants(300, 2, of="sonarqube"):
        try:
            ends[checked(data, over)] += 1
        except BaseException as error:
            error.add_note(f"reading the mutant {name}")
            raise
    assert ends["read"] > 150
    assert ends["refused"] > 0
