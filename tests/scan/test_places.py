"""Where places are now: one reading of each file, and lost rather than wrong."""

from dataclasses import replace

from reviewtui.errors import SourceError
from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.finding import FindingId
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.scan.places import PlaceNow, places_now
from reviewtui.text.source import SourceText, decode
from tests.formats.example import review

OLD = ["import os", "", "def run(name):", "    return os.system(name)", "", "x = 1"]
NEW = b"# moved\nimport os\n\ndef run(name):\n    return os.system(name)\n\ny = 1\n"


def test_each_file_is_read_once_and_every_place_is_found() -> None:
    here, gone = RepoPath("a.py"), RepoPath("gone\x1b.py")
    spots = [make_place(here, LineSpan(3, 4), OLD), make_place(here, LineSpan(6, 6), OLD), Place(gone), Place(here)]
    example = review().findings[FindingId("k3v9x2ab")]
    first, second = (
        replace(example, places=(spots[0], spots[2])),
        replace(example, id=FindingId("b"), places=(spots[1], spots[3])),
    )
    asked: list[RepoPath] = []

    def read(path: RepoPath) -> SourceText:
        asked.append(path)
        if path == gone:
            raise SourceError("it is gone")
        return decode(NEW, path)

    assert list(places_now([first, second], read)) == [
        PlaceNow(first.id, 0, spots[0], Located(LineSpan(4, 5), PlaceState.MOVED)),
        PlaceNow(second.id, 0, spots[1], Located(None, PlaceState.LOST)),
        PlaceNow(second.id, 1, spots[3], Located(None, PlaceState.EXACT)),
        PlaceNow(first.id, 1, spots[2], Located(None, PlaceState.LOST), "it is gone"),
    ]
    assert asked == [here, gone]


def test_it_stops_when_it_is_told_to() -> None:
    finding = replace(review().findings[FindingId("k3v9x2ab")], places=(Place(RepoPath("a")), Place(RepoPath("b"))))
    asked: list[RepoPath] = []

    def read(path: RepoPath) -> SourceText:
        asked.append(path)
        return decode(b"")

    assert len(list(places_now([finding], read, lambda: bool(asked)))) == 1
    assert asked == [RepoPath("a")]
