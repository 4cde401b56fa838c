"""Pipfiles, setup files and conda's environment files."""

import pytest

from reviewtui.dependencies.manifests.pipfile import json_lines
from tests.dependencies.manifests.files import listed, manifest, manifests

PIPFILE = """\
[[source]]
url = "https://me:pa55word@index/simple"
name = "private"
[packages]
flask = "*"
Django = "~=3.2"
x = {version = "==1.0", extras = ["b", "a"], sys_platform = "== 'win32'", markers = "os_name == 'nt'"}
[dev-packages]
y = {path = ".", editable = true}
z = {git = "https://me:pa55word@h/z.git", ref = "abc"}
[docs]
sphinx = ">=1,<2"
[requires]
python_version = "3.9"
"""
PIPFILE_LOCK = """\
{
    "_meta": {
        "hash": {"sha256": "00"},
        "sources": [{"name": "pypi", "url": "https://me:pa55word@index/simple"}]
    },
    "default": {
        "flask": {
            "hashes": [
                "sha256:00"
            ],
            "index": "pypi",
            "markers": "python_version >= '3.8'",
            "version": "==1.0"
        },
        "z": {"git": "https://me:pa55word@h/z.git", "ref": "abc"}
    },
    "develop": {"pytest": {"version": "==7.0", "extras": ["q"]}, "\\u0062": {"version": "==1"}}
}
"""
SETUP_CFG = """\
[metadata]
name = shop
install_requires = not this
[options]
packages = find:
install_requires =
    a>=1
    # not this

    b ; os_name == "nt"
setup-requires: c==1; d
tests_require =
\te
[options.extras_require]
dev = f; g
  h
all =
  i[j]
"""
SETUP_PY = '''\
from setuptools import setup
BASE = ["a==1",
        "b>=2"]  # comment
EXTRAS = {"x": BASE + ["c"]}
setup(
    name="shop",
    install_requires=BASE + [
        "d",
    ] + ["e"],
    setup_requires="f",
    tests_require=("g",),
    extras_require={"y": """
        h==1
        # not this
        i
        """, **EXTRAS},
)
'''
ENVIRONMENT = """\
name: shop
channels: [defaults]
dependencies:
  - python=3.9
  - numpy
  - pip
  - pip:
      - flask==1.0  # comment
      - "-r requirements.txt"
      - --hash
  - {pip: [django]}
"""


def test_a_pipfile() -> None:
    found = manifest("Pipfile", PIPFILE)
    assert listed(found) == [
        "5 | flask range",
        "6 | django range | specifier=~=3.2 | lowest=3.2 | shown=Django",
        "7 | x exact | version=1.0 | specifier===1.0 | marker=(os_name == 'nt') and sys_platform == 'win32'"
        " | extras=a,b",
        "9 | y direct | url=. | groups=dev-packages",
        "10 | z direct | url=git+https://h/z.git@abc | groups=dev-packages",
        "12 | sphinx range | specifier=>=1,<2 | lowest=1 | groups=docs",
    ]
    assert found.problems == ()
    assert "pa55word" not in repr(found)


def test_a_lock_file_of_pipenv() -> None:
    found = manifest("Pipfile.lock", PIPFILE_LOCK)
    assert listed(found) == [
        "7-13@13 | flask exact | version=1.0 | specifier===1.0 | marker=python_version >= '3.8'",
        "15 | z direct | url=git+https://h/z.git@abc",
        "17 | pytest exact | version=7.0 | specifier===7.0 | extras=q | groups=develop",
        "17 | b exact | version=1 | specifier===1 | groups=develop",
    ]
    assert found.problems == ()
    assert "pa55word" not in repr(found)


@pytest.mark.parametrize(
    ("data", "names", "problem"),
    [
        (b"", [], (1, "not JSON: Expecting value")),
        (b"{\n'a'", [], (2, "not JSON: Expecting property name enclosed in double quotes")),
        (b"[]", [], (1, "it has to be a table, not a list")),
        (b"{}\xff", [], (1, "no UTF-8, as JSON has to be")),
        (b"[" * 100_000, [], (0, "not usable: lists or tables are nested too deeply")),
        (b'{"default":\n[1]}', [], (1, "default has to be a table, not a list")),
        (
            b'{"default": {"a": {"version": "==1"},\n"b": 4}}',
            ["a"],
            (2, "default.b has to be a version or a table, not a"),
        ),
        (b'{"default": {"a": {"version": "=1"}}}', [], (1, "\u00aba\u00bb: Invalid specifier: '=1'")),
        (b'{"default": {"": {"version": "==1"}}}', [], (1, "no name of a package: \u00ab\u00bb")),
        (b'{"a": ' + b"1" * 5000 + b"}", [], (0, "not JSON: Exceeds the limit")),
    ],
)
def test_odd_lock_files_of_pipenv(data: bytes, names: list[str], problem: tuple[int, str]) -> None:
    found = manifest("Pipfile.lock", data)
    assert [one.name for one in found.requirements] == names
    assert [(line, told[: len(problem[1])]) for line, told in found.problems] == [problem]


def test_keys_of_json_are_found_on_their_lines_whatever_the_texts_hold() -> None:
    text = '{"a\\"{": {\n"b": ["x", {"no": 1}, [\n]],\n"c": "}\\\\", "d":\n{"e": 1}},\n\n"f": {}, "g": "h"}'
    assert json_lines(text) == {
        ('a"{',): 1,
        ('a"{', "b"): 2,
        ('a"{', "c"): 4,
        ('a"{', "d"): 4,
        ('a"{', "d", "e"): 5,
        ("f",): 7,
        ("g",): 7,
    }


def test_a_setup_cfg() -> None:
    found = manifest("setup.cfg", SETUP_CFG)
    assert listed(found) == [
        "7 | a range | specifier=>=1 | lowest=1",
        '10 | b range | marker=os_name == "nt"',
        "11 | c exact | version=1 | specifier===1 | groups=build",
        "11 | d range | groups=build",
        "13 | e range | groups=tests",
        "16 | h range | groups=dev",
        "18 | i range | extras=j | groups=all",
    ]
    assert found.problems == (
        (15, "no requirement that anybody can read: «f; g» (Expected a marker variable or quoted string)"),
    )


def test_a_setup_cfg_names_files() -> None:
    files = {"setup.cfg": "[options]\ninstall_requires = file: a.txt, gone.txt\n", "a.txt": "x==1\n"}
    found = manifests(files, "setup.cfg")
    assert listed(found["a.txt"]) == ["1 | x exact | version=1 | specifier===1 | via=setup.cfg"]
    assert found["setup.cfg"].problems == ((2, "gone.txt, which this line includes, is not there or cannot be read"),)


def test_a_setup_py_is_read_and_not_run() -> None:
    found = manifest("setup.py", SETUP_PY)
    assert listed(found) == [
        "2 | a exact | version=1 | specifier===1",
        "2 | a exact | version=1 | specifier===1 | groups=x",
        "3 | b range | specifier=>=2 | lowest=2",
        "3 | b range | specifier=>=2 | lowest=2 | groups=x",
        "4 | c range | groups=x",
        "8 | d range",
        "9 | e range",
        "10 | f range | groups=build",
        "11 | g range | groups=tests",
        "13 | h exact | version=1 | specifier===1 | groups=y",
        "15 | i range | groups=y",
    ]
    assert found.problems == ()


def test_arguments_in_a_dictionary_are_read() -> None:
    text = (
        "BASE = {'setup_requires': ['a']}\nMORE = dict(BASE, install_requires=['b'],\n"
        "extras_require=dict(x=['c']))\nsetup(**MORE)"
    )
    found = manifest("setup.py", text)
    assert (listed(found), found.problems) == (
        ["1 | a range | groups=build", "2 | b range", "3 | c range | groups=x"],
        (),
    )


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("setup(\ninstall_requires=open('x').read())", 2, "install_requires: it is computed"),
        ("A = ['a']\nA.append('b')\nsetup(install_requires=A)", 3, "install_requires: it is computed"),
        ("A = ['a']\nA += ['b']\nsetup(install_requires=A)", 3, "install_requires: it is computed"),
        ("A = A + A + ['x']\nsetup(install_requires=A)", 1, "install_requires: it is computed"),
        ("setup(install_requires=['a', f(),\n'b c'])", 2, "no requirement that anybody can read: «b c»"),
        ("setup(**x)", 1, "arguments of setup: it is computed"),
        ("setup(extras_require=x)", 1, "extras_require: it is computed"),
        ("setup(extras_require={x: []})", 1, "a key that is put in: it is computed"),
        ("x = (\n", 1, "not Python: '(' was never closed"),
        ("x\0", 1, "not Python"),
        ("(" * 5000, 1, "not Python: too many nested parentheses"),
        ("-" * 200_000 + "1", 0, "not Python that can be parsed"),
        ("a" + ".b" * 100_000, 0, "not Python that can be parsed"),
        ("#" * (2 << 20), 0, "2,097,152 bytes: more than 1,048,576 are not parsed"),
        (
            "".join(f"A{n} = A{n + 1}" + f" + A{n + 1}" * 20 + "\n" for n in range(9)) + "setup(install_requires=A0)",
            9,
            "",
        ),
    ],
)
def test_what_a_setup_py_computes_is_told(text: str, line: int, problem: str) -> None:
    found = manifest("setup.py", text).problems
    assert any(at == line and told.startswith(problem) for at, told in found), found[:5]


def test_an_environment_file_of_conda() -> None:
    found = manifests({"environment.yml": ENVIRONMENT, "requirements.txt": "six\n"}, "environment.yml")
    assert listed(found["environment.yml"]) == [
        "8 | flask exact | version=1.0 | specifier===1.0",
        "11 | django range",
    ]
    assert found["environment.yml"].problems == (
        (4, "packages of conda, 2 from here: not from PyPI, so not looked at"),
        (10, "pip refuses the options of this line: --hash option requires 1 argument"),
    )
    assert listed(found["requirements.txt"]) == ["1 | six range | via=environment.yml"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a: [\n", (2, "not YAML: did not find expected node content")),
        (b"a: \0", (0, "not YAML: unacceptable character #x0000: control characters are not allowed")),
        (b"a: *b\n", (0, "")),
        (b"dependencies:\n- pip: &a [*a, x y]\n", (2, "no requirement that anybody can read: \u00abx y\u00bb")),
        (b"x" * (3 << 20), (0, "3,145,728 bytes: more than 2,097,152 are not parsed")),
    ],
)
def test_odd_environment_files(data: bytes, problem: tuple[int, str]) -> None:
    found = manifest("environment.yml", data)
    assert [(line, told[: len(problem[1])]) for line, told in found.problems] == ([problem] if problem[1] else [])
