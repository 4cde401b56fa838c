"""The advisories beside the project, and records and requirements that tests write themselves."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from reviewtui.dependencies.advisory import Advisory
from reviewtui.dependencies.osv import advisory_of
from reviewtui.dependencies.requirement import Pin, Requirement
from reviewtui.model.place import LineSpan, RepoPath
from tests.architecture.sources import ROOT

NOW: Final = datetime(2026, 11, 26, tzinfo=UTC)
MANIFEST: Final = RepoPath("requirements.txt")


def samples(*parts: str) -> Path:
    """A sample beside the project; the test is skipped where there are none."""
    folder = ROOT.parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("../shared/samples is not there")
    return folder.joinpath(*parts)


def record(
    *events: dict[str, str],
    name: str = "shop",
    named: str = "PYSEC-2024-1",
    versions: tuple[str, ...] = (),
    **more: object,
) -> dict[str, Any]:
    """A record of one package with one range."""
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": list(versions)}
    return {"id": named, "modified": "2024-05-01T00:00:00Z", "affected": [affected], **more}


def introduced(version: str) -> dict[str, str]:
    return {"introduced": version}


def fixed(version: str) -> dict[str, str]:
    return {"fixed": version}


def last(version: str) -> dict[str, str]:
    return {"last_affected": version}


def advisory(value: object, source: str = "test") -> Advisory:
    """The advisory of a record that is right in every part."""
    found, problems = advisory_of(value, source)
    assert found is not None
    assert problems == ()
    return found


def pin(
    shown: str, version: str, line: int = 1, *, end: int = 0, path: RepoPath = MANIFEST, **more: Any
) -> Requirement:
    """An entry that says exactly which version."""
    name = shown.lower().replace("_", "-")
    return Requirement(name, shown, Pin.EXACT, version, f"=={version}", path, LineSpan(line, end or line), line, **more)


def span(shown: str, specifier: str = "", lowest: str = "", line: int = 1, **more: Any) -> Requirement:
    """An entry that would take several versions."""
    place = LineSpan(line, line)
    return Requirement(shown.lower(), shown, Pin.RANGE, "", specifier, MANIFEST, place, line, lowest=lowest, **more)
