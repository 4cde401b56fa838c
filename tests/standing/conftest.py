"""What the tests of standings share: a user of their own for git, a shop and a pair of twins that were decided."""

from pathlib import Path
from typing import Final

import pytest

from tests.gitrepo import isolate
from tests.standing.world import World

SHOP: Final = """\
import db
from shop import app


def orders(user):
    query = "select * from orders"
    rows = db.run(query, user)
    total = eval(user.formula)
    return rows, total


def users(request):
    name = request.args["name"]
    password = "hunter2"
    found = eval(name)
    return found, password
"""
TWINS: Final = """\
def first(order):
    check_the_order(order)
    eval(order.text)
    log_the_first(order)


def second(parcel):
    weigh_the_parcel(parcel)
    eval(order.text)
    send_the_parcel(parcel)
"""


@pytest.fixture(autouse=True)
def own_git(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture
def shop(tmp_path: Path) -> World:
    """A file with three hits, each decided with the line as its reason."""
    world = World.of(tmp_path / "shop", {"a.py": SHOP})
    world.decide_all("on")
    world.scan()
    assert world.table == [
        ("a.py", 8, "B307", "exact", "on a.py:8"),
        ("a.py", 14, "B105", "exact", "on a.py:14"),
        ("a.py", 15, "B307", "exact", "on a.py:15"),
    ]
    return world


@pytest.fixture
def pair(tmp_path: Path) -> World:
    """Two hits of the same code in one file, the first of them decided."""
    world = World.of(tmp_path / "pair", {"a.py": TWINS})
    world.decide("a.py", 3, "the first")
    world.scan()
    assert world.table == [("a.py", 3, "B307", "exact", "the first"), ("a.py", 9, "B307", "none", "")]
    return world
