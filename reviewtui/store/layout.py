"""The entries of a findings file, laid out as text: which keys, in which order, one spelling for each.

Keys that say nothing (empty, zero) are left out. Short facts stand before long texts, so that the head of an entry can
be read at a glance; unknown keys follow the known ones, sorted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from reviewtui.model.checklist import Answer
from reviewtui.model.extra import Extra
from reviewtui.model.finding import Finding, HistoryEntry
from reviewtui.model.mark import ALL_TOPICS, Mark
from reviewtui.model.place import LineSpan, Place
from reviewtui.model.review import Review
from reviewtui.model.verdict import Verdict
from reviewtui.store.toml import key_text, value_text

Pairs: TypeAlias = Iterable[tuple[str, object]]

_ALWAYS: Final = frozenset({"author", "by", "checklist", "field", "path", "rule", "title", "tool"})
"""Keys that have to be there, so that an empty text is written too."""


def head_text(review: Review, version: int) -> str:
    """What stands above the entries: the format, and what is said of the review as a whole."""
    pairs: Pairs = (
        *((("title", review.title),) if review.title else ()),
        ("commit", review.commit),
        ("scope", review.scope),
        ("reviewers", review.reviewers),
    )
    top = keys_text((("format", version),), review.extra)
    about = table_text("review", pairs, review.review_extra)
    return top if about == "[review]\n" else f"{top}\n{about}"


def tail_text(review: Review) -> str:
    """Tables that this version does not know; empty where there are none."""
    return "\n".join(tables_text("", review.extra))


def finding_text(finding: Finding) -> str:
    """A `[[finding]]` with its places and history."""
    pairs = (
        ("id", finding.id),
        ("kind", finding.kind),
        ("title", finding.title),
        ("state", finding.state),
        ("severity", finding.severity),
        ("likelihood", finding.likelihood),
        ("impact", finding.impact),
        ("cvss", finding.cvss),
        ("cwe", finding.cwe),
        ("topic", finding.topic),
        ("hit", finding.hit),
        ("items", finding.items),
        ("tags", finding.tags),
        ("owner", finding.owner),
        ("due", finding.due),
        ("review_by", finding.review_by),
        ("duplicate_of", finding.duplicate_of),
        ("author", finding.author),
        ("created", finding.created),
        ("updated", _unless(finding.updated, finding.created)),
        ("description", finding.description),
        ("exploit", finding.exploit),
        ("recommendation", finding.recommendation),
    )
    places = [entry_text("finding.place", place_pairs(place), place.extra) for place in finding.places]
    return entry_text("finding", pairs, finding.extra, [*places, *_history("finding", finding.history)])


def verdict_text(verdict: Verdict) -> str:
    """A `[[verdict]]` with its place and history."""
    pairs = (
        ("fingerprint", verdict.fingerprint),
        ("tool", verdict.tool),
        ("rule", verdict.rule),
        ("state", verdict.state),
        ("reason", verdict.reason),
        ("by", verdict.by),
        ("at", verdict.at),
        ("owner", verdict.owner),
        ("review_by", verdict.review_by),
        ("finding", verdict.finding),
        ("twins", verdict.twins),
    )
    place = table_text("verdict.place", place_pairs(verdict.place), verdict.place.extra)
    return entry_text("verdict", pairs, verdict.extra, [place, *_history("verdict", verdict.history)])


def answer_text(answer: Answer) -> str:
    """An `[[answer]]` with its evidence and history."""
    pairs = (
        ("item", answer.item),
        ("checklist", answer.checklist),
        ("result", answer.result),
        ("reason", answer.reason),
        ("by", answer.by),
        ("at", answer.at),
        ("commit", answer.commit),
        ("findings", answer.findings),
    )
    evidence = [
        entry_text(
            "answer.evidence",
            (("verdict", read.verdict),),
            read.extra,
            [table_text("answer.evidence.place", place_pairs(read.place), read.place.extra)],
        )
        for read in answer.evidence
    ]
    return entry_text("answer", pairs, answer.extra, [*evidence, *_history("answer", answer.history)])


def mark_text(mark: Mark) -> str:
    """A `[[mark]]`; its ranges are written as people say them, `1-40`."""
    pairs = (
        ("path", mark.path),
        ("topic", _unless(mark.topic, ALL_TOPICS)),
        ("by", mark.by),
        ("at", mark.at),
        ("ranges", tuple(str(span) for span in mark.ranges)),
        ("lines", mark.lines),
        ("blob", mark.blob),
        ("commit", mark.commit),
    )
    return entry_text("mark", pairs, mark.extra)


def place_pairs(place: Place) -> Pairs:
    """A place with its anchor, whose keys stand side by side."""
    anchor, span = place.anchor, place.span
    return (
        ("path", place.path),
        *_ends(span),
        ("role", place.role),
        ("note", place.note),
        ("commit", anchor.commit),
        ("blob", anchor.blob),
        ("symbol", anchor.symbol),
        ("occurrence", anchor.occurrence),
        ("text", anchor.text),
        ("before", anchor.before),
        ("after", anchor.after),
    )


def _ends(span: LineSpan | None) -> Pairs:
    return (("start", span.start), ("end", span.end)) if span else ()


def _history(name: str, history: Iterable[HistoryEntry]) -> Iterator[str]:
    for entry in history:
        pairs = (
            ("at", entry.at),
            ("by", entry.by),
            ("field", entry.field),
            ("from", entry.old),
            ("to", entry.new),
            ("reason", entry.reason),
        )
        yield entry_text(f"{name}.history", pairs, entry.extra)


def entry_text(name: str, known: Pairs, extra: Extra, inner: Iterable[str] = ()) -> str:
    """An entry of an array, with tables of its own below it."""
    return "\n".join((f"[[{name}]]\n{keys_text(known, extra)}", *inner, *tables_text(name, extra)))


def table_text(name: str, known: Pairs, extra: Extra) -> str:
    """A table, with those below it that this version does not know."""
    return "\n".join((f"[{name}]\n{keys_text(known, extra)}", *tables_text(name, extra)))


def keys_text(known: Pairs, extra: Extra) -> str:
    """Keys with their values, those that this version does not know after the others."""
    own = [f"{key} = {value_text(value)}\n" for key, value in known if value or key in _ALWAYS]
    return "".join(own + [f"{key_text(key)} = {value_text(value)}\n" for key, value in _plain(extra)])


def _plain(extra: Extra) -> Iterator[tuple[str, object]]:
    """The unknown keys that stand in the table itself."""
    for key in sorted(extra):
        if not isinstance(extra[key], Mapping) and not _is_tables(extra[key]):
            yield key, extra[key]


def tables_text(name: str, extra: Extra) -> Iterator[str]:
    """The unknown keys that are tables of their own."""
    for key in sorted(extra):
        value = extra[key]
        path = f"{name}.{key_text(key)}" if name else key_text(key)
        if isinstance(value, Mapping):
            yield table_text(path, (), value)
        elif isinstance(value, list | tuple) and _is_tables(value):
            for part in value:
                yield entry_text(path, (), part)


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _unless(value: object, usual: object) -> object:
    return None if value == usual else value
