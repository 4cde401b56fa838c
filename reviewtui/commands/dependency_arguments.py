"""The arguments of the commands about dependencies, with help texts that are the manual."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

DEPS: Final = """\
Look up every package that the manifests of a repository name (requirements files, pyproject.toml, lock files and more)
in the databases of advisories that you have. Nothing is fetched, installed or run. One line for each vulnerable
requirement, and one for each advisory below it:

  PATH:LINE: PACKAGE VERSION: how many advisories, and the lowest version that has none
    SEVERITY ID (OTHER NAMES): what is wrong; where it is fixed

A requirement is vulnerable, clean in databases that are named with their dates, or not checked, with the reason.
Advisories that were decided as anything but confirmed are counted and not listed. Nothing is written but an index of
large databases, in your cache folder."""

ADVISORIES: Final = """\
List the databases of advisories that `deps` and the screen look packages up in: every archive, file and folder in
~/.local/share/reviewtui/advisories, and the small set that comes with the program.

  reviewtui advisories update               fetch all advisories for Python from OSV, in the place of the last ones
  reviewtui advisories update --from FILE   the same with an archive that was fetched elsewhere

A database of fewer than 1,000 records is not taken for a whole one: a package that it does not know is not checked.

What is fetched is looked through before it replaces what is there; on any error that is left as it is."""


def add_deps(parser: ArgumentParser) -> None:
    """Of `deps`; the common ones are added elsewhere."""
    parser.add_argument("--all", action="store_true", help="list clean requirements and decided advisories too")
    parser.add_argument(
        "--advisories",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="a database: a folder in the layout of PyPA or of OSV records, OSV's archive, or a single .json or .yaml "
        "file; may be given several times (default: those that `reviewtui advisories` lists)",
    )


def add_advisories(parser: ArgumentParser) -> None:
    """Of `advisories`."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "update"),
        default="list",
        metavar="ACTION",
        help="list (default) or update",
    )
    parser.add_argument("--url", default="", metavar="URL", help="update: where to fetch from (default: OSV's archive)")
    parser.add_argument(
        "--from", dest="file", type=Path, default=None, metavar="FILE", help="update: an archive on this machine"
    )
