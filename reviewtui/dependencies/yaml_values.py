"""The door that YAML comes in by: one document to plain values, every scalar as the text that is written.

`1.10` stays a version and does not become a number. Nothing is made of tags; aliases, by which a small file could
become a large value, are refused.
"""

from collections.abc import Iterator
from typing import Final

import yaml

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Where the C library is there, it is many times faster."""
_DEEPEST: Final = 32
_MOST: Final = 200_000
"""Values in one document."""


def yaml_value(text: str) -> object:
    """The value of the first and only document.

    Raises:
        ValueError: it is not YAML, or not of the plain kind that is read here; the message says where.
    """
    try:
        return _document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 1}" if mark else ""
        raise ValueError(f"not YAML{where}: {error.problem or error.context or 'it cannot be read'}") from None
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {' '.join(str(error).split())[:200]}") from None
    except RecursionError:
        raise ValueError("not usable: nested too deeply") from None


class _Open:
    """A list or a table that is not ended yet."""

    def __init__(self, value: "list[object] | dict[str, object]") -> None:
        self.value = value
        self.key: str | None = None

    def add(self, item: object, line: int) -> None:
        if isinstance(self.value, list):
            self.value.append(item)
        elif self.key is None:
            if not isinstance(item, str):
                raise ValueError(f"not usable: a key in line {line} is no text")
            if item in self.value:
                raise ValueError(f"not usable: the key {item[:50]!r} in line {line} is there twice")
            self.key = item
        else:
            self.value[self.key] = item
            self.key = None


def _document(events: Iterator[yaml.Event]) -> object:
    top = _Open([])
    stack = [top]
    documents = 0
    for number, event in enumerate(events):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise ValueError(f"not usable: a second document begins in line {line}")
        elif isinstance(event, yaml.AliasEvent):
            raise ValueError(f"not usable: an alias in line {line}; write out what it stands for")
        elif isinstance(event, yaml.ScalarEvent):
            stack[-1].add(event.value, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            if len(stack) > _DEEPEST:
                raise ValueError(f"not usable: nested too deeply in line {line}")
            stack.append(_Open([] if isinstance(event, yaml.SequenceStartEvent) else {}))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            stack[-1].add(done.value, line)
        if number > _MOST:
            raise ValueError(f"not usable: more than {_MOST} values")
    if not isinstance(top.value, list) or not top.value:
        raise ValueError("not usable: there is nothing in it")
    return top.value[0]
