"""How a result's rule, message, severity and weaknesses are found, however a tool writes them."""

from typing import Any

import pytest

from reviewtui.model.risk import Severity
from tests.formats.reports.world import Json, one_hit, read_runs, result_of, run_of

RULE: Json = {
    "id": "R1",
    "name": "EvalUsed",
    "shortDescription": {"text": "Use of eval"},
    "fullDescription": {"text": "Eval runs text."},
    "help": {"text": "Do not.\nEver.", "markdown": "*Do not.*"},
    "helpUri": "https://example.org/R1",
    "defaultConfiguration": {"level": "error"},
}


def test_a_rule_gives_its_name_explanation_and_address() -> None:
    hit = one_hit(run_of(result_of(), rules=[RULE]))
    assert (hit.tool, hit.rule, hit.name, hit.explanation, hit.url, hit.severity) == (
        "tool",
        "R1",
        "EvalUsed",
        "Do not.\nEver.",
        "https://example.org/R1",
        Severity.HIGH,
    )


def _extension(rules: list[Json], **more: Any) -> Json:
    return {"name": "pack", "guid": "AAAA-1", "rules": rules, **more}


@pytest.mark.parametrize(
    "result",
    [
        {"ruleId": "R1"},
        {"ruleId": "R1", "ruleIndex": 0},
        {"ruleIndex": 0},
        {"rule": {"id": "R1"}},
        {"rule": {"index": 0}},
        {"rule": {"guid": "bbbb-2"}},
        {"ruleId": "R1/with-a-case"},
    ],
)
def test_a_rule_of_the_driver_is_found(result: Json) -> None:
    rule = {**RULE, "guid": "BBBB-2"}
    hit = one_hit(run_of({"message": {"text": "Bad."}, **result}, rules=[rule]))
    assert (hit.rule, hit.name) == (result.get("ruleId", "R1"), "EvalUsed")


@pytest.mark.parametrize(
    "reference",
    [
        {"id": "R1", "index": 1, "toolComponent": {"index": 1}},
        {"index": 1, "toolComponent": {"guid": "aaaa-1"}},
        {"index": 1, "toolComponent": {"name": "pack"}},
        {"id": "R1", "toolComponent": {"index": 1}},
        {"id": "R1"},
    ],
)
def test_a_rule_of_an_extension_is_found(reference: Json) -> None:
    run = run_of({"message": {"text": "Bad."}, "rule": reference})
    run["tool"]["extensions"] = [{"name": "other"}, _extension([{"id": "R0"}, RULE])]
    assert (one_hit(run).rule, one_hit(run).name) == ("R1", "EvalUsed")


def test_a_name_counts_more_than_a_number_that_contradicts_it() -> None:
    found = read_runs(run_of(result_of(ruleIndex=1), rules=[RULE, {"id": "R2", "name": "Other"}]))
    assert (found.hits[0].rule, found.hits[0].name) == ("R1", "EvalUsed")
    assert found.problems == ("runs[0].results[0]: its rule index 1 is another rule than R1: the name counts",)


def test_a_result_without_any_rule_is_a_hit_all_the_same() -> None:
    hit = one_hit(run_of({"message": {"text": "AWS key"}}))
    assert (hit.rule, hit.name, hit.message, hit.severity) == (
        "no rule named",
        "no rule named",
        "AWS key",
        Severity.MEDIUM,
    )


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "Plain."}, "Plain."),
        ({"text": "Two\n  lines.\r\n"}, "Two lines."),
        ({"text": "{0} of {1}, {{2}} {7}", "arguments": ["a", "b"]}, "a of b, {2} {7}"),
        ({"text": "Braces {0} stay"}, "Braces {0} stay"),
        ({"id": "own", "arguments": ["x"]}, "Own x"),
        ({"id": "global"}, "Global"),
        ({"id": "nowhere"}, "EvalUsed"),
        (
            {"text": "A [value](1) and [text](https://example.org/) here"},
            "A value and [text](https://example.org/) here",
        ),
        ({"text": "A literal \\[value](1)"}, "A literal [value](1)"),
        ({"text": "x[0](1) [a\\]b](2)"}, "x0 a]b"),
        ({"markdown": "{0} {1}", "arguments": ["[data](0)", "[flows](1),(2),(3)"]}, "data flows"),
        ({"text": "Text", "markdown": "*{0}*", "arguments": ["x"]}, "Text"),
        ({}, "EvalUsed"),
        ({"text": ""}, "EvalUsed"),
    ],
)
def test_a_message_is_plain_words_in_one_line(message: Json, text: str) -> None:
    rule = {**RULE, "messageStrings": {"own": {"text": "Own {0}"}}}
    run = run_of({"ruleId": "R1", "message": message}, rules=[rule])
    run["tool"]["driver"]["globalMessageStrings"] = {"global": {"text": "", "markdown": "Global"}}
    assert one_hit(run).message == text


@pytest.mark.parametrize(
    ("result", "rule", "severity"),
    [
        ({}, {}, Severity.MEDIUM),
        ({"level": "error"}, {}, Severity.HIGH),
        ({"level": "note"}, {}, Severity.LOW),
        ({"level": "none"}, {}, Severity.INFO),
        ({"level": "odd"}, {}, Severity.MEDIUM),
        ({}, {"defaultConfiguration": {"level": "error"}}, Severity.HIGH),
        ({"level": "note"}, {"defaultConfiguration": {"level": "error"}}, Severity.LOW),
        ({"level": "note"}, {"properties": {"security-severity": "9.0"}}, Severity.CRITICAL),
        ({"level": "note"}, {"properties": {"security-severity": "8.9"}}, Severity.HIGH),
        ({"level": "note"}, {"properties": {"security-severity": 6.1}}, Severity.MEDIUM),
        ({"level": "error"}, {"properties": {"security-severity": "0.1"}}, Severity.LOW),
        ({"level": "error"}, {"properties": {"security-severity": "0.0"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": "11"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": "-1"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": "1e5"}}, Severity.HIGH),
        ({"level": "error"}, {"properties": {"security-severity": "MODERATE"}}, Severity.MEDIUM),
        ({"properties": {"security-severity": "2"}}, {"properties": {"security-severity": "9.8"}}, Severity.LOW),
    ],
)
def test_severity_goes_by_number_then_level_then_rule(result: Json, rule: Json, severity: Severity) -> None:
    found = read_runs(run_of(result_of(**result), rules=[{"id": "R1", **rule}]))
    assert [hit.severity for hit in found.hits] == [severity]


def test_a_level_that_the_run_overrides_counts_more_than_that_of_the_rule() -> None:
    override = {"descriptor": {"id": "R1"}, "configuration": {"level": "note"}}
    run = run_of(result_of(), rules=[RULE], invocations=[{"ruleConfigurationOverrides": [override]}])
    assert one_hit(run).severity is Severity.LOW


TAXONOMY = [{"name": "OWASP"}, {"name": "CWE", "guid": "CC-1", "taxa": [{"id": "79"}, {"id": "CWE-22"}]}]


@pytest.mark.parametrize(
    ("result", "rule", "cwe"),
    [
        ({}, {"properties": {"tags": ["security", "external/cwe/cwe-089"]}}, (89,)),
        ({}, {"properties": {"tags": ["CWE-79: Cross-site Scripting", "CWE: 80", "OWASP-A1:2017"]}}, (79, 80)),
        ({}, {"properties": {"cwe": ["CWE-321", "CWE-547"]}}, (321, 547)),
        ({}, {"properties": {"cwe": "CWE-78"}}, (78,)),
        ({"properties": {"cwe": 611}}, {}, (611,)),
        ({}, {"relationships": [{"target": {"id": "703", "toolComponent": {"name": "CWE"}}}]}, (703,)),
        ({}, {"relationships": [{"target": {"id": "22", "toolComponent": {"guid": "cc-1"}}}]}, (22,)),
        ({}, {"relationships": [{"target": {"index": 1, "toolComponent": {"index": 1}}}]}, (22,)),
        ({}, {"relationships": [{"target": {"id": "A03", "toolComponent": {"name": "OWASP"}}}]}, ()),
        ({}, {"relationships": [{"target": {"id": "3", "toolComponent": {"index": 0}}}]}, ()),
        ({"taxa": [{"id": "CWE-90"}, {"id": "90", "toolComponent": {"name": "cwe"}}]}, {}, (90,)),
        ({"taxa": [{"index": 0, "toolComponent": {"index": 1}}]}, {"properties": {"tags": ["cwe-80"]}}, (79, 80)),
        ({"properties": {"cwe": True}}, {"properties": {"cwe": {"id": 5}, "tags": "cwe-9"}}, ()),
    ],
)
def test_weaknesses_are_found_wherever_they_stand(result: Json, rule: Json, cwe: tuple[int, ...]) -> None:
    assert one_hit(run_of(result_of(**result), rules=[{"id": "R1", **rule}], taxonomies=TAXONOMY)).cwe == cwe


@pytest.mark.parametrize(
    ("rule", "ids"),
    [
        ("[MEDIUM] CVE-2019-1549", ("CVE-2019-1549",)),
        ("cve-2019-1549-openssl", ("CVE-2019-1549",)),
        ("GHSA-m2qf-hxjv-5gpq", ("GHSA-m2qf-hxjv-5gpq",)),
        ("B608", ()),
    ],
)
def test_advisories_in_the_name_of_a_rule_are_other_names_of_the_hit(rule: str, ids: tuple[str, ...]) -> None:
    assert one_hit(run_of(result_of(ruleId=rule))).ids == ids


def test_the_words_of_the_tool_are_kept_and_nothing_else_of_its_properties() -> None:
    properties = {
        "issue_confidence": "HIGH",
        "priorityScore": 603,
        "offender": "AKIA-the-secret",
        "author": "me@example.org",
        "severity": {"a": 1},
    }
    rule = {"id": "R1", "properties": {"precision": "very-high", "security-severity": "8.8", "x": "y"}}
    hit = one_hit(run_of(result_of(level="error", rank=12.5, properties=properties), rules=[rule]))
    assert hit.facts == (
        ("level", "error"),
        ("security-severity", "8.8"),
        ("issue_confidence", "HIGH"),
        ("priorityScore", "603"),
        ("precision", "very-high"),
        ("rank", "12.5"),
    )
    assert hit.confidence == "high"
    assert "AKIA" not in repr(hit)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "x", "https://a\nb"])
def test_an_address_that_is_none_is_left_out(url: str) -> None:
    assert one_hit(run_of(result_of(), rules=[{"id": "R1", "helpUri": url}])).url == ""
