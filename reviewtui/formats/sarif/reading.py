"""Reads SARIF 2.1.0 of any producer: what a run says becomes hits and notes, and what it gets wrong problems."""

from collections.abc import Iterable, Iterator
from typing import Final

from reviewtui.errors import ReportError
from reviewtui.formats.identity import identified
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.problems import Problems, shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.files import CACHED_FILES, Files
from reviewtui.formats.sarif.messages import message_text
from reviewtui.formats.sarif.regions import BYTES, UTF16
from reviewtui.formats.sarif.results import RunReading, hit_of_result
from reviewtui.formats.sarif.tools import Tool
from reviewtui.model.hit import Hit

_KINDS: Final = {"pass": "passed", "notApplicable": "do not apply", "informational": "only inform"}
_NOTIFICATIONS: Final = 20
"""So many of what a tool says of its own run are told one by one."""
_NOTE_LENGTH: Final = 300
_LOUD: Final = frozenset(("", "warning", "error"))


def read_sarif(document: Record, name: str, tree: Tree) -> Imported:
    """All hits of all runs.

    Args:
        document: the whole report.
        name: of the import.

    Raises:
        ReportError: it is an older or newer SARIF, whose words mean other things.
    """
    version = document.text("version")
    if version and not version.startswith("2.1"):
        raise ReportError(
            f"{name} is SARIF {version[:20]}; SARIF 2.1.0 is read: let the tool write that, or convert it"
        )
    tools: dict[str, None] = {}
    hits: list[Hit] = []
    notes = Problems()
    unplaced: dict[str, str] = {}
    made = ""
    runs = list(document.records("runs"))
    for run in runs:
        tool = Tool(run)
        tools[tool.shown] = None
        reading = RunReading(run, tool, Files(run, tree, _unit(run, tool)), name)
        for result in _by_file(run):
            hit = hit_of_result(result, reading)
            if hit is not None:
                hits.append(hit)
        for note in _notes(reading):
            notes.add(note)
        unplaced |= reading.unplaced
        made = max(made, _made(run))
    if not runs:
        notes.add("no run is in it: nothing was looked at, or nothing was written down")
    return Imported(
        format="sarif",
        tools=tuple(tools),
        hits=identified(hits, tree.lines),
        problems=document.problems.listed(),
        notes=notes.listed(),
        made=made,
        unplaced=unplaced,
    )


def _by_file(run: Record) -> Iterable[Record]:
    """The results of a run, those of one file together where there are many files, so that each is read once."""
    results = list(run.records("results"))
    names = [_file(result) for result in results]
    if len(set(names)) <= CACHED_FILES:
        return results
    return [results[number] for number in sorted(range(len(results)), key=lambda number: (names[number], number))]


def _file(result: Record) -> str:
    location = result.record_at("locations", 0).record("physicalLocation").record("artifactLocation")
    return location.word("uri")[:1_000] or location.word("index")


def _unit(run: Record, tool: Tool) -> str:
    kind = run.text("columnKind")
    if not kind and tool.name == "bandit":
        return BYTES  # its writer hands on what Python counts in
    return UTF16 if kind == UTF16 else ""


def _made(run: Record) -> str:
    times = [
        invocation.text("endTimeUtc") or invocation.text("startTimeUtc") for invocation in run.records("invocations")
    ]
    return max(times, default="")[:40]


def _notes(reading: RunReading) -> Iterator[str]:
    run, tool = reading.run, reading.tool
    if "results" not in run:
        yield f"{tool.shown} wrote no list of results, not even an empty one: it may not have looked at anything"
    for kind, count in sorted(reading.not_hits.items()):
        yield f"{tool.shown}: {count:,} results {_KINDS[kind]} ({kind}); they are no hits"
    if run.record("externalPropertyFileReferences"):
        yield f"{tool.shown}: parts of its report are in other files, which are not read"
    yield from _revisions(run)
    said: dict[str, None] = {}
    for invocation in run.records("invocations"):
        yield from _failure(invocation, tool)
        for name in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for notification in invocation.records(name):
                if text := _notification(notification, reading):
                    said[text] = None
    for number, text in enumerate(said):
        if number == _NOTIFICATIONS:
            yield f"{tool.shown} says {len(said) - _NOTIFICATIONS:,} more things about its own run"
            return
        yield f"{tool.shown}: {text}"


def _revisions(run: Record) -> Iterator[str]:
    for revision in run.records("versionControlProvenance"):
        commit, branch = revision.text("revisionId")[:40], revision.text("branch")[:100]
        if commit:
            yield f"made from commit {commit}" + (f" of branch {branch}" if branch else "")


def _failure(invocation: Record, tool: Tool) -> Iterator[str]:
    if invocation.flag("executionSuccessful") is not False:
        return
    reasons = [
        invocation.text(name) for name in ("exitCodeDescription", "processStartFailureMessage", "exitSignalName")
    ]
    code = invocation.integer("exitCode")
    reasons = [reason for reason in reasons if reason] or ([f"exit status {code}"] if code is not None else [])
    why = f" ({shortened('; '.join(reasons), _NOTE_LENGTH)})" if reasons else ""
    yield f"{tool.shown} says that its run failed{why}: what it did not report may be there all the same"


def _notification(notification: Record, reading: RunReading) -> str:
    """What the tool says, with the files that it says it of; empty for what needs nobody's attention."""
    if notification.text("level") not in _LOUD:
        return ""
    text = message_text(notification.record("message"))
    descriptor = notification.record("descriptor").text("id")
    text = text or message_text(notification.record("exception")) or descriptor
    files = []
    for location in notification.records("locations"):
        named = reading.files.find(location.record("physicalLocation").record("artifactLocation"))
        if named.shown and named.shown not in text:
            files.append(named.shown)
    of = f" ({', '.join(files[:3])}{' …' if len(files) > 3 else ''})" if files else ""
    return shortened(text, _NOTE_LENGTH) + of if text else ""
