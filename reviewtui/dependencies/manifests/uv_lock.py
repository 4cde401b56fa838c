"""uv.lock."""

from collections.abc import Iterator, Mapping
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.graph import Graph, with_extra
from reviewtui.dependencies.manifests.locks import Found, Lock, Package, Table, add_all, locked, read_lock
from reviewtui.dependencies.manifests.wanted import normalised

_FOLDERS: Final = ("editable", "virtual", "directory")
_MOST_GROUPS: Final = 16


def read_uv_lock(data: bytes, entries: Entries, _direct: object) -> None:
    """Every package of the lock file but the project's own, which say themselves what they ask for."""
    lock = read_lock(data, entries, "package", "distribution")
    if lock is None:
        return
    members = _members(lock)
    graph = Graph()
    direct: dict[str, tuple[str, ...]] = {}
    for package in lock.packages:
        for group, others in _asked(package):
            for other, extras in others:
                if package.name in members:
                    names = [name for name in (other, *(with_extra(other, e) for e in extras)) if name not in members]
                    for name in names:
                        _note(direct, name, group)
                elif not group:
                    graph.ask(package.name, other, extras)
                else:
                    graph.ask(with_extra(package.name, group), other, extras)
    groups = graph.groups(direct)
    found: list[Found] = []
    for package in lock.packages:
        if package.name not in members:
            url, is_folder = _source(package)
            marker = " or ".join(f"({text})" for text in package.texts("resolution-markers"))
            wanted = locked(package, url=url, is_folder=is_folder, marker=marker)
            found.append((package, wanted, groups.get(package.name, ())))
    add_all(found, graph, direct, entries)


def _members(lock: Lock) -> set[str]:
    """The project itself and the others of its workspace."""
    manifest = lock.values.get("manifest")
    named = manifest.get("members") if isinstance(manifest, dict) else None
    members = {normalised(name) for name in named if isinstance(name, str)} if isinstance(named, list) else set()
    for package in lock.packages:
        source = package.values.get("source")
        if isinstance(source, dict) and "." in (source.get("editable"), source.get("virtual")):
            members.add(package.name)
    return members


def _asked(package: Package) -> Iterator[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """What an entry asks for, with extras, by group or extra of its own; the empty one for what it always needs."""
    yield "", _others(package, package.values, "dependencies")
    for key in ("optional-dependencies", "dev-dependencies"):
        groups = package.table(key)
        for group in groups:
            yield group, _others(package, groups, group)


def _others(package: Package, values: Table, key: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (normalised(name), package.texts("extra", other))
        for other in package.tables(key, values)
        if (name := package.text("name", other))
    ]


def _note(direct: dict[str, tuple[str, ...]], name: str, group: str) -> None:
    """Write down what the project asks for; what it always needs belongs to no group."""
    known = direct.get(name)
    if not group:
        direct[name] = ()
    elif known is None:
        direct[name] = (group,)
    elif known and group not in known and len(known) < _MOST_GROUPS:
        direct[name] = (*known, group)


def _source(package: Package) -> tuple[str, bool]:
    """Where an entry comes from if not from an index, and whether that is a folder."""
    source: Mapping[str, object] = package.table("source")
    for key in _FOLDERS:
        if folder := package.text(key, source):
            return folder, True
    if git := package.text("git", source):
        address, _, commit = git.partition("#")
        return f"git+{address.partition('?')[0]}" + (f"@{commit}" if commit else ""), False
    return package.text("url", source) or package.text("path", source), False
