"""Who may import whom, and where each outside library comes in."""

import ast
import sys
import tomllib
from typing import Final

import pytest

from tests.architecture.sources import ROOT, Import, Source, imports, sources

CORE: Final = {"errors", "resources"}
BASE: Final = CORE | {"model", "text"}
WORKING: Final = {"scan", "follow", "search", "colour", "formats"}
"""The rooms with processes of their own."""
SESSION: Final = {
    "carrying",
    "committing",
    "explaining",
    "importing",
    "linking",
    "opening",
    "reading",
    "relocating",
    "auditing",
    "session",
    "updating",
    "verdicts",
}
ROOMS: Final = {"repo", "store", "relocate", "dependencies", "fetch", "explain"} | WORKING
ALLOWED: Final = {
    "errors": set[str](),
    "resources": set[str](),
    "model": {"errors"},
    "text": CORE | {"model"},
    "workers": CORE,
    **dict.fromkeys(ROOMS, BASE),
    **dict.fromkeys(WORKING, BASE | {"workers"}),
    **dict.fromkeys(SESSION, BASE | ROOMS | SESSION),
    "tui": BASE | ROOMS | SESSION,
    "commands": BASE | ROOMS | SESSION | {"tui"},
    "cli": BASE | {"commands"},
    "__main__": {"cli"},
}
"""Part of the package to the parts that it may import besides itself."""

DOORS: Final = {
    "textual": "reviewtui/tui/",
    "rich": "reviewtui/tui/",
    "git": "reviewtui/repo/git.py",
    "bandit": "reviewtui/scan/bandit/",
    "pygments": "reviewtui/text/tokens.py",
    "packaging": "reviewtui/dependencies/",
    "yaml": "reviewtui/dependencies/",
    "cvss": "reviewtui/dependencies/severity.py",
    "jedi": "reviewtui/follow/",
    "parso": "reviewtui/follow/",
    "tomli": "reviewtui/text/toml_values.py",
    "tomli_w": "reviewtui/store/",
}
"""Outside library to the only place that imports it."""


KEYS: Final = tuple(f"reviewtui.tui.{name}" for name in ("actions", "key"))
"""What is known of the keys without a screen; `test_loading` proves that it loads none."""


def test_every_part_of_the_package_has_its_rule() -> None:
    assert {_part(source.module) for source in sources("reviewtui")} - {""} <= ALLOWED.keys()


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_imports_go_one_way(part: str) -> None:
    wrong = [
        str(found)
        for found in imports("reviewtui")
        if _part(found.source.module) == part
        and _is_ours(found)
        and _part(found.module) not in {part, ""} | ALLOWED[part]
    ]
    assert wrong == []


def test_only_opening_the_screen_loads_the_screen() -> None:
    outside = [
        found
        for found in imports("reviewtui")
        if found.module.startswith("reviewtui.tui") and not found.source.path.startswith("reviewtui/tui/")
    ]
    screen = [found for found in outside if not found.module.startswith(KEYS)]
    assert {found.source.path for found in screen} == {"reviewtui/commands/open.py"}
    assert [str(found) for found in screen if found.at_top] == []
    assert {found.source.path for found in outside} <= {"reviewtui/commands/open.py", "reviewtui/commands/keys.py"}


def test_each_library_has_one_door() -> None:
    wrong = []
    for found in imports("reviewtui"):
        library = found.module.partition(".")[0]
        if library in DOORS and not found.source.path.startswith(DOORS[library]):
            wrong.append(str(found))
    assert wrong == []


def test_every_library_is_declared() -> None:
    known = sys.stdlib_module_names | {"reviewtui"} | DOORS.keys()
    assert [str(found) for found in imports("reviewtui") if found.module.partition(".")[0] not in known] == []
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {"git": "gitpython", "tomli_w": "tomli-w", "rich": "textual", "yaml": "pyyaml"}
    used = {found.module.partition(".")[0] for found in imports("reviewtui")} & DOORS.keys()
    missing = {names.get(library, library) for library in used} - {
        line.partition("=")[0].rstrip("<>~") for line in declared
    }
    assert missing == set()


def test_the_model_uses_the_standard_library_alone() -> None:
    wrong = [
        str(found)
        for found in imports("reviewtui")
        if found.source.path.startswith("reviewtui/model/")
        and not _is_ours(found)
        and found.module.partition(".")[0] not in sys.stdlib_module_names
    ]
    assert wrong == []


def test_the_first_file_that_runs_loads_nothing_that_a_reviewed_tree_could_shadow() -> None:
    """Until the current folder is out of the search path, only what the interpreter has loaded by itself is safe."""
    (cli,) = (source for source in sources("reviewtui") if source.path == "reviewtui/cli.py")
    at_top = [found.module for found in imports("reviewtui") if found.source is cli and found.at_top]
    assert at_top == ["os", "sys"]


def test_only_the_command_line_computes_what_it_imports() -> None:
    """A module whose name is computed would get round every test above."""
    assert [source.path for source in sources("reviewtui") if _computes_imports(source)] == ["reviewtui/cli.py"]


def _computes_imports(source: Source) -> bool:
    calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return any(
        ast.unparse(call.func).endswith(("import_module", "__import__")) and not isinstance(call.args[0], ast.Constant)
        for call in calls
    )


def _is_ours(found: Import) -> bool:
    return found.module.partition(".")[0] == "reviewtui"


def _part(module: str) -> str:
    """`repo` of `reviewtui.repo.git`; empty for the package itself and its version."""
    return f"{module}.".split(".")[1].removeprefix("__version__")
