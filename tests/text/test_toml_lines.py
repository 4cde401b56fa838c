"""Every key of a file is found on its line, whatever the texts around it look like."""

import pytest
import tomli

from reviewtui.store.findings import dumps
from reviewtui.text.toml_lines import key_lines, line_of, long_key_line
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
