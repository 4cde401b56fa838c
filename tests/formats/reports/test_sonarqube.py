"""SonarQube's answers: which issues become hits, how bad they are, what was decided there, and what is missing."""

import json

import pytest

from reviewtui.errors import ReportError
from reviewtui.formats.reading import read_report
from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from tests.formats.reports.sonar import (
    NO_HOTSPOTS,
    NO_ISSUES,
    NO_VULNERABILITY,
    PROJECT,
    hotspot_of,
    hotspots_page,
    issue_of,
    issues_page,
    one_hit,
    read,
    shown_of,
)
from tests.formats.reports.world import FILES, Json, tree_of


def test_an_issue_is_a_hit_with_all_that_the_server_says_of_it() -> None:
    issue = issue_of(effort="1h", tags=["cwe", "injection"], cleanCodeAttribute="COMPLETE", scope="TEST", branch="next")
    hit = one_hit(issues_page(issue, rules=[{"key": "pythonsecurity:S2076", "name": "OS commands", "lang": "py"}]))
    assert hit == Hit(
        tool="sonarqube",
        rule="pythonsecurity:S2076",
        name="OS commands",
        message="Do not run what the user says.",
        severity=Severity.HIGH,
        confidence="",
        cwe=(),
        path=RepoPath("app.py"),
        span=LineSpan(5, 5),
        line=5,
        column=4,
        end_column=19,
        url="https://rules.sonarsource.com/python/RSPEC-2076/",
        facts=(
            ("type", "VULNERABILITY"),
            ("impacts", "SECURITY HIGH"),
            ("severity", "BLOCKER"),
            ("clean code", "COMPLETE"),
            ("effort", "1h"),
            ("tags", "cwe, injection"),
            ("status", "OPEN"),
            ("scope", "TEST"),
            ("branch", "next"),
        ),
        origin="sonar.json",
        code=hit.code,
        fingerprint=hit.fingerprint,
    )
    assert (len(hit.code), len(hit.fingerprint)) == (16, 32)


@pytest.mark.parametrize(
    ("impacts", "old", "expected"),
    [
        ([("SECURITY", "BLOCKER"), ("RELIABILITY", "LOW")], "INFO", Severity.CRITICAL),
        ([("SECURITY", "INFO"), ("MAINTAINABILITY", "HIGH")], "BLOCKER", Severity.INFO),
        ([("SECURITY", "LOW"), ("SECURITY", "MEDIUM")], "BLOCKER", Severity.MEDIUM),
        ([("SECURITY", "SEVERE")], "MINOR", Severity.LOW),
        ([("RELIABILITY", "HIGH")], "CRITICAL", Severity.HIGH),
        ([("RELIABILITY", "LOW")], "MAJOR", Severity.MEDIUM),
        ([("RELIABILITY", "LOW"), ("MAINTAINABILITY", "HIGH")], None, Severity.HIGH),
        ([], "BLOCKER", Severity.CRITICAL),
        ([], "INFO", Severity.INFO),
        ([], None, Severity.MEDIUM),
    ],
)
def test_the_impact_on_security_goes_before_the_old_severity(
    impacts: list[tuple[str, str]], old: str | None, expected: Severity
) -> None:
    told = [{"softwareQuality": quality, "severity": severity} for quality, severity in impacts]
    assert one_hit(issues_page(issue_of(impacts=told, severity=old))).severity is expected


def test_only_what_is_about_security_is_a_hit_unless_everything_is_wanted() -> None:
    smell = issue_of(key="a", type="CODE_SMELL", impacts=[{"softwareQuality": "MAINTAINABILITY", "severity": "LOW"}])
    bug = issue_of(key="b", type="BUG", impacts=None)
    both = issue_of(key="c", type="BUG", impacts=[{"softwareQuality": "SECURITY", "severity": "LOW"}])
    new = issue_of(key="d", type=None)
    unknown = issue_of(key="e", type=None, impacts=None)
    page = issues_page(smell, bug, both, new, unknown)
    assert len(read(page).hits) == 3
    assert read(page).notes == (
        "SonarQube has 5 issues: 2 BUG, 1 CODE_SMELL, 2 without a type",
        NO_VULNERABILITY,
        "2 issues without an effect on security left out; `--everything` takes them too",
        NO_HOTSPOTS,
    )
    assert len(read(page, everything=True).hits) == 5
    assert not any("left out" in note for note in read(page, everything=True).notes)


def test_an_empty_list_reassures_nobody() -> None:
    found = read(issues_page())
    assert found.hits == ()
    assert found.notes == ("SonarQube has 0 issues", NO_VULNERABILITY, NO_HOTSPOTS)
    assert read(hotspots_page()).notes == (NO_ISSUES,)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "OPEN", "issueStatus": None}, ""),
        ({"status": "CONFIRMED", "issueStatus": "CONFIRMED"}, ""),
        ({"status": "REOPENED", "issueStatus": None}, ""),
        ({"status": "RESOLVED", "resolution": "FALSE-POSITIVE", "issueStatus": None}, "resolved as FALSE-POSITIVE"),
        (
            {"status": "RESOLVED", "resolution": "FALSE-POSITIVE", "issueStatus": "FALSE_POSITIVE"},
            "resolved as FALSE-POSITIVE",
        ),
        ({"status": "RESOLVED", "resolution": "WONTFIX", "issueStatus": "ACCEPTED"}, "resolved as WONTFIX (ACCEPTED)"),
        ({"status": None, "issueStatus": "ACCEPTED"}, "resolved as ACCEPTED"),
        ({"status": None, "issueStatus": None, "simpleStatus": "FIXED"}, "resolved as FIXED"),
        ({"status": "CLOSED", "resolution": "REMOVED", "issueStatus": "FIXED"}, "closed as REMOVED (FIXED)"),
        ({"status": "CLOSED", "issueStatus": None}, "closed"),
        ({"status": "IN_SANDBOX", "issueStatus": "IN_SANDBOX"}, ""),
    ],
)
def test_what_was_decided_on_the_server_is_seen_and_is_not_open(values: Json, expected: str) -> None:
    hit = one_hit(issues_page(issue_of(**values)))
    assert hit.suppressed == (f"{expected} in SonarQube" if expected else "")


def test_the_last_comment_says_why_it_was_decided() -> None:
    comments = [
        {"key": "1", "markdown": "First.", "createdAt": "2024-01-01T10:00:00+0000"},
        {"key": "2", "htmlText": "Quoted by <em>shlex</em> &amp; checked,<br/>see ticket.", "login": "eve"},
    ]
    issue = issue_of(status="RESOLVED", resolution="WONTFIX", issueStatus=None, comments=comments)
    wanted = "resolved as WONTFIX in SonarQube: Quoted by shlex & checked, see ticket."
    assert one_hit(issues_page(issue)).suppressed == wanted


def test_a_hotspot_is_a_question() -> None:
    hit = one_hit(hotspots_page(hotspot_of()))
    assert hit == Hit(
        tool="sonarqube",
        rule="python:S1523",
        name="python:S1523",
        message="Is this eval safe?",
        severity=Severity.MEDIUM,
        confidence="",
        cwe=(94,),
        path=RepoPath("app.py"),
        span=LineSpan(6, 6),
        line=6,
        column=11,
        end_column=15,
        url="https://rules.sonarsource.com/python/RSPEC-1523/",
        is_question=True,
        facts=(("type", "SECURITY_HOTSPOT"), ("category", "rce"), ("probability", "MEDIUM"), ("status", "TO_REVIEW")),
        origin="sonar.json",
        code=hit.code,
        fingerprint=hit.fingerprint,
    )


@pytest.mark.parametrize(
    ("probability", "severity"),
    [("HIGH", Severity.HIGH), ("MEDIUM", Severity.MEDIUM), ("LOW", Severity.LOW), ("SOME", Severity.MEDIUM)],
)
def test_the_probability_is_the_severity_of_a_hotspot(probability: str, severity: Severity) -> None:
    assert one_hit(hotspots_page(hotspot_of(vulnerabilityProbability=probability))).severity is severity


@pytest.mark.parametrize(
    ("category", "cwe"), [("sql-injection", (89,)), ("xss", (79,)), ("auth", ()), ("weak-cryptography", ()), ("?", ())]
)
def test_a_category_is_a_weakness_only_where_it_is_one(category: str, cwe: tuple[int, ...]) -> None:
    assert one_hit(hotspots_page(hotspot_of(securityCategory=category))).cwe == cwe


def test_what_the_server_shows_of_one_hotspot_completes_what_it_lists() -> None:
    reviewed = hotspot_of(status="REVIEWED", resolution="SAFE")
    shown = shown_of(reviewed, resolution="SAFE", comment=[{"key": "c", "markdown": "A constant."}])
    hit = one_hit(hotspots_page(reviewed), shown)
    assert hit.suppressed == "reviewed as SAFE in SonarQube: A constant."
    assert (hit.name, hit.cwe) == ("Dynamic code", (95,))
    assert hit.explanation == "Code that is evaluated can do anything.\n\n- CWE-95\n- x"
    alone = one_hit(shown)
    assert alone.suppressed == hit.suppressed
    assert (alone.path, alone.line, alone.rule, alone.fingerprint) == ("app.py", 6, "python:S1523", hit.fingerprint)


def test_a_hotspot_of_an_old_server_that_names_no_rule_is_known_by_its_category() -> None:
    old = hotspot_of()
    del old["ruleKey"], old["textRange"]
    hit = one_hit(hotspots_page(old))
    assert (hit.rule, hit.name, hit.line, hit.column) == ("hotspot:rce", "hotspot:rce", 6, 0)
    assert one_hit(hotspots_page(old), shown_of(hotspot_of())).rule == "python:S1523"
    ancient = issue_of(type="SECURITY_HOTSPOT", status="TO_REVIEW", severity=None, impacts=None, issueStatus=None)
    assert one_hit(issues_page(ancient)).is_question


def test_pages_are_put_together_and_what_is_on_two_of_them_is_one() -> None:
    first = issues_page(issue_of(key="a"), issue_of(key="b", line=6), total=3)
    second = issues_page(issue_of(key="b", line=6), issue_of("lib/a b.py", 1, key="c"), total=3)
    found = read(first, second, hotspots_page(hotspot_of()))
    assert [(hit.path, hit.line, hit.rule) for hit in found.hits] == [
        ("app.py", 5, "pythonsecurity:S2076"),
        ("app.py", 6, "pythonsecurity:S2076"),
        ("app.py", 6, "python:S1523"),
        ("lib/a b.py", 1, "pythonsecurity:S2076"),
    ]
    assert found.notes == ("SonarQube has 3 issues: 3 VULNERABILITY", "1 hotspot: 1 TO_REVIEW")


def test_what_was_cut_off_is_said() -> None:
    found = read(issues_page(issue_of(), total=12_345), hotspots_page(hotspot_of(), total=7))
    assert found.notes[-2:] == (
        "cut off: api/issues/search has 12,345 issues, here are 1; no search gives more than 10,000: let it be by kind,"
        " severity or rule, or import from the server",
        "cut off: api/hotspots/search has 7 hotspots, here are 1; the other pages are missing (`p=2`, `ps=500`)",
    )
    old = {"total": 700, "p": 1, "ps": 100, "issues": [issue_of()], "components": []}
    assert any("has 700 issues, here are 1" in note for note in read(old).notes)


def test_an_error_of_the_server_is_told_and_what_came_before_it_is_kept() -> None:
    error = {"errors": [{"msg": "Can return only the first 10000 results. 10500th result asked."}]}
    found = read(issues_page(issue_of()), error)
    assert len(found.hits) == 1
    assert found.problems == (
        "pages: SonarQube answered with an error: Can return only the first 10000 results. 10500th result asked.",
    )
    with pytest.raises(ReportError, match=r"^s\.json holds nothing but an error that SonarQube answered with: No\.$"):
        read_report(json.dumps({"errors": [{"msg": "No."}]}).encode(), "s.json", tree_of(FILES))


def test_what_the_server_said_by_the_way_is_kept_when_it_was_fetched() -> None:
    said = {
        "server": "https://sonar.example/base/",
        "version": "10.4.1.88267",
        "project": PROJECT,
        "analysed": "2025-11-25T17:38:03+0000",
        "kinds": {"BUG": 3, "CODE_SMELL": 40, "VULNERABILITY": 1},
        "notes": ["cut off: 3 hotspots"],
    }
    found = read({"sonarqube": said, "pages": [issues_page(issue_of(), total=9), hotspots_page(hotspot_of())]})
    assert (found.tools, found.made) == (("SonarQube 10.4.1.88267",), "2025-11-25T17:38:03+0000")
    assert found.notes == (
        "cut off: 3 hotspots",
        "SonarQube has 44 open issues: 3 BUG, 40 CODE_SMELL, 1 VULNERABILITY",
        "1 hotspot: 1 TO_REVIEW",
    )
    assert [dict(hit.facts)["on the server"] for hit in found.hits] == [
        "https://sonar.example/base/project/issues?id=com.acme%3Ashop&open=AX-1",
        "https://sonar.example/base/security_hotspots?id=com.acme%3Ashop&hotspots=HS-1",
    ]
    odd = {"sonarqube": {**said, "server": "javascript:alert(1)"}, "pages": [issues_page(issue_of())]}
    assert "on the server" not in dict(read(odd).hits[0].facts)


def test_rules_give_weaknesses_by_their_standards_or_by_the_pages_that_they_link() -> None:
    rule: Json = {"key": "pythonsecurity:S2076", "name": "OS commands"}
    standards = {**rule, "securityStandards": ["cwe:78", "cwe:88", "owaspTop10:a1", "cwe:78"]}
    assert one_hit(issues_page(issue_of(), rules=[standards])).cwe == (78, 88)
    sections = [
        {"key": "how_to_fix", "content": "<p>Use a list.</p>"},
        {"key": "resources", "content": '<a href="https://cwe.mitre.org/data/definitions/78">CWE-78</a>'},
        {"key": "root_cause", "content": "<p>A shell  obeys\nits input.</p><pre>\nos.system(x)\n</pre>"},
    ]
    hit = one_hit(issues_page(issue_of()), {"rule": {**rule, "descriptionSections": sections}})
    assert (hit.cwe, hit.explanation) == ((78,), "A shell obeys its input.\n\nos.system(x)")
    old = one_hit(issues_page(issue_of()), {"rule": {**rule, "htmlDesc": "<p>Old &lt;words&gt;.</p>"}})
    assert old.explanation == "Old <words>."


def test_advisories_in_the_message_of_a_dependency_check_are_its_names() -> None:
    issue = issue_of(
        rule="external_dependency-check:OWASP", message="Filename: x | CVE-2021-44228 | GHSA-jfh8-c2jp-5v3q"
    )
    hit = one_hit(issues_page(issue))
    assert (hit.ids, hit.url) == (("CVE-2021-44228", "GHSA-jfh8-c2jp-5v3q"), "")
