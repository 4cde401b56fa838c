"""The card of a hit that another tool reported: all that it says, in order, and no more than can be read."""

from dataclasses import replace
from typing import Final

from reviewtui.explain.catalogue import EXPLANATIONS, WEAKNESSES
from reviewtui.model.hit import NOWHERE, Hit, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.tui.cards import MOST_FACTS, MOST_PLACES, Paragraph, hit_card
from reviewtui.tui.key_check import usual

FLOW: Final = Hit(
    "codeql",
    "py/path-injection",
    "py/path-injection",
    "This path depends on a user-provided value.",
    Severity.HIGH,
    "high",
    (22,),
    RepoPath("shop/files.py"),
    LineSpan(9, 9),
    9,
    is_question=True,
    ids=("py/path-injection", "CWE-022"),
    facts=(("level", "error"), ("baseline", "new")),
    explanation="Paths from users are dangerous.\n\nCheck them.",
    places=(
        HitPlace(RepoPath("shop/files.py"), LineSpan(4, 4), "source", "request.args"),
        HitPlace(RepoPath("shop/files.py"), LineSpan(9, 10), "sink"),
        HitPlace(NOWHERE, LineSpan(1, 1), "", "in a library"),
    ),
)


def lines(card: list[Paragraph]) -> list[str]:
    return ["".join(str(text) for text, _ in paragraph.runs) for paragraph in card]


def test_question_names_facts_and_steps_stand_before_the_explanation() -> None:
    card = lines(hit_card(FLOW, None, None, usual().keymap))
    assert card[0] == "H py/path-injection py/path-injection  codeql · high severity · high confidence · CWE-22"
    assert card[1] == "This path depends on a user-provided value."
    assert card[2].startswith("tc confirm ")
    assert card[3:] == [
        "? The tool claims nothing and asks to look",
        "Also known as: CWE-022",
        "level: error",
        "baseline: new",
        "  1 source shop/files.py:4  request.args",
        "  2 sink shop/files.py:9-10",
        "  3 place elsewhere  in a library",
        "From codeql: Paths from users are dangerous.",
        "Check them.",
        f"Means: {WEAKNESSES[22].means}",
        f"Look: {WEAKNESSES[22].look}",
        f"CWE-22 {WEAKNESSES[22].name}  A01:2025 Broken Access Control",
    ]


def test_a_rule_that_is_like_one_of_bandit_says_which() -> None:
    card = lines(hit_card(replace(FLOW, rule="py/sql-injection", cwe=(89,)), None, None, usual().keymap))
    rule = EXPLANATIONS["B608"]
    assert f"{rule.title}  like Bandit B608" in card
    assert f"False alarm: {rule.false_alarm}" in card
    assert "Item: INP-01, AUTH-02" in card
    assert not any("From codeql" in line for line in card)


def test_a_vulnerable_dependency_is_explained_as_one_whatever_its_own_weakness_is() -> None:
    pin = replace(FLOW, tool="osv", rule="GHSA-2g68-c3qc-8985", ids=("CVE-2024-34069",), cwe=(352,), explanation="")
    card = lines(hit_card(pin, None, None, usual().keymap))
    assert f"Look: {WEAKNESSES[1395].look}" in card
    assert card[-2:] == [
        f"CWE-1395 {WEAKNESSES[1395].name}  A03:2025 Software Supply Chain Failures",
        f"CWE-352 {WEAKNESSES[352].name}  A01:2025 Broken Access Control",
    ]


def test_a_hostile_report_neither_floods_the_card_nor_draws_on_the_screen() -> None:
    evil = "\x1b[2J\u202e" + "x\n" * 100_000
    flood = replace(
        FLOW,
        ids=tuple(f"ID-{number}{evil}" for number in range(500)),
        facts=((evil, evil),) * 500,
        explanation=evil,
        places=(HitPlace(RepoPath("a.py"), LineSpan(1, 1), evil, evil),) * 5_000,
    )
    card = lines(hit_card(flood, None, None, usual().keymap))
    assert len(card) < MOST_FACTS + MOST_PLACES + 60
    assert f"    and {5_000 - MOST_PLACES} more places" in card
    assert max(map(len, card)) < 10_000
    assert not any("\x1b" in line or "\u202e" in line or "\n" in line for line in card)
