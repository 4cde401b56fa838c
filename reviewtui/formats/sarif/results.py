"""One result as a hit: its rule, message, severity, state, place and what else its tool says of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.bag import restored
from reviewtui.formats.sarif.files import Files
from reviewtui.formats.sarif.flows import places_of
from reviewtui.formats.sarif.messages import message_text
from reviewtui.formats.sarif.severity import LEVELS, SCORED, severity_of
from reviewtui.formats.sarif.states import suppressed_by
from reviewtui.formats.sarif.tools import Rule, Tool
from reviewtui.formats.sarif.weaknesses import cwes_of_result
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.place import LineSpan

_QUESTIONS: Final = frozenset(("review", "open"))
_NO_HITS: Final = frozenset(("pass", "notApplicable", "informational"))
_UNPLACED: Final = 1_000
"""The reasons for so many files are kept; each hit names its own file in any case."""
_WORD_LENGTH: Final = 80

# Named one by one, because tools keep what is nobody's business there too: the secret itself that was found.
_WORDS_OF_RESULT: Final = ("issue_severity", "issue_confidence", "severity", "confidence", "priorityScore", "impact")
_WORDS_OF_RULE: Final = ("precision", "problem.severity", "confidence", "impact", "likelihood")
_CONFIDENCE: Final = ("issue_confidence", "confidence", "precision")


@dataclass(slots=True)
class RunReading:
    """What is known while the results of one run are read."""

    run: Record
    tool: Tool
    files: Files
    origin: str
    not_hits: Counter[str] = field(default_factory=Counter)
    """How many results claim nothing, by kind."""
    unplaced: dict[str, str] = field(default_factory=dict)


def hit_of_result(result: Record, reading: RunReading) -> Hit | None:
    """The hit; None for a result that says that all is well."""
    kind = result.text("kind")
    if kind in _NO_HITS:
        reading.not_hits[kind] += 1
        return None
    rule = reading.tool.rule_of(result)
    level = result.text("level") or ("none" if kind in _QUESTIONS else rule.level)
    suppressed, state = suppressed_by(result)
    hit = Hit(
        tool=reading.tool.name,
        rule=rule.id,
        name=rule.name,
        message=message_text(result.record("message"), rule.texts) or rule.name,
        severity=severity_of((result.record("properties"), rule.properties), (level, rule.level)),
        confidence=_confidence(result, rule),
        cwe=tuple(dict.fromkeys((*cwes_of_result(result, reading.tool.cwe_names), *rule.cwe))),
        path=NOWHERE,
        span=LineSpan(1, 1),
        line=1,
        suppressed=suppressed,
        url=rule.url,
        is_question=kind in _QUESTIONS,
        ids=rule.ids,
        facts=(*_words(result, rule, level, kind), *state),
        explanation=rule.explanation,
        origin=reading.origin,
    )
    return restored(_placed(hit, result, rule, reading), result)


def _placed(hit: Hit, result: Record, rule: Rule, reading: RunReading) -> Hit:
    """The hit on the first of its locations that is in the repository."""
    locations = list(result.records("locations"))
    files = reading.files
    named = [files.find(location.record("physicalLocation").record("artifactLocation")) for location in locations]
    main = next((number for number, file in enumerate(named) if file.path is not None), -1)
    further = [location for number, location in enumerate(locations) if number != max(0, main)]
    found = places_of(result, reading.run, files, rule.texts, further)
    facts = [*_symbols(locations[max(0, main)])] if locations else []
    facts += [*_fixes(result), *found.facts()]
    path = named[main].path if main >= 0 else None
    if path is None:
        facts = [*_unplaced(locations, named[0].shown, named[0].reason, reading), *facts] if named else facts
        return replace(hit, facts=(*hit.facts, *facts), places=tuple(found.places))
    region = files.region(
        locations[main].record("physicalLocation"), path, line_hash=_line_hash(result) if main == 0 else ""
    )
    return replace(
        hit,
        path=path,
        span=region.span,
        line=region.span.start,
        column=region.column,
        end_column=region.end_column,
        facts=(*hit.facts, *region.facts, *facts),
        places=tuple(found.places),
    )


def _unplaced(locations: list[Record], shown: str, reason: str, reading: RunReading) -> Iterator[tuple[str, str]]:
    if shown and len(reading.unplaced) < _UNPLACED:
        reading.unplaced[shown] = reason
    if shown:
        yield "file", shown
        region = locations[0].record("physicalLocation").record("region")
        if line := region.integer("startLine"):
            yield "line", str(line)


def _line_hash(result: Record) -> str:
    prints = result.record("partialFingerprints")
    return prints.word("primaryLocationLineHash") or prints.word("primaryLocationLineHash/v1")


def _confidence(result: Record, rule: Rule) -> str:
    for properties in (result.record("properties"), rule.properties):
        for name in _CONFIDENCE:
            if word := properties.word(name):
                return shortened(word.lower(), _WORD_LENGTH)
    return ""


def _words(result: Record, rule: Rule, level: str, kind: str) -> Iterator[tuple[str, str]]:
    """What the tool says of how bad and how sure it is, in its own words."""
    if level and kind not in _QUESTIONS:
        yield "level", level[:_WORD_LENGTH] if level in LEVELS else f"{level[:_WORD_LENGTH]} (not known)"
    if kind and kind != "fail" and kind not in _QUESTIONS:
        yield "kind", kind[:_WORD_LENGTH]
    properties = result.record("properties")
    for name in (SCORED, *_WORDS_OF_RESULT):
        if word := properties.word(name) or (name == SCORED and rule.properties.word(name)):
            yield name, _one_line(word)
    for name in _WORDS_OF_RULE:
        if (name not in _WORDS_OF_RESULT or not properties.word(name)) and (word := rule.properties.word(name)):
            yield name, _one_line(word)
    rank = result.number("rank")
    if rank is not None and rank >= 0:
        yield "rank", f"{rank:g}"


def _symbols(location: Record) -> Iterator[tuple[str, str]]:
    for logical in location.records("logicalLocations"):
        if name := logical.text("fullyQualifiedName") or logical.text("name"):
            yield "symbol", _one_line(name, 300)
            return


def _fixes(result: Record) -> Iterator[tuple[str, str]]:
    for fix in result.records("fixes"):
        if text := message_text(fix.record("description")):
            yield "fix", shortened(text, 1_000)
            return


def _one_line(text: str, length: int = _WORD_LENGTH) -> str:
    return shortened(" ".join(text.split()), length)
