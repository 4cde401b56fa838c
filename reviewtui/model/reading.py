"""What a reviewer leaves behind while reading: trails, named marks, and where they were."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from reviewtui.model.extra import Extra
from reviewtui.model.place import Place, RepoPath
from reviewtui.model.trail import Trail, merged

MAX_TRAILS: Final = 100
MAX_JUMPS: Final = 100
MAX_RECENT: Final = 200
MAX_FOLDERS: Final = 1000


@dataclass(frozen=True, slots=True)
class Position:
    """A character of a file: where a cursor was."""

    path: RepoPath
    line: int
    """1-based."""
    column: int = 0
    """0-based."""


@dataclass(frozen=True, slots=True)
class Scene:
    """How the screen stood: where the next start of the program begins."""

    spot: Position | None = None
    """None: no file was open."""
    top: int = 1
    """The first line in sight."""
    pane: str = ""
    """The list that was open."""
    folders: tuple[str, ...] = ()
    """The folders that were open."""
    item: str = ""
    """Id of the checklist item that was being walked."""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """All of it, for one repository and one user."""

    trails: Mapping[str, Trail] = field(default_factory=dict)
    """By id, in the order in which they were begun."""
    trail: str = ""
    """Id of the one that is being collected."""
    marks: Mapping[str, Place] = field(default_factory=dict)
    """By letter."""
    past: tuple[Position, ...] = ()
    """The jump list behind the cursor, the latest last."""
    future: tuple[Position, ...] = ()
    """The jump list before the cursor, the next last."""
    recent: tuple[Position, ...] = ()
    """The files that were read, the latest first, and where in each."""
    scene: Scene = field(default_factory=Scene)
    extra: Extra = field(default_factory=dict)

    @property
    def current(self) -> Trail | None:
        """The trail that is being collected, or was last."""
        return self.trails.get(self.trail)

    def with_trail(self, trail: Trail) -> "Reading":
        """With this trail, which is the current one then."""
        return replace(self, trails={**self.trails, trail.id: trail}, trail=trail.id)

    def without_trail(self, trail_id: str) -> "Reading":
        """Without a trail; the one begun last is the current one then, if that was."""
        trails = {key: trail for key, trail in self.trails.items() if key != trail_id}
        return replace(self, trails=trails, trail=next(reversed(trails), "") if self.trail == trail_id else self.trail)

    def with_written(self, trail_id: str, finding: str) -> "Reading":
        """With a trail marked as written, whatever another program did to it meanwhile."""
        trail = self.trails.get(trail_id)
        return self.with_trail(replace(trail, finding=finding)) if trail else self

    def with_mark(self, letter: str, place: Place) -> "Reading":
        """With a named mark."""
        return replace(self, marks={**self.marks, letter: place})

    def without_mark(self, letter: str) -> "Reading":
        """Without it."""
        return replace(self, marks={key: place for key, place in self.marks.items() if key != letter})


def brought_together(base: Reading, ours: Reading, theirs: Reading) -> Reading:
    """`ours` with what another program made of `base` meanwhile.

    Trails are merged step by step, marks letter by letter; of where the cursor was, ours is the later word.
    """
    trails: dict[str, Trail] = {}
    for key in {**theirs.trails, **ours.trails}:
        before, here, there = base.trails.get(key), ours.trails.get(key), theirs.trails.get(key)
        if here and there:
            trails[key] = here if here == there else merged(before, here, there)
        elif (here or there) != before:
            # One dropped it: it stays where the other has changed it since, or has begun it.
            kept = here or there
            if kept:
                trails[key] = kept
    marks: dict[str, Place] = {}
    for letter in {**theirs.marks, **ours.marks}:
        old, mine, others = base.marks.get(letter), ours.marks.get(letter), theirs.marks.get(letter)
        place = others if mine == old else mine
        if place:
            marks[letter] = place
    return replace(ours, trails=trails, marks=marks, extra={**theirs.extra, **ours.extra})
