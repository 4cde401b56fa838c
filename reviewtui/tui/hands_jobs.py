"""What is done beside the screen for the reader's hands: links that ask git, texts that pass through tmux."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from reviewtui.errors import ReviewTuiError
from reviewtui.tui.clipboard import hand_to_tmux

if TYPE_CHECKING:
    from reviewtui.linking import Link


@dataclass
class Linked(Message):
    """A permanent link was made, or cannot be."""

    link: "Link | None"
    problem: str = ""


@dataclass
class Handed(Message):
    """Tmux took a text, or did not."""

    text: str
    said: str
    warning: str
    taken: bool = False


def make_link(make: "Callable[[], Link]", post: Callable[[Message], bool]) -> None:
    """Ask git for what a link needs."""
    try:
        post(Linked(make()))
    except ReviewTuiError as error:
        post(Linked(None, str(error)))


def pass_on(message: Handed, environment: Mapping[str, str], post: Callable[[Message], bool]) -> None:
    """Offer a text to tmux."""
    message.taken = hand_to_tmux(message.text, environment)
    post(message)
