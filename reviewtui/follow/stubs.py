"""What the standard library declares: stub files that Jedi brings along, read as text; Jedi itself is not loaded."""

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reviewtui.follow.modules import World


@cache
def stub_folder() -> Path | None:
    """Where the stubs of the standard library are; None where they are not installed."""
    spec = find_spec("jedi")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "third_party" / "typeshed" / "stdlib"
        if folder.is_dir():
            return folder
    return None


def standard_library() -> World | None:
    """The modules of the standard library as their stubs declare them; None where there are none."""
    folder = stub_folder()
    if folder is None:
        return None
    paths = []
    for top, _, files in os.walk(folder):
        paths += [os.path.relpath(os.path.join(top, name), folder) for name in files if name.endswith(".pyi")]  # noqa: PTH118 (a thousand of them)

    def read(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except OSError:
            return None

    return World(paths, read, is_inside=False)
