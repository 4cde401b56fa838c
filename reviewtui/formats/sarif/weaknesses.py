"""Which weaknesses and advisories a rule or a result names, wherever a tool puts them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from reviewtui.formats.record import Record

_CWE: Final = re.compile(r"cwe[-_:/ ]{0,2}0{0,4}([1-9]\d{0,4})(?!\d)", re.IGNORECASE)
_PLAIN_NUMBER: Final = re.compile(r"0{0,4}([1-9]\d{0,4})")
_ADVISORY: Final = re.compile(
    r"\b(?:CVE-\d{4}-\d{4,12}|GHSA(?:-[0-9a-z]{4}){3}|PYSEC-\d{4}-\d{1,9}|OSV-\d{4}-\d{1,9})\b", re.IGNORECASE
)
_KEYS: Final = ("cwe", "CWE", "cwes", "cwe_id", "cweId", "cwe_ids", "cweIds", "cwe-id")


def advisories(texts: Iterable[str]) -> tuple[str, ...]:
    """The names of advisories in these texts, each once."""
    found = (name[0] for text in texts for name in _ADVISORY.finditer(text))
    return tuple(dict.fromkeys(name if name[:4].upper() == "GHSA" else name.upper() for name in found))


def cwes_of_rule(rule: Record, names: "CweNames") -> list[int]:
    """What a rule says by relationships, properties and tags."""
    found = [
        number
        for relationship in rule.records("relationships")
        if (number := names.number(relationship.record("target"))) is not None
    ]
    properties = rule.record("properties")
    found += cwes_in(properties)
    found += _in_texts(_tags(properties))
    return found


def cwes_of_result(result: Record, names: "CweNames") -> list[int]:
    """What a result says by itself."""
    found = [number for taxon in result.records("taxa") if (number := names.number(taxon)) is not None]
    properties = result.record("properties")
    found += cwes_in(properties)
    found += _in_texts(_tags(properties))
    return found


class CweNames:
    """Tells which references to a taxonomy mean the Common Weakness Enumeration."""

    def __init__(self, run: Record) -> None:
        self._run = run
        self._guids: set[str] = set()
        self._indexes: set[int] = set()
        for index, taxonomy in enumerate(run.records("taxonomies")):
            if _is_cwe(taxonomy.text("name")):
                self._indexes.add(index)
                self._guids.add(taxonomy.text("guid").lower())
        self._guids.discard("")

    def number(self, reference: Record) -> int | None:
        """The weakness that a reference names; None where it names something else."""
        component = reference.record("toolComponent")
        name, guid, index = component.text("name"), component.text("guid").lower(), component.integer("index")
        text = reference.text("id")
        if not text and index in self._indexes:
            taxonomy = self._run.record_at("taxonomies", index or 0)
            text = taxonomy.record_at("taxa", _index(reference)).text("id")
        if _is_cwe(name) or guid in self._guids or (index in self._indexes and not name):
            return _number(text)
        return next(iter(_in_texts([text])), None) if not component else None


def _index(reference: Record) -> int:
    index = reference.integer("index")
    return -1 if index is None else index


def _is_cwe(name: str) -> bool:
    return name.strip().upper().startswith("CWE")


def _number(text: str) -> int | None:
    found = _CWE.search(text) or _PLAIN_NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def _tags(properties: Record) -> list[str]:
    return properties.texts("tags") if isinstance(properties.values.get("tags"), list) else []


def cwes_in(properties: Record) -> list[int]:
    """What stands under one of the keys that tools use for it."""
    found = []
    for key in _KEYS:
        value = properties.values.get(key)
        values = value if isinstance(value, list) else [value]
        for one in values:
            number = _number(str(one)) if isinstance(one, str | int) and not isinstance(one, bool) else None
            if number is not None:
                found.append(number)
    return found


def _in_texts(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        for found in _CWE.finditer(text[:300]):
            yield int(found[1])
