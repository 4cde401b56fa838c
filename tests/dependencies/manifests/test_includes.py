"""Files of requirements that include each other, and constraints that hold for them."""

from reviewtui.model.place import RepoPath
from tests.dependencies.manifests.files import listed, manifests


def test_each_file_is_read_once_and_knows_how_it_came_in() -> None:
    files = {
        "requirements.txt": "-r requirements/prod.txt\nflask==1\n",
        "requirements/prod.txt": "--requirement=base.txt\n-rmore.list\n",
        "requirements/base.txt": "six==1\n",
        "requirements/more.list": "attrs\n",
        "requirements/dev.txt": "-r base.txt\npytest\n",
    }
    found = manifests(files, "requirements.txt", "requirements/dev.txt", "requirements/base.txt")
    assert {path: listed(manifest) for path, manifest in found.items()} == {
        "requirements.txt": ["2 | flask exact | version=1 | specifier===1"],
        "requirements/base.txt": ["1 | six exact | version=1 | specifier===1 | via=requirements/dev.txt"],
        "requirements/dev.txt": ["2 | pytest range"],
        "requirements/more.list": ["1 | attrs range | via=requirements.txt,requirements/prod.txt"],
        "requirements/prod.txt": [],
    }
    assert [manifest.problems for manifest in found.values()] == [()] * 5


def test_a_constraint_leaves_less_of_what_another_line_asks_for() -> None:
    files = {
        "requirements.txt": "-c constraints.txt\n-r base.txt\nFlask>=1\ndjango ; os_name=='nt'\nx @ https://h/x.zip\n",
        "base.txt": "six\nattrs==1\nzope==${V}\n",
        "constraints.txt": "flask<2\nflask==1.1\ndjango==3 ; os_name=='mac'\nsix>=1.2\nattrs==2\nzope<3\nx==1\nleft==1",
    }
    found = manifests(files)
    assert {path: listed(manifest) for path, manifest in found.items()} == {
        "base.txt": [
            "1 | six range | specifier=>=1.2 | lowest=1.2 | via=requirements.txt | limit=constraints.txt:4>=1.2",
            "2 | attrs range | specifier===1,==2 | via=requirements.txt | limit=constraints.txt:5==2",
            "3 | zope range | specifier===${V} | via=requirements.txt | limit=constraints.txt:6<3",
        ],
        "constraints.txt": [
            "1 | flask range | specifier=<2 | via=requirements.txt | constraint",
            "2 | flask exact | version=1.1 | specifier===1.1 | via=requirements.txt | constraint",
            "3 | django exact | version=3 | specifier===3 | marker=os_name=='mac' | via=requirements.txt | constraint",
            "4 | six range | specifier=>=1.2 | lowest=1.2 | via=requirements.txt | constraint",
            "5 | attrs exact | version=2 | specifier===2 | via=requirements.txt | constraint",
            "6 | zope range | specifier=<3 | via=requirements.txt | constraint",
            "7 | x exact | version=1 | specifier===1 | via=requirements.txt | constraint",
            "8 | left exact | version=1 | specifier===1 | via=requirements.txt | constraint",
        ],
        "requirements.txt": [
            "3 | flask exact | version=1.1 | specifier=>=1,<2,==1.1 | shown=Flask"
            " | limit=constraints.txt:1<2 | limit=constraints.txt:2==1.1",
            "4 | django range | marker=os_name=='nt'",
            "5 | x direct | url=https://h/x.zip",
        ],
    }


def test_a_constraint_that_holds_in_one_way_of_installing_alone_leaves_all_as_it_is() -> None:
    files = {"a.txt": "-c c.txt\n-r base.txt\n", "b.txt": "-r base.txt\n", "base.txt": "six\n", "c.txt": "six==1\n"}
    assert listed(manifests(files)["base.txt"]) == ["1 | six range | via=a.txt"]


def test_a_file_that_is_asked_for_anywhere_does_not_only_limit() -> None:
    files = {"a.txt": "-c c.txt\n", "b.txt": "-r c.txt\n", "c.txt": "six==1\n", "constraints.txt": "attrs==1\n"}
    found = manifests(files)
    assert [found[path].requirements[0].is_constraint for path in ("c.txt", "constraints.txt")] == [False, True]


def test_an_include_that_leads_nowhere_is_told_on_its_line() -> None:
    lines = (
        "-r ../../etc/passwd",
        "-r /etc/passwd",
        "-r https://me:pa55word@h/r.txt",
        "-c file:///etc/passwd",
        "-r gone.txt",
        "-r .git/config",
        "-r 'a\0b'",
        "-r ''",
        "-r .",
        "-r a.txt -r b.txt",
    )
    found = manifests({"sub/r.txt": "\n".join(lines), "sub/a.txt": "", "sub/b.txt": ""}, "sub/r.txt")
    assert list(found) == ["sub/a.txt", "sub/r.txt"]
    assert list(found["sub/r.txt"].problems) == [
        (1, "«../../etc/passwd» is no path inside the repository: it is not read"),
        (2, "«/etc/passwd» is no path inside the repository: it is not read"),
        (3, "«https://…h/r.txt» is not in the repository: it is not read"),
        (4, "«file:///etc/passwd» is not in the repository: it is not read"),
        (5, "sub/gone.txt, which this line includes, is not there or cannot be read"),
        (6, "«.git/config» is no path inside the repository: it is not read"),
        (7, "«a\0b» is no path inside the repository: it is not read"),
        (8, "«» is no path inside the repository: it is not read"),
        (9, "sub, which this line includes, is not there or cannot be read"),
        (10, "pip passes over «b.txt» on this line"),
    ]


def test_a_ring_of_includes_is_told_and_read_once() -> None:
    found = manifests({"a.txt": "-r b.txt\nx\n", "b.txt": "-r c.txt\n-c b.txt\n", "c.txt": "y\n-r a.txt\n"})
    assert {path: manifest.problems for path, manifest in found.items()} == {
        "a.txt": (),
        "b.txt": ((2, "includes itself: a ring, which pip refuses"),),
        "c.txt": ((2, "includes a.txt, which includes this file: a ring, which pip refuses"),),
    }
    assert {path: listed(manifest) for path, manifest in found.items()} == {
        "a.txt": ["2 | x range"],
        "b.txt": [],
        "c.txt": ["1 | y range | via=a.txt,b.txt"],
    }


def test_a_file_that_is_not_there_is_told() -> None:
    found = manifests({}, "requirements.txt")
    assert found["requirements.txt"].problems == ((0, "it cannot be read"),)


def test_a_very_long_chain_is_told_by_its_ends() -> None:
    files = {f"{number}.txt": f"-r {number + 1}.txt\nx\n" for number in range(3000)} | {"3000.txt": "y"}
    found = manifests(files, "0.txt")
    via = found["3000.txt"].requirements[0].via
    assert via == (*(f"{n}.txt" for n in range(6)), "…", *(f"{n}.txt" for n in range(2995, 3000)))
    assert RepoPath("3000.txt") in found


def test_constraints_of_very_many_ways_are_given_up_with_a_word() -> None:
    files = {f"{number}.txt": "-r shared/0.txt\n" for number in range(400)}
    files |= {f"shared/{number}.txt": f"-r {number + 1}.txt\n" for number in range(400)}
    files |= {"shared/400.txt": "-c c.txt\nsix\n", "shared/c.txt": "six==1\n"}
    found = manifests(files)
    assert sum(bool(manifest.problems) for manifest in found.values()) == 1
    assert [one.limits for one in found["shared/400.txt"].requirements] == [()]


def test_comments_of_pip_compile_say_how_a_package_came_in() -> None:
    text = """\
# This file is autogenerated by pip-compile
-c limits.txt
certifi==1 \\
    --hash=sha256:00 \\
    --hash=sha256:01
    # via Requests
flask==1
    # via
    #   -r requirements.in
    #   flask-login
flask-login==1    # via -c limits.txt, shop (pyproject.toml)
idna==1
    # via requests
    # a remark
jinja2==1  # not via anything

# via nobody
requests==1
    # via
    #   flask
    #   -c limits.txt
"""
    found = manifests({"requirements.txt": text, "limits.txt": "idna==1\n"}, "requirements.txt")["requirements.txt"]
    assert [(one.name, one.via) for one in found.requirements] == [
        ("certifi", ("flask", "requests")),
        ("flask", ()),
        ("flask-login", ()),
        ("idna", ("flask", "requests")),
        ("jinja2", ()),
        ("requests", ("flask",)),
    ]
    assert found.problems == ()
