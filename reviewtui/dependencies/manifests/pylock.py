"""pylock.toml (PEP 751)."""

import re
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.graph import Direct, Graph
from reviewtui.dependencies.manifests.locks import Found, Package, add_all, locked, read_lock
from reviewtui.dependencies.manifests.wanted import head_of, normalised

_GROUP: Final = re.compile(r"""["']([^"']++)["']\s++in\s++(?:extras|dependency_groups)\b""")
_LONGEST: Final = 4000
"""Characters of a marker that are searched for groups."""


def read_pylock(data: bytes, entries: Entries, direct: Direct | None) -> None:
    """Every package of the lock file; `direct` is what the project asks for, where it is known."""
    lock = read_lock(data, entries, "packages")
    if lock is None:
        return
    graph = Graph()
    named = lock.values.get("default-groups")
    usual = {name for name in named if isinstance(name, str)} if isinstance(named, list) else set()
    found: list[Found] = []
    for package in lock.packages:
        for other in package.tables("dependencies"):
            if name := package.text("name", other):
                graph.ask(package.name, normalised(name))
        # pdm, which writes no dependencies where the standard has them, has them here.
        for requirement in package.texts("dependencies", package.table("pdm", package.table("tool"))):
            if name := head_of(requirement)[0]:
                graph.ask(package.name, name)
        url, is_folder = _source(package)
        marker = package.text("marker")
        groups = tuple(dict.fromkeys(_GROUP.findall(marker[:_LONGEST])))
        if not usual.isdisjoint(groups):
            groups = ()
        found.append((package, locked(package, url=url, is_folder=is_folder, marker=marker), groups))
    add_all(found, graph, direct or {}, entries)


def _source(package: Package) -> tuple[str, bool]:
    """Where an entry comes from if not from an index, and whether that is a folder."""
    if vcs := package.table("vcs"):
        place = package.text("url", vcs) or package.text("path", vcs)
        commit = package.text("commit-id", vcs)
        return f"{package.text('type', vcs) or 'git'}+{place}" + (f"@{commit}" if commit else ""), False
    if folder := package.table("directory"):
        return package.text("path", folder), True
    archive = package.table("archive")
    return package.text("url", archive) or package.text("path", archive), False
