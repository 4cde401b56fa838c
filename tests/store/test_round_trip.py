"""What is written is read back as it was, and the same review gives the same bytes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewtui.errors import StoreError
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.hit import NOWHERE, Fingerprint
from reviewtui.model.place import Anchor, LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.store.findings import Writer, dumps, parse, parse_bytes
from tests.store.nasty import Nasty

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


def finding(name: str = "k3v9x0ab") -> Finding:
    return Finding(FindingId(name), "SQL injection", "mira", AT, AT)


def with_text(text: str) -> Review:
    return Review().with_finding(replace(finding(), description=text))


@pytest.mark.parametrize("seed", range(150))
def test_every_review_comes_back_as_it_was(seed: int) -> None:
    review = Nasty(seed).review()
    text = dumps(review)
    again = parse_bytes(text.encode(), "findings.toml")
    assert again == review
    assert dumps(again) == text


@pytest.mark.parametrize("seed", range(150))
def test_a_file_holds_no_trailing_blank_no_control_character_and_no_line_of_a_merge(seed: int) -> None:
    text = dumps(Nasty(seed).review())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert re.findall(r"[ \t]+$", text, re.MULTILINE) == []
    assert re.findall(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)", text, re.MULTILINE) == []
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", text) == []


def test_the_same_review_gives_the_same_bytes_in_whatever_order_it_was_made() -> None:
    one, two = finding("aaaaaaaa"), finding("bbbbbbbb")
    there = replace(Review().with_finding(one).with_finding(two), extra={"b": 1, "a": {"y": 1, "x": 2}})
    back = replace(Review().with_finding(two).with_finding(one), extra={"a": {"x": 2, "y": 1}, "b": 1})
    assert dumps(there) == dumps(back)


def test_an_empty_review_is_one_line() -> None:
    assert dumps(Review()) == "format = 1\n"
    assert parse("format = 1\n", "x") == Review()


def test_a_file_looks_as_people_would_write_it() -> None:
    place = Place(
        RepoPath("shop/orders.py"),
        LineSpan(41, 42),
        "sink",
        anchor=Anchor("a" * 40, "b" * 40, "lookup", "x = 1\ny = 2", "def lookup():", ""),
    )
    review = Review("Shop", commit="a" * 40, reviewers=("mira", "joe")).with_finding(
        replace(finding(), cwe=(89, 564), tags=("sql",), description='Say "no".\nTwice.', places=(place,))
    )
    assert dumps(review) == (
        "format = 1\n"
        "\n"
        "[review]\n"
        'title = "Shop"\n'
        f'commit = "{"a" * 40}"\n'
        'reviewers = ["mira", "joe"]\n'
        "\n"
        "[[finding]]\n"
        'id = "k3v9x0ab"\n'
        'kind = "finding"\n'
        'title = "SQL injection"\n'
        'state = "open"\n'
        "cwe = [89, 564]\n"
        'tags = ["sql"]\n'
        'author = "mira"\n'
        "created = 2026-05-04T12:30:00Z\n"
        'description = """\n'
        'Say \\"no\\".\n'
        'Twice."""\n'
        "\n"
        "[[finding.place]]\n"
        'path = "shop/orders.py"\n'
        "start = 41\n"
        "end = 42\n"
        'role = "sink"\n'
        f'commit = "{"a" * 40}"\n'
        f'blob = "{"b" * 40}"\n'
        'symbol = "lookup"\n'
        'text = """\n'
        "x = 1\n"
        'y = 2"""\n'
        'before = "def lookup():"\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nb\r\n",
        "a\rb",
        "ends in blank \nand tab\t\n ",
        '"""',
        'ends in a quote"\n"',
        "\n",
        "\n\n",
        "\x00\x1b\x7f\x85\u2028",
        "lone \ud83d surrogate, byte \udce9, and the words \\ud83d \\udce9 \\u005c \\UDCE9 \\\udce9 \\u\udce9",
        "<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> theirs\n",
        "an object id 1.3.6.1.4.1.311.21.8.7.6.5.4.3.2.1.0",
    ],
)
def test_no_text_is_changed_by_writing_it(text: str) -> None:
    assert parse(dumps(with_text(text)), "x") == with_text(text)


def test_a_long_list_stands_with_one_value_on_a_line() -> None:
    text = dumps(Review(scope=tuple(f"package_{number}/**/*.py" for number in range(9))))
    assert 'scope = [\n    "package_0/**/*.py",\n    "package_1/**/*.py",\n' in text


def test_a_crlf_file_is_read_as_the_lf_file_that_it_was() -> None:
    review = Nasty(7).review()
    assert parse(dumps(review).replace("\n", "\r\n"), "x") == review


@pytest.mark.parametrize(
    "broken",
    [
        replace(finding(), created=AT.replace(tzinfo=None)),
        replace(finding(), created=AT.replace(year=9999)),
        replace(finding(), id=FindingId("no id")),
        replace(finding(), cwe=(0,)),
        replace(finding(), extra={"title": "twice"}),
        replace(finding(), extra={"a": object()}),
        replace(finding(), places=(Place(RepoPath("../x")),)),
        replace(finding(), places=(Place(RepoPath("x"), anchor=Anchor("--output=x")),)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(broken: Finding) -> None:
    with pytest.raises(StoreError, match="This finding cannot be saved"):
        dumps(Review(findings={broken.id: broken}))


def test_an_unknown_table_cannot_pass_for_an_entry() -> None:
    with pytest.raises(StoreError, match="What the review says of itself cannot be saved"):
        dumps(Review(extra={"finding": [{"id": "x"}]}))


def test_a_writer_gives_what_dumps_gives_however_often_the_review_changes() -> None:
    writer, review = Writer(), Nasty(3).review()
    writer.dumps(review)
    writer.trust(parse(dumps(review), "x"))
    for seed in range(20):
        review = replace(review, findings={**review.findings, **Nasty(seed).review().findings}, title=str(seed))
        assert writer.dumps(review) == dumps(review)
    bare = replace(review, findings={})
    assert writer.dumps(bare) == dumps(bare)


def test_a_decision_on_a_hit_without_a_place_comes_back_and_nothing_else_may_lack_its_path() -> None:
    decision = Verdict(
        Fingerprint("a" * 32), "osv", "CVE-2026-1", State.FALSE_POSITIVE, "not called", "mira", AT, Place(NOWHERE)
    )
    review = Review().with_verdict(decision)
    assert parse(dumps(review), "findings.toml") == review
    with pytest.raises(StoreError, match="is not a path inside the repository"):
        dumps(Review().with_finding(replace(finding(), places=(Place(NOWHERE),))))
