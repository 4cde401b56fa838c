import pytest

from reviewtui.text.zones import Zones

LETTERS = {"code": "k", "string": "s", "comment": "c", "text": "t", "words": "w"}


def drawn(name: str, text: str) -> str:
    """The zone of each character, as a letter."""
    zones = Zones(name, text)
    return "".join(LETTERS[zones.at(offset)] for offset in range(len(text)))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.py", 'x = "s" # c\ny', "kkkksssk" + "ccckk"),
        ("a.py", "'''a\nb''' + 1", "ssssssss" + "skkkk"),
        ("a.py", "k\n'''open # s", "kk" + "sssssssssss"),
        ("a.js", "a // c\n/* b */ `t`", "kkcccc" + "kccccccckss" + "s"),
        ("a.js", r"'\' // s' b", "sssssssssk" + "k"),
        ("a.sh", "a # c", "kkccc"),
        ("q.sql", "a -- c", "kkcccc"),
        ("a.json", '{"a": 1}', "sssssss" + "s"),
        ("a.html", "t<b a>t{{ x }}<!--c-->", "tkkkkktkkkkkkk" + "cccccccc"),
        ("readme.md", "a # b", "ttttt"),
        ("locale/de/x.py", "a", "w"),
        ("a.po", "a", "w"),
    ],
)
def test_each_character_has_its_zone(name: str, text: str, expected: str) -> None:
    assert drawn(name, text) == expected


def test_zones_may_be_asked_for_in_any_order() -> None:
    text = "a = 'b' # c\n" * 50
    zones, whole = Zones("a.py", text), drawn("a.py", text)
    for offset in (len(text) - 1, 0, 300, 5, 299):
        assert LETTERS[zones.at(offset)] == whole[offset]
    assert zones.around(4) == (4, 7, "string")
