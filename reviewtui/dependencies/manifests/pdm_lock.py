"""pdm.lock."""

from typing import Final

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.graph import Direct, Graph, with_extra
from reviewtui.dependencies.manifests.locks import Found, Package, add_all, locked, read_lock
from reviewtui.dependencies.manifests.wanted import head_of

_MOST_EXTRAS: Final = 16


def read_pdm_lock(data: bytes, entries: Entries, direct: Direct | None) -> None:
    """Every package of the lock file; `direct` is what the project asks for, where it is known."""
    lock = read_lock(data, entries, "package")
    if lock is None:
        return
    graph = Graph()
    for package in lock.packages:
        # A package with extras has an entry of its own, which asks for what the extras need.
        askers = [with_extra(package.name, extra) for extra in package.texts("extras")[:_MOST_EXTRAS]] or [package.name]
        for requirement in package.texts("dependencies"):
            name, extras = head_of(requirement)
            for asker in askers:
                if name and name != package.name:
                    graph.ask(asker, name, extras)
    known = direct or {}
    groups = graph.groups(known)
    plain = {(package.name, package.version) for package in lock.packages if not package.values.get("extras")}
    found: list[Found] = []
    for package in lock.packages:
        extras = package.texts("extras")
        if extras and (package.name, package.version) in plain:
            continue
        url, is_folder = _source(package)
        wanted = locked(package, url=url, is_folder=is_folder, marker=package.text("marker"), extras=extras)
        said = package.texts("groups") if "groups" in package.values else groups.get(package.name, ())
        found.append((package, wanted, () if "default" in said else said))
    add_all(found, graph, known, entries)


def _source(package: Package) -> tuple[str, bool]:
    """Where an entry comes from if not from an index, and whether that is a folder."""
    for system in ("git", "hg", "svn", "bzr"):
        if url := package.text(system):
            revision = package.text("revision") or package.text("ref")
            return f"{system}+{url}" + (f"@{revision}" if revision else ""), False
    if path := package.text("path"):
        return path, not path.lower().endswith((".whl", ".gz", ".zip", ".bz2", ".xz", ".tar", ".tgz"))
    return package.text("url"), False
