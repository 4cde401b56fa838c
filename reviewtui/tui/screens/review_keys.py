"""From a key to an action: what has been typed of a sequence, and the panel that says how it can go on."""

from typing import TYPE_CHECKING, Final

from textual import events
from textual.timer import Timer

from reviewtui.text.safe import safe
from reviewtui.tui.keys import KeySequences, key_typed
from reviewtui.tui.screens.dialog import Dialog
from reviewtui.tui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from reviewtui.tui.key_check import UserKeys
    from reviewtui.tui.screens.review import ReviewScreen

PAUSE: Final = 0.4
"""Seconds without a further key after which the panel comes."""


class Typing:
    """The keys of the review screen."""

    def __init__(self, screen: "ReviewScreen", user_keys: "UserKeys") -> None:
        self.screen = screen
        self.user_keys = user_keys
        self.sequences = KeySequences()
        self.panel = WhichKey()
        self._timer: Timer | None = None

    def tell_problems(self) -> None:
        """Say once what of the user's key file cannot be taken; the help keeps it."""
        user = self.user_keys
        if user.problems:
            from reviewtui.tui.screens.message import MessageScreen

            lines = [safe(f"line {found.line}: {found.text}" if found.line else found.text) for found in user.problems]
            lines = [
                safe(user.path),
                *lines,
                safe("All else of the file counts. `reviewtui keys --check` says this too."),
            ]
            dialog = MessageScreen("Your key file", lines, (("g", "go on"),))
            self.screen.app.push_screen(dialog)
        elif user.warnings:
            first = user.warnings[0]
            self.screen.say(f"Your key file, line {first.line}: {first.text}")

    def take(self, event: events.Key) -> None:
        """Feed a key into the sequences of the focused pane and those that count everywhere; do what they come to."""
        screen = self.screen
        above = screen.app.screen
        if above is not screen:
            # Typed in one go with the key that opened the dialog.
            event.stop()
            event.prevent_default()
            if isinstance(above, Dialog):
                above.type_ahead(event)
            return
        if screen.searching.is_typing:
            if event.key in ("escape", "ctrl+c"):
                event.stop()
                screen.searching.close_prompt(keep=False)
            elif event.key in ("tab", "shift+tab"):
                event.stop()
                event.prevent_default()
                screen.searching.complete()
            return
        if screen.hits.is_typing:
            if event.key in ("escape", "ctrl+c"):
                event.stop()
                screen.hits.close_prompt(keep=False)
            elif event.key in ("tab", "shift+tab"):
                event.stop()
                event.prevent_default()
                screen.hits.complete()
            return
        if self.feed(key_typed(event.key, event.character)):
            event.stop()
            event.prevent_default()

    def feed(self, key: str) -> bool:
        """Go on with a key, typed or clicked in the panel; whether it meant anything."""
        screen = self.screen
        fed = self.sequences.feed(key, [screen.keymap.table(screen.context)])
        self._await(fed.pending)
        if fed.action:
            screen.cards.message = None
            screen.run_action_named(fed.action, fed.count, fed.letter)
            # Before the paint that the key brings, so that there is but one.
            screen.files.colour_window()
            screen.cards.refresh()
        else:
            screen.cards.refresh_status()
        return fed.swallowed

    def begin(self, name: str) -> None:
        """Wait for the letter of an action that was chosen by name."""
        prefix = self.screen.keymap.prefix_of(name)
        if not prefix:
            self.screen.say(f":{name.replace('_', '-')} wants a letter behind it")
            return
        self.sequences.begin(prefix)
        self._await(True)
        self.screen.cards.refresh_status()

    @property
    def is_waiting(self) -> bool:
        """Whether the panel is to come unless there is a key."""
        return self._timer is not None

    def clear(self) -> None:
        """Forget what has been typed: the reader went elsewhere."""
        self.sequences.clear()
        self._await(False)

    def _await(self, pending: bool) -> None:
        """Show the panel after a while without a key; now that there was one, it goes."""
        if self._timer:
            self._timer.stop()
            self._timer = None
        self.panel.hide()
        if pending and self.sequences.typed:
            self._timer = self.screen.set_timer(PAUSE, self._show, name="which-key")

    def _show(self) -> None:
        self._timer = None
        screen, typed = self.screen, self.sequences.typed
        if typed and screen.is_current:
            self.panel.show(
                safe(self.sequences.pending),
                [
                    (safe(found.shown), safe(found.label), found.key)
                    for found in screen.keymap.continuations(typed, screen.context)
                ],
            )
