"""Lock files that no tool has written: wrong types, odd forms, rings and chains without end."""

import pytest

from tests.dependencies.manifests.files import listed, manifest, manifests


@pytest.mark.parametrize("name", ["poetry.lock", "uv.lock", "pdm.lock"])
@pytest.mark.parametrize(
    ("text", "shown", "problems"),
    [
        ("package = 'x'", [], [(1, "package has to be a list of tables, not a text")]),
        ("package = [1,\n {name = 'a', version = '1'}]", ["2 a"], [(1, "a package has to be a table, not a number")]),
        ("[[package]]\nname = 3", [], [(2, "no name of a package: a number")]),
        ("[[package]]\nname = 'a b'", [], [(2, "no name of a package: «a b»")]),
        ("[[package]]\nversion = '1'", [], [(2, "no name of a package: nothing")]),
        ("[[package]]\nname = 'a'\nversion = 2.0", [], [(3, "«a» has a version that is no text of a usual length")]),
        ("x = '''\n[[package]]\nname = \"a\"'''\n[[package]]\nname = 'b'\nversion='1'", ["6 b"], []),
        ("[[package]]\nx = {\nname = 'z',\n}\nname = 'a'\nversion='1'", ["6 a"], []),
        ("[[ package ]] # x\nversion='1'\nq=[\n['a'],\n[[]]]\nname = \"a\"", ["2 a"], []),
        ("[[package]]\r\nname = 'a'\r\nversion='1'\r\n", ["3 a"], []),
        ("\ufeff[[package]]\nname = 'a'\nversion='1'", ["3 a"], []),
        ("", [], []),
        ("[[package]]\nname = 'a'\nversion='1'\nx", [], [(4, "a package that cannot be read"), (4, "not TOML")]),
    ],
)
def test_odd_lock_files(name: str, text: str, shown: list[str], problems: list[tuple[int, str]]) -> None:
    found = manifest(name, text)
    assert [f"{one.line} {one.name}" for one in found.requirements] == shown
    assert [(line, told[: len(words)]) for (line, told), (_, words) in zip(found.problems, problems, strict=True)] == (
        problems
    )


def test_wrong_types_below_a_package_are_told_and_the_package_is_read() -> None:
    keys = {
        "poetry.lock": ("dependencies = 3", "groups = 3", "markers = 3", "extras = [1]", "dependencies = {a = 3}"),
        "uv.lock": (
            "dependencies = [3]",
            "dependencies = [{name = 3}]",
            "dev-dependencies = [1]",
            "source = {git = 1}",
        ),
        "pdm.lock": ("dependencies = [3]", "extras = 'x'", "marker = 1", "git = 3", "groups = [[]]"),
    }
    for name, lines in keys.items():
        for line in lines:
            found = manifest(name, f'[[package]]\nname = "a"\nversion = "1"\n{line}\n')
            assert [one.name for one in found.requirements] == ["a"], line
            assert [at for at, _ in found.problems] == [3], (name, line, found.problems)


def test_chains_in_rings_and_of_great_length_are_found_in_time() -> None:
    count = 5_000
    ring = "".join(
        f'[[package]]\nname = "p{n}"\nversion = "1"\ndependencies = ["p{(n + 1) % count}", "p{n}", "p0"]\n'
        for n in range(count)
    )
    project = "[project]\ndependencies = ['p0']\n"
    found = manifests({"pyproject.toml": project, "pdm.lock": ring}, "pdm.lock")["pdm.lock"].requirements
    assert [found[n].via for n in (0, 1, 3)] == [(), ("p0",), ("p0", "p1", "p2")]
    assert found[-1].via == ("p0", "p1", "p2", "p3", "p4", "p5", "…", *(f"p{n}" for n in range(4994, 4999)))
    alone = manifest("pdm.lock", ring).requirements
    assert [alone[n].via for n in (0, 1)] == [(), ("p0",)]


def test_of_a_lock_file_with_a_conflict_in_it_the_other_packages_are_read() -> None:
    text = """\
[[package]]
name = "a"
version = "1"

[[package]]
name = "b"
<<<<<<< ours
version = "1"
=======
version = "2"
>>>>>>> theirs

[package.dependencies]
a = "*"

[[package]]
name = "c"
version = "3"

[package.dependencies]
a = "*"

[metadata]
x = 1
"""
    found = manifest("poetry.lock", text)
    assert listed(found) == [
        "2-3@3 | a exact | version=1 | specifier===1 | via=c",
        "17-18@18 | c exact | version=3 | specifier===3",
    ]
    assert [(line, told.split(":")[0]) for line, told in found.problems] == [
        (7, "a package that cannot be read"),
        (7, "not TOML"),
    ]
