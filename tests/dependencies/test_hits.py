"""Vulnerable requirements as hits: what they say, where they stand, and what their identity rests on."""

from collections.abc import Sequence
from typing import Any

import pytest

from reviewtui.dependencies.checking import checked
from reviewtui.dependencies.hits import hits_of, place_of
from reviewtui.dependencies.requirement import Manifest, Requirement
from reviewtui.model.hit import Hit, code_id
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from tests.dependencies.samples import MANIFEST, fixed, introduced, pin, record, span
from tests.dependencies.test_checking import EVIL, SHOP, knowledge

RATED = record(
    introduced("0"),
    fixed("1.2"),
    aliases=["CVE-2024-1"],
    summary="Everything is given away.",
    details="Really everything.",
    severity=[{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    database_specific={"cwe_ids": ["CWE-862"]},
)


def hits(
    lines: Sequence[str], *requirements: Requirement, records: Sequence[dict[str, Any]] = (RATED,)
) -> tuple[Hit, ...]:
    path = requirements[0].path
    checks = checked([Manifest(path, "requirements", requirements)], knowledge(*records))
    return hits_of(checks, lambda asked: lines if asked == path else ())


def test_a_hit_says_all_that_is_known() -> None:
    lines = ["# pins", "Shop==1.0  # old"]
    (hit,) = hits(lines, pin("Shop", "1.0", 2, marker="python_version < '4'", groups=("dev",), via=("flask", "web")))
    assert hit == Hit(
        tool="advisories",
        rule="PYSEC-2024-1",
        name="shop",
        message="Shop 1.0: Everything is given away; fixed in 1.2",
        severity=Severity.CRITICAL,
        confidence="",
        cwe=(862,),
        path=MANIFEST,
        span=LineSpan(2, 2),
        line=2,
        url="https://osv.dev/vulnerability/PYSEC-2024-1",
        ids=("CVE-2024-1",),
        facts=(
            ("package", "Shop"),
            ("version", "1.0"),
            ("fixed in", "1.2"),
            ("fixes all that is known", "1.2"),
            ("severity", "critical, 9.8 (CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)"),
            ("known in", "db"),
            ("databases", "db of 2024-10-10"),
            ("came in by", "flask, web"),
            ("groups", "dev"),
            ("marker", "python_version < '4'"),
        ),
        explanation="Everything is given away.\n\nReally everything.",
        code=code_id("Shop==1.0  # old"),
        fingerprint=hit.fingerprint,
    )
    assert len(hit.fingerprint) == 32


def test_a_severity_that_nobody_gives_is_not_invented() -> None:
    (hit,) = hits(["shop==1.0"], pin("shop", "1.0"), records=[SHOP])
    assert hit.severity is Severity.MEDIUM
    assert dict(hit.facts)["severity"] == "not given; shown as medium"
    assert hit.message == "shop 1.0: what is wrong is not described; fixed in 1.2, 2.1"


def test_only_versions_ahead_are_named_as_fixed() -> None:
    assert hits(["shop==2.0"], pin("shop", "2.0"), records=[SHOP])[0].message.endswith("; fixed in 2.1")
    assert hits(["shop==1"], pin("shop", "1"), records=[EVIL])[0].message.endswith("; no fixed version is known")


def test_the_identity_rests_on_package_and_version_and_on_no_other_line() -> None:
    (before,) = hits(["flask==1.0", "shop==1.0"], pin("shop", "1.0", 2))
    (moved,) = hits(["", "flask==2.0", "# more", "shop == 1.0"], pin("shop", "1.0", 4))
    (changed,) = hits(["flask==1.0", "shop==1.1"], pin("shop", "1.1", 2))
    assert moved.fingerprint == before.fingerprint
    assert changed.fingerprint != before.fingerprint
    assert changed.rule == before.rule


LOCK = """\
[[package]]
name = "flask"
version = "2.0"
files = ["hash1"]

[[package]]
name = "shop"
version = "1.0"
description = "1.0 is here too"
files = ["hash2"]
""".splitlines()


def test_in_a_lock_file_hashes_and_neighbours_may_change() -> None:
    path = RepoPath("poetry.lock")
    (before,) = hits(LOCK, pin("shop", "1.0", 7, end=10, path=path))
    assert (before.span, before.line) == (LineSpan(7, 8), 7)
    other = [line.replace("hash2", "hash3") for line in LOCK[5:]]
    (moved,) = hits(other, pin("shop", "1.0", 2, end=5, path=path))
    assert moved.fingerprint == before.fingerprint
    newer = [line.replace('version = "1.0"', 'version = "1.1"') for line in LOCK]
    (changed,) = hits(newer, pin("shop", "1.1", 7, end=10, path=path))
    assert changed.fingerprint != before.fingerprint


@pytest.mark.parametrize(
    ("lines", "requirement", "place"),
    [
        (['"shop": {', '  "hashes": [', '    "sha256:1"', "  ],", '  "version": "==1.0"', "}"], (1, 6), (5, 5, 5)),
        (["shop==1.0 \\", "  --hash=sha256:1.0 \\", "  --hash=sha256:2"], (1, 3), (1, 1, 1)),
        (["shop", "# nothing"], (1, 2), (1, 1, 1)),
        (["shop==11.0", "x==1.0.1"], (1, 2), (1, 1, 1)),
        (["shop"], (5, 9), (1, 1, 1)),
        ([], (5, 9), (1, 1, 1)),
    ],
)
def test_the_place_is_where_the_version_is_written(
    lines: list[str], requirement: tuple[int, int], place: tuple[int, int, int]
) -> None:
    start, end = requirement
    assert place_of(pin("shop", "1.0", start, end=end), lines) == (LineSpan(place[0], place[1]), place[2])


def test_one_weakness_in_two_files_is_two_hits() -> None:
    lock = RepoPath("poetry.lock")
    manifests = [
        Manifest(lock, "poetry.lock", (pin("shop", "1.0", 7, path=lock),)),
        Manifest(MANIFEST, "requirements", (pin("shop", "1.0", 1),)),
    ]
    found = hits_of(checked(manifests, knowledge(RATED)), lambda path: LOCK if path == lock else ["shop==1.0"])
    assert [(hit.path, hit.line) for hit in found] == [(lock, 7), (MANIFEST, 1)]
    assert len({hit.fingerprint for hit in found}) == 2


def test_the_same_pin_twice_in_a_file_is_told_apart() -> None:
    found = hits(["shop==1.0", "shop==1.0"], pin("shop", "1.0", 1), pin("shop", "1.0", 2))
    assert [hit.line for hit in found] == [1, 2]
    assert len({hit.fingerprint for hit in found}) == 2


def test_a_range_asks_one_question_whatever_its_lowest_version_has() -> None:
    other = record(introduced("0"), fixed("1.5"), named="PYSEC-2024-9", database_specific={"severity": "LOW"})
    (hit,) = hits(["shop>=1.0"], span("shop", ">=1.0", "1.0"), records=[RATED, other])
    assert (hit.rule, hit.is_question, hit.severity) == ("lowest-version", True, Severity.CRITICAL)
    assert hit.message == (
        "shop: installed version unknown (>=1.0); lowest allowed 1.0 would be affected by PYSEC-2024-1, PYSEC-2024-9; "
        "1.5 would have nothing that is known"
    )
    assert hit.ids == ("PYSEC-2024-1", "PYSEC-2024-9")
    assert hit.explanation.splitlines() == [
        "PYSEC-2024-1: Everything is given away; fixed in 1.2",
        "PYSEC-2024-9: what is wrong is not described; fixed in 1.5",
    ]


def test_beyond_what_was_known_it_is_a_question() -> None:
    value = record(introduced("0"), summary="Bad")
    value["affected"][0]["database_specific"] = {"last_known_affected_version_range": "<= 1.4"}
    (known,) = hits(["shop==1.4"], pin("shop", "1.4"), records=[value])
    assert (known.is_question, known.message) == (False, "shop 1.4: Bad; no fixed version is known")
    (newer,) = hits(["shop==1.5"], pin("shop", "1.5"), records=[value])
    assert newer.is_question
    assert newer.message == "shop 1.5: Bad; known of <=1.4, and nobody has said whether newer versions have it"
    assert dict(newer.facts)["last known affected"] == "<=1.4"


def test_long_texts_are_cut() -> None:
    value = record(introduced("0"), details="word " * 4000)
    (hit,) = hits(["shop==1.4"], pin("shop", "1.4"), records=[value])
    assert len(hit.explanation) <= 3000
    assert hit.explanation.endswith("…")
    assert len(hit.message) < 300
