"""Files of requirements put together: how each came in, which only limit, and what the limits leave of the others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.finding import is_constraints
from reviewtui.dependencies.manifests.includes import Edge, Includes
from reviewtui.dependencies.manifests.specifiers import UnreadableError, bounds
from reviewtui.dependencies.requirement import Limit, Manifest, Pin, Requirement
from reviewtui.model.place import RepoPath

_MOST_STEPS: Final = 100_000
"""Steps from a file to one that it includes, over all outermost files, that are gone for the sake of constraints."""
_MOST_LIMITS: Final = 20
"""Constraints on one package that are looked at."""


def combined(files: Mapping[RepoPath, Entries], edges: Iterable[Edge]) -> tuple[Manifest, ...]:
    """The manifests of the files, sorted by path."""
    includes = Includes(files, edges)
    roots = includes.roots()
    for edge in includes.loops(roots):
        through = "itself" if edge.source == edge.target else f"{edge.target}, which includes this file"
        files[edge.source].problem(edge.include.line, f"includes {through}: a ring, which pip refuses")
    chains = includes.chains(roots)
    limiting = {path for path in files if _only_limits(path, includes)}
    for path, entries in files.items():
        via, entering = chains[path]
        groups = entering.include.groups if entering is not None else ()
        if via or path in limiting:
            entries.requirements = [
                replace(
                    found,
                    via=via or found.via,
                    groups=found.groups or groups,
                    is_constraint=found.is_constraint or path in limiting,
                )
                for found in entries.requirements
            ]
    for path, limits in _limits(files, includes, roots, limiting).items():
        files[path].requirements = [limited(found, limits.get(found.name, ())) for found in files[path].requirements]
    return tuple(files[path].manifest() for path in sorted(files))


def limited(found: Requirement, limits: Iterable[Requirement]) -> Requirement:
    """What constraints leave of a requirement; one under a condition of its own says nothing of the others."""
    holding = [limit for limit in limits if limit.specifier and limit.marker in ("", found.marker)][:_MOST_LIMITS]
    if not holding or found.pin is Pin.DIRECT:
        return found
    specifier = ",".join(filter(None, (found.specifier, *dict.fromkeys(limit.specifier for limit in holding))))
    found = replace(found, limits=tuple(Limit(limit.path, limit.line, limit.specifier) for limit in holding))
    try:
        left = bounds(specifier)
    except UnreadableError:
        return found
    pin = Pin.EXACT if left.version else Pin.RANGE
    return replace(found, pin=pin, version=left.version, specifier=specifier, lowest=left.lowest)


def _only_limits(path: RepoPath, includes: Includes) -> bool:
    entering = includes.entering[path]
    return all(edge.include.is_constraint for edge in entering) if entering else is_constraints(path)


def _limits(
    files: Mapping[RepoPath, Entries], includes: Includes, roots: list[RepoPath], limiting: set[RepoPath]
) -> dict[RepoPath, dict[str, list[Requirement]]]:
    """The constraints that hold for each file: those that hold whichever of the outermost files is installed."""
    if not any(edge.include.is_constraint for edges in includes.leaving.values() for edge in edges):
        return {}
    holding: dict[RepoPath, set[frozenset[RepoPath]]] = defaultdict(set)
    steps = 0
    for root in roots:
        reached = includes.reached([root])
        steps += len(reached)
        if steps > _MOST_STEPS:
            files[root].problem(0, "too many files that include each other: constraints are not looked at")
            return {}
        named = frozenset(path for path in reached if path in limiting and path != root)
        for path in reached - limiting:
            holding[path].add(named)
    by_files: dict[frozenset[RepoPath], dict[str, list[Requirement]]] = {}
    found = {}
    for path, choices in holding.items():
        (named, *others) = choices
        if named and not others:
            if named not in by_files:
                by_files[named] = _by_name(files[limit] for limit in sorted(named))
            found[path] = by_files[named]
    return found


def _by_name(files: Iterable[Entries]) -> dict[str, list[Requirement]]:
    limits: dict[str, list[Requirement]] = defaultdict(list)
    for entries in files:
        for requirement in entries.requirements:
            if len(limits[requirement.name]) < _MOST_LIMITS:
                limits[requirement.name].append(requirement)
    return limits
