r"""Lone surrogates, which no UTF-8 file can hold, written as `\udcff` and read back as they were.

They come from file names that are not UTF-8. A text that itself spells such an escape is told apart: its backslash is
written as `\u005c`. Both ways are exact for every text; escapes with capital digits stand for themselves.
"""

import re
from typing import Final

_UNWRITABLE: Final = re.compile(r"[\ud800-\udfff]|\\(?=u(?:d[89a-f][0-9a-f]{2}|005c))")
_ESCAPE: Final = re.compile(r"\\u(d[89a-f][0-9a-f]{2}|005c)")


def escape(text: str) -> str:
    """`text` without lone surrogates."""
    if text.isascii() and "\\u" not in text:
        return text
    return _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """What `escape` was given."""
    if "\\u" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
