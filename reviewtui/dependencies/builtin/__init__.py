"""A small set of facts that is shipped, so that a sample shows something without any database; never complete."""

from functools import cache
from pathlib import Path
from typing import Final

from reviewtui.dependencies.advisory import Advisory
from reviewtui.dependencies.database import Loaded, Source
from reviewtui.dependencies.osv import Record, advisory_of
from reviewtui.dependencies.vulnerability import BUILT_IN
from reviewtui.text.toml_values import toml_values

_FACTS: Final = Path(__file__).with_name("facts.toml")


@cache
def builtin() -> Loaded:
    """All of it; that it has nothing against a version never says that the version is clean."""
    values = toml_values(_FACTS.read_text(encoding="utf-8"), _FACTS.name)
    date, facts = values["date"], values["advisory"]
    assert isinstance(date, str) and isinstance(facts, list)  # noqa: S101 (it is shipped)
    advisories = tuple(_advisory(fact, date) for fact in facts)
    source = Source(
        name=BUILT_IN,
        form="shipped with the program",
        date=date,
        dated_by="newest record",
        records=len(advisories),
        packages=frozenset(),
        is_whole=False,
    )
    return Loaded(source, advisories)


def _advisory(fact: Record, date: str) -> Advisory:
    """What OSV would write at greater length; `fixed` ends the range that begins with the `introduced` before it."""
    events = fact.get("events", [{"introduced": "0"}, {"fixed": fact.get("fixed")}])
    advisory, problems = advisory_of(
        {
            "id": fact["id"],
            "aliases": fact.get("aliases", []),
            "summary": fact["summary"],
            "modified": date,
            "severity": [{"type": _type(fact["cvss"]), "score": fact["cvss"]}] if "cvss" in fact else [],
            "database_specific": {"cwe_ids": fact.get("cwe", []), "severity": fact.get("severity")},
            "affected": [
                {
                    "package": {"ecosystem": "PyPI", "name": fact["package"]},
                    "ranges": [{"type": "ECOSYSTEM", "events": events}],
                }
            ],
        },
        BUILT_IN,
    )
    if advisory is None or problems:
        raise ValueError(f"{_FACTS.name} is broken: {problems}")
    return advisory


def _type(vector: object) -> str:
    return "CVSS_V4" if str(vector).startswith("CVSS:4") else "CVSS_V3"
