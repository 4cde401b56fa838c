"""The hash of code scanning, against known values and against the rolling way in which it is defined."""

import random

import pytest

from reviewtui.formats.sarif.line_hash import LineHashes, line_hash


def line_hashes(lines: list[str], *, ends_with_newline: bool = True) -> list[str]:
    hashes = LineHashes(lines, ends_with_newline=ends_with_newline)
    return [hashes.of(line) for line in range(1, len(lines) + 1)]


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("a = 1\nb = 2\n", ["3500b72a4d7dbe57:1", "4cd2d5cdff705f66:1"]),
        ("x\nx\nx", ["7545a5cd8f1edc23:1", "d1918fd5e068b4e9:1", "638816509450efbf:1"]),
        ('é = "ü"\n\tif x:\n', ["9a67f8283ca776aa:1", "b4e7645420d3b86:1"]),
    ],
)
def test_known_hashes(text: str, hashes: list[str]) -> None:
    ends = text.endswith("\n")
    assert line_hashes(text.removesuffix("\n").split("\n"), ends_with_newline=ends) == hashes


def test_it_is_the_rolling_hash_of_the_definition() -> None:
    chance = random.Random(37)
    for _ in range(60):
        lines = ["".join(chance.choices("ab \t(\u00e9\U0001f600", k=chance.randrange(0, 60))) for _ in range(30)]
        for ends in (True, False):
            text = "\n".join(lines) + ("\n" if ends else "")
            assert line_hashes(lines, ends_with_newline=ends) == _rolling(text, len(lines))


def test_a_line_that_comes_again_is_counted() -> None:
    same = ["same line", "x" * 120, "same line", "x" * 120]
    first, _, third, _ = line_hashes(same)
    assert first.split(":")[0] == third.split(":")[0]
    assert (first.split(":")[1], third.split(":")[1]) == ("1", "2")


def test_an_endless_line_costs_no_more_than_its_beginning() -> None:
    lines = ["ab " * 30_000_000]
    assert line_hash(lines, 1) == line_hash(["ab " * 100], 1)


def _rolling(text: str, count: int) -> list[str]:
    """Every unit is fed once; a line's hash is there when a hundred have been fed since it began."""
    data = text.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)]
    ring = [0] * 100
    value, at = 0, 0
    begun: dict[int, int] = {}
    found: dict[int, str] = {}
    times: dict[str, int] = {}
    line, at_start = 0, True
    for number, unit in enumerate([*[u for u in units if u not in (32, 9)], 65535, *[0] * 100]):
        if at_start:
            line += 1
            begun[number + 100] = line
            at_start = False
        if number in begun:
            found[begun[number]] = f"{value:x}"
        value = (value * 37 + unit - pow(37, 100) * ring[at]) % 2**64
        ring[at] = unit
        at = (at + 1) % 100
        at_start = unit == 10
    hashes = []
    for number in range(1, count + 1):
        times[found[number]] = times.get(found[number], 0) + 1
        hashes.append(f"{found[number]}:{times[found[number]]}")
    return hashes
