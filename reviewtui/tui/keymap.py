"""Which keys do what: those of the registry, with what the user changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from reviewtui.tui.actions import ACTIONS, BY_NAME, LINES, Action
from reviewtui.tui.keys import LETTER, Keys, is_letter, parse_keys, shown

EVERYWHERE: Final = ""
"""The context of keys that are pressed while no pane has the focus."""
CONTEXTS: Final = (EVERYWHERE, *LINES)


@dataclass(frozen=True, slots=True)
class Change:
    """What the user wants for one action instead of its usual keys."""

    action: str
    pane: str
    """The pane in which it counts; empty: wherever the action does."""
    keys: tuple[Keys, ...]
    """All its sequences; none unbinds it."""
    line: int = 0
    """Where it stands in the key file."""


@dataclass(frozen=True, slots=True)
class Continuation:
    """A key that may follow what has been typed."""

    key: str
    label: str
    """What it does, in a few words."""
    is_prefix: bool = False
    """Whether further keys follow it."""

    @property
    def shown(self) -> str:
        """The key as people write it."""
        return shown((self.key,))


class Keymap:
    """Every action's keys; the one source of what is fed, and of what help, hints and messages say."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._changes = {(change.action, change.pane): change for change in changes}
        self._tables: dict[str, Mapping[Keys, str]] = {}

    def keys(self, action: Action, pane: str = EVERYWHERE) -> tuple[Keys, ...]:
        """All its sequences: those for the pane, else those that the user gave it, else the usual ones."""
        change = self.change(action.name, pane)
        return change.keys if change else usual_keys(action)

    def change(self, name: str, pane: str = EVERYWHERE) -> Change | None:
        """What the user changed about it, as far as it counts in the pane."""
        return self._changes.get((name, pane)) or self._changes.get((name, EVERYWHERE))

    def is_changed(self, name: str) -> bool:
        """Whether the user gave it other keys, in some pane at least."""
        return any((name, context) in self._changes for context in CONTEXTS)

    def table(self, context: str) -> Mapping[Keys, str]:
        """Sequence to action, of all that counts in a pane or everywhere; the pane's own win."""
        found = self._tables.get(context)
        if found is None:
            # What counts in this pane alone comes last, and so wins.
            actions = sorted((action for action in ACTIONS if counts(action, context)), key=lambda a: not is_global(a))
            found = {keys: action.name for action in actions for keys in self.keys(action, context)}
            self._tables[context] = found
        return found

    def key_of(self, name: str, context: str = EVERYWHERE) -> str:
        """Its first key as hints and messages show it; how else to call it, where the user left it none."""
        first = next(iter(self.keys(BY_NAME[name], context)), None)
        return shown(first) if first else self._by_name(name)

    def shown_keys(self, name: str, context: str = EVERYWHERE) -> str:
        """All its sequences as help and palette show them; empty where it has none."""
        return "  ".join(shown(keys) for keys in self.keys(BY_NAME[name], context))

    def is_bound(self, name: str, context: str = EVERYWHERE) -> bool:
        """Whether a key leads to it."""
        return bool(self.keys(BY_NAME[name], context))

    def prefix_of(self, name: str) -> Keys:
        """What has to be typed before the letter that the action takes; empty where no key leads to it."""
        return next((keys[:-1] for keys in self.keys(BY_NAME[name]) if keys[-1] == LETTER), ())

    def continuations(self, typed: Keys, context: str) -> list[Continuation]:
        """The keys that may follow, in the order of the registry."""
        found: dict[str, Continuation] = {}
        names = {name: order for order, name in enumerate(BY_NAME)}
        table = self.table(context)
        for keys in sorted(table, key=lambda keys: names[table[keys]]):
            if len(keys) <= len(typed) or keys[: len(typed)] != typed:
                continue
            key, label = keys[len(typed)], BY_NAME[table[keys]].label
            is_prefix = len(keys) > len(typed) + 1
            if key in found:
                label = f"{found[key].label}, …" if not found[key].label.endswith("…") else found[key].label
            found[key] = Continuation(key, label, is_prefix)
        return list(found.values())

    def _by_name(self, name: str) -> str:
        """How an action without a key is called: through the command line, else the palette or the help."""
        for way, mark in (("command_line", f":{name.replace('_', '-')}"), ("palette", ""), ("help", "")):
            if self.is_bound(way):
                return mark or self.key_of(way)
        return "–"


@cache
def usual_keys(action: Action) -> tuple[Keys, ...]:
    """The sequences that the registry gives it."""
    return tuple(parse_keys(keys) for keys in action.keys)


def is_global(action: Action) -> bool:
    """Whether its keys count everywhere."""
    return "global" in action.contexts


def counts(action: Action, context: str) -> bool:
    """Whether its keys count in a pane, or while none has the focus."""
    return is_global(action) or context in action.contexts


def clash(first: Keys, second: Keys) -> bool:
    """Whether one of two different actions could never be reached: the same keys, or one begins with the other."""
    return all(
        a == b or (LETTER in (a, b) and (is_letter(a) or is_letter(b))) for a, b in zip(first, second, strict=False)
    )
