"""A project fetched from a server of either generation: all of it, nothing of others, and what could not be had."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from reviewtui.errors import FetchError
from reviewtui.fetch.http import Patience
from reviewtui.fetch.sonarqube import Wanted, fetch_sonarqube
from reviewtui.formats.imported import Imported
from reviewtui.formats.reading import read_report
from reviewtui.model.risk import Severity
from tests.fetch.sonar_server import NEW, OLD, TOKEN, Json, Odd, SonarServer, running
from tests.formats.reports.sonar import PROJECT, hotspot_of, issue_of, md5, shown_of, step
from tests.formats.reports.world import FILES, tree_of

QUICK = Patience(silence=1.0, answer=2.0, tries=3, pause=0.01, longest_pause=0.5)
LOW = [{"softwareQuality": "SECURITY", "severity": "LOW"}]
OTHER = [{"softwareQuality": "MAINTAINABILITY", "severity": "HIGH"}]


@pytest.fixture
def sonar() -> Iterator[SonarServer]:
    """A server with a project that has one of everything."""
    way = [step("app.py", 5, "Sink: here"), step("app.py", 4, "Source: there")]
    accepted = {"status": "RESOLVED", "resolution": "WONTFIX", "issueStatus": "ACCEPTED"}
    fixed = {"status": "CLOSED", "resolution": "FIXED", "issueStatus": "FIXED"}
    reviewed = hotspot_of(key="h2", line=5, status="REVIEWED", resolution="SAFE")
    issues = [
        issue_of(key="v1", hash=md5("os.system(name)"), flows=[{"locations": way}]),
        issue_of(key="v2", line=6, **accepted, comments=[{"markdown": "Behind a login."}]),
        issue_of(key="v3", line=4, **fixed),
        issue_of(key="s1", type="CODE_SMELL", severity="MAJOR", rule="docker:S7029", impacts=LOW, line=1),
        issue_of(key="s2", type="CODE_SMELL", rule="python:S1", impacts=OTHER, line=1),
        issue_of(key="o1", component="other:app.py", project="other"),
    ]
    rule = {"key": "pythonsecurity:S2076", "name": "OS commands", "securityStandards": ["cwe:78"]}
    shown = shown_of(reviewed, resolution="SAFE", comment=[{"markdown": "A constant."}])
    server = SonarServer(
        issues=issues,
        hotspots=[hotspot_of(key="h1"), reviewed],
        shown={"h2": shown, "h1": shown_of(hotspot_of(key="h1"), hash=md5("return eval(name)"))},
        rules={"pythonsecurity:S2076": rule},
    )
    with running(server):
        yield server


def fetch(sonar: SonarServer, token: str = TOKEN, **wanted: Any) -> Json:
    """What is fetched; nothing of it has the token."""
    found = fetch_sonarqube(sonar.address, token, Wanted(**{"project": PROJECT, **wanted}), patience=QUICK)
    assert TOKEN not in json.dumps(found)
    return found


def read(document: Json, *, everything: bool = False) -> Imported:
    """What is read of it, by way of a file."""
    data = json.dumps(document).encode()
    return read_report(data, "live.json", tree_of(FILES), everything=everything)


def told(found: Imported) -> list[tuple[str, int, str, str]]:
    """Rule, line, severity and what was decided, of each."""
    return [(hit.rule, hit.line, hit.severity.value, hit.suppressed) for hit in found.hits]


VULNERABILITIES = [
    ("pythonsecurity:S2076", 5, "high", ""),
    ("pythonsecurity:S2076", 6, "high", "resolved as WONTFIX (ACCEPTED) in SonarQube: Behind a login."),
]
HOTSPOTS = [
    ("python:S1523", 5, "medium", "reviewed as SAFE in SonarQube: A constant."),
    ("python:S1523", 6, "medium", ""),
]


def test_a_server_of_today_gives_all_that_is_about_security(sonar: SonarServer) -> None:
    found = read(fetch(sonar))
    assert sorted(told(found)) == sorted([*VULNERABILITIES, *HOTSPOTS, ("docker:S7029", 1, "low", "")])
    assert (found.tools, found.made) == ((f"SonarQube {NEW}",), "2025-11-25T17:38:03+0000")
    assert found.notes == (
        "what the server shows of single rules is missing for some:"
        f" {sonar.address}/api/rules/show answered 404 (Rule not found: docker:S7029)",
        "SonarQube has 3 open issues: 2 CODE_SMELL, 1 VULNERABILITY",
        "issues without an effect on security were not asked for; `--everything` takes them too",
        "2 hotspots: 1 REVIEWED, 1 TO_REVIEW",
    )
    assert found.problems == ()
    command = next(hit for hit in found.hits if hit.rule.endswith("S2076"))
    assert (command.name, command.cwe, [p.role for p in command.places]) == ("OS commands", (78,), ["source", "sink"])
    assert {asked.authorization for asked in sonar.asked} == {"", f"Bearer {TOKEN}"}
    assert [asked.path for asked in sonar.asked if not asked.authorization] == ["/api/server/version"]
    assert all(asked["components"] == PROJECT for asked in sonar.parameters("/api/issues/search"))
    assert [asked.get("project") for asked in sonar.parameters("/api/hotspots/search")] == [PROJECT]


def test_a_server_of_yesterday_is_asked_in_its_own_words(sonar: SonarServer) -> None:
    sonar.version = OLD
    document = fetch(sonar)
    found = read(document)
    old = [(rule, line, "critical", said.replace(" (ACCEPTED)", "")) for rule, line, _, said in VULNERABILITIES]
    assert sorted(told(found)) == sorted([*old, *HOTSPOTS])
    assert {asked.authorization[:6] for asked in sonar.asked} == {"", "Basic "}
    assert all(asked["componentKeys"] == PROJECT for asked in sonar.parameters("/api/issues/search"))
    assert not any("impactSoftwareQualities" in asked for asked in sonar.parameters("/api/issues/search"))
    assert [asked.get("projectKey") for asked in sonar.parameters("/api/hotspots/search")] == [PROJECT]


def test_hotspots_of_a_server_that_lists_no_rules_are_shown_with_them(sonar: SonarServer) -> None:
    sonar.version = "9.0.1.46107"
    assert [hit.rule for hit in read(fetch(sonar)).hits if hit.is_question] == ["python:S1523", "python:S1523"]


def test_cloud_is_asked_with_its_organization(sonar: SonarServer) -> None:
    sonar.version, sonar.cloud = "8.0.0.55884", True
    document = fetch(sonar, organization="acme")
    assert len(read(document).hits) == 5
    assert {asked["organization"] for asked in sonar.parameters("/api/rules/show")} == {"acme"}
    assert {asked["organization"] for asked in sonar.parameters("/api/issues/search")} == {"acme"}
    assert all(asked["componentKeys"] == PROJECT for asked in sonar.parameters("/api/issues/search"))


def test_everything_is_all_kinds_of_issues(sonar: SonarServer) -> None:
    document = fetch(sonar, everything=True)
    assert len(read(document, everything=True).hits) == 6
    assert not any("types" in asked for asked in sonar.parameters("/api/issues/search"))
    assert any("left out" in note for note in read(document).notes)


def test_a_branch_or_a_pull_request_is_asked_for(sonar: SonarServer) -> None:
    fetch(sonar, branch="next")
    fetch(sonar, pull_request="12")
    paths = ("/api/components/show", "/api/issues/search", "/api/hotspots/search")
    for path in paths:
        asked = sonar.parameters(path)
        assert {one.get("branch") or one.get("pullRequest") for one in asked} == {"next", "12"}
    with pytest.raises(FetchError, match=r"^Name a branch or a pull request, not both$"):
        fetch(sonar, branch="next", pull_request="12")
    with pytest.raises(FetchError, match=rf"shows no project '{PROJECT}' with branch 'gone' to this user \(404: Comp"):
        fetch(sonar, branch="gone")


def many(count: int, **more: Any) -> list[Json]:
    """So many issues."""
    return [issue_of(key=f"k{number}", **{"line": 1 + number % 6, **more}) for number in range(count)]


def test_all_pages_are_fetched(sonar: SonarServer) -> None:
    sonar.issues, sonar.hotspots = many(1_203), []
    document = fetch(sonar)
    assert len(read(document).hits) == 1_203
    open_ones = [one for one in sonar.parameters("/api/issues/search") if one["ps"] == "500" and "types" in one]
    assert [one["p"] for one in open_ones if one.get("resolved")] == ["1", "2", "3"]
    assert not any("cut off" in note for note in read(document).notes)


def test_more_than_can_be_reached_is_asked_in_parts(sonar: SonarServer) -> None:
    parts = {
        "BLOCKER": many(10_001, severity="BLOCKER", rule="python:S1"),
        "MINOR": many(300, severity="MINOR"),
    }
    for number, issue in enumerate(parts["BLOCKER"]):
        issue["rule"] = f"python:S{number % 3}"
    for number, issue in enumerate(parts["MINOR"]):
        issue["key"] = f"m{number}"
    sonar.issues, sonar.hotspots = [*parts["BLOCKER"], *parts["MINOR"]], []
    document = fetch(sonar)
    keys = [issue["key"] for page in document["pages"] for issue in page.get("issues", [])]
    assert len(set(keys)) == len(keys) == 10_301
    assert not any("cut off" in note for note in document["sonarqube"]["notes"])


def test_what_cannot_be_reached_by_any_part_is_told(sonar: SonarServer) -> None:
    sonar.issues, sonar.hotspots = many(10_700), []
    notes = fetch(sonar)["sonarqube"]["notes"]
    assert notes[0] == "cut off: the server has 10,700 issues and gave 10,000"


def test_hotspots_that_are_too_many_are_asked_by_state_and_category(sonar: SonarServer) -> None:
    sonar.issues = []
    states = [("TO_REVIEW", "xss"), ("TO_REVIEW", "dos"), ("REVIEWED", "others")]
    sonar.hotspots = [
        hotspot_of(key=f"h{number}", status=states[number % 3][0], securityCategory=states[number % 3][1])
        for number in range(15_003)
    ]
    document = fetch(sonar)
    assert len({one["key"] for page in document["pages"] for one in page.get("hotspots", [])}) == 15_003
    assert document["sonarqube"]["notes"] == [
        "what the server shows of single hotspots is missing for some: "
        f"{sonar.address}/api/hotspots/show answered 404 (Hotspot 'h5' does not exist)",
        "15,003 hotspots: only the first 500 were asked for one by one",
        "what the server shows of single rules is missing for some: "
        f"{sonar.address}/api/rules/show answered 404 (Rule not found: python:S1523)",
    ]


def test_a_server_that_gives_smaller_pages_is_asked_for_those(sonar: SonarServer) -> None:
    sonar.issues = []
    sonar.hotspots = [hotspot_of(key=f"h{number}") for number in range(150)]
    sonar.odd["/api/hotspots/search"] = [Odd(400, b'{"errors": [{"msg": "\'ps\' value (500) must be less than 100"}]}')]
    assert len(read(fetch(sonar)).hits) == 150
    assert [one["ps"] for one in sonar.parameters("/api/hotspots/search")] == ["500", "100", "100"]


def refused(sonar: SonarServer, token: str = TOKEN, **wanted: Any) -> str:
    with pytest.raises(FetchError) as found:
        fetch(sonar, token, **wanted)
    assert TOKEN not in str(found.value)
    return str(found.value).replace(sonar.address, "HOST")


def test_who_may_not_look_is_told_why(sonar: SonarServer) -> None:
    said = "HOST does not accept the token (401): is it whole, of this server, not expired?"
    assert refused(sonar, "squ_wrong") == said
    assert refused(sonar, "") == "HOST wants to know who asks (401): put a token of yours into SONAR_TOKEN"
    assert refused(sonar, project="gone") == (
        "HOST shows no project 'gone' to this user (404: Component 'gone' not found)"
    )
    sonar.forbidden = True
    assert refused(sonar) == f"HOST does not let this user browse '{PROJECT}' (403: Insufficient privileges)"
    assert refused(sonar, project="").startswith("The key of the project is missing")


def test_a_public_project_needs_no_token(sonar: SonarServer) -> None:
    sonar.token = ""
    assert len(read(fetch(sonar, "")).hits) == 5
    assert {asked.authorization for asked in sonar.asked} == {""}


def test_a_gate_that_takes_tokens_in_one_way_alone_is_passed(sonar: SonarServer) -> None:
    sonar.odd["/api/components/show"] = [Odd(401)]
    assert len(read(fetch(sonar)).hits) == 5
    assert [asked.authorization[:6] for asked in sonar.asked[:4]] == ["", "Bearer", "Basic ", "Basic "]
    sonar.asked.clear()
    sonar.odd["/api/server/version"] = [Odd(401)]
    sonar.version = OLD
    assert len(read(fetch(sonar)).hits) == 4
    assert all(asked["componentKeys"] == PROJECT for asked in sonar.parameters("/api/issues/search"))


def test_what_is_no_sonarqube_is_told(sonar: SonarServer) -> None:
    sonar.odd["/api/server/version"] = [Odd(404, b"<html>nginx</html>"), Odd(body=b"<html>Log in</html>")]
    assert refused(sonar).endswith("there is no SonarQube under this address: is a path missing behind the name?")
    assert refused(sonar) == "HOST does not tell its version: is it a SonarQube without a login?"
    sonar.odd["/api/components/show"] = [Odd(body=b"<html>Log in</html>")]
    assert "answered with a web page instead of JSON" in refused(sonar)


def test_a_server_that_is_busy_now_and_then_gives_all_the_same(sonar: SonarServer) -> None:
    busy = [Odd(429, headers=(("Retry-After", "0"),)), Odd(500)]
    sonar.odd = {path: [*busy] for path in ("/api/issues/search", "/api/hotspots/search", "/api/components/show")}
    sonar.odd["/api/rules/show"] = [Odd(manner="reset")]
    assert len(read(fetch(sonar)).hits) == 5


def test_an_index_that_is_being_built_is_told(sonar: SonarServer) -> None:
    sonar.always["/api/issues/search"] = Odd(503, b'{"errors": [{"msg": "Issues index is being built"}]}')
    assert refused(sonar) == "HOST/api/issues/search answered 503 (Issues index is being built)"


def test_what_is_missing_beside_the_issues_costs_only_itself(sonar: SonarServer) -> None:
    sonar.always = {"/api/hotspots/search": Odd(404), "/api/rules/show": Odd(403)}
    found = read(fetch(sonar))
    assert len(found.hits) == 3
    assert found.notes[:2] == (
        f"the hotspots are missing: {sonar.address}/api/hotspots/search answered 404",
        f"what the server shows of single rules is missing for some: {sonar.address}/api/rules/show answered 403",
    )
    assert "no security hotspots are in it: they are another answer (api/hotspots/search)" in found.notes


WRONG: tuple[Any, ...] = (
    {},
    {"issues": 7, "hotspots": "x", "paging": [], "component": 1, "rule": []},
    {"issues": [None, 7, {"key": 1}, {}], "hotspots": [[]], "paging": {"total": "many"}},
    {"issues": [], "hotspots": [], "paging": {"total": 10**30}, "facets": [7, {"property": "rules", "values": [1]}]},
    {"issues": [{"key": "a"}], "hotspots": [{"key": "b"}], "paging": {"total": 10_000_000}, "facets": 5},
    {"issues": [{"key": "a"}], "hotspots": [{"key": ["b"]}], "total": -5, "facets": [{"property": "types"}]},
    {"issues": [{"key": "a", "rule": {}}], "paging": {"total": True}},
)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(
    "path",
    ["/api/components/show", "/api/issues/search", "/api/hotspots/search", "/api/hotspots/show", "/api/rules/show"],
)
def test_wrong_answers_end_neither_in_an_error_of_ours_nor_never(sonar: SonarServer, path: str, wrong: Json) -> None:
    sonar.always[path] = Odd(body=json.dumps(wrong).encode())
    found = read(fetch(sonar))
    assert found.format == "sonarqube"
    assert len(sonar.asked) < 700


def test_it_can_be_stopped_and_says_what_it_does(sonar: SonarServer) -> None:
    said: list[str] = []
    fetch_sonarqube(sonar.address, TOKEN, Wanted(PROJECT), patience=QUICK, progress=said.append)
    assert said[:3] == ["version", "project", "issues 1 of 1"]
    assert {"hotspots 2 of 2", "hotspot 2 of 2", "rule 3 of 3"} <= set(said)
    with pytest.raises(FetchError, match="Stopped"):
        fetch_sonarqube(
            sonar.address, TOKEN, Wanted(PROJECT), patience=QUICK, should_stop=lambda: len(sonar.asked) > 20
        )


def test_severities_of_both_generations_are_read(sonar: SonarServer) -> None:
    assert {hit.severity for hit in read(fetch(sonar)).hits} == {Severity.HIGH, Severity.MEDIUM, Severity.LOW}
