"""The rule by which files are left out of a scan, in words that are shown for each of them."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from reviewtui.model.hit import BlindSpot
from reviewtui.model.place import RepoPath

_TOOL: Final = "bandit"
_PYTHON: Final = (".py", ".pyw")

_ENVIRONMENTS: Final = frozenset({".venv", "venv", ".virtualenv", "virtualenv"})
# `venv` alone is also the name of packages (the standard library has one); what an environment holds tells them apart.
_IN_ENVIRONMENTS: Final = frozenset(
    {"bin", "lib", "lib64", "Lib", "Scripts", "include", "Include", "share", "pyvenv.cfg"}
)
# No `env`: applications keep settings there. What counts of an environment of that name lies in its site-packages.
_INSTALLED: Final = frozenset(
    {"site-packages", "dist-packages", "node_modules", "bower_components", "jspm_packages", "__pypackages__"}
)
_BUILT: Final = frozenset({".tox", ".nox", ".eggs", "__pycache__", ".hg", ".svn", ".bzr", "CVS"})
# Neither `vendor` nor `extern` everywhere: shops have vendors, and a review must not skip their module.
_VENDORED: Final = frozenset({"_vendor", "_vendored", "vendored", "third_party", "third-party", "thirdparty"})
_ASSETS: Final = frozenset({"static", "assets", "public"})
_PACKAGE_ENDS: Final = (".dist-info", ".egg-info", ".egg")
_MINIFIED_ENDS: Final = (".min.js", ".min.css", ".js.map", ".css.map")


def excluded(path: RepoPath) -> str:
    """Why the file is left out of every scan; empty where it is scanned.

    Folder names decide, whole and as they are spelled: what a tool installed, built or copied is not what the team
    wrote. A reviewer sees each reason, so code that hides in such a folder is at least known not to be looked at.
    """
    parts = path.split("/")
    for index, folder in enumerate(parts[:-1]):
        if folder in _ENVIRONMENTS and parts[index + 1] in _IN_ENVIRONMENTS:
            return f"in '{folder}', a virtual environment"
        if folder in _INSTALLED:
            return f"in '{folder}', which holds installed packages"
        if folder in _BUILT:
            return f"in '{folder}', which a tool makes"
        if folder in _VENDORED or (folder == "vendor" and index and parts[index - 1] in _ASSETS):
            return f"in '{folder}', which holds copies of other projects"
        if folder.endswith(_PACKAGE_ENDS):
            return f"in '{folder}', an installed package"
    if parts[-1].endswith(_MINIFIED_ENDS):
        return "minified: made from another file"
    return ""


def left_out(paths: Iterable[RepoPath]) -> list[BlindSpot]:
    """What the rule leaves out, folder by folder, with how many files that are."""
    files: Counter[tuple[RepoPath, str]] = Counter()
    python: Counter[tuple[RepoPath, str]] = Counter()
    for path in paths:
        if reason := excluded(path):
            what = (outermost(path), reason)
            files[what] += 1
            python[what] += path.endswith(_PYTHON)
    return [
        BlindSpot(_TOOL, path, reason if path.endswith(_MINIFIED_ENDS) else f"{reason} ({_count(count, python[what])})")
        for what, count in files.items()
        for path, reason in (what,)
    ]


def outermost(path: RepoPath) -> RepoPath:
    """The outermost folder that the rule leaves out as a whole; the file itself where there is none."""
    parts = path.split("/")
    folders = (RepoPath("/".join(parts[:count])) for count in range(1, len(parts)))
    return next((folder for folder in folders if excluded(RepoPath(f"{folder}/x"))), path)


def _count(files: int, python: int) -> str:
    """`1 Python file`, or `3 files, 2 of them Python`."""
    if files == python:
        return "1 Python file" if files == 1 else f"{files:,} Python files"
    return ("1 file" if files == 1 else f"{files:,} files") + (f", {python:,} of them Python" if python else "")
