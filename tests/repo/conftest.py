"""What the tests of the git door share: a user of their own, and a canary that shows whether something was started."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.gitrepo import isolate


@dataclass(frozen=True)
class Canary:
    """A program that leaves a file behind when somebody runs it."""

    trace: Path
    program: Path

    @property
    def sang(self) -> bool:
        """Whether it ran since it was last quieted."""
        return self.trace.exists()

    def quiet(self) -> None:
        """Forget that it ran."""
        self.trace.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def user_config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The git configuration file of a user who exists only in this test."""
    return isolate(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture
def canary(tmp_path_factory: pytest.TempPathFactory) -> Canary:
    """A canary outside every repository; it passes its input on, as a filter would."""
    folder = tmp_path_factory.mktemp("canary")
    canary = Canary(folder / "trace", folder / "sing")
    canary.program.write_text(f"#!/bin/sh\ntouch '{canary.trace}'\nexec cat\n")
    canary.program.chmod(0o755)
    return canary
