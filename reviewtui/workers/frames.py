"""What the program and its worker processes say to each other: frames of a JSON header and raw bytes."""

import json
import struct
from collections.abc import Mapping
from typing import IO, Any, Final

_LENGTHS: Final = struct.Struct(">QQ")

Header = Mapping[str, Any]
"""Any: whatever JSON holds; both ends are this program, and each kind of worker has its functions for both."""


def write_frame(stream: IO[bytes], header: Header, body: bytes = b"") -> None:
    """Send one frame and flush."""
    # Only ASCII: names and texts of a hostile tree may hold lone surrogates.
    head = json.dumps(header, ensure_ascii=True).encode("ascii")
    stream.write(_LENGTHS.pack(len(head), len(body)))
    stream.write(head)
    stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Header, bytes] | None:
    """The next frame; None where the other side has ended, between frames or amid one."""
    lengths = _exactly(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_length, body_length = _LENGTHS.unpack(lengths)
    head = _exactly(stream, head_length)
    body = _exactly(stream, body_length)
    if head is None or body is None:
        return None
    header: Header = json.loads(head)
    return header, body


def _exactly(stream: IO[bytes], length: int) -> bytes | None:
    data = stream.read(length)
    return data if len(data) == length else None
