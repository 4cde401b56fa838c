"""Bytes of a file of advisories to the records in it."""

import json
from pathlib import PurePath
from typing import Final

from reviewtui.dependencies.yaml_values import yaml_value

SUFFIXES: Final = (".json", ".yaml", ".yml")
LARGEST_RECORD: Final = 16_000_000
"""Bytes of one file of a folder or an archive."""
LARGEST_YAML: Final = 4_000_000
_LISTS: Final = ("vulns", "vulnerabilities")


def is_record_file(name: str) -> bool:
    """Whether a file of this name can hold records."""
    return name.lower().endswith(SUFFIXES)


def records_in(data: bytes, name: str) -> list[object]:
    """What a file holds: one record, a list of them, or an answer of OSV with a list in it.

    Args:
        name: its end says how it is written.

    Raises:
        ValueError: it cannot be read; the message says why.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start})") from None
    if PurePath(name).suffix.lower() == ".json":
        value = _json(text)
    elif len(data) > LARGEST_YAML:
        raise ValueError(f"more than {LARGEST_YAML:,} bytes of YAML; write it as JSON")
    else:
        value = yaml_value(text)
    if isinstance(value, dict) and "id" not in value:
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), value)
    return value if isinstance(value, list) else [value]


def _json(text: str) -> object:
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON in line {error.lineno}: {error.msg}") from None
    except RecursionError:
        raise ValueError("not usable: nested too deeply") from None
    except ValueError:
        raise ValueError("not usable: it has a number that is too long") from None
    return value
