"""`reviewtui scan`: Bandit's hits and our own with what was decided on each, and what nobody looked at."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Final

from reviewtui.commands.choosing import choices_of
from reviewtui.commands.filtering import filter_of, known_of, lines_of
from reviewtui.commands.gathering import checklists
from reviewtui.commands.output import say, say_whole
from reviewtui.commands.project import Project
from reviewtui.commands.scanning import Scanned, scan
from reviewtui.commands.standing import standings_now
from reviewtui.formats import digest
from reviewtui.formats.json_format import Json, dumps, hit_json, uri
from reviewtui.model.filter import Filter
from reviewtui.model.hit import Hit
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Standings
from reviewtui.model.state import State
from reviewtui.text.counting import number_of

SCHEMA: Final = "reviewtui-scan"
SCHEMA_VERSION: Final = 1


def run(arguments: Namespace) -> int:
    """Scan and print."""
    project = Project.of(arguments)
    chosen = filter_of(arguments)
    scanned = scan(project.repository, arguments.jobs, choices_of(arguments))
    known = standings_now(project, scanned)
    if chosen:
        of_all = known_of(project.review, known, lines_of(scanned.hits), checklists())
        hits = tuple(hit for hit in scanned.hits if chosen.hit(hit, of_all))
        blind = tuple(spot for spot in scanned.blind if chosen.blind(spot))
        scanned = replace(scanned, hits=hits, blind=blind)
        known = known.only(lambda verdict: chosen.verdict(verdict, of_all))
    decided = digest.decided(project.review, scanned.hits, known)
    if arguments.format == "json":
        say_whole(dumps(_json(project, scanned, decided, chosen)))
    else:
        _print(decided, scanned, chosen, everything=arguments.all or bool(chosen))
    return 0


def _print(decided: digest.Decided, scanned: Scanned, chosen: Filter, *, everything: bool) -> None:
    known = decided.standings
    shown = [h for h in scanned.hits if not h.suppressed and (everything or _is_live(known, h))]
    for _, of_file in groupby(shown, key=lambda hit: hit.path):
        for hit in of_file:
            say(_line(known, hit))
        say()
    silenced = [hit for hit in scanned.hits if hit.suppressed and (everything or _is_live(known, hit))]
    if silenced:
        say(f"Silenced by a comment in the source ({len(silenced)}):")
        for hit in silenced:
            say(f"  {_line(known, hit)} [{hit.suppressed}]")
        say()
    if scanned.blind:
        say(f"Not looked at ({len(scanned.blind)}):")
        for spot in scanned.blind:
            say(f"  {spot.path}: {spot.reason}")
        say()
    for sentence in scanned.notes:
        say(f"{sentence}.")
    if not scanned.files:
        say("Nothing was looked at: there is no file here that can be read.")
        return
    hits = [hit for hit in scanned.hits if not hit.suppressed]
    fit = f" that fit {chosen}" if chosen else ""
    say(f"{number_of(len(hits), 'hit')}{fit} in {number_of(scanned.files, 'file')}{_severities(hits)}")
    if not scanned.for_bandit:
        say("Bandit looked at none of them: there is no Python file here that it can read.")
    stale = f" ({len(decided.stale)} of them decided earlier, to be confirmed)" if decided.stale else ""
    parts = [f"{len(decided.undecided) + len(decided.suppressed)} undecided{stale}"]
    parts += [f"{count} {state.label}" for state, count in decided.by_state.items()]
    say(f"Decisions: {', '.join(parts)}")
    if decided.gone:
        say(f"Decided earlier and not reported any more: {len(decided.gone)}")
    if decided.unseen:
        say(f"Decided earlier and not looked at now: {len(decided.unseen)}")


def _is_live(known: Standings, hit: Hit) -> bool:
    return known.is_open(hit) or known.state_of(hit) is State.CONFIRMED


def _line(known: Standings, hit: Hit) -> str:
    standing = known.of(hit)
    state = standing.state
    decision = "" if state is State.OPEN else f" ({state.label}{', to be confirmed' if standing.is_stale else ''})"
    name = f" {hit.name}" if hit.name else ""
    return f"{hit.path}:{hit.line}: {hit.severity.value.upper()} {hit.rule}{name}: {hit.message}{decision}"


def _severities(hits: Iterable[Hit]) -> str:
    counts = Counter(hit.severity for hit in hits)
    parts = [f"{counts[severity]} {severity.value}" for severity in Severity if counts[severity]]
    return f": {', '.join(parts)}" if parts else ""


def _json(project: Project, scanned: Scanned, decided: digest.Decided, chosen: Filter) -> Json:
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "project": project.repository.project_name(),
        "commit": project.repository.head(),
        "filter": chosen.text,
        "files": scanned.files,
        "files_for_bandit": scanned.for_bandit,
        "notes": list(scanned.notes),
        "counts": {
            "undecided": len(decided.undecided),
            "suppressed_undecided": len(decided.suppressed),
            **{state.value: count for state, count in decided.by_state.items()},
            "to_be_confirmed": len(decided.stale),
            "no_longer_reported": len(decided.gone) if project.repository.focus is None else None,
            "decided_and_not_looked_at": len(decided.unseen),
        },
        "hits": [hit_json(hit, decided.standings.of(hit)) for hit in scanned.hits],
        "blind_spots": [
            {"tool": spot.tool, "path": spot.path, "uri": uri(spot.path), "reason": spot.reason}
            for spot in scanned.blind
        ],
    }
