"""What the rules mean whose hits are undecided or confirmed, for who reads the report and not the code."""

from collections.abc import Iterator

from reviewtui.formats import digest
from reviewtui.formats.facts import ReportFacts
from reviewtui.formats.markdown import escape
from reviewtui.formats.markdown.escape import cell
from reviewtui.model.state import State


def meanings(facts: ReportFacts) -> Iterator[str]:
    """A table with one line for each rule; nothing where no meaning is known."""
    rules = {(verdict.tool, verdict.rule) for verdict in digest.verdicts_in(facts.review, State.CONFIRMED)}
    if facts.hits is not None:
        undecided = digest.decided(facts.review, facts.hits, facts.standings).undecided
        rules |= {(hit.tool, hit.rule) for hit in undecided}
    known = sorted(rule for rule in rules if rule in facts.meanings)
    if known:
        yield "### What these rules mean"
        yield escape.table(
            ("Rule", "Title", "Meaning"),
            ([cell(f"{tool} {rule}"), *map(cell, facts.meanings[tool, rule])] for tool, rule in known),
        )
