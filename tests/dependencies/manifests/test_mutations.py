"""Manifests in which something has been changed at random never end in an exception, and keep their promises."""

import random
import time
from collections.abc import Callable
from typing import Final

import pytest

from reviewtui.dependencies.requirement import Manifest, Pin
from tests.dependencies.manifests import test_locks, test_other_formats, test_pyproject, test_requirements_file
from tests.dependencies.manifests.files import manifest, manifests

GOOD: Final = {
    "requirements.txt": test_requirements_file.RICH,
    "pyproject.toml": test_pyproject.STANDARD + test_pyproject.POETRY,
    "poetry.lock": test_locks.POETRY,
    "uv.lock": test_locks.UV,
    "pdm.lock": test_locks.PDM,
    "pylock.toml": test_locks.PYLOCK,
    "Pipfile": test_other_formats.PIPFILE,
    "Pipfile.lock": test_other_formats.PIPFILE_LOCK,
    "setup.cfg": test_other_formats.SETUP_CFG,
    "setup.py": test_other_formats.SETUP_PY,
    "environment.yml": test_other_formats.ENVIRONMENT,
}
_NASTY: Final = (
    *(b"\0", b"\xff", b"\r", b"\x0c", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\\\n", b"#", b'"', b"'", b"'''", b"[", b"]"),
    *(b"{", b"}", b"=", b",", b";", b":", b"-", b"-r ", b" -c x ", b"${X}", b"*", b"^", b"||", b"&a ", b"9" * 5000),
    *(b"[[package]]\n", b"name = 3\n", b"(" * 300, b"[" * 300, b"\xef\xbb\xbf", b"a @ ", b"@", b"://", b"#egg=", b"."),
)


@pytest.mark.parametrize("path", GOOD)
def test_no_change_of_a_good_file_ends_in_an_exception(path: str) -> None:
    chance = random.Random(path)
    good = GOOD[path].encode()
    for _ in range(250):
        data = bytearray(good)
        for _ in range(chance.choice((1, 1, 2, 5))):
            chance.choice(_CHANGES)(data, chance)
        found = manifest(path, bytes(data))
        last = data.count(b"\n") + data.count(b"\r") + 1
        _check(found, last)


@pytest.mark.parametrize("path", sorted(set(GOOD) - {"requirements.txt", "setup.py", "setup.cfg", "environment.yml"}))
@pytest.mark.parametrize("other", ["3", "true", '"x"', "[]", "[3]", "{}", '[["a"]]', '[{"a": 1}]', '{"a": {"b": [1]}}'])
def test_a_value_of_another_type_is_told_or_passed_over(path: str, other: str) -> None:
    good = GOOD[path]
    value = other if path.endswith("Pipfile.lock") else other.replace(": ", " = ")
    marks = [at for at in range(len(good)) if good.startswith((" = ", ": "), at)]
    for at in marks:
        end = good.find("\n", at)
        start = good.index(" ", at + 1) + 1
        trailing = "," if good[:end].endswith(",") else ""
        _check(manifest(path, f"{good[:start]}{value}{trailing}{good[end:]}"), good.count("\n") + 1)


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("requirements.txt", "p{n}==1.{n} \\\n  --hash=sha256:00\n"),
        ("requirements.txt", "p{n} >= 1.{n}, <2 ; python_version < '3.8'\n"),
        ("poetry.lock", '[[package]]\nname = "p{n}"\nversion = "1.{n}"\n[package.dependencies]\np{m} = "*"\n'),
        ("uv.lock", '[[package]]\nname = "p{n}"\nversion = "1.{n}"\ndependencies = [{{ name = "p{m}" }}]\n'),
        ("pdm.lock", '[[package]]\nname = "p{n}"\nversion = "1.{n}"\ndependencies = ["p{m}>=1"]\n'),
        ("pylock.toml", '[[packages]]\nname = "p{n}"\nversion = "1.{n}"\ndependencies = [{{ name = "p{m}" }}]\n'),
    ],
)
def test_two_thousand_packages_are_read_at_once(path: str, piece: str) -> None:
    text = "".join(piece.format(n=n, m=(n * 7) % 2000) for n in range(2000))
    started = time.process_time()
    found = manifest(path, text)
    assert time.process_time() - started < 3
    assert (len(found.requirements), found.problems) == (2000, ())


def test_megabytes_are_read() -> None:
    text = '[[package]]\nname = "a"\nversion = "1"\nx = """' + "[[package]]\nname = 1\n" * 200_000 + '"""\n'
    found = manifest("uv.lock", text)
    assert [(one.name, one.line) for one in found.requirements] == [("a", 3)]
    values = "[project]\ndependencies = [" + '"a",\n' * 150_000 + "]\n"
    found = manifest("pyproject.toml", values)
    assert len(found.requirements) == 100_000
    assert found.problems == ((100_002, "more than 100,000 packages: the rest is not read"),)
    large = manifests({"requirements.txt": b"a\n" * (17 << 20)})["requirements.txt"]
    assert large.problems == ((0, "35,651,584 bytes: more than 33,554,432 are not read"),)


def _check(found: Manifest, last: int) -> None:
    """What holds for every manifest, whatever it was read from."""
    for one in found.requirements:
        assert 1 <= one.span.start <= one.line <= one.span.end <= last
        assert bool(one.version) == (one.pin is Pin.EXACT)
        assert one.shown
    for line, text in found.problems:
        assert 0 <= line <= last
        assert text


def _put_in(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(_NASTY)


def _take_out(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    del data[at : at + chance.choice((1, 1, 3, 40))]


def _repeat(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.randrange(80)]
    other = chance.randrange(len(data) + 1)
    data[other:other] = piece


def _flip(data: bytearray, chance: random.Random) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    if not chance.randrange(8):
        del data[chance.randrange(len(data) + 1) :]


_CHANGES: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (_put_in, _take_out, _repeat, _flip, _cut)
