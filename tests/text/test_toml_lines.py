"""Every key of a file is found on its line, whatever the texts around it look like."""

import re

import pytest
import tomli

from reviewtui.store.findings import dumps
from reviewtui.text.toml_lines import MAX_VALUE_DEPTH, KeyPath, key_lines, line_of, long_key_line, value_lines
from tests.store.nasty import Nasty


@pytest.mark.parametrize("seed", range(60))
def test_every_key_of_a_nasty_file_is_found_on_its_line(seed: int) -> None:
    text = dumps(Nasty(seed).review())
    lines, found = text.split("\n"), key_lines(text)
    count = 0
    for table, entries in tomli.loads(text).items():
        if table not in ("finding", "verdict", "answer", "mark"):
            continue
        for number, entry in enumerate(entries):
            assert lines[found[table, number] - 1] == f"[[{table}]]"
            for key in ("id", "author", "created", "fingerprint", "at", "item", "by", "path"):
                if key in entry:
                    assert lines[found[table, number, key] - 1].startswith(f"{key} = ")
                    count += 1
            for inner, place in enumerate(entry.get("place", ()) if table == "finding" else ()):
                assert lines[found[table, number, "place", inner, "path"] - 1].startswith("path = ")
                assert "path" in place
    assert count or seed


def test_what_is_not_in_the_text_has_the_line_of_what_is_around_it() -> None:
    lines = key_lines("a = 1\n\n[b]\nc = [\n  { d = 1 },\n]\n[[e.f]]\ng.h = 1\n'i j' = 2\n")
    assert lines == {
        ("a",): 1,
        ("b",): 3,
        ("b", "c"): 4,
        ("e", "f", 0): 7,
        ("e", "f", 0, "g"): 8,
        ("e", "f", 0, "g", "h"): 8,
        ("e", "f", 0, "i j"): 9,
    }
    assert line_of(("b", "c", 0, "d"), lines) == 4
    assert line_of(("e", "f", 0, "x"), lines) == 7
    assert line_of(("x", "y"), lines) == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\n" + "a." * 16 + "b = 1", 2),
        ("a = 1\n" + "a." * 15 + "b = 1", 0),
        ("a = '''\n" + "a." * 16 + "b = 1\n'''", 0),
        ("# " + "a." * 16 + "b = 1", 0),
        ("a = '''\n'''\n" + '"a" . ' * 16 + "b = 1", 3),
        ("a = '\n" + "a." * 16 + "b = 1", 2),
    ],
)
def test_a_key_of_very_many_parts_is_found_outside_of_texts(text: str, line: int) -> None:
    assert long_key_line(text) == line


def test_elements_and_inner_keys_have_lines_of_their_own() -> None:
    text = """\
[p]  # [
a = [ # "x"
  "b]", 'c[',
  \"\"\"d
"]\"\"\", [
    1.5, { e.f = [2,

3], "g h" = "}" }
  ],
]
i = {}
j = { k = [ ] }
[[q]]
l = { m = "x", n = [
"o",
"p"
] }
"""
    values = tomli.loads(text)
    lines = value_lines(text)
    assert lines == {
        ("p",): 1,
        ("p", "a"): 2,
        ("p", "a", 0): 3,
        ("p", "a", 1): 3,
        ("p", "a", 2): 4,
        ("p", "a", 3): 5,
        ("p", "a", 3, 0): 6,
        ("p", "a", 3, 1): 6,
        ("p", "a", 3, 1, "e"): 6,
        ("p", "a", 3, 1, "e", "f"): 6,
        ("p", "a", 3, 1, "e", "f", 0): 6,
        ("p", "a", 3, 1, "e", "f", 1): 8,
        ("p", "a", 3, 1, "g h"): 8,
        ("p", "i"): 11,
        ("p", "j"): 12,
        ("p", "j", "k"): 12,
        ("q", 0): 13,
        ("q", 0, "l"): 14,
        ("q", 0, "l", "m"): 14,
        ("q", 0, "l", "n"): 14,
        ("q", 0, "l", "n", 0): 15,
        ("q", 0, "l", "n", 1): 16,
    }
    assert set(lines) == set(_paths(values))
    assert value_lines(text.replace("\n", "\r\n")) == lines


@pytest.mark.parametrize("seed", range(20))
def test_every_value_of_a_nasty_file_has_a_line(seed: int) -> None:
    text = dumps(Nasty(seed).review())
    lines = value_lines(text)
    assert key_lines(text).items() <= lines.items()
    plain = {path for path in _paths(tomli.loads(text)) if all(re.fullmatch(r"[\w-]+", str(part)) for part in path)}
    assert plain <= lines.keys()
    assert len(plain) > 3


def test_what_is_very_deep_has_the_line_of_what_is_around_it() -> None:
    text = "a = " + "[\n" * 40 + "1" + "]" * 40 + "\nb = [2,\n3]"
    lines = value_lines(text)
    assert len(lines) == 1 + MAX_VALUE_DEPTH + 3
    assert line_of(("a", *[0] * 40), lines) == MAX_VALUE_DEPTH + 1
    assert lines["b", 1] == 43


def _paths(value: object, path: KeyPath = ()) -> list[KeyPath]:
    """The paths of all tables, keys and elements; an array of tables stands as its elements."""
    is_of_tables = isinstance(value, list) and bool(value) and all(isinstance(inner, dict) for inner in value)
    found = [path] if path and not is_of_tables else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += _paths(inner, (*path, number))
    return found
