"""The filter that the arguments of a command give, and what it chooses of hits and of a report."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace

from reviewtui.commands.project import now
from reviewtui.explain.other_tools import same_as
from reviewtui.explaining import item_of
from reviewtui.formats.facts import ReportFacts
from reviewtui.model.checklist import Checklist, Item
from reviewtui.model.doubles import Doubles, doubles
from reviewtui.model.filter import Filter, Known, parse_filter
from reviewtui.model.hit import Fingerprint, Hit
from reviewtui.model.review import Review
from reviewtui.model.standing import Standings


def filter_of(arguments: Namespace) -> Filter:
    """All that is asked for.

    Raises:
        BadFilterError: one cannot be understood.
    """
    return parse_filter(*getattr(arguments, "terms", ()), *arguments.filter)


def known_of(review: Review, standings: Standings, lines: Iterable[Doubles], checklists: Sequence[Checklist]) -> Known:
    """What a filter has to know."""
    items = {item.id: item for checklist in checklists for item in checklist.items}
    asked: dict[tuple[str, str, tuple[int, ...]], Item | None] = {}

    def item(hit: Hit) -> Item | None:
        key = (hit.tool, hit.rule, hit.cwe)
        if key not in asked:
            asked[key] = item_of(hit, items)
        return asked[key]

    shared = frozenset(hit.fingerprint for line in lines if len(line) > 1 for hit in line)
    return Known(now().astimezone().date(), standings, review.verdicts, item, shared)


def lines_of(hits: Iterable[Hit]) -> list[Doubles]:
    """The hits, those together that several tools share."""
    return doubles(hits, same_as)


def filtered(facts: ReportFacts, chosen: Filter) -> ReportFacts:
    """A report of what the filter lets through: findings, decisions, hits, and what was not looked at.

    Checklists, coverage, and what else concerns the review as a whole stay.
    """
    if not chosen:
        return facts
    review, hits = facts.review, facts.hits or ()
    standings = facts.standings or Standings(review.verdicts)
    known = known_of(review, standings, lines_of(hits), facts.checklists)
    known = replace(known, today=facts.made_at.date())
    fitting = tuple(hit for hit in hits if chosen.hit(hit, known))
    present = {verdict.fingerprint for hit in hits if (verdict := standings.verdict_of(hit))}
    kept: set[Fingerprint] = {v.fingerprint for hit in fitting if (v := standings.verdict_of(hit))}
    verdicts = {
        fingerprint: verdict
        for fingerprint, verdict in review.verdicts.items()
        if (fingerprint in kept if fingerprint in present else chosen.verdict(verdict, known))
    }
    findings = {key: finding for key, finding in review.findings.items() if chosen.finding(finding, known)}
    return replace(
        facts,
        review=replace(review, findings=findings, verdicts=verdicts),
        hits=None if facts.hits is None else fitting,
        standings=facts.standings.only(lambda v: chosen.verdict(v, known)) if facts.standings else None,
        blind=tuple(spot for spot in facts.blind if chosen.blind(spot)),
        chosen=chosen.text,
    )
