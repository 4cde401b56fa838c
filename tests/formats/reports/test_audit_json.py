"""pip-audit and osv-scanner: a hit on the line that pins the package, and never clean where nothing was checked."""

import json
from pathlib import Path
from typing import Final

import pytest

from reviewtui.formats.audit_json import read_osv_scanner, read_pip_audit
from reviewtui.formats.imported import Imported
from reviewtui.formats.pins import PinLines
from reviewtui.formats.reading import read_report
from reviewtui.model.hit import NOWHERE, HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from tests.formats.reports.world import Json, record_of, tree_of

_SAMPLES: Final = Path(__file__).parents[3].parent / "shared/samples/pip-audit"

FILES: Final = {
    "requirements.txt": "# Flask==1.1.1\nFlask[async]==1.1.1 \\\n    --hash=sha256:00\nrequests>=2.19\n-r other.txt\n",
    "requirements/dev.txt": "flask == 1.1.1 ; python_version < '3.12'\nzope.interface===5.0\n",
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["Jinja2 (==2.10.1)", "pyyaml ~= 5.1"]\n'
    '[tool.poetry.dependencies]\nDjango = "^2.2"\ncryptography = {version = "==2.8"}\n',
    "poetry.lock": '[[package]]\nname = "django"\nversion = "2.2.0"\n\n[package.dependencies]\nname = "x"\n\n'
    '[[package]]\nname = "Werkzeug"\ndescription = "y"\nversion = "0.16.0"\n',
    "Pipfile.lock": '{\n  "default": {\n    "idna": {\n      "hashes": [],\n      "version": "==2.8"\n    }\n  }\n}\n',
    "setup.cfg": "[options]\ninstall_requires =\n    lxml==4.0\n    attrs\n",
    "package-lock.json": '{\n "node_modules/lodash": {\n  "version": "4.17.0"\n },\n "x": "lodash-es"\n}\n',
}


@pytest.mark.parametrize(
    ("name", "version", "places"),
    [
        ("flask", "1.1.1", [("requirements.txt", 2, 2, "1.1.1"), ("requirements/dev.txt", 1, 1, "1.1.1")]),
        ("requests", "2.19.0", [("requirements.txt", 4, 4, "")]),
        ("Zope_Interface", "5.0", [("requirements/dev.txt", 2, 2, "5.0")]),
        ("jinja2", "2.10.1", [("pyproject.toml", 3, 3, "2.10.1")]),
        ("PyYAML", "5.1", [("pyproject.toml", 3, 3, "")]),
        ("django", "2.2.0", [("poetry.lock", 2, 3, "2.2.0"), ("pyproject.toml", 5, 5, "")]),
        ("werkzeug", "0.16.0", [("poetry.lock", 9, 11, "0.16.0")]),
        ("cryptography", "2.8", [("pyproject.toml", 6, 6, "")]),
        ("idna", "2.8", [("Pipfile.lock", 3, 5, "2.8")]),
        ("lxml", "4.0", [("setup.cfg", 3, 3, "4.0")]),
        ("attrs", "1", [("setup.cfg", 4, 4, "")]),
        ("x", "1", []),
        ("hash", "1", []),
    ],
)
def test_the_lines_that_name_a_package_are_found(
    name: str, version: str, places: list[tuple[str, int, int, str]]
) -> None:
    found = PinLines(tree_of(FILES)).find(name, version)
    assert [(pin.path, pin.span.start, pin.span.end, pin.version) for pin in found] == places


def test_a_file_of_any_format_is_searched_for_the_name_as_a_word() -> None:
    pin = PinLines(tree_of(FILES)).find_in(RepoPath("package-lock.json"), "lodash", "4.17.0")
    assert pin is not None
    assert (pin.span, pin.version) == (LineSpan(2, 3), "4.17.0")
    assert PinLines(tree_of(FILES)).find_in(RepoPath("package-lock.json"), "odash", "1") is None


def pip(*dependencies: Json, files: dict[str, str] | None = None) -> Imported:
    document = {"dependencies": list(dependencies), "fixes": []}
    return read_pip_audit(record_of(document), "audit.json", tree_of(FILES if files is None else files))


FLASK: Final[Json] = {
    "name": "flask",
    "version": "1.1.1",
    "vulns": [
        {
            "id": "PYSEC-2023-62",
            "fix_versions": ["2.2.5", "2.3.2"],
            "aliases": ["GHSA-m2qf-hxjv-5gpq", "CVE-2023-30861"],
            "description": "A cookie\nmay be cached.",
        }
    ],
}


def test_a_vulnerable_pin_is_a_hit_on_its_line() -> None:
    found = pip(FLASK, {"name": "sqlalchemy", "version": "1.3.0", "vulns": []})
    (hit,) = found.hits
    assert (found.format, found.tools, found.notes, found.unplaced) == ("pip-audit", ("pip-audit",), (), {})
    assert (hit.tool, hit.rule, hit.path, hit.line, hit.severity) == (
        "pip-audit",
        "PYSEC-2023-62",
        "requirements.txt",
        2,
        Severity.MEDIUM,
    )
    assert hit.message == ("flask 1.1.1: PYSEC-2023-62 (GHSA-m2qf-hxjv-5gpq, CVE-2023-30861); fixed in 2.2.5, 2.3.2")
    assert hit.ids == ("PYSEC-2023-62", "GHSA-m2qf-hxjv-5gpq", "CVE-2023-30861")
    assert hit.facts == (
        ("package", "flask"),
        ("version", "1.1.1"),
        ("fixed", "2.2.5, 2.3.2"),
        ("severity", "not said by the tool"),
    )
    assert hit.places == (HitPlace(RepoPath("requirements/dev.txt"), LineSpan(1, 1), "related", "flask 1.1.1"),)
    assert hit.explanation == "A cookie\nmay be cached."
    assert hit.url == "https://osv.dev/vulnerability/PYSEC-2023-62"


def test_a_pin_that_was_raised_since_says_so_and_has_another_fingerprint() -> None:
    (before,) = pip(FLASK).hits
    (after,) = pip(FLASK, files={"requirements.txt": "flask==2.3.2\n"}).hits
    assert (after.line, after.facts[-1]) == (1, ("code", "the line asks for 2.3.2 now"))
    assert after.fingerprint != before.fingerprint


def test_a_package_that_no_manifest_names_is_kept_without_a_place() -> None:
    found = pip(FLASK, files={})
    assert [(hit.path, hit.line) for hit in found.hits] == [(NOWHERE, 1)]
    assert found.unplaced == {"flask 1.1.1": "no manifest of this repository names it"}


def test_what_was_not_checked_is_never_clean() -> None:
    found = pip(
        {"name": "flask", "skip_reason": "Not found"}, {"name": "odd"}, {"name": "ok", "version": "1", "vulns": []}
    )
    assert found.hits == ()
    assert found.notes == ("not checked: flask: Not found", "not checked: odd: the report does not say why")
    assert pip().notes == ("pip-audit checked no package at all: that it reports nothing says nothing",)


def test_the_sample_in_which_all_was_skipped_does_not_read_as_clean() -> None:
    if not _SAMPLES.exists():
        pytest.skip("../shared/samples is not there")
    data = (_SAMPLES / "pip-audit-2.10.1-all-skipped.json").read_bytes()
    found = read_report(data, "audit.json", tree_of(FILES))
    assert (found.format, found.hits) == ("pip-audit", ())
    assert found.notes == (
        "not checked: flask: Dependency not found on PyPI and could not be audited: flask (1.1.1)",
        "pip-audit checked no package at all: that it reports nothing says nothing",
    )


def test_the_sample_gives_every_advisory_of_every_package() -> None:
    if not _SAMPLES.exists():
        pytest.skip("../shared/samples is not there")
    data = (_SAMPLES / "pip-audit-2.10.1-osv-local.json").read_bytes()
    found = read_report(data, "audit.json", tree_of(FILES))
    expected = [
        (dependency["name"], vulnerability["id"])
        for dependency in json.loads(data)["dependencies"]
        for vulnerability in dependency["vulns"]
    ]
    assert len(expected) == 41
    assert sorted((dict(hit.facts)["package"], hit.rule) for hit in found.hits) == sorted(expected)
    assert {(dict(hit.facts)["package"], hit.path, hit.line) for hit in found.hits} == {
        ("flask", "requirements.txt", 2),
        ("requests", "requirements.txt", 4),
        ("jinja2", "pyproject.toml", 3),
        ("pyyaml", "pyproject.toml", 3),
        ("cryptography", "pyproject.toml", 6),
        ("django", "poetry.lock", 2),
        ("werkzeug", "poetry.lock", 9),
    }
    assert len({hit.fingerprint for hit in found.hits}) == 41


def test_the_list_that_older_versions_write_is_read() -> None:
    found = read_report(json.dumps([FLASK]).encode(), "audit.json", tree_of(FILES))
    assert [hit.rule for hit in found.hits] == ["PYSEC-2023-62"]


def osv(*packages: Json, path: str = "/src/requirements.txt", **more: object) -> Imported:
    document = {"results": [{"source": {"path": path, "type": "lockfile"}, "packages": list(packages)}], **more}
    return read_osv_scanner(record_of(document), "osv.json", tree_of(FILES))


def _record(identity: str, **more: object) -> Json:
    event = [{"introduced": "0"}, {"fixed": "2.2.5"}]
    affected = [
        {"package": {"name": "Flask", "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": event}]},
        {"package": {"name": "other"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "9"}]}]},
        {"package": {"name": "flask"}, "ranges": [{"type": "GIT", "events": [{"fixed": "0123abc"}]}]},
    ]
    return {"id": identity, "details": "Long text", "affected": affected, **more}


def _package(records: list[Json], groups: list[Json] | None) -> Json:
    package = {"name": "flask", "version": "1.1.1", "ecosystem": "PyPI"}
    return {"package": package, "vulnerabilities": records, "groups": groups}


def test_advisories_that_mean_the_same_are_one_hit() -> None:
    specific = {"severity": "MODERATE", "cwe_ids": ["CWE-539"]}
    records = [
        _record("GHSA-m2qf-hxjv-5gpq", summary="Cookie cached", aliases=["CVE-2023-30861"], database_specific=specific),
        _record("PYSEC-2023-62", severity=[{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}]),
        _record("PYSEC-2018-66"),
    ]
    group = {"ids": ["GHSA-m2qf-hxjv-5gpq", "PYSEC-2023-62"], "aliases": ["CVE-2023-30861"], "max_severity": "7.5"}
    found = osv(_package(records, [group]))
    assert [(hit.rule, hit.severity, hit.path, hit.line) for hit in found.hits] == [
        ("GHSA-m2qf-hxjv-5gpq", Severity.HIGH, "requirements.txt", 2),
        ("PYSEC-2018-66", Severity.MEDIUM, "requirements.txt", 2),
    ]
    first = found.hits[0]
    assert first.ids == ("GHSA-m2qf-hxjv-5gpq", "PYSEC-2023-62", "CVE-2023-30861")
    assert (first.cwe, dict(first.facts)) == (
        (539,),
        {"package": "flask", "version": "1.1.1", "fixed": "2.2.5", "CVSS_V3": "CVSS:3.1/AV:N", "severity": "7.5"},
    )
    assert first.message.endswith("CVE-2023-30861): Cookie cached; fixed in 2.2.5")


def test_a_source_that_is_not_here_and_a_package_that_it_does_not_name() -> None:
    outside = osv(_package([_record("A-1")], None), path="/other/place.lock")
    assert (outside.hits[0].path, outside.unplaced) == (
        NOWHERE,
        {"/other/place.lock": "no file of this repository is called so"},
    )
    package = {"package": {"name": "unnamed", "version": "1"}, "vulnerabilities": [_record("A-1")]}
    assert [(hit.path, hit.line) for hit in osv(package).hits] == [("requirements.txt", 1)]


def test_what_has_the_wrong_type_costs_only_itself() -> None:
    found = osv(
        {"package": 5, "vulnerabilities": ["x", {"id": 7, "affected": {}}], "groups": 3}, _package([_record("A-1")], [])
    )
    assert {hit.rule for hit in found.hits} == {"no advisory named", "A-1"}
    assert "results[0].packages[0].package: expected a record, found a number" in found.problems
    assert read_osv_scanner(record_of({"results": None}), "x", tree_of({})).notes
