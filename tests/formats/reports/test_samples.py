"""Every sample report, each hit of it compared with what a plain look into its JSON says."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from reviewtui.formats.imported import Imported
from reviewtui.formats.reading import read_report
from reviewtui.model.hit import NOWHERE, Hit
from tests.formats.reports.world import tree_of

_SAMPLES: Final = Path(__file__).parents[3].parent / "shared/samples"

Json = dict[str, Any]
Row = tuple[object, ...]


def sample(name: str) -> tuple[Json, Imported]:
    """The plain JSON of a sample, and what is read of it over a repository with just the files that it names."""
    if not _SAMPLES.exists():
        pytest.skip("../shared/samples is not there")
    data = (_SAMPLES / name).read_bytes()
    uris = {uri.removeprefix("file:///home/damien/dd/") for uri in re.findall(r'"uri"\s*:\s*"([^"]+)"', data.decode())}
    uris |= {file.removeprefix("./") for file in re.findall(r'"filename"\s*:\s*"([^"]+)"', data.decode())}
    files = {uri: "" for uri in uris if ":" not in uri}
    found = read_report(data, name, tree_of(files, "/home/damien/dd"))
    document: Json = json.loads(data.decode("utf-8-sig"))
    return document, found


def row_of(hit: Hit) -> Row:
    """What is compared of a hit."""
    return (
        hit.path,
        (hit.span.start, hit.span.end, hit.column, hit.end_column),
        hit.rule,
        hit.severity.value,
        hit.cwe,
        hit.message,
        bool(hit.suppressed),
        [(place.path, place.span.start, place.role) for place in hit.places],
    )


def rows(
    run: Json, severity: Callable[[Json, Json], str], cwe: Callable[[Json], list[int]], prefix: str = ""
) -> list[Row]:
    """What the results of a run say, looked up as simply as this sample allows.

    Args:
        severity: of a result and its rule.
        cwe: of a rule.
        prefix: what the URIs begin with.
    """
    found: list[Row] = []
    components = [run["tool"]["driver"], *run["tool"].get("extensions", ())]
    rules = {rule["id"]: rule for component in components for rule in component.get("rules", ())}
    for result in run["results"]:
        rule = rules[result["ruleId"]]
        physical = result["locations"][0]["physicalLocation"]
        region = physical.get("region", {})
        start = region.get("startLine", 1)
        end = region.get("endLine", start)
        first, last = region.get("startColumn", 1) - 1, region.get("endColumn", 1) - 1
        if start == end and last <= first:
            last = 0  # gosec gives the same column twice, which marks nothing
        found.append(
            (
                physical["artifactLocation"]["uri"].removeprefix(prefix),
                (start, end, first, last),
                result["ruleId"],
                severity(result, rule),
                tuple(dict.fromkeys(cwe(rule))),
                _plain(result["message"]["text"]),
                False,
                _places(result),
            )
        )
    return found


def _plain(text: str) -> str:
    text = re.sub(r"\[([^\]]+)\]\(\d+\)", r"\1", text)
    text = re.sub(r"[ \t]*\n\s*", " ", text).strip()
    return text if len(text) <= 4_000 else text[:3_999] + "…"


def _places(result: Json) -> list[Row]:
    found: list[Row] = []
    for flow in result.get("codeFlows", ()):
        steps = [step["location"]["physicalLocation"] for step in flow["threadFlows"][0]["locations"]]
        roles = ["step"] if len(steps) == 1 else ["source", *["step"] * (len(steps) - 2), "sink"]
        found += [
            (step["artifactLocation"]["uri"], step["region"]["startLine"], role)
            for step, role in zip(steps, roles, strict=True)
        ]
    for related in result.get("relatedLocations", ()):
        physical = related["physicalLocation"]
        found.append((physical["artifactLocation"]["uri"], physical["region"]["startLine"], "related"))
    return found


def _tags(rule: Json) -> list[int]:
    return [int(number) for tag in rule["properties"]["tags"] for number in re.findall(r"(?i)cwe-0*(\d+)", tag)]


_BY_LEVEL: Final = {"error": "high", "warning": "medium", "note": "low"}


def _level(result: Json, rule: Json) -> str:
    return _BY_LEVEL[result.get("level") or rule.get("defaultConfiguration", {}).get("level") or "warning"]


def assert_rows(found: Imported, expected: list[Row], counts: dict[str, int]) -> None:
    """The hits are the expected ones, in reading order, each with a fingerprint of its own."""
    assert found.problems == ()
    assert found.unplaced == {}
    assert sorted(map(row_of, found.hits), key=repr) == sorted(expected, key=repr)
    assert Counter(hit.severity.value for hit in found.hits) == counts
    assert list(found.hits) == sorted(found.hits, key=lambda hit: (hit.path == NOWHERE, *hit.order))
    assert len({hit.fingerprint for hit in found.hits}) == len(expected)


def test_bandit() -> None:
    document, found = sample("sarif/bandit-1.9.4-vulpy-python.sarif")

    def severity(result: Json, rule: Json) -> str:
        return str(result["properties"]["issue_severity"]).lower()

    assert_rows(found, rows(document["runs"][0], severity, _tags), {"high": 4, "medium": 36, "low": 11})
    assert (found.tools, found.made, found.notes) == (("Bandit 1.9.4",), "2026-11-23T19:46:46Z", ())
    assert {hit.confidence for hit in found.hits} == {"low", "medium", "high"}


def test_bandit_in_both_formats_is_the_same() -> None:
    _, sarif = sample("sarif/bandit-1.9.4-vulpy-python.sarif")
    _, plain = sample("bandit/bandit-1.9.4-vulpy.json")

    def said(found: Imported) -> list[tuple[str, str, int, str, str, str, str, tuple[int, ...]]]:
        return sorted(
            (h.tool, h.path, h.span.start, h.rule, h.message, h.severity, h.confidence, h.cwe) for h in found.hits
        )

    assert said(sarif) == said(plain)
    assert len(said(plain)) == 51


@pytest.mark.parametrize(("name", "count"), [("vulpy", 51), ("dvpwa", 2), ("edge", 9), ("edge-ignore-nosec", 12)])
def test_bandit_json(name: str, count: int) -> None:
    document, found = sample(f"bandit/bandit-1.9.4-{name}.json")
    expected = [
        (
            result["filename"].removeprefix("./"),
            result["line_number"],
            (min(result["line_range"]), max(result["line_range"])),
            result["test_id"],
            result["issue_severity"].lower(),
            result["issue_confidence"].lower(),
            (result["issue_cwe"]["id"],),
            result["issue_text"],
        )
        for result in document["results"]
    ]
    assert len(expected) == count
    assert sorted(
        (h.path, h.line, (h.span.start, h.span.end), h.rule, h.severity, h.confidence, h.cwe, h.message)
        for h in found.hits
    ) == sorted(expected)
    assert (found.problems, found.unplaced, found.tools) == ((), {}, ("Bandit 1.9.4",))


def test_codeql() -> None:
    document, found = sample("sarif/codeql-2.19.3-python-flask.sarif")
    assert_rows(found, rows(document["runs"][0], lambda _result, _rule: "high", _tags), {"high": 2})
    first, second = found.hits
    assert (first.name, first.rule) == ("SQL query built from user-controlled sources", "py/sql-injection")
    assert first.message == "This SQL query depends on a user-provided value."
    assert first.places[0].note == "ControlFlowNode for ImportMember"
    assert ("security-severity", "8.8") in first.facts
    assert [place.role for place in second.places].count("source") == 2
    assert (found.tools, found.notes) == (("CodeQL 2.19.3",), ())


def test_semgrep() -> None:
    document, found = sample("sarif/semgrep-1.69.0-js-app.sarif")

    def severity(_result: Json, rule: Json) -> str:
        return str(rule["properties"]["security-severity"]).lower()

    expected = rows(document["runs"][0], severity, _tags)
    assert_rows(found, expected, {"critical": 34, "high": 1, "medium": 42})
    assert found.tools == ("Semgrep OSS 1.69.0",)
    assert len(found.notes) == 21
    assert found.notes[0].startswith("Semgrep OSS 1.69.0: Syntax error at line data/static/codefixes/")
    assert found.notes[-1] == "Semgrep OSS 1.69.0 says 11 more things about its own run"


def test_snyk() -> None:
    document, found = sample("sarif/snyk-code-1.1300-flask-vuln-bank.sarif")

    def cwe(rule: Json) -> list[int]:
        return [int(text.removeprefix("CWE-")) for text in rule["properties"]["cwe"]]

    expected = rows(document["runs"][0], _level, cwe)
    assert_rows(found, expected, {"high": 21, "medium": 29, "low": 1})
    assert max(len(hit.places) for hit in found.hits) == 28


def test_gosec() -> None:
    document, found = sample("sarif/gosec-dev-go-app.sarif")

    def cwe(rule: Json) -> list[int]:
        return [int(relationship["target"]["id"]) for relationship in rule["relationships"]]

    expected = rows(document["runs"][0], _level, cwe)
    assert_rows(found, expected, {"high": 2, "medium": 5})


def test_trivy() -> None:
    document, found = sample("sarif/trivy-0.15.0-image.sarif")
    assert_rows(found, rows(document["runs"][0], _level, lambda _rule: []), {"high": 4})
    assert {hit.ids for hit in found.hits} == {
        ("CVE-2019-1547",),
        ("CVE-2019-1549",),
        ("CVE-2019-1551",),
        ("CVE-2019-1563",),
    }


def test_sast_scan() -> None:
    document, found = sample("sarif/sast-scan-taint-python.sarif")
    expected = rows(document["runs"][0], _level, lambda _rule: [], "file:///home/damien/dd/")
    assert_rows(found, expected, {"high": 8, "medium": 1, "low": 2})
    assert {fact for hit in found.hits for fact in hit.facts if fact[0] == "baseline"} == {("baseline", "new")}
    assert found.notes == ("made from commit 288c68d1ba1f35ebeff1d1bdb032186a23f0ea5b of branch dev",)


def test_suppressions() -> None:
    _, found = sample("sarif/suppressions-spec-cases.sarif")
    assert [(hit.rule, hit.suppressed, hit.severity.value, hit.path, hit.facts) for hit in found.hits] == [
        ("TST0001", "suppressed outside the source", "medium", "", (("file", "/C:/code/file1.c"),)),
        ("TST0002", "suppressed outside the source", "medium", "", (("file", "/C:/code/file2.c"),)),
        ("TST0003", "suppressed in the source", "medium", "", (("file", "/C:/code/file3.c"),)),
        ("TST0004", "", "medium", "", (("file", "/C:/code/file4.c"),)),
        ("TST0005", "", "medium", "", (("file", "/C:/code/file5.c"),)),
    ]
    assert found.problems == ()


def test_our_own_example() -> None:
    _, found = sample("sarif/reviewtui-export-example.sarif")
    assert [(hit.path, hit.line, hit.severity.value, bool(hit.suppressed), hit.is_question) for hit in found.hits] == [
        ("app/login.py", 14, "high", False, False),
        ("app/report.py", 3, "high", True, False),
        ("app/x.py", 1, "high", False, True),
    ]
    login, report, _ = found.hits
    assert (login.message, login.span.end, login.column, login.end_column) == (
        "The login query is built from the form fields user name, so anybody can log in.",
        15,
        4,
        29,
    )
    assert [(place.path, place.span.start, place.role, place.note) for place in login.places] == [
        ("app/login.py", 10, "related", "source")
    ]
    assert report.suppressed == (
        "suppressed outside the source: False positive: column names come from a constant tuple (bob, 2026-11-20)."
    )
