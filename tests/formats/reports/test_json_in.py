"""Reports as bytes: what is read of a broken one, and what is said about it."""

import codecs
import json

import pytest

from reviewtui.errors import ReportError
from reviewtui.formats import json_in
from reviewtui.formats.json_in import load
from reviewtui.formats.problems import LISTED, Problems
from reviewtui.formats.record import Record

TEXT = '{"a": "grün", "b": [1, 2.5, true, null]}'
VALUE = {"a": "grün", "b": [1, 2.5, True, None]}


def told(data: bytes) -> tuple[object, tuple[str, ...], bool]:
    loaded = load(data, "r.json")
    return loaded.value, loaded.problems.listed(), loaded.is_whole


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\r\n\t " + TEXT.encode() + b"\n\n",
    ],
)
def test_every_encoding_that_tools_write_is_read(data: bytes) -> None:
    assert told(data) == (VALUE, (), True)


def test_bytes_that_are_not_utf8_are_kept_as_names_of_files_have_them() -> None:
    assert told(b'{\n"f": "caf\xe9.py"}') == (
        {"f": "caf\udce9.py"},
        ("line 2: the bytes there are no UTF-8; they are kept as they are in names of files",),
        True,
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "r.json is empty: did the tool that was to write it end with an error?"),
        (b" \n", "r.json is empty: did the tool that was to write it end with an error?"),
        (b"\xff\xfe", "r.json is empty: did the tool that was to write it end with an error?"),
        (
            b"[main] INFO x",
            "r.json is no JSON (line 1, column 2: expecting value); it begins with '[main] INFO x'",
        ),
        (b"\x00\x01\x02", "r.json is no JSON (line 1, column 1: expecting value)"),
        (b"<?xml", "r.json is no JSON (line 1, column 1: expecting value); it begins with '<?xml'"),
        (b'{"a"', "r.json is no JSON (line 1, column 5: expecting ':' delimiter); it begins with '{\"a\"'"),
        (b"[" * 200_000, "r.json is nested too deeply to be a report"),
        (b'{"a":' * 200_000, "r.json is nested too deeply to be a report"),
    ],
)
def test_what_cannot_be_used_at_all_is_an_error_with_its_place(data: bytes, says: str) -> None:
    with pytest.raises(ReportError) as caught:
        load(data, "r.json")
    assert says in str(caught.value)


def test_a_report_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_in, "SIZE_LIMIT", 2 << 20)
    with pytest.raises(ReportError, match=r"r\.json has 3 MB; reports of up to 2 MB are read"):
        load(b" " * (3 << 20), "r.json")


def test_numbers_that_json_does_not_have_cost_only_themselves() -> None:
    assert told(b'{"s": "NaN -Infinity",\n "a": NaN, "b": [1, -Infinity, 2]}') == (
        {"s": "NaN -Infinity", "a": None, "b": [1, None, 2]},
        ("line 2, column 7: NaN: it is no number that JSON has, and was left out, as were 1 more like it",),
        True,
    )


def test_an_integer_of_any_length_costs_only_itself() -> None:
    value, problems, _ = told(b'{"a": 12, "b": ' + b"7" * 50_000 + b', "c": 1e999}')
    assert value == {"a": 12, "b": None, "c": float("inf")}
    assert problems == (
        "line 1, column 16: 7777777777… (50000 digits): it is no number that JSON has, and was left out",
    )


def test_of_a_key_that_stands_twice_the_last_counts_and_it_is_told() -> None:
    assert told(b'{"a": 1, "b": {"x": 1, "x": 2}, "a": 3}') == (
        {"a": 3, "b": {"x": 2}},
        ('in one record the same key stands twice ("a", "x"): the last one counts',),
        True,
    )


WHOLE = {"tool": {"n": [1]}, "results": [{"id": 1, "at": [{"l": 1}]}, {"id": 2, "at": [{"l": 2}]}], "z": {"y": 1}}


def test_of_a_text_that_breaks_off_the_complete_elements_are_read() -> None:
    """At every length: an element of the list is there as a whole or not at all, and nothing else is made up."""
    text = json.dumps(WHOLE, indent=1)
    met = set()
    for length in range(text.index("}"), len(text)):
        value, problems, is_whole = told(text[:length].encode())
        assert isinstance(value, dict)
        assert not is_whole
        assert problems[0].endswith("; only what stands before it was read")
        assert value["tool"] == WHOLE["tool"]
        results = value.get("results", [])
        assert results == WHOLE["results"][: len(results)]  # type: ignore[index]
        assert value.get("z", {}) in ({}, {"y": 1})
        met.add(len(results))
    assert met == {0, 1, 2}


def test_a_text_that_goes_wrong_in_the_middle_is_read_up_to_there() -> None:
    broken = b'{"results": [{"a": 1}, {"a": "}] { \\"", "b": [}], {"a": 3}]}'
    assert told(broken) == (
        {"results": [{"a": 1}]},
        ("line 1, column 47: expecting value; only what stands before it was read",),
        False,
    )
    assert told(b'{"results": [{"a": 1}, {"a": "\\x ] } "}]}')[0] == {"results": [{"a": 1}]}
    assert told(b'{"results": [{"a": 1}, {"a": "b } ')[0] == {"results": [{"a": 1}]}
    assert told(b'{"a": 1}\n{"a": 2}')[:2] == (
        {"a": 1},
        ("line 2, column 1: extra data; only what stands before it was read",),
    )


def test_equal_records_are_kept_once_and_never_taken_for_others() -> None:
    texts = ('{"a":"x","i":1}', '{"a":"x","i":true}', '{"a":"x","i":1.0}', '{"i":1,"a":"x"}', '{"a":"i","x":1}')
    value, _, _ = told(f"[{','.join((*texts, *texts))}]".encode())
    assert isinstance(value, list)
    assert [json.dumps(one, separators=(",", ":")) for one in value] == [*texts, *texts]
    assert value[0] is value[5]


def test_control_characters_in_texts_are_let_through() -> None:
    assert told(b'{"a": "x\ny\tz\x1b"}') == ({"a": "x\ny\tz\x1b"}, (), True)


def test_a_record_gives_what_it_is_asked_for_or_tells_where_it_cannot() -> None:
    problems = Problems()
    root = Record({"runs": [{"n": 1, "results": [{}, 7, {"at": {"l": "x", "t": 5}}]}, None]}, problems)
    run = next(root.records("runs"))
    first, last = run.records("results")
    at = last.record("at")
    assert (first.where, last.where, at.where) == (
        "runs[0].results[0]",
        "runs[0].results[2]",
        "runs[0].results[2].at",
    )
    assert (at.integer("l"), at.text("t"), at.record("t").values, list(at.records("l"))) == (None, "", {}, [])
    assert (at.text("none"), at.integer("none"), at.number("none"), at.flag("none")) == ("", None, None, None)
    assert problems.listed() == (
        "runs[0].results[1]: expected a record, found a number",
        "runs[0].results[2].at.l: expected a number, found a text",
        "runs[0].results[2].at.t: expected a text, found a number",
        "runs[0].results[2].at.t: expected a record, found a number",
        "runs[0].results[2].at.l: expected a list, found a text",
    )


@pytest.mark.parametrize(
    ("value", "number", "problem"),
    [
        (12, 12, ""),
        (12.0, 12, ""),
        ("12", 12, ""),
        (-3, -3, ""),
        (1.5, None, "a: expected a whole number of a sensible size"),
        (10**400, None, "a: expected a whole number of a sensible size"),
        (float("inf"), None, "a: expected a whole number of a sensible size"),
        (True, None, "a: expected a number, found true or false"),
        ("٣", None, "a: expected a number, found a text"),
        ([], None, "a: expected a number, found a list"),
        (None, None, ""),
    ],
)
def test_a_whole_number_is_one_of_a_sensible_size(value: object, number: int | None, problem: str) -> None:
    problems = Problems()
    assert Record({"a": value}, problems).integer("a") == number
    assert problems.listed() == ((problem,) if problem else ())


def test_halves_of_characters_are_replaced_in_texts_and_kept_in_paths() -> None:
    record = Record(json.loads('{"a": "x\\ud800y", "b": "caf\\udce9.py", "c": "\\ud83d\\ude00"}'), Problems())
    assert "\ud800" not in record.text("a")
    assert record.text("a").startswith("x")
    assert (record.path("b"), record.text("c")) == ("caf\udce9.py", "\U0001f600")


def test_problems_are_counted_and_not_kept_without_end() -> None:
    problems = Problems()
    for number in range(10_000):
        problems.add(f"{number}: " + "x" * 10_000)
        problems.add("0: " + "x" * 10_000)
    listed = problems.listed()
    assert len(listed) == LISTED + 1
    assert listed[-1] == f"… and {10_000 - LISTED:,} more"
    assert max(map(len, listed)) == 300
