"""The one door to what rules and weaknesses mean, whichever tool reports them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reviewtui.explain.catalogue import EXPLANATIONS, WEAKNESSES, explanation_of, weakness_of
from reviewtui.explain.explanation import Explanation, Weakness
from reviewtui.explain.other_tools import BANDIT, aliases, known_as, weakness_behind
from reviewtui.model.checklist import Checklist, Item
from reviewtui.model.hit import Hit
from reviewtui.scan.text_rules.catalogue import RULES as TEXT_RULES
from reviewtui.scan.text_rules.catalogue import TOOL as TEXT
from reviewtui.scan.text_rules.catalogue import TextRule, rule_of

_LONGEST: Final = 1_500
"""So many characters of a tool's own words are shown."""
_WEAKNESS: Final = re.compile(r"(?:CWE[-_ ]?)?0*([1-9][0-9]{0,5})", re.IGNORECASE)
_ADVISORY: Final = re.compile(r"(?:CVE|GHSA|PYSEC|OSV)-\w")
"""Begins the name of a known vulnerability."""
_OF_ADVISORIES: Final = 1395
"""Whatever a vulnerability of a dependency is within the dependency, to this code it is one of these."""
_ADVISORY_ASKS: Final = "DEP-01"
_OUR_TEXT_RULE_ASKS: Final = ("CFG-09",)
"""The item of Bandit's own rule on misleading text, beyond which ours go on."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What there is to say of a rule or of a weakness."""

    key: str
    """E.g. `B608` or `CWE-89`."""
    title: str = ""
    """Empty where nothing is known but what the tool says."""
    name: str = ""
    """What the tool calls the rule, where it is one that we know."""
    kin: str = ""
    """The rule of Bandit or the weakness that another tool's rule is explained as."""
    texts: tuple[tuple[str, str], ...] = ()
    """Label and text, in the order in which they are read."""
    example: str = ""
    items: tuple[str, ...] = ()
    """Ids of the items of the checklists that ask the same, the closest one first."""
    weaknesses: tuple[Weakness, ...] = ()
    """The closest one first."""

    def text(self, label: str) -> str:
        """One of the texts; empty where it has none of this label."""
        return dict(self.texts).get(label, "")


def explained(hit: Hit) -> Explained:
    """What is known of the rule of a hit: our own text, else the tool's words and that of its weakness."""
    known = explained_rule(hit.tool, hit.rule)
    numbers = [weakness.number for weakness in known.weaknesses] if known else []
    numbers += [_OF_ADVISORIES] if _is_advisory(hit) else []
    numbers += hit.cwe or [weakness_behind(hit.rule)]
    found = (weakness_of(number) for number in dict.fromkeys(numbers))
    weaknesses = tuple(weakness for weakness in found if weakness)
    if known:
        return replace(known, weaknesses=weaknesses)
    texts = []
    own = hit.explanation.strip()
    if own and own not in hit.message:
        texts.append((f"From {hit.tool}", f"{own[:_LONGEST].rstrip()} …" if len(own) > _LONGEST else own))
    if weaknesses:
        texts += _of_weakness(weaknesses[0])
    return Explained(hit.rule, texts=tuple(texts), weaknesses=weaknesses)


def explained_rule(tool: str, rule: str) -> Explained | None:
    """What is known of a rule of Bandit, of our own, or of another tool where it means the same as one of Bandit's."""
    if ours := rule_of(tool, rule):
        return _of_text_rule(ours)
    explanation = explanation_of(tool, rule)
    return _of_rule(explanation, rule if tool.strip().lower() != BANDIT else "") if explanation else None


def item_of(hit: Hit, items: Mapping[str, Item]) -> Item | None:
    """The item of the checklists that asks what a hit is about: by its rule, else by its weakness.

    Args:
        hit: of any tool.
        items: by id.
    """
    known = explained_rule(hit.tool, hit.rule)
    if known:
        for name in known.items:
            if name in items:
                return items[name]
    if _is_advisory(hit) and _ADVISORY_ASKS in items:
        return items[_ADVISORY_ASKS]
    if hit.tool == BANDIT and (named := [item for item in items.values() if hit.rule in item.bandit]):
        return min(named, key=lambda item: _place_in(item.cwe, hit.cwe))
    numbers = hit.cwe or (weakness_behind(hit.rule),)
    near = [item for item in items.values() if not set(item.cwe).isdisjoint(numbers)]
    return min(near, key=lambda item: _place_in(item.cwe, numbers), default=None)


def meanings(rules: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Tool and rule to title and meaning, of those that are known."""
    known = {rule: explained_rule(*rule) for rule in rules}
    return {rule: (one.title, one.text("Means")) for rule, one in known.items() if one}


def group_titles(hits: Iterable[Hit], checklists: Iterable[Checklist]) -> dict[str, str]:
    """What the groups of hits by weakness and by topic are called: `CWE-89` and ids of checklists to their names."""
    titles = {checklist.id: checklist.title for checklist in checklists}
    for number in {hit.cwe[0] for hit in hits if hit.cwe}:
        if weakness := weakness_of(number):
            titles[f"CWE-{number}"] = weakness.name
    return titles


def about(word: str) -> Explained | None:
    """What somebody asks for by a word: a rule by its id or name, of any tool that is known, or a weakness.

    Args:
        word: e.g. `B608`, `sql_injection`, `T001`, `CWE-89`, `89`, `py/sql-injection`, `python:S2077`.
    """
    word = word.strip()
    if found := _WEAKNESS.fullmatch(word):
        weakness = weakness_of(int(found[1]))
        return _about_weakness(weakness) if weakness else None
    for tool, rule in ((BANDIT, word), (TEXT, word.upper())):
        if known := explained_rule(tool, rule):
            return known
    if kin := EXPLANATIONS.get(known_as(word)):
        return _of_rule(kin, word)
    weakness = weakness_of(weakness_behind(word))
    return replace(_about_weakness(weakness), key=word, kin=f"CWE-{weakness.number}") if weakness else None


def everything() -> Iterator[tuple[str, str]]:
    """Key and title of all rules and weaknesses that are known."""
    yield from ((rule.rule, rule.title) for rule in EXPLANATIONS.values())
    yield from ((rule.id, rule.name.replace("_", " ")) for rule in TEXT_RULES.values())
    yield from ((f"CWE-{weakness.number}", weakness.name) for weakness in WEAKNESSES.values())


def close_to(word: str) -> tuple[str, ...]:
    """Up to three keys or names that somebody may have meant."""
    import difflib  # as much to load as all explanations together, and only for who mistypes

    keys = [key for key, _ in everything()]
    names = [*(rule.name for rule in EXPLANATIONS.values()), *aliases()]
    asked = f"CWE-{found[1]}" if (found := _WEAKNESS.fullmatch(word.strip())) else word.strip()
    known = {key.lower(): key for key in (*keys, *names)}
    begun = [name for name in known if len(asked) > 2 and name.startswith(asked.lower())]
    close = difflib.get_close_matches(asked.lower(), known, 3, 0.6)
    return tuple(dict.fromkeys(known[name] for name in (*begun, *close)))[:3]


def _is_advisory(hit: Hit) -> bool:
    return any(_ADVISORY.match(name) for name in (hit.rule, *hit.ids))


def _place_in(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """How early an item names a weakness of the hit."""
    return min((ours.index(number) for number in theirs if number in ours), default=len(ours))


def _of_rule(rule: Explanation, other: str = "") -> Explained:
    weaknesses = (weakness_of(number) for number in rule.cwe)
    return Explained(
        other or rule.rule,
        rule.title,
        rule.name,
        f"Bandit {rule.rule}" if other else "",
        (("Means", rule.means), ("Real", rule.real), ("False alarm", rule.false_alarm), ("Look", rule.look)),
        rule.example,
        rule.items,
        tuple(weakness for weakness in weaknesses if weakness),
    )


def _of_text_rule(rule: TextRule) -> Explained:
    weaknesses = (weakness_of(number) for number in rule.cwe)
    return Explained(
        rule.id,
        rule.name.replace("_", " "),
        rule.name,
        texts=(("Means", rule.means), ("Real", rule.real), ("Look", rule.look)),
        items=_OUR_TEXT_RULE_ASKS,
        weaknesses=tuple(weakness for weakness in weaknesses if weakness),
    )


def _about_weakness(weakness: Weakness) -> Explained:
    key = f"CWE-{weakness.number}"
    return Explained(key, weakness.name, texts=tuple(_of_weakness(weakness)), weaknesses=(weakness,))


def _of_weakness(weakness: Weakness) -> list[tuple[str, str]]:
    return [("Means", weakness.means), ("Look", weakness.look)]
