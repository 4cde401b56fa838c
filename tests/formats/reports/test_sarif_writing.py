"""Hits out as SARIF: valid, the same each time, with what was decided, and read back without a loss."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from reviewtui.formats.imported import Tree
from reviewtui.formats.reading import read_report
from reviewtui.formats.sarif.line_hash import LineHashes
from reviewtui.formats.sarif.writing import sarif_of_hits
from reviewtui.model.hit import NOWHERE, Hit, HitPlace, fingerprinted
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Carried, Match, Standing, Standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from tests.formats.hostile import TEXTS
from tests.formats.reports.world import FILES, tree_of

_SAMPLES: Final = Path(__file__).parents[3].parent / "shared/samples"
NOBODY: Final = Standings()


def hit(path: str = "app.py", line: int = 5, **more: Any) -> Hit:
    base = Hit(
        tool="bandit",
        rule="B605",
        name="start_process_with_a_shell",
        message="Starting a process with a shell.",
        severity=Severity.HIGH,
        confidence="high",
        cwe=(78,),
        path=RepoPath(path),
        span=LineSpan(line, line),
        line=line,
        url="https://example.org/b605.html",
        origin="test.sarif",
    )
    return replace(base, **more)


PLACES: Final = (
    HitPlace(RepoPath("lib/a b.py"), LineSpan(1, 1), "", "also here"),
    HitPlace(RepoPath("app.py"), LineSpan(4, 4), "source", "[in](1)"),
    HitPlace(RepoPath("app.py"), LineSpan(5, 6), "step"),
    HitPlace(RepoPath("app.py"), LineSpan(6, 6), "sink", "out"),
    HitPlace(RepoPath("app.py"), LineSpan(1, 1), "source"),
    HitPlace(RepoPath("app.py"), LineSpan(6, 6), "sink"),
    HitPlace(RepoPath("app.py"), LineSpan(2, 2), "step", "alone"),
    HitPlace(RepoPath("app.py"), LineSpan(1, 1), "related", "imported"),
)

HITS: Final = (
    hit(),
    hit(column=4, end_column=19),
    hit(span=LineSpan(4, 6), line=5, column=4),
    hit(span=LineSpan(4, 6), line=4, end_column=10),
    hit(severity=Severity.CRITICAL, confidence=""),
    hit(severity=Severity.INFO, rule="B101", cwe=(), url="", name="B101"),
    hit(severity=Severity.LOW, rule="B101", cwe=(703, 5), url="https://example.org/[x]", explanation="Why.\nHow."),
    hit("lib/wide.py", 1, column=10, end_column=17, tool="other-tool", facts=(("level", "error"), ("a", "b"))),
    hit("lib/wide.py", 2, suppressed="# nosec B605", explanation="Text"),
    hit("lib/a b.py", 1, is_question=True, severity=Severity.MEDIUM, ids=("CVE-2024-1", "GHSA-x")),
    hit(column=7, places=PLACES, message="The [value](1) of {0} and {{1}} [x](https://example.org)"),
    hit("", 1, message="Nowhere", facts=(("file", "x.py"),)),
    hit("empty.py", 1),
)


def identified(hits: Iterable[Hit]) -> list[Hit]:
    tree = tree_of(FILES)
    groups: dict[tuple[str, str], list[Hit]] = {}
    for one in hits:
        groups.setdefault((one.tool, one.path), []).append(one)
    found = [one for (_, path), group in groups.items() for one in fingerprinted(group, tree.lines(RepoPath(path)))]
    return sorted(found, key=_order)


def _order(one: Hit) -> tuple[object, ...]:
    return (one.path == NOWHERE, one.path, one.line, one.tool, one.rule, repr(one))


def back(text: str, tree: Tree | None = None) -> list[Hit]:
    found = read_report(text.encode(), "test.sarif", tree or tree_of(FILES))
    assert found.problems == ()
    return sorted(found.hits, key=_order)


def written(hits: Iterable[Hit], standings: Standings = NOBODY) -> str:
    return sarif_of_hits(hits, standings, tree_of(FILES).lines, "1.2.3")


def results(text: str) -> list[dict[str, Any]]:
    return [result for run in json.loads(text)["runs"] for result in run["results"]]


def decided(one: Hit, state: State, match: Match = Match.EXACT) -> Standings:
    at = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
    place = Place(one.path, one.span)
    verdict = Verdict(one.fingerprint, one.tool, one.rule, state, "Input is [a](1) constant", "Ada", at, place)
    carried = Carried(one, Standing(match, verdict), verdict)
    return Standings({one.fingerprint: verdict}, {one.fingerprint: carried})


def _without_prints_of_nowhere(hits: list[Hit]) -> list[Hit]:
    """Hits without lines are told apart by other means when they come from a report."""
    return [replace(one, fingerprint=hits[0].fingerprint) if one.path in ("", "empty.py") else one for one in hits]


def test_what_is_read_back_is_what_was_written() -> None:
    hits = identified(HITS)
    assert _without_prints_of_nowhere(back(written(hits))) == _without_prints_of_nowhere(hits)
    again = back(written(hits))
    assert back(written(again)) == again


def test_the_same_hits_in_any_order_give_the_same_bytes() -> None:
    hits = identified(HITS)
    assert written(hits) == written(hits[::-1])


def test_a_result_says_all_that_others_read() -> None:
    (one,) = identified([hit(column=4, end_column=19)])
    (result,) = results(written([one]))
    assert (result["ruleId"], result["ruleIndex"], result["kind"], result["level"]) == ("B605", 0, "fail", "error")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "app.py"},
                "region": {"startLine": 5, "startColumn": 5, "endColumn": 20},
            }
        }
    ]
    assert result["partialFingerprints"] == {
        "primaryLocationLineHash": LineHashes(FILES["app.py"].removesuffix("\n").split("\n")).of(5),
        "reviewtui/v1": one.fingerprint,
    }
    rule = json.loads(written([one]))["runs"][0]["tool"]["driver"]["rules"][0]
    assert (rule["properties"], rule["defaultConfiguration"], rule["helpUri"]) == (
        {"tags": ["security", "external/cwe/cwe-078"], "security-severity": "8.0"},
        {"level": "error"},
        "https://example.org/b605.html",
    )


def test_there_is_a_run_for_each_tool_and_names_are_percent_encoded() -> None:
    log = json.loads(written(identified(HITS)))
    assert [run["tool"]["driver"]["name"] for run in log["runs"]] == ["bandit", "other-tool"]
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in results(written(identified(HITS)))
        for place in result.get("locations", ())
    }
    assert uris == {"app.py", "lib/a%20b.py", "lib/wide.py", "empty.py"}


@pytest.mark.parametrize("state", [State.FALSE_POSITIVE, State.ACCEPTED_RISK, State.OUT_OF_SCOPE, State.DUPLICATE])
def test_what_was_decided_silences_a_result_and_all_have_the_list(state: State) -> None:
    one, other = identified([hit(), hit(line=6)])
    silent, loud = results(written([one, other], decided(one, state)))
    assert silent["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": f"{state.label}: Input is [a](1) constant (Ada, 2026-03-04)",
        }
    ]
    assert loud["suppressions"] == []
    assert silent["properties"]["decision"]["state"] == state.value
    read = back(written([one, other], decided(one, state)))
    assert [bool(found.suppressed) for found in read] == [True, False]


@pytest.mark.parametrize("state", [State.OPEN, State.CONFIRMED, State.FIXED, State.VERIFIED])
def test_no_other_decision_silences_a_result(state: State) -> None:
    (one,) = identified([hit()])
    assert "suppressions" not in results(written([one], decided(one, state)))[0]


def test_a_decision_on_other_code_silences_nothing() -> None:
    (one,) = identified([hit()])
    text = written([one], decided(one, State.FALSE_POSITIVE, Match.STALE))
    assert results(text)[0]["suppressions"][0]["status"] == "underReview"
    assert back(text)[0].suppressed == ""


def test_what_the_tool_itself_silences_is_said_with_where_it_does_so() -> None:
    for said, kind in (("# nosec", "inSource"), ("resolved as fixed", "external")):
        (one,) = identified([hit(suppressed=said)])
        suppression = {"kind": kind, "status": "accepted", "justification": said}
        assert results(written([one]))[0]["suppressions"] == [suppression]


def test_a_question_is_to_be_reviewed() -> None:
    (one,) = identified([hit(is_question=True)])
    (result,) = results(written([one]))
    assert (result["kind"], result["level"]) == ("review", "none")


def test_nothing_is_a_valid_log() -> None:
    assert json.loads(written([]))["runs"] == []
    _validate(written([]))


@pytest.mark.parametrize("standing", [None, State.FALSE_POSITIVE, State.CONFIRMED])
def test_the_log_is_valid(standing: State | None) -> None:
    hits = identified(HITS)
    _validate(written(hits, decided(hits[0], standing) if standing else NOBODY))


def test_hostile_texts_stay_texts() -> None:
    hits = []
    for number, text in enumerate(TEXTS):
        texts: dict[str, Any] = {
            "message": text or "x",
            "name": text or "x",
            "url": text,
            "suppressed": text,
            "confidence": text,
        }
        places = (HitPlace(RepoPath("app.py"), LineSpan(1, 1), "related", text),)
        facts = ((text, text),)
        hits.append(hit(rule=f"R{number}", explanation=text, facts=facts, places=places, **texts))
    hits.append(hit("a:b\udcff/c#d?e%20[f].py", 1))
    text = written(identified(hits))
    _validate(text)
    text.encode("ascii")
    read = read_report(text.encode(), "test.sarif", tree_of(FILES))
    assert len(read.hits) == len(hits)
    assert not [one for one in read.hits if one.url.startswith("javascript")]
    assert "a%3Ab%FF/c%23d%3Fe%2520%5Bf%5D.py" in text


@pytest.mark.parametrize(
    "name", ["codeql-2.19.3-python-flask", "snyk-code-1.1300-flask-vuln-bank", "semgrep-1.69.0-js-app"]
)
def test_what_another_tool_said_is_written_and_read_back(name: str) -> None:
    if not _SAMPLES.exists():
        pytest.skip("../shared/samples is not there")
    data = (_SAMPLES / f"sarif/{name}.sarif").read_bytes()
    uris = {uri for uri in re.findall(r'"uri"\s*:\s*"([^"]+)"', data.decode()) if "://" not in uri}
    tree = tree_of({uri: "".join(f"line {number}\n" for number in range(3_000)) for uri in uris})
    hits = read_report(data, "test.sarif", tree).hits
    placed = [one for one in hits if one.path != NOWHERE]
    assert placed
    text = sarif_of_hits(placed, NOBODY, tree.lines, "1.2.3")
    _validate(text)
    # The lines of the stand-ins for its files are none that the tool saw.
    assert sorted(back(text, tree), key=_order) == sorted(placed, key=_order)


def _validate(text: str) -> None:
    schema = _SAMPLES / "sarif/schema/sarif-schema-2.1.0.json"
    if not schema.exists():
        pytest.skip("../shared/samples is not there")
    jsonschema.Draft4Validator(json.loads(schema.read_bytes())).validate(json.loads(text))
