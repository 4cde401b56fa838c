"""`reviewtui check`: the gate."""

import json
from dataclasses import replace
from datetime import date

import pytest

from reviewtui.commands.check import violations
from reviewtui.model.finding import FindingId
from reviewtui.model.review import Review
from reviewtui.model.state import State
from tests.cli.conftest import FINDINGS, Run, save
from tests.formats.example import review
from tests.gitrepo import GitRepo

TODAY = date(2026, 3, 20)


def test_a_serious_finding_fails_the_build_with_its_place(cli: Run, reviewed: GitRepo) -> None:
    done = cli("check", reviewed.root)
    assert (done.status, done.err) == (1, "")
    assert done.out.splitlines() == [
        "shop/views.py:4: critical finding k3v9x2ab is confirmed: SQL injection in the login",
        "shop/views.py:4: critical finding k3v9x2ab was due on 2026-03-10: SQL injection in the login",
        "shop/views.py:9: high finding m5q7r8cd was accepted until 2026-03-15: Secret key in the source",
        f"{FINDINGS}: unrated finding p9s1t2ef is open: Old sessions stay valid",
    ]


def test_the_place_is_the_present_one(cli: Run, reviewed: GitRepo) -> None:
    views = reviewed.root / "shop" / "views.py"
    (reviewed.root / "shop" / "pages.py").write_text("# Moved.\n" + views.read_text())
    views.unlink()
    places = [line.partition(": ")[0] for line in cli("check", reviewed.root).out.splitlines()]
    assert places == ["shop/pages.py:5", "shop/pages.py:5", "shop/pages.py:10", FINDINGS]


def test_what_is_settled_passes(cli: Run, shop: GitRepo) -> None:
    key = replace(review().findings[FindingId("m5q7r8cd")], review_by=date(2098, 1, 1))
    save(shop, Review(findings={key.id: key}))
    assert (done := cli("check", shop.root)).status == 0
    assert done.out == "Nothing has to be dealt with.\n"


def test_the_json_has_one_entry_for_each_reason(cli: Run, reviewed: GitRepo) -> None:
    done = cli("check", "--format", "json", "--fail-on", "critical", reviewed.root)
    report = json.loads(done.out)
    assert done.status == 1
    assert (report["schema"], report["fail_on"]) == ("reviewtui-check", "critical")
    assert [(v["rule"], v["entry"], v["path"], v["line"]) for v in report["violations"]] == [
        ("open", "k3v9x2ab", "shop/views.py", 4),
        ("overdue", "k3v9x2ab", "shop/views.py", 4),
        ("expired", "m5q7r8cd", "shop/views.py", 9),
        ("open", "p9s1t2ef", None, None),
    ]


def test_no_findings_file_is_no_success(cli: Run, shop: GitRepo) -> None:
    done = cli("check", shop.root)
    assert (done.status, done.out) == (2, "")
    assert done.err == f"reviewtui: There is no {FINDINGS} in {shop.root}: nothing was reviewed yet\n"


@pytest.mark.parametrize(
    ("fail_on", "rules"),
    [
        ("critical", ["open", "overdue", "expired", "open"]),
        ("never", ["overdue", "expired"]),
        ("info", ["open", "overdue", "expired", "open"]),
    ],
)
def test_the_severity_that_fails_can_be_chosen(fail_on: str, rules: list[str]) -> None:
    assert [violation.rule for violation in violations(review(), fail_on, TODAY)] == rules


def test_a_confirmed_hit_without_its_finding_is_not_forgotten() -> None:
    whole = review()
    left = replace(whole, findings={}, verdicts={k: v for k, v in whole.verdicts.items() if v.state is State.CONFIRMED})
    (violation,) = violations(left, "high", TODAY)
    assert (violation.rule, violation.text) == ("lost", "bandit B608 is confirmed and has no finding: Real")


def test_an_accepted_hit_runs_out_the_day_after() -> None:
    left = replace(review(), findings={})
    assert [v.rule for v in violations(left, "never", date(2027, 1, 1))] == []
    assert [v.rule for v in violations(left, "never", date(2027, 1, 2))] == ["expired"]


def test_a_title_cannot_forge_a_second_line(cli: Run, shop: GitRepo) -> None:
    finding = replace(review().findings[FindingId("p9s1t2ef")], title="x\nshop.py:1: all is well\x1b[2J")
    save(shop, Review(findings={finding.id: finding}))
    done = cli("check", shop.root)
    assert done.out.count("\n") == 1
    assert done.out.replace("\n", "").isprintable()
