"""The short way through a file gives what Bandit's own way gives: every field of every hit, and every problem."""

import random
import sysconfig
from pathlib import Path
from typing import Final

import pytest

from reviewtui.model.hit import Hit
from reviewtui.scan.bandit.comments import has_none, nosec_comments
from reviewtui.scan.bandit.library import extension_loader
from reviewtui.scan.bandit.runner import BanditRunner
from tests.scan.awkward import generated

_SEED: Final = 20_260_101
_FILES: Final = 400
"""Generated ones."""


@pytest.fixture(scope="module")
def lean() -> BanditRunner:
    return BanditRunner()


@pytest.fixture(scope="module")
def stock() -> BanditRunner:
    return BanditRunner(may_be_short=False)


def test_generated_files_give_the_same_on_both_ways(lean: BanditRunner, stock: BanditRunner) -> None:
    hits: list[Hit] = []
    short = problems = 0
    for name, data in generated(_SEED, _FILES):
        found = lean.scan(name, data)
        short += not lean.went_own_way
        assert found == stock.scan(name, data), data.decode("utf-8", "replace")
        hits += found[0]
        problems += bool(found[1])
    manager = extension_loader.MANAGER
    assert (manager.plugins_by_id.keys() | manager.blacklist_by_id.keys()) - {hit.rule for hit in hits} == set()
    assert short > _FILES / 2
    assert problems > _FILES / 10
    assert sum(bool(hit.suppressed) for hit in hits) > _FILES / 4


def test_real_files_give_the_same_on_both_ways(lean: BanditRunner, stock: BanditRunner) -> None:
    paths = sysconfig.get_paths()
    short = 0
    for folder in (Path(paths["stdlib"]), Path(paths["purelib"])):
        files = sorted(path for path in folder.rglob("*.py") if path.stat().st_size < 30_000)
        for path in random.Random(_SEED).sample(files, 80):
            data = path.read_bytes()
            assert lean.scan("a/b.py", data) == stock.scan("a/b.py", data), path
            short += not lean.went_own_way
    assert short > 140


def test_what_a_test_of_bandits_fails_on_is_said_as_by_bandit(lean: BanditRunner) -> None:
    hits, problem = lean.scan("a.py", b"eval(x)\nf({[1]})\n")
    assert lean.went_own_way
    assert [hit.rule for hit in hits] == ["B307"]
    assert problem.startswith("Some of Bandit's tests failed on it: Bandit internal error running: ")
    assert "./a.py at line 2: unhashable type: 'list'" in problem


def test_code_that_is_deep_goes_bandits_own_way(lean: BanditRunner) -> None:
    data = b"eval(x)\ny = a" + b".b" * 400 + b"\n"
    assert [hit.rule for hit in lean.scan("a.py", data)[0]] == ["B307"]
    assert lean.went_own_way


def test_a_list_of_strings_takes_time_for_each_string_alone(lean: BanditRunner) -> None:
    """Bandit's own way looks for a comment on all lines of the list, for every string: minutes for this one."""
    data = b"eval(x)\npasswords = [\n" + b"    'some text',\n" * 40_000 + b"]\nx = '/tmp/x'  # nosec\n"
    hits, problem = lean.scan("a.py", data)
    assert not lean.went_own_way
    assert [(hit.rule, hit.line, hit.suppressed) for hit in hits] == [("B307", 1, ""), ("B108", 40_004, "# nosec")]
    assert problem == ""


def test_other_tests_than_bandits_own_are_run_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def foreign(_context: object) -> None:
        return None

    monkeypatch.setattr(foreign, "_test_id", "X100", raising=False)
    monkeypatch.setattr(foreign, "_checks", ["Call"], raising=False)
    plugin = type("Plugin", (), {"name": "foreign", "plugin": staticmethod(foreign)})
    monkeypatch.setattr(extension_loader.MANAGER, "plugins", [*extension_loader.MANAGER.plugins, plugin])
    monkeypatch.setitem(extension_loader.MANAGER.plugins_by_id, "X100", plugin)
    runner = BanditRunner()
    assert len(runner.scan("a.py", b"eval(x)\n")[0]) == 1
    assert runner.went_own_way


@pytest.mark.parametrize(
    ("data", "is_certain"),
    [
        (b"x = 1\n", True),
        ("x = 'gr\u00fc\u00dfe'\r\n".encode(), True),
        (b"# coding: latin-1\nx = 1\n", True),
        (b"# -*- coding: utf-8 -*-\nx = 1\n", True),
        (b"x = 1  # nosec\n", False),
        (b"x = 1  # \xff\n", False),
        (b"# coding: latin-1\nx = '\xe9'\n", False),
        (b"# coding: utf-7\nx = 1  # +AG4-osec\n", False),
        (b"# " + b"x" * 900 + b"\n# coding: utf-7\nx = 1  # +AG4-osec\n", False),
        (b"# x\r# coding: utf-7\nx = 1  # +AG4-osec\n", False),
        (b"\xef\xbb\xbfx = 1\n", False),
        (b"x = 1\ry = 2\n", False),
        (b"x = '\x1a'\n", False),
    ],
)
def test_only_what_certainly_has_no_comment_is_not_read_token_by_token(data: bytes, is_certain: bool) -> None:
    assert has_none(data) is is_certain
    if is_certain:
        assert nosec_comments(data) == {}
