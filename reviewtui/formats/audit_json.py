"""Reads what pip-audit and osv-scanner write: every known weakness of a pinned package, on the line that pins it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from reviewtui.formats.identity import identified
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.pins import PinLine, PinLines, normalised
from reviewtui.formats.problems import Problems, shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.severity import score
from reviewtui.formats.sarif.weaknesses import cwes_in
from reviewtui.model.hit import NOWHERE, Hit, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

PIP_AUDIT: Final = "pip-audit"
OSV_SCANNER: Final = "osv-scanner"

_NAME: Final = "known vulnerability"
_EXPLANATION_LENGTH: Final = 12_000
_FURTHER: Final = 20
"""So many other lines that pin the same version are further places."""
_FIXES: Final = 20
_URL: Final = "https://osv.dev/vulnerability/"


@dataclass(slots=True)
class _Reading:
    tree: Tree
    origin: str
    pins: PinLines
    hits: list[Hit] = field(default_factory=list)
    notes: Problems = field(default_factory=Problems)
    unplaced: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Package:
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class _Advisory:
    ids: tuple[str, ...]
    """Its own first."""
    summary: str
    details: str
    fixed: tuple[str, ...]
    severity: Severity | None = None
    words: tuple[tuple[str, str], ...] = ()
    cwe: tuple[int, ...] = ()


def read_pip_audit(document: Record, name: str, tree: Tree) -> Imported:
    """All vulnerable packages; those that were not checked become notes.

    Args:
        document: the report; the list of packages that older versions write stands in it as `dependencies`.
    """
    reading = _Reading(tree, name, PinLines(tree))
    checked = 0
    for dependency in document.records("dependencies"):
        package = _Package(dependency.text("name")[:200], dependency.text("version")[:100])
        if "skip_reason" in dependency or "vulns" not in dependency:
            reason = " ".join(dependency.text("skip_reason").split()) or "the report does not say why"
            reading.notes.add(f"not checked: {package}: {reason}")
            continue
        checked += 1
        for vulnerability in dependency.records("vulns"):
            _add(reading, PIP_AUDIT, package, _of_pip_audit(vulnerability), None)
    if not checked:
        reading.notes.add("pip-audit checked no package at all: that it reports nothing says nothing")
    return _imported(reading, PIP_AUDIT, document)


def read_osv_scanner(document: Record, name: str, tree: Tree) -> Imported:
    """All vulnerable packages of all sources; one hit for each group of advisories that mean the same."""
    reading = _Reading(tree, name, PinLines(tree))
    for result in document.records("results"):
        source = result.record("source").path("path")
        path, reason = tree.paths.find(source)
        if path is None and source:
            reading.unplaced[shortened(source, 300)] = reason
        for entry in result.records("packages"):
            described = entry.record("package")
            package = _Package(described.text("name")[:200], described.text("version")[:100])
            for advisory in _of_osv_package(entry, package):
                _add(reading, OSV_SCANNER, package, advisory, _Source(path, source))
    if "results" not in document:
        reading.notes.add("osv-scanner wrote no list of results: it may not have found a manifest to look at")
    return _imported(reading, OSV_SCANNER, document)


@dataclass(frozen=True, slots=True)
class _Source:
    path: RepoPath | None
    shown: str


def _of_pip_audit(vulnerability: Record) -> _Advisory:
    identity = vulnerability.text("id") or "no advisory named"
    description = vulnerability.text("description").strip()
    return _Advisory(
        ids=tuple(dict.fromkeys((identity, *vulnerability.texts("aliases")))),
        summary="",
        details=shortened(description, _EXPLANATION_LENGTH),
        fixed=tuple(vulnerability.texts("fix_versions")[:_FIXES]),
    )


def _of_osv_package(entry: Record, package: _Package) -> Iterator[_Advisory]:
    by_id: dict[str, Record] = {}
    for vulnerability in entry.records("vulnerabilities"):
        by_id.setdefault(vulnerability.text("id"), vulnerability)
    told: set[str] = set()
    for group in entry.records("groups"):
        ids = group.texts("ids")
        told.update(ids)
        records = [by_id[identity] for identity in ids if identity in by_id]
        yield _of_osv_records(ids, group.texts("aliases"), records, package, group)
    for identity, record in by_id.items():
        if identity not in told:
            yield _of_osv_records([identity], [], [record], package, None)


def _of_osv_records(
    ids: list[str], aliases: list[str], records: list[Record], package: _Package, group: Record | None
) -> _Advisory:
    """One advisory of several records that mean the same."""
    names = [identity for identity in ids if identity]
    severities, cwes, fixed = [], [], []
    words: dict[str, str] = {}
    for record in records:
        names += [alias for alias in record.texts("aliases") if alias not in names]
        specific = record.record("database_specific")
        severities.append(specific.word("severity"))
        cwes += cwes_in(specific)
        fixed += list(_fixed(record, package))
        for rating in record.records("severity"):
            if rating.text("type") and rating.text("score"):
                words.setdefault(rating.text("type")[:40], rating.text("score")[:200])
    if group is not None:
        severities.insert(0, group.word("max_severity"))
        for analysis in group.record("experimentalAnalysis").values.values():
            if isinstance(analysis, dict) and analysis.get("called") is False:
                words["called"] = "no, says the tool"
    names += [alias for alias in aliases if alias not in names]
    said = next((word for word in severities if word), "")
    if said:
        words["severity"] = said[:40]
    return _Advisory(
        ids=tuple(dict.fromkeys(names)) or ("no advisory named",),
        summary=next((text for record in records if (text := record.text("summary").strip())), ""),
        details=shortened(
            next((text for record in records if (text := record.text("details").strip())), ""), _EXPLANATION_LENGTH
        ),
        fixed=tuple(dict.fromkeys(fixed))[:_FIXES],
        severity=next((known for word in severities if (known := score(word)) is not None), None),
        words=tuple(words.items()),
        cwe=tuple(dict.fromkeys(cwes)),
    )


def _fixed(record: Record, package: _Package) -> Iterator[str]:
    for affected in record.records("affected"):
        if normalised(affected.record("package").text("name")) != normalised(package.name):
            continue
        for span in affected.records("ranges"):
            if span.text("type") != "GIT":
                for event in span.records("events"):
                    if version := event.text("fixed"):
                        yield version


def _add(reading: _Reading, tool: str, package: _Package, advisory: _Advisory, source: _Source | None) -> None:
    lines, unplaced = _lines(reading, package, source)
    fixed = f"fixed in {', '.join(advisory.fixed)}" if advisory.fixed else "no fixed version is known"
    also = f" ({', '.join(advisory.ids[1:4])})" if len(advisory.ids) > 1 else ""
    summary = f": {' '.join(advisory.summary.split())}" if advisory.summary else ""
    facts = [("package", package.name), ("version", package.version or "not said")]
    facts.append(("fixed", ", ".join(advisory.fixed) or "no version known"))
    facts += advisory.words
    if advisory.severity is None and not any(name == "severity" for name, _ in facts):
        facts.append(("severity", "not said by the tool"))
    facts += unplaced
    main = lines[0] if lines else None
    if main and main.version and package.version and main.version != package.version:
        facts.append(("code", f"the line asks for {main.version} now"))
    reading.hits.append(
        Hit(
            tool=tool,
            rule=advisory.ids[0],
            name=_NAME,
            message=shortened(f"{package}: {advisory.ids[0]}{also}{summary}; {fixed}", 2_000),
            severity=advisory.severity or Severity.MEDIUM,
            confidence="",
            cwe=advisory.cwe,
            path=main.path if main else NOWHERE,
            span=main.span if main else LineSpan(1, 1),
            line=main.span.start if main else 1,
            url=f"{_URL}{advisory.ids[0]}" if advisory.ids[0].replace("-", "").isalnum() else "",
            ids=tuple(name for name in advisory.ids if " " not in name),
            facts=tuple(facts),
            explanation=advisory.details,
            places=tuple(HitPlace(pin.path, pin.span, "related", str(package)) for pin in lines[1 : 1 + _FURTHER]),
            origin=reading.origin,
        )
    )


def _lines(reading: _Reading, package: _Package, source: _Source | None) -> tuple[list[PinLine], list[tuple[str, str]]]:
    """The lines that pin the package, the best one first, and what is to be said where there is none."""
    if source is not None:
        if source.path is None:
            return [], [("file", shortened(source.shown, 300))] if source.shown else []
        found = reading.pins.find_in(source.path, package.name, package.version)
        return [found or PinLine(source.path, LineSpan(1, 1), "")], []
    pins = reading.pins.find(package.name, package.version)
    exact = [pin for pin in pins if pin.version == package.version]
    if not pins:
        reading.unplaced[str(package)] = "no manifest of this repository names it"
    return exact or list(pins[:1]), []


def _imported(reading: _Reading, tool: str, document: Record) -> Imported:
    return Imported(
        format=tool,
        tools=(tool,),
        hits=identified(reading.hits, reading.tree.lines),
        problems=document.problems.listed(),
        notes=reading.notes.listed(),
        unplaced=reading.unplaced,
    )
