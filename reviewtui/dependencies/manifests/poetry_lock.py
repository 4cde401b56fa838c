"""poetry.lock, of every version of poetry."""

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.graph import Direct, Graph, with_extra
from reviewtui.dependencies.manifests.locks import Found, Package, add_all, locked, read_lock
from reviewtui.dependencies.manifests.wanted import head_of, normalised

_FOLDER: str = "directory"


def read_poetry_lock(data: bytes, entries: Entries, direct: Direct | None) -> None:
    """Every package of the lock file; `direct` is what the project asks for, where it is known."""
    lock = read_lock(data, entries, "package")
    if lock is None:
        return
    graph = Graph()
    for package in lock.packages:
        _ask(package, graph)
    known = direct or {}
    groups = graph.groups(known)
    extras = _extras(lock.values.get("extras"))
    found: list[Found] = []
    for package in lock.packages:
        source = package.table("source") if "source" in package.values else {}
        kind, url = package.text("type", source), package.text("url", source)
        if kind == "legacy":
            # Another index, which says where a version comes from and not what it is.
            url = ""
        elif kind == "git" and (
            revision := package.text("resolved_reference", source) or package.text("reference", source)
        ):
            url = f"git+{url}@{revision}"
        wanted = locked(package, url=url, is_folder=kind == _FOLDER, marker=_marker(package))
        found.append((package, wanted, _groups(package, groups, extras)))
    add_all(found, graph, known, entries)


def _ask(package: Package, graph: Graph) -> None:
    for other, value in package.table("dependencies").items():
        choices = value if isinstance(value, list) else [value]
        name = normalised(other)
        tables = [choice for choice in choices if isinstance(choice, dict)]
        if len(tables) < len(choices) and not all(isinstance(choice, str | dict) for choice in choices):
            package.text(other, {other: 0})
        if tables and all(choice.get("optional") is True for choice in tables) and len(tables) == len(choices):
            graph.weak[package.name].append(name)
        else:
            graph.ask(package.name, name, [extra for choice in tables for extra in package.texts("extras", choice)])
    for extra in (extras := package.table("extras")):
        for requirement in package.texts(extra, extras):
            name, inner = head_of(requirement)
            if name:
                graph.ask(with_extra(package.name, extra), name, inner)


def _groups(
    package: Package, by_graph: dict[str, tuple[str, ...]], extras: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """What the entry says of its groups, or else what the way to it says."""
    if "groups" in package.values:
        groups = package.texts("groups")
    elif "category" in package.values:
        groups = (package.text("category"),)
    else:
        groups = by_graph.get(package.name, ())
    groups = () if "main" in groups else tuple(filter(None, groups))
    if package.values.get("optional") is True and not groups:
        return extras.get(package.name, ("optional",))
    return groups


def _extras(value: object) -> dict[str, tuple[str, ...]]:
    """The extras of the project that ask for a package."""
    found: dict[str, tuple[str, ...]] = {}
    for extra, names in value.items() if isinstance(value, dict) else ():
        for name in names if isinstance(names, list) else ():
            key = head_of(name)[0] if isinstance(name, str) else ""
            if key and len(found.get(key, ())) < 16:
                found[key] = (*found.get(key, ()), extra)
    return found


def _marker(package: Package) -> str:
    """The marker of the entry; where each group has its own, those that are there."""
    value = package.values.get("markers")
    if isinstance(value, dict):
        return " or ".join(dict.fromkeys(f"({text})" for text in value.values() if isinstance(text, str)))
    return package.text("markers")
