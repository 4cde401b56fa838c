"""A real pseudo-terminal around a program: what is typed goes in as bytes, what it draws is read as a user would.

The emulation (pyte) is slow, so latencies are measured on raw chunks with their times and looked at afterwards.
"""

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyte

KEYS: Final[Mapping[str, bytes]] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "ctrl+end": b"\x1b[1;5F",
    "ctrl+home": b"\x1b[1;5H",
    "delete": b"\x1b[3~",
    "backspace": b"\x7f",
    "f1": b"\x1bOP",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
}
_TOKEN: Final = re.compile(r"<([a-z0-9+]+)>|(.)", re.DOTALL)

# Sequences that pyte 0.8 prints or misreads and a terminal swallows.
_SWALLOWED: Final = re.compile(
    rb"\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"
    rb"|\x1b\[\?[0-9;]*\$p"
    rb"|\x1b\[\?[0-9;]*[a-gi-km-zA-IL-Z@`]"
    rb"|\x1b\[[0-9;]*\$[a-z]"
    rb"|\x1b\[[0-9;]*[\x20-\x2f]+[@-~]"
    rb"|\x1b[P_^X][^\x1b]*\x1b\\"
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*[ -/]*|[P_^X\]][^\x07\x1b]*\x1b?)?$")


class NotShownError(AssertionError):
    """What was waited for did not come; the message holds the screen."""


def key_bytes(keys: str) -> list[bytes]:
    """The bytes of each key in `"]b<ctrl+d>x<enter>"`."""
    return [_one_key(m[1]) if m[1] else m[2].encode() for m in _TOKEN.finditer(keys)]


def _one_key(name: str) -> bytes:
    if name in KEYS:
        return KEYS[name]
    if name.startswith("ctrl+") and len(name) == 6:
        return bytes([ord(name[5].upper()) & 0x1F])
    raise ValueError(f"no such key: {name}")


@dataclass
class Terminal:
    """A program on a terminal of its own."""

    command: Sequence[str]
    rows: int = 40
    columns: int = 120
    environment: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    timeout: float = 30.0
    """Seconds that `wait_for` waits."""
    keep_raw: bool = False

    def __post_init__(self) -> None:
        self.screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self.screen)
        self._held = b""
        self.raw = bytearray()
        """Every byte that the program wrote, when they are kept."""
        self.exit_status: int | None = None
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TMUX", "LINES", "COLUMNS")}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        environment |= self.environment
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                if self.cwd:
                    os.chdir(self.cwd)
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
                os.execvpe(self.command[0], list(self.command), environment)
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # In and out

    def press(self, keys: str, *, together: bool = False) -> None:
        """Type keys one by one, each after the program answered the last; or all of them at once."""
        if together:
            os.write(self.fd, b"".join(key_bytes(keys)))
            return
        for data in key_bytes(keys):
            os.write(self.fd, data)
            self.settle(0.03)

    def type(self, text: str) -> None:
        """Type a text without waiting for each letter."""
        os.write(self.fd, text.encode())
        self.settle()

    def read(self, wait: float) -> bytes:
        """What comes within `wait` seconds; empty when nothing does, or the program has ended."""
        if self.exit_status is not None or not select.select([self.fd], [], [], max(wait, 0))[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            _, status = os.waitpid(self.pid, 0)
            self.exit_status = os.waitstatus_to_exitcode(status)
        if self.keep_raw:
            self.raw += data
        return data

    def feed(self, data: bytes) -> None:
        """Let the emulated terminal draw."""
        data = self._held + data
        unfinished = _UNFINISHED.search(data)
        self._held = data[unfinished.start() :] if unfinished else b""
        if unfinished:
            data = data[: unfinished.start()]
        self._stream.feed(_SWALLOWED.sub(b"", data))

    def settle(self, quiet: float = 0.08, limit: float = 5.0) -> None:
        """Until nothing came for `quiet` seconds."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            data = self.read(quiet)
            if not data:
                return
            self.feed(data)

    # What is seen

    @property
    def text(self) -> str:
        """The screen's rows, without the blanks at their ends."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    def wait_until(self, condition: Callable[[str], bool], what: str) -> float:
        """Until the screen fulfils a condition; seconds since the start.

        Raises:
            NotShownError: it did not within the time-out.
        """
        end = time.perf_counter() + self.timeout
        while not condition(self.text):
            if time.perf_counter() > end or self.exit_status is not None:
                raise NotShownError(f"{what} did not come (exit status {self.exit_status}):\n{self.text}")
            data = self.read(0.05)
            if data:
                self.feed(data)
        return time.perf_counter() - self.started

    def wait_for(self, text: str) -> float:
        """Until this text is on the screen; seconds since the start."""
        return self.wait_until(lambda screen: text in screen, repr(text))

    def wait_gone(self, text: str) -> float:
        """Until this text is not on the screen."""
        return self.wait_until(lambda screen: text not in screen, f"the end of {text!r}")

    def wait_exit(self) -> int:
        """The program's exit status, when it ends."""
        end = time.perf_counter() + self.timeout
        while self.exit_status is None:
            if time.perf_counter() > end:
                raise NotShownError(f"it did not end:\n{self.text}")
            self.read(0.05)
        return self.exit_status

    # Measuring

    def latency(self, keys: str) -> tuple[float, float] | None:
        """Seconds from a key to the first and to the last byte that it brought; None when it brought nothing."""
        self.settle(0.05)
        begun = time.perf_counter()
        os.write(self.fd, b"".join(key_bytes(keys)))
        first = last = None
        chunks = []
        while True:
            data = self.read(0.06 if first else 1.0)
            if not data:
                break
            last = time.perf_counter() - begun
            first = first or last
            chunks.append(data)
        for data in chunks:
            self.feed(data)
        return (first, last) if first and last else None

    def memory(self) -> float:
        """Resident memory in MB, of the program alone, without its helper processes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def resize(self, rows: int, columns: int) -> None:
        """Another size of the window."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)
        self.settle()

    def close(self) -> None:
        """End the program if it still runs."""
        if self.exit_status is None:
            os.kill(self.pid, signal.SIGKILL)
            _, status = os.waitpid(self.pid, 0)
            self.exit_status = os.waitstatus_to_exitcode(status)
        os.close(self.fd)
