"""Known vulnerabilities of packages, on the screen."""

from pathlib import Path

import pytest

from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import opened

FILES = {"requirements.txt": "# pins\nJinja2==2.10.1\nclick==8.1.7\n", "a.py": "x = 1\n"}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    isolate(monkeypatch, tmp_path / "home")
    return GitRepo.create(tmp_path / "project", FILES)


async def test_a_vulnerable_pin_is_a_hit_on_its_line_and_goes_when_it_is_raised(repo: GitRepo) -> None:
    async with opened(repo.root) as program:
        screen = program.screen
        await program.until(lambda: screen.packages.audit is not None, "the look at the packages")
        hits = [hit for hit in screen.desk.hits if hit.tool == "advisories"]
        assert hits
        assert {(hit.path, hit.line, hit.name) for hit in hits} == {("requirements.txt", 2, "jinja2")}
        await program.press("g", "P")
        assert "Jinja2 2.10.1" in program.text
        await program.press("enter")
        assert program.place == ("requirements.txt", 2)
        (repo.root / "requirements.txt").write_text("# pins\nJinja2==3.1.6\nclick==8.1.7\n")
        screen.watching.look(everything=True)
        await program.until(
            lambda: not any(hit.tool == "advisories" for hit in screen.desk.hits), "that the pin was raised"
        )


async def test_a_repository_without_a_manifest_says_so(tmp_path: Path, repo: GitRepo) -> None:
    other = GitRepo.create(tmp_path / "other", {"a.py": "x = 1\n"})
    async with opened(other.root) as program:
        await program.until(lambda: program.screen.packages.audit is not None, "the look at the packages")
        await program.press("g", "P")
        assert program.said.startswith("No manifest names a package here")
