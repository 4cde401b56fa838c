"""Runs as a whole: states, kinds, several tools, what a tool says of its own run, and identity."""

from typing import Any

import pytest

from reviewtui.errors import ReportError
from reviewtui.formats.sarif.reading import read_sarif
from reviewtui.model.hit import NOWHERE
from reviewtui.model.risk import Severity
from tests.formats.reports.world import FILES, Json, one_hit, read_runs, record_of, result_of, run_of, tree_of


@pytest.mark.parametrize(
    ("result", "suppressed", "facts"),
    [
        ({}, "", ()),
        ({"suppressions": []}, "", ()),
        ({"suppressions": None}, "", ()),
        ({"suppressions": [{"kind": "external"}]}, "suppressed outside the source", ()),
        (
            {"suppressions": [{"kind": "inSource", "justification": "Tests\nonly."}]},
            "suppressed in the source: Tests only.",
            (),
        ),
        (
            {"suppressions": [{"kind": "external", "status": "rejected", "justification": "no"}]},
            "",
            (("suppression", "rejected, outside the source: no"),),
        ),
        (
            {"suppressions": [{"kind": "external", "status": "underReview"}]},
            "",
            (("suppression", "under review, outside the source"),),
        ),
        (
            {"suppressions": [{"kind": "external", "status": "rejected"}, {"kind": "inSource", "status": "accepted"}]},
            "suppressed in the source",
            (("suppression", "rejected, outside the source"),),
        ),
        ({"baselineState": "new"}, "", (("baseline", "new"),)),
        (
            {"baselineState": "absent"},
            "gone since the baseline that the tool compared with",
            (("baseline", "absent"),),
        ),
    ],
)
def test_suppressions_and_baseline_are_states(
    result: Json, suppressed: str, facts: tuple[tuple[str, str], ...]
) -> None:
    hit = one_hit(run_of(result_of(**result)))
    assert (hit.suppressed, hit.facts) == (suppressed, facts)


def test_kinds_tell_hits_from_questions_and_from_what_is_none() -> None:
    kinds = ["fail", "review", "open", "pass", "notApplicable", "informational", "pass", "odd", ""]
    found = read_runs(run_of(*(result_of(kind=kind, level="error") for kind in kinds)))
    assert [(hit.is_question, hit.facts) for hit in found.hits] == [
        (False, (("level", "error"),)),
        (True, ()),
        (True, ()),
        (False, (("level", "error"), ("kind", "odd"))),
        (False, (("level", "error"),)),
    ]
    assert found.notes == (
        "Tool 1.0: 1 results only inform (informational); they are no hits",
        "Tool 1.0: 1 results do not apply (notApplicable); they are no hits",
        "Tool 1.0: 2 results passed (pass); they are no hits",
    )
    assert one_hit(run_of(result_of(kind="review"))).severity is Severity.INFO


def test_several_runs_are_several_tools() -> None:
    other = run_of(result_of(region={"startLine": 5}))
    other["tool"]["driver"] = {"name": "Other  Tool", "semanticVersion": "2.0.1", "version": "2"}
    found = read_runs(run_of(result_of()), other, run_of())
    assert found.tools == ("Tool 1.0", "Other Tool 2.0.1")
    assert [(hit.tool, hit.line, hit.origin) for hit in found.hits] == [
        ("tool", 1, "test.sarif"),
        ("other-tool", 5, "test.sarif"),
    ]


def test_what_a_tool_says_of_its_own_run_is_noted() -> None:
    file = {"physicalLocation": {"artifactLocation": {"uri": "app.py"}}}
    invocation = {
        "executionSuccessful": False,
        "exitCode": 3,
        "endTimeUtc": "2026-01-02T03:04:05Z",
        "toolExecutionNotifications": [
            {"message": {"text": "Syntax error\n at line 3"}, "locations": [file]},
            {"message": {"text": "Done"}, "level": "note"},
            {"message": {"text": ""}, "level": "none"},
            {"message": {}, "level": "error", "descriptor": {"id": "parse-failure"}},
            {"message": {"text": "Syntax error\n at line 3"}, "locations": [file]},
        ],
        "toolConfigurationNotifications": [{"message": {"text": "No such rule"}, "level": "warning"}],
    }
    provenance = [{"revisionId": "0123abcd", "branch": "dev", "repositoryUri": "https://u:p@example.org/"}]
    found = read_runs(run_of(invocations=[invocation], versionControlProvenance=provenance))
    assert found.made == "2026-01-02T03:04:05Z"
    assert found.notes == (
        "made from commit 0123abcd of branch dev",
        "Tool 1.0 says that its run failed (exit status 3): what it did not report may be there all the same",
        "Tool 1.0: Syntax error at line 3 (app.py)",
        "Tool 1.0: parse-failure",
        "Tool 1.0: No such rule",
    )


def test_a_talkative_tool_is_cut_short() -> None:
    said = [{"message": {"text": f"Warning {number}"}} for number in range(5_000)]
    found = read_runs(run_of(invocations=[{"toolExecutionNotifications": said}]))
    assert len(found.notes) == 21
    assert found.notes[-1] == "Tool 1.0 says 4,980 more things about its own run"


@pytest.mark.parametrize(
    ("run", "note"),
    [
        ({"tool": {"driver": {"name": "T"}}, "results": None}, "T wrote no list of results"),
        ({"tool": {"driver": {"name": "T"}}}, "T wrote no list of results"),
        (run_of(externalPropertyFileReferences={"results": [{}]}), "Tool 1.0: parts of its report are in other files"),
    ],
)
def test_a_run_that_may_not_have_looked_is_never_clean_without_a_word(run: Json, note: str) -> None:
    found = read_runs(run)
    assert found.hits == ()
    assert [text for text in found.notes if text.startswith(note)]


def test_no_run_at_all_is_noted() -> None:
    assert read_runs().notes == ("no run is in it: nothing was looked at, or nothing was written down",)


@pytest.mark.parametrize("version", ["1.0.0", "2.0.0", "3.0"])
def test_another_version_is_refused_with_a_word_on_what_to_do(version: str) -> None:
    with pytest.raises(ReportError, match=rf"old\.sarif is SARIF {version}; SARIF 2\.1\.0 is read"):
        read_sarif(record_of({"version": version, "runs": []}), "old.sarif", tree_of(FILES))


def test_what_has_the_wrong_type_costs_only_itself() -> None:
    run: dict[str, Any] = run_of(
        result_of(),
        result_of(message="text", level=5, codeFlows=3, suppressions=["x"], properties=[], rank="9"),
        rules=[{"id": 5, "help": "x", "properties": {"tags": "a"}}, None, "r"],  # type: ignore[list-item]
        artifacts={},
        invocations="none",
    )
    run["results"] += [None, 5, [], {"locations": {}}, {"locations": [{"physicalLocation": "x"}]}]
    found = read_runs(run)
    assert len(found.hits) == 4
    assert found.problems[:3] == (
        "runs[0].tool.driver.rules[2]: expected a record, found a text",
        "runs[0].tool.driver.rules[0].id: expected a text, found a number",
        "runs[0].invocations: expected a list, found a text",
    )
    assert "runs[0].results[1].codeFlows: expected a list, found a number" in found.problems
    assert "runs[0].results[3]: expected a record, found a number" in found.problems
    assert "runs[0].results[6].locations[0].physicalLocation: expected a record, found a text" in found.problems


def test_a_tool_without_a_name_is_told_and_its_hits_are_there() -> None:
    found = read_runs({"results": [result_of()]})
    assert (found.tools, found.hits[0].tool) == (("unnamed tool",), "unnamed-tool")
    assert found.problems == ("runs[0].tool.driver: the tool has no name",)


def test_reading_twice_and_in_another_order_gives_the_same_fingerprints() -> None:
    results = [result_of(region={"startLine": 5}), result_of("elsewhere.py"), result_of(message={"text": "Other"})]
    results += [result_of("elsewhere.py", message={"text": "Other"}), result_of(region={"startLine": 6})]
    first, second = read_runs(run_of(*results)), read_runs(run_of(*results[::-1]))
    assert {hit.fingerprint for hit in first.hits} == {hit.fingerprint for hit in second.hits}
    assert len({hit.fingerprint for hit in first.hits}) == 5
    assert first.hits[-1].path == NOWHERE


def test_the_fingerprint_of_an_unplaced_hit_stays_when_others_come() -> None:
    alone = read_runs(run_of(result_of("elsewhere.py", message={"text": "B"}))).hits[0]
    results = [result_of("elsewhere.py", message={"text": text}) for text in ("A", "B", "C")]
    assert alone.fingerprint in {hit.fingerprint for hit in read_runs(run_of(*results)).hits}


def test_control_characters_and_half_characters_do_no_harm() -> None:
    text = "a\x1b[31m\x00b\u202e\ud800 {0}"
    hit = one_hit(run_of(result_of(message={"text": text, "arguments": ["\udfff"]}, ruleId="\ud800")))
    hit.message.encode()
    hit.rule.encode()
    assert hit.message.startswith("a\x1b[31m\x00b\u202e")
