"""What the workers say of one file, and the same as bytes that can be kept."""

import json
from dataclasses import dataclass
from typing import Final

from reviewtui.model.checklist import Candidate
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.scan.frames import candidate_records, candidates_of, hit_records, hits_of

FOR_EVER: Final = float("inf")
"""Seconds for which an answer holds that depends on nothing but what was asked."""
A_DAY: Final = 24 * 3600.0
"""Seconds for which a file counts as too slow or too greedy: the machine may have been busy, but the next try costs as
much again, and a screen that is opened ten times a day should not take half a minute of a processor each time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of one file."""

    lines: int
    blob: str
    candidates: tuple[Candidate, ...]
    hits: tuple[Hit, ...]
    blind: str
    is_last: bool = False
    """Whether the worker ended over this file."""
    holds_for: float = FOR_EVER
    """Seconds; 0 where the next worker may say something else."""


def answer_bytes(answer: Answer) -> bytes:
    """An answer as JSON, without the path of the file."""
    record = [answer.lines, answer.blob, candidate_records(answer.candidates), hit_records(answer.hits), answer.blind]
    # Only ASCII: texts of a hostile tree may hold lone surrogates.
    return json.dumps(record, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def answer_of(data: bytes, path: RepoPath) -> Answer:
    """What `answer_bytes` was made of.

    Raises:
        ValueError, TypeError, KeyError, RecursionError: it is no such record.
    """
    lines, blob, candidates, hits, blind = json.loads(data)
    if not (isinstance(lines, int) and isinstance(blob, str) and isinstance(blind, str)):
        raise TypeError("no record of an answer")
    return Answer(lines, blob, candidates_of(candidates, path), hits_of(hits, path), blind)
