"""The JSON report: what it holds, that every reader takes it, and that it is the same each time."""

import json
import os
from dataclasses import replace
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

from reviewtui.formats import json_format
from reviewtui.formats.facts import ReportFacts
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from tests.formats.example import BLOBS, MADE, facts, turned
from tests.formats.hostile import TEXTS


def test_every_key_of_the_top_level_is_documented_in_its_order() -> None:
    keys = list(_read(json_format.render(facts())))
    described = json_format.__doc__ or ""
    positions = [described.index(f"`{key}`") for key in keys]
    assert positions == sorted(positions)


def test_a_finding_has_all_that_was_written() -> None:
    finding = _read(json_format.render(facts()))["findings"][0]
    assert (finding["id"], finding["severity"], finding["state"], finding["cwe"]) == (
        "k3v9x2ab",
        "critical",
        "confirmed",
        [89],
    )
    assert finding["places"][0] == {
        "path": "shop/views.py",
        "uri": "shop/views.py",
        "start_line": 4,
        "end_line": 6,
        "role": "sink",
        "note": "",
        "recorded": {
            "commit": "0123456789abcdef0123456789abcdef01234567",
            "blob": BLOBS[0],
            "symbol": "login",
            "text": '    rows = db().execute(\n        "SELECT * FROM users WHERE name = \'" + name + "\'"\n    )',
        },
        "now": {
            "state": "moved",
            "path": "shop/views.py",
            "uri": "shop/views.py",
            "start_line": 14,
            "end_line": 16,
            "confidence": 100,
            "reason": "",
        },
    }
    assert finding["history"][1] == {
        "at": "2026-03-04T10:30:00+00:00",
        "by": "Ada Auditor",
        "field": "state",
        "from": "open",
        "to": "confirmed",
        "reason": "Tried it on the test system",
    }


def test_the_summary_counts_findings_and_dates_that_have_passed() -> None:
    assert _read(json_format.render(facts()))["summary"] == {
        "by_severity": {"critical": {"confirmed": 1}, "high": {"accepted_risk": 1}, "not_rated": {"open": 1}},
        "unsettled": 2,
        "overdue": 1,
        "expired": 1,
    }


def test_hits_carry_their_decision() -> None:
    scan = _read(json_format.render(facts()))["scan"]
    assert scan["counts"] == {
        "undecided": 1,
        "suppressed_undecided": 1,
        "confirmed": 1,
        "false_positive": 1,
        "accepted_risk": 1,
        "to_be_confirmed": 0,
        "no_longer_reported": 1,
        "decided_and_not_looked_at": 0,
    }
    assert [(hit["line"], hit["decision"]) for hit in scan["hits"]] == [
        (1, "false_positive"),
        (5, "confirmed"),
        (7, "accepted_risk"),
        (9, "undecided"),
        (10, "undecided"),
    ]
    assert scan["blind_spots"] == [
        {"tool": "bandit", "path": "shop/legacy.py", "uri": "shop/legacy.py", "reason": "syntax error on line 3"}
    ]


def test_no_scan_is_null_and_not_an_empty_list() -> None:
    assert _read(json_format.render(facts(scan=False)))["scan"] is None


def test_an_empty_review_is_a_whole_report() -> None:
    report = _read(json_format.render(ReportFacts("webshop", MADE, Review())))
    assert (report["findings"], report["verdicts"], report["coverage"]["files"]) == ([], [], 0)


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_were_written_down() -> None:
    first = facts()
    assert json_format.render(replace(first, review=turned(first.review))) == json_format.render(first)


@pytest.mark.parametrize("hostile", TEXTS)
def test_hostile_text_comes_back_and_controls_no_terminal(hostile: str) -> None:
    def words(text: str) -> str:
        return f"{text}{hostile}"

    text = json_format.render(facts(words))
    report = _read(text)
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    path = report["findings"][0]["places"][0]["uri"]
    assert os.fsdecode(unquote_to_bytes(path)) == f"shop/views.py{hostile}"
    if not any("\ud800" <= character <= "\udfff" for character in hostile):
        assert report["project"] == f"webshop{hostile}"
        assert report["findings"][0]["places"][0]["path"] == f"shop/views.py{hostile}"


def test_bytes_that_are_not_utf8_are_shown_and_kept_in_the_uri() -> None:
    value = json_format.dumps({"path": RepoPath("caf\udce9.py"), "uri": json_format.uri("caf\udce9.py"), "x": "\ud800"})
    assert _read(value) == {"path": "caf\\xE9.py", "uri": "caf%E9.py", "x": "\\ud800"}


def _read(text: str) -> Any:  # what a foreign program would get
    value = json.loads(text)
    json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value
