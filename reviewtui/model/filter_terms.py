"""What each key of the filter language asks of a hit, of a finding, and of a file that was not looked at; pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from reviewtui.model.filter_values import (
    NONE,
    Asked,
    FindingTest,
    HitTest,
    Key,
    Known,
    comparison,
    glob,
    is_glob,
    names,
    needed,
    one_of,
    parts,
    ranked,
)
from reviewtui.model.filter_words import BadFilterError, Value
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Match
from reviewtui.model.state import State

_SEVERITIES: Final = (*(severity.value for severity in Severity), NONE)


def _severity(values: Sequence[Value]) -> Asked:
    wanted: set[str] = set()
    normal = []
    for value in values:
        sign, word = comparison(value)
        name = one_of(Value(word, value.at + len(sign.rstrip("+"))), _SEVERITIES, "severity")
        normal.append(f"{sign}{name}" if sign else name)
        wanted |= ranked(sign, name, _SEVERITIES[:-1], value) if sign else {name}
    return Asked(
        tuple(normal),
        lambda hit, _: hit.severity.value in wanted,
        lambda finding, _: (finding.severity.value if finding.severity else NONE) in wanted,
    )


_CONFIDENCES: Final = ("high", "medium", "low")


def _confidence(values: Sequence[Value]) -> Asked:
    wanted: set[str] = set()
    normal = []
    for value in values:
        sign, word = comparison(value)
        word = word.lower()
        if sign:
            word = one_of(Value(word, value.at + len(sign)), _CONFIDENCES, "confidence")
            wanted |= ranked(sign, word, _CONFIDENCES, value)
        else:
            # A tool may have words of its own.
            close = [name for name in (*_CONFIDENCES, NONE) if name.startswith(word)]
            word = close[0] if len(close) == 1 else word
            wanted.add("" if word == NONE else word)
        normal.append(f"{sign}{word}")
    return Asked(tuple(normal), lambda hit, _: hit.confidence.lower() in wanted, lambda _finding, _: False)


# State, and what a hit is


_STATES: Final = (*(state.value for state in State), "decided")
_SHORT_STATES: Final = {"fp": State.FALSE_POSITIVE.value, "undecided": State.OPEN.value}


def _state(values: Sequence[Value]) -> Asked:
    said = tuple(one_of(value, _STATES, "state", _SHORT_STATES) for value in values)
    wanted = frozenset(said)
    wants_open, wants_decided = State.OPEN.value in wanted, "decided" in wanted

    def hit_test(hit: Hit, known: Known) -> bool:
        standing = known.standings.of(hit)
        if standing.is_open:
            # A decision that has to be confirmed is found by what it was as well.
            return wants_open or (standing.state is not State.OPEN and standing.state.value in wanted)
        return wants_decided or standing.state.value in wanted

    def finding_test(finding: Finding, _: Known) -> bool:
        return finding.state.value in wanted or (wants_decided and finding.state.is_settled)

    return Asked(said, hit_test, finding_test)


_HIT_TESTS: Final[Mapping[str, HitTest]] = {
    "stale": lambda hit, known: known.standings.of(hit).match is Match.STALE,
    "moved": lambda hit, known: known.standings.of(hit).match is Match.MOVED,
    "silenced": lambda hit, _: bool(hit.suppressed),
    "question": lambda hit, _: hit.is_question,
    "imported": lambda hit, _: bool(hit.origin),
    "duplicate": lambda hit, known: (
        hit.fingerprint in known.doubles or known.standings.state_of(hit) is State.DUPLICATE
    ),
    "nowhere": lambda hit, _: hit.path == NOWHERE,
    "blind": lambda _hit, _: False,
}
_FINDING_TESTS: Final[Mapping[str, FindingTest]] = {
    "question": lambda finding, _: finding.kind is Kind.QUESTION,
    "duplicate": lambda finding, _: finding.state is State.DUPLICATE,
    "nowhere": lambda finding, _: not finding.places,
}


def _is(values: Sequence[Value]) -> Asked:
    said = tuple(one_of(value, tuple(_HIT_TESTS), "word after 'is:'") for value in values)
    of_hit = [_HIT_TESTS[name] for name in said]
    of_finding = [_FINDING_TESTS[name] for name in said if name in _FINDING_TESTS]
    wants_blind = "blind" in said
    return Asked(
        said,
        lambda hit, known: any(test(hit, known) for test in of_hit),
        lambda finding, known: any(test(finding, known) for test in of_finding),
        lambda _: wants_blind,
    )


# Names, parts of texts, numbers, days


def _path(values: Sequence[Value]) -> Asked:
    globs = [glob(value) for value in values if is_glob(value.text)]
    said = [needed(value).lower() for value in values if not is_glob(value.text)]
    inside, wants_none = [part for part in said if part != NONE], NONE in said
    asked: dict[str, bool] = {}

    def fits(path: str) -> bool:
        answer = asked.get(path)
        if answer is None:
            small = path.lower()
            # A part that begins with a slash begins at the root.
            answer = any(f"/{small}".startswith(part) if part[0] == "/" else part in small for part in inside)
            answer = answer or any(one.fullmatch(small) for one in globs)
            answer = asked[path] = answer if path else wants_none
        return answer

    def finding_test(finding: Finding, _: Known) -> bool:
        return any(fits(place.path) for place in finding.places) if finding.places else wants_none

    return Asked(
        tuple(value.text for value in values),
        lambda hit, _: fits(hit.path),
        finding_test,
        lambda spot: fits(spot.path),
    )


_CWE: Final = re.compile(r"(?:cwe-?)?([0-9]{1,6})", re.IGNORECASE)


def _cwe(values: Sequence[Value]) -> Asked:
    numbers: set[int] = set()
    normal, wants_none = [], False
    for value in values:
        found = _CWE.fullmatch(value.text)
        if found:
            numbers.add(int(found[1]))
            normal.append(str(int(found[1])))
        elif value.text.lower() == NONE:
            wants_none = True
            normal.append(NONE)
        else:
            raise BadFilterError(f"{value.text!r} at {value.at} is no CWE: write 89, CWE-89 or none", value.at)

    def fits(theirs: Sequence[int]) -> bool:
        return not numbers.isdisjoint(theirs) if theirs else wants_none

    return Asked(tuple(normal), lambda hit, _: fits(hit.cwe), lambda finding, _: fits(finding.cwe))


_DAY: Final = re.compile(r"(>=|<=|>|<)?(\+[0-9]{1,5}|[0-9]{4}-[0-9]{2}-[0-9]{2})")
_DUE_WORDS: Final = ("overdue", NONE)


def _due(values: Sequence[Value]) -> Asked:
    tests = [_day_test(value) for value in values]

    def hit_test(hit: Hit, known: Known) -> bool:
        verdict = known.standings.verdict_of(hit)
        return any(test(verdict.review_by if verdict else None, known.today) for test in tests)

    def finding_test(finding: Finding, known: Known) -> bool:
        day = finding.review_by if finding.state is State.ACCEPTED_RISK else finding.due
        if finding.state.is_settled and finding.state is not State.ACCEPTED_RISK:
            day = None
        return any(test(day, known.today) for test in tests)

    return Asked(tuple(value.text.lower() for value in values), hit_test, finding_test)


def _day_test(value: Value) -> Callable[[date | None, date], bool]:
    text = value.text.lower()
    if text == "overdue":
        return lambda day, today: day is not None and day < today
    if text == NONE:
        return lambda day, _: day is None
    found = _DAY.fullmatch(text)
    fixed: date | None = None
    try:
        if found and not found[2].startswith("+"):
            fixed = date.fromisoformat(found[2])
    except ValueError:
        found = None
    if not found:
        raise BadFilterError(
            f"{value.text!r} at {value.at} is no day: write overdue, none, <2026-03-31, or <+30 for days from today",
            value.at,
        )
    sign, days = found[1] or "", 0 if fixed else int(found[2])

    def test(day: date | None, today: date) -> bool:
        limit = fixed or today + timedelta(days=days)
        return (
            day is not None
            and {
                "": day == limit,
                "<": day < limit,
                "<=": day <= limit,
                ">": day > limit,
                ">=": day >= limit,
            }[sign]
        )

    return test


def _items_of(hit: Hit, known: Known) -> tuple[str, ...]:
    item = known.item_of(hit)
    return (item.id,) if item else ()


def _topics_of(hit: Hit, known: Known) -> tuple[str, ...]:
    item = known.item_of(hit)
    return (item.checklist,) if item else ()


def _of_verdict(finding: Finding, known: Known, name: str) -> tuple[str, ...]:
    """What the decision says that the finding came from."""
    verdict = known.verdicts.get(Fingerprint(finding.hit)) if finding.hit else None
    return (str(getattr(verdict, name)),) if verdict else ()


def _said_of(hit: Hit, known: Known, name: str) -> str:
    verdict = known.standings.verdict_of(hit)
    return str(getattr(verdict, name)) if verdict else ""


def _finding_text(finding: Finding, _: Known) -> str:
    places = (str(place) for place in finding.places)
    texts = (finding.title, finding.description, finding.exploit, finding.recommendation)
    return "\n".join((*texts, *finding.tags, *places))


KEYS: Final[Mapping[str, Key]] = {
    key.name: key
    for key in (
        Key(
            "sev",
            "how bad: critical, high, medium, low, info; >=medium, medium+",
            _severity,
            _SEVERITIES,
            ("severity",),
        ),
        Key("path", "folder, part of the path, or glob with * ** ?; /src begins at the root", _path, (), ("file",)),
        Key(
            "rule",
            "the rule's id or name, or a glob: B608, B6*",
            names(
                lambda hit, _: (hit.rule, hit.name),
                lambda finding, known: _of_verdict(finding, known, "rule"),
            ),
        ),
        Key(
            "state",
            "open (undecided), decided, or the decision: false_positive (fp), accepted_risk, …",
            _state,
            _STATES,
        ),
        Key(
            "tool",
            "the tool that reported it",
            names(
                lambda hit, _: (hit.tool,),
                lambda finding, known: _of_verdict(finding, known, "tool"),
                lambda spot: (spot.tool,),
            ),
        ),
        Key("cwe", "number of the weakness: 89, CWE-89, none", _cwe),
        Key(
            "text",
            "part of rule, message, path, ids; of a finding's texts; a bare word is the same",
            parts(lambda hit, known: known.text_of(hit), _finding_text, has_none=False),
        ),
        Key("conf", "the tool's confidence: high, >=medium, none", _confidence, (*_CONFIDENCES, NONE), ("confidence",)),
        Key("is", "one of its marks", _is, tuple(_HIT_TESTS)),
        Key("item", "checklist item, or a glob: AUTH-*", names(_items_of, lambda finding, _: finding.items)),
        Key("topic", "checklist", names(_topics_of, lambda finding, _: (finding.topic,))),
        Key("by", "who decided, or wrote the finding", parts(lambda h, k: _said_of(h, k, "by"), lambda f, _: f.author)),
        Key("owner", "who carries it", parts(lambda h, k: _said_of(h, k, "owner"), lambda f, _: f.owner)),
        Key("due", "day of it, or of the next look: overdue, <2026-03-31, <+30, none", _due, _DUE_WORDS),
        Key(
            "origin",
            "the import it came with; none for our own scan",
            parts(lambda hit, _: hit.origin, lambda _finding, _: ""),
        ),
        Key(
            "id",
            "CVE, GHSA or PYSEC; the beginning of a hit's or finding's own id",
            names(
                lambda hit, known: (*hit.ids, hit.fingerprint, _said_of(hit, known, "finding")),
                lambda finding, _: (finding.id, finding.hit),
                least_start=6,
            ),
        ),
    )
}
"""By name, in the order in which they are offered."""
