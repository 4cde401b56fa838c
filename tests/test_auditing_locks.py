"""Lock files of every kind: the hit stands on name and version, and its identity on nothing else."""

from pathlib import Path

import pytest

from reviewtui.auditing import audit
from reviewtui.model.hit import Hit
from reviewtui.repo.repository import Repository
from tests.dependencies.samples import NOW
from tests.gitrepo import GitRepo

POETRY = """\
[[package]]
name = "click"
version = "8.1.7"
files = [{file = "click.whl", hash = "sha256:HASH"}]

[[package]]
name = "flask"
version = "VERSION"
description = "A framework"
optional = false
python-versions = "*"
files = [{file = "flask.whl", hash = "sha256:HASH"}]

[metadata]
lock-version = "2.1"
python-versions = "*"
content-hash = "HASH"
"""
UV = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "flask"
version = "VERSION"
source = { registry = "https://pypi.example/simple" }
dependencies = [{ name = "click" }]
wheels = [{ url = "https://files.example/flask-VERSION.whl", hash = "sha256:HASH" }]
"""
PDM = """\
[metadata]
content_hash = "HASH"

[[package]]
name = "flask"
version = "VERSION"
summary = "A framework"
files = [{file = "flask.whl", hash = "sha256:HASH"}]
"""
PIPFILE = """\
{
    "_meta": {"hash": {"sha256": "HASH"}, "pipfile-spec": 6},
    "default": {
        "flask": {
            "hashes": [
                "sha256:HASH"
            ],
            "index": "pypi",
            "version": "==VERSION"
        }
    },
    "develop": {}
}
"""
PYLOCK = """\
lock-version = "1.0"
created-by = "x"

[[packages]]
name = "flask"
version = "VERSION"
wheels = [{ url = "https://files.example/flask.whl", hashes = {sha256 = "HASH"} }]
"""
REQUIREMENTS = """\
flask==VERSION \\
    --hash=sha256:HASH
"""
PYPROJECT = """\
[project]
name = "shop"
version = "0.1"
dependencies = [
  "click==8.1.7",
  "flask==VERSION",
]
"""
FILES = {
    "poetry.lock": POETRY,
    "uv.lock": UV,
    "pdm.lock": PDM,
    "Pipfile.lock": PIPFILE,
    "pylock.toml": PYLOCK,
    "requirements.txt": REQUIREMENTS,
    "pyproject.toml": PYPROJECT,
}


def hit(root: Path, name: str, version: str, digest: str, above: str = "") -> Hit:
    """The hit on Flask in this file, as it is then."""
    (root / name).write_text(above + FILES[name].replace("VERSION", version).replace("HASH", digest * 64))
    found = audit(Repository.open(root), now=NOW)
    assert found is not None
    assert [m.problems for m in found.manifests] == [()]
    (flask,) = (hit for hit in found.hits if hit.name == "flask")
    lines = (root / name).read_text().splitlines()
    shown = "\n".join(lines[flask.span.start - 1 : flask.span.end])
    assert version in shown
    assert digest * 64 not in shown
    assert flask.line in flask.span
    return flask


@pytest.mark.parametrize("name", FILES)
def test_only_the_version_changes_who_a_hit_is(name: str, tmp_path: Path) -> None:
    root = GitRepo.create(tmp_path / "shop", {"readme.txt": "x\n"}).root
    first = hit(root, name, "1.1.1", "a")
    assert hit(root, name, "1.1.1", "b").fingerprint == first.fingerprint
    above = "\n" if name.endswith("Pipfile.lock") else "# moved\n"
    moved = hit(root, name, "1.1.1", "a", above)
    assert (moved.fingerprint, moved.line) == (first.fingerprint, first.line + 1)
    newer = hit(root, name, "1.1.2", "a")
    assert (newer.rule, newer.path) == (first.rule, first.path)
    assert newer.fingerprint != first.fingerprint
    assert newer.code != first.code
