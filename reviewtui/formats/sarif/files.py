"""Which file of the repository a location of a run means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from reviewtui.formats.imported import Tree
from reviewtui.formats.paths import path_of_uri
from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.file_text import FileText
from reviewtui.formats.sarif.regions import Region, region_of
from reviewtui.model.place import RepoPath

_BASES_DEEP: Final = 20
"""A base may be relative to a base, and so on."""
_LEARN_FROM: Final = 5_000
"""So many results are looked at to learn where the repository was on the machine of the tool."""
_NAME_LENGTH: Final = 300
CACHED_FILES: Final = 256
"""The texts of so many files are kept."""
_HASHED_LINES: Final = 500_000
"""So many lines are looked through for those that a report has only the hash of: some six seconds."""


@dataclass(frozen=True, slots=True)
class Named:
    """A file as a location names it."""

    path: RepoPath | None
    """None: it is none of the repository's."""
    shown: str
    """What the report calls it; empty where it names none."""
    reason: str = ""
    """Why it is none of the repository's."""


class Files:
    """The files that one run speaks of, and their lines."""

    def __init__(self, run: Record, tree: Tree, unit: str) -> None:
        """`unit`: in what the tool counts columns, as `region_of` takes it."""
        self._run = run
        self._unit = unit
        self._tree = tree
        self._bases = dict(run.named("originalUriBaseIds"))
        self._folders = list(dict.fromkeys(_working_folders(run)))
        self._found: dict[tuple[str, str], Named] = {}
        self._roots: tuple[str, ...] = ()
        root = tree.paths.foreign_root(self._absolute_names())
        self._roots = (root,) if root else ()
        # Results come by rule, so the same files are asked for again and again.
        self._text = lru_cache(maxsize=CACHED_FILES)(self._read_text)
        self._left_to_hash = _HASHED_LINES

    def find(self, location: Record) -> Named:
        """The file of an artifact location."""
        uri, base = self._reference(location)
        if (uri, base) not in self._found:
            self._found[uri, base] = self._find(uri, base)
        return self._found[uri, base]

    def region(self, physical: Record, path: RepoPath, *, line_hash: str = "") -> Region:
        """Where in the file a physical location is, as the file is now."""
        return region_of(physical, self._text(path), unit=self._unit, line_hash=line_hash)

    def _reference(self, location: Record) -> tuple[str, str]:
        """URI and name of its base; those of the list of artifacts where the location only has a number."""
        uri, base = location.path("uri"), location.text("uriBaseId")
        if uri:
            return uri, base
        index = location.integer("index")
        if index is None or index < 0:
            return "", ""
        listed = self._run.record_at("artifacts", index).record("location")
        return listed.path("uri"), listed.text("uriBaseId")

    def _find(self, uri: str, base: str) -> Named:
        if not uri:
            return Named(None, "", "it names no file")
        bases = self._paths_of(base)
        name = path_of_uri(uri)
        path, reason = self._tree.paths.find(name, bases, self._roots)
        if path is None and "%" in uri and uri in self._tree.paths:
            path = RepoPath(uri)  # a tool that does not encode its URIs
        shown = (
            name if not base or name.startswith("/") or base.strip("%") in ("SRCROOT", "ROOTPATH") else f"{base}/{name}"
        )
        return Named(path, shortened(shown, _NAME_LENGTH), "" if path else reason)

    def _paths_of(self, base: str) -> list[str]:
        """What a URI with this base may be relative to."""
        whole = path_of_uri(self._uri_of(base)) if base else ""
        return [folder for folder in (whole, *self._folders) if folder]

    def _uri_of(self, base: str) -> str:
        """The URI of a base, joined with those that it is relative to; empty where nobody says."""
        parts: list[str] = []
        for _ in range(_BASES_DEEP):
            record = self._bases.get(base)
            if record is None:
                break
            uri = record.path("uri")
            parts.insert(0, uri)
            base = record.text("uriBaseId")
            if ":" in uri or not base:
                break
        return "/".join(part.rstrip("/") for part in parts if part)

    def _absolute_names(self) -> Iterator[str]:
        artifacts = (artifact.record("location") for artifact in islice(self._run.records("artifacts"), _LEARN_FROM))
        for location in (*artifacts, *_first_locations(self._run)):
            uri, base = self._reference(location)
            name = path_of_uri(uri)
            if name.startswith(("/", "\\")) or name[1:2] == ":":
                yield name
            elif base and (whole := path_of_uri(self._uri_of(base))):
                yield f"{whole}/{name}"

    def _read_text(self, path: RepoPath) -> FileText:
        return FileText(self._tree.lines(path), self._may_hash)

    def _may_hash(self, lines: int) -> bool:
        self._left_to_hash -= lines
        return self._left_to_hash >= 0


def _first_locations(run: Record) -> Iterable[Record]:
    for result in islice(run.records("results"), _LEARN_FROM):
        yield result.record_at("locations", 0).record("physicalLocation").record("artifactLocation")


def _working_folders(run: Record) -> Iterator[str]:
    for invocation in run.records("invocations"):
        if folder := path_of_uri(invocation.record("workingDirectory").path("uri")):
            yield folder
