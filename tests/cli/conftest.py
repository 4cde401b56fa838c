"""What the tests of the command line share: a way to run it, and a shop that was reviewed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from reviewtui.cli import run
from reviewtui.model.review import Review
from reviewtui.store.file import FindingsFile
from tests.formats.example import SOURCE, review
from tests.gitrepo import GitRepo, isolate

FINDINGS: Final = ".reviewtui/findings.toml"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def cli(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `reviewtui` with these arguments, as somebody whose git configuration is the test's own."""
    isolate(monkeypatch, tmp_path / "home")

    def run_it(*arguments: object) -> Done:
        capfdbinary.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Done(status, captured.out.decode(), captured.err.decode())

    return run_it


@pytest.fixture
def shop(tmp_path: Path) -> GitRepo:
    """A repository whose code nobody has reviewed."""
    return GitRepo.create(
        tmp_path / "shop",
        {
            "shop/views.py": "\n".join(SOURCE) + "\n",
            "shop/db.py": "import subprocess\n\n\ndef run(name):\n    subprocess.call('ls ' + name, shell=True)\n",
            "shop/quiet.py": "eval(input())  # nosec\n",
            "shop/broken.py": "def (:\n",
            "readme.txt": "A shop.\n",
        },
    )


@pytest.fixture
def reviewed(shop: GitRepo) -> GitRepo:
    """The same with a review that is saved and not committed."""
    save(shop, review())
    return shop


def save(repo: GitRepo, content: Review) -> None:
    """Make this the review on disk."""
    file = FindingsFile(repo.root / FINDINGS, repo.root)
    file.load()
    file.save(replace(content))
