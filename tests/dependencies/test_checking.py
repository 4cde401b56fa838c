"""The three states of a requirement, and what each is said of."""

from typing import Any

import pytest

from reviewtui.dependencies.checking import Checked, Outcome, checked
from reviewtui.dependencies.database import Loaded, Source
from reviewtui.dependencies.knowledge import Knowledge
from reviewtui.dependencies.requirement import Manifest, Pin, Requirement
from reviewtui.dependencies.vulnerability import BUILT_IN
from reviewtui.model.place import LineSpan, RepoPath
from tests.dependencies.samples import MANIFEST, advisory, fixed, introduced, pin, record, span


def knowledge(*records: dict[str, Any], is_whole: bool = True, packages: tuple[str, ...] = ()) -> Knowledge:
    """One database with these records."""
    source = Source(
        "db", "archive", "2024-10-10", "newest record", len(records), frozenset(packages), is_whole=is_whole
    )
    return Knowledge.of([Loaded(source, tuple(advisory(value, "db") for value in records))])


def one(requirement: Requirement, known: Knowledge, *others: Requirement) -> Checked:
    manifests = [Manifest(MANIFEST, "requirements", (requirement,))]
    if others:
        manifests.append(Manifest(others[0].path, "poetry.lock", others))
    return checked(manifests, known)[0]


SHOP = record(introduced("0"), fixed("1.2"), introduced("2.0"), fixed("2.1"))
EVIL = record(introduced("0"), named="MAL-2024-1")


def test_an_affected_version_is_vulnerable() -> None:
    found = one(pin("Shop", "1.0"), knowledge(SHOP))
    assert (found.outcome, [v.id for v in found.vulnerabilities], found.fixed_by, found.sources) == (
        Outcome.VULNERABLE,
        ["PYSEC-2024-1"],
        "1.2",
        ("db of 2024-10-10",),
    )


def test_any_other_version_is_clean_in_the_database_that_is_named() -> None:
    requirement = pin("Shop", "1.2")
    assert one(requirement, knowledge(SHOP)) == Checked(requirement, Outcome.CLEAN, sources=("db of 2024-10-10",))


def test_a_package_that_a_whole_database_does_not_know_is_clean_in_it() -> None:
    assert one(pin("Other", "1.0"), knowledge(SHOP)).outcome is Outcome.CLEAN


def test_the_silence_of_a_few_records_says_nothing() -> None:
    known = knowledge(SHOP, is_whole=False, packages=("shop",))
    found = one(pin("Other", "1.0"), known)
    assert (found.outcome, found.reason) == (
        Outcome.NOT_CHECKED,
        "db of 2024-10-10 has nothing against it, and is not complete",
    )
    assert one(pin("Shop", "1.2"), known).outcome is Outcome.CLEAN


def test_without_any_database_nothing_is_checked() -> None:
    assert one(pin("Shop", "1.0"), Knowledge()).reason == "there is no database of advisories"


@pytest.mark.parametrize(
    ("requirement", "reason"),
    [
        (pin("Shop", "1.0.x"), "'1.0.x' is no version that can be compared"),
        (span("Shop"), "installed version unknown"),
        (span("Shop", "<3"), "installed version unknown (<3)"),
        (
            span("Shop", ">=1.2", "1.2"),
            "installed version unknown (>=1.2); nothing is known against the lowest allowed, 1.2",
        ),
        (span("Shop", ">=one", "one"), "installed version unknown (>=one)"),
        (
            span("Shop", ">=1.0", "1.0"),
            "installed version unknown (>=1.0); lowest allowed 1.0 would be affected by PYSEC-2024-1",
        ),
        (
            Requirement("shop", "Shop", Pin.DIRECT, "", "", MANIFEST, LineSpan(1, 1), 1, url="https://x.example/s.zip"),
            "a direct reference (https://x.example/s.zip), whose version nobody says",
        ),
        (
            Requirement("", "./shop", Pin.DIRECT, "", "", MANIFEST, LineSpan(1, 1), 1),
            "a direct reference, whose version nobody says, which has no name to look up",
        ),
    ],
)
def test_what_cannot_be_checked_says_why(requirement: Requirement, reason: str) -> None:
    found = one(requirement, knowledge(SHOP))
    assert (found.outcome, found.reason, found.vulnerabilities) == (Outcome.NOT_CHECKED, reason, ())


def test_of_a_range_the_lowest_version_is_the_question() -> None:
    found = one(span("Shop", ">=1.0", "1.0"), knowledge(SHOP))
    assert found.is_question
    assert ([v.id for v in found.possible], found.fixed_by) == (["PYSEC-2024-1"], "1.2")
    assert not one(span("Shop", ">=1.2", "1.2"), knowledge(SHOP)).is_question


def test_a_range_beside_a_lock_file_is_checked_there() -> None:
    lock = pin("shop", "2.0", 7, path=RepoPath("poetry.lock"))
    found = one(span("Shop", ">=1.0", "1.0"), knowledge(SHOP), lock)
    assert (found.outcome, found.pinned, found.is_question) == (Outcome.NOT_CHECKED, lock, False)
    assert found.reason == "poetry.lock says which version in line 7: 2.0"
    elsewhere = pin("shop", "2.0", 7, path=RepoPath("api/poetry.lock"))
    assert one(span("Shop", ">=1.0", "1.0"), knowledge(SHOP), elsewhere).pinned is None
    twice = (lock, pin("shop", "2.1", 9, path=RepoPath("poetry.lock")))
    assert one(span("Shop", ">=1.0", "1.0"), knowledge(SHOP), *twice).pinned is None


@pytest.mark.parametrize(
    "requirement",
    [
        span("Shop"),
        span("Shop", ">=5"),
        pin("Shop", "no version"),
        Requirement("shop", "Shop", Pin.DIRECT, "", "", MANIFEST, LineSpan(1, 1), 1),
    ],
)
def test_where_every_version_is_affected_the_version_does_not_matter(requirement: Requirement) -> None:
    found = one(requirement, knowledge(SHOP, EVIL))
    assert (found.outcome, [v.id for v in found.vulnerabilities]) == (Outcome.VULNERABLE, ["MAL-2024-1"])


def test_a_marker_that_never_holds_hides_nothing() -> None:
    assert one(pin("Shop", "1.0", marker="python_version < '2'"), knowledge(SHOP)).outcome is Outcome.VULNERABLE


def test_a_constraint_is_checked_too() -> None:
    assert one(pin("Shop", "1.0", is_constraint=True), knowledge(SHOP)).outcome is Outcome.VULNERABLE


def test_what_is_shipped_makes_nothing_clean() -> None:
    from reviewtui.dependencies.builtin import builtin

    known = Knowledge.of([builtin()])
    assert one(pin("Flask", "1.1.1"), known).outcome is Outcome.VULNERABLE
    assert one(pin("Flask", "3.0.0"), known).reason == (
        f"{BUILT_IN} of {builtin().source.date} has nothing against it, and is not complete"
    )


def test_the_shipped_facts_agree_with_the_database_that_they_were_taken_from() -> None:
    from reviewtui.dependencies.builtin import builtin
    from tests.dependencies.samples import samples
    from tests.dependencies.test_database import loaded

    facts = builtin().advisories
    packages = {package for fact in facts for package in fact.packages}
    theirs = [
        *loaded(samples("osv", "pypa"), *packages).advisories,
        *loaded(samples("osv", "ghsa"), *packages).advisories,
    ]
    by_id = {record.id: record for record in theirs}
    shared = [fact for fact in facts if fact.id in by_id]
    assert len(shared) >= 22
    for fact in shared:
        other = by_id[fact.id]
        (ours,), (range_,) = fact.affected, [r for a in other.affected[:1] for r in a.ranges[:1]]
        if len(other.affected) == 1:
            assert set(ours.ranges[0].events) == set(range_.events), fact.id
        assert fact.names >= other.names - {"SNYK-PYTHON-JINJA2-1012994"}, fact.id
        if other.rating and other.rating.vector:
            assert fact.rating == other.rating, fact.id
        assert other.cwe in ((), fact.cwe), fact.id


def test_what_comes_after_more_than_anybody_reads_is_not_called_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewtui.dependencies import checking

    monkeypatch.setattr(checking, "MOST", 2)
    entries = tuple(pin("shop", "1.0", line) for line in range(1, 6))
    found = checked([Manifest(MANIFEST, "requirements", entries)], knowledge(SHOP))
    assert [check.outcome for check in found] == [Outcome.VULNERABLE] * 3 + [Outcome.NOT_CHECKED] * 2
    assert found[-1].reason == "more than 2 advisories were found before it"


def test_checking_can_be_stopped() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    entries = tuple(pin("shop", "1.0", line) for line in range(1, 6))
    assert len(checked([Manifest(MANIFEST, "requirements", entries)], knowledge(SHOP), stop)) == 2
