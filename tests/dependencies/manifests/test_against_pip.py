"""Generated requirements files are read as pip's own parser reads them."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from reviewtui.dependencies.requirement import Requirement
from tests.dependencies.manifests.files import manifests

pytestmark = pytest.mark.filterwarnings("ignore")

_NAMES: Final = ("flask", "Django", "zope.interface", "a_b-c", "x1")
_EXTRAS: Final = ("", "", "[a]", "[b,a]", "[ b , a ]")
_SPECIFIERS: Final = ("", "==1.0", " == 1.0", ">=1,<2", "~=1.4.2", "==1.2.*", "===1.0", "!=1.5 , >=1", " (>=1)", "<2")
_MARKERS: Final = (
    "",
    "",
    ' ; python_version < "3.8"',
    ";os_name=='nt'",
    " ; a == ",
    " ; extra == 'x' and os_name != 'y'",
)
_OPTIONS: Final = (
    *("", "", " \\\n    --hash=sha256:00", " \\\n --hash=sha256:00 \\\n  # comment", "\\\n", " \\\n\n"),
    *(" --hash=sha256:00", " --hash sha256:00 --hash=sha256:01", ' --config-settings "a=b c"'),
)
_ENDS: Final = ("", "", " # comment", " #", "  ", "\x0c", "\t")
_LINES: Final = (
    *("", "   ", "# comment", "  # comment \\", "-i https://index/simple", "--index-url=https://index/simple", "--pre"),
    *("--extra-index-url https://a --trusted-host b", "-f ./wheels", "--no-binary :all:", "--require-hashes"),
    *(
        "-r other.txt",
        "-rother.txt",
        "--requirement=other.txt",
        "--requirem other.txt",
        "-c limits.txt",
        "-r 'other.txt'",
    ),
    *(
        "-e git+https://h/a.git@v1#egg=from_git",
        "--editable=git+https://h/b.git#egg=b[x]",
        "-e git+ssh://git@h/c#egg=c",
    ),
    *(
        "https://h/d-1.0.tar.gz#egg=d",
        "https://h/e-2.0-py3-none-any.whl",
        "f @ https://h/f-1.zip",
        "git+https://h/g#egg=g",
    ),
    *("h@https://h/h.zip ; os_name == 'nt'", "https://h/i.zip#egg=i ; os_name == 'nt'", "https://h/j.zip#egg=j;x"),
)


@pytest.mark.parametrize("seed", range(150))
def test_a_generated_file_is_read_as_pip_reads_it(seed: int, tmp_path: Path) -> None:
    parser = pytest.importorskip("pip._internal.req.req_file", reason="pip is not there to compare with")
    constructors = pytest.importorskip("pip._internal.req.constructors", reason="pip is not there to compare with")
    session = pytest.importorskip("pip._internal.network.session").PipSession()
    chance = random.Random(seed)
    line_end = chance.choice(("\n", "\r\n", "\n"))
    files = {
        "requirements.txt": "\n".join(_generated(chance)).replace("\n", line_end),
        "other.txt": "other-one==1\nother-two>=2\n",
        "limits.txt": "flask==1.1\nunasked==3\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    # pip ends a line at a form feed as well and counts on from there, which no editor does.
    numbers = [
        row for row, line in enumerate(files["requirements.txt"].split("\n"), 1) for _ in f"{line}\n".splitlines()
    ]
    expected = set()
    for line in parser.parse_requirements(str(tmp_path / "requirements.txt"), session):
        try:
            made = constructors.install_req_from_parsed_requirement(line)
        except Exception as error:  # noqa: BLE001 - whatever pip raises, it refuses the line
            assert "Invalid" in type(error).__name__ + str(error)
            continue
        place = line.comes_from.removesuffix(")").rpartition(" (line ")
        name = Path(place[0].split(" ", 1)[1]).name
        expected.add(
            (
                name,
                numbers[int(place[2]) - 1] if name == "requirements.txt" else int(place[2]),
                line.constraint,
                made.req.name if made.req else "",
                str(made.req.specifier) if made.req else "",
                ",".join(sorted(made.req.extras if made.req else ())),
                made.link.url.partition("#")[0] if made.link else "",
                str(made.markers or ""),
            )
        )
    found = manifests(files, "requirements.txt")
    assert {_as_pip(one) for manifest in found.values() for one in manifest.requirements} == expected


def _generated(chance: random.Random) -> Iterator[str]:
    for _ in range(chance.randrange(1, 12)):
        if chance.randrange(3):
            yield "".join(map(chance.choice, (_NAMES, _EXTRAS, _SPECIFIERS, _MARKERS, _OPTIONS, _ENDS)))
        else:
            yield chance.choice(_LINES) + chance.choice(("", " # comment", " ", "\t", "\x0c"))


def _as_pip(one: Requirement) -> tuple[object, ...]:
    packaging = pytest.importorskip("pip._vendor.packaging.markers")
    specifiers = pytest.importorskip("pip._vendor.packaging.specifiers")
    own = one.specifier
    for limit in one.limits:
        own = own.removesuffix(limit.specifier).removesuffix(",")
    return (
        str(one.path),
        one.line,
        one.is_constraint,
        one.shown if one.name else "",
        str(specifiers.SpecifierSet(own)),
        ",".join(one.extras),
        one.url,
        str(packaging.Marker(one.marker)) if one.marker else "",
    )
