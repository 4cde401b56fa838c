"""The list of hits: the filter as it is typed, the groups, and what narrows it to a rule or a folder."""

from typing import TYPE_CHECKING, Final

from textual.widgets import Input

from reviewtui.model.filter import EVERYTHING, BadFilterError, Filter, completions, parse_filter
from reviewtui.model.filter_words import written
from reviewtui.model.grouping import Grouping
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.screens.prompt_input import PromptInput
from reviewtui.tui.widgets.rows import Run

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

KEPT: Final = 50
"""Filters that Up brings back."""
AT_ONCE: Final = 3_000
"""More hits than these are filtered a moment after the last key, not at every one."""
PAUSE: Final = 0.06
SHOWN: Final = 8
"""Completions that are named at once."""


class Hits:
    """What the list shows."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.field = PromptInput(self, id="filter-input")
        self.is_typing = False
        self._before: Filter = EVERYTHING
        """What was shown before the prompt was opened."""
        self._problem = ""
        self._offered: list[str] = []
        """What the last word may become; Tab goes from one to the next."""
        self._past: list[str] = []
        self._at = -1
        self._draft = ""
        self._is_waiting = False

    # The prompt

    def do_filter_hits(self, _count: int | None) -> None:
        """Action `filter_hits`: the list, and the prompt above it."""
        screen = self.screen
        if screen.panes.open_name != "hits" or screen.context != "hits":
            screen.panes.open_list("hits")
        text = screen.hits_pane.list.chosen.text
        self._before, self._problem, self._at, self._offered = screen.hits_pane.list.chosen, "", -1, []
        with self.field.prevent(Input.Changed):
            self.field.value = f"{text} " if text else ""
            self.field.cursor_position = len(self.field.value)
        self.is_typing = True
        screen.query_one("#side").add_class("-filtering")
        # At once, so that what is typed ahead is not lost.
        screen.set_focus(self.field, scroll_visible=False)
        self._offer()
        self.show_header()

    def close_prompt(self, *, keep: bool) -> None:
        """Close it; without `keep` the list is as it was."""
        if not self.is_typing:
            return
        if self._is_waiting:
            self._apply_typed()
        if not keep:
            self._take(self._before)
        self.is_typing, self._problem = False, ""
        self.screen.query_one("#side").remove_class("-filtering")
        self.screen.set_focus(self.screen.hits_pane, scroll_visible=False)
        self.show_header()
        self.screen.panes.preview(self.screen.hits_pane)
        self.screen.cards.refresh()

    def typed(self, text: str) -> None:
        """The text changed: the list follows, at once or when the fingers rest."""
        if not self.is_typing:
            return
        self._offer()
        if len(self.screen.desk.hits) <= AT_ONCE:
            self._apply(text)
        elif not self._is_waiting:
            self._is_waiting = True
            self.screen.set_timer(PAUSE, self._apply_typed, name="filter hits")

    def _apply_typed(self) -> None:
        self._is_waiting = False
        if self.is_typing:
            self._apply(self.field.value)

    def _apply(self, text: str) -> bool:
        """Show what the text says; False where it cannot be understood, and then the list stays."""
        try:
            chosen = parse_filter(text)
        except BadFilterError as error:
            self._problem = str(error)
            self.screen.say(self._problem, error=True)
        else:
            self.screen.say("")
            self._problem = ""
            if chosen.text != self.screen.hits_pane.list.chosen.text:
                self._take(chosen)
        self.show_header()
        return not self._problem

    def entered(self, text: str) -> None:
        """Enter: the list goes on with it; what cannot be understood stays to be mended."""
        if not self.is_typing or not self._apply(text):
            return
        self._is_waiting = False
        self._remember(self.screen.hits_pane.list.chosen.text)
        self.close_prompt(keep=True)

    def _remember(self, text: str) -> None:
        if text:
            self._past = [text, *(old for old in self._past if old != text)][:KEPT]

    def recall(self, by: int) -> None:
        """Bring back an earlier filter, or what was being typed; Down on that goes into the list."""
        at = max(-1, min(self._at + by, len(self._past) - 1))
        if by < 0 and self._at < 0:
            self.entered(self.field.value)
            return
        if at == self._at:
            return
        if self._at < 0:
            self._draft = self.field.value
        self._at = at
        self.field.value = self._past[at] if at >= 0 else self._draft
        self.field.cursor_position = len(self.field.value)

    def switch(self, name: str) -> None:
        """The prompt has no switches."""

    # Completing

    def _offer(self) -> None:
        self._offered = completions(self.field.value, self._values)[: SHOWN * 4]

    def complete(self) -> None:
        """Tab: the last word as it may go on; if there are several, as far as they agree, then one after the other."""
        offered = self._offered
        if not offered:
            return
        value = self.field.value
        certain = _common(offered)
        if len(offered) == 1:
            value = offered[0] if offered[0].endswith(":") else f"{offered[0]} "
        elif len(certain) > len(value):
            value = certain
        else:
            self._offered = [*offered[1:], offered[0]]
            value = offered[0]
            with self.field.prevent(Input.Changed):
                self.field.value = value
                self.field.cursor_position = len(value)
            self._apply(value)
            return
        self.field.value = value
        self.field.cursor_position = len(value)

    def _values(self, key: str) -> list[str]:
        """What there is for a key, in the hits that are on the desk."""
        desk = self.screen.desk
        values: dict[str, int] = {}
        for hit in desk.hits:
            for value in _values_of(hit, key):
                values[value] = values.get(value, 0) + 1
        if key in ("item", "topic"):
            items = (item for checklist in desk.checklists for item in checklist.items)
            values = {item.id if key == "item" else item.checklist: 0 for item in items}
        elif key in ("by", "owner"):
            values = {getattr(verdict, key): 0 for verdict in desk.review.verdicts.values()}
        return sorted((value for value in values if value), key=lambda value: -values[value])

    # What is shown

    def _take(self, chosen: Filter) -> None:
        pane = self.screen.hits_pane
        pane.list.chosen = chosen
        pane.update_rows(keep=False)

    def set_filter(self, chosen: Filter) -> None:
        """Show what another filter lets through, and say so."""
        self._take(chosen)
        self._remember(chosen.text)
        self.show_header()
        found = self.screen.hits_pane.list
        self.screen.say(f"{chosen.text}: {found.shown:,} of {found.total:,} hits" if chosen else "All hits")
        self.screen.panes.preview(self.screen.hits_pane)

    def cancel(self) -> bool:
        """Escape in the list: the selection, then the filter; False where there is neither."""
        if self.screen.context != "hits":
            return False
        if self.screen.hits_pane.clear_selection():
            self.show_header()
            return True
        if self.screen.hits_pane.list.chosen:
            self.set_filter(EVERYTHING)
            return True
        return False

    def do_filter_here(self, count: int | None) -> None:
        """Action `filter_here`."""
        self.do_filter_hits(count)

    def do_group_hits(self, count: int | None) -> None:
        """Action `group_hits`: by the next of the groupings, or by the one of the count."""
        groupings = list(Grouping)
        pane = self.screen.hits_pane
        at = count - 1 if count else groupings.index(pane.list.grouping) + 1
        self._group(groupings[at % len(groupings)])

    def do_group_hits_back(self, _count: int | None) -> None:
        """Action `group_hits_back`."""
        groupings = list(Grouping)
        self._group(groupings[groupings.index(self.screen.hits_pane.list.grouping) - 1])

    def _group(self, grouping: Grouping) -> None:
        pane = self.screen.hits_pane
        pane.list.grouping = grouping
        pane.put_in_groups()
        self.show_header()
        said = "as they stand in the tree" if grouping is Grouping.PLACE else f"by {grouping.value}"
        self.screen.say(f"Hits {said}")

    def do_refresh_hits(self, _count: int | None) -> None:
        """Action `refresh_hits`: what was decided goes, where the filter says so."""
        pane = self.screen.hits_pane
        before = pane.list.shown
        pane.update_rows(keep=False)
        self.show_header()
        gone = before - pane.list.shown
        self.screen.say(f"{gone:,} that were decided are no longer shown" if gone > 0 else "The list is as it was")

    def do_only_rule(self, _count: int | None) -> None:
        """Action `only_rule`: the hits of the rule under the cursor."""
        hit = self._hit()
        if hit is not None:
            self.set_filter(parse_filter(written("rule", (hit.rule,), is_negated=False)))

    def do_only_folder(self, _count: int | None) -> None:
        """Action `only_folder`: the hits of the rule under the cursor in its folder."""
        hit = self._hit()
        if hit is not None:
            self.set_filter(parse_filter(rule_in_folder(hit)))

    def _hit(self) -> Hit | None:
        current = self.screen.hits_pane.current
        if isinstance(current, Hit):
            return current
        pane = self.screen.hits_pane
        lines = pane.list.lines_in(pane.cursor, pane.cursor)
        if not lines:
            self.screen.say("There is no hit under the cursor")
        return lines[0][0] if lines else None

    # The line above the list

    def show_header(self) -> None:
        """The filter, how many it lets through, and the groups; while it is typed, what is wrong or what may follow."""
        screen, found = self.screen, self.screen.hits_pane.list
        bar = screen.hits_bar
        counts = f"{found.shown:,} of {found.total:,}" if found.chosen else f"{found.total:,}"
        right: list[Run] = [(SafeText(f" {counts} "), "title")]
        if found.grouping is not Grouping.PLACE:
            right.append((SafeText(f"by {found.grouping.value} "), "accent"))
        left: list[Run]
        if self.is_typing and self._problem:
            left, right = [(safe(f" {self._problem}"), "high")], []
        elif self.is_typing:
            left = [(safe(f" {'  '.join(_last_words(self._offered))}"), "muted")]
        elif found.chosen:
            left = [(SafeText(" ▽ "), "accent"), (safe(found.chosen.text), "title")]
        else:
            left = [(SafeText(" all hits"), "muted")]
        bar.set_row(left, right)


def rule_in_folder(hit: Hit) -> str:
    """The filter for what one rule says of one folder."""
    rule = written("rule", (hit.rule,), is_negated=False)
    if hit.path == NOWHERE:
        return f"{rule} path:none"
    return f"{rule} {written('path', (f'/{hit.path.folder}/',), is_negated=False)}" if hit.path.folder else rule


def _values_of(hit: Hit, key: str) -> tuple[str, ...]:
    if key == "cwe":
        return tuple(map(str, hit.cwe))
    if key == "path":
        folders = hit.path.folder.split("/")
        return tuple("/".join(folders[: n + 1]) for n in range(len(folders)))
    simple = {"rule": hit.rule, "tool": hit.tool, "origin": hit.origin, "conf": hit.confidence}
    return (simple[key],) if key in simple else hit.ids if key == "id" else ()


def _common(texts: list[str]) -> str:
    first, last = min(texts), max(texts)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]


def _last_words(offered: list[str]) -> list[str]:
    """What the completions add, as the line below the prompt names them."""
    shown = [text.rpartition(" ")[2].lstrip("!-") for text in offered[:SHOWN]]
    shown = [word if word.endswith(":") else word.partition(":")[2] for word in shown]
    return [*shown, "…"] if len(offered) > SHOWN else shown
