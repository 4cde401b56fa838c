"""A title for the finding of a trail, from the code of its ends: `request.args in login reaches db.execute in find`."""

import re
from collections.abc import Sequence
from typing import Final

from reviewtui.model.place import Place
from reviewtui.model.trail import Role

_LIMIT: Final = 400
"""So many characters of a line are looked at."""
_LONGEST: Final = 60
_HEAD: Final = re.compile(r"\s*(?:async\s+)?(?:def|func|function|fn)\b")
_CALL: Final = re.compile(r"(?<![\w$])([A-Za-z_$][\w$]*+(?:(?:\.|::|->)[\w$]++)*+)\s?\((?!\s*\))")
_BARE_CALL: Final = re.compile(r"(?<![\w$])([A-Za-z_$][\w$]*+(?:(?:\.|::|->)[\w$]++)*+)\s?\(\s*\)")
_DOTTED: Final = re.compile(r"(?<![\w.$])([A-Za-z_$][\w$]*+(?:(?:\.|->)[\w$]++)++)")
_WORDS: Final = frozenset(
    {"and", "assert", "await", "catch", "def", "elif", "else", "except", "for", "foreach", "if", "in", "lambda", "not"}
    | {"or", "print", "return", "switch", "while", "with"}
)
_READERS: Final = re.compile(r"\.(?:get|getlist|get_json|pop|getParameter|values|items)$")


def suggested_title(places: Sequence[Place]) -> str:
    """A title from the first source and the last sink; empty where the trail has neither."""
    source = next((place for place in places if place.role == Role.SOURCE), None)
    sink = next((place for place in reversed(places) if place.role == Role.SINK), None)
    if source and sink:
        return f"{_named(source)} reaches {_named(sink)}"
    if sink:
        return f"Unchecked value reaches {_named(sink)}"
    return f"{_named(source)}: unchecked value" if source else ""


def _named(place: Place) -> str:
    is_source = place.role == Role.SOURCE
    what = _name_in(place.anchor.text, is_source=is_source)
    above = place.anchor.before.rpartition("\n")[2]
    if not what and above.endswith(("(", ",")):
        # The lines are an argument of what was called above them.
        what = _name_in(above, is_source=is_source)
    where = place.anchor.symbol or place.path.name
    if what:
        return f"{what} in {where}"
    return f"{where}:{place.span.start}" if place.span else where


def _name_in(code: str, *, is_source: bool) -> str:
    """What the code reads from or calls, in a word; empty where it says nothing of the kind."""
    for line in code.split("\n"):
        line = line[:_LIMIT]
        if _HEAD.match(line):
            return "an argument" if is_source else ""
        calls = [name for form in (_CALL, _BARE_CALL) for name in form.findall(line) if name not in _WORDS]
        dotted = _DOTTED.findall(line)
        for name in dotted + calls if is_source else calls + dotted:
            return _READERS.sub("", name)[:_LONGEST] if is_source else name[:_LONGEST]
    return ""
