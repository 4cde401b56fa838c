"""A checklist is read whole, or refused with every problem and its line."""

from dataclasses import replace
from pathlib import Path

import pytest

from reviewtui.errors import BrokenFileError, StoreError
from reviewtui.model.checklist import Checklist, Item, Pattern
from reviewtui.model.risk import Severity
from reviewtui.resources import shipped
from reviewtui.store.checklists import load_checklist, load_checklists, parse_checklist

LEAST = """format = 1
id = "authentication"
title = "Authentication"

[[item]]
id = "AUTH-01"
title = "Password storage"
question = "Is every password hashed?"
why = "Tables leak."
good = "argon2id"
severity = "high"
"""
ITEM = Item(
    "AUTH-01",
    "authentication",
    "Password storage",
    "Is every password hashed?",
    "Tables leak.",
    "argon2id",
    Severity.HIGH,
)


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BrokenFileError) as caught:
        parse_checklist(text, "x.toml")
    return [(problem.line, problem.text) for problem in caught.value.problems]


def test_the_least_that_a_checklist_needs_is_enough() -> None:
    assert parse_checklist(LEAST, "x") == Checklist("authentication", "Authentication", "", (ITEM,))


def test_everything_that_an_item_can_hold_is_read() -> None:
    text = f"""{LEAST}
core = true
cwe = [916, 256]
asvs5 = ["11.4.2"]
asvs4 = ["2.4.1"]
top10_2025 = ["A04"]
top10_2021 = ["A02"]
bandit = ["B303"]
cheat_sheet = "Password Storage"
finding = "Passwords are not hashed"
recommendation = "Hash them."

[item.look_for]
general = "Each form field."
flask = "generate_password_hash"

[item.example]
bad = '''
md5(password)
'''
good = "argon2"

[[item.pattern]]
regex = '\\bmd5\\b|[\\ud800-\\udfff]\\u005cx'
suspicious = true
note = "A fast hash"
match = ["md5"]
miss = ["sha"]

[[item.pattern]]
call = ["requests.get", "*.post"]
without = "timeout"
where = "*.html"
"""
    (item,) = parse_checklist(text, "x").items
    assert item == replace(
        ITEM,
        core=True,
        cwe=(916, 256),
        asvs5=("11.4.2",),
        asvs4=("2.4.1",),
        top10_2025=("A04",),
        top10_2021=("A02",),
        bandit=("B303",),
        cheat_sheet="Password Storage",
        finding="Passwords are not hashed",
        recommendation="Hash them.",
        look_for={"general": "Each form field.", "flask": "generate_password_hash"},
        bad_example="md5(password)\n",
        good_example="argon2",
        patterns=(
            Pattern(
                regex=r"\bmd5\b|[\ud800-\udfff]\u005cx",
                suspicious=True,
                note="A fast hash",
                match=("md5",),
                miss=("sha",),
            ),
            Pattern(call=("requests.get", "*.post"), without=("timeout",), where=("*.html",)),
        ),
    )


def test_every_problem_is_named_with_its_line() -> None:
    text = f"""{LEAST}
cwe = "89"
colour = "red"

[item.example]
ugly = "x"

[[item.pattern]]
regex = '('

[[item.pattern]]
regex = 'x'
call = ["y"]

[[item.pattern]]
regex = 'x'
without = ["y"]

[[item]]
id = "AUTH-01"
severity = "bad"
title = "t"
question = "q"
why = "w"
good = "g"
"""
    assert problems(text) == [
        (13, "item 1, cwe: expected a list of whole numbers from 1 to 1000000000, not '89'"),
        (14, "item 1, colour: no such key is known here"),
        (17, "item 1, example, ugly: no such key is known here"),
        (20, "item 1, pattern 1, regex: not a regular expression: missing ), unterminated subpattern at position 0"),
        (22, "item 1, pattern 2: expected either a regex or a call"),
        (28, "item 1, pattern 3, without: it says something about calls only"),
        (31, "item 2, id: there is another item AUTH-01"),
        (32, "item 2, severity: expected one of critical, high, medium, low, info, not 'bad'"),
    ]


@pytest.mark.parametrize("format_line", ["", "format = 2", "format = 'x'"])
def test_another_format_is_refused(format_line: str) -> None:
    found = problems(LEAST.replace("format = 1", format_line))
    assert (found[-1] if format_line else found[0])[1] == (
        "format: expected format = 1; another version of reviewtui may know it"
    )


def test_lists_come_in_the_order_of_their_file_names(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text(LEAST)
    (tmp_path / "a.toml").write_text(LEAST.replace("authentication", "other").replace("AUTH-01", "OTHER-01"))
    (tmp_path / "notes.md").write_text("no checklist")
    assert [checklist.id for checklist in load_checklists(tmp_path)] == ["other", "authentication"]


def test_an_id_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(LEAST)
    (tmp_path / "b.toml").write_text(LEAST.replace('"authentication"', '"other"'))
    with pytest.raises(BrokenFileError, match="the item AUTH-01 is in another file too; rename one of them"):
        load_checklists(tmp_path)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be read: No such file or directory"):
        load_checklists(tmp_path / "none")
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(StoreError, match=r"a\.toml cannot be read: Is a directory"):
        load_checklists(tmp_path)
    (tmp_path / "b.toml").write_bytes(b"\xff")
    with pytest.raises(BrokenFileError, match="byte 0xff is not UTF-8"):
        load_checklist(tmp_path / "b.toml")


def test_the_shipped_checklists_are_good() -> None:
    checklists = load_checklists(shipped("checklists"))
    assert {"authentication", "input-handling", "error-handling"} <= {checklist.id for checklist in checklists}
    for checklist in checklists:
        assert checklist.title
        assert checklist.summary
        assert len(checklist.items) >= 12
