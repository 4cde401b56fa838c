"""Databases as users have them, and what is wrong with some."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from reviewtui.dependencies.database import Loaded, load
from reviewtui.dependencies.vulnerability import lowest_fix, merged
from reviewtui.errors import AdvisoryError
from tests.dependencies.samples import NOW, fixed, introduced, record, samples


def loaded(path: Path, *packages: str, cache: Path | None = None) -> Loaded:
    found = load(path, packages, cache, lambda: False, NOW)
    assert found is not None
    return found


def archive(path: Path, *records: object, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for value in records:
            assert isinstance(value, dict)
            made.writestr(f"{value['id']}.json", json.dumps(value))
        for name, data in members.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize("form", ["pypa", "pypi-subset-osv-json.zip"])
def test_the_answer_is_that_of_pip_audit(form: str) -> None:
    """Packages, ids, aliases and fixed versions, over the same database."""
    answer = json.loads(samples("pip-audit", "pip-audit-2.10.1-osv-local.json").read_text(encoding="utf-8"))
    wanted = answer["dependencies"]
    assert len(wanted) == 8
    found = loaded(samples("osv", form), *(package["name"] for package in wanted))
    for package in wanted:
        known = merged(package["name"], found.advisories)
        ours = {(v.id, v.fixed, frozenset(v.ids)) for v in known if v.affects(package["version"])}
        theirs = {(v["id"], tuple(v["fix_versions"]), frozenset(v["aliases"])) for v in package["vulns"]}
        assert ours == theirs, package["name"]


def test_a_folder_of_pypa_is_dated_and_counted_without_being_read(tmp_path: Path) -> None:
    folder = samples("osv", "pypa")
    source = loaded(folder).source
    assert (source.name, source.form, source.date, source.dated_by) == (
        "pypa",
        "folder of PyPA's database",
        "2024-10-08",
        "newest record",
    )
    assert (source.records, len(source.packages), source.is_whole) == (414, 82, False)
    assert loaded(folder / "vulns").source.records == 414


def test_only_the_folders_of_the_packages_in_use_are_read(tmp_path: Path) -> None:
    for name in ("Shop_Core", "other"):
        (tmp_path / "vulns" / name).mkdir(parents=True)
    (tmp_path / "vulns/Shop_Core/PYSEC-2024-1.yaml").write_text(
        "id: PYSEC-2024-1\nmodified: '2024-03-02T00:00:00Z'\naffected:\n- package: {name: shop-core, ecosystem: PyPI}\n"
        "  versions: [1.10]\n"
    )
    (tmp_path / "vulns/other/PYSEC-2024-2.yaml").write_text("modified: 2024-05-06T00:00:00Z\n[[[")
    found = loaded(tmp_path, "shop-core")
    assert found.problems == ()
    assert [advisory.affected[0].versions for advisory in found.advisories] == [("1.10",)]
    assert found.source.date == "2024-05-06"
    broken = loaded(tmp_path, "other")
    assert broken.advisories == ()
    assert broken.problems[0].startswith("other/PYSEC-2024-2.yaml: not YAML in line 3: ")


def test_records_from_the_future_do_not_date_a_database(tmp_path: Path) -> None:
    archive(
        tmp_path / "a.zip", record(introduced("0")), record(introduced("0"), named="X-2") | {"modified": "9999-01-01"}
    )
    source = loaded(tmp_path / "a.zip").source
    assert (source.date, source.dated_by) == ("2024-05-01", "newest record")
    (tmp_path / "one.json").write_text(json.dumps(record(introduced("0")) | {"modified": "9999-01-01T00:00:00Z"}))
    os.utime(tmp_path / "one.json", (1_700_000_000, 1_700_000_000))
    source = loaded(tmp_path / "one.json").source
    assert (source.date, source.dated_by) == ("2023-11-14", "file")


def test_an_archive_is_read_through_an_index_that_is_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    path = archive(
        tmp_path / "all.zip",
        record(introduced("0"), name="My_Shop"),
        record(introduced("0"), name="other", named="X-2"),
    )
    first = loaded(path, "my-shop", cache=cache)
    assert [advisory.id for advisory in first.advisories] == ["PYSEC-2024-1"]
    (kept,) = cache.iterdir()
    value = json.loads(kept.read_bytes())
    assert value["packages"] == {"my-shop": ["PYSEC-2024-1.json"], "other": ["X-2.json"]}
    kept.write_text(json.dumps(value | {"newest": "2001-01-01"}))
    assert loaded(path, "my-shop", cache=cache).source.date == "2001-01-01"
    archive(path, record(introduced("0"), name="new", named="X-3"))
    assert loaded(path, cache=cache).source.packages == {"new"}


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": 1}',
        b"\xff",
        b"[" * 100_000,
        b'{"format":1,"stamp":"STAMP","records":"x","newest":"","problems":[],"packages":{}}',
        b'{"format":1,"stamp":"STAMP","records":1,"newest":"","problems":[],"packages":{"shop":[1]}}',
        b'{"format":1,"stamp":"STAMP","records":1,"newest":"","problems":[],"packages":[]}',
    ],
)
def test_a_broken_index_is_made_anew(tmp_path: Path, broken: bytes) -> None:
    cache = tmp_path / "cache"
    path = archive(tmp_path / "all.zip", record(introduced("0")))
    whole = loaded(path, "shop", cache=cache)
    (kept,) = cache.iterdir()
    stamp = json.loads(kept.read_bytes())["stamp"].encode()
    kept.write_bytes(broken.replace(b"STAMP", stamp))
    assert loaded(path, "shop", cache=cache) == whole


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = archive(tmp_path / "all.zip", record(introduced("0")))
    assert len(loaded(path, "shop", cache=tmp_path / "file" / "cache").advisories) == 1


def test_a_folder_of_records_in_any_depth(tmp_path: Path) -> None:
    (tmp_path / "2024" / "05").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("2024/05/a.json", ".git/b.json"):
        (tmp_path / name).write_text(json.dumps(record(introduced("0"))))
    (tmp_path / "npm.json").write_text('{"id": "X-1", "affected": [{"package": {"ecosystem": "npm", "name": "shop"}}]}')
    (tmp_path / "readme.txt").write_text("PyPI")
    (tmp_path / "link.json").symlink_to(tmp_path / "2024/05/a.json")
    os.mkfifo(tmp_path / "pipe.json")
    found = loaded(tmp_path, "shop", cache=tmp_path / "cache")
    assert (found.source.form, found.source.records, found.problems) == ("folder", 1, ())
    assert [advisory.id for advisory in found.advisories] == ["PYSEC-2024-1"]


def test_the_samples_of_github_are_a_folder_of_records() -> None:
    found = loaded(samples("osv", "ghsa"), "flask", "jinja2", "werkzeug")
    assert (found.source.records, found.source.date, found.problems) == (4, "2024-05-06", ())
    jinja = [v for v in merged("jinja2", found.advisories) if v.affects("2.10.1")]
    assert [(v.id, v.ids, v.fixed) for v in jinja] == [
        ("GHSA-h5c8-rqwp-cp95", ("CVE-2024-22195",), ("3.1.3",)),
        ("GHSA-h75v-3vvj-5mfj", ("CVE-2024-34064",), ("3.1.4",)),
    ]
    assert lowest_fix("2.10.1", jinja) == "3.1.4"


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("one.json", json.dumps(record(introduced("0"))), 1),
        ("bom.json", "\ufeff" + json.dumps(record(introduced("0"))), 1),
        ("list.json", json.dumps([record(introduced("0")), record(introduced("0"), named="X-2")]), 2),
        ("answer.json", json.dumps({"vulns": [record(introduced("0"))]}), 1),
        ("one.yaml", json.dumps(record(introduced("0"))), 1),
    ],
)
def test_a_single_file(tmp_path: Path, name: str, content: str, number: int) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = loaded(tmp_path / name, "shop")
    assert (found.source.name, found.source.form, found.source.records) == (name, "file", number)
    assert len(found.advisories) == number
    assert not found.source.speaks_of("another")


def test_wrong_members_of_an_archive_cost_themselves(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "all.zip",
        record(introduced("0"), fixed("1.0")),
        **{
            "bad.json": b'{"PyPI',
            "deep.json": b'["PyPI", ' + b"[" * 100_000,
            "latin.json": b'"PyPI\xff"',
            "number.json": b'["PyPI", ' + b"9" * 10_000 + b"]",
            "large.json": b"PyPI" + b" " * 16_000_001,
            "../../escape.json": b"{}",
            "/etc/absolute.txt": b"x",
            "no-id.json": b'{"PyPI": 1}',
        },
    )
    found = loaded(path, "shop")
    assert [advisory.id for advisory in found.advisories] == ["PYSEC-2024-1"]
    assert sorted(found.problems) == [
        "bad.json: not JSON in line 1: Unterminated string starting at",
        "deep.json: not usable: nested too deeply",
        "large.json: more than 16,000,000 bytes",
        "latin.json: not UTF-8 (byte 5)",
        "no-id.json: no record: its id is missing, or is no name of an advisory",
        "number.json: not usable: it has a number that is too long",
    ]
    assert not (tmp_path.parent / "escape.json").exists()


def test_a_member_that_lies_of_its_size_costs_itself(tmp_path: Path) -> None:
    path = archive(tmp_path / "all.zip", record(introduced("0")), **{"liar.json": b'"PyPI"' + b" " * 50_000})
    data = path.read_bytes()
    assert data.count((50_006).to_bytes(4, "little")) == 2
    path.write_bytes(data.replace((50_006).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    found = loaded(path, "shop")
    assert len(found.advisories) == 1
    assert [problem.partition(":")[0] for problem in found.problems] == ["liar.json"]


def test_an_archive_that_would_fill_the_disk_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewtui.dependencies import stores

    path = archive(tmp_path / "all.zip", record(introduced("0")), **{"a.json": b" " * 100_000})
    monkeypatch.setattr(stores, "_LARGEST_UNPACKED", 100_000)
    with pytest.raises(AdvisoryError, match="would be larger than 100,000 bytes; it is not read"):
        loaded(path)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("all.zip", b"PK\3\4 broken", "is a broken archive: File is not a zip file; fetch it again"),
        ("a.txt", b"x", "is no database: name a folder, a zip archive, or a .json or .yaml file"),
        ("a.json", b"{", "is no database: no advisory for a Python package is in it"),
        ("a.json", b'{"PyPI', "(a.json: not JSON in line 1: Unterminated string starting at)"),
        ("b.json", b"[]", "is no database: no advisory for a Python package is in it"),
        ("", b"", "does not exist: name a folder, an archive or a file of advisories"),
    ],
)
def test_what_is_no_database_is_refused_in_words(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    path = tmp_path / (name or "absent")
    if name:
        path.write_bytes(content)
    with pytest.raises(AdvisoryError) as raised:
        loaded(path)
    assert problem in str(raised.value)


def test_an_empty_folder_and_an_empty_archive_are_no_databases(tmp_path: Path) -> None:
    (tmp_path / "empty" / "vulns").mkdir(parents=True)
    for path in (tmp_path / "empty", tmp_path / "empty" / "vulns", archive(tmp_path / "empty.zip")):
        with pytest.raises(AdvisoryError, match="is no database"):
            loaded(path)
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(AdvisoryError, match="no regular file"):
        loaded(tmp_path / "pipe.json")


@pytest.mark.parametrize("form", ["pypa", "pypi-subset-osv-json.zip", "ghsa"])
def test_reading_can_be_stopped_and_keeps_no_half_index(form: str, tmp_path: Path) -> None:
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    assert load(samples("osv", form), ["flask"], tmp_path / "cache", stop, NOW) is None
    assert not (tmp_path / "cache").exists()


def test_a_large_database_says_something_by_its_silence(tmp_path: Path) -> None:
    many = [record(introduced("0"), named=f"X-{number}", name=f"p{number}") for number in range(1000)]
    assert not loaded(archive(tmp_path / "few.zip", *many[:999])).source.speaks_of("shop")
    assert loaded(archive(tmp_path / "many.zip", *many)).source.speaks_of("shop")
