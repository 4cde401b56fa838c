"""The arguments of `hits`, and `--filter` wherever hits or findings are chosen, with help texts that are the manual."""

import re
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from reviewtui.model.filter_terms import KEYS

GROUPS: Final = ("rule", "file", "cwe", "severity", "topic", "tool")

_ANY_KEY: Final = "|".join(name for key in KEYS.values() for name in (key.name, *key.other_names))
_TERM: Final = re.compile(rf"""[!-]?(?:(?:{_ANY_KEY}):|["'])|!""", re.IGNORECASE)
_NEGATED: Final = re.compile(rf"-(?=(?:{_ANY_KEY}):)", re.IGNORECASE)

_LANGUAGE: Final = "\n".join(f"  {f'{key.name}:':<8} {key.meaning}" for key in KEYS.values())

FILTERS: Final = f"""\
The filter language, the same in the lists of the screen, in `hits`, and with --filter of `scan` and `export`:

{_LANGUAGE}
  is:      {", ".join(KEYS["is"].values)}

Every term has to hold; of values parted by commas, one. `!` or `-` in front turns a term round. What holds blanks is
written in quotes. Case does not matter. E.g.: sev:high path:src !path:tests rule:B608 state:open"""

HITS: Final = f"""\
Print the hits of every tool that fit the filter: of our own scan, of what was imported, of known vulnerabilities in the
packages. Without a filter all of them, decided or not. One line a hit:

  PATH:LINE: SEVERITY RULE NAME: message [TOOL] (decision)

What was not looked at is listed below them, as far as the filter's paths reach. An argument that is no term, such as
src, is the PATH; a word to look for is written text:src.

{FILTERS}"""


class _Terms(Action):
    """Parts the terms of a filter from the path."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        del option_string
        words = [str(value) for value in values or ()] if not isinstance(values, str) else [values]
        paths = [word for word in words if not _TERM.match(word)]
        if len(paths) > 1:
            parser.error(f"there are two paths, {paths[0]!r} and {paths[1]!r}; a word to look for is written text:WORD")
        namespace.terms = [word for word in words if _TERM.match(word)]
        namespace.path = Path(paths[0]) if paths else Path()


def unsigned(arguments: Sequence[str]) -> list[str]:
    """The arguments with `!` in front of negated terms, which would be options with `-`."""
    return [_NEGATED.sub("!", argument) for argument in arguments]


def add_hits(parser: ArgumentParser) -> None:
    """The arguments of `hits`, but for what all commands have."""
    parser.set_defaults(path=Path(), terms=())
    parser.add_argument("terms", nargs="*", action=_Terms, metavar="FILTER", help="terms of the filter, and the PATH")
    add_filter(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        metavar="FORMAT",
        help="text (default), json, or sarif: a log that any tool reads",
    )
    parser.add_argument(
        "--group", choices=GROUPS, metavar="BY", help=f"put them together by {', '.join(GROUPS[:-1])} or {GROUPS[-1]}"
    )
    parser.add_argument("--count", action="store_true", help="print only how many there are, in all or for each group")


def add_filter(parser: ArgumentParser) -> None:
    """The option `--filter`."""
    parser.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="FILTER",
        help="only what fits, e.g. 'sev:high !path:tests'; see `reviewtui hits --help`; several all have to hold",
    )
