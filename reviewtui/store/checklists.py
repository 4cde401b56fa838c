"""Checklists: one TOML file a topic, checked as strictly as the findings file."""

import re
from pathlib import Path
from typing import Final

from reviewtui.errors import BrokenFileError, Problem, StoreError
from reviewtui.model.checklist import Checklist, Item, Pattern
from reviewtui.model.risk import Severity
from reviewtui.store.table import Document, Table
from reviewtui.store.toml import MAX_BYTES, decoded

_FORMAT: Final = 1
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ID_WORDS: Final = "an id of up to 64 letters, digits, '.', '_' or '-'"


def load_checklists(folder: Path) -> tuple[Checklist, ...]:
    """The checklists of all `*.toml` files in `folder`, in the order of their names.

    Raises:
        BrokenFileError: a file does not hold what a checklist has to, or an id is used twice.
        StoreError: the folder or a file cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise StoreError(f"The checklists in {folder} cannot be read: {error.strerror}") from error
    checklists: list[Checklist] = []
    seen: set[str] = set()
    for path in paths:
        checklist = load_checklist(path)
        for name in (f"checklist {checklist.id}", *(f"item {item.id}" for item in checklist.items)):
            if name in seen:
                raise BrokenFileError(
                    str(path), (Problem(0, f"the {name} is in another file too; rename one of them"),)
                )
            seen.add(name)
        checklists.append(checklist)
    return tuple(checklists)


def load_checklist(path: Path) -> Checklist:
    """The checklist of one file.

    Raises:
        BrokenFileError: it is not TOML, or does not hold what a checklist has to; with every problem and its line.
        StoreError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StoreError(f"The checklist {path} cannot be read: {error.strerror}") from error
    return parse_checklist(decoded(data, str(path)), str(path))


def parse_checklist(text: str, name: str) -> Checklist:
    """The checklist that a text holds; `name` is for messages.

    Raises:
        BrokenFileError: as `load_checklist`.
    """
    document = Document(text, name, escaped=False)
    top = document.top
    if top.number("format", 1) != _FORMAT:
        top.problem("format", f"expected format = {_FORMAT}; another version of reviewtui may know it")
    checklist_id = top.name("id", _ID, _ID_WORDS, required=True)
    title, summary = top.text("title", required=True), top.text("summary")
    items: dict[str, Item] = {}
    for table in top.tables("item"):
        item = _item(table, checklist_id)
        if item.id in items:
            table.problem("id", f"there is another item {item.id}")
        items[item.id] = item
    top.no_more()
    document.close()
    return Checklist(checklist_id, title, summary, tuple(items.values()))


def _item(table: Table, checklist: str) -> Item:
    example, look_for = table.table("example"), table.table("look_for")
    item = Item(
        id=table.name("id", _ID, _ID_WORDS, required=True),
        checklist=checklist,
        title=table.text("title", required=True),
        question=table.text("question", required=True),
        why=table.text("why", required=True),
        good=table.text("good", required=True),
        severity=table.choice("severity", Severity, required=True) or Severity.INFO,
        core=table.truth("core"),
        cwe=table.numbers("cwe", 1),
        asvs5=table.texts("asvs5"),
        asvs4=table.texts("asvs4"),
        top10_2025=table.texts("top10_2025"),
        top10_2021=table.texts("top10_2021"),
        bandit=table.texts("bandit"),
        cheat_sheet=table.text("cheat_sheet"),
        finding=table.text("finding"),
        recommendation=table.text("recommendation"),
        look_for=look_for.mapping(),
        bad_example=example.text("bad"),
        good_example=example.text("good"),
        patterns=tuple(_pattern(pattern) for pattern in table.tables("pattern")),
    )
    example.no_more()
    table.no_more()
    return item


def _pattern(table: Table) -> Pattern:
    pattern = Pattern(
        regex=table.text("regex"),
        call=table.texts("call", or_one=True),
        without=table.texts("without", or_one=True),
        suspicious=table.truth("suspicious"),
        where=table.texts("where", or_one=True) or ("*.py",),
        note=table.text("note"),
        match=table.texts("match", or_one=True),
        miss=table.texts("miss", or_one=True),
    )
    if bool(pattern.regex) == bool(pattern.call):
        table.problem("", "expected either a regex or a call")
    if pattern.without and not pattern.call:
        table.problem("without", "it says something about calls only")
    try:
        re.compile(pattern.regex)
    except (re.error, OverflowError, RecursionError) as error:
        table.problem("regex", f"not a regular expression: {error}")
    table.no_more()
    return pattern
