"""The repositories that tests are made of are the same on every machine."""

from pathlib import Path

import pytest

from tests.gitrepo import GitRepo, isolate


def test_the_same_files_give_the_same_commit_whatever_the_machine_is_configured_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = GitRepo.create(tmp_path / "one", {"a.py": "print()\n"}).head()
    config = isolate(monkeypatch, tmp_path / "home", name="Somebody Else")
    config.write_text(config.read_text() + "[commit]\n\tgpgsign = true\n[core]\n\tautocrlf = true\n")
    assert GitRepo.create(tmp_path / "two", {"a.py": "print()\n"}).head() == first


def test_a_non_utf8_name_and_a_second_commit_are_kept(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "r", {"b\udcff.py": b"\xff"})
    repo.commit("Second", {"c/d.py": "x\n"})
    assert repo.log() == ["Second", "First"]
    assert repo.git("ls-files", "-z").split("\0")[:-1] == ["b\udcff.py", "c/d.py"]
    assert repo.status() == ""


def test_no_configuration_outside_the_repository_is_written(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo")
    for scope in ("--global", "--system"):
        with pytest.raises(AssertionError, match="isolate"):
            repo.git("config", scope, "user.name", "x")
