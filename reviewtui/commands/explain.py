"""`reviewtui explain`: what a rule or a weakness means, when it is real, and what to look at."""

import shutil
import sys
import textwrap
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Final

from reviewtui.commands.output import complain, say, say_whole
from reviewtui.explaining import Explained, about, close_to, everything
from reviewtui.formats.json_format import Json, dumps
from reviewtui.model.checklist import Item
from reviewtui.resources import shipped
from reviewtui.store.checklists import load_checklists

_LABELS: Final = 13
"""Cells before a text."""
_WIDEST: Final = 100
"""Nobody reads longer lines."""


def run(arguments: Namespace) -> int:
    """Explain what was asked for; what is not known is said last, and is an error."""
    if arguments.list:
        return _list(arguments.format)
    if not arguments.rules:
        complain("Which rule or weakness? E.g. `reviewtui explain B608 CWE-89`; --list prints all that are known.")
        return 2
    items = {item.id: item for checklist in load_checklists(shipped("checklists")) for item in checklist.items}
    found = [(word, about(word)) for word in arguments.rules]
    known = [one for _, one in found if one]
    if arguments.format == "json":
        say_whole(dumps({"explanations": [_json(one, items) for one in known]}))
    else:
        for number, one in enumerate(known):
            if number:
                say()
            for line in _text(one, items):
                say(line)
    unknown = [word for word, one in found if not one]
    for word in unknown:
        close = close_to(word)
        meant = f"did you mean {' or '.join(close)}?" if close else "`reviewtui explain --list` prints all that are."
        complain(f"{word} is not known: {meant}")
    return 2 if unknown else 0


def _list(form: str) -> int:
    if form == "json":
        say_whole(dumps({"explanations": [{"key": key, "title": title} for key, title in everything()]}))
    else:
        for key, title in everything():
            say(f"{key:<9} {title}")
    return 0


def _text(one: Explained, items: Mapping[str, Item]) -> Iterator[str]:
    width = min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns) if sys.stdout.isatty() else _WIDEST
    yield f"{one.key}  {one.title}"
    if one.kin:
        yield f"  like {one.kin} {one.name}".rstrip()
    elif one.name and one.name.replace("_", " ") != one.title:
        yield f"  {one.name}"
    yield ""
    for label, text in one.texts:
        yield from _labelled(label, text, width)
    for item in _items(one, items):
        yield from _labelled("Checklist", f"{item.id} {item.title}", width)
    for weakness in one.weaknesses:
        top10 = f" ({weakness.category})" if weakness.category else ""
        if one.key == f"CWE-{weakness.number}":
            yield from _labelled("Top 10", weakness.category, width)
        else:
            yield from _labelled("Weakness", f"CWE-{weakness.number} {weakness.name}{top10}", width)
    for number, line in enumerate(one.example.split("\n") if one.example else ()):
        yield f"  {'Example' if number == 0 else '':<{_LABELS}}{line}"


def _labelled(label: str, text: str, width: int) -> Iterator[str]:
    if text:
        first, rest = f"  {label:<{_LABELS}}", " " * (_LABELS + 2)
        yield from textwrap.wrap(
            text,
            max(width, 40),
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _items(one: Explained, items: Mapping[str, Item]) -> list[Item]:
    """Those that the rule belongs to; for a weakness those that name it."""
    if not one.items and one.weaknesses:
        number = one.weaknesses[0].number
        named = [item for item in items.values() if number in item.cwe]
        return sorted(named, key=lambda item: item.cwe.index(number))
    return [items[name] for name in one.items if name in items]


def _json(one: Explained, items: Mapping[str, Item]) -> Json:
    return {
        "key": one.key,
        "title": one.title,
        "name": one.name,
        "like": one.kin,
        "means": one.text("Means"),
        "real": one.text("Real"),
        "false_alarm": one.text("False alarm"),
        "look": one.text("Look"),
        "items": [{"id": item.id, "title": item.title, "question": item.question} for item in _items(one, items)],
        "cwe": [
            {"number": weakness.number, "name": weakness.name, "top10_2025": weakness.top10}
            for weakness in one.weaknesses
        ],
        "example": one.example,
    }
