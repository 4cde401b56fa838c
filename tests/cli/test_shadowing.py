"""Nothing of the reviewed tree is ever imported, wherever the program is started."""

import os
import site
import subprocess
import sys
from pathlib import Path

import pytest

from reviewtui.cli import forget_current_folder
from tests.gitrepo import GitRepo

SHADOWS = """
argparse bandit cmd codecs copy dataclasses datetime difflib enum git gettext gitdb hashlib html json locale logging
pathlib pickle platform pygments queue random re rich secrets shlex shutil smmap stat stevedore string subprocess
tempfile textual textwrap threading tomli tomli_w tomllib traceback typing typing_extensions unicodedata uuid yaml
"""
"""Modules of the standard library and of others that the program loads some time."""

CANARY = "open({!r}, 'a').write(__name__ + ' was imported\\n')\n"


@pytest.mark.parametrize(
    "command",
    [
        ("--help",),
        ("status", "."),
        ("check", "."),
        ("scan", "."),
        ("export", "markdown", "--scan", "."),
        ("export", "json", "."),
        ("commit", "."),
    ],
    ids=" ".join,
)
def test_a_module_in_the_current_folder_is_not_imported(command: tuple[str, ...], tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    code = CANARY.format(str(canary))
    names = [f"{name}.py" for name in SHADOWS.split()] + ["shop/rich.py", "reviewtui_plugin.py"]
    entry_points = "[bandit.plugins]\nevil = reviewtui_plugin:run\n[bandit.formatters]\nevil = reviewtui_plugin:run\n"
    repo = GitRepo.create(
        tmp_path / "tree",
        {
            **dict.fromkeys(names, code),
            "evil.egg-info/entry_points.txt": entry_points,
            "evil.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
            ".reviewtui/findings.toml": "format = 1\n",
        },
    )
    done = subprocess.run(
        [sys.executable, "-m", "reviewtui", *command],
        cwd=repo.root,
        env=os.environ | {"HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not canary.exists(), canary.read_text()
    assert (done.returncode, done.stderr.partition("\n")[0][:40]) in (
        (0, ""),
        (0, "Nothing to commit: .reviewtui/findings.t"),
    )


def test_the_current_folder_leaves_the_search_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), "", ".", "lib", str(link), "/usr/lib/x", str(tmp_path / "sub")])
    forget_current_folder()
    assert sys.path == ["/usr/lib/x", str(tmp_path / "sub")]


def test_standing_among_installed_packages_loses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    here = next(folder for folder in site.getsitepackages() if Path(folder).is_dir())
    monkeypatch.chdir(here)
    monkeypatch.setattr(sys, "path", [here, "/usr/lib/x", here])
    forget_current_folder()
    assert sys.path == ["/usr/lib/x", here]


def test_a_folder_that_was_deleted_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(sys, "path", ["", "/usr/lib/x"])
    forget_current_folder()
    assert sys.path == ["/usr/lib/x"]
