"""`reviewtui explain`: rules and weaknesses, for people and for programs."""

import json

import pytest

from tests.cli.conftest import Run


def test_a_rule_is_explained_with_its_items_weakness_and_example(cli: Run) -> None:
    done = cli("explain", "B506")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(
        "B506  yaml.load with a loader that builds objects\n  yaml_load\n\n  Means        `Loader`, "
    )
    for line in (
        "  Real         The YAML is uploaded, ",
        "  False alarm  `BaseLoader` ",
        "  Look         The second argument, ",
        "  Checklist    INP-14 Unsafe deserialisation\n",
        "  Weakness     CWE-502 Deserialization of Untrusted Data (A08:2025 Software or Data Integrity\n",
        "  Example      import yaml\n               yaml.load(request.data, Loader=yaml.Loader)\n",
    ):
        assert line in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_a_weakness_is_explained_with_the_items_that_name_it(cli: Run) -> None:
    done = cli("explain", "cwe-601")
    assert done.out.startswith("CWE-601  URL Redirection to Untrusted Site ('Open Redirect')\n\n  Means ")
    assert done.out.endswith("  Checklist    INP-16 Open redirects\n  Top 10       A01:2025 Broken Access Control\n")


def test_several_are_told_apart_and_an_unknown_one_does_not_hide_the_others(cli: Run) -> None:
    done = cli("explain", "B101", "B60", "T001", "\x1b[2Jnothing")
    assert done.status == 2
    assert [line.split("  ")[0] for line in done.out.splitlines() if line[:1].strip()] == ["B101", "T001"]
    assert done.err == (
        "reviewtui: B60 is not known: did you mean B601 or B602 or B603?\n"
        "reviewtui: \N{SYMBOL FOR ESCAPE}[2Jnothing is not known: `reviewtui explain --list` prints all that are.\n"
    )


def test_json_has_the_same_in_keys(cli: Run) -> None:
    (one,) = json.loads(cli("explain", "--format", "json", "S506").out)["explanations"]
    assert list(one) == [
        "key",
        "title",
        "name",
        "like",
        "means",
        "real",
        "false_alarm",
        "look",
        "items",
        "cwe",
        "example",
    ]
    assert (one["key"], one["like"], one["name"]) == ("S506", "Bandit B506", "yaml_load")
    assert [item["id"] for item in one["items"]] == ["INP-14"]
    assert one["cwe"] == [{"number": 502, "name": "Deserialization of Untrusted Data", "top10_2025": "A08"}]


def test_the_list_has_every_rule_with_its_title(cli: Run) -> None:
    lines = cli("explain", "--list").out.splitlines()
    assert lines[0] == "B101      A check that python -O leaves out"
    assert next(line for line in lines if line.startswith("CWE-89 ")).endswith("('SQL Injection')")
    listed = json.loads(cli("explain", "--list", "--format", "json").out)["explanations"]
    assert [f"{one['key']:<9} {one['title']}" for one in listed] == lines


@pytest.mark.parametrize("arguments", [(), ("--format", "json")])
def test_nothing_asked_is_an_error_that_says_what_to_ask(cli: Run, arguments: tuple[str, ...]) -> None:
    done = cli("explain", *arguments)
    assert (done.status, done.out) == (2, "")
    assert "reviewtui explain B608 CWE-89" in done.err
