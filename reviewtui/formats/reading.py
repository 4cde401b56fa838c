"""Reads a report of another tool, whichever it is: the content tells, not the name of the file."""

from collections.abc import Callable
from typing import Final

from reviewtui.errors import ReportError
from reviewtui.formats.audit_json import read_osv_scanner, read_pip_audit
from reviewtui.formats.bandit_json import read_bandit
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.json_in import load, without_collector
from reviewtui.formats.record import Record, clean
from reviewtui.formats.sarif.reading import read_sarif
from reviewtui.formats.sonarqube.reading import answers_in, is_sonarqube, read_sonarqube

Reader = Callable[[Record, str, Tree], Imported]

KNOWN: Final = "SARIF 2.1.0, answers of SonarQube's web API, Bandit (JSON), pip-audit (JSON), osv-scanner (JSON)"
"""For messages."""


def read_report(data: bytes, name: str, tree: Tree, *, everything: bool = False) -> Imported:
    """All that can be read of a report.

    Args:
        data: the whole file.
        name: of the import, for messages and as the origin of its hits.
        everything: whether what is not about security is wanted too, where a format tells it apart.

    Raises:
        ReportError: it is no JSON, too large, or of no format that is known.
    """
    with without_collector():
        return _read(data, name, tree, everything)


def _read(data: bytes, name: str, tree: Tree, everything: bool) -> Imported:
    loaded = load(data, name)
    document = _document(loaded.value, name)
    record = Record(document, loaded.problems)
    if is_sonarqube(record):
        return read_sonarqube(record, name, tree, everything=everything)
    reader = _reader(record)
    if reader is None:
        raise ReportError(f"{name} is of no format that is known ({KNOWN}); it is {_seen(document)}")
    return reader(record, name, tree)


def _document(value: object, name: str) -> dict[str, object]:
    if isinstance(value, dict):
        return value
    # pip-audit wrote a bare list before it had anything else to say.
    if isinstance(value, list) and any(isinstance(one, dict) and {"name", "version"} <= one.keys() for one in value):
        return {"dependencies": value}
    if isinstance(value, list) and (answers := answers_in(value)):
        return answers
    raise ReportError(f"{name} is of no format that is known ({KNOWN}); it is {_seen(value)}")


def _reader(document: Record) -> Reader | None:
    """Who reads it; None where nobody can."""
    if "runs" in document or "sarif" in document.word("$schema").lower():
        return read_sarif
    if "dependencies" in document and isinstance(document.values["dependencies"], list):
        return read_pip_audit
    if "metrics" in document or "generated_at" in document or _first_has(document, "results", "test_id"):
        return read_bandit
    if "experimental_config" in document or _first_has(document, "results", "packages"):
        return read_osv_scanner
    return None


def _first_has(document: Record, name: str, key: str) -> bool:
    """Whether an element of a list has this key; the first one that is a record tells."""
    value = document.values.get(name)
    first = next((one for one in value if isinstance(one, dict)), {}) if isinstance(value, list) else {}
    return key in first


def _seen(value: object) -> str:
    """What was found instead, in a few words."""
    if isinstance(value, dict):
        keys = ", ".join(repr(clean(key)[:30]) for key in list(value)[:6])
        return f"a record with {keys}{' …' if len(value) > 6 else ''}" if keys else "an empty record"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    return f"the value {str(value)[:30]!r}"
