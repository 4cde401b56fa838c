import io

from reviewtui.model.checklist import Candidate, Pattern
from reviewtui.model.hit import Fingerprint, Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.frames import (
    Setup,
    candidate_records,
    candidates_of,
    hit_records,
    hits_of,
    setup_header,
    setup_of,
)
from reviewtui.workers.frames import read_frame, write_frame

_PATH = RepoPath("a/\udcff\u202e.py")


def _sent(header: dict[str, object], body: bytes = b"") -> object:
    stream = io.BytesIO()
    write_frame(stream, header, body)
    stream.seek(0)
    return read_frame(stream)


def test_bytes_and_names_arrive_as_they_were_sent() -> None:
    body = bytes(range(256)) * 3 + b"\r\n\x00"
    assert _sent({"path": _PATH}, body) == ({"path": _PATH}, body)
    assert _sent({}) == ({}, b"")


def test_frames_follow_each_other() -> None:
    stream = io.BytesIO()
    for number in range(3):
        write_frame(stream, {"n": number}, b"x" * number)
    stream.seek(0)
    assert [read_frame(stream) for _ in range(4)] == [({"n": 0}, b""), ({"n": 1}, b"x"), ({"n": 2}, b"xx"), None]


def test_a_frame_that_breaks_off_is_the_end() -> None:
    stream = io.BytesIO()
    write_frame(stream, {"path": "a"}, b"body")
    whole = stream.getvalue()
    assert {read_frame(io.BytesIO(whole[:length])) is None for length in range(len(whole))} == {True}


def test_hits_candidates_and_setup_survive_the_way() -> None:
    hit = Hit(
        tool="bandit",
        rule="B608",
        name="sql",
        message="lone \ud800 surrogate",
        severity=Severity.MEDIUM,
        confidence="low",
        cwe=(89,),
        path=_PATH,
        span=LineSpan(2, 4),
        line=3,
        column=1,
        end_column=2,
        suppressed="# nosec",
        url="https://example.org",
        fingerprint=Fingerprint("0" * 32),
    )
    found = _sent({"hits": hit_records([hit])})
    assert isinstance(found, tuple)
    assert hits_of(found[0]["hits"], _PATH) == (hit,)
    candidate = Candidate("X-01", _PATH, LineSpan(1, 2), "x\x1b", "note", True)
    found = _sent({"candidates": candidate_records([candidate])})
    assert isinstance(found, tuple)
    assert candidates_of(found[0]["candidates"], _PATH) == (candidate,)
    setup = Setup(1.5, 1000, (("X-01", Pattern("a\\b", ("c.d",), ("e",), True, ("*.py", "*"), "n")),))
    found = _sent(dict(setup_header(setup)))
    assert isinstance(found, tuple)
    assert setup_of(found[0]) == setup
