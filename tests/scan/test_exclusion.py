import pytest

from reviewtui.model.place import RepoPath
from reviewtui.scan.exclusion import excluded


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (".venv/lib/python3.11/x.py", "in '.venv', a virtual environment"),
        ("backend/venv/bin/activate_this.py", "in 'venv', a virtual environment"),
        ("env/lib/python3.11/site-packages/x.py", "in 'site-packages', which holds installed packages"),
        ("web/node_modules/a/b.js", "in 'node_modules', which holds installed packages"),
        (".tox/py311/x.py", "in '.tox', which a tool makes"),
        ("a/__pycache__/x.py", "in '__pycache__', which a tool makes"),
        ("pip/_vendor/rich/x.py", "in '_vendor', which holds copies of other projects"),
        ("app/static/vendor/jquery.js", "in 'vendor', which holds copies of other projects"),
        ("x.egg/a.py", "in 'x.egg', an installed package"),
        ("x-1.0.dist-info/RECORD", "in 'x-1.0.dist-info', an installed package"),
        ("static/app.min.js", "minified: made from another file"),
    ],
)
def test_what_others_wrote_is_left_out_with_the_reason(path: str, reason: str) -> None:
    assert excluded(RepoPath(path)) == reason


@pytest.mark.parametrize(
    "path",
    [
        "app.py",
        "venv.py",
        "venv/__init__.py",
        "Lib/venv/scripts/common/activate.py",
        "env/settings.py",
        "shop/vendor/models.py",
        "vendor/models.py",
        "vendors/api.py",
        "lib/x.py",
        "CVSS.py",
        "lib.github/x.py",
        "node_modules.py",
        "build/x.py",
        "dist/x.py",
        "SITE-PACKAGES/x.py",
    ],
)
def test_what_only_sounds_like_it_is_scanned(path: str) -> None:
    assert excluded(RepoPath(path)) == ""
