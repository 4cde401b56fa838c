"""From the names of other tools to files: every way that leads to one, and that none leads outside or to a guess."""

import pytest

from reviewtui.formats.paths import PathMap, path_of_uri
from reviewtui.model.place import RepoPath

FILES = (
    "app/views.py",
    "app/api/views.py",
    "app/models.py",
    "setup.py",
    "docs/conf.py",
    "lib/a b.py",
    "lib/caf\udce9.py",
    "lib/gr\u00fc\u00df.py",
    "odd/c:d.py",
    "odd/back\\slash.py",
    "odd/100%.py",
    "src/pkg/__init__.py",
    "src/pkg/core.py",
)
MAP = PathMap(map(RepoPath, FILES), "/home/me/shop")
NOT_HERE = "no file of this repository is called so"
OUTSIDE = "it leads out of the repository"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("app/views.py", "app/views.py"),
        ("./app/views.py", "app/views.py"),
        ("app//views.py", "app/views.py"),
        ("app\\views.py", "app/views.py"),
        ("docs/../app/./views.py", "app/views.py"),
        ("/home/me/shop/app/views.py", "app/views.py"),
        ("/home/me/shop/app/../setup.py", "setup.py"),
        ("/builds/ci/shop/app/models.py", "app/models.py"),
        ("/builds/ci/shop/app/api/views.py", "app/api/views.py"),
        ("C:\\work\\shop\\app\\models.py", "app/models.py"),
        ("/C:/work/shop/app/models.py", "app/models.py"),
        ("/elsewhere/setup.py", "setup.py"),
        ("models.py", "app/models.py"),
        ("pkg/core.py", "src/pkg/core.py"),
        ("shop/app/models.py", "app/models.py"),
        ("lib/caf\udce9.py", "lib/caf\udce9.py"),
        ("lib/gru\u0308\u00df.py", "lib/gr\u00fc\u00df.py"),
        ("odd/c:d.py", "odd/c:d.py"),
        ("odd/back\\slash.py", "odd/back\\slash.py"),
    ],
)
def test_a_name_that_can_only_mean_one_file_is_found(name: str, path: str) -> None:
    assert MAP.find(name) == (path, "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "it names no file"),
        (".", "it names no file"),
        ("/", "it names no file"),
        ("a\0b", "it names no file"),
        ("views.py", "2 files end so: app/api/views.py, app/views.py"),
        ("other.py", NOT_HERE),
        ("app", NOT_HERE),
        ("app/other/setup.py", NOT_HERE),
        ("../app/views.py", OUTSIDE),
        ("app/../../shop/app/views.py", OUTSIDE),
        ("/../etc/passwd", OUTSIDE),
        ("/home/me/shop/gone/setup.py", NOT_HERE),
        ("/home/me/shop/../shop2/app/other.py", NOT_HERE),
        ("https://example.org/app/views.py", "it is no path of a file"),
        ("pkg:pypi/flask", "it is no path of a file"),
        ("alpine:3.12", "it is no path of a file"),
        ("library/python", NOT_HERE),
    ],
)
def test_a_name_that_is_none_of_ours_or_could_be_two_is_not_guessed(name: str, reason: str) -> None:
    assert MAP.find(name) == (None, reason)


@pytest.mark.parametrize(
    ("name", "base", "path"),
    [
        ("views.py", "app/api", "app/api/views.py"),
        ("views.py", "/home/me/shop/app/api/", "app/api/views.py"),
        ("../views.py", "/home/me/shop/app/api/", "app/views.py"),
        ("../views.py", "app/api", "app/views.py"),
        ("app/views.py", "/builds/ci/shop/", "app/views.py"),
        ("../app/models.py", "/builds/ci/shop/docs/", "app/models.py"),
        ("setup.py", "/elsewhere", "setup.py"),
        ("views.py", "/builds/ci/shop/app/api", "app/api/views.py"),
    ],
)
def test_a_base_says_which_of_several_is_meant(name: str, base: str, path: str) -> None:
    assert MAP.find(name, [base]) == (path, "")


def test_a_base_in_the_repository_is_stronger_than_a_file_of_that_name_in_the_root() -> None:
    files = PathMap(map(RepoPath, ("setup.py", "sub/setup.py")), "/home/me/shop")
    assert files.find("setup.py") == ("setup.py", "")
    assert files.find("setup.py", ["/home/me/shop/sub"]) == ("sub/setup.py", "")
    assert files.find("setup.py", ["/home/me/shop/other"]) == ("setup.py", "")


@pytest.mark.parametrize("base", ["..", "/..", "https://example.org/", "\0", "/home/me", "../../shop"])
def test_no_base_leads_outside(base: str) -> None:
    found, _ = MAP.find("../../../etc/passwd", [base])
    assert found is None
    assert MAP.find("app/models.py", [base]) == ("app/models.py", "")


def test_where_the_repository_was_is_learned_from_most_of_the_names() -> None:
    files = PathMap(map(RepoPath, ("x.py", "app/x.py", "app/y.py", "setup.py")), "/home/me/app")
    names = ["/src/app/setup.py", "/src/app/app/y.py", "/src/app/x.py", "/usr/lib/other.py"]
    root = files.foreign_root(names)
    assert root == "/src/app"
    assert files.find("/src/app/x.py") == ("app/x.py", "")
    assert files.find("/src/app/x.py", roots=[root]) == ("x.py", "")
    assert files.find("/src/app/gone/setup.py", roots=[root]) == (None, NOT_HERE)


@pytest.mark.parametrize(
    "names",
    [[], ["/src/app/x.py"], ["app/x.py", "x.py"], ["/a/setup.py", "/b/setup.py"], ["", "\0", "/", "/..", "x:y"]],
)
def test_what_is_not_clear_about_the_other_machine_is_not_learned(names: list[str]) -> None:
    assert PathMap(map(RepoPath, ("x.py", "app/x.py", "setup.py"))).foreign_root(names) == ""


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("app/a%20b.py", "app/a b.py"),
        ("file:///home/me/a%20b.py", "/home/me/a b.py"),
        ("FILE:///a.py", "/a.py"),
        ("file://localhost/a.py", "/a.py"),
        ("file:/a.py", "/a.py"),
        ("file:a.py", "a.py"),
        ("file:///C:/code/a.c", "/C:/code/a.c"),
        ("file://C:/code/a.c", "/C:/code/a.c"),
        ("C:\\code\\a.c", "C:\\code\\a.c"),
        ("file://server/share/a.c", "//server/share/a.c"),
        ("file:///a.py?x=1#L3", "/a.py"),
        ("a#b.py", "a#b.py"),
        ("caf%E9.py", "caf\udce9.py"),
        ("gr%C3%BC%C3%9F.py", "gr\u00fc\u00df.py"),
        ("gr\u00fc\u00df.py", "gr\u00fc\u00df.py"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("%2e%2e/a.py", "../a.py"),
        ("a%00b", "a\0b"),
        ("100%.py", "100%.py"),
        ("", ""),
    ],
)
def test_a_uri_is_its_path(uri: str, path: str) -> None:
    assert path_of_uri(uri) == path
