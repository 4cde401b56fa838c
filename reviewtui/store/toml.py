"""The door to TOML: bytes to values that are safe to look at, and values to text with one spelling each."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import tomli_w

from reviewtui.errors import BrokenFileError, Problem
from reviewtui.store.surrogates import escape
from reviewtui.text.toml_values import toml_values

MAX_BYTES: Final = 32 * 1024 * 1024
WIDTH: Final = 100
"""A list that does not fit stands with one value on a line."""

MAX_PROBLEMS: Final = 50
"""More than that nobody reads; a hostile file could have a million."""

_MARKER: Final = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?: .*)?|={7}\r?)$", re.MULTILINE)
_LOOKS_LIKE_MARKER: Final = re.compile(r"(?:<{7}|>{7}|\|{7}|={7})(?![<>|=])")
# Invisible or misleading in a diff, or the end of a line to some programs. A fixed list, because what a Python calls
# printable depends on its version, and the same review has to give the same bytes.
_PLAIN: Final = re.compile(r"[ !#-\[\]-~]*")
"""What stands in a basic string as it is: the greater part of every file, and not worth a question each."""
_HIDDEN: Final = re.compile("[\x80-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def decoded(data: bytes, name: str) -> str:
    """The text of a file of ours.

    Raises:
        BrokenFileError: it is too large, not UTF-8, or starts with a byte order mark.
    """
    if len(data) > MAX_BYTES:
        raise _broken(name, 0, f"it is larger than {MAX_BYTES // 1024**2} MiB, which no review needs")
    if data.startswith(b"\xef\xbb\xbf"):
        raise _broken(name, 1, "it starts with a byte order mark; save it as UTF-8 without one")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _broken(name, line, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8") from None


def loaded(text: str, name: str) -> dict[str, object]:
    """The values of a TOML text.

    Raises:
        BrokenFileError: it is not TOML, holds the markers of a merge conflict, or would cost too much to read.
    """
    if markers := _markers(text):
        raise BrokenFileError(name, markers)
    return toml_values(text, name)


def key_text(key: str) -> str:
    """A key as it stands in a file, in quotes where it needs them."""
    text = tomli_w.dumps({key: 0})[:-5]
    return _HIDDEN.sub(_numbered, text)


def value_text(value: object) -> str:
    """A value as it stands behind its key: long texts over several lines, short lists on one, times as in RFC 3339."""
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list | tuple):
        parts = [_inline(part) for part in value]
        short = f"[{', '.join(parts)}]"
        if len(short) <= WIDTH:
            return short
        return "[\n" + "".join(f"    {part},\n" for part in parts) + "]"
    return _inline(value)


def _inline(value: object) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return f'"{_line(value)}"'
    if isinstance(value, datetime) and value.tzinfo:
        return _moment(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{key_text(key)} = {_inline(value[key])}" for key in sorted(value))
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(part) for part in value)}]"
    return tomli_w.dumps({"k": value})[4:-1]


def _moment(value: datetime) -> str:
    offset = value.utcoffset()
    if offset is None or offset % timedelta(minutes=1):
        raise ValueError(f"the zone of {value} cannot be written; use whole minutes from UTC")
    return value.isoformat().replace("+00:00", "Z")


def _string(text: str) -> str:
    if "\n" not in text:
        return f'"{_line(text)}"'
    return '"""\n' + "\n".join([_hardened(_line(line)) for line in text.split("\n")]) + '"""'


def _line(text: str) -> str:
    """A text without its quotes, everything escaped that a basic string or the eye of a reader needs."""
    if _PLAIN.fullmatch(text):
        return text
    return _HIDDEN.sub(_numbered, tomli_w.dumps({"k": escape(text)})[5:-2])


def _hardened(line: str) -> str:
    """A line of a long text that no editor trims and no merge takes for a marker."""
    if line.endswith(" "):
        line = line[:-1] + "\\u0020"
    elif line.endswith("\t"):
        line = line[:-1] + "\\t"
    if _LOOKS_LIKE_MARKER.match(line):
        line = f"\\u{ord(line[0]):04x}{line[1:]}"
    return line


def _numbered(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _markers(text: str) -> tuple[Problem, ...]:
    """A problem for each line that git left of a merge; `value_text` never writes such a line."""
    found = [(match[0][0], match.start()) for match in _MARKER.finditer(text)]
    if not {"<", ">"} <= {sign for sign, _ in found}:
        return ()
    return tuple(
        Problem(text.count("\n", 0, start) + 1, f"the marker {sign * 7} of a merge conflict; settle the conflict first")
        for sign, start in found[:MAX_PROBLEMS]
    )


def _broken(name: str, line: int, text: str) -> BrokenFileError:
    return BrokenFileError(name, (Problem(line, text),))
