"""The options of a line of a requirements file, as pip's own command line reads them."""

import re
import shlex
from dataclasses import dataclass
from functools import cache
from optparse import OptionParser
from typing import Final, NoReturn

from reviewtui.dependencies.manifests.specifiers import UnreadableError
from reviewtui.dependencies.manifests.urls import quoted

_LONGEST: Final = 20_000
"""Characters of options, hashes apart."""
_FLAGS: Final = ("--no-index", "--prefer-binary", "--require-hashes", "--pre")
_WITH_VALUE: Final = (
    ("-i", "--index-url", "--pypi-url"),
    ("--extra-index-url",),
    ("-f", "--find-links"),
    ("--no-binary",),
    ("--only-binary",),
    ("--trusted-host",),
    ("--use-feature",),
    ("--all-releases",),
    ("--only-final",),
    ("--uploaded-prior-to",),
    ("--global-option",),
    ("-C", "--config-setting", "--config-settings"),
    ("--hash",),
)
_NEEDS_SHELL_RULES: Final = re.compile(r"['\"\\]")
_HASHES: Final = re.compile(r"(?:--hash[= ][A-Za-z0-9]+:[0-9A-Za-z]+(?: +|\Z))+")
_SPACE: Final = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class PipOptions:
    """What matters of the options of one line; the others say where to look, not what for."""

    requirements: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    editables: tuple[str, ...] = ()
    leftover: tuple[str, ...] = ()
    """Words that pip passes over without a sound."""


NONE: Final = PipOptions()


def pip_options(text: str) -> PipOptions:
    """What the options of a line say.

    Raises:
        UnreadableError: pip would refuse them. The message holds no value of an option, which may be a password.
    """
    if not text or _HASHES.fullmatch(text):
        return NONE
    if len(text) > _LONGEST:
        raise UnreadableError(f"{len(text):,} characters of options")
    values, leftover = _parser().parse_args(_words(text))
    return PipOptions(
        tuple(values.requirements or ()),
        tuple(values.constraints or ()),
        tuple(values.editables or ()),
        tuple(leftover),
    )


def _words(text: str) -> list[str]:
    if not _NEEDS_SHELL_RULES.search(text):
        return [word for word in _SPACE.split(text) if word]
    try:
        return shlex.split(text)
    except ValueError:
        raise UnreadableError("a quotation mark that is not closed, or a backslash at the end") from None


class _Parser(OptionParser):
    """One that tells instead of ending the program."""

    def error(self, msg: str) -> NoReturn:
        raise UnreadableError(quoted(msg)[1:-1])


@cache
def _parser() -> OptionParser:
    parser = _Parser(add_help_option=False, usage="")
    parser.add_option("-r", "--requirement", dest="requirements", action="append")
    parser.add_option("-c", "--constraint", dest="constraints", action="append")
    parser.add_option("-e", "--editable", dest="editables", action="append")
    for flag in _FLAGS:
        parser.add_option(flag, dest="_", action="store_true")
    for names in _WITH_VALUE:
        parser.add_option(*names, dest="_")
    return parser
