"""Records in the format of OSV, as values that anybody may have written, to advisories.

A record that cannot be used costs itself; a part of one that cannot be used costs that part. Each is told.
"""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from packaging.utils import canonicalize_name

from reviewtui.dependencies.advisory import Advisory, Affected, AffectedRange, Event, EventKind
from reviewtui.dependencies.severity import rating_of
from reviewtui.dependencies.versions import LONGEST_VERSION

Record: TypeAlias = dict[str, object]

_ECOSYSTEM: Final = "pypi"
_ID: Final = re.compile(r"[\w.:+-]{1,200}", re.ASCII)
_CWE: Final = re.compile(r"CWE-(\d{1,6})", re.ASCII)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T[0-9:.]{1,20}(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_NOTHING: Final = ("", "null", "~")
"""How YAML writes that there is nothing, where every value is read as a text."""
_KINDS: Final = {kind.name.lower(): kind for kind in EventKind}
_MOST: Final = 20_000
"""Entries of a list; longer ones are cut, and that is told."""
_MOST_PROBLEMS: Final = 5
_LONGEST_NAME: Final = 200
_LONGEST_DETAILS: Final = 20_000
_LONGEST_SENTENCE: Final = 240
_LOOKED_AT: Final = 3000
"""Characters of a text in which its first sentence is looked for."""
_HEADING: Final = re.compile(r"\s*(?:#|[-=*_]{3,}\s*$|$)")
_SENTENCE: Final = re.compile(r"(?<=[^\W\d_]{4}[.!?])\s+|(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[\"'`*(\[]?[A-Z])")
"""Where a sentence ends: packages write themselves in lower case, and `e.g. Popen` is no end."""
_SAYS_NOTHING: Final = re.compile(r"\S+(?: \([^)]*\))? is an? |An issue was discovered in |### ")
"""What introduces a package, and not what is wrong with it."""


def advisory_of(value: object, source: str = "") -> tuple[Advisory | None, tuple[str, ...]]:
    """The advisory in a record, and what of it could not be used; none where it is not about a package for Python.

    Args:
        value: what a reader of JSON or YAML gives.
        source: the name of the database.
    """
    if not isinstance(value, dict):
        return None, ("no record: a record is an object with an id",)
    name = value.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        return None, ("no record: its id is missing, or is no name of an advisory",)
    problems: list[str] = []
    affected = tuple(_affected(value, problems))
    if not affected:
        return None, _told(name, problems)
    more = _table(value, "database_specific", problems)
    details = _text(value, "details", problems)[:_LONGEST_DETAILS]
    return (
        Advisory(
            id=name,
            affected=affected,
            aliases=_aliases(value, name, problems),
            summary=sentence(_text(value, "summary", problems)) or sentence(details),
            details=details,
            rating=rating_of(_vectors(value, problems), _text(more, "severity", [])),
            cwe=_cwe(more),
            withdrawn=_withdrawn(value, problems),
            published=_time(value, "published", problems),
            modified=_time(value, "modified", problems),
            source=source,
        ),
        _told(name, problems),
    )


def sentence(text: str) -> str:
    """The first sentence of a text that says something, without headings, on one line and not too long."""
    lines = text[:_LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((row for row, line in enumerate(lines) if not _HEADING.match(line)), len(lines))
    end = next((row for row in range(start, len(lines)) if _HEADING.match(lines[row])), len(lines))
    whole = " ".join(" ".join(lines[start:end]).split())
    sentences = _SENTENCE.split(whole, maxsplit=4)
    whole = next((text for text in sentences if not _SAYS_NOTHING.match(text)), sentences[0])
    if len(whole) > _LONGEST_SENTENCE:
        return whole[: _LONGEST_SENTENCE - 1].rstrip() + "…"
    return whole.rstrip(" .")


def package_name(text: str) -> str:
    """The name as PEP 503 normalises it; empty where it is too long to be one."""
    return canonicalize_name(text.strip()) if len(text) <= _LONGEST_NAME else ""


def _aliases(record: Record, name: str, problems: list[str]) -> tuple[str, ...]:
    given = [text for text in _texts(record, "aliases", problems) if text != name]
    names = dict.fromkeys(text for text in given if _ID.fullmatch(text))
    if len(names) < len(set(given)):
        problems.append("aliases has an entry that is no name of an advisory; it was left out")
    return tuple(names)


def _affected(record: Record, problems: list[str]) -> Iterator[Affected]:
    for number, block in enumerate(_list(record, "affected", problems)):
        where = f"affected[{number}]"
        if not isinstance(block, dict):
            problems.append(f"{where} is no object and was left out")
            continue
        package = _table(block, "package", problems)
        ecosystem = _text(package, "ecosystem", problems)
        if ecosystem.partition(":")[0].strip().lower() != _ECOSYSTEM:
            continue
        name = package_name(_text(package, "name", problems))
        if not name:
            problems.append(f"{where} names no package and was left out")
            continue
        known = _text(_table(block, "database_specific", problems), "last_known_affected_version_range", problems)
        versions = _versions(block, where, problems)
        yield Affected(name, versions, tuple(_ranges(block, where, problems)), known.replace(" ", "")[:LONGEST_VERSION])


def _versions(block: Record, where: str, problems: list[str]) -> tuple[str, ...]:
    texts = _texts(block, "versions", problems)
    # Lists of hundreds are the bulk of a database; one by one they take five times as long.
    if all(texts) and max(map(len, texts), default=0) <= LONGEST_VERSION:
        return tuple(texts)
    return tuple(text for text in texts if _is_version(text, f"{where}.versions", problems))


def _ranges(block: Record, where: str, problems: list[str]) -> Iterator[AffectedRange]:
    for number, found in enumerate(_list(block, "ranges", problems)):
        if not isinstance(found, dict):
            problems.append(f"{where}.ranges[{number}] is no object and was left out")
        elif _text(found, "type", problems) == "ECOSYSTEM":
            events: list[Event] = []
            for event in _list(found, "events", problems):
                if isinstance(event, dict):
                    events += _events(event, f"{where}.ranges[{number}]", problems)
                else:
                    problems.append(f"{where}.ranges[{number}] has an event that is no object; it was left out")
            if events:
                yield AffectedRange(tuple(events))


def _events(event: Record, where: str, problems: list[str]) -> Iterator[Event]:
    for key, kind in _KINDS.items():
        if key not in event:
            continue
        version = event[key]
        if type(version) is int:
            version = str(version) if abs(version) < 10**LONGEST_VERSION else ""
        if not isinstance(version, str):
            problems.append(f"{where}: {key} is no text and was left out")
        elif _is_version(version, where, problems) and not (kind is EventKind.LIMIT and version.strip() == "*"):
            yield Event(kind, version.strip())


def _is_version(text: str, where: str, problems: list[str]) -> bool:
    if 0 < len(text) <= LONGEST_VERSION:
        return True
    problems.append(f"{where} has a version that is empty or too long; it was left out")
    return False


def _vectors(record: Record, problems: list[str]) -> Iterator[tuple[str, str]]:
    """What is said of the advisory as a whole, else of the packages."""
    given = _list(record, "severity", problems)
    for block in _list(record, "affected", []) if not given else ():
        if isinstance(block, dict):
            given = [*given, *_list(block, "severity", problems)]
    for entry in given:
        if isinstance(entry, dict):
            yield _text(entry, "type", problems), _text(entry, "score", problems).strip()
        else:
            problems.append("severity has an entry that is no object; it was left out")


def _cwe(more: Record) -> tuple[int, ...]:
    found = (_CWE.fullmatch(text.strip()) for text in _texts(more, "cwe_ids", []))
    return tuple(dict.fromkeys(int(match[1]) for match in found if match))


def _withdrawn(record: Record, problems: list[str]) -> str:
    """When it was taken back. Whatever else stands there does not hide an advisory."""
    given = record.get("withdrawn")
    if given is None or given in _NOTHING:
        return ""
    return _time(record, "withdrawn", problems)


def _time(record: Record, key: str, problems: list[str]) -> str:
    given = _text(record, key, problems).strip()
    if given in _NOTHING:
        return ""
    # A time that YAML may write with a space is one all the same.
    found = _TIME.match(re.sub(r"^(\S{10}) (?=\d)", r"\1T", given))
    if not found:
        problems.append(f"{key} is no date and was left out")
    return found[0] if found else ""


def _text(record: Record, key: str, problems: list[str]) -> str:
    given = record.get(key)
    if given is None:
        return ""
    if not isinstance(given, str):
        problems.append(f"{key} is no text and was left out")
        return ""
    return given


def _texts(record: Record, key: str, problems: list[str]) -> list[str]:
    given = _list(record, key, problems)
    texts = [text for text in given if isinstance(text, str)]
    if len(texts) < len(given):
        problems.append(f"{key} has an entry that is no text; it was left out")
    return texts


def _list(record: Record, key: str, problems: list[str]) -> list[object]:
    given = record.get(key)
    if given is None or given in _NOTHING:
        return []
    if not isinstance(given, list):
        problems.append(f"{key} is no list and was left out")
        return []
    if len(given) > _MOST:
        problems.append(f"{key} has {len(given)} entries; only the first {_MOST} were read")
    return given[:_MOST]


def _table(record: Record, key: str, problems: list[str]) -> Record:
    given = record.get(key)
    if given is None or given in _NOTHING:
        return {}
    if not isinstance(given, dict):
        problems.append(f"{key} is no object and was left out")
        return {}
    return given


def _told(name: str, problems: list[str]) -> tuple[str, ...]:
    """The first of the problems, each once, with the record that they belong to."""
    each = list(dict.fromkeys(problems))
    rest = len(each) - _MOST_PROBLEMS
    return (
        *(f"{name}: {problem}" for problem in each[:_MOST_PROBLEMS]),
        *((f"{name}: and {rest} more problems",) if rest > 0 else ()),
    )
