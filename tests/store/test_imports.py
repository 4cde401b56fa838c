"""Imported reports, as they are kept."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reviewtui.errors import StoreError
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit, HitPlace
from reviewtui.model.imports import ImportedHit, ImportHeader
from reviewtui.model.place import Anchor, LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.store.imports import ImportsFolder, is_name, name_for

HIT = Hit(
    tool="semgrep",
    rule="python.lang.x",
    name="x",
    message="eval of \u202e text \x1b[31m",
    severity=Severity.HIGH,
    confidence="high",
    cwe=(94, 95),
    path=RepoPath("a/b\udcff.py"),
    span=LineSpan(3, 5),
    line=4,
    column=2,
    end_column=9,
    suppressed="suppressed: reviewed",
    url="https://example.org/x",
    is_question=True,
    ids=("CVE-2024-1",),
    facts=(("level", "error"),),
    explanation="Long words.",
    places=(HitPlace(RepoPath("c.py"), LineSpan(1, 2), "source", "comes in here"),),
    origin="semgrep.sarif",
    code="0123456789abcdef",
    fingerprint=Fingerprint("f" * 32),
)
ANCHOR = Anchor("", "b" * 40, "C.f", "x = 1", "before\n", "after", 1)
HEADER = ImportHeader(
    name="semgrep.sarif",
    file="out/semgrep.sarif",
    format="sarif",
    tools=("Semgrep OSS 1.69.0",),
    imported=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    count=2,
    digest="d" * 64,
    commit="c" * 40,
    made="2026-01-01",
    problems=("runs[0]: expected a list",),
    notes=("one note",),
    unplaced=(("/other/file.py", "no file of this repository is called so"),),
)
NOWHERE_HIT = replace(HIT, path=NOWHERE, span=LineSpan(1, 1), line=1, places=(), fingerprint=Fingerprint("e" * 32))


@pytest.fixture
def folder(tmp_path: Path) -> ImportsFolder:
    return ImportsFolder(tmp_path / "state", "repository")


def test_a_report_is_read_as_it_was_kept(folder: ImportsFolder) -> None:
    kept = (ImportedHit(HIT, ANCHOR), ImportedHit(NOWHERE_HIT))
    folder.save(HEADER, kept)
    header, hits = folder.load("semgrep.sarif")
    assert (header, tuple(hits)) == (HEADER, kept)
    assert folder.header("semgrep.sarif") == HEADER
    assert folder.names() == ["semgrep.sarif"]


def test_a_report_takes_the_place_of_the_one_of_its_name(folder: ImportsFolder) -> None:
    folder.save(HEADER, (ImportedHit(HIT, ANCHOR),))
    folder.save(replace(HEADER, count=0), ())
    header, hits = folder.load("semgrep.sarif")
    assert (header.count, list(hits)) == (0, [])
    assert folder.remove("semgrep.sarif")
    assert not folder.remove("semgrep.sarif")
    assert folder.names() == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: text.replace('"version":1', '"version":9'), "is not what an import wrote"),
        (lambda text: "{" + text, "is not what an import wrote"),
        (lambda text: "[" * 100_000, "is not what an import wrote"),
        (lambda text: text.replace('"a/b', '"../a/b'), "line 2 of"),
        (lambda text: text.replace('"c.py"', '"/etc/passwd"'), "line 2 of"),
        (lambda text: text.replace('"severity":"high"', '"severity":"awful"'), "line 2 of"),
        (lambda text: text.replace('"span":[3,5]', '"span":[0,0]'), "line 2 of"),
        (lambda text: text[:-40], "line 2 of"),
    ],
)
def test_a_damaged_report_is_refused_with_a_word(folder: ImportsFolder, damage: object, message: str) -> None:
    folder.save(HEADER, (ImportedHit(HIT, ANCHOR),))
    file = folder.path / "semgrep.sarif.jsonl"
    assert callable(damage)
    file.write_text(damage(file.read_text()))
    with pytest.raises(StoreError, match=message):
        list(folder.load("semgrep.sarif")[1])


def test_a_link_in_the_folder_is_not_followed(folder: ImportsFolder, tmp_path: Path) -> None:
    folder.save(HEADER, ())
    (folder.path / "evil.jsonl").symlink_to(folder.path / "semgrep.sarif.jsonl")
    with pytest.raises(StoreError, match="symbolic link"):
        folder.header("evil")


def test_names_are_plain() -> None:
    assert [is_name(name) for name in ("a.sarif", "ä-1", "", "../x", "a b", ".hidden", "x" * 61)] == [
        True,
        True,
        False,
        False,
        False,
        False,
        False,
    ]
    assert [name_for(file) for file in ("out/a.sarif", "/x/..", "my report (1).json", "", "-x")] == [
        "a.sarif",
        "report",
        "my-report-1-.json",
        "report",
        "x",
    ]
    assert all(is_name(name_for(file)) for file in ("\x1b[31m", "é" * 100, "\u202e.json"))


def test_a_report_tells_which_tools_it_covers() -> None:
    assert replace(HEADER, tools=("Semgrep OSS 1.69.0", "gosec")).tool_names == {
        "semgrep-oss-1.69.0",
        "semgrep-oss",
        "gosec",
    }
