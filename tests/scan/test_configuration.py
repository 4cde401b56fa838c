"""A configuration for Bandit that the reviewer names, beside the command line of Bandit with the same one."""

from pathlib import Path
from typing import Final

import pytest

from reviewtui.errors import ReviewTuiError, SettingsError
from reviewtui.model.place import RepoPath
from reviewtui.scan.pool import FileScanned, Scan
from reviewtui.scan.settings import SIZE_LIMIT, BanditSettings, unused_configurations, unused_sentence
from tests.scan.command_line import report_of, said_by_hits, said_by_report

_FILES: Final = {
    "app.py": b"import os, pickle\nassert x\neval(x)\nos.system(x)\npassword = 'x'\n"
    b"with open('/srv/tmp/x') as f: pass\n",
    "tests/test_app.py": b"assert 1\neval(x)\nopen('/tmp/x')\n",
    "deep/tests/x.py": b"assert 1\nshell.run(x, shell=True)\n",
    "script.pyw": b"eval(x)\n",
    "keys.py": b"from cryptography.hazmat.primitives.asymmetric import rsa\n"
    b"rsa.generate_private_key(3, key_size=3000)\ntry:\n    x\nexcept ValueError:\n    pass\n"
    b"from subprocess import call\ncall('tar *', shell=True)\nmine.run('ls *')\n",
}
_CONFIGURATIONS: Final = {
    "skips.yaml": "skips: [B101, B307]\n",
    "tests.yaml": "tests: [B101, B602, B108]\n",
    "names.yaml": "skips: [assert_used, eval]\n",
    "unknown.yaml": "skips: [B999]\n",
    "plugins.yaml": "assert_used:\n  skips: ['*/tests/*']\nhardcoded_tmp_directory:\n  tmp_dirs: ['/srv/tmp']\n"
    "try_except_pass:\n  check_typed_exception: true\nweak_cryptographic_key:\n  weak_key_size_dsa_high: 1024\n"
    "  weak_key_size_dsa_medium: 2048\n  weak_key_size_rsa_high: 1024\n  weak_key_size_rsa_medium: 4096\n"
    "  weak_key_size_ec_high: 160\n  weak_key_size_ec_medium: 224\n",
    "shell.yaml": "shell_injection:\n  subprocess: [mine.run]\n  shell: []\n  no_shell: [os.system]\n",
    "excluded.yaml": "exclude_dirs: [tests, 'ke*']\n",
    "glob.yaml": "exclude_dirs: ['./deep/*']\nskips: [B602]\n",
    "included.yaml": "include: ['*.pyw']\n",
    "project.toml": "[tool.bandit]\nskips = ['B101']\nexclude_dirs = ['deep']\n[tool.bandit.assert_used]\nskips = []\n",
    ".bandit": "[bandit]\nskips = B101,B404\n",
    "tests.ini": "[bandit]\ntests: B307\n",
}


def _scan(settings: BanditSettings | None) -> dict[str, FileScanned]:
    paths = [RepoPath(name) for name in _FILES]
    scan = Scan(Path("/nowhere"), paths, lambda path: _FILES[path], jobs=1, bandit=settings)
    return {result.path: result for result in scan}


@pytest.mark.parametrize("name", _CONFIGURATIONS)
def test_a_configuration_does_what_it_does_for_bandit(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    for path, data in _FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    file = tmp_path / name
    file.write_text(_CONFIGURATIONS[name])
    option = "--ini" if name.endswith((".bandit", ".ini")) else "-c"
    report = report_of(folder, option, str(file))
    found = _scan(BanditSettings.read(file))
    ours = [hit for one in found.values() for hit in one.hits if hit.tool == "bandit"]
    assert said_by_hits(ours) == said_by_report(report)
    # What it leaves out is said, and is all that Bandit leaves out.
    looked_at = {path.removeprefix("./") for path in report["metrics"]} - {"_totals"}
    assert {path for path, one in found.items() if not one.blind} == looked_at
    usual = [hit for one in _scan(None).values() for hit in one.hits]
    assert name == "unknown.yaml" or said_by_hits(ours) != said_by_hits(usual)


def test_what_an_ini_file_excludes_is_left_out_and_said(tmp_path: Path) -> None:
    found = _scan(BanditSettings(".bandit", b"[bandit]\nexclude = tests,./deep\ntargets = /\noutput = /x\n"))
    reason = "Bandit's configuration excludes it"
    assert {path: one.blind for path, one in found.items() if one.blind} == {
        "tests/test_app.py": reason,
        "deep/tests/x.py": reason,
    }


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.yaml", b"skips: [B101", "Error parsing file."),
        ("a.yaml", b"- B101\n", "Error parsing file."),
        ("a.yaml", b"", "TypeError: "),
        ("a.yaml", b"skips: B101\n", "skips is no list of texts"),
        ("a.yaml", b"tests: [1, 2]\n", "tests is no list of texts"),
        ("a.yaml", b"exclude_dirs: {a: b}\n", "exclude_dirs is no list of texts"),
        ("a.yaml", b"skips: [B101]\ntests: [B101]\n", "ValueError: Non-exclusive include/exclude test sets: {'B101'}"),
        ("a.yaml", b"tests: [B999]\n", "no test is left to run"),
        ("a.yaml", b"!!python/object/apply:os.system ['touch /tmp/x']\n", "Error parsing file."),
        ("a.yaml", b"[" * 20_000, "RecursionError: "),
        ("a.yaml", b"\xff\xfe\x00", ""),
        ("a.toml", b"[tool.bandit\n", "Error parsing file."),
        ("a.toml", b"[tool.black]\n", "it holds nothing for Bandit (in TOML, the table [tool.bandit])"),
        ("a.toml", b"tool = 3\n", "AttributeError: "),
        (".bandit", b"skips = B101\n", "it is no INI file with a section [bandit]"),
        (".bandit", b"[other]\n", "it is no INI file with a section [bandit]"),
        ("a.ini", b"[bandit]\nskips = %(x)s\n", "it is no INI file with a section [bandit]"),
        ("a.ini", b"[bandit]\nskips = \xff\n", "UnicodeDecodeError: "),
    ],
)
def test_a_configuration_that_bandit_cannot_use_is_a_clear_error(name: str, data: bytes, why: str) -> None:
    with pytest.raises(SettingsError) as error:
        _scan(BanditSettings(name, data))
    assert str(error.value).startswith(f"{name} cannot be used as Bandit's configuration: {why}")


def test_a_configuration_that_takes_all_memory_ends_a_worker_and_not_us() -> None:
    long = b"tool." + b".".join([b"a"] * 100_000) + b" = 1\n"
    with pytest.raises(SettingsError, match=r"it takes too much time or memory|it holds nothing|Error"):
        _scan(BanditSettings("a.toml", long))


def test_a_file_that_cannot_be_read_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(ReviewTuiError, match=r"gone\.yaml cannot be read as Bandit's configuration: No such file"):
        BanditSettings.read(tmp_path / "gone.yaml")
    with pytest.raises(ReviewTuiError, match=r"takes a YAML, TOML or INI file|cannot be read"):
        BanditSettings.read(tmp_path)
    (tmp_path / "large.yaml").write_bytes(b"#" * (SIZE_LIMIT + 1))
    with pytest.raises(ReviewTuiError, match="is larger than 1,000,000 bytes"):
        BanditSettings.read(tmp_path / "large.yaml")


def test_configurations_in_the_repository_are_named_and_not_used() -> None:
    files = {
        "a/b/.bandit": b"",
        "bandit.yaml": b"skips: []\n",
        "pyproject.toml": b"[ tool . bandit ]\n",
        "a/pyproject.toml": b"[tool.black]\n",
        "b/pyproject.toml": b'[tool."bandit".assert_used]\n',
        "gone/pyproject.toml": None,
        "bandit.py": b"",
    }

    def read(path: RepoPath) -> bytes:
        data = files[path]
        if data is None:
            raise ReviewTuiError("gone")
        return data

    paths = [RepoPath(path) for path in files]
    assert unused_configurations(paths, read) == ("bandit.yaml", "a/b/.bandit", "pyproject.toml", "b/pyproject.toml")
    used = BanditSettings("/x/bandit.yaml", b"skips: []\n")
    assert unused_configurations(paths, read, used) == ("a/b/.bandit", "pyproject.toml", "b/pyproject.toml")
    assert unused_sentence(()) == ""
    assert unused_sentence([RepoPath(".bandit")]) == (
        ".bandit would configure Bandit and is not used (--bandit-config FILE uses one)"
    )
    assert unused_sentence(unused_configurations(paths, read)) == (
        "bandit.yaml and 3 more would configure Bandit and are not used (--bandit-config FILE uses one)"
    )
