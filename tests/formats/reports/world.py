"""Small repositories and reports for the tests of the readers."""

import json
from collections.abc import Mapping
from typing import Any

from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.json_in import load
from reviewtui.formats.paths import PathMap
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.reading import read_sarif
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath

Json = dict[str, Any]


def tree_of(files: Mapping[str, str], root: str = "") -> Tree:
    """A repository with these texts."""
    lines = {path: tuple(text.removesuffix("\n").split("\n")) if text else () for path, text in files.items()}
    return Tree(PathMap(map(RepoPath, files), root), lambda path: lines.get(path, ()))


def record_of(document: object) -> Record:
    """A document as the readers take it, by way of its bytes."""
    loaded = load(json.dumps(document).encode(), "test.json")
    assert isinstance(loaded.value, dict)
    return Record(loaded.value, loaded.problems)


def read_runs(*runs: Json, files: Mapping[str, str] | None = None, root: str = "") -> Imported:
    """What is read of a SARIF log with these runs."""
    document = {"version": "2.1.0", "runs": list(runs)}
    return read_sarif(record_of(document), "test.sarif", tree_of(FILES if files is None else files, root))


def run_of(*results: Json, rules: list[Json] | None = None, **more: Any) -> Json:
    """A run of a tool called Tool."""
    driver = {"name": "Tool", "version": "1.0", "rules": rules or []}
    return {"tool": {"driver": driver}, "results": list(results), **more}


def result_of(uri: str = "app.py", region: Json | None = None, **more: Any) -> Json:
    """A result with one location."""
    physical: Json = {"artifactLocation": {"uri": uri}}
    if region is not None:
        physical["region"] = region
    return {"ruleId": "R1", "message": {"text": "Bad."}, "locations": [{"physicalLocation": physical}], **more}


def one_hit(*runs: Json, files: Mapping[str, str] | None = None, root: str = "") -> Hit:
    """The only hit of these runs, read without a problem."""
    found = read_runs(*runs, files=files, root=root)
    assert found.problems == ()
    (hit,) = found.hits
    return hit


FILES = {
    "app.py": "import os\n\n\ndef run(name):\n    os.system(name)\n    return eval(name)\n",
    "lib/a b.py": "x = 1\n",
    "lib/wide.py": "s = '\U0001f600\U0001f600'; eval(s)\ngr\u00fc\u00df = eval(s)\n",
    "empty.py": "",
}
