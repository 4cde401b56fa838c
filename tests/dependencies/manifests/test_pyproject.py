"""pyproject.toml in the words of every common tool, each package on its very line."""

import pytest

from reviewtui.dependencies.manifests.poetry_constraint import constrained, pep440
from reviewtui.dependencies.manifests.specifiers import UnreadableError
from tests.dependencies.manifests.files import listed, manifest, manifests

STANDARD = """\
[build-system]
requires = ["hatchling>=1.27"]

[project]
name = "shop"
dependencies = [
  "requests[socks]>=2",  # "not this"
  "django==4.2", 'flask',
]
[project.optional-dependencies]
web = ["uvicorn[standard]~=0.20",
       "lxml @ https://me:pa55word@h/lxml.tar.gz ; os_name == 'nt'"]

[dependency-groups]
test = ["pytest>7", {include-group = "Cov"}]
cov = ["coverage"]
all = [
  {include-group = "test"},
]
[tool.uv]
dev-dependencies = ["ruff==1"]
constraint-dependencies = ["urllib3<2"]
[tool.uv.sources]
flask = { git = "https://me:pa55word@h/flask.git", tag = "v1" }
django = [{ index = "private" }]
[tool.pdm.dev-dependencies]
lint = ["-e file:///${PROJECT_ROOT}/sub#egg=sub", "black"]
[tool.hatch.envs.docs]
dependencies = ["sphinx"]
"""
POETRY = """\
[tool.poetry.dependencies]
python = "^3.8"
alpha = "^1.2.3"
Be_ta = {version = "~1.4", extras = ["y", "x"], optional = true, markers = "os_name == 'nt'"}
gamma = [
  {version = "<=1.9", python = "<3.8", markers = "a or b"},
  {version = "^2.0 || ^4", python = ">=3.8"},
]
delta = {git = "https://me:pa55word@h/d.git", rev = "abc"}
eta = {path = "../eta", develop = true}
theta = {url = "https://h/theta-1.5-py3-none-any.whl"}
[tool.poetry.dependencies.epsilon]
optional = true
extras = ["z"]
version = "0.1.2"
[tool.poetry.dev-dependencies]
iota = "*"
[tool.poetry.group.docs.dependencies]
zeta = ">=1,<2 !=1.5"
[tool.poetry.extras]
q = ["Be_ta"]
"""


def test_what_the_standards_and_their_tools_say() -> None:
    found = manifest("pyproject.toml", STANDARD)
    assert listed(found) == [
        "2 | hatchling range | specifier=>=1.27 | lowest=1.27 | groups=build",
        "7 | requests range | specifier=>=2 | lowest=2 | extras=socks",
        "8 | django exact | version=4.2 | specifier===4.2",
        "8 | flask direct | url=git+https://h/flask.git@v1",
        "11 | uvicorn range | specifier=~=0.20 | lowest=0.20 | extras=standard | groups=web",
        "12 | lxml direct | marker=os_name == 'nt' | url=https://h/lxml.tar.gz | groups=web",
        "15 | pytest range | specifier=>7 | groups=test,all",
        "16 | coverage range | groups=cov,test,all",
        "21 | ruff exact | version=1 | specifier===1 | groups=dev",
        "22 | urllib3 range | specifier=<2 | constraint",
        "27 | sub direct | url=file:///${PROJECT_ROOT}/sub | groups=lint",
        "27 | black range | groups=lint",
        "29 | sphinx range | groups=docs",
    ]
    assert found.problems == ()
    assert "pa55word" not in repr(found)


def test_what_poetry_says() -> None:
    found = manifest("pyproject.toml", POETRY)
    assert listed(found) == [
        "3 | alpha range | specifier=>=1.2.3,<2.0.0 | lowest=1.2.3",
        "4 | be-ta range | specifier=>=1.4,<1.5 | lowest=1.4 | marker=os_name == 'nt' | extras=x,y | groups=q"
        " | shown=Be_ta",
        "6 | gamma range | specifier=<=1.9 | marker=(a or b) and python <3.8",
        "7 | gamma range | specifier=>=2.0,<3.0 || >=4,<5 | lowest=2.0 | marker=python >=3.8",
        "9 | delta direct | url=git+https://h/d.git@abc",
        "10 | eta direct | url=../eta",
        "11 | theta exact | version=1.5 | specifier===1.5 | url=https://h/theta-1.5-py3-none-any.whl",
        "12-15@15 | epsilon exact | version=0.1.2 | specifier===0.1.2 | extras=z | groups=optional",
        "17 | iota range | groups=dev",
        "19 | zeta range | specifier=>=1,<2,!=1.5 | lowest=1 | groups=docs",
    ]
    assert found.problems == ()
    assert "pa55word" not in repr(found)


def test_what_poetry_adds_to_a_dependency_of_the_project_is_no_second_one() -> None:
    text = """\
[project]
dependencies = ["a>=1", "b>=1"]
[tool.poetry.dependencies]
a = {source = "private"}
b = {path = "../b"}
"""
    assert listed(manifest("pyproject.toml", text)) == [
        "2 | a range | specifier=>=1 | lowest=1",
        "2 | b range | specifier=>=1 | lowest=1",
        "5 | b direct | url=../b",
    ]


def test_files_that_setuptools_reads_are_read() -> None:
    text = """\
[project]
dynamic = ["dependencies"]
[tool.setuptools.dynamic]
dependencies = {file = ["requirements.in"]}
optional-dependencies.dev = { file = "dev.in" }
"""
    found = manifests({"a/pyproject.toml": text, "a/requirements.in": "x\n", "a/dev.in": "y\n"}, "a/pyproject.toml")
    assert {path: listed(one) for path, one in found.items()} == {
        "a/dev.in": ["1 | y range | groups=dev | via=a/pyproject.toml"],
        "a/pyproject.toml": [],
        "a/requirements.in": ["1 | x range | via=a/pyproject.toml"],
    }
    assert found["a/pyproject.toml"].problems == ()


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[project]\ndependencies = [\n 'a',\n 3,\n 'b c']", [(4, "a requirement has to be a text, not a number")]),
        ("[project]\ndependencies = 'a'", [(2, "project.dependencies has to be a list, not a text")]),
        ("project = 3", [(1, "project has to be a table, not a number")]),
        ("[project]\ndynamic = [\n'dependencies']", [(3, "the dependencies are computed when it is built")]),
        ("[dependency-groups]\na = [{include-group='b'}]\nb=[{include-group='a'}]", [(2, "the group «a» includes")]),
        ("[dependency-groups]\na = [{include-group='c'}, 5]", [(2, "a requirement has to be a text, not a number")]),
        ("[dependency-groups]\na = 1", [(2, "dependency-groups.a has to be a list, not a number")]),
        ("[tool.poetry.dependencies]\na = 1", [(2, "tool.poetry.dependencies.a has to be a version or a table")]),
        ("[tool.poetry.dependencies]\na = '^y'", [(2, "«a»: no version: «y»")]),
        ("[tool.poetry.dependencies]\na = '1 ^ ^2'", [(2, "«a»: no constraint of poetry: «1 ^ ^2»")]),
        ("[tool.poetry.dependencies]\n'a b' = '1'", [(2, "no name of a package: «a b»")]),
        ("[tool.poetry.dependencies]\na.version = 1.5", [(2, "poetry.dependencies.a.version has to be a text")]),
        ("[tool.poetry.dependencies]\na = [1]", [(2, "poetry.dependencies.a.0 has to be a version or a table")]),
        ("[tool.poetry.group.a]\ndependencies = []", [(2, "poetry.group.a.dependencies has to be a table")]),
        ("a = 1\nb = ", [(2, "not TOML: ")]),
        ("a = '''\0'''", [(1, "not TOML: ")]),
        ("a = " + "[" * 5000, [(0, "not usable: lists or tables are nested too deeply")]),
    ],
)
def test_what_is_wrong_is_told_on_its_line(text: str, problems: list[tuple[int, str]]) -> None:
    found = manifest("pyproject.toml", text).problems
    line, words = problems[0]
    assert any(at == line and told.startswith(words) for at, told in found), found


def test_what_is_wrong_costs_itself_alone() -> None:
    text = (
        "[project]\ndependencies = [\n 'a', 3,\n '=', 'b']\n[tool.poetry.dependencies]\nc = []\nd = {version=3}\ne='1'"
    )
    found = manifest("pyproject.toml", text)
    assert [one.name for one in found.requirements] == ["a", "b", "d", "e"]
    assert [line for line, _ in found.problems] == [3, 4, 7]


def test_bytes_that_are_no_text_are_told_and_the_rest_is_read() -> None:
    found = manifest("pyproject.toml", b"# \xff\n[project]\ndependencies = ['a']\n")
    assert (listed(found), found.problems) == (["3 | a range"], ((1, "no UTF-8, as TOML has to be"),))


@pytest.mark.parametrize(
    ("constraint", "alternatives"),
    [
        ("^1.2.3", [">=1.2.3,<2.0.0"]),
        ("^0.2.3", [">=0.2.3,<0.3.0"]),
        ("^0.0.3", [">=0.0.3,<0.0.4"]),
        ("^0.0", [">=0.0,<0.1"]),
        ("^0", [">=0,<1"]),
        ("^1!2.3", [">=1!2.3,<1!3.0"]),
        ("^1.0b2", [">=1.0b2,<2.0"]),
        ("~1.2.3", [">=1.2.3,<1.3.0"]),
        ("~1.2", [">=1.2,<1.3"]),
        ("~1", [">=1,<2"]),
        ("~=1.4", ["~=1.4"]),
        ("1.2", ["==1.2"]),
        ("= 1.2", ["==1.2"]),
        ("1.2.*", ["==1.2.*"]),
        ("1.x", ["==1.*"]),
        ("!= 1.5", ["!=1.5"]),
        ("*", [""]),
        ("", [""]),
        (">= 1.0, < 2.0", [">=1.0,<2.0"]),
        (">=1.0 <2.0", [">=1.0,<2.0"]),
        ("^1 | >=3", [">=1,<2", ">=3"]),
    ],
)
def test_a_constraint_of_poetry_in_pep_440_words(constraint: str, alternatives: list[str]) -> None:
    assert pep440(constraint) == alternatives


@pytest.mark.parametrize(
    ("constraint", "lowest"),
    [("^2 || ^1", "1"), ("==2 || >=3", "2"), ("<2 || ^3", ""), (">1 || ^3", ""), ("* || 1", ""), ("^1", "1")],
)
def test_the_lowest_of_alternatives_is_told_where_each_has_one(constraint: str, lowest: str) -> None:
    assert constrained("a", constraint).lowest == lowest


@pytest.mark.parametrize("constraint", ["^", "^a", "1 2 3 ~~", "^" * 900, "1." * 450, "^" + "9" * 500, "x" * 2000])
def test_what_is_no_constraint_is_refused(constraint: str) -> None:
    with pytest.raises(UnreadableError):
        constrained("a", constraint)
