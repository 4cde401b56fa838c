"""What the program and the workers of a scan say to each other, as JSON."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reviewtui.model.checklist import Candidate, Pattern
from reviewtui.model.hit import Hit
from reviewtui.model.hit_record import hit_of, hit_record
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.scan.settings import BanditSettings
from reviewtui.workers.frames import Header


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker is told once, before the first file."""

    time_limit: float
    """Seconds for one file."""
    memory_limit: int
    """Bytes of address space."""
    patterns: tuple[tuple[str, Pattern], ...]
    """Item id and pattern, of all checklists."""
    bandit: BanditSettings | None = None
    """None: its defaults."""


def setup_header(setup: Setup) -> Header:
    """`setup` as JSON."""
    return {
        "time_limit": setup.time_limit,
        "memory_limit": setup.memory_limit,
        "patterns": [[item, p.regex, p.call, p.without, p.suspicious, p.where, p.note] for item, p in setup.patterns],
        "bandit": setup.bandit and [setup.bandit.name, b64encode(setup.bandit.data).decode("ascii")],
    }


def setup_of(header: Header) -> Setup:
    """What `setup_header` was made of, without the patterns' examples."""
    return Setup(
        header["time_limit"],
        header["memory_limit"],
        tuple(
            (item, Pattern(regex, tuple(call), tuple(without), suspicious, tuple(where), note))
            for item, regex, call, without, suspicious, where, note in header["patterns"]
        ),
        BanditSettings(header["bandit"][0], b64decode(header["bandit"][1])) if header["bandit"] else None,
    )


def hit_records(hits: Iterable[Hit]) -> list[dict[str, object]]:
    """Hits as JSON, without their path."""
    return [hit_record(hit) for hit in hits]


def hits_of(records: Iterable[Header], path: RepoPath) -> tuple[Hit, ...]:
    """What `hit_records` was made of."""
    return tuple(hit_of(record, path) for record in records)


def candidate_records(candidates: Iterable[Candidate]) -> list[list[object]]:
    """Candidates as JSON, without their path."""
    return [[c.item, c.span.start, c.span.end, c.code, c.note, c.suspicious] for c in candidates]


def candidates_of(records: Sequence[Sequence[Any]], path: RepoPath) -> tuple[Candidate, ...]:
    """What `candidate_records` was made of."""
    return tuple(
        Candidate(item, path, LineSpan(start, end), code, note, suspicious)
        for item, start, end, code, note, suspicious in records
    )
