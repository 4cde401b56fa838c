"""Which versions a record counts: every boundary of OSV's rules and of PEP 440."""

import pytest

from reviewtui.dependencies.matching import affects, affects_all, is_beyond_known
from tests.dependencies.samples import advisory, fixed, introduced, last, record, samples

LIMIT_2 = {"limit": "2.0"}


@pytest.mark.parametrize(
    ("events", "inside", "outside"),
    [
        pytest.param(
            [introduced("0"), fixed("1.2")], "0.0.dev1 0 1.1 1.2.dev1 1.2a1 1.2rc1", "1.2 1.2.0 1.3", id="fixed"
        ),
        pytest.param(
            [introduced("1.0"), fixed("1.2")], "1.0 1.0.0 1.0.post1 1.1", "0.9 1.0rc1 1.0.dev3 1.2", id="between"
        ),
        pytest.param(
            [introduced("0"), last("1.2")], "0 1.2 1.2.0 1.2rc1", "1.2.post1 1.2.1 1.3.dev0", id="last affected"
        ),
        pytest.param([introduced("1.0"), last("1.0")], "1.0 1.0.0", "0.9 1.0.1", id="one version"),
        pytest.param([introduced("0")], "0.0.dev1 1 99", "", id="never fixed"),
        pytest.param([introduced("1.0")], "1.0 99", "0.9", id="never fixed since"),
        pytest.param(
            [fixed("3.2.2"), introduced("3.1.1"), fixed("3.1.1"), introduced("0")],
            "1.0 3.1.0 3.1.1 3.2.1",
            "3.2.2",
            id="fixed and introduced at one version",
        ),
        pytest.param(
            [fixed("2.0.6"), introduced("2.0"), fixed("1.26.17"), introduced("0")],
            "1.26.16 2.0 2.0.5",
            "1.26.17 1.26.18 2.0.6 2.1",
            id="two branches in any order",
        ),
        pytest.param([introduced("0"), LIMIT_2], "1.9 2.0rc1", "2.0 2.1", id="limit"),
        pytest.param([introduced("0"), fixed("1.5"), LIMIT_2, {"limit": "3.0"}], "1.4", "1.5 2.5", id="two limits"),
        pytest.param([introduced("0"), {"limit": "*"}], "1 99", "", id="no limit"),
        pytest.param([introduced("2019-09-12"), fixed("1.0")], "", "0.5 1.0 2020", id="begins with no version"),
        pytest.param([introduced("0"), fixed("2019-09-12")], "0.5 2020", "", id="ends with no version"),
        pytest.param([introduced("1!1.0"), fixed("1!2.0")], "1!1.5", "1.5 3.0 1!2.0", id="epoch"),
        pytest.param([introduced("v1.0"), fixed(" 1.2 ")], "1.1", "1.2", id="spelled oddly"),
        pytest.param([fixed("1.2")], "", "1.0 1.2", id="never introduced"),
    ],
)
def test_a_range_holds_the_versions_between_its_events(events: list[dict[str, str]], inside: str, outside: str) -> None:
    known = advisory(record(*events))
    counted = [version for version in (inside + " " + outside).split() if affects(known, "shop", version)]
    assert counted == inside.split()


@pytest.mark.parametrize(
    ("listed", "version", "is_affected"),
    [
        ("2.2", "2.2.0", True),
        ("2.2.0", "2.2", True),
        ("4.2rc1", "4.2-rc.1", True),
        ("4.2rc1", "4.2", False),
        ("1.0", "1.0.post1", False),
        ("0.7.10p1", "0.7.10p1", True),
        ("0.7.10p1", "0.7.10", False),
        ("1.13.0", "1.13.0+cu117", True),
        ("1.13.0+cu117", "1.13.0", False),
        ("1.13.0+cu117", "1.13.0+cu117", True),
        ("1.13.0+cu117", "1.13.0+cu118", False),
        ("2004d", "2004d", True),
    ],
)
def test_a_listed_version_counts_however_it_is_spelled(listed: str, version: str, is_affected: bool) -> None:
    assert affects(advisory(record(versions=(listed,))), "shop", version) is is_affected


def test_what_is_listed_and_what_is_in_a_range_is_affected() -> None:
    known = advisory(record(introduced("0"), fixed("1.0"), versions=("2.0",)))
    assert [v for v in ("0.9", "1.0", "1.5", "2.0") if affects(known, "shop", v)] == ["0.9", "2.0"]


@pytest.mark.parametrize(
    ("events", "version", "is_affected"),
    [
        ([introduced("0"), last("1.0")], "1.0+patched", True),
        ([introduced("0"), fixed("1.0")], "1.0+patched", False),
        ([introduced("1.0"), fixed("2.0")], "1.0+patched", True),
        ([introduced("0"), fixed("1.0+patched")], "1.0", True),
        ([introduced("0"), fixed("1.0+patched")], "1.0+patched", False),
    ],
)
def test_a_build_of_ones_own_counts_as_the_release_that_it_was_made_of(
    events: list[dict[str, str]], version: str, is_affected: bool
) -> None:
    assert affects(advisory(record(*events)), "shop", version) is is_affected


@pytest.mark.parametrize("version", ["not-a-version", "1.0.x", "", "9" * 5000, "1" + ".1" * 5000])
def test_what_is_no_version_is_in_no_range_but_that_of_everything(version: str) -> None:
    assert not affects(advisory(record(introduced("0"), fixed("99"))), "shop", version)
    assert not affects(advisory(record(introduced("1"))), "shop", version)
    assert affects(advisory(record(introduced("0"))), "shop", version)


def test_only_ranges_of_the_ecosystem_count() -> None:
    value = record()
    events = [introduced("0")]
    value["affected"][0]["ranges"] = [
        {"type": "GIT", "repo": "x", "events": events},
        {"type": "SEMVER", "events": events},
    ]
    assert not affects(advisory(value), "shop", "1.0")


def test_only_packages_for_python_count() -> None:
    value = record(introduced("0"), name="other")
    value["affected"] += [{"package": {"ecosystem": "npm", "name": "shop"}, "versions": ["1.0"]}]
    known = advisory(value)
    assert known.packages == {"other"}
    assert not affects(known, "shop", "1.0")


def test_several_blocks_for_one_package_add_up() -> None:
    value = record(introduced("2.3.0"), fixed("2.3.2"), name="Flask")
    value["affected"] += record(introduced("0"), fixed("2.2.5"), name="flask")["affected"]
    known = advisory(value)
    assert [v for v in ("2.2.4", "2.2.5", "2.3.1", "2.3.2") if affects(known, "flask", v)] == ["2.2.4", "2.3.1"]


def test_what_was_withdrawn_affects_nothing() -> None:
    assert not affects(advisory(record(introduced("0"), withdrawn="2023-06-06T10:37:00Z")), "shop", "1.0")


def test_only_a_range_without_an_end_holds_everything() -> None:
    def is_all(*events: dict[str, str]) -> bool:
        return affects_all(advisory(record(*events)).affected[0])

    assert is_all(introduced("0"))
    assert not is_all(introduced("0.1"))
    assert not is_all(introduced("0"), fixed("9"))
    assert not is_all(introduced("0"), LIMIT_2)
    assert not is_all()


@pytest.mark.parametrize(
    ("known", "events", "version", "is_beyond"),
    [
        ("<= 1.4", [introduced("0")], "1.5", True),
        ("<= 1.4", [introduced("0")], "1.4", False),
        ("<= 1.4", [introduced("0")], "1.5rc1", True),
        ("< 1.4", [introduced("0")], "1.4", True),
        ("<= 3.1.4", [introduced("0"), fixed("3.1.5")], "3.1.4.post1", False),
        ("<= 3.1.4", [introduced("0"), last("3.1.5")], "3.1.5", False),
        ("nonsense", [introduced("0")], "1.5", False),
        ("", [introduced("0")], "1.5", False),
    ],
)
def test_where_no_fix_is_known_newer_versions_are_told_apart(
    known: str, events: list[dict[str, str]], version: str, is_beyond: bool
) -> None:
    value = record(*events)
    value["affected"][0]["database_specific"] = {"last_known_affected_version_range": known}
    affected = advisory(value).affected[0]
    assert is_beyond_known(affected, version) is is_beyond


@pytest.mark.parametrize(
    ("file", "package", "affected", "clean"),
    [
        ("django/PYSEC-2023-61.yaml", "django", "4.2rc1 4.1.8 3.2.18", "4.2.1 4.1.9 3.2.19"),
        ("gevent/PYSEC-2023-177.yaml", "gevent", "23.7.0 23.9.0", "23.9.1 24.2.1"),
        ("wagtail/PYSEC-2021-114.yaml", "wagtail", "2.11.6 2.12.3", "2.11.7 2.12.4"),
        ("py/PYSEC-2022-42969.yaml", "py", "1.11.0 0.8.0-alpha2", "1.11.1"),
        ("redis/PYSEC-2023-73.yaml", "redis", "", "4.5.5 5.0.0rc1"),
    ],
)
def test_the_odd_records_of_the_real_database(file: str, package: str, affected: str, clean: str) -> None:
    from reviewtui.dependencies.yaml_values import yaml_value

    value = yaml_value(samples("osv", "pypa", "vulns", file).read_text(encoding="utf-8"))
    known = advisory(value)
    assert [v for v in f"{affected} {clean}".split() if affects(known, package, v)] == affected.split()
