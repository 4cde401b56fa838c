"""The arguments of `import`, with help texts that are its manual."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

IMPORT: Final = """\
Take the results of other tools as hits over the code: SARIF of any tool, saved answers of SonarQube's web API, the JSON
of Bandit, pip-audit and osv-scanner; which it is, the file itself says. The same file again changes nothing.

What was taken is kept in your own folder (XDG_STATE_HOME, default ~/.local/state), never in the repository; a report of
the same name takes the place of the one before. Its hits stand with those of the scan on the screen and in `hits`,
follow their code when the lines move, and are decided like any other. What a tool names that is not in the repository
is listed without a place, never guessed. Without FILE: what was imported.

With --sonarqube the answers come from the server itself:

  reviewtui import --sonarqube https://sonar.example.com --project KEY

Issues about security and security hotspots are taken; what was resolved there comes as settled, hotspots come as
questions. The token is taken from SONAR_TOKEN, or asked for without showing it; it goes to this server alone and is
kept nowhere. What could not be had is said. Of saved answers, several pages can stand in one file as a JSON list."""


def add_import(parser: ArgumentParser, path_help: str) -> None:
    """Of `import`; the common ones are added elsewhere."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="a report; - is standard input")
    parser.add_argument("--repository", type=Path, default=Path(), metavar="PATH", help=path_help)
    parser.add_argument(
        "--as", dest="name", default="", metavar="NAME", help="its name here (default: that of the file)"
    )
    parser.add_argument(
        "--everything",
        action="store_true",
        help="also what has nothing to do with security, where the report tells these apart (SonarQube)",
    )
    parser.add_argument(
        "--forget", nargs="+", metavar="NAME", help="forget imported reports; decisions on their hits stay"
    )
    server = parser.add_argument_group("from a server")
    server.add_argument("--sonarqube", default="", metavar="URL", help="the address of a SonarQube server, or of Cloud")
    server.add_argument("--project", default="", metavar="KEY", help="the key of the project there")
    server.add_argument("--branch", default="", metavar="NAME", help="another branch than the main one")
    server.add_argument("--pull-request", default="", metavar="ID", help="a pull request instead of a branch")
    server.add_argument("--organization", default="", metavar="KEY", help="of SonarQube Cloud")
    server.add_argument(
        "--save",
        type=Path,
        metavar="FILE",
        help="keep the answers in a file that can be imported again; it holds names of authors",
    )
