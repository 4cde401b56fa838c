"""Where places are now, as far as it can be looked up before the next key."""

from reviewtui.errors import SourceError
from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.text.source import SourceText, decode
from reviewtui.tui.whereabouts import BUDGET, LOST, line_of, said, whereabouts

TEXT = "first = step(1)\nsecond = step(2)\nthird = step(3)\n"


def recorded(name: str, line: int, text: str = TEXT) -> Place:
    source = decode(text.encode(), name)
    return make_place(RepoPath(name), LineSpan(line, line), source.lines, blob=source.blob)


def test_each_file_is_read_once_and_a_gone_one_is_lost() -> None:
    asked = []

    def text_of(path: RepoPath) -> SourceText:
        asked.append(path)
        if path == "gone.py":
            raise SourceError("gone")
        return decode(("import os\n" + TEXT).encode(), path)

    places = [recorded("a.py", 1), recorded("gone.py", 1), recorded("a.py", 3), recorded("gone.py", 2)]
    assert whereabouts(places, text_of) == [
        Located(LineSpan(2, 2), PlaceState.MOVED),
        LOST,
        Located(LineSpan(4, 4), PlaceState.MOVED),
        LOST,
    ]
    assert asked == ["a.py", "gone.py"]


def test_what_would_take_too_long_is_not_looked_up_and_says_so() -> None:
    long = TEXT + "x = 1\n" * (BUDGET // 5)

    def text_of(path: RepoPath) -> SourceText | None:
        return None if path == "large.py" else decode(long.encode(), path)

    places = [recorded("large.py", 2), recorded("a.py", 2), recorded("b.py", 2)]
    found = whereabouts(places, text_of)
    assert found == [None, Located(LineSpan(2, 2), PlaceState.EXACT), None]
    assert [line_of(place, where) for place, where in zip(places, found, strict=True)] == [2, 2, 2]
    assert said(found[0]) == "not looked up: the file is large"


def test_a_place_on_a_whole_file_is_on_its_first_line() -> None:
    place = Place(RepoPath("a.py"))
    assert (line_of(place, LOST), line_of(place, Located(None, PlaceState.EXACT))) == (1, 1)
