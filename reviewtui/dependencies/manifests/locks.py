"""What the lock files in TOML have in common: a list of packages, each with a name, a version and a place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from reviewtui.dependencies.manifests.entries import MOST, Entries, kind
from reviewtui.dependencies.manifests.graph import Graph
from reviewtui.dependencies.manifests.lock_lines import PackagePlace, package_places
from reviewtui.dependencies.manifests.specifiers import LONGEST
from reviewtui.dependencies.manifests.toml_file import toml_text, values_of
from reviewtui.dependencies.manifests.urls import quoted, without_secrets
from reviewtui.dependencies.manifests.wanted import Wanted, is_name, normalised
from reviewtui.dependencies.requirement import Pin
from reviewtui.errors import BrokenFileError
from reviewtui.text.toml_values import toml_values

Table = Mapping[str, object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Package:
    """One entry of a lock file."""

    name: str
    """Normalised."""
    shown: str
    version: str
    """Empty where the entry has none."""
    values: Table
    place: PackagePlace
    entries: Entries

    def text(self, key: str, of: Table | None = None) -> str:
        """A text of the entry, or of a table in it; empty where there is none."""
        value = (self.values if of is None else of).get(key)
        return value if isinstance(value, str) else self._wrong(key, "a text", value, "")

    def table(self, key: str, of: Table | None = None) -> Table:
        """A table in it; an empty one where there is none."""
        value = (self.values if of is None else of).get(key)
        return value if isinstance(value, dict) else self._wrong(key, "a table", value, {})

    def texts(self, key: str, of: Table | None = None) -> tuple[str, ...]:
        """The texts of a list."""
        found = self._list(key, of)
        if len(kept := tuple(one for one in found if isinstance(one, str))) < len(found):
            self._wrong(key, "a list of texts", next(one for one in found if not isinstance(one, str)), None)
        return kept

    def tables(self, key: str, of: Table | None = None) -> list[Table]:
        """The tables of a list."""
        found = self._list(key, of)
        kept: list[Table] = [one for one in found if isinstance(one, dict)]
        if len(kept) < len(found):
            self._wrong(key, "a list of tables", next(one for one in found if not isinstance(one, dict)), None)
        return kept

    def _list(self, key: str, of: Table | None) -> list[object]:
        value = (self.values if of is None else of).get(key)
        return value if isinstance(value, list) else self._wrong(key, "a list", value, [])

    def _wrong(self, key: str, wanted: str, value: object, instead: T) -> T:
        if value is not None:
            self.entries.problem(self.place.line, f"{quoted(key)} of {self.name} has to be {wanted}, not {kind(value)}")
        return instead


@dataclass(frozen=True, slots=True)
class Lock:
    """The document and its packages, those that can be read."""

    values: Table
    packages: tuple[Package, ...]


def read_lock(data: bytes, entries: Entries, *keys: str) -> Lock | None:
    """The packages of a lock file, in the array of tables that the first of the keys names; None where there are none.

    An entry without a name, or with one that nobody can have, is told. Of a file that is no TOML as a whole, after a
    merge for instance, those entries are read that are TOML by themselves.
    """
    text = toml_text(data, entries)
    values = values_of(text, entries)
    if values is None:
        pieces = [package for key in keys for package in _piecewise(text.replace("\r\n", "\n"), key, entries)]
        return Lock({}, tuple(pieces)) if pieces else None
    key = next((key for key in keys if key in values), keys[0])
    packages = values.get(key, [])
    if not isinstance(packages, list):
        entries.problem(1, f"{key} has to be a list of tables, not {kind(packages)}")
        return Lock(values, ())
    places = package_places(text.replace("\r\n", "\n"), key, packages)
    return Lock(values, tuple(_packages(packages, places, entries)))


def _piecewise(text: str, key: str, entries: Entries) -> Iterator[Package]:
    """The entries of a broken file, each read by itself; those that cannot be read are told."""
    starts = [found.start() for found in re.finditer(rf"^\[\[{key}\]\][ \t]*+$", text, re.MULTILINE)][:MOST]
    line, position = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", position, start)
        position = start
        piece = text[start:end]
        try:
            packages = toml_values(piece, entries.path.name)[key]
        except BrokenFileError as error:
            for problem in error.problems:
                entries.problem(line + max(problem.line, 1) - 1, f"a package that cannot be read: {problem.text}")
            continue
        if isinstance(packages, list):
            places = package_places(piece, key, packages)
            for place in places:
                place.move(line - 1)
            yield from _packages(packages, places, entries)


def _packages(packages: list[object], places: list[PackagePlace], entries: Entries) -> Iterator[Package]:
    for package, place in zip(packages, places, strict=True):
        if not isinstance(package, dict):
            entries.problem(place.line, f"a package has to be a table, not {kind(package)}")
            continue
        name, version = package.get("name"), package.get("version")
        if not isinstance(name, str) or not is_name(name):
            said = quoted(name) if isinstance(name, str) else kind(name)
            entries.problem(place.name or place.line, f"no name of a package: {said}")
            continue
        if version is not None and not (isinstance(version, str) and 0 < len(version) < LONGEST):
            entries.problem(place.line, f"{quoted(name)} has a version that is no text of a usual length")
            continue
        yield Package(normalised(name), name, version or "", package, place, entries)


def locked(
    package: Package, *, url: str = "", is_folder: bool = False, marker: str = "", extras: tuple[str, ...] = ()
) -> Wanted:
    """An entry as what is installed: one version, or where a folder or URL leads.

    Args:
        is_folder: whether it is code that lies beside the project, and not what anybody has published.
    """
    is_exact = bool(package.version) and not is_folder
    return Wanted(
        package.name,
        package.shown,
        Pin.EXACT if is_exact else Pin.DIRECT if url else Pin.RANGE,
        package.version if is_exact else "",
        f"=={package.version}" if is_exact else "",
        marker=marker,
        extras=extras,
        url=without_secrets(url),
    )


Found = tuple[Package, Wanted, tuple[str, ...]]
"""An entry, what it installs, and its groups."""


def add_all(found: list[Found], graph: Graph, direct: Mapping[str, tuple[str, ...]], entries: Entries) -> None:
    """Take in the packages with the ways they came in."""
    chains = graph.chains((package.name for package, _, _ in found), direct)
    for package, wanted, groups in found:
        entries.add(wanted, package.place.line, package.place.span, groups=groups, via=chains.get(package.name, ()))
