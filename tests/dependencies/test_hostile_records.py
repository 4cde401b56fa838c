"""Records that somebody broke on purpose: none gets out as an exception, none takes another with it."""

import io
import json
import os
import random
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

from reviewtui.dependencies.advisory import Advisory
from reviewtui.dependencies.database import load
from reviewtui.dependencies.osv import advisory_of
from reviewtui.dependencies.vulnerability import lowest_fix, merged
from reviewtui.errors import AdvisoryError
from tests.dependencies.samples import NOW, samples

ROUNDS: Final = int(os.environ.get("MUTATIONS", "600"))
"""More take longer; ten thousand were tried."""


def test_no_mutation_of_a_record_gets_out_as_an_exception() -> None:
    _mutate(ROUNDS)


def _mutate(rounds: int, seed: int = 7) -> int:
    """Takes records of the real database apart and puts them together wrongly; how many were taken all the same."""
    chance = random.Random(seed)
    paths = sorted(samples("osv", "ghsa").glob("*.json"))
    originals = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    taken = 0
    for _ in range(rounds):
        value = json.loads(json.dumps(chance.choice(originals)))
        for _ in range(chance.randint(1, 6)):
            _break(value, chance)
        found, problems = advisory_of(value, "mutated")
        taken += found is not None
        assert all(0 < len(problem) < 1000 for problem in problems)
        if found is not None:
            _use(found)
    assert rounds // 4 < taken < rounds
    return taken


def _break(value: Any, chance: random.Random) -> None:
    """Puts something odd somewhere into it."""
    odd: list[object] = [
        None,
        True,
        0,
        -1,
        1e300,
        float("nan"),
        "",
        "x",
        "\ud800",
        "\x1b]0;x\x07",
        [],
        {},
        [[]],
        {"a": {}},
        "9" * 400,
    ]
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        if value[key] and isinstance(value[key], dict | list) and chance.random() < 0.8:
            value = value[key]
            continue
        if chance.random() < 0.2:
            del value[key]
        else:
            value[key] = chance.choice(odd)
        return


def _use(found: Advisory) -> None:
    for package in found.packages:
        for known in merged(package, [found]):
            assert known.summary
            for version in ("0", "1.0", "3.1.4", "nonsense"):
                known.affects(version)
                known.doubts(version)
                lowest_fix(version, [known])


@pytest.mark.parametrize("form", ["all.zip", "one.json", "one.yaml", "vulns/shop/one.yaml"])
def test_no_mutation_of_the_bytes_of_a_database_gets_out_as_another_exception(form: str, tmp_path: Path) -> None:
    chance = random.Random(11)
    original = _bytes_of(form)
    path = tmp_path / form
    path.parent.mkdir(parents=True, exist_ok=True)
    read = refused = 0
    for _ in range(ROUNDS // 4):
        data = bytearray(original)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            cut = data[at : at + chance.choice((0, 1, 1, 40))]
            data[at : at + len(cut)] = chance.choice(
                (b"", bytes([chance.randrange(256)]), b"[", b"{", b"&a *a", b"PK\1\2")
            )
        path.write_bytes(data)
        try:
            found = load(tmp_path if form.startswith("vulns") else path, ["jinja2", "shop"], None, lambda: False, NOW)
        except AdvisoryError as error:
            assert len(str(error)) < 1000
            refused += 1
        else:
            assert found is not None
            for known in merged("jinja2", found.advisories):
                known.affects("2.10.1")
            read += 1
    assert read
    assert refused or form.startswith("vulns")


def _bytes_of(form: str) -> bytes:
    path = samples("osv", "ghsa", "GHSA-h75v-3vvj-5mfj.json")
    if form.endswith(".json"):
        return path.read_bytes()
    if form.endswith(".yaml"):
        return samples("osv", "pypa", "vulns", "jinja2", "PYSEC-2021-66.yaml").read_bytes()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for other in sorted(path.parent.glob("*.json")):
            made.write(other, other.name)
    return held.getvalue()
