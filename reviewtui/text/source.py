"""Bytes of the reviewed tree as lines: decoded and split as CPython does, with what is odd about them said in words."""

import codecs
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, overload

Newline = Literal["LF", "CRLF", "CR", "mixed"]

HEX_LIMIT: Final = 16 << 20
"""So many bytes of a binary are shown, row by row as they are asked for."""

_UTF8: Final = "utf-8"
_LATIN1: Final = "latin-1"
_PYTHON_SUFFIXES: Final = (".py", ".pyw", ".pyi")
_COOKIE: Final = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_LINE_END: Final = re.compile(rb"\r\n?|\n")
_NO_CODE: Final = re.compile(rb"[ \t\f]*(?:#.*)?")
# A codec that is what it seems leaves every plain byte of this alone. The escapes, shifts and base64 parts are those of
# UTF-7, unicode_escape, HZ and ISO-2022, by which code can stand where other programs show a comment.
_PROBE: Final = bytes(range(0x20, 0x7F)) + b' +AGU- \\u0065 \\x65 .xn--bcher-kva. ~{VD~} \x1b$B$"\x1b(B\t\n'
# These decoders are quadratic: a megabyte would take hours.
_SLOW_CODECS: Final = frozenset({"punycode", "idna"})
_SLOW_LIMIT: Final = 64 * 1024
_COOKIE_NAME_LIMIT: Final = 60
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT: Final = bytes(set(range(32)) - set(b"\t\n\r\f\v\b\x1b"))
_VISIBLE: Final = bytes(byte if 0x20 <= byte < 0x7F else ord(".") for byte in range(256))


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as a reviewer and CPython see it."""

    lines: Sequence[str]
    """Without line ends; always encodable as UTF-8; of a binary, the first HEX_LIMIT bytes as a hex dump."""
    encoding: str
    """Python's name of the codec that was used; empty for a binary."""
    codec_note: str
    """Why the codec is unusual, replaced or wrong, or what else is odd about the bytes; empty for ordinary text."""
    newline: Newline
    has_bom: bool
    is_binary: bool
    blob: str
    """Git's id of the bytes."""
    size: int
    """In bytes."""


EMPTY: Final = SourceText((), _UTF8, "", "LF", False, False, "", 0)
"""No file."""


def decode(data: bytes, path: str = "") -> SourceText:
    """The text of a file, whatever its bytes are; lines have the numbers that CPython gives them."""
    text, encoding, note, has_bom = _decoded(data, path)
    newline: Newline = "LF"
    is_binary = text is None
    lines: Sequence[str]
    if text is None:
        lines = HexDump(data)
    else:
        found, newline = _split(text)
        lines = tuple(found)
    return SourceText(lines, encoding, note, newline, has_bom, is_binary, blob_id(data), len(data))


def blob_id(data: bytes) -> str:
    """The id that git gives to a file with these bytes (SHA-1)."""
    digest = hashlib.sha1(b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def column_of_byte(line: str, byte_offset: int) -> int:
    """The column of the character that holds this byte of the line's UTF-8 form, as in CPython's `col_offset`."""
    if line.isascii():
        return max(0, min(byte_offset, len(line)))
    # No character is shorter than a byte, so what matters is in the first `byte_offset` characters.
    head = line[: max(0, byte_offset)].encode("utf-8", "surrogatepass")[: max(0, byte_offset)]
    return len(head.decode("utf-8", "ignore" if _ends_inside(head) else "surrogatepass"))


def column_of_utf16(line: str, units: int) -> int:
    """The column of the character that holds this UTF-16 unit of the line, as tools written in Java and C# count."""
    if units <= 0 or line.isascii():
        return max(0, min(units, len(line)))
    head = line[:units].encode("utf-16-le", "surrogatepass")[: 2 * units]
    is_half = 0xD8 <= head[-1] <= 0xDB
    return len((head[:-2] if is_half else head).decode("utf-16-le", "surrogatepass"))


def _ends_inside(head: bytes) -> bool:
    try:
        head.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return True
    return False


def _decoded(data: bytes, path: str) -> tuple[str | None, str, str, bool]:
    """Text (None: binary), codec, note, whether a byte order mark was removed."""
    if data.startswith(codecs.BOM_UTF8):
        return *_with_utf8_bom(data[3:], path), True
    for bom, codec in _BOMS:
        if data.startswith(bom):
            wide = _wide(data[len(bom) :], codec)
            if wide is not None:
                return wide, codec, f"{codec.upper()}: Python, git and most tools do not read it as text", True
    if b"\0" in data:
        codec = _wide_without_bom(data)
        wide = _wide(data, codec) if codec else None
        if wide is not None:
            return wide, codec, f"{codec.upper()} without a byte order mark, guessed from its zero bytes", False
        if _is_binary(data):
            return None, "", _binary_note(data), False
    cookie = _cookie(data, path)
    if cookie is not None:
        return *_with_cookie(data, cookie), False
    text, codec, note = _utf8_or_latin1(data)
    if b"\0" in data and not note:
        note = f"{data.count(0)} zero bytes (NUL) in it"
    return text, codec, note, False


def _utf8_or_latin1(data: bytes) -> tuple[str, str, str]:
    try:
        return data.decode(_UTF8), _UTF8, ""
    except UnicodeDecodeError as error:
        good = data[: error.start]
        line = good.count(b"\n") + good.count(b"\r") - good.count(b"\r\n") + 1
        return data.decode(_LATIN1), _LATIN1, f"no valid UTF-8 (first on line {line}): read as Latin-1"


def _with_utf8_bom(data: bytes, path: str) -> tuple[str, str, str]:
    cookie = _cookie(data, path)
    text, codec, note = _utf8_or_latin1(data)
    if cookie is not None and cookie != _UTF8:
        note = f"its mark says UTF-8, its cookie {cookie}: Python refuses it; {note or 'read as UTF-8'}"
    return text, codec, note


def _with_cookie(data: bytes, cookie: str) -> tuple[str, str, str]:
    """Decoded as PEP 263 says, or with a note why not."""
    try:
        codec = codecs.lookup(cookie).name
        if codec in _SLOW_CODECS and len(data) > _SLOW_LIMIT:
            raise LookupError(f"{codec} takes too long")
        text = data.decode(cookie)
    except (LookupError, ValueError, Warning):
        # ValueError holds UnicodeError; some decoders warn about bad escapes, which may be set to raise.
        text, used, note = _utf8_or_latin1(data)
        return text, used, f"its cookie names the codec {cookie}, which cannot read it; {note or 'read as UTF-8'}"
    if leaves_ascii_alone(cookie):
        return text, _LATIN1 if codec == "iso8859-1" else codec, ""
    note = f"its cookie names the codec {cookie}, in which plain bytes mean other characters: this is what Python runs"
    try:
        text.encode(_UTF8)
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        note += "; half characters in it are replaced"
    return text, codec, note


def leaves_ascii_alone(codec: str) -> bool:
    """Whether plain bytes are in this codec what they are in ASCII, so that other programs show the same code."""
    try:
        return _PROBE.decode(codec) == _PROBE.decode("ascii")
    except (LookupError, ValueError, Warning):
        return False


def _cookie(data: bytes, path: str) -> str | None:
    """What the coding cookie of a Python file says, in CPython's own spelling; None without one."""
    if not path.lower().endswith(_PYTHON_SUFFIXES) and not _is_python_script(data):
        return None
    # CPython ends lines at a lone CR here too; others do not, so a cookie can be hidden from them behind one.
    for line in _LINE_END.split(data, 2)[:2]:
        found = _COOKIE.match(line)
        if found:
            return _normal_name(found[1].decode("ascii"))
        if not _NO_CODE.fullmatch(line):
            return None
    return None


def _is_python_script(data: bytes) -> bool:
    return data.startswith(b"#!") and b"python" in data[:200].partition(b"\n")[0]


def _normal_name(name: str) -> str:
    """A codec's name as CPython reads it, so that `utf-8-unix` of Emacs is UTF-8."""
    name = name[:_COOKIE_NAME_LIMIT]
    start = name[:12].lower().replace("_", "-")
    if start == _UTF8 or start.startswith("utf-8-"):
        return _UTF8
    if start.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")) or start in (_LATIN1, "iso-8859-1", "iso-latin-1"):
        return _LATIN1
    return name


def _wide(data: bytes, codec: str) -> str | None:
    """Text of UTF-16 or UTF-32; None when too much of it is none."""
    text = data.decode(codec, "replace")
    head = text[:4096]
    if text.count("\ufffd") * 100 > len(text) or sum(map(head.count, _NOT_TEXT.decode("ascii"))) * 50 > len(head):
        return None
    return text


def _wide_without_bom(data: bytes) -> str:
    """The UTF-16 that the zero bytes of mostly Latin text give away; empty when it is none."""
    head = data[:4096]
    half = len(head) // 2
    if len(data) % 2 or half < 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 10 > half * 6 and even * 20 < half:
        return "utf-16-le"
    if even * 10 > half * 6 and odd * 20 < half:
        return "utf-16-be"
    return ""


def _is_binary(data: bytes) -> bool:
    """Whether data with a zero byte is no text.

    Interpreters of other languages accept zero bytes, so one of them in a long text must not turn it into a dump that
    nobody reads; a fiftieth of control bytes is beyond any text.
    """
    return (len(data) - len(data.translate(None, _NOT_TEXT))) * 50 > len(data)


def _binary_note(data: bytes) -> str:
    return f"binary, the first {HEX_LIMIT:,} of {len(data):,} bytes" if len(data) > HEX_LIMIT else "binary"


class HexDump(Sequence[str]):
    """A binary as lines of sixteen bytes, each made when it is looked at."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return (min(len(self._data), HEX_LIMIT) + 15) // 16

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[str, ...]: ...
    def __getitem__(self, row: int | slice) -> str | tuple[str, ...]:
        """One line, or several."""
        if isinstance(row, slice):
            return tuple(self[number] for number in range(*row.indices(len(self))))
        offset = range(0, 16 * len(self), 16)[row]
        data = self._data[offset : offset + 16]
        digits = data[:8].hex(" ") + "  " + data[8:].hex(" ")
        return f"{offset:08x}  {digits:<48}  |{data.translate(_VISIBLE).decode('ascii')}|"


def _split(text: str) -> tuple[list[str], Newline]:
    """The lines without their ends; LF, CRLF and a lone CR end a line and nothing else does."""
    newline: Newline = "LF"
    if "\r" in text:
        both = text.count("\r\n")
        lone_cr, lone_lf = text.count("\r") - both, text.count("\n") - both
        if not lone_lf and not lone_cr:
            newline = "CRLF"
        elif not lone_lf and not both:
            newline = "CR"
        else:
            newline = "mixed"
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines, newline
