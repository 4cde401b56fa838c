"""Hits of two tools on the same lines are one where they name the same weakness, and two wherever that is not sure."""

import time
from dataclasses import replace

from reviewtui.explain.other_tools import same_as
from reviewtui.model.doubles import doubles
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity


def hit(
    tool: str,
    rule: str,
    line: int,
    cwe: tuple[int, ...] = (),
    *,
    end: int = 0,
    severity: Severity = Severity.MEDIUM,
    path: str = "a.py",
) -> Hit:
    return Hit(
        tool, rule, "", "", severity, "", cwe, RepoPath(path), LineSpan(line, end or line), line,
        fingerprint=Fingerprint(f"{tool}{rule}{line}{path}"),
    )  # fmt: skip


def groups(*hits: Hit) -> list[list[str]]:
    return [[f"{hit.tool} {hit.rule}" for hit in group] for group in doubles(hits, same_as)]


def test_the_same_weakness_on_the_same_lines_is_one_and_the_worst_is_in_front() -> None:
    worst = hit("semgrep", "sqli", 5, (89,), severity=Severity.HIGH)
    assert groups(hit("bandit", "B608", 4, (89, 20), end=6), hit("bandit", "B101", 5, (703,)), worst) == [
        ["semgrep sqli", "bandit B608"],
        ["bandit B101"],
    ]


def test_rules_that_are_known_to_be_the_same_need_no_cwe() -> None:
    assert groups(hit("bandit", "B608", 4), hit("sonarqube", "python:S2077", 4), hit("ruff", "S608", 4)) == [
        ["bandit B608", "sonarqube python:S2077", "ruff S608"]
    ]
    assert len(groups(hit("ruff", "S608", 4), hit("bandit", "B609", 4), hit("other", "S608", 4))) == 3
    assert len(doubles([hit("bandit", "B608", 4), hit("ruff", "S608", 4)])) == 2


def test_what_only_looks_alike_stays_two() -> None:
    one = hit("bandit", "B608", 4, (89,))
    apart = (
        hit("semgrep", "sqli", 5, (89,)),
        hit("semgrep", "sqli", 4, (89,), path="b.py"),
        hit("semgrep", "xss", 4, (79,)),
        hit("bandit", "B609", 4, (89,)),
        hit("semgrep", "whole-module", 1, (89,), end=500),
    )
    assert [len(groups(one, other)) for other in apart] == [2] * len(apart)
    assert len(groups(replace(one, path=NOWHERE), replace(apart[0], path=NOWHERE, span=one.span, line=4))) == 2


def test_two_hits_of_one_tool_are_never_one_because_of_a_third() -> None:
    first, second = hit("bandit", "B602", 4, (78,)), hit("bandit", "B607", 5, (78,), end=6)
    third = hit("semgrep", "shell", 4, (78,), end=6)
    assert groups(first, second, third) == [["bandit B602", "semgrep shell"], ["bandit B607"]]


def test_the_same_hit_that_came_by_scan_and_by_report_is_one() -> None:
    own = hit("bandit", "B608", 4)
    assert groups(own, replace(own, origin="ci")) == [["bandit B608", "bandit B608"]]


def test_a_vulnerability_that_two_tools_name_alike_is_one() -> None:
    one, other = (replace(hit(tool, tool, 3), ids=("CVE-2026-1", tool)) for tool in ("osv", "pip-audit"))
    assert groups(one, other) == [["osv osv", "pip-audit pip-audit"]]


def test_a_report_of_thousands_on_one_line_takes_no_time() -> None:
    many = [hit("ab"[n % 2], f"R{n}", 7, (n + 1,)) for n in range(20_000)]
    began = time.process_time()
    assert len(doubles(many)) == 20_000
    assert time.process_time() - began < 10
