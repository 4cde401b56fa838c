"""Manifests of a repository that is a dictionary."""

from collections.abc import Mapping

from reviewtui.dependencies.manifests import read_all
from reviewtui.dependencies.requirement import Manifest, Requirement
from reviewtui.model.place import RepoPath


def manifests(files: Mapping[str, bytes | str], *paths: str) -> dict[str, Manifest]:
    """What is read when these paths (without any: all files) are asked for, by path."""
    contents = {RepoPath(path): data.encode() if isinstance(data, str) else data for path, data in files.items()}
    asked = [RepoPath(path) for path in paths] or list(contents)
    return {str(found.path): found for found in read_all(asked, contents.get)}


def manifest(path: str, data: bytes | str) -> Manifest:
    """What is read of one file alone."""
    return manifests({path: data})[path]


def spelled(found: Requirement) -> str:
    """A requirement as one line that holds all that is said of it."""
    parts = [f"{found.span}@{found.line}" if found.span.count > 1 else f"{found.line}", f"{found.name} {found.pin}"]
    for name in ("version", "specifier", "lowest", "marker", "url", "extras", "groups", "via"):
        if value := getattr(found, name):
            text = value if isinstance(value, str) else ",".join(value)
            parts += [f"{name}={text}"]
    if found.shown != found.name:
        parts.append(f"shown={found.shown}")
    if found.is_constraint:
        parts.append("constraint")
    parts += [f"limit={limit.path}:{limit.line}{limit.specifier}" for limit in found.limits]
    return " | ".join(parts)


def listed(found: Manifest) -> list[str]:
    """All requirements of a manifest, spelled."""
    return [spelled(requirement) for requirement in found.requirements]
