"""What is said of a hit, whichever tool it is from."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from reviewtui.explain.catalogue import EXPLANATIONS, WEAKNESSES, explanation_of
from reviewtui.explain.other_tools import aliases
from reviewtui.explaining import about, close_to, everything, explained, explained_rule, item_of, meanings
from reviewtui.formats.imported import Tree
from reviewtui.formats.paths import PathMap
from reviewtui.formats.reading import read_report
from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.resources import shipped
from reviewtui.scan.text_rules.catalogue import RULES as TEXT_RULES
from reviewtui.store.checklists import load_checklists


def hit(tool: str, rule: str, *cwe: int, explanation: str = "") -> Hit:
    return Hit(
        tool,
        rule,
        rule,
        "Look here",
        Severity.LOW,
        "",
        tuple(cwe),
        RepoPath("a.py"),
        LineSpan(1, 1),
        1,
        explanation=explanation,
    )


def test_a_hit_of_bandit_has_our_texts_and_both_weaknesses() -> None:
    known = explained(hit("bandit", "B506", 20))
    rule = EXPLANATIONS["B506"]
    assert (known.title, known.kin, known.items, known.example) == (rule.title, "", ("INP-14",), rule.example)
    assert known.texts == (
        ("Means", rule.means),
        ("Real", rule.real),
        ("False alarm", rule.false_alarm),
        ("Look", rule.look),
    )
    assert [weakness.number for weakness in known.weaknesses] == [502, 20]


def test_a_hit_of_our_own_rules_has_theirs() -> None:
    known = explained(hit("text", "T006", 506, 1007))
    assert known.text("Look") == TEXT_RULES["T006"].look
    assert known.text("False alarm") == ""
    assert [weakness.number for weakness in known.weaknesses] == [506, 1007]


@pytest.mark.parametrize(
    ("tool", "rule", "same"),
    [
        ("ruff", "S608", "B608"),
        ("Ruff", "S324", "B324"),
        ("codeql", "py/flask-debug", "B201"),
        ("sonarqube", "python:S2077", "B608"),
        ("sonarqube", "pythonsecurity:S3649", "B608"),
        ("semgrep oss", "python.lang.security.audit.eval-detected.eval-detected", "B307"),
        ("semgrep", "gitlab.bandit.B303-1", "B303"),
        ("sonarqube", "external_bandit:B608", "B608"),
        ("sonarqube", "external_ruff:S608", "B608"),
        ("bandit (megalinter python_bandit)", "B608", "B608"),
        ("semgrep", "subprocess-shell-true", "B602"),
    ],
)
def test_a_rule_of_another_tool_is_explained_as_the_same_of_bandit(tool: str, rule: str, same: str) -> None:
    known = explained(hit(tool, rule))
    assert (known.key, known.kin, known.title) == (rule, f"Bandit {same}", EXPLANATIONS[same].title)


@pytest.mark.parametrize(
    ("tool", "rule"),
    [
        ("ruff", "B608"),
        ("flake8", "B301"),
        ("ruff", "S999"),
        ("semgrep", "javascript.browser.security.eval-detected.eval-detected"),
        ("sonarqube", "java:S2077"),
        ("sonarqube", "python:S101"),
        ("sonarqube", "external_ruff:B608"),
        ("sonarqube", "external_bandit:external_bandit:B608"),
        ("flake8-bandit", "B608"),
        ("gosec", "G304"),
        ("bandit", "T001"),
        ("text", "B608"),
        ("", ""),
    ],
)
def test_what_only_looks_alike_is_not_explained(tool: str, rule: str) -> None:
    assert explained_rule(tool, rule) is None


def test_of_an_unknown_rule_the_tool_and_its_weakness_speak() -> None:
    known = explained(hit("snyk", "python/Ssrf", 918, 99_999, explanation="  Data flows into a request.\n"))
    weakness = WEAKNESSES[918]
    assert (known.key, known.title, known.items) == ("python/Ssrf", "", ())
    assert known.texts == (
        ("From snyk", "Data flows into a request."),
        ("Means", weakness.means),
        ("Look", weakness.look),
    )
    assert known.weaknesses == (weakness,)


def test_a_rule_whose_tool_tells_no_weakness_is_explained_by_the_one_that_we_know() -> None:
    assert [w.number for w in explained(hit("sonarqube", "pythonsecurity:S5144")).weaknesses] == [918]
    assert [w.number for w in explained(hit("sonarqube", "pythonsecurity:S5144", 20)).weaknesses] == [20]


def test_what_the_message_says_already_is_not_said_again() -> None:
    assert explained(hit("x", "y", explanation=" Look ")).texts == ()


def test_nothing_at_all_is_no_error_and_a_book_is_cut() -> None:
    assert explained(hit("x", "y")).texts == ()
    ((label, text),) = explained(hit("x", "y", explanation="a" * 100_000)).texts
    assert (label, len(text), text[-1]) == ("From x", 1_502, "…")


def test_every_name_of_another_tool_leads_somewhere() -> None:
    assert [name for name in aliases() if about(name) is None] == []
    assert [explanation_of("", name) for name in ("", " ", "B608", "S608")] == [None] * 4


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("B608", "B608"),
        (" b608 ", "B608"),
        ("hardcoded_sql_expressions", "B608"),
        ("snmp_crypto_check", "B509"),
        ("t001", "T001"),
        ("CWE-89", "CWE-89"),
        ("cwe089", "CWE-89"),
        ("89", "CWE-89"),
        ("S608", "S608"),
        ("python:S5131", "python:S5131"),
    ],
)
def test_a_word_is_enough_to_ask(word: str, key: str) -> None:
    known = about(word)
    assert known is not None
    assert known.key == key


@pytest.mark.parametrize(
    "word", ["", "B", "B9999", "CWE-0", "CWE-", "99999999999999999999", "९", "\x1b[2J", "x" * 10_000]
)
def test_a_word_that_says_nothing_is_not_known(word: str) -> None:
    assert about(word) is None
    assert isinstance(close_to(word), tuple)


def test_what_was_meant_is_suggested() -> None:
    assert close_to("B60")[:2] == ("B601", "B602")
    assert close_to("hardcoded_sql")[:1] == ("hardcoded_sql_expressions",)
    assert close_to("py/sql") == ("py/sql-injection", "py/tarslip")
    assert "CWE-770" in close_to("7700")


def test_everything_has_one_title() -> None:
    keys = [key for key, title in everything() if title]
    assert len(keys) == len(set(keys)) == len(EXPLANATIONS) + len(TEXT_RULES) + len(WEAKNESSES)


ITEMS: Final = {item.id: item for checklist in load_checklists(shipped("checklists")) for item in checklist.items}


@pytest.mark.parametrize(
    ("tool", "rule", "cwe", "item"),
    [
        ("bandit", "B608", (89,), "INP-01"),
        ("bandit", "B701", (94,), "INP-07"),
        ("bandit", "B105", (259,), "SEC-01"),
        ("text", "T001", (838,), "CFG-09"),
        ("ruff", "S608", (), "INP-01"),
        ("sonarqube", "pythonsecurity:S5146", (), "INP-16"),
        ("snyk", "python/Ssrf", (918,), "INP-10"),
        ("codeql", "py/path-injection", (99, 22, 23), "INP-11"),
        ("bandit", "B501", (295,), None),
        ("ruff", "B608", (), None),
        ("gosec", "G104", (99_999,), None),
    ],
)
def test_every_hit_belongs_to_the_item_that_asks_the_same(
    tool: str, rule: str, cwe: tuple[int, ...], item: str | None
) -> None:
    found = item_of(hit(tool, rule, *cwe), ITEMS)
    assert (found and found.id) == item


def test_an_item_of_somebody_elses_list_is_found_by_what_it_names() -> None:
    mine = replace(ITEMS["INP-01"], id="MINE-1", bandit=("B608",), cwe=())
    assert item_of(hit("bandit", "B608", 89), {"MINE-1": mine}) is mine
    assert item_of(hit("semgrep", "B608"), {"MINE-1": mine}) is None


def test_meanings_leave_out_what_is_not_known() -> None:
    known = meanings([("bandit", "B101"), ("bandit", "B999"), ("text", "T004"), ("x", "")])
    assert known == {
        ("bandit", "B101"): (EXPLANATIONS["B101"].title, EXPLANATIONS["B101"].means),
        ("text", "T004"): ("invisible character", TEXT_RULES["T004"].means),
    }


def test_every_weakness_that_the_samples_of_other_tools_name_is_explained() -> None:
    folder = Path(__file__).parents[2] / "shared/samples/sarif"
    if not folder.is_dir():
        pytest.skip("../shared/samples is not there")
    hits = [
        hit
        for path in sorted(folder.glob("*.sarif"))
        for hit in read_report(path.read_bytes(), path.name, Tree(PathMap([]), lambda _: [])).hits
    ]
    assert len(hits) > 150
    assert {(hit.tool, hit.rule) for hit in hits if hit.cwe and not explained(hit).weaknesses} == set()
    assert {(hit.tool, hit.rule) for hit in hits if not explained(hit).texts} == set()
