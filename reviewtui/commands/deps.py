"""`reviewtui deps`: how every requirement stands with what is known against packages."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.auditing import Audit, audit
from reviewtui.carrying import Looked, carried
from reviewtui.commands.output import note, say, say_whole
from reviewtui.commands.project import Project
from reviewtui.dependencies.checking import Checked, Outcome
from reviewtui.dependencies.database import Source
from reviewtui.dependencies.hits import TOOL, fixes_above
from reviewtui.dependencies.vulnerability import BUILT_IN, Vulnerability
from reviewtui.formats.json_format import Json, dumps, hit_json, uri
from reviewtui.model.hit import Hit
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Standings
from reviewtui.model.state import State
from reviewtui.text.counting import grouped

SCHEMA: Final = "reviewtui-deps"
SCHEMA_VERSION: Final = 1


def run(arguments: Namespace) -> int:
    """Look up and print."""
    project = Project.of(arguments)
    found = audit(project.repository, arguments.advisories)
    assert found is not None  # noqa: S101 (nothing stops it)
    paths = frozenset(entry.path for entry in project.repository.files())
    looked = Looked(paths, tools=frozenset({TOOL}), is_complete=project.repository.focus is None)
    known = carried(project.repository, project.review.verdicts, found.hits, looked)
    if arguments.format == "json":
        say_whole(dumps(_json(project, found, known)))
    else:
        for line in _lines(found, known, everything=arguments.all):
            say(line)
        if all(source.name == BUILT_IN for source in found.sources):
            note(
                "No database of advisories is here: `reviewtui advisories update` fetches one, --advisories names one."
            )
    return 0


@dataclass(frozen=True, slots=True)
class _Row:
    """One requirement with the hits that it makes."""

    check: Checked
    hits: tuple[Hit, ...]


def _rows(found: Audit) -> list[_Row]:
    by_place: dict[tuple[str, str], list[Hit]] = {}
    for hit in found.hits:
        by_place.setdefault((hit.path, hit.name), []).append(hit)
    rows = []
    for check in found.checks:
        entry = check.requirement
        near = by_place.get((entry.path, entry.name), [])
        # A file that got shorter while it was read has its hits on its last line.
        own = [hit for hit in near if hit.line in entry.span or hit.line < entry.span.start == entry.line]
        rows.append(_Row(check, tuple(own)))
    return rows


def _lines(found: Audit, known: Standings, *, everything: bool) -> Iterator[str]:
    rows = _rows(found)
    for row in rows:
        shown = [hit for hit in row.hits if everything or _is_live(known, hit)]
        if row.check.outcome is Outcome.VULNERABLE and shown:
            yield _headline(row.check)
            yield from (f"  {_advisory(known, hit)}" for hit in shown)
    yield from _questions([row for row in rows if row.check.is_question], known, everything=everything)
    clean = found.of(Outcome.CLEAN)
    if everything and clean:
        yield ""
        yield f"Clean ({len(clean)}):"
        yield from (f"  {_where(check)} (in {', '.join(check.sources)})" for check in clean)
    unchecked = found.unchecked()
    problems = [(manifest.path, *problem) for manifest in found.manifests for problem in manifest.problems]
    if unchecked or problems:
        yield ""
        yield f"Not checked ({sum(map(len, unchecked.values()))}):"
        for (path, reason), entries in unchecked.items():
            yield f"  {path}: {', '.join(f'{entry.shown} (line {entry.line})' for entry in entries)}: {reason}"
        yield from (f"  {path}{f':{line}' if line else ''}: {text}" for path, line, text in problems)
    elsewhere = [check for check in found.checks if check.pinned]
    if everything and elsewhere:
        yield ""
        yield f"Decided elsewhere ({len(elsewhere)}):"
        yield from (f"  {_where(check)}: {check.reason}" for check in elsewhere)
    if found.problems:
        yield ""
        yield f"Not read in the databases ({len(found.problems)}):"
        yield from (f"  {problem}" for problem in found.problems)
    yield ""
    yield from _summary(found, known)
    yield ""
    yield "Databases:"
    yield from (f"  {described(source)}" for source in found.sources)


def _headline(check: Checked) -> str:
    count = len(check.vulnerabilities)
    advisories = "1 advisory" if count == 1 else f"{count} advisories"
    mended = f"{check.fixed_by} has none that is known" if check.fixed_by else "no version without any is known"
    return f"{_where(check)}: {advisories}; {mended}"


def _advisory(known: Standings, hit: Hit) -> str:
    names = f" ({', '.join(hit.ids)})" if hit.ids else ""
    text = hit.message.partition(": ")[2]
    return f"{hit.severity.value.upper()} {hit.rule}{names}: {text}{_decision(known, hit)}"


def _questions(rows: list[_Row], known: Standings, *, everything: bool) -> Iterator[str]:
    shown = [hit for row in rows for hit in row.hits if hit.is_question and (everything or _is_live(known, hit))]
    if shown:
        yield ""
        yield f"Version unknown, and the lowest that is allowed has advisories ({len(shown)}):"
        yield from (f"  {hit.path}:{hit.line}: {hit.message}{_decision(known, hit)}" for hit in shown)


def _summary(found: Audit, known: Standings) -> Iterator[str]:
    if not found.manifests:
        yield "Nothing was checked: there is no manifest here that names packages."
        return
    vulnerable = [hit for hit in found.hits if dict(hit.facts).get("version")]
    severities = Counter(hit.severity for hit in vulnerable)
    parts = [f"{severities[severity]} {severity.value}" for severity in Severity if severities[severity]]
    outcomes = Counter(check.outcome for check in found.checks)
    elsewhere = sum(check.pinned is not None for check in found.checks)
    unchecked = outcomes[Outcome.NOT_CHECKED] - elsewhere
    told = f", {elsewhere} decided elsewhere" if elsewhere else ""
    yield (
        f"{grouped(len(found.checks), 'requirement')} in {grouped(len(found.manifests), 'manifest')}: "
        f"{outcomes[Outcome.VULNERABLE]} vulnerable, {outcomes[Outcome.CLEAN]} clean, {unchecked} not checked{told}"
    )
    if vulnerable:
        yield (
            f"{grouped(len(found.distinct), 'distinct advisory', 'distinct advisories')} in "
            f"{grouped(len(vulnerable), 'place')}: {', '.join(parts)}"
        )
    states = Counter(known.state_of(hit) for hit in found.hits if not known.is_open(hit))
    stale = sum(known.of(hit).is_stale for hit in found.hits)
    undecided = sum(known.is_open(hit) for hit in found.hits)
    confirm = f" ({stale} of them decided earlier, to be confirmed)" if stale else ""
    parts = [f"{undecided} undecided{confirm}", *(f"{states[s]} {s.label}" for s in State if states[s])]
    yield f"Decisions: {', '.join(parts)}"


def described(source: Source) -> str:
    """One line on a database: name, date, number, what it is."""
    of_packages = f" of {grouped(len(source.packages), 'package')}" if source.packages else ""
    size = f", {source.size / 1_000_000:.1f} MB" if source.size else ""
    path = f", {source.path}" if source.path else ""
    whole = "" if source.is_whole else "; not complete: what it does not know is not checked"
    return (
        f"{source.name}: {grouped(source.records, 'record')}{of_packages}, {source.dated_by} of {source.date}, "
        f"{source.form}{size}{path}{whole}"
    )


def _where(check: Checked) -> str:
    entry = check.requirement
    return f"{entry.path}:{entry.line}: {entry.shown} {entry.version or entry.specifier}".rstrip()


def _is_live(known: Standings, hit: Hit) -> bool:
    return known.is_open(hit) or known.state_of(hit) is State.CONFIRMED


def _decision(known: Standings, hit: Hit) -> str:
    standing = known.of(hit)
    if standing.state is State.OPEN:
        return ""
    return f" ({standing.state.label}{', to be confirmed' if standing.is_stale else ''})"


def _json(project: Project, found: Audit, known: Standings) -> Json:
    outcomes = Counter(check.outcome for check in found.checks)
    return {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "project": project.repository.project_name(),
        "commit": project.repository.head(),
        "counts": {
            **{outcome.value.replace(" ", "_"): outcomes[outcome] for outcome in Outcome},
            "distinct_advisories": len(found.distinct),
            "undecided": sum(known.is_open(hit) for hit in found.hits),
        },
        "databases": [source_json(source) for source in found.sources],
        "problems": list(found.problems),
        "manifests": [
            {
                "path": manifest.path,
                "uri": uri(manifest.path),
                "format": manifest.format,
                "requirements": len(manifest.requirements),
                "problems": [{"line": line or None, "text": text} for line, text in manifest.problems],
            }
            for manifest in found.manifests
        ],
        "requirements": [_row_json(row, known) for row in _rows(found)],
    }


def source_json(source: Source) -> dict[str, Json]:
    """A database as JSON."""
    return {
        "name": source.name,
        "form": source.form,
        "path": source.path or None,
        "date": source.date,
        "dated_by": source.dated_by,
        "records": source.records,
        "packages": len(source.packages),
        "bytes": source.size,
        "is_complete": source.is_whole,
    }


def _row_json(row: _Row, known: Standings) -> Json:
    check, entry = row.check, row.check.requirement
    return {
        "package": entry.name,
        "shown": entry.shown,
        "version": entry.version or None,
        "specifier": entry.specifier,
        "path": entry.path,
        "uri": uri(entry.path),
        "line": entry.line,
        "outcome": check.outcome.value.replace(" ", "_"),
        "reason": check.reason or None,
        "databases": list(check.sources),
        "fixed_by": check.fixed_by or None,
        "via": list(entry.via),
        "groups": list(entry.groups),
        "marker": entry.marker,
        "is_constraint": entry.is_constraint,
        "advisories": [_advisory_json(one, entry.version) for one in (*check.vulnerabilities, *check.possible)],
        "hits": [hit_json(hit, known.of(hit)) for hit in row.hits],
    }


def _advisory_json(one: Vulnerability, version: str) -> Json:
    rating = one.rating
    return {
        "id": one.id,
        "aliases": list(one.ids),
        "summary": one.summary,
        "fix_versions": list(one.fixed),
        "fixed_above": list(fixes_above(one, version)),
        "severity": rating.severity.value if rating else None,
        "cvss": rating.vector or None if rating else None,
        "score": rating.score or None if rating else None,
        "cwe": list(one.cwe),
        "known_in": list(one.sources),
    }
