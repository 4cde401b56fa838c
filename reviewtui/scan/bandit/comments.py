"""The `# nosec` comments of a file, and how to know without reading it token by token that it has none."""

import io
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reviewtui.scan.bandit.found import Found
from reviewtui.scan.bandit.library import manager

_ODD_BYTES: Final = bytes(set(range(32)) - set(b"\t\n\f\r") | {0x7F})
_PLAIN_CODECS: Final = frozenset({"utf-8", "ascii", "iso-8859-1"})
"""As `tokenize` names them; each leaves every byte of ASCII alone."""


@dataclass(frozen=True, slots=True)
class Nosec:
    """A comment that switches tests off."""

    text: str
    tests: frozenset[str]
    """Empty: all of them."""


def nosec_comments(data: bytes) -> dict[int, Nosec]:
    """The `# nosec` comments by line; fails where Bandit leaves the file out."""
    comments = {}
    try:
        for kind, text, (line, _), _, _ in tokenize.tokenize(io.BytesIO(data).readline):
            if kind == tokenize.COMMENT:
                tests = manager._parse_nosec_comment(text)  # noqa: SLF001 (there is no other way in)
                if tests is not None:
                    comments[line] = Nosec(text.strip(), frozenset(tests))
    except tokenize.TokenError:
        pass
    return comments


def has_none(data: bytes) -> bool:
    """Whether `nosec_comments` would find nothing and not fail, told without it; False where that is not certain.

    Reading the tokens fails for text that is not what its codec says, which Python's parser lets pass in a comment.
    """
    if b"nosec" in data or data.translate(None, _ODD_BYTES) != data:
        return False
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    if may_have_cookie(data):
        try:
            codec, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        except SyntaxError:
            return False
        if not data.isascii() or codec not in _PLAIN_CODECS:
            return False
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return not data.startswith(b"\xef\xbb\xbf")
    return True


def may_have_cookie(data: bytes) -> bool:
    """Whether a codec may be named in the first two lines."""
    second = data.find(b"\n", data.find(b"\n") + 1)
    return b"coding" in data[: second if second >= 0 else len(data)]


def comment_for(found: Found, comments: Mapping[int, Nosec]) -> str:
    """The text of the comment that hides it."""
    lines: Iterable[int] = sorted(comments) if len(comments) < len(found.lines) else found.lines
    for line in (found.issue.lineno, *(line for line in lines if line in found.lines)):
        comment = comments.get(line)
        if comment is not None and (not comment.tests or found.issue.test_id in comment.tests):
            return comment.text
    return "# nosec"
