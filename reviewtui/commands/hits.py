"""`reviewtui hits`: the hits of every tool that fit a filter, with what was decided on each."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui import __version__
from reviewtui.commands.choosing import choices_of
from reviewtui.commands.everything import Everything, everything
from reviewtui.commands.filtering import filter_of, known_of, lines_of
from reviewtui.commands.gathering import checklists
from reviewtui.commands.output import say, say_whole
from reviewtui.commands.project import Project
from reviewtui.commands.standing import standings_now
from reviewtui.errors import ReviewTuiError
from reviewtui.explaining import group_titles
from reviewtui.formats.json_format import Json, dumps, hit_json, uri
from reviewtui.model.doubles import Doubles
from reviewtui.model.filter import Filter, Known
from reviewtui.model.grouping import Grouping, groups
from reviewtui.model.hit import NOWHERE, BlindSpot, Hit
from reviewtui.model.place import RepoPath
from reviewtui.model.standing import Standings
from reviewtui.model.state import State
from reviewtui.repo.repository import Repository
from reviewtui.text.counting import number_of

SCHEMA: Final = "reviewtui-hits"
SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    note: str
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class _Found:
    """What is to be printed."""

    chosen: Filter
    total: int
    hits: Sequence[Hit]
    groups: Sequence[_Group]
    """Empty where they are not asked for."""
    blind: Sequence[BlindSpot]
    known: Standings
    notes: Sequence[str]


def run(arguments: Namespace) -> int:
    """Gather, choose, print."""
    chosen = filter_of(arguments)
    if arguments.format == "sarif" and (arguments.group or arguments.count):
        raise ReviewTuiError("SARIF has no groups and no counts: leave --group and --count away, or take text or json")
    project = Project.of(arguments)
    all_of_it = everything(project.repository, choices=choices_of(arguments))
    found = _found(project, all_of_it, chosen, arguments.group)
    if arguments.format == "json":
        say_whole(dumps(_json(project, found, only_counts=arguments.count)))
    elif arguments.format == "sarif":
        from reviewtui.formats.sarif.writing import sarif_of_hits

        say_whole(sarif_of_hits(found.hits, found.known, _Lines(project.repository).of, __version__))
    elif arguments.count:
        for line in _counts(found):
            say(line)
    else:
        for line in _text(found):
            say(line)
    return 0


def _found(project: Project, all_of_it: Everything, chosen: Filter, group: str | None) -> _Found:
    standings = standings_now(project, all_of_it.scanned, all_of_it.brought, all_of_it.tools)
    lists = checklists()
    lines = lines_of(all_of_it.hits)
    known = known_of(project.review, standings, lines, lists)
    hits = [hit for hit in all_of_it.hits if chosen.hit(hit, known)]
    return _Found(
        chosen,
        len(all_of_it.hits),
        hits,
        _groups([(hit,) for hit in hits], group, known, group_titles(hits, lists)) if group else (),
        [spot for spot in all_of_it.blind if chosen.blind(spot)],
        standings,
        all_of_it.scanned.notes,
    )


def _groups(lines: Sequence[Doubles], by: str, known: Known, titles: dict[str, str]) -> list[_Group]:
    grouping = next(grouping for grouping in Grouping if grouping.value.lower() == by)
    found = groups(lines, grouping, known, titles)
    return [_Group(title, note, [hit for line in group for hit in line]) for title, note, group in found]


# Text


def _text(found: _Found) -> Iterator[str]:
    for group in found.groups:
        left = sum(found.known.is_open(hit) for hit in group.hits)
        yield f"{group.title}{f'  {group.note}' if group.note else ''}  ({len(group.hits)}, {left} undecided)"
        for hit in group.hits:
            yield f"  {_line(hit, found.known)}"
        yield ""
    if not found.groups:
        path: str | None = None
        for hit in found.hits:
            if path not in (None, hit.path):
                yield ""
            path = hit.path
            yield _line(hit, found.known)
        if found.hits:
            yield ""
    if found.blind:
        yield f"Not looked at ({len(found.blind)}):"
        for spot in found.blind:
            yield f"  {spot.path}: {spot.reason}" if spot.path else f"  {spot.reason}"
        yield ""
    for sentence in found.notes:
        yield f"{sentence}."
    left = sum(found.known.is_open(hit) for hit in found.hits)
    what = f"{len(found.hits)} of {number_of(found.total, 'hit')}" if found.chosen else number_of(found.total, "hit")
    fit = f" fit {found.chosen}" if found.chosen else ""
    yield f"{what}{fit}, {left} undecided"


def _line(hit: Hit, known: Standings) -> str:
    standing = known.of(hit)
    where = f"{hit.path}:{hit.line}: " if hit.path != NOWHERE else ""
    ids = f" {' '.join(hit.ids)}" if hit.ids and hit.path == NOWHERE else ""
    name = f" {hit.name}" if hit.name and hit.name != hit.rule else ""
    decision = standing.state.label + (", to be confirmed" if standing.is_stale else "")
    words = ["question"] * hit.is_question
    words += [f"silenced: {hit.suppressed}"] if hit.suppressed else []
    words += [decision] if standing.state is not State.OPEN else []
    said = f" ({'; '.join(words)})" if words else ""
    return f"{where}{hit.severity.value.upper()} {hit.rule}{name}{ids}: {hit.message} [{hit.tool}]{said}"


def _counts(found: _Found) -> Iterator[str]:
    for group in found.groups:
        yield f"{len(group.hits):>6}  {group.title}{f'  {group.note}' if group.note else ''}"
    if not found.groups:
        yield str(len(found.hits))


# For programs


def _json(project: Project, found: _Found, *, only_counts: bool) -> Json:
    left = sum(found.known.is_open(hit) for hit in found.hits)
    result: dict[str, Json] = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "project": project.repository.project_name(),
        "commit": project.repository.head(),
        "filter": found.chosen.text,
        "notes": list(found.notes),
        "counts": {"all": found.total, "fitting": len(found.hits), "undecided": left},
        "groups": [
            {
                "title": group.title,
                "note": group.note,
                "count": len(group.hits),
                "undecided": sum(found.known.is_open(hit) for hit in group.hits),
                "hits": [hit.fingerprint for hit in group.hits],
            }
            for group in found.groups
        ],
    }
    if not only_counts:
        result["hits"] = [hit_json(hit, found.known.of(hit)) for hit in found.hits]
    result["blind_spots"] = [
        {"tool": spot.tool, "path": spot.path, "uri": uri(spot.path), "reason": spot.reason} for spot in found.blind
    ]
    return result


class _Lines:
    """The lines of files, each read once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._read: dict[RepoPath, Sequence[str]] = {}

    def of(self, path: RepoPath) -> Sequence[str]:
        """The lines; none where it cannot be read."""
        if path not in self._read:
            source = self._repository.source(path)
            self._read[path] = source.lines if source else ()
        return self._read[path]
