"""A file that is not as it should be is refused with every problem, its line and what was expected."""

import time
from datetime import UTC, datetime

import pytest

from reviewtui.errors import BrokenFileError, Problem
from reviewtui.model.finding import Finding, FindingId, Kind
from reviewtui.model.place import LineSpan
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.store.findings import dumps, parse, parse_bytes

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
FINDING = """
[[finding]]
id = "k3v9x0ab"
title = "SQL injection"
author = "mira"
created = 2026-05-04T12:30:00Z
"""
MARK = """
[[mark]]
path = "a.py"
by = "mira"
at = 2026-05-04T12:30:00Z
lines = 90
"""
LONG = "x: expected a number of 64 bits at most, not a number of more than 64 bits"


def problems(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(BrokenFileError) as caught:
        parse_bytes(text if isinstance(text, bytes) else text.encode(), "findings.toml")
    assert caught.value.name == "findings.toml"
    return [(problem.line, problem.text) for problem in caught.value.problems]


def test_the_least_that_a_person_has_to_write_is_enough() -> None:
    finding = Finding(FindingId("k3v9x0ab"), "SQL injection", "mira", AT, AT, Kind.FINDING, State.OPEN)
    assert parse(f"format = 1\n{FINDING}", "x") == Review(findings={finding.id: finding})


def test_every_problem_is_named_with_its_line() -> None:
    text = """format = 1

[review]
title = 7
commit = "HEAD"

[[finding]]
id = "k3v9x0ab"
title = "SQL injection"
author = "mira"
created = 2026-05-04T12:30:00
severity = "awful"
cwe = [89, "79"]
description = \"\"\"
[[finding]]
id = 3
\"\"\"

  [[finding.place]]
  path = "/etc/passwd"
  start = 9
  end = 3

  [[finding.place]]
  path = "shop/../../x.py"
  start = 0
  commit = "--upload-pack=touch x"

[[verdict]]
fingerprint = "ab cd"
state = 'perhaps'
at = "yesterday"

[[mark]]
"path" = ".git/config"
by = "mira"
at = 2026-05-04T12:30:00Z
lines = true
ranges = ["1-40", "9-3"]
"""
    inside = "is not a path inside the repository: give one relative to its root, without '..'"
    states = "one of open, confirmed, fixed, verified, false_positive, accepted_risk, out_of_scope, duplicate"
    moment = "expected a time with its zone, such as 2026-05-04T12:30:00Z, not"
    digits = "expected an object id of git in small hexadecimal digits, not"
    assert problems(text) == [
        (4, "review, title: expected a text, not 7"),
        (5, f"review, commit: {digits} 'HEAD'"),
        (11, f"finding 1, created: {moment} 2026-05-04 12:30:00"),
        (12, "finding 1, severity: expected one of critical, high, medium, low, info, not 'awful'"),
        (13, "finding 1, cwe: expected a list of whole numbers from 1 to 1000000000, not such a list"),
        (20, f"finding 1, place 1, path: '/etc/passwd' {inside}"),
        (22, "finding 1, place 1, end: it lies before the start in line 9"),
        (25, f"finding 1, place 2, path: 'shop/../../x.py' {inside}"),
        (26, "finding 1, place 2, start: expected a whole number from 1 to 1000000000, not 0"),
        (27, f"finding 1, place 2, commit: {digits} '--upload-pack=touch x'"),
        (29, "verdict 1, by: a text is missing"),
        (29, "verdict 1, rule: a text is missing"),
        (29, "verdict 1, tool: a text is missing"),
        (
            30,
            "verdict 1, fingerprint: expected up to 200 visible ASCII characters without blanks, not 'ab cd'",
        ),
        (31, f"verdict 1, state: expected {states}, not 'perhaps'"),
        (32, f"verdict 1, at: {moment} 'yesterday'"),
        (35, f"mark 1, path: '.git/config' {inside}"),
        (38, "mark 1, lines: expected a whole number from 0 to 1000000000, not true"),
        (39, "mark 1, ranges: expected lines such as '1-40' or '52', not '9-3'"),
    ]


def test_the_message_shows_all_problems_under_the_name_of_the_file() -> None:
    with pytest.raises(BrokenFileError) as caught:
        parse("format = 1\nfinding = 3\nmark = 4\n", "findings.toml")
    assert str(caught.value) == (
        "findings.toml cannot be used:\n"
        "  line 2: finding: expected tables [[finding]], not 3\n"
        "  line 3: mark: expected tables [[mark]], not 4"
    )


def test_a_newer_format_is_refused_before_anything_else() -> None:
    assert problems("# new\nformat = 2\nfinding = 'another shape'\n") == [
        (2, "format 2 is newer than this program knows; update reviewtui")
    ]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "[review]\n"])
def test_a_file_without_a_format_is_no_findings_file(text: str) -> None:
    assert problems(text) == [(0, "format: `format = 1` is missing at the top")]


def test_a_format_that_is_no_number_is_named_at_its_line() -> None:
    expected = "format: expected a whole number from 1 to 1000000000, not '1'"
    assert problems("\nformat = '1'\n") == [(2, expected)]


def test_markers_of_a_merge_are_named_as_such() -> None:
    text = f"format = 1\n<<<<<<< HEAD\n{FINDING}=======\n{FINDING}>>>>>>> other branch\n"
    assert problems(text) == [
        (2, "the marker <<<<<<< of a merge conflict; settle the conflict first"),
        (9, "the marker ======= of a merge conflict; settle the conflict first"),
        (16, "the marker >>>>>>> of a merge conflict; settle the conflict first"),
    ]


def test_markers_inside_a_text_do_not_pass_for_the_text() -> None:
    text = f'format = 1\n{FINDING}description = """\n<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other\n"""\n'
    assert [line for line, _ in problems(text)] == [9, 11, 13]


def test_a_heading_underlined_like_a_marker_is_a_text() -> None:
    text = f'format = 1\n{FINDING}description = """\nHeading\n=======\n"""\n'
    (finding,) = parse(text, "x").findings.values()
    assert finding.description == "Heading\n=======\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"format = 1\n\xff\n", (2, "byte 0xff is not UTF-8; save the file as UTF-8")),
        ("format = 1\n".encode("utf-16"), (1, "byte 0xff is not UTF-8; save the file as UTF-8")),
        (b"\xef\xbb\xbfformat = 1\n", (1, "it starts with a byte order mark; save it as UTF-8 without one")),
        (b"format = 1\nformat = 1\n", (2, "not TOML: Cannot overwrite a value")),
        (b"format = 1\n\x00\n", (2, "not TOML: Invalid statement")),
        (b"format = 1\rx = 2\n", (1, "not TOML: Expected newline or end of document after a statement")),
        (b"format = 1\nx = " + b"[" * 9000, (0, "not usable: lists or tables are nested too deeply")),
        (b"format = 1\n" + b"a." * 9000 + b"b = 1", (2, "a key with more than 16 parts; nobody writes so many")),
        (b"format = 1\n[" + b"'a' . " * 20 + b"b]", (2, "a key with more than 16 parts; nobody writes so many")),
        (b"format = 1\nx = {" + b"a." * 20 + b"b=1}", (2, "a key with more than 16 parts; nobody writes so many")),
        (b"format = 1\nx = nan\n", (2, "x: expected a value that equals itself, not nan")),
        (b"format = 1\nx = [[{y = nan}]]\n", (2, "x: expected a value that equals itself, not nan")),
        (b"format = 1\nx = 0x" + b"f" * 50_000, (2, LONG)),
        (b"format = 1\nx = " + b"[" * 30 + b"]" * 30, (2, "x: lists and tables can be 16 deep at most")),
    ],
)  # fmt: skip
def test_what_is_no_file_of_ours_is_refused_in_words(data: bytes, expected: tuple[int, str]) -> None:
    assert problems(data) == [expected]


def test_a_number_too_long_for_python_is_refused_in_words() -> None:
    ((line, text),) = problems(b"format = 1\nx = " + b"9" * 5000)
    assert (line, text[:31]) == (0, "not TOML: Exceeds the limit (43")


@pytest.mark.parametrize(
    "value",
    ["2026-05-04T12:30:00", "2026-05-04", "12:30:00", "9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00Z", "1", "''"],
)
def test_a_time_needs_a_zone_and_a_sane_year(value: str) -> None:
    ((line, text),) = problems(f"format = 1\n{FINDING}updated = {value}\n")
    assert (line, text.split(",")[1]) == (8, " updated: expected a time with its zone")


def test_two_entries_of_one_id_are_named_at_the_second() -> None:
    assert problems(f"format = 1\n{FINDING}{FINDING}{MARK}{MARK}") == [
        (9, "finding 2: there is another finding 'k3v9x0ab'; one of them has to go"),
        (21, "mark 2: there is another mark 'a.py, mira, all'; one of them has to go"),
    ]


def test_a_thousand_problems_are_not_a_thousand_lines() -> None:
    found = problems("format = 1\n" + "[[finding]]\n" * 1000)
    assert len(found) == 51
    assert found[-1] == (0, "and 3950 more")


def test_lists_and_inline_tables_have_the_line_of_their_key() -> None:
    text = """format = 1
mark = [
  {path = "a.py"},
  {path = "b.py", by = "m", at = 2026-05-04T12:30:00Z, lines = -1},
]
"""
    assert problems(text) == [
        (2, "mark 1, at: a time with its zone, such as 2026-05-04T12:30:00Z is missing"),
        (2, "mark 1, by: a text is missing"),
        (2, "mark 2, lines: expected a whole number from 0 to 1000000000, not -1"),
    ]


def test_ranges_that_a_merge_left_unsorted_are_joined() -> None:
    review = parse(f'format = 1\n{MARK}ranges = ["50-60", "1-40", "41", "30-52"]\n', "x")
    assert review.marks["a.py", "mira", "all"].ranges == (LineSpan(1, 60),)


def test_unknown_keys_are_kept_at_every_level_and_written_back() -> None:
    text = dumps(parse(f"format = 1\n{FINDING}", "x"))
    text = text.replace("\n[[finding]]", 'later = [1.5, { a = 1 }]\n\n[review]\nmood = "good"\n\n[[finding]]')
    text += 'stars = 5\n\n[[finding.place]]\npath = "a.py"\nsoft = false\n\n[[finding.place.look]]\nwho = "joe"\n'
    text += '\n[[finding.history]]\nat = 2026-05-04T12:30:00Z\nby = "mira"\nfield = "created"\nzone = 07:32:00\n'
    text += '\n[finding.more.inside]\n\n[agreement]\nby = "joe"\n'
    text = text.replace("[finding.more.inside]", "[finding.more]\n\n[finding.more.inside]")
    assert dumps(parse(text, "x")) == text


def test_a_hostile_file_of_a_megabyte_is_refused_or_read_in_seconds() -> None:
    started = time.process_time()
    for text in (
        "x = '" + "a." * 500_000 + "'",
        'x = "' + '\\"' * 500_000 + '"',
        "x = '''" + "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q\n" * 30_000 + "'''",
        '"""' + '\\"""' * 250_000,
        "a" * 1_000_000 + ".b = 1",
        "\n".join(f"k{number}." + "a." * 990 + "b = 1" for number in range(500)),
        "\n".join(["<<<<<<< a", ">>>>>>> b"] * 50_000),
    ):
        try:
            parse(f"format = 1\n{text}\n", "x")
        except BrokenFileError as error:
            assert len(error.problems) <= 51
    assert time.process_time() - started < 20


def test_a_problem_equals_another_of_the_same_line_and_text() -> None:
    assert Problem(1, "a") == Problem(1, "a")
    assert Problem(1, "a") != Problem(2, "a")
