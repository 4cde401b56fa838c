"""What the jobs of reading say: what was kept is read, an outline is known."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from reviewtui.model.place import RepoPath
from reviewtui.text.heads import Head


@dataclass
class LogbookRead(Message):
    """What was kept of the last reading is there, or cannot be used."""


@dataclass
class HeadsFound(Message):
    """The outline of a large file, which somebody waits for."""

    path: RepoPath
    heads: Sequence[Head]
