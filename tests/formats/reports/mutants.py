"""Reports with something wrong in them: values deleted, replaced, doubled and mixed up, bytes cut and turned."""

import copy
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from reviewtui.errors import ReportError
from reviewtui.formats.imported import Imported, Tree
from reviewtui.formats.paths import PathMap
from reviewtui.formats.reading import read_report
from reviewtui.formats.sarif.writing import sarif_of_hits
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.hit_record import hit_of, hit_record
from reviewtui.model.place import RepoPath
from reviewtui.model.standing import Standings
from tests.formats.reports import producers, sonar

SAMPLES: Final = Path(__file__).parents[3].parent / "shared/samples"
_FOLDERS: Final = ("sarif", "bandit", "pip-audit", "sonarqube")

_ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    2**31,
    2**63,
    10**40,
    -(10**400),
    0.5,
    1e308,
    float("inf"),
    float("nan"),
    "",
    " ",
    "x",
    "\ud800",
    "\udcff.py",
    "\x00\x1b[31m\u202e",
    "../../etc/passwd",
    "file:///etc/passwd",
    "file://",
    "C:\\x\\y",
    "{0} {99999} [a](0) [b](-1) \\[",
    "[" * 500 + "](" * 500,
    "a/" * 2_000,
    "%00%ff%2e%2e/%",
    "9" * 5_000,
    "x" * 100_000,
    [],
    {},
    [None],
    [[]],
    [{}] * 3,
    {"": ""},
    {"index": 0},
    {"text": 1},
    {"uri": "app.py", "index": -5},
)


def originals() -> dict[str, bytes]:
    """Every report to start from."""
    found = {
        f"{folder}/{path.name}": path.read_bytes()
        for folder in _FOLDERS
        for path in sorted((SAMPLES / folder).glob("*"))
        if path.suffix in (".sarif", ".json")
    }
    for make in (
        producers.gitleaks,
        producers.old_codeql,
        producers.spotbugs,
        producers.eslint,
        producers.kics,
        producers.checkov,
        producers.osv_scanner,
        sonar.sonarqube,
    ):
        found[make.__name__] = json.dumps(make()).encode()
    return found


def mutants(count: int, seed: int, of: str = "") -> Iterator[tuple[str, bytes]]:
    """So many reports with something wrong in them, each with a name by which it is made again.

    Args:
        of: how the names of the reports begin that are taken.
    """
    chance = random.Random(seed)
    sources = {
        name: (data, _shortened(json.loads(data.decode("utf-8-sig")), chance))
        for name, data in originals().items()
        if name.startswith(of)
    }
    names = sorted(sources)
    for number in range(count):
        name = names[number % len(names)]
        data, value = sources[name]
        if chance.random() < 0.2:
            mutant = _bytes_mutated(data[: 20_000 if chance.random() < 0.8 else None], chance)
        else:
            changed = copy.deepcopy(value)
            for _ in range(chance.choice((1, 1, 2, 5, 20))):
                changed = _mutated(changed, chance)
            mutant = json.dumps(changed, ensure_ascii=chance.random() < 0.9).encode("utf-8", "surrogatepass")
        yield f"{name} {seed}/{number}", mutant


def tree() -> Tree:
    """A repository with many of the files that the reports name, some of them empty, some changed since."""
    names = [
        *("app.py", "config.py", "Dockerfile", "main.tf", "web/main.js", "edge_cases.py", "server/routes.py"),
        *("auth.py", "bad/db.py", "bad/libuser.py", "dojo/forms.py", "routes/address.ts", "requirements.txt"),
    ]
    texts: Mapping[str, tuple[str, ...]] = {
        name: tuple(f"line {row} gr\u00fc\u00df \U0001f600 = eval(x)" for row in range(0, 40 * number, 2))
        for number, name in enumerate(names)
    }
    lines = {**texts, "requirements.txt": ("flask==1.1.1", "Django==2.2.0 # x", "requests")}
    return Tree(PathMap(map(RepoPath, names), "/home/damien/dd"), lambda path: lines.get(path, ()))


def checked(data: bytes, over: Tree) -> str:
    """Read a report and look at all that came out; `refused` or `read`.

    Raises:
        AssertionError: what came out is not what was promised.
    """
    try:
        found = read_report(data, "mutant.json", over, everything=True)
    except ReportError as error:
        assert str(error).startswith("mutant.json ")
        str(error).encode("utf-8", "surrogateescape")
        return "refused"
    _check(found, over)
    return "read"


def _check(found: Imported, over: Tree) -> None:
    for text in (*found.problems, *found.notes, *found.tools, found.made):
        assert isinstance(text, str)
        assert len(text) <= 500
    assert len(found.problems) <= 201
    for hit in found.hits:
        _check_hit(hit, over)
    assert json.loads(sarif_of_hits(found.hits[:20], Standings(), over.lines, "1"))["version"] == "2.1.0"


def _check_hit(hit: Hit, over: Tree) -> None:
    assert hit.path == NOWHERE or hit.path in over.paths
    assert all(place.path in over.paths for place in hit.places)
    assert len(hit.places) <= 1_000
    assert hit.line in hit.span
    assert hit.column >= 0
    assert hit.end_column >= 0
    lines = over.lines(hit.path) if hit.path else ()
    assert not lines or hit.span.end <= len(lines)
    assert len(hit.fingerprint) == 32
    assert all(number > 0 for number in hit.cwe)
    assert not hit.url or hit.url.startswith(("https://", "http://"))
    # As it is kept and sent between processes.
    assert hit_of(json.loads(json.dumps(hit_record(hit))), hit.path) == hit


def _shortened(value: Any, chance: random.Random) -> Any:
    """The same with at most four elements in each list, so that a change is likely to matter."""
    if isinstance(value, dict):
        return {key: _shortened(item, chance) for key, item in value.items()}
    if isinstance(value, list):
        some = value if len(value) <= 4 else sorted(chance.sample(range(len(value)), 4))
        return [_shortened(item if value is some else value[item], chance) for item in some]
    return value[:300] if isinstance(value, str) else value


def _mutated(value: Any, chance: random.Random) -> Any:
    """The same with one thing changed."""
    holders = [one for one in _containers(value) if one]
    if not holders:
        return chance.choice(_ODD)
    holder = chance.choice(holders)
    key = chance.choice(list(holder)) if isinstance(holder, dict) else chance.randrange(len(holder))
    action = chance.randrange(6)
    if action == 0:
        del holder[key]
    elif action == 1:
        holder[key] = copy.deepcopy(chance.choice(_ODD))
    elif action == 2 and isinstance(holder, dict):
        holder[chance.choice(("x", "index", "id", "text", "uri", "runs", "results", "level", "kind"))] = holder.pop(key)
    elif action == 3:
        other = chance.choice(holders)
        holder[key] = copy.deepcopy(chance.choice(list(other.values()) if isinstance(other, dict) else other))
    elif action == 4 and isinstance(holder, list):
        holder.extend(copy.deepcopy([holder[key]]) * chance.choice((1, 2, 30)))
    else:
        holder[key] = [holder[key]] if chance.random() < 0.5 else {"value": holder[key]}
    return value


def _containers(value: Any) -> Iterator[Any]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            yield one
            waiting += one


def _bytes_mutated(data: bytes, chance: random.Random) -> bytes:
    action = chance.randrange(4)
    at = chance.randrange(len(data))
    if action == 0:
        return data[:at]
    if action == 1:
        return data[:at] + data[at + chance.randrange(1, 50) :]
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10))):
        changed[chance.randrange(len(changed))] = chance.choice(
            (0, 0x22, 0x2C, 0x5B, 0x5C, 0x7D, 0xFF, chance.randrange(256))
        )
    return bytes(changed)
