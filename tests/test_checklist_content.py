"""The shipped checklists: complete, consistent, and with patterns that match what they say and nothing like it."""

import ast
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from reviewtui.model.checklist import Pattern
from reviewtui.model.place import RepoPath
from reviewtui.resources import shipped
from reviewtui.scan.candidates import PatternSet

Table = dict[str, object]

LISTS = ("authentication", "error-handling", "input-handling")
LIST_KEYS = {"format", "id", "title", "summary", "item"}
TEXT_KEYS = {"id", "title", "question", "why", "good", "severity", "cheat_sheet", "finding", "recommendation"}
NAME_LIST_KEYS = {"asvs5", "asvs4", "top10_2025", "top10_2021", "bandit"}
ITEM_KEYS = TEXT_KEYS | NAME_LIST_KEYS | {"core", "cwe", "look_for", "example", "pattern"}
LOOK_FOR_KEYS = {"general", "flask", "django", "fastapi", "templates", "javascript", "configuration", "docker"}
PATTERN_KEYS = {"suspicious", "note", "match", "miss"}
OPTIONAL_PATTERN_KEYS = {"regex": {"where"}, "call": {"without"}}

LONGEST_NOTE = 110
SLOWEST_SEARCH = 0.2
"""Seconds on one line."""
LINE_LIMIT = 1_000
"""Characters of a line that a pattern gets to see."""


def tables(value: object) -> list[Table]:
    assert isinstance(value, list)
    assert all(isinstance(entry, dict) for entry in value)
    return value


def table(value: object) -> Table:
    assert isinstance(value, dict)
    return value


def texts(value: object) -> list[str]:
    assert isinstance(value, list)
    assert all(isinstance(entry, str) and entry.strip() for entry in value), value
    return value


def text(value: object) -> str:
    assert isinstance(value, str)
    return value


def read(path: Path) -> Table:
    return tomli.loads(path.read_text(encoding="utf-8"))


def items_of(name: str) -> list[Table]:
    return tables(read(shipped("checklists") / f"{name}.toml")["item"])


def all_items() -> list[Table]:
    return [item for name in LISTS for item in items_of(name)]


def patterns() -> Iterator[tuple[str, Table]]:
    for item in all_items():
        for number, pattern in enumerate(tables(item["pattern"]), start=1):
            yield f"{item['id']} pattern {number}", pattern


def pattern_parameters(kind: str) -> list[object]:
    return [pytest.param(pattern, id=where) for where, pattern in patterns() if kind in pattern]


item_parameters = [pytest.param(item, id=str(item["id"])) for item in all_items()]


def test_these_lists_are_shipped_and_no_others() -> None:
    assert sorted(path.name for path in shipped("checklists").iterdir()) == [f"{name}.toml" for name in LISTS]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_its_keys_and_a_dozen_items(name: str) -> None:
    checklist = read(shipped("checklists") / f"{name}.toml")
    items = tables(checklist["item"])
    assert set(checklist) == LIST_KEYS
    assert (checklist["format"], checklist["id"]) == (1, name)
    assert text(checklist["title"])
    assert text(checklist["summary"]).endswith(".")
    assert 12 <= len(items) <= 14
    assert any(item["core"] for item in items)


def test_ids_are_unique_over_all_lists() -> None:
    counted = Counter(text(item["id"]) for item in all_items())
    assert [item for item, count in counted.items() if count > 1] == []
    assert [item for item in counted if not re.fullmatch(r"[A-Z]{3,4}-\d\d", item)] == []


@pytest.mark.parametrize("item", item_parameters)
def test_an_item_has_every_key_with_its_type(item: Table) -> None:
    assert set(item) == ITEM_KEYS
    assert all(isinstance(item[key], str) for key in TEXT_KEYS)
    assert [key for key in TEXT_KEYS - {"cheat_sheet"} if not text(item[key]).strip()] == []
    assert isinstance(item["core"], bool)
    assert item["severity"] in {"critical", "high", "medium", "low", "info"}
    cwe = item["cwe"]
    assert isinstance(cwe, list)
    assert cwe
    assert all(type(number) is int and number > 0 for number in cwe)
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for key in ("asvs5", "asvs4") for number in texts(item[key]))
    assert all(re.fullmatch(r"A(0\d|10)", name) for key in ("top10_2025", "top10_2021") for name in texts(item[key]))
    assert all(re.fullmatch(r"B\d{3}", rule) for rule in texts(item["bandit"]))
    assert tables(item["pattern"])


@pytest.mark.parametrize("item", item_parameters)
def test_the_texts_of_an_item_have_the_form_that_the_screen_expects(item: Table) -> None:
    assert 2 <= len(text(item["title"]).split()) <= 5
    assert re.match(r"(Is|Are|Do|Does|Have|Would)\b.*\?$", text(item["question"])), "yes must be the good answer"
    assert not text(item["finding"]).endswith(".")
    for key in ("why", "good", "recommendation"):
        assert text(item[key]).endswith("."), key
    for key, value in table(item["look_for"]).items():
        assert key in LOOK_FOR_KEYS
        assert text(value).endswith((".", "?")), key


@pytest.mark.parametrize("item", item_parameters)
def test_an_item_shows_a_short_bad_and_a_short_good_example(item: Table) -> None:
    example = table(item["example"])
    assert set(example) == {"bad", "good"}
    for code in map(text, example.values()):
        lines = code.splitlines()
        assert 1 <= len(lines) <= 8
        assert max(map(len, lines)) <= 110
        assert code.endswith("\n")


@pytest.mark.parametrize("pattern", [pytest.param(pattern, id=where) for where, pattern in patterns()])
def test_a_pattern_has_one_kind_and_its_keys(pattern: Table) -> None:
    (kind,) = {"regex", "call"} & set(pattern)
    assert PATTERN_KEYS <= set(pattern) <= PATTERN_KEYS | OPTIONAL_PATTERN_KEYS[kind] | {kind}
    assert isinstance(pattern["suspicious"], bool)
    assert 0 < len(text(pattern["note"])) <= LONGEST_NOTE
    assert texts(pattern["match"])
    assert texts(pattern["miss"])
    for key in {"where", "call", "without"} & set(pattern):
        assert texts(pattern[key]), key


@pytest.mark.parametrize("pattern", pattern_parameters("regex"))
def test_a_regex_matches_its_lines_and_misses_their_look_alikes(pattern: Table) -> None:
    regex = re.compile(text(pattern["regex"]))
    lines = texts(pattern["match"]) + texts(pattern["miss"])
    assert not any("\n" in line for line in lines)
    assert [line for line in texts(pattern["match"]) if not regex.search(line)] == []
    assert [line for line in texts(pattern["miss"]) if regex.search(line)] == []


@pytest.mark.parametrize("pattern", pattern_parameters("call"))
def test_a_call_pattern_names_calls_and_gives_whole_snippets(pattern: Table) -> None:
    assert [name for name in texts(pattern["call"]) if not re.fullmatch(r"(\*|\w+)(\.\w+)+", name)] == []
    for snippet in texts(pattern["match"]) + texts(pattern["miss"]):
        ast.parse(snippet)


@pytest.mark.parametrize("pattern", pattern_parameters("call"))
def test_a_call_pattern_finds_its_snippets_and_misses_their_look_alikes(pattern: Table) -> None:
    prepared = PatternSet([("X", as_pattern(pattern))])
    assert [code for code in texts(pattern["match"]) if not prepared.find(RepoPath("a.py"), code.split("\n"))] == []
    assert [code for code in texts(pattern["miss"]) if prepared.find(RepoPath("a.py"), code.split("\n"))] == []


@pytest.mark.parametrize("pattern", pattern_parameters("regex"))
def test_no_regex_hangs_on_a_hostile_line(pattern: Table) -> None:
    regex = re.compile(text(pattern["regex"]))
    slow = [line[:60] for line in hostile_lines(pattern) if seconds(regex, line) > SLOWEST_SEARCH]
    assert slow == []


def test_every_bandit_rule_exists() -> None:
    shown = subprocess.run([sys.executable, "-m", "bandit", "--help"], capture_output=True, text=True, check=True)
    rules = set(re.findall(r"^\s+(B\d{3})\s", shown.stdout, re.MULTILINE))
    assert "B608" in rules
    assert sorted({rule for item in all_items() for rule in texts(item["bandit"])} - rules) == []


def test_no_character_of_the_lists_hides_what_they_say() -> None:
    hidden = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\x00-\x08\x0b-\x1f]")
    for name in LISTS:
        assert not hidden.search((shipped("checklists") / f"{name}.toml").read_text(encoding="utf-8"))


def test_every_weakness_of_the_sample_shop_lies_on_a_candidate_of_its_item() -> None:
    manifest = read(Path(__file__).parent / "sample_manifest.toml")
    prepared = PatternSet(
        (text(item["id"]), as_pattern(pattern)) for item in all_items() for pattern in tables(item["pattern"])
    )
    missed = []
    for weakness in tables(manifest["weakness"]):
        path = text(weakness["file"])
        start, end = weakness["start"], weakness["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        lines = (shipped("sample_repo") / path).read_text(encoding="utf-8").split("\n")
        leading = {
            candidate.item
            for candidate in prepared.find(RepoPath(path), lines)
            if candidate.span.start <= end and candidate.span.end >= start
        }
        if weakness["item"] not in leading:
            missed.append(weakness["id"])
    assert missed == []


def as_pattern(pattern: Table) -> Pattern:
    return Pattern(
        regex=text(pattern.get("regex", "")),
        call=tuple(texts(pattern.get("call", []))),
        without=tuple(texts(pattern.get("without", []))),
        suspicious=bool(pattern["suspicious"]),
        where=tuple(texts(pattern.get("where", ["*.py"]))),
        note=text(pattern["note"]),
    )


def hostile_lines(pattern: Table) -> Iterator[str]:
    """Lines that make a backtracking engine work: runs of what patterns repeat, and their own words and lines over."""
    units = ["a", "(", '"', "'", " ", "\t", "{", "[", "0", "A", "_", "a ", "a.", "a, ", '"a', "=(", "f'{", "a_", "[]"]
    words = sorted(set(re.findall(r"[A-Za-z_]{2,}", text(pattern["regex"]))))
    units += [word + end for word in words for end in ("", " ", "(", '="', ", ")]
    for line in (line.strip() for line in texts(pattern["match"]) + texts(pattern["miss"])):
        half = len(line) // 2
        units += [line, line + " ", line[:-1], line[:half], line[half:]]
    for unit in filter(None, units):
        yield (unit * LINE_LIMIT)[:LINE_LIMIT]


def seconds(regex: re.Pattern[str], line: str) -> float:
    """Processor time of one search; a second look when the machine was busy."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        regex.search(line)
        spent.append(time.process_time() - start)
        if spent[-1] <= SLOWEST_SEARCH:
            break
    return min(spent)
