"""The explanations of Bandit's rules: all there, true of the Bandit that is installed, in our own words."""

import re
from collections import Counter
from collections.abc import Iterator
from csv import DictReader
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from reviewtui.explain.catalogue import EXPLANATIONS, WEAKNESSES, explanation_of, weakness_of
from reviewtui.explain.explanation import TOP10, Explanation
from reviewtui.model.checklist import Item
from reviewtui.resources import shipped
from reviewtui.scan.bandit.library import extension_loader
from reviewtui.scan.bandit.runner import BanditRunner
from reviewtui.scan.text_rules.catalogue import RULES as TEXT_RULES
from reviewtui.store.checklists import load_checklists

LONGEST: Final = {"title": 60, "means": 300, "real": 300, "false_alarm": 350, "look": 400}
RUN: Final = 8
"""So many words in a row are no accident."""

MANAGER: Final = extension_loader.MANAGER
# Copied at once: Bandit's loader changes these names when it is asked for an address.
NAMES: Final = {entry.plugin._test_id: entry.name for entry in MANAGER.plugins} | {
    key: str(entry["name"]) for key, entry in MANAGER.blacklist_by_id.items()
}
ITEMS: Final[dict[str, Item]] = {
    item.id: item for checklist in load_checklists(shipped("checklists")) for item in checklist.items
}


TOP_25: Final = frozenset(
    {79, 787, 89, 352, 22, 125, 78, 416, 862, 434, 94, 20, 77, 287, 269, 502, 200, 863, 918, 119, 476, 798, 190, 400}
    | {306, 120, 121, 122, 284, 639, 770}
)
"""The CWE Top 25 of 2024 and of 2025."""


@pytest.fixture(scope="module")
def runner() -> BanditRunner:
    return BanditRunner()


def texts(one: Explanation) -> dict[str, str]:
    return {name: getattr(one, name) for name in LONGEST}


def test_every_rule_of_the_installed_bandit_is_explained_and_no_other() -> None:
    assert sorted(EXPLANATIONS) == sorted(NAMES)


def test_names_are_those_of_bandit() -> None:
    assert {key: one.name for key, one in EXPLANATIONS.items()} == NAMES


@pytest.mark.parametrize("rule", EXPLANATIONS)
def test_the_example_makes_the_rule_fire(rule: str, runner: BanditRunner) -> None:
    hits, problem = runner.scan("example.py", f"{EXPLANATIONS[rule].example}\n".encode())
    assert problem == ""
    assert {explanation_of("bandit", hit.name) for hit in hits if hit.rule == rule} == {EXPLANATIONS[rule]}


def test_examples_are_short_enough_for_the_card() -> None:
    long = {
        key: lines
        for key, one in EXPLANATIONS.items()
        if len(lines := one.example.split("\n")) > 5 or any(len(line) > 74 for line in lines)
    }
    assert long == {}


def test_texts_are_neither_missing_nor_long() -> None:
    wrong = [
        (key, name, len(text))
        for key, one in EXPLANATIONS.items()
        for name, text in texts(one).items()
        if not 10 <= len(text) <= LONGEST[name] or text != text.strip() or "  " in text
    ]
    assert wrong == []


def test_no_sentence_is_said_twice() -> None:
    found = Counter(sentence for one in EXPLANATIONS.values() for sentence in sentences(one))
    found += Counter(text for one in WEAKNESSES.values() for text in (one.means, one.look))
    assert [sentence for sentence, times in found.items() if times > 1] == []


def test_backticks_are_closed() -> None:
    every = [text for one in EXPLANATIONS.values() for text in texts(one).values()]
    every += [text for one in WEAKNESSES.values() for text in (one.means, one.look)]
    assert [text for text in every if text.count("`") % 2] == []


def test_nothing_is_taken_from_bandits_own_words() -> None:
    theirs = {run for text in bandits_words() for run in runs(text)}
    ours = {run: key for key, one in EXPLANATIONS.items() for text in (*texts(one).values(),) for run in runs(text)} | {
        run: str(number) for number, one in WEAKNESSES.items() for run in (*runs(one.means), *runs(one.look))
    }
    assert len(theirs) > 1_000
    assert {run: where for run, where in ours.items() if run in theirs} == {}


def test_every_item_that_is_named_exists() -> None:
    assert {name for one in EXPLANATIONS.values() for name in one.items} <= ITEMS.keys()


def test_every_rule_that_an_item_names_leads_back_to_it() -> None:
    wrong = [
        (item.id, rule) for item in ITEMS.values() for rule in item.bandit if item.id not in EXPLANATIONS[rule].items
    ]
    assert wrong == []


def test_no_item_is_named_twice() -> None:
    assert [key for key, one in EXPLANATIONS.items() if len(set(one.items)) < len(one.items)] == []


def test_every_rule_that_is_referred_to_exists() -> None:
    every = {
        key: " ".join(texts(one).values()) + " ".join(w.look for w in map(weakness_of, one.cwe) if w)
        for key, one in EXPLANATIONS.items()
    }
    named = {(key, rule) for key, text in every.items() for rule in re.findall(r"\b[BT]\d{3}\b", text)}
    assert {rule for _, rule in named} - EXPLANATIONS.keys() - TEXT_RULES.keys() == set()
    assert {(key, rule) for key, rule in named if key == rule} == set()


def test_every_weakness_that_anything_of_ours_names_is_explained() -> None:
    bandit = {
        number for number in vars(import_module("bandit.core.issue").Cwe).values() if isinstance(number, int) and number
    }
    named = bandit | {number for item in ITEMS.values() for number in item.cwe}
    named |= {number for one in EXPLANATIONS.values() for number in one.cwe}
    named |= {number for rule in TEXT_RULES.values() for number in rule.cwe}
    assert len(bandit) == 23
    assert sorted((named | TOP_25) - WEAKNESSES.keys()) == []


def test_weaknesses_are_complete_and_of_a_length_that_is_read() -> None:
    wrong = [
        number
        for number, one in WEAKNESSES.items()
        if not (len(one.name) >= 10 and 30 <= len(one.means) <= 250 and 30 <= len(one.look) <= 300)
        or (one.top10 and one.top10 not in TOP10)
    ]
    assert wrong == []


def test_categories_are_those_of_the_top_10() -> None:
    table = Path(__file__).parents[3] / "shared/samples/checklist/cwe-to-top10.csv"
    if not table.is_file():
        pytest.skip("../shared/samples is not there")
    with table.open(encoding="utf-8", newline="") as file:
        theirs = {int(row["cwe"]): row["top10_2025"] for row in DictReader(file)}
    assert {number: one.top10 for number, one in WEAKNESSES.items() if one.top10 != theirs.get(number, "")} == {}


def test_a_rule_is_found_by_its_id_and_its_name_and_a_weakness_by_its_number() -> None:
    known = EXPLANATIONS["B608"]
    assert explanation_of("Bandit", "b608") is known
    assert explanation_of("bandit", "hardcoded_sql_expressions") is known
    assert explanation_of("bandit", "B999") is None
    assert explanation_of("semgrep", "B608") is None
    found = weakness_of(89)
    assert found is not None
    assert (found.top10, found.category) == ("A05", "A05:2025 Injection")
    assert weakness_of(0) is weakness_of(-89) is weakness_of(99_999) is None


def sentences(one: Explanation) -> Iterator[str]:
    for text in texts(one).values():
        yield from (part for part in re.split(r"(?<=[.?!]) ", text) if len(part) > 12)


def runs(text: str) -> Iterator[str]:
    """Every so many words in a row, without signs."""
    words = re.findall(r"[a-z0-9_']+", text.lower())
    yield from (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def bandits_words() -> Iterator[str]:
    for entry in MANAGER.plugins:
        yield str(entry.plugin.__doc__)
    for entry in MANAGER.blacklist_by_id.values():
        yield str(entry["message"])
    for name in ("calls", "imports"):
        yield str(import_module(f"bandit.blacklists.{name}").__doc__)


def test_families_are_told_apart_by_number() -> None:
    """No two entries of the same number, of which one would hide the other."""
    keys = list(EXPLANATIONS)
    assert all(first < second for first, second in pairwise(keys))
    assert len(keys) == 75
