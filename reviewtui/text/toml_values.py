"""The door that TOML comes in by: text that anybody may have written to values, within limits."""

import tomli

from reviewtui.errors import BrokenFileError, Problem
from reviewtui.text.toml_lines import MAX_KEY_PARTS, long_key_line


def toml_values(text: str, name: str) -> dict[str, object]:
    """The values of a TOML text.

    Args:
        name: of the file, for messages.

    Raises:
        BrokenFileError: it is not TOML, or would cost too much to read.
    """
    if text.startswith("\ufeff"):
        raise _broken(name, 1, "it starts with a byte order mark; save it as UTF-8 without one")
    if line := long_key_line(text):
        raise _broken(name, line, f"a key with more than {MAX_KEY_PARTS} parts; nobody writes so many")
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _broken(name, error.lineno, f"not TOML: {error.msg}") from None
    except RecursionError:
        raise _broken(name, 0, "not usable: lists or tables are nested too deeply") from None
    except ValueError as error:
        raise _broken(name, 0, f"not TOML: {error}") from None


def _broken(name: str, line: int, text: str) -> BrokenFileError:
    return BrokenFileError(name, (Problem(line, text),))
