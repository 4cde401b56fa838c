"""The process beside the screen that lexes whole files: text comes in on its input, packed colours go out.

It knows neither the reviewed tree nor a name in it that it could open.
"""

import os
from typing import IO, Final

from reviewtui.text.packed import PackedSpans
from reviewtui.text.tokens import spans
from reviewtui.workers import inside
from reviewtui.workers.frames import Header, read_frame, write_frame

MODULE: Final = "reviewtui.colour.worker"
"""What the interpreter is told to run."""


def main() -> None:
    """Answer until the input ends."""
    inside.take_signals()
    requests, answers = inside.taken_pipes()
    inside.step_back()
    while (request := read_frame(requests)) is not None:
        header, text = request
        inside.limit_memory(header["memory"])
        inside.limit_time(header["seconds"])
        try:
            _answer(answers, header, text)
        except MemoryError:
            os._exit(inside.OUT_OF_MEMORY)
        inside.limit_time(0)


def _answer(answers: IO[bytes], header: Header, text: bytes) -> None:
    """A frame a batch, and one without a row at the end."""
    lines = text.decode("utf-8", "surrogatepass").split("\n")
    for first_row, batch in spans(header["path"], lines, lambda: False):
        write_frame(answers, {"row": first_row}, PackedSpans.of(batch).data)
    write_frame(answers, {})


if __name__ == "__main__":
    main()
