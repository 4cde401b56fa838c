"""What is taken of a record, and what a wrong one costs."""

from typing import Any

import pytest

from reviewtui.dependencies.advisory import Advisory, Affected, AffectedRange, Event, EventKind, Rating
from reviewtui.dependencies.osv import advisory_of, sentence
from reviewtui.model.risk import Severity
from tests.dependencies.samples import fixed, introduced, record


def test_a_whole_record_is_taken() -> None:
    value = {
        "schema_version": "1.6.0",
        "id": "GHSA-aaaa-bbbb-cccc",
        "aliases": ["CVE-2024-1", "CVE-2024-1", "GHSA-aaaa-bbbb-cccc"],
        "summary": "The shop sells everything to everybody.",
        "details": "### Impact\nThe shop sells.",
        "published": "2024-05-01T00:00:00Z",
        "modified": "2024-05-02T10:11:12.123456Z",
        "severity": [
            {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
            {"type": "Ubuntu", "score": "high"},
        ],
        "affected": [
            {
                "package": {"ecosystem": "PyPI", "name": "My_Shop.Core"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}]}],
                "versions": ["1.0", "1.1"],
                "database_specific": {"last_known_affected_version_range": "<= 1.1"},
            }
        ],
        "database_specific": {"cwe_ids": ["CWE-79", "CWE-x", "CWE-89"], "severity": "LOW"},
    }
    events = (Event(EventKind.INTRODUCED, "0"), Event(EventKind.FIXED, "1.2"))
    assert advisory_of(value, "db") == (
        Advisory(
            id="GHSA-aaaa-bbbb-cccc",
            affected=(
                Affected(
                    "my-shop-core",
                    ("1.0", "1.1"),
                    (AffectedRange(events),),
                    "<=1.1",
                ),
            ),
            aliases=("CVE-2024-1",),
            summary="The shop sells everything to everybody",
            details="### Impact\nThe shop sells.",
            rating=Rating(Severity.CRITICAL, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8"),
            cwe=(79, 89),
            published="2024-05-01T00:00:00Z",
            modified="2024-05-02T10:11:12.123456Z",
            source="db",
        ),
        (),
    )


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "no record: a record is an object with an id"),
        ([], "no record: a record is an object with an id"),
        ({}, "no record: its id is missing, or is no name of an advisory"),
        ({"id": 1}, "no record: its id is missing, or is no name of an advisory"),
        ({"id": "a b"}, "no record: its id is missing, or is no name of an advisory"),
        ({"id": "\x1b[31m"}, "no record: its id is missing, or is no name of an advisory"),
        ({"id": "X-1", "affected": {}}, "X-1: affected is no list and was left out"),
        ({"id": "X-1", "affected": ["shop"]}, "X-1: affected[0] is no object and was left out"),
        (
            {"id": "X-1", "affected": [{"package": {"ecosystem": "PyPI", "name": 7}}]},
            "X-1: name is no text and was left out",
        ),
    ],
)
def test_what_is_no_record_is_told(value: object, problem: str) -> None:
    found, problems = advisory_of(value)
    assert found is None
    assert problems[0] == problem


@pytest.mark.parametrize(
    "key", ["aliases", "summary", "details", "modified", "published", "severity", "database_specific"]
)
def test_a_wrong_part_costs_that_part(key: str) -> None:
    found, problems = advisory_of(record(introduced("0")) | {key: 17})
    assert found is not None
    assert found.id == "PYSEC-2024-1"
    assert len(problems) == 1
    assert problems[0].startswith(f"PYSEC-2024-1: {key} is no ")


def test_nothing_but_a_date_takes_a_record_back() -> None:
    odd: tuple[object, ...] = (True, 1, "yes", {}, ["2023-01-01"])
    for hiding in odd:
        found, problems = advisory_of(record(introduced("0"), withdrawn=hiding))
        assert found is not None
        assert found.withdrawn == ""
        assert problems != ()
    for empty in (None, "", "null", "~"):
        found, problems = advisory_of(record(introduced("0"), withdrawn=empty))
        assert found is not None
        assert (found.withdrawn, problems) == ("", ())
    found, _ = advisory_of(record(introduced("0"), withdrawn="2023-01-01 10:00:00Z"))
    assert found is not None
    assert found.withdrawn == "2023-01-01T10:00:00Z"


def test_events_of_the_wrong_type_cost_themselves() -> None:
    events: list[Any] = [{"introduced": 0}, {"fixed": 1.1}, "x", {"fixed": ""}, {"fixed": "9" * 500}, {"fixed": True}]
    found, problems = advisory_of(record(*events, fixed("2.0")))
    assert found is not None
    assert found.affected[0].ranges == (
        AffectedRange((Event(EventKind.INTRODUCED, "0"), Event(EventKind.FIXED, "2.0"))),
    )
    assert problems == (
        "PYSEC-2024-1: affected[0].ranges[0]: fixed is no text and was left out",
        "PYSEC-2024-1: affected[0].ranges[0] has an event that is no object; it was left out",
        "PYSEC-2024-1: affected[0].ranges[0] has a version that is empty or too long; it was left out",
    )


def test_a_list_that_nobody_writes_is_cut_and_told() -> None:
    found, problems = advisory_of(record(introduced("0"), versions=tuple(map(str, range(30_000)))))
    assert found is not None
    assert len(found.affected[0].versions) == 20_000
    assert problems == ("PYSEC-2024-1: versions has 30000 entries; only the first 20000 were read",)


@pytest.mark.parametrize(
    ("severity", "word", "rating"),
    [
        ([], "MODERATE", Rating(Severity.MEDIUM)),
        ([], "CRITICAL", Rating(Severity.CRITICAL)),
        ([], "unheard of", None),
        ([("CVSS_V3", "nonsense")], "HIGH", Rating(Severity.HIGH)),
        ([("CVSS_V2", "AV:N/AC:L/Au:N/C:C/I:C/A:C")], "", Rating(Severity.HIGH, "AV:N/AC:L/Au:N/C:C/I:C/A:C", "10.0")),
        (
            [
                ("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"),
                ("CVSS_V4", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
            ],
            "",
            Rating(Severity.CRITICAL, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "9.3"),
        ),
        (
            [("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N")],
            "HIGH",
            Rating(Severity.INFO, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "0.0"),
        ),
        ([("CVSS_V3", "CVSS:3.1/" + "AV:N/" * 10_000)], "", None),
    ],
)
def test_the_newest_vector_that_can_be_read_counts_before_a_word(
    severity: list[tuple[str, str]], word: str, rating: Rating | None
) -> None:
    entries = [{"type": kind, "score": score} for kind, score in severity]
    found, _ = advisory_of(record(introduced("0"), severity=entries, database_specific={"severity": word}))
    assert found is not None
    assert found.rating == rating


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("One. Two.", "One"),
        ("### Impact\n\nIt leaks\nkeys. More.", "It leaks keys"),
        ("Flask is a web framework. Cookies are cached.", "Cookies are cached"),
        ("shop is a library for Python. shop leaks keys. It does.", "shop leaks keys"),
        ("Uses e.g. Popen in shop v2.1.0. Then more.", "Uses e.g. Popen in shop v2.1.0"),
        ("Flask is a web framework.", "Flask is a web framework"),
        ("a" * 300, "a" * 239 + "…"),
        ("#\n---\n", ""),
    ],
)
def test_the_first_sentence_that_says_something(text: str, first: str) -> None:
    assert sentence(text) == first
