import time

import pytest

from reviewtui.model.globs import BadGlobError, Globs

PATHS = (
    "setup.py",
    "app/views.py",
    "app/views.html",
    "app/api/v1/users.py",
    "tests/test_views.py",
    "app/tests/data.json",
    "docs/a b.md",
    "docs/[x].md",
)


@pytest.mark.parametrize(
    ("globs", "fitting"),
    [
        ("", PATHS),
        ("*.py", ("setup.py", "app/views.py", "app/api/v1/users.py", "tests/test_views.py")),
        ("/*.py", ("setup.py",)),
        ("app/*.py", ("app/views.py",)),
        ("app/**/*.py", ("app/views.py", "app/api/v1/users.py")),
        ("**/users.py", ("app/api/v1/users.py",)),
        ("api", ("app/api/v1/users.py",)),
        ("api/", ("app/api/v1/users.py",)),
        ("setup.py/", ()),
        ("app/**", ("app/views.py", "app/views.html", "app/api/v1/users.py", "app/tests/data.json")),
        ("!tests", ("setup.py", "app/views.py", "app/views.html", "app/api/v1/users.py", *PATHS[6:])),
        ("*.py !tests/**", ("setup.py", "app/views.py", "app/api/v1/users.py")),
        ("!*.py app/views.py", ("app/views.py",)),
        ("*.{html,json}", ("app/views.html", "app/tests/data.json")),
        ("{app,tests}/*views.{py,html}", ("app/views.py", "app/views.html", "tests/test_views.py")),
        ("v?ews.*", ("app/views.py", "app/views.html")),
        ("*.[!p]*", ("app/views.html", "app/tests/data.json", "docs/a b.md", "docs/[x].md")),
        (r"a\ b.md", ("docs/a b.md",)),
        (r"\[x\].md", ("docs/[x].md",)),
        ("VIEWS.py", ()),
        ("**", PATHS),
    ],
)
def test_globs_fit_as_those_of_ripgrep(globs: str, fitting: tuple[str, ...]) -> None:
    assert tuple(path for path in PATHS if Globs.parse(globs).fits(path)) == tuple(p for p in PATHS if p in fitting)


@pytest.mark.parametrize("globs", ["[a", "!", "/", "*.{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "[z-a]"])
def test_what_is_no_glob_is_refused_in_words(globs: str) -> None:
    with pytest.raises(BadGlobError, match=r"glob|\[|class"):
        Globs.parse(globs)


def test_no_path_makes_a_glob_slow() -> None:
    globs = Globs.parse("*a*a*a*a*a*a*a*a*a*a*a*b **/a/**/a/**/a/**/a/**/a/**/b")
    began = time.process_time()
    assert not globs.fits("a" * 255)
    assert not globs.fits("a/" * 2000 + "c")
    assert time.process_time() - began < 5
