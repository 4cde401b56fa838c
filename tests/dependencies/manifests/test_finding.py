"""Which files are manifests."""

import pytest

from reviewtui.dependencies.manifests import find
from reviewtui.dependencies.manifests.finding import format_of
from reviewtui.model.place import RepoPath


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("requirements.txt", "requirements"),
        ("a/requirements-dev.txt", "requirements"),
        ("requirements_all.txt", "requirements"),
        ("requirements.dev.in", "requirements"),
        ("dev-requirements.txt", "requirements"),
        ("test_requirements.txt", "requirements"),
        ("requirements/base.txt", "requirements"),
        ("a/requirements/base.in", "requirements"),
        ("requirements-dev.lock", "requirements"),
        ("constraints.txt", "requirements"),
        ("constraints-3.11.txt", "requirements"),
        ("a/pyproject.toml", "pyproject"),
        ("poetry.lock", "poetry.lock"),
        ("uv.lock", "uv.lock"),
        ("pdm.lock", "pdm.lock"),
        ("Pipfile", "Pipfile"),
        ("Pipfile.lock", "Pipfile.lock"),
        ("pylock.toml", "pylock"),
        ("pylock.dev.toml", "pylock"),
        ("setup.py", "setup.py"),
        ("setup.cfg", "setup.cfg"),
        ("environment.yml", "environment"),
        ("environment-dev.yaml", "environment"),
        ("pylock.a.b.toml", ""),
        ("requirements.md", ""),
        ("myrequirements.txt", ""),
        ("requirements/README.md", ""),
        ("requirements/a/b.txt", ""),
        ("notes.txt", ""),
        ("package-lock.json", ""),
        ("environment.py", ""),
    ],
)
def test_the_name_says_the_format(path: str, name: str) -> None:
    assert format_of(RepoPath(path)) == name


def test_manifests_are_found_among_other_files() -> None:
    paths = [RepoPath(path) for path in ("uv.lock", "a.py", "a/setup.py", "Pipfile", "a" * 5000 + ".txt")]
    assert find(paths) == ["Pipfile", "a/setup.py", "uv.lock"]
