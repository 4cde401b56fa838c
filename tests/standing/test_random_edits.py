"""Over any number of random edits no decision ends silently on a hit that nobody decided on, and none is lost."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from reviewtui.model.standing import Match
from tests.standing.world import World

FILES: Final = ("a.py", "lib/b.py", "c.py")


@dataclass(frozen=True)
class Block:
    """A function with one hit."""

    number: int
    """All that stands around its hit bears this number, and that of no other block."""
    is_twin: bool
    """Whether its hit has the same code as that of other twins."""
    origin: int | None
    """The block that was decided; None for one that was written later."""
    edits: int = 0
    """How often its hit was edited."""
    indent: int = 0

    @property
    def hit(self) -> str:
        """The line that is reported."""
        return f"eval({'text' if self.is_twin else f'text_{self.number}'}{', {}' * self.edits})"

    @property
    def lines(self) -> list[str]:
        """As they stand in the file; the hit is the fourth from the end."""
        inner = [
            f"def function_{self.number}(text):",
            f"    checked_{self.number} = check_number_{self.number}(text)",
            f"    prepare_number_{self.number}(checked_{self.number})",
            f"    {self.hit}",
            f"    finish_number_{self.number}(text)",
            f"    return checked_{self.number}",
        ]
        outer = ["if True:"] if self.indent else []
        return [*outer, *(" " * self.indent + line for line in inner), ""]


Tree = dict[str, list[Block]]


class Edits:
    """Random edits on a tree of blocks."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._next = 0
        self.tree: Tree = {name: [self._new(decided=True) for _ in range(self.random.randint(1, 6))] for name in FILES}

    def _new(self, *, decided: bool = False) -> Block:
        self._next += 1
        return Block(self._next, self.random.random() < 0.6, self._next if decided else None)

    def step(self) -> None:
        """One edit."""
        names = [name for name, blocks in self.tree.items() if blocks]
        name = self.random.choice(names)
        blocks = self.tree[name]
        at = self.random.randrange(len(blocks))
        match self.random.choice(("new", "new", "delete", "edit", "shuffle", "move", "indent", "rename")):
            case "new":
                blocks.insert(self.random.randint(0, len(blocks)), self._new())
            case "delete" if sum(map(len, self.tree.values())) > 2:
                del blocks[at]
            case "edit":
                blocks[at] = replace(blocks[at], edits=blocks[at].edits + 1)
            case "shuffle":
                self.random.shuffle(blocks)
            case "move":
                other = self.random.choice(list(self.tree))
                self.tree[other].insert(0, blocks.pop(at))
            case "indent":
                blocks[at] = replace(blocks[at], indent=4 - blocks[at].indent)
            case "rename":
                self.tree[f"renamed_{self._next}_{name.replace('/', '_')}"] = self.tree.pop(name)
                self._next += 1

    def write(self, world: World) -> dict[tuple[str, int], Block]:
        """Put the tree on the disk; which block each line with a hit belongs to."""
        for path in world.root.rglob("*.py"):
            path.unlink()
        where: dict[tuple[str, int], Block] = {}
        for name, blocks in self.tree.items():
            lines = ["import os", *([""] * self.random.randint(0, 5))]
            for block in blocks:
                lines += block.lines
                where[name, len(lines) - 3] = block
            world.write({name: "\n".join(lines) + "\n"})
        return where


@pytest.mark.parametrize("seed", range(60))
def test_no_decision_goes_astray(tmp_path: Path, seed: int) -> None:
    edits = Edits(seed)
    world = World(tmp_path / "x", None)
    world.root.mkdir()
    where = edits.write(world)
    world.scan()
    assert {(hit.path, hit.line) for hit in world.hits} == where.keys()
    for (path, line), block in where.items():
        world.decide(path, line, str(block.origin))
    for _ in range(edits.random.randint(1, 25)):
        edits.step()
    where = edits.write(world)
    world.scan()

    got: Counter[str] = Counter()
    for hit in world.hits:
        block, standing = where[hit.path, hit.line], world.known.of(hit)
        if standing.verdict is None:
            assert standing.match is Match.NONE
            continue
        got[standing.verdict.reason] += 1
        if standing.match in (Match.EXACT, Match.MOVED):
            assert (standing.verdict.reason, block.edits) == (str(block.origin), 0), block
    lost = Counter(verdict.reason for verdict in world.known.gone)
    every = Counter(verdict.reason for verdict in world.review.verdicts.values())
    assert (got + lost, world.known.unseen) == (every, ())
    untouched = {str(b.origin) for b in where.values() if b.origin and not b.edits}
    assert untouched <= got.keys(), "code that is all there keeps its decision, be it with a question"
