"""Reads answers of SonarQube's web API: one, several pages of them, or all that was fetched from a server."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from reviewtui.errors import ReportError
from reviewtui.formats.identity import identified
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.problems import Problems, shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sonarqube.components import Components
from reviewtui.formats.sonarqube.hits import Reading, hit_of_hotspot, hit_of_issue, is_about_security
from reviewtui.formats.sonarqube.lines import FileLines
from reviewtui.formats.sonarqube.notes import counted, cut_off, errors_in, several
from reviewtui.formats.sonarqube.rules import Rules
from reviewtui.model.hit import Hit

FETCHED: Final = "sonarqube"
"""The key under which a fetched report says what was asked, beside `pages`."""
_ADDRESS: Final = re.compile(r"https?://[^\s/?#@]{1,300}(?:/[^\s?#]{0,300})?")


def is_sonarqube(document: Record) -> bool:
    """Whether it is an answer of SonarQube, or pages of such."""
    values = document.values
    if FETCHED in document or isinstance(values.get("pages"), list):
        return FETCHED in document or any(is_answer(page) for page in document.records("pages"))
    return is_answer(document)


def answers_in(items: list[object]) -> dict[str, object] | None:
    """The document that a list is which somebody put together: of pages, or of what is in pages; None for another."""
    records = [item for item in items if isinstance(item, dict)]
    if any(is_answer(Record(record, Problems())) for record in records):
        return {"pages": items}
    first = records[0] if records else {}
    if "component" not in first or "message" not in first:
        return None
    return {"hotspots": items} if "securityCategory" in first else {"issues": items} if "rule" in first else None


def is_answer(page: Record) -> bool:
    """Whether it is one answer: of a search, of one hotspot or rule, or an error."""
    values = page.values
    if isinstance(values.get("hotspots"), list) or _is_shown(page):
        return True
    issues, errors = values.get("issues"), values.get("errors")
    if isinstance(issues, list):
        first = next((issue for issue in issues if isinstance(issue, dict)), None)
        return "component" in first if first else bool({"paging", "total", "components"} & values.keys())
    return isinstance(errors, list) and len(values) == 1 and any(isinstance(e, dict) and "msg" in e for e in errors)


def read_sonarqube(document: Record, name: str, tree: Tree, *, everything: bool = False) -> Imported:
    """All that is about security, or all that there is.

    Args:
        document: one answer, or a record with a list of them as `pages`.
        name: of the import.
        everything: bugs and code smells too.

    Raises:
        ReportError: there is nothing but an error that the server answered with.
    """
    pages = list(document.records("pages")) if isinstance(document.values.get("pages"), list) else [document]
    fetched = document.record(FETCHED) if FETCHED in document else Record({}, document.problems)
    errors = [error for page in pages for error in errors_in(page)]
    if errors and not any(map(_has_results, pages)):
        raise ReportError(f"{name} holds nothing but an error that SonarQube answered with: {errors[0]}")
    reading = Reading(Components(tree), Rules(), FileLines(tree.lines), name, _server(fetched))
    for page in pages:
        _learn(page, reading)
    issues = _once(issue for page in pages for issue in page.records("issues"))
    hotspots, shown = _hotspots(pages)
    hits = [hit_of_issue(issue, reading) for issue in issues if everything or is_about_security(issue)]
    hits += [
        hit_of_hotspot(hotspot, shown.get(hotspot.text("key"), Record({}, document.problems)), reading)
        for hotspot in hotspots
    ]
    for error in errors:
        document.problem(f"SonarQube answered with an error: {error}", "pages")
    return Imported(
        format="sonarqube",
        tools=(f"SonarQube {fetched.word('version')[:60]}".strip(),),
        hits=identified(hits, tree.lines),
        problems=document.problems.listed(),
        notes=tuple(_notes(pages, fetched, issues, hotspots, hits, everything=everything)),
        made=fetched.text("analysed")[:40],
        unplaced=reading.unplaced,
    )


def _server(fetched: Record) -> str:
    address = fetched.text("server").rstrip("/")
    return address if _ADDRESS.fullmatch(address) else ""


def _learn(page: Record, reading: Reading) -> None:
    if _is_shown(page):
        reading.components.add(page.record("component"))
        reading.components.add(page.record("project"))
    else:
        for component in page.records("components"):
            reading.components.add(component)
    for rule in page.records("rules"):
        reading.rules.add(rule)
    if isinstance(page.values.get("rule"), dict):
        reading.rules.add(page.record("rule"))


def _is_shown(page: Record) -> bool:
    """Whether it is what the server says of one hotspot alone."""
    values = page.values
    return isinstance(values.get("rule"), dict) and isinstance(values.get("component"), dict) and "key" in values


def _has_results(page: Record) -> bool:
    return "issues" in page or "hotspots" in page or _is_shown(page)


def _once(items: Iterator[Record]) -> list[Record]:
    """Each by its key: pages overlap where something was found or closed while they were fetched."""
    found: dict[str, Record] = {}
    for number, item in enumerate(items):
        found.setdefault(item.word("key") or f"\0{number}", item)
    return list(found.values())


def _hotspots(pages: list[Record]) -> tuple[list[Record], dict[str, Record]]:
    """Those that are listed or shown alone, and what is shown of each."""
    shown = {page.word("key"): page for page in pages if _is_shown(page)}
    listed = _once(hotspot for page in pages for hotspot in page.records("hotspots"))
    keys = {hotspot.word("key") for hotspot in listed}
    alone = [_as_listed(page) for key, page in shown.items() if key not in keys]
    return [*listed, *alone], shown


def _as_listed(page: Record) -> Record:
    values = dict(page.values)
    values.pop("rule", None)
    values["component"] = page.record("component").path("key")
    values["project"] = page.record("project").path("key")
    return Record(values, page.problems, page.parent, page.name, page.index)


def _notes(
    pages: list[Record],
    fetched: Record,
    issues: list[Record],
    hotspots: list[Record],
    hits: list[Hit],
    *,
    everything: bool,
) -> Iterator[str]:
    for note in fetched.texts("notes"):
        yield shortened(note, 300)
    yield from counted(pages, fetched, issues, hotspots, everything=everything)
    if not fetched:
        yield from cut_off(pages, "issues", len(issues))
        yield from cut_off(pages, "hotspots", len(hotspots))
    projects = Counter(item.text("project") for item in [*issues, *hotspots] if item.text("project"))
    yield from several(projects)
    if sum(not hit.path for hit in hits) == len(hits) > 1:
        yield "not one of its files is in this repository: is it the report of this project?"
