"""A path that was parsed cannot lead out of the repository and always names a file."""

import os

import pytest

from reviewtui.errors import BadPathError
from reviewtui.model.place import LineSpan, Place, RepoPath


@pytest.mark.parametrize(
    "text",
    ["a.py", "shop/orders.py", "..py", ".gitignore", "a b\n\x1b.py", "日本.py", os.fsdecode(b"caf\xe9/\xff"), "a\\b"],
)
def test_a_path_inside_is_taken_as_it_is(text: str) -> None:
    path = RepoPath.parse(text)
    assert path == text
    assert os.fsdecode(os.fsencode(path)) == path


@pytest.mark.parametrize(
    "text",
    [
        *("", "/etc/passwd", "..", "../x", "a/../b", "a//b", "./a", "a/", "a/.", ".git/config", "a/.GIT/x", "a\0b"),
        *("\ud83d.py", "\udc41.py", "\udcc3\udca9.py"),
    ],
)
def test_a_path_that_leads_out_or_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadPathError, match="is not a path inside the repository"):
        RepoPath.parse(text)


def test_a_path_knows_its_parts() -> None:
    assert (RepoPath("shop/orders.py").name, RepoPath("shop/orders.py").folder) == ("orders.py", "shop")
    assert (RepoPath("a.py").name, RepoPath("a.py").folder) == ("a.py", "")


def test_a_span_counts_both_ends() -> None:
    span = LineSpan(3, 5)
    assert (span.count, str(span), str(LineSpan(3, 3))) == (3, "3-5", "3")
    assert [line in span for line in (2, 3, 5, 6)] == [False, True, True, False]
    assert [span.overlaps(LineSpan(*other)) for other in ((1, 2), (1, 3), (5, 9), (6, 9))] == [False, True, True, False]


@pytest.mark.parametrize(("start", "end"), [(0, 1), (-1, 5), (5, 4)])
def test_a_span_that_is_none_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="are no span"):
        LineSpan(start, end)


def test_a_place_is_said_as_people_say_it() -> None:
    place = Place(RepoPath("a.py"), LineSpan(3, 5))
    assert (str(place), str(place.at(None)), str(place.at(LineSpan(7, 7)))) == ("a.py:3-5", "a.py", "a.py:7")
