"""`reviewtui demo`, as far as it goes without a screen."""

import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_copy_is_a_repository_with_a_history(cli: Run, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    done = cli("demo", "--no-open", "--to", target)
    assert (done.status, done.out) == (0, f"{target}\n")
    assert cli("status", target).out.startswith("copy, main at ")


def test_a_folder_that_holds_something_is_not_touched(cli: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work\n")
    done = cli("demo", "--no-open", "--to", target)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert [path.name for path in target.iterdir()] == ["thesis.txt"]


def test_the_copy_gets_a_place_of_its_own(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first, second = cli("demo", "--no-open"), cli("demo", "--no-open")
    assert first.out != second.out
    for done in (first, second):
        folder = Path(done.out.strip())
        assert (folder.parent.parent, folder.name, (folder / ".git").is_dir()) == (tmp_path, "shop", True)
