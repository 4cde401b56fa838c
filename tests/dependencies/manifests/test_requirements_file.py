"""A requirements file is read as pip reads it, and every line that pip would refuse is told."""

import codecs

import pytest

from reviewtui.dependencies.requirement import Manifest, Pin, Requirement
from reviewtui.model.place import LineSpan, RepoPath
from tests.dependencies.manifests.files import listed, manifest

RICH = """\
# what the shop needs
--index-url https://reader:pa55word@pypi.example/simple
--extra-index-url=https://${TOKEN}@more.example
Flask==2.0.1
Django[argon2, bcrypt] >= 3.2, <4 ; python_version < "3.8"  # why
requests==2.8.1 \\
    --hash=sha256:00aa \\
    --hash=sha256:00bb
-e git+https://user:pa55word@git.example/a/b.git@v1#egg=b_c[x]&subdirectory=d
-e ./sub[dev]
name @ https://me:pa55word@files.example/name-1.0.tar.gz?key=pa55word#sha256=00 ; os_name == "nt"
https://files.example/foo_bar-1.2-py3-none-any.whl
./wheels/baz-3.0-py2.py3-none-any.whl
git+ssh://git@git.example/a/c.git
../outside
one~=1.4.2
two==1.2.*
three===2020-dev
four>1
five!=1.0,>=1.0
six<2
seven
Eight.Nine__ten(>=1)
pin==${VERSION}
"""


def test_every_form_of_a_line_is_read() -> None:
    found = manifest("requirements.txt", RICH)
    assert listed(found) == [
        "4 | flask exact | version=2.0.1 | specifier===2.0.1 | shown=Flask",
        '5 | django range | specifier=>=3.2,<4 | lowest=3.2 | marker=python_version < "3.8" | extras=argon2,bcrypt'
        " | shown=Django",
        "6-8@6 | requests exact | version=2.8.1 | specifier===2.8.1",
        "9 | b-c direct | url=git+https://git.example/a/b.git@v1 | extras=x | shown=b_c",
        "10 |  direct | url=./sub | extras=dev | shown=./sub",
        '11 | name direct | marker=os_name == "nt" | url=https://files.example/name-1.0.tar.gz',
        "12 | foo-bar exact | version=1.2 | specifier===1.2 | url=https://files.example/foo_bar-1.2-py3-none-any.whl"
        " | shown=foo_bar",
        "13 | baz exact | version=3.0 | specifier===3.0 | url=./wheels/baz-3.0-py2.py3-none-any.whl",
        "14 |  direct | url=git+ssh://git@git.example/a/c.git | shown=git+ssh://git@git.example/a/c.git",
        "15 |  direct | url=../outside | shown=../outside",
        "16 | one range | specifier=~=1.4.2 | lowest=1.4.2",
        "17 | two range | specifier===1.2.* | lowest=1.2",
        "18 | three exact | version=2020-dev | specifier====2020-dev",
        "19 | four range | specifier=>1",
        "20 | five range | specifier=!=1.0,>=1.0",
        "21 | six range | specifier=<2",
        "22 | seven range",
        "23 | eight-nine-ten range | specifier=>=1 | lowest=1 | shown=Eight.Nine__ten",
        "24 | pin range | specifier===${VERSION}",
    ]
    assert found.problems == ()
    assert "pa55word" not in repr(found)


def test_a_whole_value() -> None:
    assert manifest(
        "requirements.txt", "\n# a\nrequests[Socks]==2.8.1 ; sys_platform == 'win32' \\\n  --hash=md5:00"
    ) == (
        Manifest(
            RepoPath("requirements.txt"),
            "requirements",
            (
                Requirement(
                    name="requests",
                    shown="requests",
                    pin=Pin.EXACT,
                    version="2.8.1",
                    specifier="==2.8.1",
                    path=RepoPath("requirements.txt"),
                    span=LineSpan(3, 4),
                    line=3,
                    marker="sys_platform == 'win32'",
                    extras=("Socks",),
                ),
            ),
        )
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("foo=1", "no requirement that anybody can read: «foo=1» (Expected semicolon"),
        ("foo==1.0.x.y", "no requirement that anybody can read: «foo==1.0.x.y»"),
        ("foo bar", "no requirement that anybody can read: «foo bar»"),
        ("foo>=1-f ./wheels", "no requirement that anybody can read: «foo>=1-f ./wheels»"),
        ("foo ; python_version = 3", "no requirement that anybody can read"),
        ("-e . foo", "pip passes over «foo» on this line"),
        ("foo -r b.txt", "pip passes over «b.txt» on this line"),
        ("foo --hash", "pip refuses the options of this line: --hash option requires 1 argument"),
        ("foo --colour=pa55word", "pip refuses the options of this line: no such option: --colour"),
        ("-i 'https://pa55word", "pip refuses the options of this line: a quotation mark that is not closed"),
        ("https://a:pa55word@b/c#egg=-", "no name of a package: «-» behind egg="),
        ("a @ https://a:pa55word@b/c ; x", "no requirement that anybody can read: «a @ https://…b/c ; x»"),
        ("foo\0==1", "no requirement that anybody can read"),
        ("foo\u202e==1", "no requirement that anybody can read"),
        ("f\u00f6\u00f6==1", "no requirement that anybody can read"),
        ("foo==" + "1" * 5000, "no requirement that anybody can read"),
        ("foo" + "," * 10_000, "a requirement of 10,003 characters: «foo,,"),
        ("a;" + "(" * 3000, "no requirement that anybody can read"),
    ],
)
def test_a_line_that_nobody_can_read_is_told_and_costs_itself_alone(line: str, problem: str) -> None:
    found = manifest("requirements.txt", f"# a\n{line}\nlast==1\n")
    assert [(at, text[: len(problem)]) for at, text in found.problems] == [(2, problem)]
    assert listed(found)[-1] == "3 | last exact | version=1 | specifier===1"
    assert "pa55word" not in repr(found)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (codecs.BOM_UTF8 + b"a==1\r\nb==2\r\n", ["1 a", "2 b"]),
        (codecs.BOM_UTF16_LE + "a==1\nb==2".encode("utf-16-le"), ["1 a", "2 b"]),
        (codecs.BOM_UTF16_BE + "a==1\nb==2".encode("utf-16-be"), ["1 a", "2 b"]),
        (codecs.BOM_UTF32_LE + "a==1\nb==2".encode("utf-32-le"), ["1 a", "2 b"]),
        (b"# coding: latin-1\na==1 # \xe9\nb==2", ["2 a", "3 b"]),
        (b"a==1 # \xe9\nb==2", ["1 a", "2 b"]),
        (b"a==1\x0cb==2\n\x0c\nc==3", ["1 a", "1 b", "3 c"]),
        (b"a==1\rb==2\r\nc==3", ["1 a", "2 b", "3 c"]),
        (b"a \\\n\nb==2", ["1 a", "3 b"]),
        (b"a==1 \\\n# a comment ends it\nb==2", ["1 a", "3 b"]),
        (b"a==1 \\", ["1 a"]),
        (b"a==\\\n1\n", ["1 a"]),
        (b"a \\\x0c\nb==2", ["1 a", "2 b"]),
        (b"   # nothing\n\n\\\n", []),
        (b"", []),
    ],
)
def test_lines_have_the_numbers_that_an_editor_shows(data: bytes, shown: list[str]) -> None:
    found = manifest("requirements.txt", data)
    assert [f"{one.line} {one.name}" for one in found.requirements] == shown
    assert found.problems == ()


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"# coding: nonsense\na==1", [(1, "its coding line names nonsense, which cannot read it")]),
        (b"# coding: punycode\na==1", [(1, "its coding line names punycode, which cannot read it")]),
        (
            b"# coding: utf-7\na==1",
            [(1, "its coding line names utf-7, in which plain bytes mean other characters: pip reads those")],
        ),
    ],
)
def test_an_odd_coding_line_is_told(data: bytes, problems: list[tuple[int, str]]) -> None:
    found = manifest("requirements.txt", data)
    assert listed(found) == ["2 | a exact | version=1 | specifier===1"]
    assert list(found.problems) == problems


def test_a_page_of_a_manual_is_told_in_few_words_and_what_names_a_version_is_read_all_the_same() -> None:
    found = manifest(
        "docs/constraints.txt", "Constraints\n===========\n\nThey limit it.\n``a``\nflask==1.0\n---\nb c\n"
    )
    assert listed(found) == ["6 | flask exact | version=1.0 | specifier===1.0 | constraint"]
    assert [(line, text[:40]) for line, text in found.problems] == [
        (2, "no requirement that anybody can read: «="),
        (4, "no requirement that anybody can read: «T"),
        (5, "no requirement that anybody can read: «`"),
        (7, "and 2 more lines that nobody can read: h"),
    ]
    assert found.problems[-1][1].endswith("so 1 words that stand alone are not taken for packages")


def test_bytes_that_are_no_text_cost_their_line() -> None:
    found = manifest("requirements.txt", b"a==1\nb\xff==1\nc==1\n")
    assert [one.name for one in found.requirements] == ["a", "c"]
    assert [line for line, _ in found.problems] == [2]


def test_of_very_many_packages_the_first_are_read() -> None:
    found = manifest("requirements.txt", "a==1\n" * 100_002)
    assert len(found.requirements) == 100_000
    assert found.problems == ((100_001, "more than 100,000 packages: the rest is not read"),)


@pytest.mark.parametrize(
    "piece", [" ", "\\\n", "#", " #", "-", " -", "a[", "//", "@", "://", "(", "\t", "${", "x;", "'"]
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    """Half a million pieces would take hours where a pattern goes back over them for each one."""
    found = manifest("requirements.txt", "a==1\n" + piece * 500_000 + "\nb==1\n")
    assert found.requirements[0].name == "a"
