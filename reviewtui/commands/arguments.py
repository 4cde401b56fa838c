"""The arguments of every command, with help texts that are the manual."""

import argparse
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from reviewtui import __version__
from reviewtui.commands import dependency_arguments as dependencies
from reviewtui.commands import filter_arguments as filters
from reviewtui.commands import import_arguments as imports
from reviewtui.errors import BadPathError
from reviewtui.model.place import RepoPath
from reviewtui.model.risk import Severity

FINDINGS: Final = ".reviewtui/findings.toml"
"""Where a review is kept unless an option says otherwise."""

_DESCRIPTION: Final = """\
reviewtui reviews the security of a code base that somebody else wrote: read the source, decide on what Bandit reports,
answer a checklist, write findings down, and commit them beside the code.

  reviewtui [PATH]             open the screen on a repository, a folder or a file (default: the current folder)
  reviewtui demo               open the screen on a fresh copy of a small, deliberately vulnerable shop
  reviewtui scan [PATH]        run Bandit and our own rules; print the hits with what was decided on each
  reviewtui hits [FILTER…] [PATH]   print the hits of every tool that fit a filter such as sev:high !path:tests
  reviewtui import FILE…       take the results of other tools: SARIF, SonarQube, Bandit, pip-audit, osv-scanner
  reviewtui deps [PATH]        look the packages up that the repository names: which have known vulnerabilities
  reviewtui advisories         list the databases that `deps` looks in; `update` fetches a new one
  reviewtui status [PATH]      print how far the review is
  reviewtui check [PATH]       fail while serious findings are open, overdue, or accepted for longer than agreed
  reviewtui export FORMAT [PATH]   write the report: markdown or json
  reviewtui commit [PATH]      commit the findings file, and nothing else
  reviewtui explain RULE…      print what a rule of Bandit or a CWE means, when it is real, and what to look at
  reviewtui keys               print which key does what; check your own key file, or write one to start from

`reviewtui COMMAND --help` tells more of each. To open a folder that is called like a command, write ./NAME.
"""

_EPILOG: Final = """\
output:
  Results go to standard output, everything else to standard error. What comes from the reviewed code is printed with
  every control and invisible character spelled out.

exit status:
  0    done
  1    check: something has to be dealt with
  2    wrong arguments, or an error, explained in one sentence
  130  interrupted
  141  whoever read the output closed it

environment:
  EDITOR, VISUAL      the editor for long texts
  NO_COLOR            the screen without colours
  SONAR_TOKEN         import --sonarqube: a token of yours on that server
  SOURCE_DATE_EPOCH   export: the time that stands in the report, in seconds since 1970, for reports that are the same
                      byte by byte

  XDG_CONFIG_HOME     the folder of your settings (default: ~/.config)
  XDG_DATA_HOME       the folder of databases of advisories (default: ~/.local/share)
  XDG_CACHE_HOME      the folder of their indexes, and of what scans found (default: ~/.cache)

files:
  .reviewtui/findings.toml   in the root of the reviewed repository: all that the reviewers said
  ~/.config/reviewtui/keys.toml   your own keys; see `reviewtui keys --help`
"""

_PATH_HELP: Final = "a repository, or a folder or file in one (default: the current folder)"


def parse(arguments: Sequence[str]) -> Namespace | int:
    """What the arguments say, or the exit status when help was shown or they are wrong."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("open", arguments)
    try:
        if command in ("-h", "--help", "--version"):
            _overview().parse_args([command])
        if command not in COMMANDS:
            command, rest = "open", arguments
        if command == "hits":
            rest = filters.unsigned(rest)
        # Intermixed, or an optional PATH behind an option would not be taken.
        return parser(command).parse_intermixed_args(rest)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2


def _overview() -> ArgumentParser:
    parser = ArgumentParser(
        prog="reviewtui",
        usage="reviewtui [PATH] | reviewtui COMMAND [OPTIONS] [PATH]",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"reviewtui {__version__}")
    return parser


def parser(command: str) -> ArgumentParser:
    """What reads the arguments of one command, and explains them."""
    description, add_arguments = COMMANDS[command]
    result = ArgumentParser(
        prog=f"reviewtui {command}" if command != "open" else "reviewtui",
        description=description,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    result.set_defaults(command=command, module=_MODULES.get(command, command))
    add_arguments(result)
    return result


_OPEN: Final = """\
Open the screen. `?` shows every key; `q` leaves, unless you gave them other keys. Every change is saved at once."""


def _add_open(parser: ArgumentParser) -> None:
    _add_by(parser)
    _add_scanning(parser)
    _add_common(parser)


_DEMO: Final = """\
Make a fresh copy of the sample shop with its git history, and open it. Nothing of it is ever run. The copy stays until
you delete it; where it is, is printed."""


def _add_demo(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="a new or empty folder (default: one in the temporary folder)"
    )
    parser.add_argument("--no-open", action="store_true", help="only make the copy")
    _add_by(parser)


_SCAN: Final = """\
Run Bandit on the Python files of a repository, and rules of our own (T001 and up) on the text and the name of every
file: characters that hide, reorder what is drawn, pass for others, or are obeyed by a terminal. One line a hit:

  PATH:LINE: SEVERITY RULE NAME: message

Hits that were decided as anything but confirmed are counted and not listed; with --filter all that fit are listed. What
was not looked at, and what a comment in the source silences, is listed at the end; no comment silences our own rules.
Bandit's own settings in the repository are not used unless you name them with --bandit-config. Nothing is written but
what was found, in your own cache folder.
PATH may be a folder or a file, to scan only that."""


def _add_scan(parser: ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="list decided hits too")
    parser.add_argument(
        "--jobs", type=_positive, metavar="N", help="worker processes (default: one for each processor)"
    )
    filters.add_filter(parser)
    _add_scanning(parser)
    _add_format(parser)
    _add_common(parser)


def _add_hits(parser: ArgumentParser) -> None:
    filters.add_hits(parser)
    _add_scanning(parser)
    _add_findings(parser)


def _add_import(parser: ArgumentParser) -> None:
    imports.add_import(parser, _PATH_HELP)
    _add_format(parser)


def _add_deps(parser: ArgumentParser) -> None:
    dependencies.add_deps(parser)
    _add_format(parser)
    _add_common(parser)


def _add_advisories(parser: ArgumentParser) -> None:
    dependencies.add_advisories(parser)
    _add_format(parser)


_STATUS: Final = """\
Print what the findings file holds: findings by severity and state, decisions on hits, answers of each checklist, files
reviewed. Nothing is scanned: what nobody has looked at yet is counted by `scan`."""


def _add_status(parser: ArgumentParser) -> None:
    _add_format(parser)
    _add_common(parser)


_CHECK: Final = """\
For pipelines. Exit with 1, and print one line for each reason, when

  - a finding at or above the severity of --fail-on is open or confirmed; one without a severity counts as serious,
  - a finding that is open or confirmed is overdue,
  - an accepted risk, finding or hit, was to be looked at again before today,
  - a hit was confirmed and its finding is gone.

Nothing is scanned: only the findings file is read, and where its places are now. That there is no findings file is an
error (2), not a success."""


def _add_check(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--fail-on",
        choices=[*(severity.value for severity in Severity), "never"],
        default=Severity.HIGH.value,
        metavar="SEVERITY",
        help="critical, high, medium, low, info, or never (default: high)",
    )
    _add_format(parser)
    _add_common(parser)


_EXPORT: Final = """\
Write the report. The same review at the same time gives the same bytes; see SOURCE_DATE_EPOCH in `reviewtui --help`."""


def _add_export(parser: ArgumentParser) -> None:
    parser.add_argument("format", choices=("markdown", "json"), metavar="FORMAT", help="markdown or json")
    parser.add_argument(
        "-o",
        "--output",
        default="-",
        metavar="FILE",
        help="where to (default: -, standard output); an earlier report is replaced, anything else is not",
    )
    parser.add_argument("--force", action="store_true", help="replace whatever FILE is")
    parser.add_argument(
        "--scan",
        action=argparse.BooleanOptionalAction,
        default=False,
        help="scan first, so that the report has undecided hits and blind spots (default: --no-scan)",
    )
    filters.add_filter(parser)
    _add_scanning(parser)
    _add_common(parser)


_COMMIT: Final = """\
Commit the findings file as it is on disk, and nothing else: whatever is staged or changed stays. No hook of the
repository runs. Prints the id of the commit, or nothing when there is nothing to commit."""


def _add_commit(parser: ArgumentParser) -> None:
    parser.add_argument("-m", "--message", default="", metavar="MSG", help="instead of one that lists the changes")
    _add_common(parser)


_EXPLAIN: Final = """\
Print what a rule means, when it is real and when a false alarm, what to look at in Flask, Django and FastAPI, which
item of the checklists asks the same, and a line that makes it fire. All of it is there without a network.

RULE is an id or name of Bandit (B608, hardcoded_sql_expressions), one of our own rules (T001), a weakness (CWE-89 or
89), or a rule of ruff, CodeQL, Semgrep or SonarQube that means the same (S608, py/sql-injection, python:S2077)."""


def _add_explain(parser: ArgumentParser) -> None:
    parser.add_argument("rules", nargs="*", metavar="RULE", help="an id, a name or a number of a CWE; several are fine")
    parser.add_argument("--list", action="store_true", help="print all that is known, with titles")
    _add_format(parser)


_KEYS: Final = """\
Print which key does what, with the changes of your own key file; what is wrong with it goes to standard error. The file
is ~/.config/reviewtui/keys.toml, or in the folder of XDG_CONFIG_HOME, never in a reviewed repository:

  [keys]
  next_hit = ["]b", "<f4>"]      these keys instead of the usual ones
  suspend = false                no key at all
  [keys.tree]
  toggle_reviewed = "x"          in one pane alone

To begin:  mkdir -p ~/.config/reviewtui && reviewtui keys --format toml > ~/.config/reviewtui/keys.toml"""


def _add_keys(parser: ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="another key file than your own")
    parser.add_argument(
        "--format",
        choices=("text", "toml"),
        default="text",
        metavar="FORMAT",
        help="text (default), or toml: a whole key file, what is not changed as comments",
    )
    parser.add_argument(
        "--check", action="store_true", help="print only what is wrong; exit with 2 where something was refused"
    )


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", type=Path, default=Path(), metavar="PATH", help=_PATH_HELP)
    _add_findings(parser)


def _add_findings(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--findings",
        type=_repo_path,
        default=RepoPath(FINDINGS),
        metavar="FILE",
        help=f"the findings file, relative to the root of the repository (default: {FINDINGS})",
    )


def _add_by(parser: ArgumentParser) -> None:
    parser.add_argument("--by", default="", metavar="NAME", help="your name (default: the one git commits with)")


def _add_scanning(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--bandit-config",
        type=Path,
        metavar="FILE",
        help="a configuration for Bandit: YAML, TOML with [tool.bandit], or INI as in .bandit (default: none)",
    )
    parser.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="scan every file, also what is as it was, and keep nothing of it",
    )


def _add_format(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", metavar="FORMAT", help="text (default) or json"
    )


def _repo_path(text: str) -> RepoPath:
    try:
        return RepoPath.parse(text)
    except BadPathError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: give 1 or more")
    return int(text)


COMMANDS: Final[Mapping[str, tuple[str, Callable[[ArgumentParser], None]]]] = {
    "open": (_OPEN, _add_open),
    "demo": (_DEMO, _add_demo),
    "scan": (_SCAN, _add_scan),
    "hits": (filters.HITS, _add_hits),
    "import": (imports.IMPORT, _add_import),
    "deps": (dependencies.DEPS, _add_deps),
    "advisories": (dependencies.ADVISORIES, _add_advisories),
    "status": (_STATUS, _add_status),
    "check": (_CHECK, _add_check),
    "export": (_EXPORT, _add_export),
    "commit": (_COMMIT, _add_commit),
    "explain": (_EXPLAIN, _add_explain),
    "keys": (_KEYS, _add_keys),
}
"""Name to the text that explains it, and what adds its arguments."""

_MODULES: Final = {"import": "import_reports"}
"""The module of a command, where it cannot be called like it."""
